/** Requests a bot may get wrong, each beside the same request done right. */
import type { Asked, Json } from '../../../support/fake-discord/model.ts';

export interface Slip {
  readonly what: string;
  readonly right: Asked;
  readonly wrong: Asked;
}

const ID = '1574572776285536256';
const OTHER = '1574572777506078720';

interface Sent {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly files?: Asked['files'];
}

function asked(name: string, { body, query = {}, params = {}, files = [] }: Sent): Asked {
  const [method = '', route = ''] = name.split(' ');
  return {
    method,
    route,
    path: route,
    params: { ...paramsOf(route), ...params },
    query: new URLSearchParams(query),
    body: typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Json) : {},
    raw: body,
    files,
    authorized: true,
  };
}

const paramsOf = (route: string): Record<string, string> =>
  Object.fromEntries([...route.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, name === 'token' ? 'aW50:x' : ID]));

const slip = (what: string, name: string, right: Sent, wrong: Sent): Slip => ({
  what,
  right: asked(name, right),
  wrong: asked(name, wrong),
});

const SEND = 'POST /channels/:id/messages';
const EDIT = 'PATCH /channels/:id/messages/:message';
const ANSWER = 'POST /interactions/:id/:token/callback';
const FOLLOW = 'POST /webhooks/:app/:token';
const THREAD = 'POST /channels/:id/threads';
const UNDER = 'POST /channels/:id/messages/:message/threads';
const COMMANDS = 'PUT /applications/:app/commands';
const HISTORY = 'GET /channels/:id/messages';

const V2 = 1 << 15;
const QUIET = { allowed_mentions: { parse: [] } };
const say = (more: Json): Sent => ({ body: { content: 'Today: two sums', ...QUIET, ...more } });
const fill = (length: number): string => 'x'.repeat(length);
const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const button = (at: number, more: Json = {}): Json => ({
  type: 2,
  style: 1,
  label: 'Answer',
  custom_id: `answer:${at}`,
  ...more,
});
const row = (...components: readonly Json[]): Json => ({ type: 1, components });
const option = (at: number, more: Json = {}): Json => ({ label: `Level ${at}`, value: `level-${at}`, ...more });
const select = (more: Json = {}): Json => ({
  type: 3,
  custom_id: 'level',
  options: times(3, (at) => option(at)),
  ...more,
});
const text = (content: string, more: Json = {}): Json => ({ type: 10, content, ...more });
const card = (...components: readonly Json[]): Sent => ({
  body: { flags: V2, components: [{ type: 17, components }], ...QUIET },
});

