/** What a card, a form and a page become in Slack, case by case. */
import { describe, expect, it } from 'vitest';
import {
  mrkdwn,
  readActionId,
  readText,
  readValue,
  renderForm,
  renderHome,
  renderMessage,
  renderModal,
  valuesOf,
} from '../../../../adapters/slack/render/index.ts';
import type { Instant, PersonId } from '../../../../src/chat/ids.ts';
import type { Block, Field, Message } from '../../../../src/chat/message.ts';
import { bold, markdown, person, plain, t, type Text, time } from '../../../../src/chat/text.ts';
import { liveMarks, messageProblems } from '../../../support/block-kit/index.ts';

const LONG = 'x'.repeat(2900);
const on = { feature: 'daily', name: 'answer', subject: '01K' };
const ANA = 'U0123456789' as PersonId;
const NINE = '2026-11-23T09:00:00.000Z' as Instant;

const blocksOf = (...blocks: Block[]) => renderMessage({ blocks }).blocks;
/** The passages of one text. */
function passages(text: Text): unknown {
  const [block, ...more] = blocksOf({ kind: 'text', text });
  expect(more).toEqual([]);
  return block?.type === 'rich_text' ? block.elements : undefined;
}
const words = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const word = (text: string, ...styles: string[]) => ({
  type: 'text',
  text,
  ...(styles.length === 0 ? {} : { style: Object.fromEntries(styles.map((style) => [style, true])) }),
});

describe('our words', () => {
  it.each<[string, Text, unknown[]]>([
    [
      'bold, italics and code',
      t`**a** *b* _c_ \`d*\``,
      [
        word('a', 'bold'),
        word(' '),
        word('b', 'italic'),
        word(' '),
        word('c', 'italic'),
        word(' '),
        word('d*', 'code'),
      ],
    ],
    ['emphasis around what is typed', t`**${'x*y'}** and`, [word('x*y', 'bold'), word(' and')]],
    [
      'one in the other',
      t`**a *b* c** ***d***`,
      [word('a ', 'bold'), word('b', 'bold', 'italic'), word(' c', 'bold'), word(' '), word('d', 'bold', 'italic')],
    ],
    [
      'marks that are none',
      t`2 * 3 * 4, snake_case_name, a ** b, \\*c\\*, [d] (e), \`f`,
      [word('2 * 3 * 4, snake_case_name, a ** b, *c*, [d] (e), `f')],
    ],
    [
      'a link with a name',
      t`see [**our** page](https://a.example/b_c)!`,
      [word('see '), { type: 'link', url: 'https://a.example/b_c', text: 'our page' }, word('!')],
    ],
    [
      'a bare address',
      t`at https://a.example/x. Then`,
      [word('at '), { type: 'link', url: 'https://a.example/x' }, word('. Then')],
    ],
    ['no address of another kind', t`[a](ftp://a.example) [b](data:x)`, [word('[a](ftp://a.example) [b](data:x)')]],
    ['no address too long for Slack', markdown(`https://a.example/${LONG}`), [word(`https://a.example/${LONG}`)]],
    ['bold spans', [...t`a`, bold('*b*'), plain('c')], [word('a'), word('*b*', 'bold'), word('c')]],
    ['lines and paragraphs', t`a\nb\n\n\n\nc\n`, [word('a\nb\n\nc')]],
  ])('%s', (_, text, elements) => {
    expect(passages(text)).toEqual([words(...elements)]);
  });

  it('lists, quotes, headings and code stand on their own', () => {
    const text = t`# Head\nWords\n- one ${'- x'}\n  goes on\n- **two**\n  - deep\n3. c\n4) d\n> q\n> r\n\`\`\`ts\n*x*\n\`\`\`\nend`;
    expect(passages(text)).toEqual([
      words(word('Head', 'bold')),
      words(word('Words')),
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [words(word('one - x goes on')), words(word('two', 'bold'))],
      },
      { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [words(word('deep'))] },
      { type: 'rich_text_list', style: 'ordered', offset: 2, elements: [words(word('c')), words(word('d'))] },
      { type: 'rich_text_quote', elements: [word('q\nr')] },
      { type: 'rich_text_preformatted', elements: [word('*x*')] },
      words(word('end')),
    ]);
  });

  it('people are mentioned, and moments shown in each reader’s zone', () => {
    expect(passages(t`${person(ANA)} by ${time(NINE, 'Europe/Berlin')}`)).toEqual([
      words({ type: 'user', user_id: ANA }, word(' by '), {
        type: 'date',
        timestamp: 1_795_424_400,
        format: '{date_short_pretty} at {time}',
        fallback: 'Mon 23 Nov, 10:00 (Europe/Berlin)',
      }),
    ]);
    expect(mrkdwn(t`${person(ANA)} by ${time(NINE, 'Europe/Berlin', 'day')}`)).toBe(
      `<@${ANA}> by <!date^1795424400^{date_short_pretty}|Mon 23 Nov>`,
    );
  });

  it('nobody and no moment are words', () => {
    const at = 'never' as Instant;
    expect(passages(t`${person('' as PersonId)}, ${time(at, 'UTC')}, ${time(NINE, 'No/where', 'time')}`)).toMatchObject(
      [{ elements: [word('someone, never, '), { type: 'date', fallback: '09:00 (UTC)' }] }],
    );
  });
});

