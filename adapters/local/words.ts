/** Text as a small safe tree the page builds its elements from. What people typed is never read as Markdown or HTML. */
import { never } from '../../src/chat/never.ts';
import type { Instant, PersonId } from '../../src/chat/ids.ts';
import type { Span, Text } from '../../src/chat/text.ts';

export type Word =
  | { readonly t: 'text'; readonly v: string }
  /** Typed by a person: shown as it is, in its own reading direction. */
  | { readonly t: 'typed'; readonly v: string }
  | { readonly t: 'strong' | 'em'; readonly c: readonly Word[] }
  | { readonly t: 'code'; readonly v: string }
  /** `href` is http or https, always. */
  | { readonly t: 'link'; readonly href: string; readonly c: readonly Word[] }
  | { readonly t: 'br' }
  | { readonly t: 'person'; readonly id: PersonId; readonly name: string }
  | { readonly t: 'time'; readonly at: Instant; readonly show: 'time' | 'day' | 'both' };

export type Passage =
  | { readonly t: 'p' | 'heading' | 'quote'; readonly c: readonly Word[] }
  | { readonly t: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Word[])[] }
  | { readonly t: 'pre'; readonly v: string }
  /** Lines that each begin with a bold word: the variants of a question by level. */
  | { readonly t: 'terms'; readonly rows: readonly { readonly term: string; readonly c: readonly Word[] }[] };

export type NameOf = (id: PersonId) => string;

/** Spans that are not Markdown travel through the parser as a number between two private-use characters. */
const OPEN = '\uE000';
const SHUT = '\uE001';

export function passagesOf(text: Text, nameOf: NameOf): Passage[] {
  const { source, atoms } = flatten(text, nameOf);
  return paragraphs(source).flatMap((lines) => passage(lines, atoms));
}

/** One line of words: for facts, names and small print. Line breaks become spaces. */
export function lineOf(text: Text, nameOf: NameOf): Word[] {
  const { source, atoms } = flatten(text, nameOf);
  return inline(source.replace(/\s*\n\s*/g, ' '), atoms);
}

/** What a person typed: plain words, with web addresses to follow. */
export function typedWords(text: string): Word[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/i)
    .filter((part) => part !== '')
    .map((part): Word => {
      const href = webAddress(part);
      return href === undefined ? { t: 'typed', v: part } : { t: 'link', href, c: [{ t: 'typed', v: part }] };
    });
}

function flatten(text: Text, nameOf: NameOf): { source: string; atoms: Word[] } {
  const atoms: Word[] = [];
  const source = text.map((span) => {
    if (span.kind === 'markdown') return span.value.replaceAll(OPEN, '').replaceAll(SHUT, '').replaceAll('\r', '');
    return `${OPEN}${atoms.push(atomOf(span, nameOf)) - 1}${SHUT}`;
  });
  return { source: source.join(''), atoms };
}

function atomOf(span: Exclude<Span, { kind: 'markdown' }>, nameOf: NameOf): Word {
  switch (span.kind) {
    case 'plain':
      return { t: 'typed', v: span.value };
    case 'bold':
      return { t: 'strong', c: [{ t: 'typed', v: span.value }] };
    case 'person':
      return { t: 'person', id: span.id, name: nameOf(span.id) };
    case 'time':
      return { t: 'time', at: span.at, show: span.show };
    default:
      return never(span);
  }
}

