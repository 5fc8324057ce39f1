/** Finds where questions, answers, probes and signs begin in a section of a pack's body. */

import type { Heading, List, ListItem, Nodes, Paragraph, RootContent } from 'mdast';
import { dropLabel, readLabel, type Label, type LabelKind } from './labels.ts';
import { endOf, firstInline, plainText, startOf } from './markdown.ts';
import type { Section } from './sections.ts';

export interface Mark {
  readonly kind: LabelKind;
  /** Offsets in the body: its bullet or line, its words after the label, the end of its words, the end of all of it. */
  readonly from: number;
  readonly text: number;
  readonly wordsEnd: number;
  readonly end: number;
  readonly line: number;
  /** The words themselves, without label and emphasis; the items of a list under it apart. */
  readonly words: string;
  readonly items: readonly string[];
  /** Emphasis to put back before the text. */
  readonly open: string;
}

/** All marks of a section in the order of the text; without a question among them the section asks nothing. */
export function findMarks(body: string, section: Section): Mark[] {
  const labelled = section.blocks.flatMap((block) => labelledMarks(body, block));
  if (labelled.some((mark) => mark.kind === 'question')) return labelled;
  if (section.question) return [headingMark(section.question), ...labelled];
  const asked = section.asks ? unlabelled(section.blocks) : [];
  const nested = labelled.filter((mark) => asked.some((question) => question.from < mark.from));
  return [...asked, ...nested].toSorted((a, b) => a.from - b.from);
}

function labelledMarks(body: string, block: RootContent | ListItem, item?: ListItem): Mark[] {
  if (block.type === 'paragraph') return paragraphMarks(body, block, item);
  if (block.type === 'listItem') {
    return block.children.flatMap((child, index) => labelledMarks(body, child, index === 0 ? block : undefined));
  }
  if (block.type !== 'list' && block.type !== 'blockquote') return [];
  return (block.children as (RootContent | ListItem)[]).flatMap((child) => labelledMarks(body, child));
}

interface LabelledLine {
  readonly from: number;
  readonly text: number;
  readonly index: number;
  readonly label: Label;
}

function paragraphMarks(body: string, paragraph: Paragraph, item: ListItem | undefined): Mark[] {
  const start = startOf(paragraph);
  const end = endOf(paragraph);
  const lines = labelledLines(body.slice(start, end), start);
  return lines.map(({ from, text, index, label }, nth) => {
    const wordsEnd = lines[nth + 1]?.from ?? end;
    const first = index === 0 && item !== undefined;
    const whole = index === 0 && lines.length === 1;
    return {
      kind: label.kind,
      from: first ? startOf(item) : from,
      text,
      wordsEnd,
      end: first && wordsEnd === end ? endOf(item) : wordsEnd,
      line: (paragraph.position?.start.line ?? 1) + index,
      words: whole ? dropLabel(plainText(paragraph)) : roughWords(body.slice(text, wordsEnd)),
      items: first ? itemsUnder(item) : [],
      open: label.open,
    };
  });
}

function labelledLines(source: string, start: number): LabelledLine[] {
  if (!source.includes(':') && !/[*_]/.test(source)) return [];
  const lines: LabelledLine[] = [];
  let offset = start;
  source.split('\n').forEach((line, index) => {
    const blank = /^[\s>]*/.exec(line)?.[0].length ?? 0;
    const label = readLabel(line.slice(blank));
    if (label) lines.push({ from: offset + blank, text: offset + blank + label.length, index, label });
    offset += line.length + 1;
  });
  return lines;
}

/** Words of a line that shares its paragraph with other labels: emphasis and comments taken off by eye. */
function roughWords(source: string): string {
  return source
    .replace(/<!--.*?-->/gs, '')
    .replace(/(\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}]))/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function itemsUnder(item: ListItem): string[] {
  return item.children
    .filter((child) => child.type === 'list')
    .flatMap((list) => list.children.map((child) => plainText(child)));
}

