/**
 * Splits a pack into front matter and body through gray-matter, fenced in: the first line is exactly `---`, the only
 * engine that reads anything is the safe YAML of this room, and gray-matter's cache stays out of it.
 */

import matter from 'gray-matter';
import { quote, Refused } from './problem.ts';
import { readYaml, type Fields } from './safe-yaml.ts';

export interface Parts {
  readonly fields: Fields;
  readonly body: string;
  /** 1-based line of the file on which the body begins. */
  readonly bodyLine: number;
}

/**
 * @param text the file's text: no byte order mark, lines ended by `\n`
 * @returns undefined when the file has no front matter at all
 * @throws Refused for a language after the dashes, front matter that is not closed, and unsafe or broken YAML
 */
export function splitPack(text: string): Parts | undefined {
  if (!text.startsWith('---') || text[3] === '-') return undefined;
  const firstLine = text.slice(0, endOfLine(text, 0));
  const language = firstLine.slice(3).trim();
  if (language !== '') {
    throw new Refused(
      1,
      `${quote(firstLine)} names a language: only plain YAML is read, write \`---\` alone on the line`,
    );
  }
  if (firstLine !== '---') throw new Refused(1, 'the first line is `---` with blanks after it: remove the blanks');
  const close = text.indexOf('\n---', 3);
  if (close === -1) throw new Refused(1, 'the front matter is not closed: put a line `---` after it');
  const closeEnd = endOfLine(text, close + 1);
  const bodyLine = countLines(text, closeEnd) + 1;
  if (text.slice(close + 1, closeEnd).trimEnd() !== '---') {
    throw new Refused(
      bodyLine - 1,
      'a line in the front matter begins with `---`: close it with `---` alone on a line',
    );
  }
  const file = matter(text, { engines });
  return { fields: file.data as Fields, body: text.slice(closeEnd + 1), bodyLine };
}

const refusing = {
  parse(): object {
    throw new Refused(1, 'front matter in another language than YAML is refused: write `---` alone on the first line');
  },
};

/** gray-matter knows these by itself, one of them by running it; each is replaced. */
const engines = {
  yaml: { parse: (text: string): object => readYaml(text, 1) },
  yml: refusing,
  json: refusing,
  js: refusing,
  javascript: refusing,
  coffee: refusing,
  coffeescript: refusing,
  cson: refusing,
  toml: refusing,
};

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function countLines(text: string, until: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < until; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
