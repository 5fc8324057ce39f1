/** Clicks, message commands and forms sent off. */
import type { Ref } from '../../../src/chat/ids.ts';
import type { Choose, Pick as Picked, Press } from '../../../src/chat/incoming.ts';
import type { Surface } from '../../../src/chat/surface.ts';
import { readActionId, readValue } from '../render/index.ts';
import { wordsOf } from './message.ts';
import { refAt, type Spot } from './place.ts';
import { type Body, dig, idOf, personOf, recordOf, textOf } from './read.ts';

const BUTTON = 2;

/** Undefined for a click on nothing of ours. */
export function readClick(data: Body): Pick<Press, 'kind' | 'on'> | Pick<Choose, 'kind' | 'on' | 'value'> | undefined {
  const id = textOf(data['custom_id']);
  const on = id === undefined ? undefined : readActionId(id);
  if (on === undefined) return undefined;
  if (data['component_type'] === BUTTON) return { kind: 'press', on };
  const values = data['values'];
  const value = Array.isArray(values) ? textOf(values[0]) : undefined;
  return value === undefined ? undefined : { kind: 'choose', on, value: readValue(value) };
}

/** Undefined for a message command we do not have, or a message that was not told. */
export function readPick(
  surface: Surface,
  data: Body,
  spot: Spot,
): Pick<Picked, 'on' | 'ref' | 'author' | 'text'> | undefined {
  const on = surface.shortcuts.find(({ label }) => label === data['name'])?.on;
  const target = idOf(data['target_id']);
  if (on === undefined || target === undefined) return undefined;
  const message = recordOf(dig(data, 'resolved', 'messages', target));
  const author = personOf(dig(message, 'author', 'id'));
  if (message === undefined || author === undefined) return undefined;
  return { on, ref: refAt(spot, target), author, ...wordsOf(message) };
}

/** The message something was done on. */
export function cardIn(message: Body | undefined, spot: Spot): { readonly card?: Ref } {
  const id = idOf(message?.['id']);
  return id === undefined ? {} : { card: refAt(spot, id) };
}

const FORM = /^form:([\w-]{1,64})$/;
const AGAIN = /^again:([\w-]{1,64})$/;

export const formId = (draft: string): string => `form:${draft}`;
export const againId = (draft: string): string => `again:${draft}`;
/** What stands behind a modal that was sent off. */
export const draftOfForm = (data: Body): string | undefined => FORM.exec(textOf(data['custom_id']) ?? '')?.[1];
/** What stands behind *Open again*. */
export const draftOfAgain = (data: Body): string | undefined => AGAIN.exec(textOf(data['custom_id']) ?? '')?.[1];
