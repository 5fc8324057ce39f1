/** Rules for messages, wherever they are sent or edited: lengths, what goes together, who is mentioned, what is attached. */
import type { Asked, Json } from '../model.ts';
import { componentRules } from './components.ts';
import { listOf, numberOf, PART, partsOf, repeatedIn, textOf, toldOf } from './lists.ts';

export interface Occasion {
  /** It makes a message; else it changes one. */
  readonly isNew: boolean;
  /** Answers to people may be seen by them alone. */
  readonly mayBeEphemeral: boolean;
}

const FLAG = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6, silent: 1 << 12, voice: 1 << 13, v2: 1 << 15 } as const;
const MOST_CONTENT = 2000;
const MOST_V2_TEXT = 4000;
const MOST_PARTS = 40;
const MOST_EMBED_TEXT = 6000;
const MOST_BYTES = 25 * 1024 * 1024;

/** Parts that only new-style messages have. */
const NEW_PARTS = new Set<unknown>([
  PART.section,
  PART.text,
  PART.thumbnail,
  PART.gallery,
  PART.file,
  PART.separator,
  PART.container,
]);

export const hasNewParts = (components: unknown): boolean =>
  partsOf(components).some(({ type }) => NEW_PARTS.has(type));

const embedLength = (embed: Json): number => {
  const fields = listOf(embed['fields']).flatMap(({ name, value }) => [name, value]);
  const footer = (embed['footer'] as Json | null | undefined)?.['text'];
  const author = (embed['author'] as Json | null | undefined)?.['name'];
  return [embed['title'], embed['description'], footer, author, ...fields].map(textOf).join('').length;
};

const isGiven = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';

function newStyleRules(message: Json): readonly string[] {
  const parts = partsOf(message['components']);
  const words = parts.filter(({ type }) => type === PART.text).map(({ content }) => textOf(content));
  const others = ['content', 'embeds', 'poll', 'sticker_ids'].filter((name) => isGiven(message[name]));
  return [
    ...others.map((name) => `${name} does not go with components V2`),
    ...toldOf(
      [parts.length > MOST_PARTS, `${parts.length} components are more than ${MOST_PARTS}`],
      [words.join('').length > MOST_V2_TEXT, `all texts together are longer than ${MOST_V2_TEXT}`],
    ),
  ];
}

function oldStyleRules(message: Json): readonly string[] {
  const top = listOf(message['components']);
  return toldOf(
    [top.length > 5 && top.every(({ type }) => type === PART.row), 'there are more than 5 rows'],
    [hasNewParts(top), 'new components need the flag for them'],
  );
}

function mentionRules(message: Json): readonly string[] {
  const mentions = message['allowed_mentions'] as Json | null | undefined;
  const parse: readonly unknown[] = Array.isArray(mentions?.['parse']) ? mentions['parse'] : [];
  return ['users', 'roles']
    .filter((kind) => parse.includes(kind) && isGiven(mentions?.[kind]))
    .map((kind) => `allowed_mentions parses ${kind} and lists them`);
}

function flagRules(message: Json, { isNew, mayBeEphemeral }: Occasion): readonly string[] {
  const known =
    FLAG.suppressEmbeds | FLAG.v2 | (isNew ? FLAG.silent | FLAG.voice : 0) | (mayBeEphemeral ? FLAG.ephemeral : 0);
  const unknown = numberOf(message['flags'], 0) & ~known;
  return toldOf([unknown !== 0, `the flags ${unknown} cannot be set here`]);
}

const namesIn = (components: unknown): readonly string[] =>
  partsOf(components)
    .flatMap((part) => [part['media'], part['file'], ...listOf(part['items']).map(({ media }) => media)])
    .map((media) => /^attachment:\/\/(.+)$/.exec(textOf((media as Json | null | undefined)?.['url']))?.[1])
    .filter((name): name is string => name !== undefined);

function fileRules(message: Json, files: Asked['files'], isNew: boolean): readonly string[] {
  const said = listOf(message['attachments']);
  const names = files.map((file) => textOf(said.find(({ id }) => String(id) === file.id)?.['filename']) || file.name);
  const strangers = said.filter(({ id }) => String(id).length < 17 && !files.some((file) => file.id === String(id)));
  const size = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  const missing = namesIn(message['components']).filter((name) => !names.includes(name));
  return [
    ...strangers.map(({ id }) => `attachment ${String(id)} has no file`),
    // A kept attachment may be pointed at as well, and only the message knows it.
    ...(isNew ? missing.map((name) => `attachment://${name} is not attached`) : []),
    ...toldOf(
      [files.length > 10, 'there are more than 10 files'],
      [size > MOST_BYTES, 'the files are too large'],
      [repeatedIn(names).length > 0, 'two files have one name'],
    ),
  ];
}

const CONTENTS = ['content', 'components', 'embeds', 'attachments', 'poll', 'sticker_ids', 'shared_client_theme'];

const isFlagged = (message: Json): boolean => (numberOf(message['flags'], 0) & FLAG.v2) !== 0;

/** Discord refuses these. */
export function messageRules(message: Json, files: Asked['files'], occasion: Occasion): readonly string[] {
  // What is edited may be new-style already.
  const isNewStyle = isFlagged(message) || (!occasion.isNew && hasNewParts(message['components']));
  const embedded = listOf(message['embeds']).reduce((sum, embed) => sum + embedLength(embed), 0);
  const isEmpty = files.length === 0 && !CONTENTS.some((name) => isGiven(message[name]));
  return [
    ...toldOf(
      [textOf(message['content']).length > MOST_CONTENT, `content is longer than ${MOST_CONTENT}`],
      [embedded > MOST_EMBED_TEXT, `the embeds together are longer than ${MOST_EMBED_TEXT}`],
      [occasion.isNew && isEmpty, 'an empty message'],
    ),
    ...(isNewStyle ? newStyleRules(message) : oldStyleRules(message)),
    ...mentionRules(message),
    ...flagRules(message, occasion),
    ...fileRules(message, files, occasion.isNew),
    ...componentRules(message['components']),
  ];
}

/** Discord takes these; nobody is to be called by accident. */
export const houseRules = (message: Json): readonly string[] =>
  toldOf(
    [!isGiven(message['allowed_mentions']), 'allowed_mentions is left out'],
    [message['enforce_nonce'] === true && !isGiven(message['nonce']), 'enforce_nonce without a nonce'],
  );
