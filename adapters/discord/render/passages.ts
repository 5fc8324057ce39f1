/** A text as passages of words: paragraphs, headings, quotes, items of lists, code. */
import { never } from '../../../src/chat/never.ts';
import type { Span, Text } from '../../../src/chat/text.ts';
import { clean, isBlank } from './escape.ts';
import { inZone, momentOf } from './time.ts';
import { bare, OPEN, SHUT, shownOf, type Word, wordsOf } from './words.ts';

type Kind = 'words' | 'heading' | 'quote' | 'bullet' | 'ordered' | 'code';

/** One of a list is an item of it. */
export interface Passage {
  readonly kind: Kind;
  /** How deep a list stands in others. */
  readonly indent: number;
  /** What stands before an item of an ordered list. */
  readonly number: number;
  /** The language of code. */
  readonly lang: string;
  readonly words: readonly Word[];
}

/** Empty when there is nothing to read. */
export function passagesOf(text: Text): Passage[] {
  const atoms: Word[] = [];
  const source = text.map((span) => {
    if (span.kind === 'markdown') return clean(span.value).replaceAll(/[\uE000\uE001]/g, '');
    return `${OPEN}${atoms.push(atomOf(span)) - 1}${SHUT}`;
  });
  const own = source.join('').replaceAll(/\n{3,}/g, '\n\n');
  const passages = partsOf(own).map((part) => passageOf(part, atoms));
  return isBlank(linesIn(passages)) ? [] : passages;
}

/** What a reader sees of them, without marks. */
export const linesIn = (passages: readonly Passage[]): string => passages.map(({ words }) => shownOf(words)).join('\n');

function atomOf(span: Exclude<Span, { kind: 'markdown' }>): Word {
  switch (span.kind) {
    case 'plain':
      return { text: clean(span.value), style: '' };
    case 'bold':
      return { text: clean(span.value), style: 'b' };
    case 'person':
      return isSnowflake(span.id)
        ? { text: '@someone', style: '', mark: `<@${span.id}>` }
        : { text: 'someone', style: '' };
    case 'time': {
      const mark = momentOf(span);
      return { text: inZone(span), style: '', ...(mark === undefined ? {} : { mark }) };
    }
    default:
      return never(span);
  }
}

export const isSnowflake = (id: string): boolean => /^\d{17,20}$/.test(id);

type Part = Omit<Passage, 'words'> & { readonly lines: string[] };

const MARKS: readonly (readonly [Kind, RegExp])[] = [
  ['heading', /^\s{0,3}#{1,6}\s+/],
  ['quote', /^\s*>\s?/],
  ['bullet', /^\s*[-*+•]\s+/],
  ['ordered', /^\s*\d{1,3}[.)]\s+/],
];
const NO_LIST = { indent: 0, number: 0, lang: '' };

function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let isFenced = false;
  for (const line of source.split('\n')) {
    const fence = /^\s*```\s*([\w+#.-]{0,20})/.exec(line);
    if (fence) {
      isFenced = !isFenced;
      if (isFenced) parts.push({ ...NO_LIST, kind: 'code', lang: fence[1] ?? '', lines: [] });
      else parts.push({ ...NO_LIST, kind: 'words', lines: [] });
    } else if (isFenced) parts.at(-1)?.lines.push(line);
    else addLine(parts, line);
  }
  return parts.filter(({ lines }) => lines.length > 0);
}

function addLine(parts: Part[], line: string): void {
  const last = parts.at(-1);
  const [kind, mark] = MARKS.find(([, pattern]) => pattern.test(line)) ?? (['words', /^\s*/] as const);
  const words = line.replace(mark, '');
  const spaces = /^\s*/.exec(line)?.[0].length ?? 0;
  const isList = kind === 'bullet' || kind === 'ordered';
  const goesOn = last && isItem(last) && kind === 'words' && spaces >= 2 && words !== '';
  if (goesOn) last.lines.push(`${last.lines.pop() ?? ''} ${words}`);
  else if (last?.kind === kind && (kind === 'words' || kind === 'quote')) last.lines.push(words);
  else {
    const indent = isList ? Math.min(Math.floor(spaces / 2), 8) : 0;
    const number = kind === 'ordered' ? Number.parseInt(line, 10) : 0;
    parts.push({ kind, lines: [words], indent, number, lang: '' });
  }
}

export const isItem = ({ kind }: Pick<Passage, 'kind'>): boolean => kind === 'bullet' || kind === 'ordered';

function passageOf({ lines, ...part }: Part, atoms: readonly Word[]): Passage {
  const source = lines.join('\n');
  return { ...part, words: part.kind === 'code' ? [{ text: bare(source, atoms), style: '' }] : wordsOf(source, atoms) };
}
