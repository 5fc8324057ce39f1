/** Three questions of the bank for a pair to talk about: on what the mentee wants to get better at, at their level. Pure. */
import { keyOf } from '../../bank/order.ts';
import { LEVELS, type Level, type Question } from '../../bank/question.ts';

const MOST = 3;

/** `round` counts the decisions so far: after each there are new ones. Nearer levels come first, then the order of the seed. */
export function promptsFor(
  questions: readonly Question[],
  by: { readonly skills: readonly string[]; readonly level: Level; readonly seed: string; readonly round: number },
): string[] {
  const known = questions.filter(({ status }) => status === 'reviewed');
  const fitting = known.filter(({ skills }) => skills.some((skill) => by.skills.includes(skill)));
  const far = ({ level }: Question): number => Math.abs(LEVELS.indexOf(level) - LEVELS.indexOf(by.level));
  const order = (question: Question): number => keyOf(by.seed, by.round, question.id);
  return (fitting.length < MOST ? known : fitting)
    .toSorted((a, b) => far(a) - far(b) || order(a) - order(b))
    .slice(0, MOST)
    .map(({ text }) => text);
}
