/** Passages in Discord's Markdown: the marks are ours, and whatever else stands there is escaped. */
import { never } from '../../../src/chat/never.ts';
import type { Text } from '../../../src/chat/text.ts';
import { escape } from './escape.ts';
import { shorten } from './cut.ts';
import { isItem, type Passage, passagesOf } from './passages.ts';
import { shownOf, type Word } from './words.ts';

/** Nobody sees it; it keeps marks of ours from running into each other. */
export const JOINER = '\u2060';

export type Write = (passages: readonly Passage[]) => string;

/** Without blank lines at its start and end; '' when there is nothing to read. */
export const markdownOf = (text: Text): string => write(passagesOf(text));

export const write: Write = (passages) => trimmed(passages.map(writePassage).join('\n'));

/** Small print: every line of it is marked as such. */
export const writeSmall: Write = (passages) =>
  trimmed(
    passages
      .flatMap(smallLines)
      .map((line) => (line.trim() === '' ? line : `-# ${line}`))
      .join('\n'),
  );

const trimmed = (text: string): string => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();

function writePassage({ kind, words, indent, number, lang }: Passage): string {
  const lines = linesOf(words);
  const deep = '  '.repeat(indent);
  switch (kind) {
    case 'words':
      return lines.join('\n');
    case 'heading':
      return lines.map((line) => (line.trim() === '' ? line : `### ${line}`)).join('\n');
    case 'quote':
      return lines.map((line) => `> ${line}`).join('\n');
    case 'bullet':
      return `${deep}- ${lines.join(`\n${deep}  `)}`;
    case 'ordered':
      return `${deep}${number}. ${lines.join(`\n${deep}   `)}`;
    case 'code':
      return fenced(shownOf(words), lang);
    default:
      return never(kind);
  }
}

const fenced = (code: string, lang: string): string =>
  code.includes('```') || code.trim() === '' ? escape(code) : `\`\`\`${lang}\n${code}\n\`\`\``;

function smallLines(passage: Passage): string[] {
  const { kind, words, number } = passage;
  const lines = kind === 'code' ? linesOf(words.map((word) => ({ ...word, style: 'c' }))) : linesOf(words);
  if (!isItem(passage)) return lines;
  const sign = kind === 'bullet' ? '• ' : String.raw`${number}\. `;
  return lines.map((line, i) => (i === 0 ? `${sign}${line}` : line));
}

/** Marks do not reach over the end of a line. */
function linesOf(words: readonly Word[]): string[] {
  const lines: Word[][] = [[]];
  for (const word of words) {
    const [first = '', ...more] = word.mark === undefined ? word.text.split('\n') : [word.text];
    lines.at(-1)?.push({ ...word, text: first });
    for (const text of more) lines.push([{ ...word, text }]);
  }
  return lines.map((line) => nest(line, ['b', 'i']));
}

const SIGNS = { b: '**', i: '*' } as const;

/** Words that share a style stand between the same marks. */
function nest(words: readonly Word[], [style, ...inner]: readonly (keyof typeof SIGNS)[]): string {
  if (style === undefined) return words.map(writeWord).reduce(glue, '');
  const runs: Word[][] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.[0] && last[0].style.includes(style) === word.style.includes(style)) last.push(word);
    else runs.push([word]);
  }
  return runs
    .map((run) => (run[0]?.style.includes(style) ? between(SIGNS[style], nest(run, inner)) : nest(run, inner)))
    .reduce(glue, '');
}

const glue = (before: string, after: string): string =>
  /[*`]$/.test(before) && before.at(-1) === after.at(0) ? before + JOINER + after : before + after;

/** Marks touch their words. */
function between(sign: string, text: string): string {
  const core = text.trim();
  if (core === '') return text;
  const from = text.indexOf(core);
  return `${text.slice(0, from)}${sign}${core}${sign}${text.slice(from + core.length)}`;
}

function writeWord({ text, style, mark, url }: Word): string {
  if (mark !== undefined) return mark;
  if (url !== undefined) return linkTo(url, text);
  const isCode = style.includes('c') && text.trim() !== '' && !text.includes('`');
  return isCode ? `\`${text}\`` : escape(text);
}

/** Discord takes no label with brackets or an address in it: then the address follows the words. */
function linkTo(url: string, label: string): string {
  const to = `<${url.replaceAll(/[()\\]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}>`;
  if (label === url || label.trim() === '') return to;
  return /[[\]]|:\/\//.test(label) ? `${escape(label)} (${to})` : `[${escape(label)}](${to})`;
}

/** As much from their start as is `max` characters long when written, an ellipsis at its end. */
export function writeUpTo(passages: readonly Passage[], max: number, how: Write): string {
  let low = 0;
  let high = max;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (how(take(passages, middle)).length <= max) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '…' : how(take(passages, low));
}

const DOTS: Word = { text: '…', style: '' };

/** The first `most` of the characters a reader sees. */
function take(passages: readonly Passage[], most: number): Passage[] {
  let left = most;
  const out: Passage[] = [];
  for (const passage of passages) {
    const words: Word[] = [];
    out.push({ ...passage, words });
    for (const word of passage.words) {
      if (word.text.length > left) {
        const isText = word.mark === undefined && word.url === undefined;
        words.push(isText ? { ...word, text: shorten(word.text, left + 1) } : DOTS);
        return out;
      }
      words.push(word);
      left -= word.text.length;
    }
  }
  return out;
}
