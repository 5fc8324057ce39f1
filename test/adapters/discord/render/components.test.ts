/** The checker takes what Discord takes, refuses what Discord refuses, and reads its Markdown. */
import { describe, expect, it } from 'vitest';
import { liveMarks, marksIn, messageProblems, modalProblems, shownIn } from '../../../support/components/index.ts';

type Json = Record<string, unknown>;

const x = (length: number): string => 'x'.repeat(length);
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const text = (content: unknown): Json => ({ type: 10, content });
const row = (...components: Json[]): Json => ({ type: 1, components });
const button = (more: Json = {}): Json => ({ type: 2, style: 2, label: 'Go', custom_id: 'go', ...more });
const option = (more: Json = {}): Json => ({ label: 'A', value: 'a', ...more });
const options = (count: number): Json[] => many(count, (i) => option({ value: String(i) }));
const select = (more: Json = {}): Json => ({ type: 3, custom_id: 's', options: options(2), ...more });
const gallery = (more: Json = {}): Json => ({ type: 12, items: [{ media: { url: 'attachment://a.png' }, ...more }] });
const container = (...components: Json[]): Json => ({ type: 17, accent_color: 0x4a9a72, components });
const sent = (...components: Json[]) => ({ components, flags: 1 << 15 });

const label = (component: Json, more: Json = {}): Json => ({ type: 18, label: 'Label', component, ...more });
const input = (more: Json = {}): Json => ({ type: 4, custom_id: 'line', style: 1, ...more });
const radios = (more: Json = {}): Json => ({ type: 21, custom_id: 'r', options: options(3), ...more });
const users = (more: Json = {}): Json => ({ type: 5, custom_id: 'u', ...more });
const modal = (...components: Json[]): Json => ({ title: 'Title', custom_id: 'form:1', components });

describe('a message', () => {
  it.each<[string, Parameters<typeof messageProblems>[0]]>([
    ['words', sent(text('Hello'))],
    ['a card', sent(container(text('## Title'), { type: 14 }, row(button()), row(select())))],
    ['a picture with its file', { ...sent(gallery({ description: 'words' })), files: [{ name: 'a.png' }] }],
    [
      'as much as there may be',
      sent(...many(4, () => text(x(1000))), ...many(18, (i) => row(button({ custom_id: `b${i}` })))),
    ],
    ['five buttons', sent(row(...many(5, (i) => button({ custom_id: String(i) }))))],
  ])('is taken: %s', (_, body) => {
    expect(messageProblems(body)).toEqual([]);
  });

  const planted: Readonly<Record<string, unknown>> = {
    'without the flag': { components: [text('a')] },
    'with content beside components': { ...sent(text('a')), content: 'a' },
    'without components': sent(),
    'components that are no list': { components: 'a', flags: 1 << 15 },
    'an empty text': sent(text('')),
    'a blank text': sent(text(' \n ')),
    'a text nobody can see': sent(text('\u200B\u2060')),
    'half a character': sent(text('\uD83D')),
    'a text that is none': sent(text(5)),
    'too long a text': sent(text(x(4001))),
    'texts too long together': sent(text(x(2001)), container(text(x(2000)))),
    'too many parts': sent(...many(41, () => ({ type: 14 }))),
    'too many parts, counting nested ones': sent(container(...many(20, (i) => row(button({ custom_id: `b${i}` }))))),
    'an empty container': sent(container()),
    'a container in a container': sent(container(container(text('a')))),
    'a colour that is none': sent({ ...container(text('a')), accent_color: 0x1000000 }),
    'an empty row': sent(row()),
    'a button outside of a row': sent(button()),
    'six buttons in a row': sent(row(...many(6, (i) => button({ custom_id: String(i) })))),
    'a select beside a button': sent(row(button(), select())),
    'a button without a label': sent(row(button({ label: undefined }))),
    'an empty label': sent(row(button({ label: '' }))),
    'too long a label': sent(row(button({ label: x(81) }))),
    'a style that is none': sent(row(button({ style: 7 }))),
    'too long an id': sent(row(button({ custom_id: x(101) }))),
    'an empty id': sent(row(button({ custom_id: '' }))),
    'an id twice': sent(row(button(), button())),
    'a number twice': sent({ ...text('a'), id: 5 }, { ...text('b'), id: 5 }),
    'a select without options': sent(row(select({ options: [] }))),
    '26 options': sent(row(select({ options: options(26) }))),
    'too long an option': sent(row(select({ options: [option({ label: x(101) })] }))),
    'too long a value': sent(row(select({ options: [option({ value: x(101) })] }))),
    'an empty value': sent(row(select({ options: [option({ value: '' })] }))),
    'a value twice': sent(row(select({ options: [option(), option()] }))),
    'too long a placeholder': sent(row(select({ placeholder: x(151) }))),
    'more chosen than may be': sent(row(select({ options: options(2).map((one) => ({ ...one, default: true })) }))),
    'more to choose than there is': sent(row(select({ max_values: 3 }))),
    'least above most': sent(row(select({ min_values: 2 }))),
    'a picture without its file': sent(gallery()),
    'a file shown nowhere': { ...sent(text('a')), files: [{ name: 'a.png' }] },
    'two files of one name': { ...sent(gallery()), files: [{ name: 'a.png' }, { name: 'a.png' }] },
    'too long a description': { ...sent(gallery({ description: x(1025) })), files: [{ name: 'a.png' }] },
    'an empty description': { ...sent(gallery({ description: '' })), files: [{ name: 'a.png' }] },
    'an unknown field': sent({ ...text('a'), colour: 'red' }),
    'an unknown part': sent({ type: 99 }),
    'an input in a message': sent(row(input())),
    'a label in a message': sent(label(input())),
  };
  it.each(Object.entries(planted))('is refused: %s', (_, body) => {
    expect(messageProblems(body as never)).not.toEqual([]);
  });
});

