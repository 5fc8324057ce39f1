/** Forms as modals, and what people filled in. */
import type { InputBlock, ModalView, RichTextBlock } from '@slack/types';
import { never } from '../../../src/chat/never.ts';
import type { Field, Form, Option } from '../../../src/chat/message.ts';
import { encodeAction } from '../../../src/chat/wire.ts';
import { isBlank, optionOf, plainText, readValue } from './controls.ts';
import { shorten } from './cut.ts';
import { clean, oneLine } from './escape.ts';
import { bytes, cutPassages } from './fit.ts';
import { isUser, passagesOf } from './passages.ts';

const LONGEST_VALUE = 3000;
const LONGEST_INTRO = 60_000;
/** The only input of each block; its block is named after the field. */
const ACTION_ID = 'value';

export function renderForm({ on, title, submit, intro, fields }: Form, privateMetadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: encodeAction(on),
    private_metadata: privateMetadata,
    title: plainText(title, 24, 'Greenroom'),
    submit: plainText(submit, 24, 'Send'),
    close: plainText('Cancel', 24, 'Cancel'),
    blocks: [...introOf(intro ?? []), ...fields.map(inputOf)],
  };
}

function introOf(intro: NonNullable<Form['intro']>): RichTextBlock[] {
  const passages = passagesOf(intro);
  if (passages.length === 0) return [];
  const elements = bytes(passages) > LONGEST_INTRO ? cutPassages(passages, LONGEST_INTRO, bytes) : passages;
  return [{ type: 'rich_text', elements }];
}

const inputOf = (field: Field): InputBlock => ({
  type: 'input',
  block_id: field.name,
  label: plainText(field.label, 2000, field.name),
  ...(field.hint === undefined || isBlank(field.hint) ? {} : { hint: plainText(field.hint, 2000, '–') }),
  ...(field.optional ? { optional: true } : {}),
  element: elementOf(field),
});

function elementOf(field: Field): InputBlock['element'] {
  const value = field.value ?? '';
  switch (field.kind) {
    case 'line':
      return textInput(oneLine(value), false);
    case 'paragraph':
      return textInput(value, true);
    case 'choice':
      return field.many ? manyOf(field.options, value) : oneOf(field.options, field.value);
    case 'rating':
      return { type: 'radio_buttons', action_id: ACTION_ID, ...chosen(field.steps, field.value) };
    case 'person':
      return { type: 'users_select', action_id: ACTION_ID, ...(isUser(value) ? { initial_user: value } : {}) };
    case 'channel':
      return {
        type: 'conversations_select',
        action_id: ACTION_ID,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(/^[CG][A-Z0-9]{2,}$/.test(value) ? { initial_conversation: value } : {}),
      };
    default:
      return never(field);
  }
}

const textInput = (value: string, multiline: boolean): InputBlock['element'] => ({
  type: 'plain_text_input',
  action_id: ACTION_ID,
  multiline,
  max_length: LONGEST_VALUE,
  ...(value === '' ? {} : { initial_value: shorten(clean(value), LONGEST_VALUE) }),
});

/** The options, and the one of them that is chosen at first. */
function chosen(options: readonly Option[], value: string | undefined) {
  const initial = options.find((option) => option.value === value);
  return {
    options: options.map((option) => optionOf(option)),
    ...(initial ? { initial_option: optionOf(initial) } : {}),
  };
}

const oneOf = (options: readonly Option[], value: string | undefined): InputBlock['element'] => ({
  type: 'static_select',
  action_id: ACTION_ID,
  ...chosen(options, value),
});

function manyOf(options: readonly Option[], value: string): InputBlock['element'] {
  const wanted = value === '' ? [] : value.split(',');
  const initial = options.filter((option) => wanted.includes(option.value));
  return {
    type: 'multi_static_select',
    action_id: ACTION_ID,
    options: options.map((option) => optionOf(option)),
    ...(initial.length === 0 ? {} : { initial_options: initial.map((option) => optionOf(option)) }),
  };
}

type Json = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `view.state.values` by field name. What was left empty is ''. Of many, joined by commas. */
export function valuesOf(state: unknown): Record<string, string> {
  const blocks = Object.entries(isRecord(state) ? state : {});
  return Object.fromEntries(
    blocks.map(([name, inputs]) => {
      const [input] = isRecord(inputs) ? Object.values(inputs) : [];
      return [name, isRecord(input) ? stateOf(input) : ''];
    }),
  );
}

function stateOf(input: Json): string {
  const many = input['selected_options'];
  if (Array.isArray(many)) return many.map((option) => optionValue(option)).join(',');
  const one = [input['value'], input['selected_user'], input['selected_conversation'], input['selected_channel']];
  const text = one.find((value) => typeof value === 'string');
  return typeof text === 'string' ? text : optionValue(input['selected_option']);
}

function optionValue(option: unknown): string {
  const value = isRecord(option) ? option['value'] : undefined;
  return typeof value === 'string' ? readValue(value) : '';
}
