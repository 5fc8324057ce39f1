/** The validator takes what Slack takes, refuses what Slack refuses, and says so of every limit we know. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockProblems, liveMarks, messageProblems, viewProblems } from '../../../support/block-kit/index.ts';

type Json = Record<string, unknown>;

const FIXTURES = join(import.meta.dirname, '../../../fixtures/slack/block-kit');
const read = (path: string): unknown => JSON.parse(readFileSync(join(FIXTURES, path), 'utf8'));

const plain = (text: string): Json => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const x = (length: number): string => 'x'.repeat(length);
const option = (more: Json = {}): Json => ({ text: plain('A'), value: 'a', ...more });
const options = (count: number): Json[] => Array.from({ length: count }, (_, i) => option({ value: String(i) }));
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const button = (more: Json = {}): Json => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const select = (more: Json = {}): Json => ({ type: 'static_select', action_id: 's', options: options(2), ...more });
const section = (more: Json): Json => ({ type: 'section', ...more });
const confirm = (more: Json): Json =>
  actions(button({ confirm: { title: plain('a'), text: plain('b'), confirm: plain('c'), deny: plain('d'), ...more } }));
const input = (more: Json = {}, element: Json = { type: 'plain_text_input', action_id: 'value' }): Json => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
const modal = (more: Json = {}): Json => ({
  type: 'modal',
  title: plain('Title'),
  blocks: [{ type: 'divider' }],
  ...more,
});
const picture = (more: Json): Json => ({ type: 'image', image_url: 'https://a.example/a.png', alt_text: 'a', ...more });
const rich = (...elements: Json[]): Json => ({ type: 'rich_text', elements });
const words = (...elements: Json[]): Json => rich({ type: 'rich_text_section', elements });
const typed = (action: string): Json => ({ type: action, action_id: action, options: [] });
const group = (more: Json): Json =>
  actions(select({ options: undefined, option_groups: [{ label: plain('A'), options: options(1), ...more }] }));

/** A breach of each limit named in the manifest, for the kinds of block we send. */
const BREACHES: Readonly<Record<string, Json>> = {
  'text-empty': section({ text: mrkdwn('') }),
  'text-too-long': section({ text: mrkdwn(x(3001)) }),
  'button-action-id-too-long': actions(button({ action_id: x(256) })),
  'button-text-too-long': actions(button({ text: plain(x(76)) })),
  'button-url-too-long': actions(button({ url: `https://a.example/${x(3000)}` })),
  'button-value-too-long': actions(button({ value: x(2001) })),
  'button-accessibility-label-too-long': actions(button({ accessibility_label: x(76) })),
  'confirmation-title-too-long': confirm({ title: plain(x(101)) }),
  'confirmation-text-too-long': confirm({ text: plain(x(301)) }),
  'confirmation-confirm-too-long': confirm({ confirm: plain(x(31)) }),
  'confirmation-deny-too-long': confirm({ deny: plain(x(31)) }),
  'option-text-too-long': actions(select({ options: [option({ text: plain(x(76)) })] })),
  'option-value-too-long': actions(select({ options: [option({ value: x(151) })] })),
  'option-url-too-long': actions({ type: 'overflow', action_id: 'o', options: [option({ url: x(3001) })] }),
  'option-description-too-long': actions(select({ options: [option({ description: plain(x(76)) })] })),
  'option-group-label-too-long': group({ label: plain(x(76)) }),
  'option-group-empty': group({ options: [] }),
  'option-group-too-many-options': group({ options: options(101) }),
  'select-placeholder-too-long': actions(select({ placeholder: plain(x(151)) })),
  'select-too-many-options': actions(select({ options: options(101) })),
  'select-too-many-option-groups': actions(
    select({
      options: undefined,
      option_groups: Array.from({ length: 101 }, () => ({ label: plain('A'), options: options(1) })),
    }),
  ),
  'overflow-empty': actions(typed('overflow')),
  'overflow-too-many-options': actions({ ...typed('overflow'), options: options(6) }),
  'checkboxes-empty': actions(typed('checkboxes')),
  'checkboxes-too-many-options': actions({ ...typed('checkboxes'), options: options(11) }),
  'radio-buttons-empty': actions(typed('radio_buttons')),
  'radio-buttons-too-many-options': actions({ ...typed('radio_buttons'), options: options(11) }),
  'plain-text-input-max-length-too-large': input({}, { type: 'plain_text_input', max_length: 3001 }),
  'actions-too-many-elements': actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: String(i) }))),
  'context-too-many-elements': { type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('a')) },
  'context-invalid-element': { type: 'context', elements: [button()] },
  'header-text-too-long': { type: 'header', text: plain(x(151)) },
  'image-url-too-long': picture({ image_url: x(3001) }),
  'image-alt-text-too-long': picture({ alt_text: x(2001) }),
  'image-url-and-slack-file': picture({ slack_file: { id: 'F1' } }),
  'input-label-too-long': input({ label: plain(x(2001)) }),
  'input-hint-too-long': input({ hint: plain(x(2001)) }),
  'input-invalid-element': input({}, button()),
  'markdown-empty': { type: 'markdown', text: '' },
  'markdown-too-long': { type: 'markdown', text: x(12_001) },
  'section-text-too-long': section({ text: plain(x(3001)) }),
  'section-too-many-fields': section({ fields: Array.from({ length: 11 }, () => plain('a')) }),
  'section-field-too-long': section({ fields: [plain(x(2001))] }),
  'section-missing-content': section({}),
  'static-select-options-and-groups': actions(select({ option_groups: [{ label: plain('A'), options: options(1) }] })),
  'number-input-inverted-range': input(
    {},
    { type: 'number_input', is_decimal_allowed: true, min_value: '2', max_value: '1' },
  ),
  'block-id-too-long': { type: 'divider', block_id: x(256) },
};
const VIEW_BREACHES: Readonly<Record<string, Json>> = {
  'view-missing-blocks': modal({ blocks: [] }),
  'view-too-many-blocks': modal({ blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }),
  'view-private-metadata-too-long': modal({ private_metadata: x(3001) }),
  'view-callback-id-too-long': modal({ callback_id: x(256) }),
  'view-title-too-long': modal({ title: plain(x(25)) }),
  'view-close-too-long': modal({ close: plain(x(25)) }),
  'view-submit-too-long': modal({ submit: plain(x(25)) }),
};
/** Kinds Greenroom never sends; the validator knows none of them. */
const NOT_OURS =
  /^(?:url-source|table|file-input|video|alert|card|carousel|container|context-actions|feedback|icon|data|pie|chart|axis)-/;

