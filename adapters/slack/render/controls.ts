/** Buttons and selects under a message. */
import type { ActionsBlock, Button as SlackButton, Option as SlackOption, PlainTextElement } from '@slack/types';
import type { Action, Block, Button, Option } from '../../../src/chat/message.ts';
import { decodeAction, encodeAction } from '../../../src/chat/wire.ts';
import { shorten } from './cut.ts';
import { clean, oneLine, typed } from './escape.ts';

/** Text that is shown to the letter. Slack takes none without anything to see: then it is `instead`. */
export function plainText(text: string, max: number, instead: string): PlainTextElement {
  const line = shorten(typed(oneLine(text)), max);
  return { type: 'plain_text', text: isBlank(line) ? instead : line, emoji: false };
}

export const isBlank = (text: string): boolean =>
  clean(text)
    .replaceAll(/[\u2060-\u2069\u200B-\u200F\uFEFF]/g, '')
    .trim() === '';

/** Gives every control of a message an `action_id` of its own. */
export type MakeId = (on: Action) => string;

export function makeIds(): MakeId {
  const used = new Map<string, number>();
  return (on) => {
    const id = encodeAction(on);
    const before = used.get(id) ?? 0;
    used.set(id, before + 1);
    return before === 0 ? id : `${before + 1}/${id}`;
  };
}

/** The Action of an `action_id`, also of the second button for the same one; undefined for what we did not write. */
export const readActionId = (id: string): Action | undefined => decodeAction(id.replace(/^\d{1,4}\//, ''));

/** Slack takes no empty value. */
const NO_VALUE = '\u2060';
export const valueOf = (value: string): string => (value === '' ? NO_VALUE : value);
export const readValue = (value: string): string => (value === NO_VALUE ? '' : value);

export const optionOf = ({ label, value }: Option, max = 75): SlackOption & { readonly text: PlainTextElement } => ({
  text: plainText(label, max, value.trim() === '' ? '–' : shorten(value, max)),
  value: valueOf(value),
});

/** Undefined when there is nothing to press. `max`: how long a label may be. */
export function buttonsOf(buttons: readonly Button[], idOf: MakeId, max: number): ActionsBlock | undefined {
  if (buttons.length === 0) return undefined;
  const elements = buttons.map(({ label, on, style }): SlackButton => ({
    type: 'button',
    text: plainText(label, max, '–'),
    action_id: idOf(on),
    ...(style === undefined ? {} : { style }),
  }));
  return { type: 'actions', elements };
}

export function choiceOf(
  { on, prompt, options }: Extract<Block, { kind: 'choice' }>,
  idOf: MakeId,
  max: number,
): ActionsBlock | undefined {
  if (options.length === 0) return undefined;
  const placeholder = isBlank(prompt) ? {} : { placeholder: plainText(prompt, 150, '–') };
  return {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: idOf(on),
        ...placeholder,
        options: options.map((option) => optionOf(option, max)),
      },
    ],
  };
}
