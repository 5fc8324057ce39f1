/** What a card and a form become on Discord, case by case. */
import { describe, expect, it } from 'vitest';
import {
  markdownOf,
  readActionId,
  readText,
  readValue,
  renderForm,
  renderMessage,
  valuesOf,
} from '../../../../adapters/discord/render/index.ts';
import type { Instant, PersonId } from '../../../../src/chat/ids.ts';
import type { Block, Field, Message } from '../../../../src/chat/message.ts';
import { bold, markdown, person, plain, t, type Text, time } from '../../../../src/chat/text.ts';
import {
  marksIn,
  messageProblems,
  modalProblems,
  partsIn,
  shownIn,
  textsIn,
} from '../../../support/components/index.ts';

const on = { feature: 'daily', name: 'answer', subject: '01K' };
const ANA = '123456789012345678' as PersonId;
const NINE = '2026-11-23T09:00:00.000Z' as Instant;

const partsOf = (...blocks: Block[]) => renderMessage({ blocks }).components;
const textsOf = (message: Message) => textsIn(renderMessage(message).components);
const small = (text: Text) => textsOf({ blocks: [{ kind: 'small', text }] })[0];

describe('our words', () => {
  it.each<[string, Text, string]>([
    ['bold, italics and code', t`**a** *b* _c_ \`d*\``, '**a** *b* *c* `d*`'],
    ['emphasis around what is typed', t`**${'x*y'}** and`, String.raw`**x\*y** and`],
    ['one in the other', t`**a *b* c** ***d***`, '**a *b* c** ***d***'],
    ['emphasis that touches', t`${bold('a')}*b* \`c\`${bold('d')}`, '**a**\u2060*b* `c`**d**'],
    ['marks that are none', markdown('a * b _ c 2*3'), String.raw`a \* b \_ c 2\*3`],
    ['escaped marks', markdown(String.raw`\*a\* \_`), String.raw`\*a\* \_`],
    ['a link', markdown('[our *page*](https://ours.example/a_b)'), '[our page](<https://ours.example/a_b>)'],
    ['a link around what is typed', t`[${'a]b'}](https://ours.example)`, String.raw`a]b (<https://ours.example>)`],
    ['a bare address', markdown('See https://ours.example.'), 'See <https://ours.example>.'],
    ['an address with brackets', markdown('[a](https://o.example/x\\)'), String.raw`[a](<https://o.example/x%5C>)`],
    ['an address that leads nowhere on the web', markdown('[a](javascript:b)'), String.raw`\[a]\(javascript:b)`],
    ['lists', markdown('- a\n  - b\n* c\n1. d\n2) e'), '- a\n  - b\n- c\n1. d\n2. e'],
    ['an item over two lines', markdown('- a\n  b'), '- a b'],
    ['a typed item', t`- ${'a\n# b'}`, '- a\n  \\# b'],
    ['a heading of any depth', markdown('# a\n##### b'), '### a\n### b'],
    ['a quote', t`> ${'a\nb'}`, '> a\n> b'],
    ['code as it is', markdown('```ts\nconst a = "*b*";\n```\nafter'), '```ts\nconst a = "*b*";\n```\nafter'],
    ['code that would end itself', t`\`\`\`\n${'a ``` b'}\n\`\`\``, String.raw`a \`\`\` b`],
    ['bold over two lines', [bold('a\nb')], '**a**\n**b**'],
    ['bold with blanks around', t`x${bold(' a ')}y`, 'x **a** y'],
    ['paragraphs', markdown('a\n\n\n\nb\n'), 'a\n\nb'],
  ])('%s', (_, text, written) => {
    expect(markdownOf(text)).toBe(written);
  });
});

describe('what people type', () => {
  it.each([
    ['*a* _b_ ~~c~~ ||d|| `e`', String.raw`\*a\* \_b\_ \~\~c\~\~ \|\|d\|\| \`e\``],
    ['# a', String.raw`\# a`],
    ['-# a', String.raw`\-# a`],
    ['  - a', String.raw`\- a`],
    ['1. a', String.raw`1\. a`],
    ['> a', String.raw`\> a`],
    ['a\n> b', 'a\n\\> b'],
    ['@everyone @here @ana', String.raw`\@everyone \@here @ana`],
    ['<@123456789012345678>', String.raw`\<@123456789012345678>`],
    ['<t:1795424400:R>', String.raw`\<t\:1795424400\:R>`],
    [':smile: 9:30', String.raw`\:smile\: 9:30`],
    ['https://a.example/b_c', String.raw`https\://a.example/b\_c`],
    ['[a](https://b.example)', String.raw`\[a]\(https\://b.example)`],
    [String.raw`C:\temp`, String.raw`C:\\temp`],
    ['a\u202Eb\u2067c\0\uD800', 'abc\uFFFD'],
  ])('%s', (typed, written) => {
    expect(markdownOf([plain(typed)]).trim()).toBe(written);
    expect(shownIn(written)).toBe(
      typed
        .replaceAll(/[\0\u202E\u2067]/g, '')
        .toWellFormed()
        .trim(),
    );
  });

  it('cannot take over a link of ours', () => {
    const words = markdownOf(t`[our page](https://ours.example) and ${'](https://evil.example)'}`);
    expect(marksIn(words)).toEqual(['link https://ours.example']);
    expect(shownIn(words)).toBe('our page and ](https://evil.example)');
    expect(marksIn(words.replace(String.raw`\(`, '('))).not.toEqual(['link https://ours.example']);
  });

  it('cannot number what follows our own words', () => {
    expect(markdownOf(t`${'3'}. and`)).toBe(String.raw`3\. and`);
  });
});

describe('people and moments', () => {
  it('are live, and in words where Discord cannot', () => {
    expect(markdownOf([person(ANA)])).toBe(`<@${ANA}>`);
    expect(markdownOf([person('local' as PersonId)])).toBe('someone');
    expect(markdownOf([time(NINE, 'UTC')])).toBe('<t:1795424400:F>');
    expect(markdownOf([time(NINE, 'UTC', 'time'), plain(' '), time(NINE, 'UTC', 'day')])).toBe(
      '<t:1795424400:t> <t:1795424400:D>',
    );
    expect(markdownOf([time('nonsense' as Instant, 'UTC')])).toBe('nonsense');
  });
});

describe('small print', () => {
  it('is marked on every line', () => {
    expect(small(t`a\nb\n\n**c**`)).toBe('-# a\n-# b\n\n-# **c**');
    expect(small(markdown('- a\n1. b\n> c\n# d'))).toBe('-# • a\n-# 1\\. b\n-# c\n-# d');
    expect(small([plain('# a')])).toBe(String.raw`-# \# a`);
  });
});

describe('a message', () => {
  it('with a title is a card', () => {
    const { components, flags } = renderMessage({ title: 'Why C#?', blocks: [{ kind: 'divider' }] });
    expect(flags).toBe(32_768);
    expect(components).toEqual([
      {
        type: 17,
        accent_color: expect.any(Number) as number,
        components: [{ type: 10, content: '## Why C#?' }, { type: 14 }],
      },
    ]);
    expect(textsOf({ title: 'Learn C#\n*now* C##', blocks: [] })).toEqual([String.raw`## Learn C# \*now\* C\#\#`]);
  });

  it('without one is its words', () => {
    expect(partsOf({ kind: 'text', text: t`Hello` })).toEqual([{ type: 10, content: 'Hello' }]);
  });

  it('is never empty', () => {
    for (const blocks of [[], [{ kind: 'text', text: [plain(' \u200B')] } as const]])
      expect(textsOf({ blocks })).toEqual(['-# Nothing here yet.']);
  });

  it('has buttons that say where they lead, each by a name of its own', () => {
    const [row] = partsOf({
      kind: 'buttons',
      buttons: [
        { label: 'A', on, style: 'primary' },
        { label: 'x'.repeat(90), on, style: 'danger' },
        { label: ' ', on: { ...on, subject: 'c#2' } },
      ],
    });
    expect(row).toEqual({
      type: 1,
      components: [
        { type: 2, style: 1, label: 'A', custom_id: 'daily.answer:01K' },
        { type: 2, style: 4, label: `${'x'.repeat(79)}…`, custom_id: 'daily.answer#2:01K' },
        { type: 2, style: 2, label: '–', custom_id: 'daily.answer:c#2' },
      ],
    });
    expect(readActionId('daily.answer#2:01K')).toEqual(on);
    expect(readActionId('daily.answer:c#2')).toEqual({ ...on, subject: 'c#2' });
    expect(readActionId('again:01K')).toBeUndefined();
    expect(readActionId(`daily.answer#2:${'x'.repeat(90)}`)).toBeUndefined();
  });

  it('leaves out a second button for an action whose name has no room to differ', () => {
    const long = { ...on, subject: 'x'.repeat(87) };
    const [row] = partsOf({ kind: 'buttons', buttons: [long, long].map((one) => ({ label: 'A', on: one })) });
    expect(row?.type === 1 ? row.components.length : 0).toBe(1);
  });

  it('has a choice that gives its value back', () => {
    const options = [
      { label: 'Any', value: '' },
      { label: 'Mid', value: 'mid' },
      { label: 'Mid again', value: 'mid' },
    ];
    const [row] = partsOf({ kind: 'choice', on, prompt: 'Which?', options });
    expect(row).toEqual({
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'daily.answer:01K',
          placeholder: 'Which?',
          options: [
            { label: 'Any', value: '\u2060' },
            { label: 'Mid', value: 'mid' },
          ],
        },
      ],
    });
    expect(readValue('\u2060')).toBe('');
    expect(readValue('mid')).toBe('mid');
    expect(textsOf({ blocks: [{ kind: 'choice', on, prompt: 'None', options: [] }] })).toEqual([
      '-# Nothing here yet.',
    ]);
  });

  it('shows pictures that were painted, and the words for others', () => {
    const image = (alt: string): Block => ({ kind: 'image', picture: 'trend', data: {}, alt });
    const [one, two, three] = [image('Up *three*'), image('Down'), image('')];
    const blocks = [one!, two!, three!];
    const sent = renderMessage(
      { blocks },
      new Map([
        [one!, new Uint8Array([1])],
        [three!, new Uint8Array([3])],
      ]),
    );
    expect(sent.components).toEqual([
      { type: 12, items: [{ media: { url: 'attachment://picture-1.png' }, description: 'Up *three*' }] },
      { type: 10, content: '-# Down' },
      { type: 12, items: [{ media: { url: 'attachment://picture-2.png' } }] },
    ]);
    expect(sent.files?.map(({ name, data }) => [name, data[0]])).toEqual([
      ['picture-1.png', 1],
      ['picture-2.png', 3],
    ]);
    expect(messageProblems(sent)).toEqual([]);
  });

  it('cuts the longest texts where all are too long together, and says so', () => {
    const emoji = '👩‍👩‍👧';
    const blocks: Block[] = [
      { kind: 'text', text: t`short` },
      { kind: 'text', text: t`**${emoji.repeat(400)}**` },
      { kind: 'text', text: [plain('a*'.repeat(1000))] },
      { kind: 'small', text: t`also short` },
    ];
    const sent = renderMessage({ title: 'Long', blocks });
    const [title, first, second, third, note, last, ...none] = textsIn(sent.components);
    expect([title, first, last, none]).toEqual(['## Long', 'short', '-# also short', []]);
    expect(second).toMatch(new RegExp(`^\\*\\*(?:${emoji})+…\\*\\*$`, 'u'));
    expect(third).toMatch(/^(?:a\\\*)+a?…$/);
    expect(note).toContain('Cut short');
    const all = textsIn(sent.components).join('').length;
    expect(all).toBeGreaterThan(3900);
    expect(messageProblems(sent)).toEqual([]);
  });

  it('leaves out dividers and the last buttons where there are too many parts, and says so', () => {
    const buttons = (i: number): Block => ({
      kind: 'buttons',
      buttons: ['a', 'b', 'c', 'd', 'e'].map((label) => ({ label, on: { ...on, subject: `${label}${i}` } })),
    });
    const blocks = Array.from({ length: 8 }, (_, i): Block[] => [
      { kind: 'divider' },
      { kind: 'text', text: t`a` },
      buttons(i),
    ]);
    const sent = renderMessage({ title: 'Many', blocks: blocks.flat() });
    expect(messageProblems(sent)).toEqual([]);
    expect(textsIn(sent.components).filter((words) => words === 'a')).toHaveLength(8);
    expect(textsIn(sent.components).at(-1)).toContain('Cut short');
    expect(partsIn(sent.components).length).toBeLessThanOrEqual(38);
  });
});

