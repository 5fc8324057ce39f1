/** A person fills in a form: what stands in it at first, what they change, and what the client would not let them send. */
import type { Json } from '../model.ts';
import { inputsOf } from '../interactions/modals.ts';

export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Component types, as numbered by Discord. */
export const PART = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  textDisplay: 10,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const many = (value: Typed[string]): readonly string[] => (typeof value === 'string' ? [value] : value);
const name = (input: Json): string => String(input['custom_id']);

function demand(fine: boolean, input: Json, why: string): void {
  if (!fine) throw new Error(`the client does not send the form: ${name(input)} ${why}`);
}

const isRequired = (input: Json): boolean => input['required'] !== false;

const defaults = (input: Json): readonly string[] =>
  listOf(input['options'])
    .filter((option) => option['default'] === true)
    .map(({ value }) => String(value));

function textValue(input: Json, typed: Typed[string] | undefined): string {
  const text = [typed ?? (input['value'] as string | undefined) ?? ''].flat().join('\n');
  demand(text !== '' || !isRequired(input), input, 'is required');
  if (text === '') return '';
  demand([...text].length >= Number(input['min_length'] ?? 0), input, 'is too short');
  demand([...text].length <= Number(input['max_length'] ?? 4000), input, 'is too long');
  return text;
}

function checkOptions(input: Json, values: readonly string[]): void {
  const known = listOf(input['options']).map(({ value }) => String(value));
  for (const value of values) demand(known.includes(value), input, `has no option ${value}`);
}

/** `least` where the person chose anything or had to. */
function checkCount(input: Json, values: readonly string[], most: number): void {
  demand(values.length > 0 || !isRequired(input), input, 'is required');
  if (values.length === 0) return;
  demand(values.length >= Number(input['min_values'] ?? 1), input, 'has too few values');
  demand(values.length <= Number(input['max_values'] ?? most), input, 'has too many values');
}

function selectValues(input: Json, typed: Typed[string] | undefined): readonly string[] {
  const first = listOf(input['default_values']).map(({ id }) => String(id));
  const values = typed === undefined ? [...defaults(input), ...first] : many(typed);
  if (input['type'] === PART.stringSelect || input['type'] === PART.checkboxGroup) checkOptions(input, values);
  checkCount(input, values, input['type'] === PART.checkboxGroup ? listOf(input['options']).length : 1);
  return values;
}

function radioValue(input: Json, typed: Typed[string] | undefined): string | null {
  const values = typed === undefined ? defaults(input) : many(typed).filter((value) => value !== '');
  checkOptions(input, values);
  demand(values.length <= 1, input, 'takes one value');
  demand(values.length === 1 || !isRequired(input), input, 'is required');
  return values[0] ?? null;
}

function filled(input: Json, typed: Typed[string] | undefined): Json {
  const { type, custom_id } = input;
  const sent = { type, id: input['id'], custom_id };
  if (type === PART.textInput) return { ...sent, value: textValue(input, typed) };
  if (type === PART.radioGroup) return { ...sent, value: radioValue(input, typed) };
  if (type === PART.checkbox) {
    return { ...sent, value: typed === undefined ? input['default'] === true : String(typed) === 'true' };
  }
  if (type === PART.fileUpload) {
    demand(input['required'] === false, input, 'wants a file, and hands upload none');
    return { ...sent, values: [] };
  }
  return { ...sent, values: selectValues(input, typed) };
}

/** The components as they are submitted. Ids are there, given where the form has none. Throws where the client would not send it. */
export function fillIn(components: readonly Json[], typed: Typed): readonly Json[] {
  const known = new Set(inputsOf(components).map(({ input }) => name(input)));
  for (const key of Object.keys(typed)) if (!known.has(key)) throw new Error(`the form has no ${key}`);
  let next = 1;
  const numbered = (part: Json): Json => ({ ...part, id: part['id'] ?? next++ });
  return components.map((part) => {
    const { type, id } = numbered(part);
    if (type === PART.textDisplay) return { type, id };
    const inside = inputsOf([part]).map(({ input }) => filled(numbered(input), typed[name(input)]));
    return type === PART.label ? { type, id, component: inside[0] } : { type, id, components: inside };
  });
}

/** Ids of people and channels among the values of selects. */
export function pickedIn(components: readonly Json[]): {
  readonly users: readonly string[];
  readonly channels: readonly string[];
} {
  const of = (...types: readonly number[]): readonly string[] =>
    inputsOf(components)
      .filter(({ input }) => types.includes(Number(input['type'])))
      .flatMap(({ input }) => (input['values'] ?? []) as readonly string[]);
  return { users: of(PART.userSelect, PART.mentionableSelect), channels: of(PART.channelSelect) };
}