describe('the limits as published', () => {
  const { cases } = read('invalid/manifest.json') as { cases: { id: string; description: string }[] };
  it.each(cases.filter(({ id }) => !NOT_OURS.test(id)))('$description', ({ id }) => {
    const block = BREACHES[id];
    const view = VIEW_BREACHES[id];
    if (block) expect(blockProblems([block], 'message')).not.toEqual([]);
    else if (view) expect(viewProblems(view)).not.toEqual([]);
    else expect.unreachable(`nothing breaches ${id}`);
  });

  it('take every example of the kinds we send', async () => {
    const seen: string[] = [];
    for await (const path of glob('valid/{blocks,elements,rich_text,views,messages}/*.json', { cwd: FIXTURES })) {
      const example = read(path) as Json;
      const known = problemsOf(path, example);
      if (known === undefined) continue;
      seen.push(path);
      expect(known, path).toEqual([]);
    }
    expect(seen.length).toBeGreaterThan(35);
  });
});

const OUR_BLOCKS = ['section', 'input', 'image', 'divider', 'header', 'context', 'actions', 'rich_text', 'markdown'];
const OUR_ELEMENTS =
  /^(?:button|(?:multi_)?(?:static|users|conversations|channels)_select|overflow|checkboxes|radio_buttons)$/;
const OUR_INPUTS = /^(?:plain_text_input|number_input)$/;

function problemsOf(path: string, example: Json): readonly string[] | undefined {
  const type = String(example['type']);
  if (path.includes('/views/')) return viewProblems(example);
  if (path.includes('/messages/')) {
    // Its examples call every block the same, which Slack would not take.
    const blocks = (example['blocks'] as Json[] | undefined)?.map(({ block_id: _, ...block }) => block);
    return blocks ? messageProblems({ text: example['text'], blocks }) : undefined;
  }
  if (path.includes('/rich_text/')) {
    if (type.startsWith('rich_text_')) return blockProblems([rich(example)], 'message');
    return blockProblems([words(example)], 'message');
  }
  if (path.includes('/blocks/')) return OUR_BLOCKS.includes(type) ? blockProblems([example], 'message') : undefined;
  if (OUR_ELEMENTS.test(type)) return blockProblems([actions(example)], 'message');
  if (OUR_INPUTS.test(type)) return blockProblems([input({}, example)], 'modal');
  return type === 'image' ? blockProblems([{ type: 'context', elements: [example] }], 'message') : undefined;
}