/** Lines between blank lines; a fenced block stays whole. */
function paragraphs(source: string): string[][] {
  const out: string[][] = [[]];
  let isFenced = false;
  for (const line of source.split('\n')) {
    if (/^\s*```/.test(line)) isFenced = !isFenced;
    if (line.trim() === '' && !isFenced) out.push([]);
    else out.at(-1)?.push(line);
  }
  return out.filter((lines) => lines.length > 0);
}

const ITEM = /^\s*(?:[-*•]|\d{1,3}[.)])\s+/;
const QUOTE = /^\s*>\s?/;
const HEADING = /^\s*#{1,6}\s+/;
/** As long as a level's name. */
const LONGEST_TERM = 16;

function passage(lines: readonly string[], atoms: readonly Word[]): Passage[] {
  if (/^\s*```/.test(lines[0] ?? '')) return [{ t: 'pre', v: codeOf(lines, atoms) }];
  return runs(lines).map(({ kind, lines: run }): Passage => {
    if (kind === 'list') {
      const items = run.map((line) => inline(line.replace(ITEM, ''), atoms));
      return { t: 'list', ordered: /^\s*\d/.test(run[0] ?? ''), items };
    }
    const mark = kind === 'quote' ? QUOTE : kind === 'heading' ? HEADING : /^\s+/;
    const words = run.map((line) => inline(line.replace(mark, ''), atoms));
    const rows = kind === 'p' && words.length > 1 ? words.map(termOf) : [];
    return rows.length > 0 && rows.every((row) => row !== undefined)
      ? { t: 'terms', rows }
      : { t: kind, c: broken(words) };
  });
}

type RunKind = 'p' | 'list' | 'quote' | 'heading';

function runs(lines: readonly string[]): { kind: RunKind; lines: string[] }[] {
  const out: { kind: RunKind; lines: string[] }[] = [];
  for (const line of lines) {
    const kind = ITEM.test(line) ? 'list' : QUOTE.test(line) ? 'quote' : HEADING.test(line) ? 'heading' : 'p';
    const last = out.at(-1);
    const isGoingOn = last?.kind === 'list' && kind === 'p' && /^\s{2,}/.test(line);
    if (last && isGoingOn) last.lines.push(`${last.lines.pop() ?? ''} ${line.trim()}`);
    else if (last?.kind === kind) last.lines.push(line);
    else out.push({ kind, lines: [line] });
  }
  return out;
}

/** A line that begins with a short bold word and goes on. */
function termOf([first, second, ...rest]: readonly Word[]): { term: string; c: Word[] } | undefined {
  const said = first?.t === 'strong' ? first.c.map((word) => ('v' in word ? word.v : '')).join('') : '';
  const term = said.replace(/:?\s*$/, '');
  if (term === '' || term.length > LONGEST_TERM || !second) return undefined;
  if (second.t !== 'text' && second.t !== 'typed') return { term, c: [second, ...rest] };
  const v = second.v.replace(/^:?\s+/, '');
  if ((second.t === 'text' && v === second.v) || (v === '' && rest.length === 0)) return undefined;
  return { term, c: v === '' ? rest : [{ t: second.t, v }, ...rest] };
}

const broken = (lines: readonly (readonly Word[])[]): Word[] =>
  lines.flatMap((words, i): Word[] => (i === 0 ? [...words] : [{ t: 'br' }, ...words]));

const codeOf = (lines: readonly string[], atoms: readonly Word[]): string =>
  bare(lines.filter((line) => !/^\s*```/.test(line)).join('\n'), atoms);

/** The characters of `source` alone, for code. */
const bare = (source: string, atoms: readonly Word[]): string =>
  source.replace(new RegExp(`${OPEN}(\\d+)${SHUT}`, 'g'), (_, i: string) => {
    const atom = atoms[Number(i)];
    return atom && 'v' in atom ? atom.v : atom?.t === 'person' ? atom.name : '';
  });

type Rule = readonly [RegExp, (found: readonly string[], atoms: readonly Word[]) => Word | undefined];

const RULES: readonly Rule[] = [
  [/\\([\\`*_[\]()#>~.-])/y, ([, char = '']) => ({ t: 'text', v: char })],
  [/`([^`\n]+)`/y, ([, code = ''], atoms) => ({ t: 'code', v: bare(code, atoms) })],
  [/\[([^\]\n]+)\]\(([^\s()]+)\)/y, ([, label = '', to = ''], atoms) => link(to, inline(label, atoms))],
  [/\*\*(?=\S)([^\n]*?\S)\*\*/y, ([, inner = ''], atoms) => ({ t: 'strong', c: inline(inner, atoms) })],
  [/\*(?=[^\s*])([^*\n]*[^\s*])\*/y, ([, inner = ''], atoms) => ({ t: 'em', c: inline(inner, atoms) })],
  [/(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/y, ([, inner = ''], atoms) => ({ t: 'em', c: inline(inner, atoms) })],
  [/https?:\/\/[^\s<>()\uE000]+/iy, ([to = '']) => link(to, [{ t: 'text', v: to }])],
  [/\uE000(\d+)\uE001/y, ([, i = ''], atoms) => atoms[Number(i)]],
];

function inline(source: string, atoms: readonly Word[]): Word[] {
  const out: Word[] = [];
  let text = '';
  for (let at = 0; at < source.length;) {
    const found = firstRule(source, at, atoms);
    if (!found) {
      text += source[at] ?? '';
      at += 1;
      continue;
    }
    if (text !== '') out.push({ t: 'text', v: text });
    text = '';
    out.push(found.word);
    at += found.length;
  }
  return text === '' ? out : [...out, { t: 'text', v: text }];
}

function firstRule(source: string, at: number, atoms: readonly Word[]): { word: Word; length: number } | undefined {
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    const word = found && make([...found], atoms);
    if (found && word) return { word, length: found[0].length };
  }
  return undefined;
}

function link(to: string, c: readonly Word[]): Word | undefined {
  const href = webAddress(to);
  return href === undefined ? undefined : { t: 'link', href, c };
}

/** `to` as an http or https address, or undefined for any other scheme. */
function webAddress(to: string): string | undefined {
  if (!URL.canParse(to)) return undefined;
  const url = new URL(to);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
