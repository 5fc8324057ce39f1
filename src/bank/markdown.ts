/** Markdown as mdast reads it, with the few things this room asks of a tree: plain words, source, indentation. */

import type { Nodes, PhrasingContent, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { Refused } from './problem.ts';

/** @throws Refused for Markdown built to take the parser minutes: no pack that people write comes near */
export function readMarkdown(body: string, firstLine: number): Root {
  guard(body, firstLine);
  try {
    return fromMarkdown(body);
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(firstLine, 'the Markdown is nested too deep: make it flatter');
    throw error;
  }
}

const MAX_LINE = 20_000;
const MAX_LINES = 10_000;
const MAX_CONTAINERS = 40;
const MAX_MARKS = 600;
const MAX_BLOCKS = 1_500;
const CONTAINERS = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/;
const NEW_BLOCK = /^\s*(?:$|#|[-*+]\s|\d+[.)]\s|>|```|~~~|\[[^\]]*\]:)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;

/**
 * The parser takes the square of some numbers: emphasis marks and brackets in one paragraph, quotes and lists in each
 * other, text that runs on after a quote, underlined headings. A pack that goes far beyond what people write is refused.
 */
function guard(body: string, firstLine: number): void {
  let marks = 0;
  let blocks = 0;
  let before = { quotes: 0, blank: true };
  for (const [index, line] of body.split('\n').entries()) {
    const refuse = (problem: string): never => {
      throw new Refused(firstLine + index, problem);
    };
    if (index >= MAX_LINES) refuse(`more than ${MAX_LINES} lines: split the pack`);
    if (line.length > MAX_LINE) refuse(`the line is longer than ${MAX_LINE} characters: break it`);
    const containers = (CONTAINERS.exec(line)?.[0] ?? '').replace(/\s/g, '');
    if (containers.length > MAX_CONTAINERS) refuse('quotes or lists are nested too deep: make them flatter');
    const begins = NEW_BLOCK.test(line);
    marks = countMarks(line) + (begins ? 0 : marks);
    if (marks > MAX_MARKS) refuse(`more than ${MAX_MARKS} \`*\`, \`_\` and \`[\` in one paragraph: break it up`);
    const quotes = containers.split('>').length - 1;
    blocks += Math.max(0, quotes - before.quotes) + Math.max(0, containers.length - quotes - 3);
    if (!begins && before.quotes > 0) blocks += 5;
    if (!before.blank && UNDERLINE.test(line)) blocks += 1;
    if (blocks > MAX_BLOCKS) refuse('too many quotes, lists in lists or underlined headings: split the pack');
    before = { quotes, blank: line.trim() === '' };
  }
}

function countMarks(line: string): number {
  let count = 0;
  let before = 0;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 91 || ((code === 42 || code === 95) && code !== before)) count += 1;
    before = code;
  }
  return count;
}

/** The words of a node: no emphasis marks, no HTML, a picture's alternative text; spaces run together. */
export function plainText(node: Nodes): string {
  return words(node).replace(/\s+/g, ' ').trim();
}

function words(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  if (node.type === 'image') return node.alt ?? '';
  return 'children' in node ? node.children.map(words).join('') : '';
}

/** First child that is not just space. */
export function firstInline(children: readonly PhrasingContent[]): PhrasingContent | undefined {
  return children.find((child) => !(child.type === 'text' && child.value.trim() === ''));
}

export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

export function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0;
}

/** Takes the indentation that all lines share off a piece of Markdown; the first may have lost its own already. */
export function dedent(text: string): string {
  const [first = '', ...rest] = text
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .split('\n')
    .map(expand);
  const shared = Math.min(...rest.filter((line) => line.trim() !== '').map(indentOf), Infinity);
  const lines = rest.map((line) => (line.trim() === '' ? '' : line.slice(shared)));
  return [first.trimStart(), ...lines].join('\n').trim();
}

function expand(line: string): string {
  return /^ *\t/.test(line) ? line.replace(/^[ \t]+/, (blank) => blank.replaceAll('\t', '    ')) : line;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