describe('what people typed', () => {
  it('is shown as it is, whatever it looks like', () => {
    const typed = '<!channel> *a* _b_ `c` :wave: https://evil.example @here\n> d\n- e\n&amp; <@U1>';
    expect(passages([plain(typed)])).toEqual([words(word(typed))]);
    expect(passages(t`- ${typed}`)).toMatchObject([{ type: 'rich_text_list', elements: [words(word(typed))] }]);
  });

  it('does not turn the direction of our words', () => {
    expect(passages(t`${'\u202Eevil'} ours`)).toEqual([words(word('\u2068\u202Eevil\u2069 ours'))]);
  });

  it('is no block when there is nothing of it', () => {
    expect(blocksOf({ kind: 'text', text: [plain('')] }, { kind: 'small', text: t` \n ` })).toEqual([]);
    expect(renderMessage({ title: ' ', blocks: [] })).toEqual({ blocks: [], text: 'Greenroom' });
  });

  it('stands in small print, and in full size when small print would read marks in it', () => {
    const small = (typed: string) => blocksOf({ kind: 'small', text: t`**Level** ${typed}` })[0];
    expect(small('5 < 6 & Europe/Some_where')).toEqual({
      type: 'context',
      elements: [{ type: 'mrkdwn', text: '*Level* 5 &lt; 6 &amp; Europe/Some_where', verbatim: true }],
    });
    for (const typed of ['*a*', '_a_', '~a~', '`a`', ':wave:', '@here', '#general', 'https://a.example', '\n> a'])
      expect(small(typed), typed).toMatchObject({ type: 'rich_text' });
    expect(small('&'.repeat(700))).toMatchObject({ type: 'rich_text' });
  });

  it('stands in small print only where emphasis beside it would be seen as such', () => {
    const small = (text: Text) => blocksOf({ kind: 'small', text })[0];
    expect(small([bold(' Keep: '), plain('x'), bold(' '), ...t`*y* _\`z\`_`])).toMatchObject({
      elements: [{ text: ' *Keep:* x _y_ _`z`_' }],
    });
    for (const text of [t`**a**b`, t`a**b**`, t`**a***b*`, [bold('a\nb')]])
      expect(small(text)).toMatchObject({ type: 'rich_text' });
  });

  it('does nothing in a notification either, nor does anything else', () => {
    const typed = '<!channel> *a* https://evil.example ana@evil.example :wave:';
    const { text } = renderMessage({ title: typed, blocks: [{ kind: 'text', text: t`${typed} ${person(ANA)}` }] });
    expect(liveMarks([], text)).toEqual([]);
    expect(text).toContain('&lt;!channel&gt; ∗a∗');
    expect(text).toContain('someone');
  });
});

