/** One run of words: our Markdown, with people, moments and what people typed in the middle of it. */

/** Which of bold, italic and code a word is: `''`, `b`, `bi`… */
export type Style = string;

/** A word or several alike. */
export interface Word {
  /** What a reader sees, as characters; nothing in it is a mark. */
  readonly text: string;
  readonly style: Style;
  /** Written instead of the text, as it is: a person or a moment. */
  readonly mark?: string;
  /** Where it leads. */
  readonly url?: string;
}

/** What is not our Markdown travels through it as a number between two characters of private use. */
export const OPEN = '\uE000';
export const SHUT = '\uE001';

const SPECIAL = /\\(?=[!-/:-@[-`{-~])|`+|\[|\*\*|__|\*|_|https?:\/\/|\uE000/gi;

interface Found {
  readonly words: readonly Word[];
  /** Where to go on. */
  readonly end: number;
}
interface Reading {
  readonly source: string;
  readonly atoms: readonly Word[];
  readonly style: Style;
}

export function wordsOf(source: string, atoms: readonly Word[], style: Style = ''): Word[] {
  const reading = { source, atoms, style };
  const out: Word[] = [];
  let done = 0;
  for (const found of source.matchAll(SPECIAL)) {
    if (found.index < done) continue;
    const special = read(reading, found.index, found[0]);
    if (special === undefined) continue;
    out.push({ text: source.slice(done, found.index), style }, ...special.words);
    done = special.end;
  }
  return joined([...out, { text: source.slice(done), style }]);
}

const styled = (style: Style, more: Style): Style =>
  ['b', 'i', 'c'].filter((one) => style.includes(one) || more.includes(one)).join('');

function read(reading: Reading, at: number, mark: string): Found | undefined {
  const { source, style } = reading;
  if (mark === '\\') return { words: [{ text: source.charAt(at + 1), style }], end: at + 2 };
  if (mark === OPEN) return readAtom(reading, at);
  if (mark === '[') return readLink(reading, at);
  if (mark.startsWith('`')) return readCode(reading, at, mark);
  return mark.includes(':') ? readAddress(reading, at) : readEmphasis(reading, at, mark);
}

function readAtom({ source, atoms, style }: Reading, at: number): Found | undefined {
  const end = source.indexOf(SHUT, at);
  const atom = atoms[Number(source.slice(at + 1, end))];
  return end < 0 || !atom ? undefined : { words: [{ ...atom, style: styled(style, atom.style) }], end: end + 1 };
}

function readLink({ source, atoms, style }: Reading, at: number): Found | undefined {
  const link = /\[([^\]\n]+)\]\(<?([^\s()<>\uE000]+)>?\)/y;
  link.lastIndex = at;
  const [whole, label = '', url = ''] = link.exec(source) ?? [];
  if (whole === undefined || !isAddress(url)) return undefined;
  return { words: [{ text: shownOf(wordsOf(label, atoms)), style, url }], end: at + whole.length };
}

function readAddress({ source, style }: Reading, at: number): Found | undefined {
  const [to = ''] = /^[^\s<>\uE000]+/.exec(source.slice(at)) ?? [];
  const url = to.replace(/[.,;:!?)\]'"*_]+$/, '');
  return isAddress(url) ? { words: [{ text: url, style, url }], end: at + url.length } : undefined;
}

const isAddress = (to: string): boolean => to.length <= 500 && /^https?:\/\//i.test(to) && URL.canParse(to);

function readCode({ source, atoms, style }: Reading, at: number, mark: string): Found | undefined {
  const from = at + mark.length;
  const inner = new RegExp(`(?<!\`)${mark}(?!\`)`, 'g');
  inner.lastIndex = from;
  const end = inner.exec(source)?.index;
  if (end === undefined || end === from) return undefined;
  return { words: [{ text: bare(source.slice(from, end), atoms), style: styled(style, 'c') }], end: end + mark.length };
}

function readEmphasis({ source, atoms, style }: Reading, at: number, mark: string): Found | undefined {
  const from = at + mark.length;
  const isInWord = mark.startsWith('_') && /[\p{L}\p{N}]/u.test(source.charAt(at - 1));
  if (isInWord || !/\S/.test(source.charAt(from))) return undefined;
  const end = closing(source, from, mark);
  if (end === undefined) return undefined;
  const more = styled(style, mark.length === 2 ? 'b' : 'i');
  return { words: wordsOf(source.slice(from, end), atoms, more), end: end + mark.length };
}

/** Where emphasis that was opened before `from` ends. Of a longer run of marks, its last ones end it. */
function closing(source: string, from: number, mark: string): number | undefined {
  const letter = mark.charAt(0);
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === letter) {
      let run = 1;
      while (source[at + run] === letter) run++;
      const fits = mark.length === 2 ? run >= 2 : run % 2 === 1;
      const isInWord = letter === '_' && /[\p{L}\p{N}]/u.test(source.charAt(at + run));
      if (fits && !isInWord && at > from && /\S/.test(source.charAt(at - 1))) return at + run - mark.length;
      at += run - 1;
    }
  }
  return undefined;
}

/** The characters of `source` alone, for code. */
export const bare = (source: string, atoms: readonly Word[]): string =>
  source.replaceAll(/\uE000(\d+)\uE001/g, (_, i: string) => atoms[Number(i)]?.text ?? '');

export const shownOf = (words: readonly Word[]): string => words.map(({ text }) => text).join('');

const isPlain = ({ mark, url }: Word): boolean => mark === undefined && url === undefined;

/** Texts of one style that follow each other are one text. */
function joined(words: readonly Word[]): Word[] {
  const out: Word[] = [];
  for (const word of words) {
    const last = out.at(-1);
    if (last && isPlain(last) && isPlain(word) && last.style === word.style)
      out[out.length - 1] = { ...last, text: last.text + word.text };
    else if (word.text !== '' || !isPlain(word)) out.push(word);
  }
  return out;
}
