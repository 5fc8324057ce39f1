/** Whatever people type and features say: Discord takes it, nothing typed comes alive, and no character is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escape,
  markdownOf,
  readActionId,
  renderForm,
  renderMessage,
  valuesOf,
} from '../../../../adapters/discord/render/index.ts';
import type { Block, Form, Message } from '../../../../src/chat/message.ts';
import { plain, t } from '../../../../src/chat/text.ts';
import {
  liveMarks,
  marksIn,
  messageProblems,
  modalProblems,
  partsIn,
  shownIn,
  textsIn,
} from '../../../support/components/index.ts';
import { form, hostile, long, message, runs } from './anything.ts';

/** Characters the renderer may leave out or put in, seen by nobody. */
const unseen = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/(?![\t\n])\p{Cc}|[\u2060\u202A-\u202E\u2066-\u2069]/gu, '')
    .toWellFormed();
/** Line ends where a line has nothing to read are not told apart; nothing is shown of what nobody can see. */
const byLine = (text: string): string =>
  /^(?:\s|\p{Default_Ignorable_Code_Point}|\u2800)*$/u.test(text)
    ? ''
    : unseen(text)
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
        .trim();
const inOneLine = (text: string): string => byLine(text).replaceAll(/\s+/g, ' ');
/** In small print Discord shows no blanks at the start of a line. */
const outdented = (text: string): string => text.replaceAll(/^[^\S\n]+/gm, '');

const allStrings = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(allStrings)
      : [];

const on = { feature: 'a', name: 'b', subject: 'c' };
/** `typed` in every place a text can have, but title and small print. */
const everywhere = (typed: string): Message => ({
  blocks: [
    { kind: 'text', text: [plain(typed)] },
    { kind: 'buttons', buttons: [{ label: typed.slice(0, 75), on }] },
    { kind: 'choice', on, prompt: typed.slice(0, 100), options: [{ label: typed.slice(0, 75), value: 'a' }] },
  ],
});
const only = (block: Block): string => textsIn(renderMessage({ blocks: [block] }).components).join('\n');

/** As the painters would have painted some of them. */
const painted = ({ blocks }: Message): Map<Block, Uint8Array> =>
  new Map(
    blocks.filter((block, i) => block.kind === 'image' && i % 2 === 0).map((block) => [block, new Uint8Array(3)]),
  );

describe('any message', () => {
  it('is within every limit', () => {
    fc.assert(
      fc.property(message, (one) => {
        const sent = renderMessage(one, painted(one));
        expect(messageProblems(sent)).toEqual([]);
        expect(allStrings(sent.components).every((text) => text.isWellFormed())).toBe(true);
      }),
      runs,
    );
  });

  it('lets nothing come alive that a person typed', () => {
    fc.assert(
      fc.property(long, (typed) => {
        expect(liveMarks(renderMessage(everywhere(typed.slice(0, 1900))))).toEqual([]);
        const cut = liveMarks(renderMessage(everywhere(typed.repeat(2))));
        expect(['', 'small']).toContain(cut.join());
        expect(marksIn(escape(typed))).toEqual([]);
        const title = renderMessage({ title: typed.slice(0, 150), blocks: [{ kind: 'divider' }] });
        expect(liveMarks(title).filter((mark) => mark !== 'heading 2')).toEqual([]);
        expect(liveMarks(title).length).toBeLessThanOrEqual(1);
        for (const block of smallOnes(typed)) {
          const words = only(block);
          expect(marksIn(words).filter((mark) => mark !== 'small')).toEqual([]);
          expect(marksIn(words).length).toBeLessThanOrEqual(words.split('\n').length);
        }
      }),
      runs,
    );
  });

  it('shows what a person typed to the letter, escaped once', () => {
    fc.assert(
      fc.property(long, (typed) => {
        const text = typed.slice(0, 1900);
        expect(unseen(shownIn(escape(text)))).toBe(unseen(text));
        expect(said(only({ kind: 'text', text: [plain(text)] }))).toBe(byLine(text));
        expect(byLine(shownIn(markdownOf([plain(text)])))).toBe(byLine(text));
        const short = text.slice(0, 1000);
        for (const block of smallOnes(short)) expect(outdented(said(only(block)))).toBe(outdented(byLine(short)));
        const { components } = renderMessage({ title: text.slice(0, 150), blocks: [{ kind: 'divider' }] });
        const [title] = textsIn(components);
        expect(inOneLine(shownIn(title ?? ''))).toBe(inOneLine(text.slice(0, 150)));
      }),
      runs,
    );
  });

  it('lets our own words do what they do, whatever is typed between them', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const words = markdownOf(t`Read **${one} twice**, ${other} [our page](https://ours.example) _and_ ${one}`);
        const does = marksIn(words).filter((mark) => mark !== 'bold' && mark !== 'italic');
        expect(does).toEqual(['link https://ours.example']);
        expect(marksIn(words)).toContain('italic');
        expect(shownIn(words)).not.toContain('](https://ours');
      }),
      runs,
    );
  });

  it('has a different name for every control, which says what it does', () => {
    fc.assert(
      fc.property(message, (one) => {
        const asked = one.blocks.flatMap((block) =>
          block.kind === 'buttons'
            ? block.buttons.map((button) => button.on)
            : block.kind === 'choice'
              ? [block.on]
              : [],
        );
        const ids = partsIn(renderMessage(one).components).flatMap(({ custom_id: id }) =>
          typeof id === 'string' ? [id] : [],
        );
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(asked).toContainEqual(readActionId(id));
      }),
      runs,
    );
  });
});