describe('the other limits', () => {
  const long = section({ text: plain(x(3000)) });
  const mistakes: Readonly<Record<string, Json[]>> = {
    'an unknown kind of block': [{ type: 'poem' }],
    'a field that does not belong there': [{ type: 'divider', text: plain('a') }],
    'blocks in a message: 51': Array.from({ length: 51 }, () => ({ type: 'divider' })),
    'more than 13,200 characters together': [long, long, long, long, section({ text: plain(x(1201)) })],
    'a title of blanks': [{ type: 'header', text: plain('  ') }],
    'a title with marks': [{ type: 'header', text: mrkdwn('a') }],
    'two blocks with one id': [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    'two buttons with one action id': [actions(button()), actions(button())],
    'an initial option that is not offered': [actions(select({ initial_option: option({ value: 'z' }) }))],
    'an empty word in rich text': [words({ type: 'text', text: '' })],
    'no words in a section of rich text': [words()],
    'no passage in rich text': [rich()],
    'a link that is no address': [words({ type: 'link', url: 'ftp://a.example' })],
    'a mention of nobody': [words({ type: 'user', user_id: 'ana' })],
    'a date that is no number': [words({ type: 'date', timestamp: '1', format: '{date}' })],
    'a person chosen who is nobody': [actions({ type: 'users_select', initial_user: '' })],
    'a filter that filters nothing': [actions({ type: 'conversations_select', filter: {} })],
    'too much standing in an input': [input({}, { type: 'plain_text_input', max_length: 2, initial_value: 'abc' })],
    'a line break in a single line': [input({}, { type: 'plain_text_input', initial_value: 'a\nb' })],
    'a picture from nowhere': [{ type: 'image', alt_text: 'a' }],
    'a button with a style of its own': [actions(button({ style: 'loud' }))],
  };
  it.each(Object.entries(mistakes))('%s', (_, blocks) => {
    expect(blockProblems(blocks, 'message').length).toBeGreaterThan(0);
  });

  it('views may have 100 blocks and as much text as fits into 250 kB', () => {
    const full = { text: mrkdwn(x(2400)), type: 'section' };
    expect(viewProblems(modal({ blocks: Array.from({ length: 100 }, () => full) }))).toEqual([]);
    const over = Array.from({ length: 100 }, () => ({ ...full, text: mrkdwn(x(2600)) }));
    expect(viewProblems(modal({ blocks: over }))).toHaveLength(1);
    expect(viewProblems({ type: 'home', blocks: over })).toHaveLength(1);
  });

  it('a form needs a button to send it', () => {
    expect(viewProblems(modal({ blocks: [input()] }))).toEqual(['/submit: an input needs it']);
    expect(viewProblems(modal({ blocks: [input()], submit: plain('Send') }))).toEqual([]);
  });

  it('a message says something', () => {
    expect(messageProblems({ blocks: [] })).toHaveLength(1);
    expect(messageProblems({ text: '' })).toHaveLength(1);
    expect(messageProblems({ text: x(40_001) })).toHaveLength(1);
    expect(messageProblems({ text: '', blocks: [{ type: 'divider' }] })).toEqual([]);
  });

  it('characters are counted as people count them', () => {
    expect(blockProblems([{ type: 'header', text: plain('🙂'.repeat(150)) }], 'message')).toEqual([]);
    expect(blockProblems([{ type: 'header', text: plain('🙂'.repeat(151)) }], 'message')).toHaveLength(1);
  });
});

describe('live marks', () => {
  it.each([
    '<@U1>',
    '<!channel>',
    '<!subteam^S1>',
    '<https://a.example|here>',
    '<#C1>',
    'see https://a.example',
    'a.example',
    '@here',
    '#general',
    '*bold*',
    '_italic_',
    '~gone~',
    '`code`',
    '```',
    ':wave:',
    'a\n&gt; quote',
    'mailto://a',
  ])('%s is found in a message’s own text', (text) => {
    expect(liveMarks([], text)).toHaveLength(1);
    expect(liveMarks([section({ text: mrkdwn(text) })])).toHaveLength(1);
  });

  it.each([
    words({ type: 'user', user_id: 'U1' }),
    words({ type: 'broadcast', range: 'here' }),
    words({ type: 'link', url: 'https://a.example' }),
    words({ type: 'emoji', name: 'wave' }),
    words({ type: 'text', text: 'a', style: { bold: true } }),
    rich({ type: 'rich_text_quote', elements: [{ type: 'text', text: 'a' }] }),
    { type: 'markdown', text: 'a' },
    section({ text: plain(':wave:') }),
  ])('an element that does something is found', (block) => {
    expect(liveMarks([block])).toHaveLength(1);
  });

  it('text that only looks like a mark is none', () => {
    const text = '<!channel> *a* `b` https://a.example :wave: @here';
    expect(liveMarks([words({ type: 'text', text })])).toEqual([]);
    expect(liveMarks([{ type: 'header', text: { ...plain(text), emoji: false } }])).toEqual([]);
    expect(liveMarks([], '2 * 3 * 4, snake_case_name, 5 &lt; 6 &amp; 7, at 9:00, a ~ b')).toEqual([]);
    expect(liveMarks([section({ text: { ...mrkdwn('see a.example and @here'), verbatim: true } })])).toEqual([]);
  });
});
