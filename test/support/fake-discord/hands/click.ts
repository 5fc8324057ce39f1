/** Buttons and selects of a message, found as a person finds them: by what stands on them. */
import type { Json, Model, StoredMessage } from '../model.ts';
import { looksInto } from '../messages.ts';
import { PART } from './form.ts';

const LINK_STYLE = 5;
const SELECTS: ReadonlySet<unknown> = new Set([
  PART.stringSelect,
  PART.userSelect,
  PART.roleSelect,
  PART.mentionableSelect,
  PART.channelSelect,
]);

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Every component, the nested ones too, in the order they are seen. */
export function partsOf(components: readonly Json[]): readonly Json[] {
  return components.flatMap((part) => [
    part,
    ...partsOf(listOf(part['components'])),
    ...(part['accessory'] === undefined ? [] : [part['accessory'] as Json]),
  ]);
}

/** Kinds a person sees as somebody's words. */
const WORDS: ReadonlySet<number> = new Set([0, 19, 20, 23]);

/** Throws where this person does not see it. */
export function messageFor(model: Model, user: string, channel: string, id: string): StoredMessage {
  const place = model.find(channel);
  const found = place?.messages.findLast((message) => message.id === id);
  const mine = found !== undefined && (found.ephemeralTo ?? user) === user;
  const there = found !== undefined && found.deleted !== true && WORDS.has(found.type);
  if (!mine || !there || !place || place.deleted || !looksInto(model, user, place)) {
    throw new Error(`${user} sees no message ${id} in ${channel}`);
  }
  return found;
}

export function findButton({ components }: StoredMessage, label: string): Json {
  const buttons = partsOf(components).filter(({ type }) => type === PART.button);
  const found = buttons.find((button) => button['label'] === label);
  if (!found) {
    throw new Error(
      `no button ${label}, only ${buttons.map((button) => String(button['label'])).join(', ') || 'nothing'}`,
    );
  }
  if (found['disabled'] === true) throw new Error(`the button ${label} is disabled`);
  if (found['style'] === LINK_STYLE) throw new Error(`the button ${label} is a link`);
  return found;
}

function offers(model: Model, { type, options, channel_types: types }: Json, value: string): boolean {
  if (type === PART.stringSelect) return listOf(options).some((option) => option['value'] === value);
  if (type === PART.channelSelect) return types === undefined && model.find(value) !== undefined;
  return type !== PART.roleSelect && model.users.has(value);
}

export function findSelect(model: Model, { components }: StoredMessage, value: string): Json {
  const selects = partsOf(components).filter(({ type }) => SELECTS.has(type));
  const found = selects.find((select) => offers(model, select, value));
  if (!found) throw new Error(`no select offers ${value}`);
  if (found['disabled'] === true) throw new Error(`the select with ${value} is disabled`);
  if (Number(found['min_values'] ?? 1) > 1) throw new Error('hands choose one value, and the select wants more');
  return found;
}
