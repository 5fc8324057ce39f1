/**
 * Reads Discord's Markdown the way its clients do, as far as that is known: which marks come alive, and what characters are
 * left to see. In doubt it finds a mark.
 */

interface Reading {
  readonly marks: string[];
  shown: string;
}

interface Rule {
  readonly pattern: RegExp;
  /** Only where a line begins. */
  readonly starts?: true;
  /** Notes the mark and reads on within. */
  take(found: RegExpExecArray, into: Reading): void;
}

const part = (found: RegExpExecArray, i: number): string => found[i] ?? '';
const wrap = (pattern: RegExp, name: string): Rule => ({
  pattern,
  take(found, into) {
    into.marks.push(name);
    read(part(found, 1), into);
  },
});
const block = (pattern: RegExp, nameOf: (found: RegExpExecArray) => string): Rule => ({
  pattern,
  starts: true,
  take(found, into) {
    into.marks.push(nameOf(found));
    read(part(found, 2), into);
    if (found[0].endsWith('\n')) into.shown += '\n';
  },
});
const leaf = (pattern: RegExp, name: string): Rule => ({
  pattern,
  take(found, into) {
    into.marks.push(`${name} ${found[0]}`);
    into.shown += found[0];
  },
});
const code = (pattern: RegExp, name: string): Rule => ({
  pattern,
  take(found, into) {
    into.marks.push(name);
    into.shown += part(found, 2);
  },
});

/** The first that fits is taken. */
const RULES: readonly Rule[] = [
  block(/ *(#{1,3})\s+((?:\\[^]|[^\n\\])+?)#*[^\S\n]*(?:\n|$)/y, (found) => `heading ${part(found, 1).length}`),
  block(/ *(-#)\s+([^\n]+)(?:\n|$)/y, () => 'small'),
  block(/[^\S\n]*(>>>)(?:\s+|$)([^]*)/y, () => 'quote'),
  block(/[^\S\n]*(>)(?:[^\S\n]+|(?=\n|$))([^\n]*)(?:\n|$)/y, () => 'quote'),
  block(/[^\S\n]*([*+-]|\d+\.)[^\S\n]+([^\n]*)(?:\n|$)/y, () => 'item'),
  code(/```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][^]*?)\n*```/iy, 'code block'),
  {
    pattern: /\\([^0-9A-Za-z\s])/y,
    take(found, into) {
      into.shown += part(found, 1);
    },
  },
  leaf(/<@[!&]?\d+>|@everyone|@here|<#\d+>|<\/[^<>\n]+:\d+>|<id:[\w-]+>/iy, 'mention'),
  leaf(/<t:-?\d+(?::[tTdDfFRsS])?>/y, 'time'),
  leaf(/<a?:\w+:\d+>|:[^\s:]+?(?:::skin-tone-\d)?:/y, 'emoji'),
  {
    pattern: /<([^: >]+:\/[^ >]+|[^\s@<>]+@[^\s@<>]+|\+\d+)>/y,
    take(found, into) {
      into.marks.push(`link ${part(found, 1)}`);
      into.shown += part(found, 1);
    },
  },
  leaf(/[a-z][a-z0-9+.-]{0,20}:\/\/[^\s<]+/iy, 'link'),
  {
    pattern: /\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?\s*\)/y,
    take(found, into) {
      into.marks.push(`link ${part(found, 2)}`);
      read(part(found, 1), into);
    },
  },
  wrap(/\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/y, 'bold'),
  wrap(/__((?:\\[^]|[^\\])+?)__(?!_)/y, 'underlined'),
  wrap(/\*(?=\S)((?:\*\*|\\[^]|\s+(?:\\[^]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y, 'italic'),
  wrap(/_((?:__|\\[^]|[^\\_])+?)_(?!\w)/y, 'italic'),
  wrap(/~~([^]+?)~~(?!_)/y, 'struck'),
  wrap(/\|\|([^]+?)\|\|/y, 'spoiler'),
  code(/(`+)([^]*?[^`])\1(?!`)/y, 'code'),
];

function read(text: string, into: Reading): void {
  let at = 0;
  let isStart = true;
  while (at < text.length) {
    const found = firstAt(text, at, isStart);
    if (found) {
      found.rule.take(found.match, into);
      at += found.match[0].length;
    } else {
      into.shown += text[at] ?? '';
      at += 1;
    }
    isStart = text[at - 1] === '\n';
  }
}

function firstAt(text: string, at: number, isStart: boolean): { rule: Rule; match: RegExpExecArray } | undefined {
  for (const rule of RULES) {
    if (rule.starts && !isStart) continue;
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(text);
    if (match && match[0] !== '') return { rule, match };
  }
  return undefined;
}

function readAll(text: string): Reading {
  const into: Reading = { marks: [], shown: '' };
  read(text, into);
  return into;
}

/** Each mark that comes alive, the outer ones first. */
export const marksIn = (text: string): readonly string[] => readAll(text).marks;

/** The characters a reader sees. */
export const shownIn = (text: string): string => readAll(text).shown;