const field = (more: Partial<Field> & Pick<Field, 'kind'>): Field =>
  ({ name: more.kind, label: 'Label', ...more }) as Field;
const formOf = (fields: readonly Field[], intro?: Text) =>
  renderForm({ on, title: 'Your answer', submit: 'Send', fields, ...(intro ? { intro } : {}) }, 'form:1');

describe('a form', () => {
  const steps = ['low', 'high'].map((value) => ({ label: value, value }));

  it('asks for each field in its own way', () => {
    const modal = formOf([
      field({ kind: 'line', value: 'a\nb', optional: true, hint: 'Short' }),
      field({ kind: 'paragraph', value: 'a\nb' }),
      field({ kind: 'choice', options: steps, many: true, value: 'low,high' }),
      field({ kind: 'rating', steps, value: 'high' }),
      field({ kind: 'person', value: ANA }),
    ]);
    expect(modalProblems(modal)).toEqual([]);
    expect(modal.custom_id).toBe('form:1');
    expect(partsIn(modal.components).filter(({ type }) => type !== 18)).toEqual([
      { type: 4, custom_id: 'line', required: false, style: 1, max_length: 3000, value: 'a b' },
      { type: 4, custom_id: 'paragraph', required: true, style: 2, max_length: 3000, value: 'a\nb' },
      {
        type: 3,
        custom_id: 'choice',
        required: true,
        options: steps.map((one) => ({ ...one, default: true })),
        max_values: 2,
      },
      { type: 21, custom_id: 'rating', required: true, options: [steps[0], { ...steps[1], default: true }] },
      { type: 5, custom_id: 'person', required: true, default_values: [{ id: ANA, type: 'user' }] },
    ]);
    expect(modal.components[0]).toMatchObject({ type: 18, label: 'Label', description: 'Short' });
  });

  it('asks for text channels and forums', () => {
    const modal = formOf([field({ kind: 'channel', value: ANA })]);
    expect(modalProblems(modal)).toEqual([]);
    expect(partsIn(modal.components)[1]).toMatchObject({
      type: 8,
      channel_types: [0, 15],
      default_values: [{ id: ANA }],
    });
  });

  it('takes a select for a rating of one step', () => {
    expect(modalProblems(formOf([field({ kind: 'rating', steps: steps.slice(0, 1) })]))).toEqual([]);
  });

  it('has its intro above the fields, or in a hint where there is no room', () => {
    const lines = ['a', 'b', 'c', 'd', 'e'].map((name) => field({ kind: 'line', name }));
    expect(formOf(lines.slice(0, 4), t`Say **it**.`).components[0]).toEqual({ type: 10, content: 'Say **it**.' });
    expect(formOf(lines, t`Say **it**.`).components[0]).toMatchObject({ type: 18, description: 'Say it.' });
    const [first, ...others] = lines;
    expect(formOf([{ ...first!, hint: 'Own' }, ...others], t`Say it.`).components[0]).toMatchObject({
      description: 'Own',
    });
    expect(modalProblems(formOf(lines, [plain('x'.repeat(3000))]))).toEqual([]);
    expect(modalProblems(formOf(lines.slice(1), [plain('*'.repeat(3000))]))).toEqual([]);
  });

  it('comes back by the names of its fields', () => {
    const of = (component: object) => ({ type: 18, id: 1, component: { id: 2, ...component } });
    expect(
      valuesOf([
        { type: 10, id: 9 },
        of({ type: 4, custom_id: 'line', value: 'a' }),
        of({ type: 3, custom_id: 'many', values: ['a', 'b'] }),
        of({ type: 3, custom_id: 'none', values: ['\u2060'] }),
        of({ type: 21, custom_id: 'rating', value: null }),
        of({ type: 5, custom_id: 'person', values: [ANA] }),
        { type: 1, components: [{ type: 4, custom_id: 'old', value: 'b' }] },
      ]),
    ).toEqual({ line: 'a', many: 'a,b', none: '', rating: '', person: ANA, old: 'b' });
    for (const odd of [undefined, 'a', [null, 5, {}]]) expect(valuesOf(odd)).toEqual({});
  });
});

describe('what comes from Discord', () => {
  const nameOf = (id: string) => (id === ANA ? 'Ana' : undefined);
  it.each([
    [`<@${ANA}> and <@!${ANA}>`, '@Ana and @Ana'],
    ['<@999999999999999999>', '@999999999999999999'],
    ['<@&999999999999999999>', '@role'],
    [`<#${ANA}>`, '#Ana'],
    ['<:party:123456789012345678> <a:p_2:123456789012345678>', ':party: :p_2:'],
    ['</practice today:123456789012345678>', '/practice today'],
    [String.raw`\*a\* **b** <t:1:R> <b> &lt;`, String.raw`\*a\* **b** <t:1:R> <b> &lt;`],
    ['a\r\nb', 'a\nb'],
  ])('%s', (content, text) => {
    expect(readText(content, nameOf)).toBe(text);
  });
});
