/** Where something happened, in the words of the core. */
import type { ChannelId, PersonId, Ref } from '../../../src/chat/ids.ts';
import type { Place } from '../../../src/chat/place.ts';
import { refOf } from '../refs.ts';
import { dig, idOf } from './read.ts';

/** A channel, or a thread and what it hangs in. */
export type Spot =
  | { readonly kind: 'channel' | 'forum' | 'dm'; readonly id: string; readonly recipient?: string }
  | {
      readonly kind: 'thread' | 'private thread';
      readonly id: string;
      readonly parent: string;
      readonly inForum: boolean;
      readonly owner?: string;
    };
export type Thread = Extract<Spot, { parent: string }>;

const FORUMS: ReadonlySet<unknown> = new Set([15, 16]);
const THREADS: ReadonlySet<unknown> = new Set([10, 11, 12]);
const DMS: ReadonlySet<unknown> = new Set([1, 3]);
const PRIVATE = 12;

export const isThreadType = (type: unknown): boolean => THREADS.has(type);

/** Undefined for what is no channel. `kindOf` tells the type of the channel a thread hangs in. */
export function readSpot(channel: unknown, kindOf: (parent: string) => unknown): Spot | undefined {
  const id = idOf(dig(channel, 'id'));
  const type = dig(channel, 'type');
  if (id === undefined || typeof type !== 'number') return undefined;
  if (DMS.has(type)) return { kind: 'dm', id, ...recipientIn(channel) };
  if (!isThreadType(type)) return { kind: FORUMS.has(type) ? 'forum' : 'channel', id };
  const parent = idOf(dig(channel, 'parent_id'));
  if (parent === undefined) return undefined;
  const owner = idOf(dig(channel, 'owner_id'));
  return {
    kind: type === PRIVATE ? 'private thread' : 'thread',
    id,
    parent,
    inForum: FORUMS.has(kindOf(parent)),
    ...(owner === undefined ? {} : { owner }),
  };
}

function recipientIn(channel: unknown): { readonly recipient?: string } {
  const all = dig(channel, 'recipients');
  const recipient = Array.isArray(all) ? idOf(dig(all[0], 'id')) : undefined;
  return recipient === undefined ? {} : { recipient };
}

export const isThread = (spot: Spot): spot is Thread => spot.kind === 'thread' || spot.kind === 'private thread';

/** The post a thread hangs under, or the room it is. */
export const refOfThread = ({ kind, parent, id, inForum }: Thread): Ref =>
  kind === 'private thread' ? refOf('room', parent, id) : refOf(inForum ? 'forum post' : 'message', parent, id);

export function placeAt(spot: Spot, person: PersonId): Place<Ref> {
  if (spot.kind === 'dm') return { in: 'dm', person };
  if (!isThread(spot)) return { in: 'channel', channel: spot.id as ChannelId };
  const ref = refOfThread(spot);
  return spot.kind === 'private thread' ? { in: 'room', room: ref } : { in: 'thread', under: ref };
}

/** A message there. The first one of a forum post is the post. */
export const refAt = (spot: Spot, message: string): Ref =>
  isThread(spot) && spot.inForum && spot.id === message
    ? refOf('forum post', spot.parent, message)
    : refOf('message', spot.id, message);