const smallOnes = (typed: string): Block[] => [
  { kind: 'small', text: [plain(typed)] },
  { kind: 'image', picture: 'trend', data: {}, alt: typed.slice(0, 1000) },
];
/** What is shown where there is nothing to show is ours. */
const said = (words: string): string => {
  const shown = byLine(shownIn(words));
  return shown === 'Nothing here yet.' ? '' : shown;
};

describe('any form', () => {
  it('is within every limit, and nothing a person typed comes alive in it', () => {
    fc.assert(
      fc.property(form, (one) => {
        const modal = renderForm(one, 'form:01K');
        expect(modalProblems(modal)).toEqual([]);
        const { intro: _, ...typed } = one;
        expect(liveMarks(renderForm(typed, 'form:01K'))).toEqual([]);
        expect(allStrings(modal).every((text) => text.isWellFormed())).toBe(true);
      }),
      runs,
    );
  });

  it('comes back with what stood in it', () => {
    fc.assert(
      fc.property(form, (one) => {
        const values = valuesOf(sentOff(renderForm(one, 'form:01K').components));
        expect(Object.keys(values)).toEqual(one.fields.map(({ name }) => name));
        for (const field of one.fields) expect(standing(values[field.name], field)).toBe(wanted(field));
      }),
      runs,
    );
  });
});

/** As Discord sends a modal back that was opened and sent off at once. */
const sentOff = (components: unknown): unknown[] =>
  partsIn(components)
    .filter(({ custom_id: id }) => id !== undefined)
    .map(({ type, custom_id, value, options, default_values }) => {
      const chosen = [...listed(options).filter((one) => one['default']), ...listed(default_values)];
      const values = chosen.map((one) => one['value'] ?? one['id']);
      const state = type === 4 ? { value: value ?? '' } : type === 21 ? { value: values[0] ?? null } : { values };
      return { type: 18, id: 1, component: { type, id: 2, custom_id, ...state } };
    });
const listed = (value: unknown) => (Array.isArray(value) ? (value as Record<string, unknown>[]) : []);

type Field = Form['fields'][number];
/** People and channels that Discord could not have are not chosen; several are in the order of the options. */
function wanted(field: Field): string {
  const value = field.value ?? '';
  if (field.kind === 'line') return inOneLine(value);
  if (field.kind === 'paragraph') return unseen(value);
  if (field.kind === 'person') return /^\d{17,20}$/.test(value) ? value : '';
  return value;
}
function standing(value: string | undefined, { kind }: Field): string {
  if (kind === 'line') return inOneLine(value ?? '');
  return kind === 'paragraph' ? unseen(value ?? '') : (value ?? '');
}