function headingMark(heading: Heading): Mark {
  const words = plainText(heading);
  const label = readLabel(words);
  return { ...markOf(heading, heading), words: withoutNumber(label ? dropLabel(words) : words) };
}

/** Questions that do not say so: bold paragraphs, else numbered items, else bullets that ask. */
function unlabelled(blocks: readonly RootContent[]): Mark[] {
  const bold = blocks.filter((block) => block.type === 'paragraph').filter(isBoldQuestion);
  if (bold.length > 0)
    return bold.map((block) => ({ ...markOf(block, block), words: withoutNumber(plainText(block)) }));
  const lists = blocks.filter((block) => block.type === 'list');
  const numbered = lists.filter((list) => list.ordered === true).flatMap((list) => itemMarks(list, false));
  return numbered.length > 0 ? numbered : lists.flatMap((list) => itemMarks(list, true));
}

function isBoldQuestion(paragraph: Paragraph): boolean {
  const [only, ...more] = paragraph.children;
  return only?.type === 'strong' && more.length === 0 && plainText(only).endsWith('?');
}

function itemMarks(list: List, mustAsk: boolean): Mark[] {
  return list.children.flatMap((item) => {
    const paragraph = item.children[0];
    if (paragraph?.type !== 'paragraph' || startsWithLabel(paragraph)) return [];
    const mark = itemMark(item, paragraph);
    return mark === undefined || (mustAsk && !mark.words.endsWith('?') && !isBold(paragraph)) ? [] : [mark];
  });
}

function startsWithLabel(paragraph: Paragraph): boolean {
  return readLabel(plainText(paragraph)) !== undefined;
}

function isBold(paragraph: Paragraph): boolean {
  return firstInline(paragraph.children)?.type === 'strong';
}

/** A numbered item: its bold beginning is the question when it stands alone or ends like a sentence. */
function itemMark(item: ListItem, paragraph: Paragraph): Mark | undefined {
  const head = firstInline(paragraph.children);
  const all = plainText(paragraph);
  if (head?.type !== 'strong') return { ...markOf(item, paragraph), ...firstLines(paragraph, all) };
  const asked = plainText(head);
  const rest = all.slice(asked.length).trim();
  if (rest === '' || /[?.!]$/.test(asked) || /^[:–—-]?\s*\(?$/.test(rest))
    return { ...markOf(item, head), words: asked };
  if (/^(?:[*_]{0,2}(?:model |sample )?(?:answer|discussion)\b)/i.test(rest))
    return { ...markOf(item, head), words: asked };
  if (rest.startsWith(':') && !rest.endsWith('?')) return undefined;
  return { ...markOf(item, paragraph), words: all };
}

/** Without bold, a question ends where a line with a label begins. */
function firstLines(paragraph: Paragraph, all: string): Pick<Mark, 'words' | 'wordsEnd' | 'end'> {
  const end = endOf(paragraph);
  const label = paragraph.children.find(
    (child, index) => index > 0 && child.type !== 'text' && readLabel(`**${plainText(child)}** :`) !== undefined,
  );
  if (!label) return { words: all, wordsEnd: end, end };
  const words = plainText({
    type: 'paragraph',
    children: paragraph.children.slice(0, paragraph.children.indexOf(label)),
  });
  const cut = startOf(label);
  return { words, wordsEnd: cut, end: cut };
}

function markOf(node: RootContent | ListItem, words: Nodes): Mark {
  const end = endOf(words);
  const line = node.position?.start.line ?? 1;
  return {
    kind: 'question',
    from: startOf(node),
    text: startOf(words),
    wordsEnd: end,
    end,
    line,
    words: plainText(words),
    items: [],
    open: '',
  };
}

function withoutNumber(text: string): string {
  return text.replace(/^\(?\d{1,3}[.)]\s+/, '');
}
