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
const MAX_CONTAINERS = 40;
const MAX_MARKS = 600;
const MAX_LAZY = 200;
const CONTAINERS = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/;
const NEW_BLOCK = /^\s*(?:$|#|[-*+]\s|\d+[.)]\s|>|```|~~~)/;

/** Emphasis marks in one paragraph, quotes in quotes and lazy quotes cost the parser the square of their number. */
function guard(body: string, firstLine: number): void {
  let marks = 0;
  let lazy = 0;
  let quoted = false;
  body.split('\n').forEach((line, index) => {
    const at = firstLine + index;
    if (line.length > MAX_LINE) throw new Refused(at, `the line is longer than ${MAX_LINE} characters: break it`);
    const containers = CONTAINERS.exec(line)?.[0] ?? '';
    if (containers.length > MAX_CONTAINERS && containers.replace(/\s/g, '').length > MAX_CONTAINERS) {
      throw new Refused(at, 'quotes or lists are nested too deep: make them flatter');
    }
    if (NEW_BLOCK.test(line)) marks = 0;
    else if (quoted && (lazy += 1) > MAX_LAZY)
      throw new Refused(at, 'too many quotes run on without `>`: add a blank line');
    marks += countMarks(line);
    if (marks > MAX_MARKS)
      throw new Refused(at, `more than ${MAX_MARKS} \`*\` and \`_\` in one paragraph: break it up`);
    quoted = containers.includes('>');
  });
}

function countMarks(line: string): number {
  let count = 0;
  let before = 0;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if ((code === 42 || code === 95) && code !== before) count += 1;
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
