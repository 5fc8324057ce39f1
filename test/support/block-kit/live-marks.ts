/** Everything in a message that would notify somebody, lead somewhere, or change how text looks, as Slack would read it. */
import { isRecord, type Json } from './check.ts';

/** What Slack writes between angle brackets. */
const BRACKETS = /<[^<>]*>/g;
const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['bold', /(?<![\p{L}\p{N}])\*(?=\S)[^*\n]*?\S\*(?![\p{L}\p{N}])/gu],
  ['italic', /(?<![\p{L}\p{N}])_(?=\S)[^_\n]*?\S_(?![\p{L}\p{N}])/gu],
  ['strike', /(?<![\p{L}\p{N}])~(?=\S)[^~\n]*?\S~(?![\p{L}\p{N}])/gu],
  ['code', /`[^`\n]+`|```/g],
  ['quote', /^(?:&gt;|>)/gm],
  ['emoji', /:[a-z0-9_+'-]+:/gi],
];
/** What Slack makes of text by itself, where `verbatim` does not forbid it. */
const SELF_MADE: readonly (readonly [string, RegExp])[] = [
  ['link', /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi],
  ['link', /(?<![\p{L}\p{N}./-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\p{L}\p{N}])/giu],
  ['mention', /@(?:here|channel|everyone)\b/gi],
  ['channel', /(?<!&)#[\p{L}\p{N}_-]+/gu],
];

const found = (rules: typeof FORMATS, text: string): string[] =>
  rules.flatMap(([what, pattern]) => (text.match(pattern) ?? []).map((mark) => `${what} ${mark}`));

function inMrkdwn(text: string, verbatim: boolean): string[] {
  const marks = (text.match(BRACKETS) ?? []).map((mark) => `mark ${mark}`);
  const rest = text.replace(BRACKETS, ' ');
  return [...marks, ...found(FORMATS, rest), ...(verbatim ? [] : found(SELF_MADE, rest))];
}

/** In rich text a mark is an element of its own, and text is only text. */
function inRichText(node: Json): string[] {
  const styles = isRecord(node['style'])
    ? Object.entries(node['style']).flatMap(([style, on]) => (on === true ? [`${style} ${String(node['text'])}`] : []))
    : [];
  switch (node['type']) {
    case 'text':
    case 'date':
      return styles;
    case 'rich_text_section':
      return [];
    case 'user':
      return [`mention <@${String(node['user_id'])}>`, ...styles];
    case 'broadcast':
      return [`mention <!${String(node['range'])}>`];
    case 'link':
      return [`link ${String(node['url'])}`, ...styles];
    default:
      return [`${String(node['type'])}`];
  }
}

function inBlocks(value: unknown, isRich = false): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => inBlocks(each, isRich));
  if (!isRecord(value)) return [];
  if (value['type'] === 'mrkdwn') return inMrkdwn(String(value['text']), value['verbatim'] === true);
  if (value['type'] === 'markdown') return [`markdown ${String(value['text'])}`];
  if (value['type'] === 'rich_text') return inBlocks(value['elements'], true);
  if (value['type'] === 'plain_text')
    return value['emoji'] === false ? [] : found([['emoji', /:[a-z0-9_+'-]+:/gi]], String(value['text']));
  const own = isRich ? inRichText(value) : [];
  const { style: _, ...within } = value;
  return [...own, ...Object.values(within).flatMap((each) => inBlocks(each, isRich))];
}

/** `text` is the message's own text, which Slack reads as mrkdwn too. */
export const liveMarks = (blocks: unknown, text = ''): string[] => [...inMrkdwn(text, false), ...inBlocks(blocks)];
