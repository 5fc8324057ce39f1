/** Discord's Markdown, as far as it is written to it. */
import { nameOf } from './card.ts';
import { all, el, type Html } from './html.ts';
import { onDiscord } from './moment.ts';

interface Line {
  readonly tag: string;
  readonly text: string;
  readonly more?: Readonly<Record<string, string>>;
}

export function markdown(text: string): Html {
  const parts = text.split(/^(```[^\n]*\n[^]*?\n```)$/m);
  return all(parts.flatMap((part, i) => (i % 2 === 1 ? [fenced(part)] : part.split('\n').map(lineHtml))));
}

const fenced = (code: string): Html => el('pre', {}, code.replace(/^```[^\n]*\n/, '').replace(/\n```$/, ''));

const lineHtml = (line: string): Html | undefined => {
  if (line === '') return el('div.blank', {});
  const { tag, text, more = {} } = lineOf(line);
  return el(tag, more, inline(text));
};

function lineOf(line: string): Line {
  const [, heading, title = ''] = /^(#{1,3}) (.*)$/.exec(line) ?? [];
  if (heading !== undefined) return { tag: `h${heading.length}`, text: title };
  if (line.startsWith('-# ')) return { tag: 'div.small', text: line.slice(3) };
  if (line.startsWith('> ')) return { tag: 'blockquote', text: line.slice(2) };
  const [, deep = '', sign, item = ''] = /^( *)(-|\d+\.) (.*)$/.exec(line) ?? [];
  if (sign === undefined) return { tag: 'div', text: line };
  const more = { 'data-sign': sign === '-' ? '•' : sign, style: `margin-left:${(deep.length / 2) * 20}px` };
  return { tag: 'div.item', text: item, more };
}

const MARK =
  /\\(?<literal>[^0-9A-Za-z\s])|<@!?(?<user>\d+)>|<t:(?<at>\d+):(?<style>[tDF])>|\[(?<label>(?:\\.|[^\]\\])+)\]\(<[^>]+>\)|<(?<url>https?:[^>]+)>|\*\*(?<bold>(?:\\[^]|[^\\])+?)\*\*(?!\*)|\*(?<italic>(?:\*\*|\\[^]|[^\\*])+?)\*(?!\*)|`(?<code>[^`\n]+)`/g;

function inline(text: string): Html {
  const out: (Html | string)[] = [];
  let done = 0;
  for (const found of text.matchAll(MARK)) {
    out.push(text.slice(done, found.index), marked(found.groups ?? {}));
    done = found.index + found[0].length;
  }
  return all(...out, text.slice(done));
}

function marked(found: Readonly<Record<string, string | undefined>>): Html {
  const { literal, user, at, style, label, url, bold, italic, code } = found;
  if (literal !== undefined) return all(literal);
  if (user !== undefined) return el('span.mention', {}, `@${nameOf('discord', user)}`);
  if (at !== undefined) return el('span.time', {}, onDiscord(Number(at), style ?? 'F'));
  if (label !== undefined) return el('span.link', {}, inline(label));
  if (url !== undefined) return el('span.link', {}, url);
  if (bold !== undefined) return el('b', {}, inline(bold));
  return italic === undefined ? el('code', {}, code ?? '') : el('i', {}, inline(italic));
}