describe('controls', () => {
  const button = (label: string) => ({ label, on });

  it('buttons carry their action, each an id of its own', () => {
    const [row, more] = blocksOf(
      { kind: 'buttons', buttons: [{ ...button('Answer'), style: 'primary' }, button('Again')] },
      { kind: 'buttons', buttons: [button('Once more')] },
    );
    expect(row).toEqual({
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Answer', emoji: false },
          action_id: 'daily.answer:01K',
          style: 'primary',
        },
        { type: 'button', text: { type: 'plain_text', text: 'Again', emoji: false }, action_id: '2/daily.answer:01K' },
      ],
    });
    expect(more).toMatchObject({ elements: [{ action_id: '3/daily.answer:01K' }] });
    for (const id of ['daily.answer:01K', '2/daily.answer:01K', '13/daily.answer:01K'])
      expect(readActionId(id)).toEqual(on);
    expect(readActionId('nothing of ours')).toBeUndefined();
  });

  it('a choice is a select with its prompt', () => {
    const options = [
      { label: 'Mid', value: 'mid' },
      { label: '', value: '' },
    ];
    const [block] = blocksOf({ kind: 'choice', on, prompt: 'Choose', options });
    const [select] = block?.type === 'actions' ? block.elements : [];
    expect(select).toMatchObject({
      type: 'static_select',
      action_id: 'daily.answer:01K',
      placeholder: { text: 'Choose' },
    });
    expect(select).toMatchObject({ options: [{ text: { text: 'Mid' }, value: 'mid' }, { text: { text: '–' } }] });
    const none = select?.type === 'static_select' ? (select.options?.[1]?.value ?? '') : '';
    expect([none.length, readValue(none), readValue('mid')]).toEqual([1, '', 'mid']);
  });

  it('a picture is shown when it is there, and told when it is not', () => {
    const image: Block = { kind: 'image', picture: 'trend', data: {}, alt: 'Going up' };
    expect(renderMessage({ blocks: [image] }, new Map([[image, 'F1']])).blocks).toEqual([
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'Going up' },
    ]);
    expect(blocksOf(image)).toMatchObject([{ type: 'context', elements: [{ text: 'Going up' }] }]);
  });
});

describe('too much for one message', () => {
  const long = (letter: string, length: number): Block => ({ kind: 'text', text: [plain(letter.repeat(length))] });
  const lengths = (message: Message): number[] =>
    renderMessage(message).blocks.flatMap((block) => {
      const [first] = block.type === 'rich_text' ? block.elements : [];
      const [one] = first?.type === 'rich_text_section' ? first.elements : [];
      return one?.type === 'text' ? [one.text.length] : [];
    });

  it('cuts the longest texts, shows where, and says how to read on', () => {
    const message: Message = {
      blocks: [long('a', 1000), ...['b', 'c', 'd', 'e', 'f'].map((letter) => long(letter, 3000))],
    };
    const [short, ...cut] = lengths(message);
    expect(short).toBe(1000);
    for (const length of cut) expect(length).toBeGreaterThan(2000);
    const { blocks } = renderMessage(message);
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_500);
    expect(JSON.stringify(blocks).match(/…/g)).toHaveLength(5);
    expect(blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: expect.stringContaining('Read all') }] });
  });

  it('cuts nothing that fits, and nothing on the Home tab', () => {
    const five = ['a', 'b', 'c', 'd'].map((letter) => long(letter, 2900));
    expect(lengths({ blocks: five })).toEqual([2900, 2900, 2900, 2900]);
    const { blocks } = renderHome({ blocks: Array.from({ length: 20 }, () => long('x', 3000)) });
    expect(JSON.stringify(blocks)).not.toContain('…');
  });

  it('halves no character', () => {
    const family = '👨‍👩‍👧‍👦';
    const blocks = Array.from({ length: 6 }, () => long(family, 270));
    const texts = JSON.stringify(renderMessage({ blocks }).blocks).match(/[^"]*…/g) ?? [];
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text.replace('…', '').replaceAll(family, '')).toBe('');
  });

  it('shortens labels when there are more of them than a message holds', () => {
    const options = Array.from({ length: 25 }, (_, i) => ({ label: 'word '.repeat(15), value: String(i) }));
    const blocks = Array.from({ length: 19 }, (_, i): Block => ({
      kind: 'choice',
      on: { ...on, subject: String(i) },
      prompt: 'Choose',
      options,
    }));
    const posted = renderMessage({ blocks: [...blocks, long('a', 3000)] });
    expect(messageProblems(posted)).toEqual([]);
    expect(JSON.stringify(posted.blocks)).toContain('aaaaaaaaaa');
  });
});

