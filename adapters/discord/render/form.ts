/** Forms as modals, and what people filled in. */
import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { LIMITS } from '../../../src/chat/limits.ts';
import { never } from '../../../src/chat/never.ts';
import type { Field, Form, Option } from '../../../src/chat/message.ts';
import type { Text } from '../../../src/chat/text.ts';
import { MOST_OPTIONS, optionOf, optionsOf, plainText, readValue } from './controls.ts';
import { shorten } from './cut.ts';
import { clean, isBlank, oneLine } from './escape.ts';
import { write, writeUpTo } from './marks.ts';
import { isSnowflake, linesIn, passagesOf } from './passages.ts';

const TITLE = 45;
const LABEL = 45;
const HINT = 100;
const INTRO = 4000;
const MOST_PARTS = 5;
const RADIOS = { least: 2, most: 10 } as const;

/** Discord's own button sends it off. An intro that has no part left for it becomes the first field's hint. */
export function renderForm(
  { title, intro = [], fields }: Form,
  customId: string,
): APIModalInteractionResponseCallbackData {
  const labels = fields.slice(0, MOST_PARTS).map(labelOf);
  const hasRoom = labels.length < MOST_PARTS;
  return {
    custom_id: customId,
    title: plainText(title, TITLE, 'Greenroom'),
    components: hasRoom ? [...introOf(intro), ...labels] : hinted(labels, intro),
  };
}

function introOf(intro: Text): APITextDisplayComponent[] {
  const passages = passagesOf(intro);
  if (passages.length === 0) return [];
  const content = write(passages);
  return [
    { type: ComponentType.TextDisplay, content: content.length > INTRO ? writeUpTo(passages, INTRO, write) : content },
  ];
}

function hinted([first, ...rest]: readonly APILabelComponent[], intro: Text): APILabelComponent[] {
  if (!first) return [];
  const words = linesIn(passagesOf(intro));
  const isFree = first.description === undefined && !isBlank(words);
  return [isFree ? { ...first, description: plainText(words, HINT, '–') } : first, ...rest];
}

const labelOf = (field: Field): APILabelComponent => ({
  type: ComponentType.Label,
  label: plainText(field.label, LABEL, field.name),
  ...(field.hint === undefined || isBlank(field.hint) ? {} : { description: plainText(field.hint, HINT, '–') }),
  component: inputOf(field),
});

function inputOf(field: Field): APIComponentInLabel {
  const value = field.value ?? '';
  const common = { custom_id: field.name, required: field.optional !== true };
  switch (field.kind) {
    case 'line':
      return { ...common, ...textInput(oneLine(clean(value)), TextInputStyle.Short) };
    case 'paragraph':
      return { ...common, ...textInput(clean(value), TextInputStyle.Paragraph) };
    case 'choice':
      return { ...common, ...selectOf(field.options, field.value, field.many === true) };
    case 'rating':
      return { ...common, ...stepsOf(field.steps, field.value) };
    case 'person':
      return {
        ...common,
        type: ComponentType.UserSelect,
        ...(isSnowflake(value) ? { default_values: [{ id: value, type: SelectMenuDefaultValueType.User }] } : {}),
      };
    case 'channel':
      return {
        ...common,
        type: ComponentType.ChannelSelect,
        channel_types: [ChannelType.GuildText, ChannelType.GuildForum],
        ...(isSnowflake(value) ? { default_values: [{ id: value, type: SelectMenuDefaultValueType.Channel }] } : {}),
      };
    default:
      return never(field);
  }
}

/** No longer than any other platform takes it, so that every text can be opened again wherever it was written. */
const textInput = (value: string, style: TextInputStyle) =>
  ({
    type: ComponentType.TextInput,
    style,
    max_length: LIMITS.fieldValue,
    ...(value === '' ? {} : { value: shorten(value, LIMITS.fieldValue) }),
  }) as const;

/** The options, those chosen at first marked. */
const marked = (options: readonly Option[], chosen: readonly (string | undefined)[]) =>
  options.map((option) => ({ ...optionOf(option), ...(chosen.includes(option.value) ? { default: true } : {}) }));

function selectOf(options: readonly Option[], value: string | undefined, isMany: boolean) {
  const all = optionsOf(options, MOST_OPTIONS);
  const chosen = isMany ? (value === undefined || value === '' ? [] : value.split(',')) : [value];
  return {
    type: ComponentType.StringSelect,
    options: marked(all, chosen),
    ...(isMany ? { max_values: all.length } : {}),
  } as const;
}

/** A group of radios takes from two to ten. */
function stepsOf(steps: readonly Option[], value: string | undefined) {
  const all = optionsOf(steps, RADIOS.most);
  if (all.length < RADIOS.least) return selectOf(steps, value, false);
  return { type: ComponentType.RadioGroup, options: marked(all, [value]) } as const;
}

type Json = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The components of a modal that was sent off, by field name. What was left empty is ''. Of many, joined by commas. */
export function valuesOf(components: unknown): Record<string, string> {
  const parts: readonly unknown[] = Array.isArray(components) ? components : [];
  const entries = parts.filter(isRecord).flatMap((part): [string, string][] => {
    if (part['components'] !== undefined) return Object.entries(valuesOf(part['components']));
    const input = isRecord(part['component']) ? part['component'] : part;
    const name = input['custom_id'];
    return typeof name === 'string' ? [[name, valueIn(input)]] : [];
  });
  return Object.fromEntries(entries);
}

function valueIn({ value, values }: Json): string {
  const all: readonly unknown[] = Array.isArray(values) ? values : [value];
  return all.flatMap((one) => (typeof one === 'string' ? [readValue(one)] : [])).join(',');
}
