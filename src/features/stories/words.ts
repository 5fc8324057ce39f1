/** The story bank's own words: skills, counts, what is missing. */
import { counted } from '../../chat/card.ts';
import { cut, t, type Text } from '../../chat/text.ts';

export const on = (name: string, subject = '') => ({ feature: 'stories', name, subject });
export const skillName = (slug: string): string => cut(slug.replaceAll('-', ' '), 60);

/** Names of skills that fit a line. */
const NAMED = 4;

/** `ethics, hiring and 3 more`. */
export function listed(skills: readonly string[]): string {
  const names = skills.slice(0, NAMED).map(skillName);
  const more = skills.length - names.length;
  const all = more > 0 ? [...names, `${more} more`] : names;
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

export const times = (count: number): string => (count === 0 ? 'not told yet' : `told ${counted(count, 'time')}`);

export const ONLY_YOU: Text = t`Only you see this. Stories stay until you delete them, longer than answers do.`;
