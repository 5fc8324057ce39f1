/** Buttons and selects under a message. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Action, Block, Button, Option } from '../../../src/chat/message.ts';
import { decodeAction, encodeAction } from '../../../src/chat/wire.ts';
import { shorten } from './cut.ts';
import { clean, isBlank, oneLine } from './escape.ts';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

const LABEL = 80;
export const OPTION = 100;
export const MOST_OPTIONS = 25;
const PLACEHOLDER = 150;
const MOST_BUTTONS = 5;
const MOST_ID = 100;

/** Text that is shown to the letter. Discord takes none without anything to see: then it is `instead`. */
export function plainText(text: string, max: number, instead: string): string {
  const line = shorten(oneLine(clean(text)), max);
  return isBlank(line) ? instead : line;
}

/** Gives every control of a message a `custom_id` of its own; undefined when there is none left. */
export type MakeId = (on: Action) => string | undefined;

/** The second control for an action is `daily.answer#2:01K…`. */
export function makeIds(): MakeId {
  const used = new Map<string, number>();
  return (on) => {
    const id = encodeAction(on);
    const count = (used.get(id) ?? 0) + 1;
    used.set(id, count);
    const own = count === 1 ? id : id.replace(':', `#${count}:`);
    return own.length > MOST_ID ? undefined : own;
  };
}

/** The Action of a `custom_id`, also of the second control for the same one; undefined for what we did not write. */
export const readActionId = (id: string): Action | undefined =>
  id.length > MOST_ID ? undefined : decodeAction(id.replace(/^([a-z.-]+)#\d{1,3}:/, '$1:'));

/** Discord takes no empty value. */
const NO_VALUE = '\u2060';
export const valueOf = (value: string): string => (value === '' ? NO_VALUE : value);
export const readValue = (value: string): string => (value === NO_VALUE ? '' : value);

export const optionOf = ({ label, value }: Option): APISelectMenuOption => ({
  label: plainText(label, OPTION, plainText(value, OPTION, '–')),
  value: valueOf(value),
});

/** As many as Discord takes, each value once and none that is too long to come back whole. */
export const optionsOf = (options: readonly Option[], most: number): Option[] =>
  options
    .filter(({ value }, i) => value.length <= OPTION && options.findIndex((one) => one.value === value) === i)
    .slice(0, most);

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

/** Rows of them; none when there is nothing to press. */
export function buttonsOf(buttons: readonly Button[], idOf: MakeId): Row[] {
  const components = buttons.flatMap(({ label, on, style }): APIButtonComponentWithCustomId[] => {
    const customId = idOf(on);
    return customId === undefined
      ? []
      : [
          {
            type: ComponentType.Button,
            style: style === undefined ? ButtonStyle.Secondary : STYLES[style],
            label: plainText(label, LABEL, '–'),
            custom_id: customId,
          },
        ];
  });
  const rows = Math.ceil(components.length / MOST_BUTTONS);
  return Array.from({ length: rows }, (_, i) => ({
    type: ComponentType.ActionRow,
    components: components.slice(i * MOST_BUTTONS, (i + 1) * MOST_BUTTONS),
  }));
}

export function choiceOf({ on, prompt, options }: Extract<Block, { kind: 'choice' }>, idOf: MakeId): Row[] {
  const customId = idOf(on);
  const all = optionsOf(options, MOST_OPTIONS);
  if (all.length === 0 || customId === undefined) return [];
  const placeholder = isBlank(prompt) ? {} : { placeholder: plainText(prompt, PLACEHOLDER, '–') };
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.StringSelect, custom_id: customId, ...placeholder, options: all.map(optionOf) },
      ],
    },
  ];
}
