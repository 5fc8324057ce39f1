/** What a person reads in Discord's components: every visible word, in order, one line a part. */

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
/** Characters a renderer may put in that nobody sees. */
const UNSEEN = /\u2060|\u200B|\u200C|\u200D|\uFEFF/g;

/** Discord's Markdown as it is shown: escapes and marks of emphasis gone, times as their second. */
export const shownText = (text: string): string =>
  text
    .replace(/<t:(\d+)(?::\w)?>/g, '$1')
    .replace(/<@!?(\d+)>/g, '@$1')
    .replace(/^(?:-# |#{1,3} |> )/gm, '')
    .replace(/\\([^a-zA-Z0-9\s])|[*_~`|]+/g, '$1')
    .replace(UNSEEN, '');

function wordsOf(part: Json): string {
  const own = [part['label'], part['placeholder'], part['description']].filter((words) => typeof words === 'string');
  const text = typeof part['content'] === 'string' ? [shownText(part['content'])] : [];
  const inner = [...listOf(part['components']), ...listOf(part['options']), ...listOf(part['items'])];
  const nested = [part['component'], part['accessory']].filter(isRecord);
  return [...text, ...own, ...[...nested, ...inner].map(wordsOf)].filter((words) => words !== '').join('\n');
}

/** All visible words of a message. */
export const wordsIn = (message: { readonly content: string; readonly components: readonly Json[] }): string =>
  [shownText(message.content), ...message.components.map(wordsOf)].filter((words) => words !== '').join('\n');

/** All visible words of a modal. */
export const wordsOfModal = (modal: { readonly title: string; readonly components: readonly Json[] }): string =>
  [modal.title, ...modal.components.map(wordsOf)].join('\n');

export interface Input {
  readonly name: string;
  readonly label: string;
  readonly part: Json;
}

/** What can be filled in, in the order it stands. */
export const inputsIn = (components: readonly Json[]): readonly Input[] =>
  components.flatMap((holder) => {
    const part = holder['component'];
    return isRecord(part) ? [{ name: String(part['custom_id']), label: String(holder['label']), part }] : [];
  });

/** What stands in it at first; of several choices, joined by commas. */
export function initialOf(part: Json): string {
  if (typeof part['value'] === 'string') return part['value'];
  const chosen = listOf(part['options']).filter((option) => option['default'] === true);
  const picked = listOf(part['default_values']);
  return [...chosen.map(({ value }) => String(value)), ...picked.map(({ id }) => String(id))].join(',');
}
