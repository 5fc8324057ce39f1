/** Whatever people type and features say: Slack takes it, nothing typed comes alive, and no character is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escape,
  mrkdwn,
  readText,
  renderForm,
  renderHome,
  renderMessage,
  renderModal,
  valuesOf,
} from '../../../../adapters/slack/render/index.ts';
import type { Form, Message } from '../../../../src/chat/message.ts';
import { plain, t } from '../../../../src/chat/text.ts';
import { liveMarks, messageProblems, recordsIn, viewProblems } from '../../../support/block-kit/index.ts';
import { initialOf, inputsOf, statesOf } from '../../../support/fake-slack/forms.ts';
import { form, hostile, long, message, runs } from './anything.ts';

/** Characters the renderer may leave out or put in, seen by nobody; and ones it swaps in a notification. */
const unseen = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/(?![\t\n])\p{Cc}|[\u2060\u2068\u2069]/gu, '')
    .toWellFormed();
const TWINS: Readonly<Record<string, string>> = { '\u2217': '*', '\u02CD': '_', '\u223C': '~', '\u02CB': '`' };
const untwinned = (text: string): string => text.replaceAll(/[\u2217\u02CD\u223C\u02CB]/g, (twin) => TWINS[twin] ?? '');
const inOneLine = (text: string): string => unseen(text).replaceAll(/\s+/g, ' ').trim();

/** Every word of blocks a person reads, as Slack shows it. */
const shown = (blocks: unknown): string =>
  recordsIn(blocks)
    .flatMap(({ type, text }) => (typeof text !== 'string' ? [] : [type === 'mrkdwn' ? readText(text) : text]))
    .join('');
const allStrings = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(allStrings)
      : [];

/** `typed` in every place a text can have. */
const everywhere = (typed: string): Message => ({
  title: typed.slice(0, 150),
  blocks: [
    { kind: 'text', text: [plain(typed)] },
    { kind: 'small', text: [plain(typed)] },
    { kind: 'image', picture: 'trend', data: {}, alt: typed.slice(0, 1000) },
    { kind: 'buttons', buttons: [{ label: typed.slice(0, 75), on: { feature: 'a', name: 'b', subject: 'c' } }] },
    {
      kind: 'choice',
      on: { feature: 'a', name: 'd', subject: '' },
      prompt: typed.slice(0, 100),
      options: [{ label: typed.slice(0, 75), value: 'a' }],
    },
  ],
});

describe('any message', () => {
  it('is within every limit, posted, in a modal and on the Home tab', () => {
    fc.assert(
      fc.property(message, fc.boolean(), (one, isHome) => {
        const posted = renderMessage(one);
        expect(messageProblems(posted)).toEqual([]);
        expect(posted.text.length).toBeLessThanOrEqual(4000);
        const view = isHome ? renderHome(one) : renderModal(one);
        expect(viewProblems(view)).toEqual([]);
        expect([posted, view].flatMap(allStrings).every((text) => text.isWellFormed())).toBe(true);
      }),
      runs,
    );
  });

  it('lets nothing come alive that a person typed', () => {
    fc.assert(
      fc.property(long, (typed) => {
        const { blocks, text } = renderMessage(everywhere(typed));
        expect(liveMarks(blocks, text)).toEqual([]);
        expect(liveMarks([], mrkdwn([plain(typed)]))).toEqual([]);
        expect(liveMarks(renderHome(everywhere(typed)).blocks)).toEqual([]);
      }),
      runs,
    );
  });

  it('lets our own words do what they do, whatever is typed between them', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const text = t`Read **${one} twice**, ${other} [our page](https://ours.example) _and_ ${one}`;
        const { blocks } = renderMessage({ blocks: [{ kind: 'text', text }] });
        const does = liveMarks(blocks).filter((mark) => !/^(?:bold|italic) /.test(mark));
        expect(does).toEqual(['link https://ours.example']);
        expect(shown(blocks)).not.toContain('](https://ours');
      }),
      runs,
    );
  });

  it('shows what a person typed to the letter', () => {
    fc.assert(
      fc.property(long, (typed) => {
        const text = typed.slice(0, 3000);
        for (const kind of ['text', 'small'] as const) {
          const { blocks } = renderMessage({ blocks: [{ kind, text: [plain(text)] }] });
          const expected = unseen(text);
          expect(unseen(shown(blocks))).toBe(expected.trim() === '' && blocks.length === 0 ? '' : expected);
        }
        const [header] = renderMessage({ title: typed.slice(0, 100), blocks: [] }).blocks;
        if (header) expect(inOneLine(shown([header]))).toBe(inOneLine(typed.slice(0, 100)));
      }),
      runs,
    );
  });

  it('escapes once, and so reads back what it wrote', () => {
    fc.assert(
      fc.property(long, (typed) => {
        expect(readText(escape(typed))).toBe(typed);
        expect(escape(typed)).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
        const notice = renderMessage({ title: typed.slice(0, 150), blocks: [] }).text;
        if (notice === 'Greenroom') return;
        expect(untwinned(inOneLine(readText(notice)))).toBe(untwinned(inOneLine(typed.slice(0, 150))));
      }),
      runs,
    );
  });
});

describe('any form', () => {
  it('is within every limit, and nothing a person typed comes alive in it', () => {
    fc.assert(
      fc.property(form, fc.string({ maxLength: 3000 }), (one, metadata) => {
        const view = renderForm(one, metadata);
        expect(viewProblems(view)).toEqual([]);
        const { intro: _, ...typed } = one;
        expect(liveMarks(renderForm(typed, '').blocks)).toEqual([]);
        expect(allStrings(view).every((text) => text.isWellFormed())).toBe(true);
      }),
      runs,
    );
  });

  it('comes back with what stood in it', () => {
    fc.assert(
      fc.property(form, (one) => {
        const { blocks } = renderForm(one, '');
        const inputs = inputsOf(JSON.parse(JSON.stringify(blocks)) as never).map((input) => ({
          ...input,
          required: false,
        }));
        const values = valuesOf(statesOf(inputs, ({ element }) => initialOf(element)));
        expect(Object.keys(values)).toEqual(one.fields.map(({ name }) => name));
        for (const field of one.fields) expect(standing(values[field.name], field)).toBe(wanted(field));
      }),
      runs,
    );
  });
});

type Field = Form['fields'][number];
/** People and channels that Slack could not have are not chosen; several are in the order of the options. */
function wanted(field: Field): string {
  const value = field.value ?? '';
  if (field.kind === 'line') return inOneLine(value);
  if (field.kind === 'paragraph') return unseen(value);
  if (field.kind === 'person') return /^[UW][A-Z0-9]{2,}$/.test(value) ? value : '';
  return value;
}
function standing(value: string | undefined, { kind }: Field): string {
  if (kind === 'line') return inOneLine(value ?? '');
  return kind === 'paragraph' ? unseen(value ?? '') : (value ?? '');
}
