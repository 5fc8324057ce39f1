/** One run of words: our Markdown, with people, moments and what people typed in the middle of it. */
import type { RichTextElement } from '@slack/types';
import { cutAt } from './cut.ts';

/** A word or several alike. Nothing in its text is read as a mark. */
export type Word = Extract<RichTextElement, { type: 'text' | 'user' | 'date' | 'link' }>;
type Style = NonNullable<Word['style']>;

/** What is not our Markdown travels through it as a number between two characters of private use. */
export const OPEN = '\uE000';
export const SHUT = '\uE001';

const SPECIAL = /\\(?=[!-/:-@[-`{-~])|`+|\[|\*\*|__|\*|_|https?:\/\/|\uE000/gi;

interface Found {
  readonly words: readonly Word[];
  /** Where to go on. */
  readonly end: number;
}

export function wordsOf(source: string, atoms: readonly Word[], style: Style = {}): Word[] {
  const out: Word[] = [];
  let done = 0;
  for (const found of source.matchAll(SPECIAL)) {
    if (found.index < done) continue;
    const special = read(source, found.index, found[0], atoms, style);
    if (special === undefined) continue;
    out.push(...textOf(source.slice(done, found.index), style), ...special.words);
    done = special.end;
  }
  return joined([...out, ...textOf(source.slice(done), style)]);
}

const isStyled = (style: Style): boolean => Object.keys(style).length > 0;
const textOf = (text: string, style: Style): Word[] =>
  text === '' ? [] : [{ type: 'text', text, ...(isStyled(style) ? { style } : {}) }];

function read(source: string, at: number, mark: string, atoms: readonly Word[], style: Style): Found | undefined {
  if (mark === '\\') return { words: textOf(source.charAt(at + 1), style), end: at + 2 };
  if (mark === OPEN) return readAtom(source, at, atoms, style);
  if (mark === '[') return readLink(source, at, atoms, style);
  if (mark.startsWith('`')) return readCode(source, at, mark, atoms, style);
  return mark.includes(':') ? readAddress(source, at, style) : readEmphasis(source, at, mark, atoms, style);
}

function readAtom(source: string, at: number, atoms: readonly Word[], style: Style): Found | undefined {
  const end = source.indexOf(SHUT, at);
  const atom = atoms[Number(source.slice(at + 1, end))];
  if (end < 0 || !atom) return undefined;
  const both = { ...style, ...atom.style };
  return { words: [isStyled(both) ? { ...atom, style: both } : atom], end: end + 1 };
}

function readLink(source: string, at: number, atoms: readonly Word[], style: Style): Found | undefined {
  const link = /\[([^\]\n]+)\]\(<?([^\s()<>\uE000]+)>?\)/y;
  link.lastIndex = at;
  const [whole, label = '', to = ''] = link.exec(source) ?? [];
  if (whole === undefined || !isAddress(to)) return undefined;
  const text = shownOf(wordsOf(label, atoms));
  return { words: [linkTo(to, style, text)], end: at + whole.length };
}

const linkTo = (url: string, style: Style, text?: string): Word => ({
  type: 'link',
  url,
  ...(text === undefined || text === '' ? {} : { text }),
  ...(isStyled(style) ? { style } : {}),
});

function readAddress(source: string, at: number, style: Style): Found | undefined {
  const [to = ''] = /^[^\s<>\uE000]+/.exec(source.slice(at)) ?? [];
  const url = to.replace(/[.,;:!?)\]'"*_]+$/, '');
  return isAddress(url) ? { words: [linkTo(url, style)], end: at + url.length } : undefined;
}

const isAddress = (to: string): boolean =>
  to.length <= 2000 && /^(?:https?:\/\/|mailto:)/i.test(to) && URL.canParse(to);

function readCode(source: string, at: number, mark: string, atoms: readonly Word[], style: Style): Found | undefined {
  const from = at + mark.length;
  const inner = new RegExp(`(?<!\`)${mark}(?!\`)`, 'g');
  inner.lastIndex = from;
  const end = inner.exec(source)?.index;
  if (end === undefined || end === from) return undefined;
  return { words: textOf(bare(source.slice(from, end), atoms), { ...style, code: true }), end: end + mark.length };
}

function readEmphasis(
  source: string,
  at: number,
  mark: string,
  atoms: readonly Word[],
  style: Style,
): Found | undefined {
  const from = at + mark.length;
  const isInWord = mark.startsWith('_') && /[\p{L}\p{N}]/u.test(source.charAt(at - 1));
  if (isInWord || !/\S/.test(source.charAt(from))) return undefined;
  const end = closing(source, from, mark);
  if (end === undefined) return undefined;
  const more: Style = mark.length === 2 ? { bold: true } : { italic: true };
  return { words: wordsOf(source.slice(from, end), atoms, { ...style, ...more }), end: end + mark.length };
}

/** Where emphasis that was opened before `from` ends. Of a longer run of marks, its last ones end it. */
function closing(source: string, from: number, mark: string): number | undefined {
  const letter = mark.charAt(0);
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === letter) {
      let run = 1;
      while (source[at + run] === letter) run++;
      const end = at + run - mark.length;
      const fits = mark.length === 2 ? run >= 2 : run % 2 === 1;
      const isInWord = letter === '_' && /[\p{L}\p{N}]/u.test(source.charAt(at + run));
      if (fits && !isInWord && at > from && /\S/.test(source.charAt(at - 1))) return end;
      at += run - 1;
    }
  }
  return undefined;
}

/** The characters of `source` alone, for code. */
export const bare = (source: string, atoms: readonly Word[]): string =>
  source.replaceAll(/\uE000(\d+)\uE001/g, (_, i: string) => shownOf(atoms.slice(Number(i), Number(i) + 1)));

/** What a reader sees of words where there are no people and no links. */
export const shownOf = (words: readonly Word[]): string =>
  words
    .map((word) => {
      if (word.type === 'text') return word.text;
      if (word.type === 'link') return word.text ?? word.url;
      return word.type === 'user' ? 'someone' : (word.fallback ?? '');
    })
    .join('');

const sameStyle = (a: Word, b: Word): boolean => JSON.stringify(a.style) === JSON.stringify(b.style);

/** Slack says no limit for a text in here; this is the one of its other texts. */
const LONGEST = 3000;

/** Texts of one style that follow each other are one text, as long as it is not too long. */
function joined(words: readonly Word[]): Word[] {
  const out: Word[] = [];
  for (const word of words.flatMap(inPieces)) {
    const last = out.at(-1);
    const isSame = last?.type === 'text' && word.type === 'text' && sameStyle(last, word);
    if (isSame && last.text.length + word.text.length <= LONGEST) {
      out[out.length - 1] = { ...last, text: last.text + word.text };
    } else out.push(word);
  }
  return out;
}

function inPieces(word: Word): Word[] {
  if (word.type !== 'text' || word.text.length <= LONGEST) return [word];
  const first = cutAt(word.text, LONGEST);
  return [{ ...word, text: word.text.slice(0, first) }, ...inPieces({ ...word, text: word.text.slice(first) })];
}
