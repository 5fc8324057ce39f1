/** Carries the core's posts into the local chat. Names are remembered, so saying one again posts nothing new. */
import { DeliveryError } from '../../src/chat/chat.ts';
import type { Found } from '../../src/chat/chat.ts';
import { never } from '../../src/chat/never.ts';
import type { Name, Ref } from '../../src/chat/ids.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { placeKey } from '../../src/chat/place.ts';
import type { Place } from '../../src/chat/place.ts';
import type { World } from '../../src/chat/world.ts';
import type { Hub } from './hub.ts';
import { bodyOf, GREENROOM, stampAfter } from './message.ts';
import type { Body } from './message.ts';
import type { LocalStore, MessageRow } from './ports.ts';

export interface Carrier {
  readonly store: LocalStore;
  readonly world: World;
  readonly hub: Hub;
}

export async function deliver(by: Carrier, delivery: Delivery): Promise<Ref> {
  switch (delivery.kind) {
    case 'post': {
      const thread = delivery.thread === undefined ? {} : { thread: delivery.thread };
      return put(by, delivery.name, delivery.to, { kind: 'card', message: delivery.message, ...thread });
    }
    case 'file':
      return put(by, delivery.name, delivery.to, {
        kind: 'file',
        type: delivery.type,
        text: delivery.text,
        file: fileName(delivery.name, delivery.type),
      });
    case 'room':
      return openRoom(by, delivery);
    case 'edit':
      return edit(by, delivery);
    case 'remove':
      return remove(by, delivery.ref);
    case 'thread':
      // Threads open by themselves here.
      return delivery.ref;
    default:
      return never(delivery);
  }
}

/** Whether what `delivery` wanted is there. Names and bodies are kept, so it can always tell. */
export async function find(store: LocalStore, delivery: Delivery): Promise<Found> {
  if (delivery.kind === 'thread') return { kind: 'found', ref: delivery.ref };
  if (delivery.kind === 'edit' || delivery.kind === 'remove') {
    const row = await store.message(delivery.ref);
    const isDone = delivery.kind === 'remove' ? (row?.deleted ?? 1) === 1 : row !== undefined && shows(row, delivery);
    return isDone ? { kind: 'found', ref: delivery.ref } : { kind: 'absent' };
  }
  const row = await store.named(delivery.name);
  return row ? { kind: 'found', ref: row.ref as Ref } : { kind: 'absent' };
}

async function put(by: Carrier, name: Name, to: Place<Ref>, body: Body): Promise<Ref> {
  await mustExist(by.store, to);
  return add(by, name, placeKey(to), body);
}

async function openRoom(by: Carrier, room: Extract<Delivery, { kind: 'room' }>): Promise<Ref> {
  const { title, members, near } = room;
  return add(by, room.name, `rooms ${near}`, { kind: 'room', title, members, near });
}

async function add({ store, world, hub }: Carrier, name: Name, place: string, body: Body): Promise<Ref> {
  const { row, added } = await store.add({
    ref: `m${world.newId()}`,
    place,
    author: GREENROOM,
    name,
    kind: body.kind,
    body: JSON.stringify(body),
    only: null,
    at: world.now(),
  });
  if (added) hub.tell({ kind: 'message', row });
  return row.ref as Ref;
}

async function edit({ store, world, hub }: Carrier, delivery: Extract<Delivery, { kind: 'edit' }>): Promise<Ref> {
  const row = await store.change(delivery.ref, (before) => {
    const body = bodyOf(before);
    if (before.deleted === 1 || body.kind !== 'card' || shows(before, delivery)) return undefined;
    return { body: JSON.stringify({ ...body, message: delivery.message }), edited: stampAfter(before, world.now()) };
  });
  if (row) hub.tell({ kind: 'message', row });
  else if (!(await isThere(store, delivery.ref))) throw gone('the message is no longer there');
  return delivery.ref;
}

async function remove({ store, world, hub }: Carrier, ref: Ref): Promise<Ref> {
  const row = await store.change(ref, (before) => {
    if (before.deleted === 1) return undefined;
    return { deleted: 1, edited: stampAfter(before, world.now()), body: withoutWords(before) };
  });
  if (row) hub.tell({ kind: 'message', row });
  return ref;
}

/** What is left of a deleted message: its kind, and none of its words. */
export function withoutWords(row: MessageRow): string {
  const body = bodyOf(row);
  const empty: Body = body.kind === 'text' ? { kind: 'text', text: '' } : { kind: 'card', message: { blocks: [] } };
  return JSON.stringify(body.kind === 'card' && body.thread !== undefined ? { ...empty, thread: body.thread } : empty);
}

const shows = (row: MessageRow, { message }: Extract<Delivery, { kind: 'edit' }>): boolean => {
  const body = bodyOf(row);
  return body.kind === 'card' && row.deleted === 0 && JSON.stringify(body.message) === JSON.stringify(message);
};

async function mustExist(store: LocalStore, place: Place<Ref>): Promise<void> {
  switch (place.in) {
    case 'channel':
      if (!(await store.channels()).some(({ id }) => id === place.channel)) throw gone(`no channel ${place.channel}`);
      return;
    case 'dm':
      if (!(await store.people()).some(({ id }) => id === place.person)) throw gone('no such person');
      return;
    case 'thread':
      if (!(await isThere(store, place.under))) throw gone('the thread is no longer there');
      return;
    case 'room':
      if (!(await isThere(store, place.room))) throw gone('the room is no longer there');
      return;
    default:
      never(place);
  }
}

const isThere = async (store: LocalStore, ref: string): Promise<boolean> => (await store.message(ref))?.deleted === 0;

const gone = (what: string): DeliveryError => new DeliveryError(what, { effect: 'none', retry: 'never' });

const ENDINGS: Readonly<Record<string, string>> = {
  'text/markdown': 'md',
  'application/json': 'json',
  'text/csv': 'csv',
  'text/calendar': 'ics',
};

function fileName(name: Name, type: string): string {
  const stem = name
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${stem || 'greenroom'}.${ENDINGS[type.split(';')[0] ?? ''] ?? 'txt'}`;
}
