/** Shortening texts without halving a character. */

/** Code points a reader sees as one character are seldom more than this. */
const REACH = 40;
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Where to cut `text` so that at most `max` UTF-16 units stand before the cut and no character is halved. */
export function cutAt(text: string, max: number): number {
  const from = Math.max(0, max - REACH);
  const start = CHARACTERS.segment(text.slice(from, max + REACH)).containing(max - from)?.index ?? 0;
  if (start > 0) return from + start;
  const isHalved = max > 0 && (text.codePointAt(max - 1) ?? 0) > 0xffff;
  return isHalved ? max - 1 : max;
}

/** `text` in at most `max` UTF-16 units, the last of them an ellipsis when something was cut. */
export const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, cutAt(text, Math.max(0, max - 1)))}…`;

/** The highest ceiling under which all `lengths`, each cut to it, are no more than `budget` together. */
export function ceilingFor(lengths: readonly number[], budget: number): number {
  let left = budget;
  const sorted = lengths.toSorted((a, b) => a - b);
  for (const [i, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - i));
    if (length > share) return Math.max(0, share);
    left -= length;
  }
  return Infinity;
}