describe('a form', () => {
  const field = (more: Partial<Field> & Pick<Field, 'kind'>): Field =>
    ({ name: 'f', label: 'Label', ...more }) as Field;
  const input = (more: Partial<Field> & Pick<Field, 'kind'>) => {
    const [block] = renderForm({ on, title: 'T', submit: 'S', fields: [field(more)] }, '').blocks;
    return block as unknown as { readonly element: Readonly<Record<string, unknown>>; readonly block_id: string };
  };
  const options = [
    { label: 'Mid', value: 'mid' },
    { label: 'Senior', value: 'senior' },
  ];
  const mid = { text: { type: 'plain_text', text: 'Mid', emoji: false }, value: 'mid' };

  it('is a modal with its action, its origin, and its words above the fields', () => {
    const form = {
      on,
      title: 'Your answer',
      submit: 'Share',
      intro: t`**Say** it.`,
      fields: [field({ kind: 'line', hint: 'One line', optional: true })],
    };
    expect(renderForm(form, '{"a":1}')).toEqual({
      type: 'modal',
      callback_id: 'daily.answer:01K',
      private_metadata: '{"a":1}',
      title: { type: 'plain_text', text: 'Your answer', emoji: false },
      submit: { type: 'plain_text', text: 'Share', emoji: false },
      close: { type: 'plain_text', text: 'Cancel', emoji: false },
      blocks: [
        { type: 'rich_text', elements: [words(word('Say', 'bold'), word(' it.'))] },
        {
          type: 'input',
          block_id: 'f',
          label: { type: 'plain_text', text: 'Label', emoji: false },
          hint: { type: 'plain_text', text: 'One line', emoji: false },
          optional: true,
          element: { type: 'plain_text_input', action_id: 'value', multiline: false, max_length: 3000 },
        },
      ],
    });
  });

  it.each<[string, Partial<Field> & Pick<Field, 'kind'>, Record<string, unknown>]>([
    ['a line', { kind: 'line', value: 'a\nb' }, { type: 'plain_text_input', multiline: false, initial_value: 'a b' }],
    [
      'a paragraph',
      { kind: 'paragraph', value: 'a\nb' },
      { type: 'plain_text_input', multiline: true, initial_value: 'a\nb' },
    ],
    ['a choice', { kind: 'choice', options, value: 'mid' }, { type: 'static_select', initial_option: mid }],
    [
      'several',
      { kind: 'choice', options, many: true, value: 'gone,mid' },
      { type: 'multi_static_select', initial_options: [mid] },
    ],
    ['a rating', { kind: 'rating', steps: options, value: 'mid' }, { type: 'radio_buttons', initial_option: mid }],
    ['a person', { kind: 'person', value: ANA }, { type: 'users_select', initial_user: ANA }],
    [
      'a channel',
      { kind: 'channel', value: 'C0123456789' },
      {
        type: 'conversations_select',
        initial_conversation: 'C0123456789',
        filter: { include: ['public', 'private'], exclude_bot_users: true },
      },
    ],
  ])('%s is filled in as asked', (_, more, element) => {
    expect(input(more).element).toMatchObject(element);
  });

  it('leaves out what Slack could not have', () => {
    const kinds = [
      input({ kind: 'choice', options, value: 'gone' }),
      input({ kind: 'choice', options, many: true, value: 'gone' }),
      input({ kind: 'person', value: 'ana' }),
      input({ kind: 'channel', value: 'general' }),
      input({ kind: 'line', value: '' }),
    ];
    for (const { element } of kinds)
      expect(Object.keys(element).filter((key) => key.startsWith('initial'))).toEqual([]);
  });

  it('takes words of any length above its fields', () => {
    const intro = Array.from({ length: 3000 }, () => person(ANA));
    const { blocks } = renderForm({ on, title: 'T', submit: 'S', intro, fields: [field({ kind: 'line' })] }, '');
    expect(JSON.stringify(blocks[0]).length).toBeLessThan(60_100);
    expect(JSON.stringify(blocks[0]).length).toBeGreaterThan(50_000);
  });

  it('comes back as values by field', () => {
    const state = {
      line: { value: { type: 'plain_text_input', value: 'a <b> &amp;' } },
      empty: { value: { type: 'plain_text_input', value: null } },
      level: { value: { type: 'static_select', selected_option: { value: 'mid' } } },
      none: { value: { type: 'radio_buttons', selected_option: null } },
      many: { value: { type: 'multi_static_select', selected_options: [{ value: 'a' }, { value: 'b' }] } },
      who: { value: { type: 'users_select', selected_user: ANA } },
      where: { value: { type: 'conversations_select', selected_conversation: 'C1' } },
      odd: 'nothing',
    };
    const expected = {
      line: 'a <b> &amp;',
      empty: '',
      level: 'mid',
      none: '',
      many: 'a,b',
      who: ANA,
      where: 'C1',
      odd: '',
    };
    expect(valuesOf(state)).toEqual(expected);
    expect(valuesOf(undefined)).toEqual({});
  });
});

