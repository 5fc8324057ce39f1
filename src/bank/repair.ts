/**
 * Mends text whose UTF-8 bytes were once read as Windows-1252, so that a bulb became four odd letters. What is whole is
 * put back; a remnant that lost a byte on the way is dropped. Text that merely uses accents and curly quotes stays.
 */

export interface Repair {
  /** 1-based. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

/** Windows-1252 for the bytes 80–9F; the five it does not know stand for themselves. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES: ReadonlyMap<string, number> = new Map([
  ...HIGH.split('').map((char, index) => [char, 0x80 + index] as const),
  ...Array.from({ length: 0x60 }, (_, index) => [String.fromCharCode(0xa0 + index), 0xa0 + index] as const),
]);
const RUN = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]+/g;

/** Repairs every line; pure. `text` is the same string when there is nothing to repair. */
export function repairText(text: string): { text: string; repairs: readonly Repair[] } {
  if (!/[\u00c2-\u00f4]/.test(text)) return { text, repairs: [] };
  const sure = [...text.matchAll(RUN)].every(([run]) => readRun(run, true).sound);
  const repairs: Repair[] = [];
  let line = 1;
  let counted = 0;
  const mended = text.replace(RUN, (run, at: number) => {
    const to = readRun(run, sure).text;
    if (to === run) return run;
    line += newlines(text, counted, at);
    counted = at;
    repairs.push({ line, from: run, to });
    return to;
  });
  return repairs.length === 0 ? { text, repairs } : { text: mended, repairs };
}

interface Run {
  readonly text: string;
  /** Everything in it could be broken UTF-8; if one run of a file is not, short sequences are left alone. */
  readonly sound: boolean;
}

interface Step {
  readonly bytes: number;
  readonly to: string | undefined;
}

function readRun(run: string, sure: boolean): Run {
  const bytes = [...run].map((char) => BYTES.get(char) ?? 0);
  let text = '';
  let sound = true;
  let mended = false;
  for (let at = 0; at < bytes.length;) {
    const step: Step = whole(bytes, at, sure) ?? remnant(bytes, at, mended);
    sound &&= step.to !== undefined;
    mended ||= step.to !== undefined;
    text += step.to ?? run.slice(at, at + step.bytes);
    at += step.bytes;
  }
  return { text, sound };
}

/** A complete UTF-8 sequence that means something a pack may well contain. */
function whole(bytes: readonly number[], at: number, sure: boolean): Step | undefined {
  const lead = bytes[at] ?? 0;
  const length = lengthOf(lead);
  if (length === 0 || at + length > bytes.length) return undefined;
  const tail = bytes.slice(at + 1, at + length);
  if (!tail.every(continues)) return undefined;
  const point = tail.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), lead & (0x7f >> length));
  const symbol = SYMBOLS.some(([from, to]) => from <= point && point <= to);
  const meant = length === 2 ? sure && point < 0x530 : symbol;
  return meant ? { bytes: length, to: String.fromCodePoint(point) } : undefined;
}

/** Punctuation, currency, arrows, signs, dingbats, CJK, presentation forms, pictures; not the rare scripts between. */
const SYMBOLS: readonly (readonly [from: number, to: number])[] = [
  [0x2000, 0x2bff],
  [0x3000, 0x9fff],
  [0xac00, 0xd7a3],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xff00, 0xffef],
  [0x1f000, 0x1faff],
  [0xe0020, 0xe007f],
];

/**
 * What a lost byte leaves behind. Of the five bytes that get lost, two matter: 9D, the end of a closing quote, and 8F,
 * the end of the selector that makes a sign colourful. A lone accent is never one.
 */
function remnant(bytes: readonly number[], at: number, mended: boolean): Step {
  const [first, second, third] = bytes.slice(at, at + 3);
  if (first === 0xe2 && second === 0x80) return { bytes: 2, to: '”' };
  if (first === 0xef && second === 0xb8) return { bytes: 2, to: '' };
  if (first === 0xf0 && second === 0x9f) return { bytes: third !== undefined && continues(third) ? 3 : 2, to: '' };
  if (mended && first === 0xe2 && second !== undefined && continues(second)) return { bytes: 2, to: '' };
  return { bytes: 1, to: undefined };
}

function continues(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

function lengthOf(lead: number): 0 | 2 | 3 | 4 {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
