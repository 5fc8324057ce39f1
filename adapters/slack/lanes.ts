/** How fast Slack may be asked, as data: each method has a rate in each workspace, and a channel takes about a post a second. */
import type { Lane } from '../../src/chat/chat.ts';
import { never } from '../../src/chat/never.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { MINUTE } from '../../src/chat/world.ts';
import { readRef } from './refs.ts';

/**
 * Calls a minute in one workspace. Slack publishes 50 for tier 3, 100 for tier 4 and "several hundred" for posts
 * (docs.slack.dev/apis/web-api/rate-limits); a tenth less makes up for calls that arrive closer together than they left.
 */
export const A_MINUTE = {
  'chat.postMessage': 240,
  'chat.update': 45,
  'chat.delete': 45,
  'conversations.open': 45,
  'files.getUploadURLExternal': 90,
  'files.completeUploadExternal': 90,
} as const;

/** Slack publishes a post a second in a channel, in ms. */
export const POST_EVERY_MS = 1100;

export type Method = keyof typeof A_MINUTE;

/** The lanes a delivery takes. A method called several times is there several times. */
export function lanes(delivery: Delivery): readonly Lane[] {
  const { team } = delivery;
  const channel = channelOf(delivery);
  return [
    ...methodsOf(delivery).map((method) => ({
      key: `slack ${team} ${method}`,
      limit: A_MINUTE[method],
      perMs: MINUTE,
    })),
    ...(channel === undefined ? [] : [{ key: `slack ${team} post ${channel}`, limit: 1, perMs: POST_EVERY_MS }]),
  ];
}

const UPLOAD = ['files.getUploadURLExternal', 'files.completeUploadExternal'] as const;

function methodsOf(delivery: Delivery): Method[] {
  switch (delivery.kind) {
    case 'post':
      return [...opening(delivery.to.in === 'dm'), ...pictures(delivery.message), 'chat.postMessage'];
    case 'file':
      return [...opening(delivery.to.in === 'dm'), ...UPLOAD];
    case 'room':
      return ['conversations.open', 'chat.postMessage'];
    case 'edit':
      return [...pictures(delivery.message), 'chat.update'];
    case 'remove':
      return ['chat.delete'];
    case 'thread':
      return [];
    default:
      return never(delivery);
  }
}

const opening = (isDm: boolean): Method[] => (isDm ? ['conversations.open'] : []);

const pictures = ({ blocks }: Extract<Delivery, { kind: 'post' }>['message']): Method[] =>
  blocks.filter(({ kind }) => kind === 'image').flatMap(() => UPLOAD);

/** The conversation a post lands in, as far as it is known without asking. Changes and deletions have no such rate. */
function channelOf(delivery: Delivery): string | undefined {
  if (delivery.kind === 'room') return delivery.members.toSorted().join(' ');
  if (delivery.kind !== 'post' && delivery.kind !== 'file') return undefined;
  const { to } = delivery;
  switch (to.in) {
    case 'channel':
      return to.channel;
    case 'dm':
      return to.person;
    case 'thread':
      return readRef(to.under)?.channel;
    case 'room':
      return readRef(to.room)?.channel;
    default:
      return never(to);
  }
}
