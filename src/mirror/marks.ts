/** Marks a reader can hold on to: a point in time, a number, an effect. Each is found as a run of words. */
import type { Token } from './tokens.ts';
import {
  AHEAD,
  CAPITAL_MONTHS,
  DAYS,
  EFFECTS,
  HEDGE_PAIRS,
  HEDGES,
  NUMBERS,
  PARTS_OF_TIME,
  POINTERS,
  UNITS,
} from './words.ts';

/** Indices of its first and last word. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? '';
const isDigits = (word: string): boolean => /^\p{N}/u.test(word);
const isNumber = (word: string): boolean => isDigits(word) || NUMBERS.has(word);
const isYear = (word: string): boolean => /^(?:19|20)\d\d$/.test(word);
const isClock = (word: string): boolean => /^\d{1,2}[:.]\d\d$/.test(word);

/** The first point in time at or after `start`. */
export function timeIn(tokens: readonly Token[], start = 0): Run | undefined {
  for (let at = start; at < tokens.length; at += 1) {
    const run = timeAt(tokens, at);
    if (run) return run;
  }
  return undefined;
}

function timeAt(tokens: readonly Token[], at: number): Run | undefined {
  const word = wordAt(tokens, at);
  const next = wordAt(tokens, at + 1);
  if (isNumber(word) || word === 'one' || word === 'a') {
    // “A week” alone says little; “a week later” is a point in time.
    if (UNITS.has(next) && (word !== 'a' || ['later', 'before', 'ago', 'after'].includes(wordAt(tokens, at + 2))))
      return { from: at, to: at + 1 };
  }
  const isAhead = word === 'next' && AHEAD.has(next);
  if (POINTERS.has(word) && PARTS_OF_TIME.has(next) && !isAhead) return { from: at, to: at + 1 };
  if (DAYS.has(word) || isYear(word) || isClock(word)) return { from: at, to: at };
  return CAPITAL_MONTHS.has(tokens[at]?.raw ?? '') && at > 0 && tokens[at - 1]?.stop !== 'sentence'
    ? { from: at, to: at }
    : undefined;
}

/** Index of the third word after `at`, or of the last one before the sentence makes a stop. */
function withAFew(tokens: readonly Token[], at: number): number {
  let to = at;
  while (to < at + 3 && to + 1 < tokens.length && tokens[to]?.stop === '') to += 1;
  return to;
}

/** The first number, point in time or effect from `start` on; a few words after it come along. */
export function outcomeIn(tokens: readonly Token[], start: number): Run | undefined {
  for (let at = start; at < tokens.length; at += 1) {
    const time = timeAt(tokens, at);
    if (time) return time;
    const word = wordAt(tokens, at);
    if (isNumber(word) || EFFECTS.has(word)) return { from: at, to: withAFew(tokens, at) };
  }
  return undefined;
}

/** The same for effects alone: a number near a step may be part of the step. */
export function effectIn(tokens: readonly Token[], start: number): Run | undefined {
  const at = tokens.findIndex(({ word }, i) => i >= start && EFFECTS.has(word));
  return at === -1 ? undefined : { from: at, to: withAFew(tokens, at) };
}

export const hedgesIn = (tokens: readonly Token[]): number =>
  tokens.filter(({ word, stop }, at) => {
    const pair = stop === '' ? `${word}-${wordAt(tokens, at + 1)}` : '';
    return HEDGES.has(word) || HEDGE_PAIRS.has(pair);
  }).length;
