/** A time and its zone written in one line, in any order. */

import { parseTime } from './parse-time.ts';

/** `9:30 Europe/Berlin`, `Berlin, 9:30 am` or `noon` in its two parts; '' for one that was not written. */
export function splitTime(text: string): { readonly time: string; readonly zone: string } {
  const words = text
    .slice(0, 200)
    .split(/[\s,;()]+/)
    .filter((word) => word !== '' && word.toLowerCase() !== 'at');
  const take = (at: number, length: number) => ({
    time: words.slice(at, at + length).join(' '),
    zone: words.toSpliced(at, length).join(' '),
  });
  for (const length of [2, 1]) {
    const at = words.findIndex((_, i) => i + length <= words.length && 'value' in parseTime(take(i, length).time));
    if (at >= 0) return take(at, length);
  }
  const digits = words.findIndex((word) => /^\d/.test(word));
  return digits < 0 ? { time: '', zone: words.join(' ') } : take(digits, 1);
}
