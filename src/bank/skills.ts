/** The skills that questions are asked about. */
import type { Bank } from './question.ts';

/** Stands for a pack that names no skill. */
const NO_SKILL = 'general';

/** Slugs of all that is asked about, sorted. */
export function skillsIn({ questions }: Pick<Bank, 'questions'>): string[] {
  const asked = questions.filter(({ status }) => status === 'reviewed').flatMap(({ skills }) => skills);
  return [...new Set(asked)].filter((skill) => skill !== NO_SKILL).toSorted();
}
