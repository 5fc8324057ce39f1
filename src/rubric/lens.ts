/** What readers of an answer look through: the level it is rated at, and what matters most for its skill. */
import { LEVELS, type Level } from '../bank/question.ts';

/** A level as it was stored; the lowest when it is not one of ours. */
export const levelOf = (stored: string): Level => LEVELS.find((level) => level === stored) ?? 'mid';

const LENSES: Readonly<Record<string, string>> = {
  mentorship: 'did the other person grow, and how do we know?',
  strategy: 'is there a choice that excluded something?',
  'stakeholder-management': 'is the other side’s interest stated fairly?',
  ethics: 'who could be harmed, where was the line drawn, what did it cost?',
  hiring: 'evidence over impression; are the bar and fairness kept?',
};

/** What to look for in an answer on that skill; undefined for a skill without a lens of its own. */
export const lensOf = (skill: string): string | undefined => (Object.hasOwn(LENSES, skill) ? LENSES[skill] : undefined);
