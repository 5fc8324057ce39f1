/** Any text a person may type, the worse the likelier, and any message and form a feature may make of it. */
import fc from 'fast-check';
import type { Instant, PersonId } from '../../../../src/chat/ids.ts';
import { formOverLimits, LIMITS, overLimits } from '../../../../src/chat/limits.ts';
import type { Action, Block, Field, Form, Message, Option } from '../../../../src/chat/message.ts';
import type { Span, Text } from '../../../../src/chat/text.ts';

export const runs = { numRuns: process.env['LONG'] ? 10_000 : 300 };

const MENTIONS =
  '@everyone @here @Everyone <@123456789012345678> <@!123456789012345678> <@&123456789012345678> <#123456789012345678> </mock:123456789012345678> <id:customize> <t:1795424400:R> <:party:123456789012345678> <a:p:123456789012345678> :smile: ::'.split(
    ' ',
  );
const LINKS =
  'https://evil.example/a_b http://x steam://run/1 discord://x discord.gg/abc <https://evil.example> <ana@evil.example> <+49123456789> [a](https://b.example) [a](<https://b.example>) ](https://c.example)'.split(
    ' ',
  );
const MARKS = '* ** *** _ __ ~~ ~ || | ` `` ``` \\ \\* \\\\ [ ] ( ) < > : @ # *bold* _it_ ~~no~~ ||so|| `code`'.split(
  ' ',
);
const STARTS = [
  '\n',
  '\n# ',
  '\n### ',
  '\n-# ',
  '\n- ',
  '\n* ',
  '\n+ ',
  '\n> ',
  '\n>>> ',
  '\n1. ',
  '\n  - ',
  '\r\n',
  ' ',
];
const BEGINS = ['# ', '## ', '-# ', '- ', '* ', '> ', '>>> ', '1. ', '12.', '```js\n', '-#', '#', ' # '];
const ODD =
  '🙂 👨‍👩‍👧 e\u0301 \u202E \u2067 \u2069 \uE000 \uE0010\uE000 \u2060 \u200B \0 \uD800 0 1 a word " everyone here'.split(
    ' ',
  );
const BAD = [...MENTIONS, ...LINKS, ...MARKS, ...STARTS, ...BEGINS, ...ODD];

export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...BAD), { maxLength: 14 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }) },
);
const repeated = fc
  .tuple(fc.constantFrom(...BAD, 'word ', 'x', 'ﷺ'), fc.integer({ min: 1, max: 3000 }))
  .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)));
export const long: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: hostile },
  { weight: 1, arbitrary: repeated },
);

/** `text` in at most `max` units, by force: the limits count them, and nothing says where a view cuts. */
const atMost = (text: fc.Arbitrary<string>, max: number): fc.Arbitrary<string> => text.map((one) => one.slice(0, max));

const at = fc
  .oneof(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.constant(-1))
  .map((ms) => new Date(ms).toISOString() as Instant);
const snowflake = fc.stringMatching(/^[1-9]\d{16,18}$/);
const person = fc.oneof(snowflake, hostile).map((id) => id as PersonId);
const OURS = [
  '**',
  '*',
  '_',
  '`',
  '- ',
  '\n',
  '\n\n',
  '> ',
  '## ',
  '1. ',
  'our words',
  '\\*',
  '```\n',
  '  ',
  '[ours](https://ours.example/a_(b))',
];

const span: fc.Arbitrary<Span> = fc.oneof(
  long.map((value): Span => ({ kind: 'plain', value })),
  hostile.map((value): Span => ({ kind: 'bold', value })),
  fc.array(fc.constantFrom(...OURS), { maxLength: 6 }).map((all): Span => ({ kind: 'markdown', value: all.join('') })),
  person.map((id): Span => ({ kind: 'person', id })),
  fc
    .record({ at, show: fc.constantFrom('time', 'day', 'both'), zone: fc.constantFrom('Europe/Berlin', 'No/where') })
    .map((time): Span => ({ kind: 'time', ...time })),
);
const many = fc
  .tuple(span, fc.integer({ min: 1, max: 1000 }))
  .map(([one, count]) => Array.from({ length: count }, () => one));
const text: fc.Arbitrary<Text> = fc.oneof(
  { weight: 6, arbitrary: fc.array(span, { maxLength: 8 }) },
  { weight: 1, arbitrary: many },
);