describe('a modal', () => {
  it.each<[string, Json]>([
    ['a line', modal(label(input({ value: 'a', max_length: 10, required: false }), { description: 'Hint' }))],
    ['every kind', modal(text('Intro'), label(input()), label(select()), label(radios()), label(users()))],
    [
      'a channel',
      modal(
        label({
          type: 8,
          custom_id: 'c',
          channel_types: [0, 15],
          default_values: [{ id: '123456789012345678', type: 'channel' }],
        }),
      ),
    ],
  ])('is taken: %s', (_, body) => {
    expect(modalProblems(body)).toEqual([]);
  });

  const planted: Readonly<Record<string, unknown>> = {
    nothing: undefined,
    'no title': { ...modal(label(input())), title: undefined },
    'an empty title': { ...modal(label(input())), title: '' },
    'too long a title': { ...modal(label(input())), title: x(46) },
    'too long an id': { ...modal(label(input())), custom_id: x(101) },
    'no parts': modal(),
    'six parts': modal(...many(6, (i) => label(input({ custom_id: `i${i}` })))),
    'nothing to fill in': modal(text('a')),
    'an input in a row': modal(row(input())),
    'a bare input': modal(input()),
    'a button': modal(row(button())),
    'an empty label': modal(label(input(), { label: '' })),
    'too long a label': modal(label(input(), { label: x(46) })),
    'too long a description': modal(label(input(), { description: x(101) })),
    'an empty description': modal(label(input(), { description: '' })),
    'too long a value': modal(label(input({ style: 2, value: x(4001) }))),
    'a value above its own limit': modal(label(input({ value: 'abc', max_length: 2 }))),
    'too high a limit': modal(label(input({ max_length: 4001 }))),
    'two lines in one': modal(label(input({ value: 'a\nb' }))),
    'a label of its own': modal(label(input({ label: 'a' }))),
    'a name twice': modal(label(input()), label(input())),
    'one radio': modal(label(radios({ options: options(1) }))),
    'eleven radios': modal(label(radios({ options: options(11) }))),
    'two radios at once': modal(label(radios({ options: options(2).map((one) => ({ ...one, default: true })) }))),
    'a person who is none': modal(label(users({ default_values: [{ id: 'U1', type: 'user' }] }))),
    'a channel as a person': modal(label(users({ default_values: [{ id: '123456789012345678', type: 'channel' }] }))),
  };
  it.each(Object.entries(planted))('is refused: %s', (_, body) => {
    expect(modalProblems(body)).not.toEqual([]);
  });
});

describe('a text', () => {
  it.each<[string, string, string[]]>([
    ['**a**', 'a', ['bold']],
    ['*a* _b_', 'a b', ['italic', 'italic']],
    ['***a***', 'a', ['bold', 'italic']],
    ['__a__ ~~b~~ ||c||', 'a b c', ['underlined', 'struck', 'spoiler']],
    ['`*a*` ``b`c``', '*a* b`c', ['code', 'code']],
    ['```js\n*a*\n```', '*a*', ['code block']],
    ['# a\nb', 'a\nb', ['heading 1']],
    ['### C#', 'C', ['heading 3']],
    ['-# a', 'a', ['small']],
    ['- # a', 'a', ['item', 'heading 1']],
    ['1. a\n2. b', 'a\nb', ['item', 'item']],
    ['> a\nb', 'a\nb', ['quote']],
    ['>>> a\nb', 'a\nb', ['quote']],
    ['@everyone', '@everyone', ['mention @everyone']],
    ['<@123456789012345678>', '<@123456789012345678>', ['mention <@123456789012345678>']],
    ['<t:1:R>', '<t:1:R>', ['time <t:1:R>']],
    [':smile:', ':smile:', ['emoji :smile:']],
    ['<:a:1>', '<:a:1>', ['emoji <:a:1>']],
    ['[a](https://b.c)', 'a', ['link https://b.c']],
    ['[a](<https://b.c>)', 'a', ['link https://b.c']],
    ['see https://b.c now', 'see https://b.c now', ['link https://b.c']],
    ['<https://b.c>', 'https://b.c', ['link https://b.c']],
    [String.raw`\*a\* \# \@everyone https\://b.c \\`, String.raw`*a* # @everyone https://b.c \ `.trim(), []],
    ['a*b 2 * 3 a#b a-b 1.5 a: b', 'a*b 2 * 3 a#b a-b 1.5 a: b', []],
  ])('%s', (written, seen, marks) => {
    expect(shownIn(written)).toBe(seen);
    expect(marksIn(written)).toEqual(marks);
  });

  it('is looked for in every text of a message', () => {
    expect(liveMarks({ content: '**a**', components: [container(text('*b*')), text('c')] })).toEqual([
      'bold',
      'italic',
    ]);
  });
});