describe('a modal and the Home tab', () => {
  it('a title that fits stands in the modal’s head alone, a longer one above the words too', () => {
    expect(renderModal({ title: 'Short', blocks: [{ kind: 'divider' }] })).toMatchObject({
      title: { text: 'Short' },
      blocks: [{ type: 'divider' }],
    });
    const long = renderModal({ title: 'A title of more than 24 characters', blocks: [] });
    expect(long).toMatchObject({ title: { text: 'A title of more than 24…' }, blocks: [{ type: 'header' }] });
    expect(renderModal({ title: 'Own', blocks: [] }, 'Head')).toMatchObject({
      title: { text: 'Head' },
      blocks: [{ type: 'header' }],
    });
  });

  it('is never empty', () => {
    expect(renderModal({ blocks: [] })).toMatchObject({ title: { text: 'Greenroom' }, blocks: [{ type: 'context' }] });
    expect(renderHome({ blocks: [] })).toMatchObject({ type: 'home', blocks: [{ type: 'context' }] });
  });
});

describe('Slack’s text', () => {
  it.each([
    ['a &lt;b&gt; &amp;amp; &amp;lt;', 'a <b> &amp; &lt;'],
    ['<@U1> and <@U2> and <@U3|cy>', '@Ana and @U2 and @cy'],
    ['<#C1|general> <#C2>', '#general #C2'],
    ['<!channel> <!here|here> <!everyone>', '@channel @here @everyone'],
    ['<!subteam^S1|@team> <!subteam^S2>', '@team @group'],
    ['<https://a.example/?a=1&amp;b=2|here> <https://b.example>', 'https://a.example/?a=1&b=2 https://b.example'],
    ['<mailto:ana@a.example|ana@a.example>', 'ana@a.example'],
    ['<!date^1^{date}|1 January>', '1 January'],
    ['a &lt;@U1&gt; :wave: *b*', 'a <@U1> :wave: *b*'],
  ])('%s is read as %s', (text, expected) => {
    expect(readText(text, (id) => (id === 'U1' ? 'Ana' : undefined))).toBe(expected);
  });
});