/** Messages, as they are sent to channels. */
const MESSAGES: readonly Slip[] = [
  slip('content of 2001 characters', SEND, say({ content: fill(2000) }), say({ content: fill(2001) })),
  slip('a misspelt field', SEND, say({}), say({ contnet: 'hm' })),
  slip('content that is a number', SEND, say({}), say({ content: 5 })),
  slip('nothing in it', SEND, say({}), { body: { content: '', ...QUIET } }),
  slip(
    'eleven embeds',
    SEND,
    say({ embeds: times(10, () => ({ title: 'a' })) }),
    say({ embeds: times(11, () => ({ title: 'a' })) }),
  ),
  slip('an embed title of 257', SEND, say({ embeds: [{ title: fill(256) }] }), say({ embeds: [{ title: fill(257) }] })),
  slip(
    'embeds of 6001 characters in all',
    SEND,
    say({ embeds: [{ description: fill(4000) }, { description: fill(2000) }] }),
    say({ embeds: [{ description: fill(4000) }, { description: fill(2001) }] }),
  ),
  slip(
    '26 fields in an embed',
    SEND,
    say({ embeds: [{ fields: times(25, () => ({ name: 'a', value: 'b' })) }] }),
    say({ embeds: [{ fields: times(26, () => ({ name: 'a', value: 'b' })) }] }),
  ),
  slip(
    'a nonce of 26 characters',
    SEND,
    say({ nonce: fill(25), enforce_nonce: true }),
    say({ nonce: fill(26), enforce_nonce: true }),
  ),
  slip('enforce_nonce without a nonce', SEND, say({ nonce: 'a', enforce_nonce: true }), say({ enforce_nonce: true })),
  slip('allowed_mentions left out', SEND, say({}), { body: { content: 'Today' } }),
  slip('mentions that are not known', SEND, say({}), say({ allowed_mentions: { parse: ['friends'] } })),
  slip(
    'parse together with ids',
    SEND,
    say({ allowed_mentions: { parse: ['roles'], users: [ID] } }),
    say({ allowed_mentions: { parse: ['users'], users: [ID] } }),
  ),
  slip(
    '101 people mentioned',
    SEND,
    say({ allowed_mentions: { users: times(100, (at) => `15745727762855${10_000 + at}`) } }),
    say({ allowed_mentions: { users: times(101, (at) => `15745727762855${10_000 + at}`) } }),
  ),
  slip('the ephemeral flag in a channel', SEND, say({ flags: 1 << 12 }), say({ flags: 1 << 6 })),
  slip('flags that are words', SEND, say({ flags: 4 }), say({ flags: 'ephemeral' })),
  slip(
    'a reply to nothing',
    SEND,
    say({ message_reference: { message_id: ID } }),
    say({ message_reference: { fail_if_not_exists: false } }),
  ),
  slip(
    'an attachment without its file',
    SEND,
    { ...say({ attachments: [{ id: '0', filename: 'a.png' }] }), files: [file('0', 'a.png')] },
    say({ attachments: [{ id: '0', filename: 'a.png' }] }),
  ),
  slip('a channel that is no snowflake', SEND, say({}), { ...say({}), params: { id: 'general' } }),
  slip('an edit to 2001 characters', EDIT, say({ content: fill(2000) }), say({ content: fill(2001) })),
  slip('an edit that may call people', EDIT, say({}), { body: { content: 'Today' } }),
  slip(
    'an edit to 4001 characters in a card',
    EDIT,
    { body: { components: [text(fill(4000))], ...QUIET } },
    { body: { components: [text(fill(4000)), text('a')], ...QUIET } },
  ),
  slip('an edit that hides a message', EDIT, say({ flags: 4 }), say({ flags: 1 << 6 })),
];

