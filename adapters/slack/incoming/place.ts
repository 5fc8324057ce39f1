/** Where something happened, and how a modal remembers where it was opened. */
import type { ChannelId, PersonId, Ref } from '../../../src/chat/ids.ts';
import type { Place } from '../../../src/chat/place.ts';
import { readRef, refOf } from '../refs.ts';
import { channelOf, dig, tsOf } from './read.ts';

/** A message of its own, also one that heads a thread, is in its channel; one to us alone is between us and its author. */
export function placeAt(
  at: { readonly channel: ChannelId; readonly thread?: string | undefined; readonly ts?: string | undefined },
  person: PersonId,
): Place<Ref> {
  if (at.thread !== undefined && at.thread !== at.ts) return { in: 'thread', under: refOf(at.channel, at.thread) };
  return at.channel.startsWith('D') ? { in: 'dm', person } : { in: 'channel', channel: at.channel };
}

/** Where a modal was opened; `home` when it was on the Home tab. */
export interface Origin {
  readonly place: Place<Ref>;
  readonly home: boolean;
}

/** For `private_metadata`, which a modal carries and nobody sees. */
export function packOrigin({ place, home }: Origin): string {
  const from = home ? { home } : {};
  if (place.in === 'channel') return JSON.stringify({ ...from, channel: place.channel });
  const at = place.in === 'dm' ? undefined : readRef(place.in === 'thread' ? place.under : place.room);
  return JSON.stringify(at ? { ...from, channel: at.channel, thread: at.ts } : from);
}

/** Whatever cannot be read counts as opened between us and the person. */
export function readOrigin(packed: unknown, person: PersonId): Origin {
  const read = parse(packed);
  const channel = channelOf(dig(read, 'channel'));
  const home = dig(read, 'home') === true;
  if (channel === undefined) return { place: { in: 'dm', person }, home };
  return { place: placeAt({ channel, thread: tsOf(dig(read, 'thread')) }, person), home };
}

function parse(packed: unknown): unknown {
  if (typeof packed !== 'string') return undefined;
  try {
    return JSON.parse(packed) as unknown;
  } catch {
    return undefined;
  }
}
