/** Turns the bytes of a pack into text one can trust: UTF-8, lines ended by `\n`, broken characters mended. */

import { quote, Refused, warn, type Finding } from './problem.ts';
import { repairText, type Repair } from './repair.ts';

/** In bytes; the largest packs known are a tenth of it. */
export const MAX_FILE = 256 * 1024;

export interface Decoded {
  readonly text: string;
  /** One warning for each line that was mended. */
  readonly findings: readonly Finding[];
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws Refused for another encoding than UTF-8 and for NUL bytes, with the line */
export function decodePack(bytes: Uint8Array): Decoded {
  const raw = decodeUtf8(bytes).replace(/\r\n?/g, '\n');
  const { text, repairs } = repairText(raw);
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text, findings: sayRepairs(repairs) };
}

/** The same bytes as text and nothing done to it. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw new Refused(1, 'the file is UTF-16: save it as UTF-8');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) throw new Refused(1, 'the file is UTF-16: save it as UTF-8');
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw new Refused(lineOf(bytes, nul), 'a NUL byte: this is not a text file, or it is not UTF-8');
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Refused(lineOf(bytes, firstBad(bytes)), 'the file is not UTF-8 here: save it as UTF-8');
  }
}

/** Control characters but tab and line feed, line and paragraph separators, bidi controls, non-characters. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

/** @throws Refused for characters nobody sees but programs and readers act on */
export function refuseUnseen(text: string): void {
  const at = text.search(UNSEEN);
  if (at === -1) return;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  const bidi = /[\u202a-\u202e\u2066-\u2069]/.test(text.charAt(at));
  const what = bidi ? `U+${code} turns the direction of writing unseen` : `U+${code} is a control character`;
  throw new Refused(text.slice(0, at).split('\n').length, `${what}: delete it`);
}

function sayRepairs(repairs: readonly Repair[]): Finding[] {
  const lines = Map.groupBy(repairs, (repair) => repair.line);
  return [...lines].map(([line, group]) => {
    const from = group.map((repair) => repair.from).join(' ');
    const to = group
      .map((repair) => repair.to)
      .join(' ')
      .trim();
    const read = to === '' ? 'left out' : `read as ${quote(to)}`;
    return warn(
      line,
      `broken characters ${quote(from)} (UTF-8 read as Windows-1252), ${read}: \`bank check --fix\` rewrites them`,
    );
  });
}

function firstBad(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function begins(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}
