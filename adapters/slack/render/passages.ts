/** A text as the passages of a rich text block. Slack reads no marks in them, so what people typed stays what it is. */
import type { RichTextList, RichTextPreformatted, RichTextQuote, RichTextSection } from '@slack/types';
import { never } from '../../../src/chat/never.ts';
import type { Span, Text } from '../../../src/chat/text.ts';
import { clean, typed } from './escape.ts';
import { inZone, momentOf } from './time.ts';
import { bare, OPEN, SHUT, shownOf, type Word, wordsOf } from './words.ts';

interface Worded<T> {
  readonly type: T;
  readonly elements: Word[];
}
type Section = Omit<RichTextSection, 'elements'> & Worded<'rich_text_section'>;
type Quote = Omit<RichTextQuote, 'elements'> & Worded<'rich_text_quote'>;
type Code = Omit<RichTextPreformatted, 'elements'> & { readonly elements: Extract<Word, { type: 'text' }>[] };
/** Slack takes `offset`, its types do not know it: how many numbers an ordered list leaves out. */
export type List = Omit<RichTextList, 'elements'> & { readonly elements: Section[]; readonly offset?: number };
/** Never without words. */
export type Passage = Section | Quote | Code | List;

/** Empty when there is nothing to read. */
export function passagesOf(text: Text): Passage[] {
  const atoms: Word[] = [];
  const source = text.map((span) => {
    if (span.kind === 'markdown') return clean(span.value).replaceAll(/[\uE000\uE001]/g, '');
    const word = atomOf(span);
    return word === undefined ? '' : `${OPEN}${atoms.push(word) - 1}${SHUT}`;
  });
  const passages = partsOf(source.join('')).flatMap((part) => passageOf(part, atoms));
  return passages.some((passage) => linesIn(passage).trim() !== '') ? passages : [];
}

/** What a reader sees of it, an item a line. */
export const linesIn = (passage: Passage): string =>
  passage.type === 'rich_text_list'
    ? passage.elements.map(({ elements }) => shownOf(elements)).join('\n')
    : shownOf(passage.elements);

function atomOf(span: Exclude<Span, { kind: 'markdown' }>): Word | undefined {
  switch (span.kind) {
    case 'plain':
      return textWord(typed(span.value));
    case 'bold':
      return textWord(typed(span.value), { bold: true });
    case 'person':
      return isUser(span.id) ? { type: 'user', user_id: span.id } : textWord('someone');
    case 'time': {
      const moment = momentOf(span);
      return moment ? { type: 'date', ...moment } : textWord(inZone(span));
    }
    default:
      return never(span);
  }
}

export const isUser = (id: string): boolean => /^[UW][A-Z0-9]{2,}$/.test(id);

const textWord = (text: string, style?: NonNullable<Word['style']>): Word | undefined =>
  text === '' ? undefined : { type: 'text', text, ...(style ? { style } : {}) };

type Kind = 'words' | 'heading' | 'quote' | 'bullet' | 'ordered' | 'code';
interface Part {
  readonly kind: Kind;
  readonly lines: string[];
  /** How deep a list stands in others. */
  readonly indent: number;
  /** The number a list begins with, from 0. */
  readonly offset: number;
}

const MARKS: readonly (readonly [Kind, RegExp])[] = [
  ['heading', /^\s{0,3}#{1,6}\s+/],
  ['quote', /^\s*>\s?/],
  ['bullet', /^\s*[-*+•]\s+/],
  ['ordered', /^\s*\d{1,3}[.)]\s+/],
];

function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let isFenced = false;
  for (const line of source.split('\n')) {
    if (/^\s*```/.test(line)) {
      isFenced = !isFenced;
      if (isFenced) parts.push({ kind: 'code', lines: [], indent: 0, offset: 0 });
    } else if (isFenced) parts.at(-1)?.lines.push(line);
    else addLine(parts, line);
  }
  return parts;
}

function addLine(parts: Part[], line: string): void {
  const last = parts.at(-1);
  const [kind, mark] = MARKS.find(([, pattern]) => pattern.test(line)) ?? (['words', /^\s*/] as const);
  const words = line.replace(mark, '');
  const spaces = /^\s*/.exec(line)?.[0].length ?? 0;
  const isList = kind === 'bullet' || kind === 'ordered';
  const indent = isList ? Math.min(Math.floor(spaces / 2), 8) : 0;
  const offset = kind === 'ordered' ? Math.max(0, Number.parseInt(line, 10) - 1) : 0;
  const goesOn = last && isListPart(last) && kind === 'words' && spaces >= 2 && words !== '';
  if (goesOn) last.lines.push(`${last.lines.pop() ?? ''} ${words}`);
  else if (last?.kind === kind && last.indent === indent && kind !== 'heading') last.lines.push(words);
  else parts.push({ kind, lines: [words], indent, offset });
}

const isListPart = ({ kind }: Part): boolean => kind === 'bullet' || kind === 'ordered';

function passageOf({ kind, lines, indent, offset }: Part, atoms: readonly Word[]): Passage[] {
  if (kind === 'bullet' || kind === 'ordered') {
    const elements = lines.map((line) => wordsOf(line, atoms)).filter((words) => words.length > 0);
    if (elements.length === 0) return [];
    const list: List = {
      type: 'rich_text_list',
      style: kind,
      ...(indent === 0 ? {} : { indent }),
      ...(offset === 0 ? {} : { offset }),
      elements: elements.map((words) => ({ type: 'rich_text_section', elements: words })),
    };
    return [list];
  }
  const source = lines.join('\n').replaceAll(/^\n+|\n+$/g, '');
  if (kind === 'code') {
    const text = bare(source, atoms);
    return text === '' ? [] : [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }];
  }
  const elements = wordsOf(source.replaceAll(/\n{3,}/g, '\n\n'), atoms, kind === 'heading' ? { bold: true } : {});
  if (elements.length === 0) return [];
  return [kind === 'quote' ? { type: 'rich_text_quote', elements } : { type: 'rich_text_section', elements }];
}
