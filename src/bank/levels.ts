/** Reads the names people give to levels: `Mid Level`, `Senior-Level`, `Staff+`, `sr`. */

import { LEVELS, type Level } from './question.ts';

/** Words for a level; those that are not one of ours word by word carry a note. */
const WORDS: Readonly<Record<string, Level>> = {
  mid: 'mid',
  middle: 'mid',
  midlevel: 'mid',
  intermediate: 'mid',
  regular: 'mid',
  junior: 'mid',
  jr: 'mid',
  entry: 'mid',
  graduate: 'mid',
  beginner: 'mid',
  senior: 'senior',
  sr: 'senior',
  seniorlevel: 'senior',
  advanced: 'senior',
  staff: 'staff',
  lead: 'staff',
  principal: 'principal',
  distinguished: 'principal',
};

const BELOW = new Set(['junior', 'jr', 'entry', 'graduate', 'beginner']);
const NEAR = new Set(['advanced', 'lead', 'distinguished']);
const FILLER =
  /^(?:level|levels|engineer|engineers|developer|role|roles|questions?|interview|tier|and|or|plus|above|\d+)$/;

export interface NamedLevel {
  readonly level: Level;
  /** Why a person should look: the word is not one of the four levels, or there are two of them. */
  readonly note?: string;
}

/** @returns undefined unless the text names a level and says nothing else */
export function readLevel(text: string): NamedLevel | undefined {
  if (text.length > 80) return undefined;
  const words = text
    .replace(/\([^)]*\)/g, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !FILLER.test(word));
  const levels = words.map((word) => (Object.hasOwn(WORDS, word) ? WORDS[word] : undefined));
  const level = levels[0];
  if (level === undefined || levels.includes(undefined)) return undefined;
  const note = noteOn(words, levels, level);
  return note === undefined ? { level } : { level, note };
}

function noteOn(words: readonly string[], levels: readonly (Level | undefined)[], level: Level): string | undefined {
  if (new Set(levels).size > 1) return `names several levels, taken as ${level}: give each level a list of its own`;
  if (words.some((word) => BELOW.has(word))) return `is below the levels asked here, taken as ${level}`;
  if (words.some((word) => NEAR.has(word))) return `is not one of ${LEVELS.join(', ')}: taken as ${level}`;
  return undefined;
}
