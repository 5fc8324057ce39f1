/** What an author may know of a reviewer: a letter, dealt anew for each answer, and a name only where the reviewer signed. */
import { shuffled } from './shuffle.ts';

/** Up to this many people, anybody can guess who wrote what, and the cards say so. */
export const WEAK_UP_TO = 4;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letterAt = (at: number): string =>
  at < LETTERS.length
    ? LETTERS.charAt(at)
    : `${LETTERS.charAt(Math.floor(at / LETTERS.length) - 1)}${LETTERS.charAt(at % LETTERS.length)}`;

/** Letters for `count` reviewers of one answer, in an order that says nothing about who was asked first. */
export const dealLetters = (count: number, seed: string): string[] =>
  shuffled(
    Array.from({ length: count }, (_, at) => letterAt(at)),
    `letters ${seed}`,
  );

/** The first letter nobody has; a freed one is used again, so a late helper does not stand out. */
export function freeLetter(taken: readonly string[]): string {
  let at = 0;
  while (taken.includes(letterAt(at))) at += 1;
  return letterAt(at);
}

export const isWeak = (people: number): boolean => people <= WEAK_UP_TO;