/** Components in messages, old style and new. */
const COMPONENTS: readonly Slip[] = [
  slip(
    'six buttons in a row',
    SEND,
    say({ components: [row(...times(5, (at) => button(at)))] }),
    say({ components: [row(...times(6, (at) => button(at)))] }),
  ),
  slip(
    'six rows',
    SEND,
    say({ components: times(5, (at) => row(button(at))) }),
    say({ components: times(6, (at) => row(button(at))) }),
  ),
  slip('a row with nothing in it', SEND, say({ components: [row(button(1))] }), say({ components: [row()] })),
  slip(
    'a label of 81',
    SEND,
    say({ components: [row(button(1, { label: fill(80) }))] }),
    say({ components: [row(button(1, { label: fill(81) }))] }),
  ),
  slip(
    'a custom_id of 101',
    SEND,
    say({ components: [row(button(1, { custom_id: fill(100) }))] }),
    say({ components: [row(button(1, { custom_id: fill(101) }))] }),
  ),
  slip(
    'one custom_id twice',
    SEND,
    say({ components: [row(button(1), button(2))] }),
    say({ components: [row(button(1), button(1))] }),
  ),
  slip(
    'a link with a custom_id',
    SEND,
    say({ components: [row({ type: 2, style: 5, label: 'Open', url: 'https://example.org' })] }),
    say({ components: [row({ type: 2, style: 5, label: 'Open', url: 'https://example.org', custom_id: 'a' })] }),
  ),
  slip(
    'a button without a custom_id',
    SEND,
    say({ components: [row(button(1))] }),
    say({ components: [row({ type: 2, style: 1, label: 'Answer' })] }),
  ),
  slip(
    'a button without words',
    SEND,
    say({ components: [row(button(1))] }),
    say({ components: [row({ type: 2, style: 1, custom_id: 'a' })] }),
  ),
  slip(
    'a style that is none',
    SEND,
    say({ components: [row(button(1))] }),
    say({ components: [row(button(1, { style: 9 }))] }),
  ),
  slip(
    'a select beside a button',
    SEND,
    say({ components: [row(select()), row(button(1))] }),
    say({ components: [row(select(), button(1))] }),
  ),
  slip(
    '26 options',
    SEND,
    say({ components: [row(select({ options: times(25, (at) => option(at)) }))] }),
    say({ components: [row(select({ options: times(26, (at) => option(at)) }))] }),
  ),
  slip(
    'one value twice',
    SEND,
    say({ components: [row(select())] }),
    say({ components: [row(select({ options: [option(1), option(1)] }))] }),
  ),
  slip(
    'more to choose than there is',
    SEND,
    say({ components: [row(select({ max_values: 3 }))] }),
    say({ components: [row(select({ max_values: 4 }))] }),
  ),
  slip(
    'two chosen where one may be',
    SEND,
    say({ components: [row(select({ options: [option(1, { default: true }), option(2)] }))] }),
    say({ components: [row(select({ options: [option(1, { default: true }), option(2, { default: true })] }))] }),
  ),
  slip(
    'a placeholder of 151',
    SEND,
    say({ components: [row(select({ placeholder: fill(150) }))] }),
    say({ components: [row(select({ placeholder: fill(151) }))] }),
  ),
  slip('content with the V2 flag', SEND, card(text('Hello')), {
    body: { ...(card(text('Hello')).body as Json), content: 'Hello' },
  }),
  slip('embeds with the V2 flag', SEND, card(text('Hello')), {
    body: { ...(card(text('Hello')).body as Json), embeds: [{ title: 'a' }] },
  }),
  slip('a card without the V2 flag', SEND, card(text('Hello')), {
    body: { ...(card(text('Hello')).body as Json), flags: 0 },
  }),
  slip('41 nested components', SEND, card(...times(39, (at) => text(`Line ${at}`))), {
    body: {
      flags: V2,
      components: [card(...times(20, () => text('a'))), card(...times(19, () => text('a')))].map(inner),
      ...QUIET,
    },
  }),
  slip(
    '4001 characters in a card',
    SEND,
    card(text(fill(2000)), text(fill(2000))),
    card(text(fill(2000)), text(fill(2001))),
  ),
  slip('a text with nothing in it', SEND, card(text('a')), card(text(''))),
  slip('a misspelt field deep in a card', SEND, card(text('a')), card(text('a', { colour: 'red' }))),
  slip(
    'a section without its accessory',
    SEND,
    card({ type: 9, components: [text('a')], accessory: button(1) }),
    card({ type: 9, components: [text('a')] }),
  ),
  slip('a container in a container', SEND, card(text('a')), card({ type: 17, components: [text('a')] })),
  slip(
    'one component id twice',
    SEND,
    card(text('a', { id: 1 }), text('b', { id: 2 })),
    card(text('a', { id: 1 }), text('b', { id: 1 })),
  ),
  slip(
    'a picture that is not attached',
    SEND,
    { ...card(gallery('a.png')), files: [file('0', 'a.png')] },
    { ...card(gallery('b.png')), files: [file('0', 'a.png')] },
  ),
];

function file(id: string, name: string): Asked['files'][number] {
  return { id, name, bytes: new Uint8Array([1, 2, 3]), contentType: 'image/png' };
}

function gallery(name: string): Json {
  return { type: 12, items: [{ media: { url: `attachment://${name}` } }] };
}

function inner(sent: Sent): Json {
  return (sent.body as { readonly components: readonly Json[] }).components[0] ?? {};
}

const label = (component: Json, more: Json = {}): Json => ({ type: 18, label: 'Your answer', component, ...more });
const input = (at: number, more: Json = {}): Json => ({ type: 4, custom_id: `field-${at}`, style: 2, ...more });
const modal = (more: Json = {}): Sent => ({
  body: { type: 9, data: { custom_id: 'form:1', title: 'Answer', components: [label(input(1))], ...more } },
});
const parts = (...components: readonly Json[]): Sent => modal({ components });
const radios = (count: number, more: Json = {}): Json => ({
  type: 21,
  custom_id: 'score',
  options: times(count, (at) => option(at)),
  ...more,
});

