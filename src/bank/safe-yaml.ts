/**
 * YAML as a question pack may use it: maps, lists, text, numbers. Everything that makes YAML dangerous is refused with
 * its line: anchors, aliases, merge keys, tags, directives, keys that reach a prototype, deep nesting, great length.
 */

import { Composer, isMap, isScalar, isSeq, Lexer, Parser, type Document, type ParsedNode, type YAMLMap } from 'yaml';
import { quote, Refused } from './problem.ts';

/** In characters; 64 KB is some three hundred questions with everything. */
export const MAX_YAML = 64 * 1024;
export const MAX_DEPTH = 8;

export type Leaf = string | number | boolean | null;
/** Keys and their fields; has no prototype, so every key is data. */
export type Fields = Readonly<Record<string, Field>>;

export interface Field {
  /** 1-based line in the file. */
  readonly line: number;
  readonly value: Leaf | readonly Field[] | Fields;
  /** What the file says here, to the letter. */
  readonly raw: string;
  /** Text without quotes around it, where commas and colons may have had a meaning nobody intended. */
  readonly bare: boolean;
}

export function isList(value: Field['value']): value is readonly Field[] {
  return Array.isArray(value);
}

export function isFields(value: Field['value']): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Reading {
  readonly text: string;
  /** Line of the file on which `text` begins. */
  readonly firstLine: number;
  /** Offsets at which lines begin. */
  readonly starts: readonly number[];
}

/**
 * Reads a YAML map.
 * @param firstLine line of the file on which `text` begins, for the problems
 * @throws Refused with the line, if it is not YAML or not of the safe kind
 */
export function readYaml(text: string, firstLine: number): Fields {
  const reading = { text, firstLine, starts: lineStarts(text) };
  if (text.length > MAX_YAML)
    refuse(reading, 0, 'front matter is longer than 64 KB: split the pack into several files');
  const document = compose(reading);
  const error = document?.errors[0];
  if (error) refuse(reading, error.pos[0], explain(error.code, error.message));
  const root = document?.contents;
  if (!root || (isScalar(root) && root.value === null)) return Object.create(null) as Fields;
  const field = convert(reading, root, 1);
  if (!isFields(field.value))
    refuse(reading, root.range[0], 'front matter is not a map: write one `key: value` a line');
  return field.value;
}

function compose(reading: Reading): Document.Parsed | undefined {
  const parser = new Parser();
  const composer = new Composer({ uniqueKeys: false, version: '1.2', prettyErrors: false });
  const documents = [...composer.compose(tokens(reading, parser), true, reading.text.length)];
  const [first, second] = documents;
  if (second) refuse(reading, second.range[0], 'front matter holds several YAML documents: keep one');
  return first as Document.Parsed | undefined;
}

/** Feeds the lexer's pieces to the parser and looks at each on the way: what is refused never gets composed. */
function* tokens(reading: Reading, parser: Parser) {
  let offset = 0;
  let depth = 0;
  let scalar = false;
  for (const piece of new Lexer().lex(reading.text)) {
    if (!scalar) {
      const problem = dangerOf(piece);
      if (problem) refuse(reading, offset, problem);
      if (piece === '[' || piece === '{') depth += 1;
      if (piece === ']' || piece === '}') depth -= 1;
      if (depth > MAX_DEPTH) refuse(reading, offset, tooDeep);
    }
    scalar = piece === '\u001f';
    if (!MARKERS.has(piece)) offset += piece.length;
    yield* parser.next(piece);
  }
  yield* parser.end();
}

/** Signs of the lexer that stand for nothing in the text: byte order mark, document, end of flow, scalar. */
const MARKERS = new Set(['\ufeff', '\u0002', '\u0018', '\u001f']);
const tooDeep = `nested deeper than ${MAX_DEPTH} levels: make the front matter flatter`;

function dangerOf(piece: string): string | undefined {
  const head = piece[0];
  if (head === '&') return `anchors are refused (${quote(piece)}): write the text out, or put it in quotes`;
  if (head === '*') return `aliases are refused (${quote(piece)}): write the text out, or put it in quotes`;
  if (head === '!') return `tags are refused (${quote(piece)}): leave the tag out, or put the text in quotes`;
  if (head === '%') return `directives are refused (${quote(piece)}): remove the line`;
  return undefined;
}

function convert(reading: Reading, node: ParsedNode | null, depth: number): Field {
  if (!node) return { line: reading.firstLine, value: null, raw: '', bare: false };
  if (depth > MAX_DEPTH) refuse(reading, node.range[0], tooDeep);
  const place = { line: lineAt(reading, node.range[0]), raw: reading.text.slice(node.range[0], node.range[1]) };
  if (isSeq(node)) {
    return { ...place, bare: false, value: node.items.map((item) => convert(reading, item as ParsedNode, depth + 1)) };
  }
  if (isMap(node)) return { ...place, bare: false, value: convertMap(reading, node, depth) };
  if (!isScalar(node)) refuse(reading, node.range[0], 'aliases are refused: write the text out');
  return { ...place, bare: node.type === 'PLAIN', value: leafOf(reading, node) };
}

function leafOf(reading: Reading, node: { value: unknown; source: string; range: ParsedNode['range'] }): Leaf {
  const { value } = node;
  if (typeof value === 'string') {
    if (!value.isWellFormed()) refuse(reading, node.range[0], 'half a character (a lone surrogate): retype the text');
    return value;
  }
  if (value === null || typeof value === 'boolean') return value;
  // A number that loses digits was meant as text.
  if (typeof value === 'number' && Number.isFinite(value) && String(value) === node.source) return value;
  return node.source;
}

function convertMap(reading: Reading, node: YAMLMap, depth: number): Fields {
  const fields = Object.create(null) as Record<string, Field>;
  for (const pair of node.items) {
    const key = pair.key as ParsedNode;
    const name = keyOf(reading, key, node);
    if (name in fields) refuse(reading, key.range[0], `the key ${quote(name)} stands here twice: keep one`);
    fields[name] = convert(reading, pair.value as ParsedNode | null, depth + 1);
    if (!pair.value) fields[name] = { line: lineAt(reading, key.range[0]), value: null, raw: '', bare: false };
  }
  return fields;
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

function keyOf(reading: Reading, key: ParsedNode | null, map: YAMLMap): string {
  const at = key?.range[0] ?? map.range?.[0] ?? 0;
  if (!isScalar(key)) refuse(reading, at, 'a key is not plain text: put the text in quotes');
  const name = String(key.value);
  if (name === '<<') refuse(reading, at, 'merge keys (`<<`) are refused: write the fields out');
  if (FORBIDDEN_KEYS.has(name)) refuse(reading, at, `the key ${quote(name)} is refused: rename it`);
  return name;
}

function explain(code: string, message: string): string {
  const first = (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep;
  if (code === 'TAB_AS_INDENT') return 'a tab is used as indentation: use spaces';
  return `not valid YAML (${visibleCode(first)}): put the text in double quotes, and check the indentation`;
}

function visibleCode(message: string): string {
  return quote(message, 120).slice(1, -1);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(reading: Reading, offset: number): number {
  let low = 0;
  let high = reading.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((reading.starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return reading.firstLine + low;
}

function refuse(reading: Reading, offset: number, problem: string): never {
  throw new Refused(lineAt(reading, offset), problem);
}
