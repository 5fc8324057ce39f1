/** Slack's two kinds of text: rich text, whose marks are elements, and small print, whose marks stand in the text. */
import type { RichTextBlock } from '@slack/types';
import { nameOf } from './card.ts';
import { all, el, type Html } from './html.ts';
import { onSlack } from './moment.ts';

type Passage = RichTextBlock['elements'][number];
type Word = Extract<Passage, { type: 'rich_text_section' }>['elements'][number];

export const richText = ({ elements }: RichTextBlock): Html => el('div.rich', {}, elements.map(passage));

function passage(one: Passage): Html {
  switch (one.type) {
    case 'rich_text_section':
      return el('div', {}, one.elements.map(word));
    case 'rich_text_quote':
      return el('blockquote', {}, one.elements.map(word));
    case 'rich_text_preformatted':
      return el('pre', {}, one.elements.map(word));
    case 'rich_text_list': {
      const { offset = 0 } = one as { readonly offset?: number };
      const tag = one.style === 'ordered' ? 'ol' : 'ul';
      const start = { start: String(offset + 1), style: `margin-left:${(one.indent ?? 0) * 26}px` };
      return el(tag, start, ...one.elements.map((item) => el('li', {}, passage(item))));
    }
  }
}

function word(one: Word): Html {
  switch (one.type) {
    case 'text':
      return styled(one.text, one.style);
    case 'user':
      return el('span.mention', {}, `@${nameOf('slack', one.user_id)}`);
    case 'date':
      return styled(onSlack(one.timestamp, one.format), one.style);
    case 'link':
      return el('span.link', {}, one.text ?? one.url);
    default:
      throw new TypeError(`nobody draws a ${one.type} of Slack yet`);
  }
}

function styled(text: string, style: { bold?: boolean; italic?: boolean; code?: boolean } = {}): Html {
  const coded = style.code === true ? el('code', {}, text) : all(text);
  const leaning = style.italic === true ? el('i', {}, coded) : coded;
  return style.bold === true ? el('b', {}, leaning) : leaning;
}

const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '');

const MARK =
  /<@(?<user>\w+)>|<!date\^(?<at>\d+)\^(?<format>[^|>]*)\|[^>]*>|<(?<url>[^|>]+)\|(?<label>[^>]*)>|```(?<pre>[^]+?)```|(?<![\p{L}\p{N}])(?:\*(?<bold>[^*\n]+)\*|_(?<italic>[^_\n]+)_|`(?<code>[^`\n]+)`)(?![\p{L}\p{N}])/gu;

/** What stands between marks is text, whatever it looks like. */
export function mrkdwn(text: string): Html {
  const out: (Html | string)[] = [];
  let done = 0;
  for (const found of text.matchAll(MARK)) {
    out.push(unescaped(text.slice(done, found.index)), marked(found.groups ?? {}));
    done = found.index + found[0].length;
  }
  return all(...out, unescaped(text.slice(done)));
}

function marked(found: Readonly<Record<string, string | undefined>>): Html {
  const { user, at, format, label, pre, bold, italic, code } = found;
  if (user !== undefined) return el('span.mention', {}, `@${nameOf('slack', user)}`);
  if (at !== undefined) return all(onSlack(Number(at), format ?? ''));
  if (label !== undefined) return el('span.link', {}, unescaped(label));
  if (pre !== undefined) return el('pre', {}, unescaped(pre));
  if (bold !== undefined) return el('b', {}, mrkdwn(bold));
  return italic === undefined ? el('code', {}, unescaped(code ?? '')) : el('i', {}, mrkdwn(italic));
}