/** Answers to commands, clicks and forms. */
const ANSWERS: readonly Slip[] = [
  slip(
    'a modal of six parts',
    ANSWER,
    parts(...times(5, (at) => label(input(at)))),
    parts(...times(6, (at) => label(input(at)))),
  ),
  slip('a modal of no parts', ANSWER, modal(), parts()),
  slip('a modal title of 46', ANSWER, modal({ title: fill(45) }), modal({ title: fill(46) })),
  slip('a modal that asks nothing', ANSWER, modal(), parts(text('Just so you know'))),
  slip(
    'a label of 46',
    ANSWER,
    parts(label(input(1), { label: fill(45) })),
    parts(label(input(1), { label: fill(46) })),
  ),
  slip(
    'a hint of 101',
    ANSWER,
    parts(label(input(1), { description: fill(100) })),
    parts(label(input(1), { description: fill(101) })),
  ),
  slip('an input twice', ANSWER, parts(label(input(1)), label(input(2))), parts(label(input(1)), label(input(1)))),
  slip('an input with two labels', ANSWER, parts(label(input(1))), parts(label(input(1, { label: 'Your answer' })))),
  slip('an input in a row', ANSWER, parts(label(input(1))), parts(row(input(1, { label: 'Your answer' })))),
  slip('an input without a label', ANSWER, parts(label(input(1))), parts(input(1))),
  slip(
    'a placeholder of 101',
    ANSWER,
    parts(label(input(1, { placeholder: fill(100) }))),
    parts(label(input(1, { placeholder: fill(101) }))),
  ),
  slip(
    'a value longer than it may be',
    ANSWER,
    parts(label(input(1, { value: 'abc', max_length: 3 }))),
    parts(label(input(1, { value: 'abcd', max_length: 3 }))),
  ),
  slip(
    'least more than most',
    ANSWER,
    parts(label(input(1, { min_length: 5, max_length: 5 }))),
    parts(label(input(1, { min_length: 6, max_length: 5 }))),
  ),
  slip('eleven radio buttons', ANSWER, parts(label(radios(10))), parts(label(radios(11)))),
  slip('a single radio button', ANSWER, parts(label(radios(2))), parts(label(radios(1)))),
  slip('a button in a modal', ANSWER, parts(label(input(1))), parts(label(button(1)))),
  slip('a modal called a message', ANSWER, modal(), { body: { ...(modal().body as Json), type: 4 } }),
  slip('26 choices', ANSWER, choices(25), choices(26)),
  slip(
    'a deferred answer with V2',
    ANSWER,
    { body: { type: 5, data: { flags: 1 << 6 } } },
    { body: { type: 5, data: { flags: V2 } } },
  ),
  slip('an answer of 2001 characters', ANSWER, answer({ content: fill(2000) }), answer({ content: fill(2001) })),
  slip('an answer that may call people', ANSWER, answer({}), {
    body: { type: 4, data: { content: 'Done', flags: 1 << 6 } },
  }),
  slip('an answer with nothing in it', ANSWER, answer({}), answer({ content: '' })),
  slip('a callback of no type', ANSWER, answer({}), { body: { data: { content: 'Done', ...QUIET } } }),
  slip('a follow-up with nothing in it', FOLLOW, say({ flags: 1 << 6 }), { body: QUIET, query: { wait: 'true' } }),
  slip(
    'a query that is not known',
    FOLLOW,
    { ...say({}), query: { wait: 'true' } },
    { ...say({}), query: { wiat: 'true' } },
  ),
];

function choices(count: number): Sent {
  return {
    body: { type: 8, data: { choices: times(count, (at) => ({ name: `Topic ${at}`, value: `topic-${at}` })) } },
  };
}

function answer(more: Json): Sent {
  return { body: { type: 4, data: { content: 'Done', flags: 1 << 6, ...QUIET, ...more } } };
}

const command = (more: Json = {}): Json => ({ name: 'mock', description: 'A mock interview', ...more });
const put = (...commands: readonly Json[]): Sent => ({ body: commands });
const asks = (...options: readonly Json[]): Sent => put(command({ options }));
const word = (name: string, more: Json = {}): Json => ({ type: 3, name, description: 'Which one', ...more });

