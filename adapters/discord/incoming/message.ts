/** What people write: a message as Discord has it, as the event it is to the core. Pushed and read later, it has one id. */
import type { Instant, TeamId } from '../../../src/chat/ids.ts';
import type { Person, Reply } from '../../../src/chat/incoming.ts';
import { madeAt } from '../refs.ts';
import { readText } from '../render/index.ts';
import { placeAt, refAt, type Spot } from './place.ts';
import { type Body, dig, idOf, longTextOf, recordsOf, textOf, timeOf } from './read.ts';

/** Where a message stands and who wrote it; both take more than the message to know. */
export interface MessageFacts {
  readonly team?: TeamId;
  readonly spot: Spot;
  readonly from: Person;
}

/** Kinds of message people write: plain ones and replies. The others tell of something else. */
const WRITTEN: ReadonlySet<unknown> = new Set([0, 19]);

/** Somebody wrote it themselves: no bot, no webhook, no notice of Discord's. */
export const isWritten = (message: Body): boolean =>
  WRITTEN.has(message['type'] ?? 0) &&
  message['webhook_id'] === undefined &&
  dig(message, 'author', 'bot') !== true &&
  dig(message, 'author', 'system') !== true;

/** When its words were changed last; undefined for one that never was. */
export const editedAt = (message: Body): Instant | undefined => timeOf(message['edited_timestamp']);

/** A new message. Undefined when it has no id. */
export const readNew = (message: Body, facts: MessageFacts): Reply | undefined =>
  replyOf(message, facts, (id) => ({ change: 'new', stamp: 'new', at: madeAt(id) }));

/** Its words were changed. Undefined when they were not: previews of links change nothing. */
export function readEdited(message: Body, facts: MessageFacts): Reply | undefined {
  const at = editedAt(message);
  return at && replyOf(message, facts, () => ({ change: 'edited', stamp: `edited:${at}`, at }));
}

/** It is gone; only its id is told. */
export const readDeleted = (id: string, facts: MessageFacts, at: Instant): Reply | undefined =>
  replyOf({ id }, facts, () => ({ change: 'deleted', stamp: 'deleted', at }));

interface Change {
  readonly change: Reply['change'];
  readonly stamp: string;
  readonly at: Instant;
}

function replyOf(
  message: Body,
  { team, spot, from }: MessageFacts,
  changed: (id: string) => Change,
): Reply | undefined {
  const id = idOf(message['id']);
  if (id === undefined) return undefined;
  const { change, stamp, at } = changed(id);
  return {
    kind: 'reply',
    id: `discord:${id}:${stamp}`,
    ...(team === undefined ? {} : { team }),
    at,
    from,
    place: placeAt(spot, from.id),
    ref: refAt(spot, id),
    change,
    ...(change === 'deleted' ? { extras: 0 } : { extras: extrasOf(message), ...wordsOf(message) }),
  };
}

const extrasOf = (message: Body): number =>
  recordsOf(message['attachments']).length +
  recordsOf(message['sticker_items']).length +
  recordsOf(message['message_snapshots']).length;

/** Where Discord hides what people write, a message comes with nothing in it at all. */
export function wordsOf(message: Body): { readonly text?: string } {
  const text = longTextOf(message['content']);
  if (text === undefined || (text === '' && extrasOf(message) === 0)) return {};
  return { text: readText(text, nameIn(message['mentions'])) };
}

/** The names of the people a message mentions, which come with it. */
function nameIn(mentions: unknown): (id: string) => string | undefined {
  const named = recordsOf(mentions).map((user) => {
    const name = dig(user, 'member', 'nick') ?? user['global_name'] ?? user['username'];
    return [user['id'], textOf(name)] as const;
  });
  const names = new Map<unknown, string | undefined>(named);
  return (id) => names.get(id);
}
