/** What a person reads in Block Kit: every visible word, in order, one line a block. */

type Json = Readonly<Record<string, unknown>>;

/** Characters a renderer may put in that nobody sees. */
const UNSEEN = /\u2060|\u200B|\u200C|\u200D|\uFEFF/g;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Slack's mrkdwn as it is shown: entities decoded once, marks of emphasis gone. */
export const shownText = (text: string): string =>
  text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<[@#!]([A-Z0-9]+)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<([^|>]+)\|([^>]*)>/g, '$2')
    .replace(/[*_~`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(UNSEEN, '');

function wordsOf(node: Json): string {
  switch (node['type']) {
    case 'plain_text':
      return String(node['text']);
    case 'mrkdwn':
      return shownText(String(node['text']));
    case 'text':
      return String(node['text']).replace(UNSEEN, '');
    case 'user':
      return `@${String(node['user_id'])}`;
    case 'date':
      return String(node['fallback'] ?? node['timestamp']);
    case 'link':
      return String(node['text'] ?? node['url']);
    case 'emoji':
      return `:${String(node['name'])}:`;
    case 'image':
      return String(node['alt_text']);
    default:
      return partsOf(node)
        .map(wordsOf)
        .filter((words) => words !== '')
        .join(/^rich_text_(?:section|quote|preformatted)$/.test(String(node['type'])) ? '' : '\n');
  }
}

const partsOf = (node: Json): readonly Json[] => [
  ...[node['text'], node['title'], node['label'], node['placeholder'], node['accessory']].filter(isRecord),
  ...listOf(node['fields']),
  ...listOf(node['elements']),
  ...listOf(node['options']),
  ...listOf(node['blocks']),
];

/** All visible words of a message. */
export const wordsIn = (message: { readonly text: string; readonly blocks?: readonly Json[] }): string =>
  message.blocks === undefined || message.blocks.length === 0
    ? shownText(message.text)
    : message.blocks.map(wordsOf).join('\n');

/** All visible words of a modal or a Home tab. */
export const wordsOfView = (view: Json): string =>
  [view['title'], view['submit'], ...listOf(view['blocks'])].filter(isRecord).map(wordsOf).join('\n');