const REGISTERED: readonly Slip[] = [
  slip('a command name with a capital', COMMANDS, put(command()), put(command({ name: 'Mock' }))),
  slip('a command name with a space', COMMANDS, put(command()), put(command({ name: 'mock now' }))),
  slip('a command name of 33', COMMANDS, put(command({ name: fill(32) })), put(command({ name: fill(33) }))),
  slip('no description', COMMANDS, put(command()), put({ name: 'mock' })),
  slip(
    'a description of 101',
    COMMANDS,
    put(command({ description: fill(100) })),
    put(command({ description: fill(101) })),
  ),
  slip(
    'a message command with a description',
    COMMANDS,
    put({ name: 'Give feedback', type: 3 }),
    put(command({ type: 3 })),
  ),
  slip(
    'a locale nobody speaks',
    COMMANDS,
    put(command({ name_localizations: { de: 'probe' } })),
    put(command({ name_localizations: { xx: 'probe' } })),
  ),
  slip(
    'a required option after another',
    COMMANDS,
    asks(word('a', { required: true }), word('b')),
    asks(word('a'), word('b', { required: true })),
  ),
  slip('26 options', COMMANDS, asks(...times(25, (at) => word(`a${at}`))), asks(...times(26, (at) => word(`a${at}`)))),
  slip('an option name with a capital', COMMANDS, asks(word('level')), asks(word('Level'))),
  slip('one option twice', COMMANDS, asks(word('a'), word('b')), asks(word('a'), word('a'))),
  slip(
    'choices that complete',
    COMMANDS,
    asks(word('a', { autocomplete: true })),
    asks(word('a', { autocomplete: true, choices: [{ name: 'x', value: 'y' }] })),
  ),
  slip(
    '26 choices of an option',
    COMMANDS,
    asks(word('a', { choices: named(25) })),
    asks(word('a', { choices: named(26) })),
  ),
  slip(
    'more than 8000 characters',
    COMMANDS,
    asks(...times(4, (at) => word(`a${at}`, { choices: named(19, 99) }))),
    asks(...times(5, (at) => word(`a${at}`, { choices: named(19, 99) }))),
  ),
  slip('subcommands beside options', COMMANDS, asks(sub('start'), sub('stop')), asks(sub('start'), word('a'))),
  slip('one command twice', COMMANDS, put(command(), command({ name: 'practice' })), put(command(), command())),
  slip(
    '101 commands',
    COMMANDS,
    put(...times(100, (at) => command({ name: `c${at}` }))),
    put(...times(101, (at) => command({ name: `c${at}` }))),
  ),
];

function named(count: number, length = 10): readonly Json[] {
  return times(count, (at) => ({ name: `${fill(length - 3)}-${10 + at}`, value: `v${at}` }));
}

function sub(name: string): Json {
  return { type: 1, name, description: 'A step' };
}

const PLACES: readonly Slip[] = [
  slip('a thread without a name', UNDER, { body: { name: 'Two sums' } }, { body: {} }),
  slip('a thread name of 101', UNDER, { body: { name: fill(100) } }, { body: { name: fill(101) } }),
  slip('a thread name of nothing', UNDER, { body: { name: 'a' } }, { body: { name: '  ' } }),
  slip(
    'an archive time that is none',
    UNDER,
    { body: { name: 'a', auto_archive_duration: 1440 } },
    { body: { name: 'a', auto_archive_duration: 100 } },
  ),
  slip('a thread of no type there is', THREAD, { body: { name: 'a', type: 12 } }, { body: { name: 'a', type: 0 } }),
  slip('six tags', THREAD, post({ applied_tags: times(5, () => ID) }), post({ applied_tags: times(6, () => ID) })),
  slip(
    'a forum post of 2001',
    THREAD,
    post({ message: { content: fill(2000), ...QUIET } }),
    post({ message: { content: fill(2001), ...QUIET } }),
  ),
  slip('a forum post that may call people', THREAD, post({}), post({ message: { content: 'Today' } })),
  slip('history of 101', HISTORY, { query: { limit: '100' } }, { query: { limit: '101' } }),
  slip('history of 0', HISTORY, { query: { limit: '1' } }, { query: { limit: '0' } }),
  slip('history after and before', HISTORY, { query: { after: ID } }, { query: { after: ID, before: OTHER } }),
  slip('history after a name', HISTORY, { query: { after: ID } }, { query: { after: 'yesterday' } }),
  slip('a body where none belongs', 'PUT /channels/:id/thread-members/:user', {}, { body: { user: ID } }),
  slip(
    'a DM with a name',
    'POST /users/@me/channels',
    { body: { recipient_id: ID } },
    { body: { recipient_id: 'ana' } },
  ),
];

function post(more: Json): Sent {
  return { body: { name: 'Today', message: { content: 'Two sums', ...QUIET }, ...more } };
}

export const SLIPS: readonly Slip[] = [...MESSAGES, ...COMPONENTS, ...ANSWERS, ...REGISTERED, ...PLACES];
