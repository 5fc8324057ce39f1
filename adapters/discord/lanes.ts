/** How fast Discord may be asked, as data: fifty requests a second over everything, and less in each channel. */
import type { Lane } from '../../src/chat/chat.ts';
import { never } from '../../src/chat/never.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { readRef } from './refs.ts';

/**
 * Discord counts 50 requests in a second over all routes. What leaves in small groups may arrive up to 60 ms late, and still no second
 * sees more than 50: it touches five groups at most.
 */
export const ALL_TOGETHER = { limit: 10, perMs: 212 } as const;

/** Discord tells a channel's limits only as one comes near them; five in five seconds is the least it was ever seen to tell. */
export const IN_A_CHANNEL = { limit: 5, perMs: 5250 } as const;

/** Who opens many DMs at once is taken for a nuisance. */
export const NEW_DMS = { limit: 10, perMs: 10_000 } as const;

/** The lanes a delivery takes. One that takes several requests is there several times. */
export function lanes(delivery: Delivery): readonly Lane[] {
  const everything: Lane = { key: 'discord global', ...ALL_TOGETHER, shared: true };
  return [
    ...Array.from({ length: requestsOf(delivery) }, () => everything),
    { key: `discord ${channelOf(delivery)}`, ...IN_A_CHANNEL },
    ...(isDm(delivery) ? [{ key: 'discord dms', ...NEW_DMS }] : []),
  ];
}

/** A room is looked for, made and spoken into, and its people are let in one by one. */
const requestsOf = (delivery: Delivery): number => (delivery.kind === 'room' ? 3 + delivery.members.length : 1);

const isDm = (delivery: Delivery): boolean =>
  (delivery.kind === 'post' || delivery.kind === 'file') && delivery.to.in === 'dm';

/** What is limited together, as far as it is known without asking: new messages of a channel, changes there, new threads there. */
function channelOf(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'post':
    case 'file':
      return `post ${homeOf(delivery.to)}`;
    case 'edit':
    case 'remove':
      return `${delivery.kind} ${readRef(delivery.ref)?.channel ?? ''}`;
    case 'thread':
      return `thread ${readRef(delivery.ref)?.channel ?? ''}`;
    case 'room':
      return `thread ${delivery.near}`;
    default:
      return never(delivery);
  }
}

function homeOf(to: Extract<Delivery, { kind: 'post' }>['to']): string {
  switch (to.in) {
    case 'channel':
      return to.channel;
    case 'dm':
      return to.person;
    case 'thread':
      return readRef(to.under)?.id ?? '';
    case 'room':
      return readRef(to.room)?.id ?? '';
    default:
      return never(to);
  }
}