const LETTERS = fc.stringMatching(/^[a-z]{1,12}$/);
const action: fc.Arbitrary<Action> = fc.record({
  feature: LETTERS,
  name: LETTERS,
  subject: fc.stringMatching(/^[0-9A-Za-z.#]{0,60}$/),
});
/** Ours, never what a person typed. */
const value = fc
  .oneof(LETTERS, fc.string({ unit: 'grapheme', maxLength: 30 }))
  .map((one) => one.replaceAll(',', '').slice(0, LIMITS.optionValue).toWellFormed());
const optionOf = (most: number): fc.Arbitrary<Option[]> =>
  fc.uniqueArray(fc.record({ label: atMost(long, LIMITS.optionLabel), value }), {
    minLength: 1,
    maxLength: most,
    selector: (one) => one.value,
  });

/** One action in several of them. */
const few: fc.Arbitrary<Action> = fc.oneof(action, fc.constant({ feature: 'a', name: 'b', subject: 'c#2' }));
const block: fc.Arbitrary<Block> = fc.oneof(
  text.map((one): Block => ({ kind: 'text', text: one })),
  text.map((one): Block => ({ kind: 'small', text: one })),
  fc.constant<Block>({ kind: 'divider' }),
  fc
    .array(
      fc.record({ label: atMost(hostile, LIMITS.buttonLabel), on: few, style: fc.constantFrom('primary', 'danger') }),
      { minLength: 1, maxLength: 5 },
    )
    .map((buttons): Block => ({ kind: 'buttons', buttons })),
  fc
    .record({ on: few, prompt: atMost(hostile, LIMITS.prompt), options: optionOf(LIMITS.optionsPerChoice) })
    .map((choice): Block => ({ kind: 'choice', ...choice })),
  atMost(long, LIMITS.alt).map((alt): Block => ({ kind: 'image', picture: 'trend', data: {}, alt })),
);

/** Whatever passes the limits of the chat language. */
export const message: fc.Arbitrary<Message> = fc
  .record(
    { title: atMost(long, LIMITS.title), blocks: fc.array(block, { maxLength: LIMITS.blocks, size: 'max' }) },
    { requiredKeys: ['blocks'] },
  )
  .map((one) => ({ ...one, blocks: one.blocks.filter((each) => overLimits({ blocks: [each] }).length === 0) }));

const common = {
  label: atMost(hostile, LIMITS.fieldLabel),
  hint: atMost(hostile, LIMITS.fieldHint),
  optional: fc.constant(true as const),
};
const oneOf = { requiredKeys: ['label'] } satisfies { requiredKeys: (keyof typeof common)[] };
const named = (field: fc.Arbitrary<Omit<Field, 'name'>>): fc.Arbitrary<Field> =>
  fc.tuple(field, LETTERS).map(([one, name]) => ({ ...one, name }) as Field);
const chooses = (kind: 'choice' | 'rating', most: number): fc.Arbitrary<Field> =>
  named(
    optionOf(most).chain((options) =>
      fc.tuple(fc.record(common, oneOf), fc.subarray(options), fc.boolean()).map(([one, wanted, isMany]) => {
        const first = wanted[0] === undefined ? {} : { value: wanted[0].value };
        if (kind === 'rating') return { ...one, kind, steps: options, ...first };
        const all = { value: wanted.map((option) => option.value).join(',') };
        return { ...one, kind, options, ...(isMany ? { many: true, ...all } : first) };
      }),
    ),
  );
const asked = (kind: 'line' | 'paragraph' | 'person' | 'channel', values: fc.Arbitrary<string>) =>
  named(fc.record({ ...common, kind: fc.constant(kind), value: values }, { requiredKeys: ['label', 'kind'] }) as never);

const field: fc.Arbitrary<Field> = fc.oneof(
  asked('line', atMost(long, LIMITS.fieldValue)),
  asked('paragraph', atMost(long, LIMITS.fieldValue)),
  chooses('choice', LIMITS.optionsPerChoice),
  chooses('rating', LIMITS.ratingSteps),
  asked('person', person),
  asked('channel', snowflake),
);

export const form: fc.Arbitrary<Form> = fc
  .record(
    {
      on: action,
      title: atMost(hostile, LIMITS.formTitle),
      submit: atMost(hostile, LIMITS.formSubmit),
      intro: text,
      fields: fc.uniqueArray(field, { minLength: 1, maxLength: LIMITS.fieldsPerForm, selector: ({ name }) => name }),
    },
    { requiredKeys: ['on', 'title', 'submit', 'fields'] },
  )
  .filter((one) => formOverLimits(one).length === 0);
