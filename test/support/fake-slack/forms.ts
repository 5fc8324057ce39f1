/** The inputs of a view or message: what stands in them, what a person may put there, and how Slack tells the app. */
import type { FakeView } from './types.ts';
import type { Json } from './wire.ts';

export interface Input {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
  readonly label: string;
  readonly required: boolean;
}

interface Option {
  readonly value: string;
}

const TEXTS = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'];
/** Where the value of an element is told, and where it says what stands in it at first. */
const ONE: Readonly<Record<string, readonly [string, string]>> = {
  users_select: ['selected_user', 'initial_user'],
  channels_select: ['selected_channel', 'initial_channel'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
};
const MANY: Readonly<Record<string, readonly [string, string]>> = {
  multi_users_select: ['selected_users', 'initial_users'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
};
const OPTION = ['static_select', 'radio_buttons', 'external_select'];
const OPTIONS = ['multi_static_select', 'checkboxes', 'multi_external_select'];

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');
/** What a text object says. */
export const textOf = (value: unknown): string => (value as { text?: string } | undefined)?.text ?? '';

export const typeOf = (element: Json): string => String(element['type']);

/** Everything in a block that can be clicked or filled in. */
export function elementsOf(block: Json): readonly Json[] {
  if (block['type'] === 'input') return [block['element'] as Json];
  if (block['type'] === 'section') return block['accessory'] === undefined ? [] : [block['accessory'] as Json];
  return block['type'] === 'actions' || block['type'] === 'context_actions' ? listOf(block['elements']) : [];
}

export const blocksOf = (of: { readonly blocks?: unknown }): readonly Json[] => listOf(of.blocks);

const isStateful = (element: Json): boolean => {
  const type = typeOf(element);
  return [...TEXTS, ...OPTION, ...OPTIONS].includes(type) || type in ONE || type in MANY;
};

export function inputsOf(blocks: readonly Json[]): readonly Input[] {
  return blocks.flatMap((block) =>
    elementsOf(block)
      .filter(isStateful)
      .map((element) => ({
        blockId: String(block['block_id']),
        actionId: String(element['action_id']),
        element,
        label: textOf(block['label']),
        required: block['type'] === 'input' && block['optional'] !== true,
      })),
  );
}

export const optionsOf = (element: Json): readonly (Json & Option)[] =>
  [...listOf(element['options']), ...listOf(element['option_groups']).flatMap((group) => listOf(group['options']))].map(
    (option) => option as Json & Option,
  );

/** What stands in it before anybody touches it; of many, joined by commas. */
export function initialOf(element: Json): string {
  const type = typeOf(element);
  if (TEXTS.includes(type)) return stringOf(element['initial_value']);
  if (OPTION.includes(type)) return (element['initial_option'] as Option | undefined)?.value ?? '';
  if (OPTIONS.includes(type)) {
    return listOf(element['initial_options'])
      .map(({ value }) => String(value))
      .join(',');
  }
  const [, initial] = ONE[type] ?? MANY[type] ?? ['', ''];
  const value = element[initial];
  return Array.isArray(value) ? value.join(',') : stringOf(value);
}

const listed = (value: string): readonly string[] => (value === '' ? [] : value.split(','));

function chosen(input: Input, value: string): Json & Option {
  const found = optionsOf(input.element).find((option) => option.value === value);
  if (!found) throw new Error(`${input.blockId} has no option ${value}`);
  return found;
}

function checkText({ blockId, element }: Input, value: string): void {
  const { min_length: least, max_length: most } = element as { min_length?: number; max_length?: number };
  if (value !== '' && least !== undefined && value.length < least) throw new Error(`${blockId}: too short to send`);
  if (value.length > (most ?? 3000)) throw new Error(`${blockId}: too long to send`);
  const type = typeOf(element);
  if (value === '') return;
  if (type === 'number_input' && !/^-?\d+(\.\d+)?$/.test(value)) throw new Error(`${blockId}: not a number`);
  if (type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) throw new Error(`${blockId}: not an address`);
  if (type === 'url_text_input' && !URL.canParse(value)) throw new Error(`${blockId}: not a link`);
}

/** One input as `view.state.values` carries it. Throws where Slack's own client would not let it through. */
export function stateOf(input: Input, value: string): Json {
  const type = typeOf(input.element);
  if (input.required && value === '') throw new Error(`${input.blockId} ("${input.label}") has to be filled in`);
  if (TEXTS.includes(type)) {
    checkText(input, value);
    return { type, value: value === '' ? null : value };
  }
  if (OPTION.includes(type)) return { type, selected_option: value === '' ? null : chosen(input, value) };
  if (OPTIONS.includes(type)) {
    const most = Number(input.element['max_selected_items'] ?? Infinity);
    if (listed(value).length > most) throw new Error(`${input.blockId} takes ${most} at most`);
    return { type, selected_options: listed(value).map((one) => chosen(input, one)) };
  }
  const many = MANY[type];
  if (many) return { type, [many[0]]: listed(value) };
  const [selected] = ONE[type] ?? ['value'];
  return { type, [selected]: value === '' ? null : value };
}

/** Several inputs in one block share its id. */
export function statesOf(inputs: readonly Input[], valueOf: (input: Input) => string): Json {
  const values: Record<string, Record<string, Json>> = {};
  for (const input of inputs) {
    values[input.blockId] = { ...values[input.blockId], [input.actionId]: stateOf(input, valueOf(input)) };
  }
  return values;
}

/** What stands in a view's inputs now, checked by nobody. */
export function standing(view: FakeView): Json {
  const inputs = inputsOf(blocksOf(view.view)).map((input) => ({ ...input, required: false }));
  return statesOf(inputs, (input) => view.typed[input.blockId] ?? initialOf(input.element));
}

/** What a person sends: what they fill in now, over what they typed before, over what stood there. Throws for a block that is not there. */
export function filledIn(view: FakeView, values: Readonly<Record<string, string>>): Json {
  const inputs = inputsOf(blocksOf(view.view));
  const unknown = Object.keys(values).find((blockId) => !inputs.some((input) => input.blockId === blockId));
  if (unknown !== undefined)
    throw new Error(`the form has no ${unknown}: ${inputs.map((one) => one.blockId).join(', ')}`);
  return statesOf(inputs, ({ blockId, element }) => values[blockId] ?? view.typed[blockId] ?? initialOf(element));
}

/** One click, as it stands in `actions`. */
export function actionOf(block: Json, element: Json, value: string | undefined, ts: string): Json {
  const type = typeOf(element);
  const { options: _, option_groups: __, accessibility_label: ___, ...told } = element;
  const base = { ...told, type, block_id: block['block_id'], action_ts: ts };
  if (type === 'button' || value === undefined) return base;
  const input = {
    blockId: String(block['block_id']),
    actionId: String(element['action_id']),
    element,
    label: '',
    required: false,
  };
  if (type === 'overflow') return { ...base, selected_option: chosen(input, value) };
  return { ...base, ...stateOf(input, value) };
}
