/** Shortening texts without halving a character. */

/** Code points a reader sees as one character are seldom more than this. */
const REACH = 40;
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Where to cut `text` so that at most `max` UTF-16 units stand before the cut and no character is halved. */
export function cutAt(text: string, max: number): number {
  const from = Math.max(0, max - REACH);
  const near = text.slice(from, max + REACH);
  const start = CHARACTERS.segment(near).containing(max - from)?.index ?? 0;
  if (start > 0) return from + start;
  const isHalved = max > 0 && (text.codePointAt(max - 1) ?? 0) > 0xffff;
  return isHalved ? max - 1 : max;
}

/** `text` in at most `max` UTF-16 units, the last of them an ellipsis when something was cut. */
export const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, cutAt(text, Math.max(0, max - 1)))}…`;

/** As much of `text` as `fits`, with an ellipsis; '' when not even that does. `fits` holds for the shorter of two texts. */
export function shortenTo(text: string, fits: (text: string) => boolean): string {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(shorten(text, middle))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : shorten(text, low);
}
