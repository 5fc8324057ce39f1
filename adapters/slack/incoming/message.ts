/** What happens to messages: said, changed and deleted by people, and our own coming back. */
import type { Instant, TeamId } from '../../../src/chat/ids.ts';
import type { Echo, Removed, Reply } from '../../../src/chat/incoming.ts';
import { nameIn } from '../names.ts';
import { refOf } from '../refs.ts';
import { readText } from '../render/index.ts';
import { placeAt } from './place.ts';
import {
  type Body,
  channelOf,
  dig,
  longTextOf,
  personOf,
  recordOf,
  recordsOf,
  textOf,
  timeOf,
  tsOf,
  type Unsigned,
} from './read.ts';

export interface MessageFacts {
  readonly team: TeamId;
  readonly eventId: string;
  readonly now: Instant;
  readonly botUser: string;
  readonly botId: string;
  nameOf(id: string): string | undefined;
}

/** What the core hears of it: something somebody did, something about our own posts, or nothing. */
export type Heard = { readonly signed: Echo | Removed } | { readonly unsigned: Unsigned<Reply> } | undefined;

/** Kinds of message people write; the others tell of something else. */
const WRITTEN: ReadonlySet<unknown> = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

export function readMessage(event: Body, facts: MessageFacts): Heard {
  const subtype = event['subtype'];
  if (subtype === 'message_changed') return readChange(event, facts);
  if (subtype === 'message_deleted') return readDeletion(event, facts, event['previous_message'], event['deleted_ts']);
  if (isOurs(event, facts)) return readEcho(event, facts);
  return WRITTEN.has(subtype) ? replyOf(event, event, facts, { change: 'new' }) : undefined;
}

/** All the texts an event may carry, for the names of those they mention. */
export const textIn = (event: Body): string =>
  longTextOf(event['subtype'] === 'message_changed' ? dig(event, 'message', 'text') : event['text']) ?? '';

const isOurs = (message: Body, { botId, botUser }: MessageFacts): boolean =>
  message['bot_id'] === botId || message['user'] === botUser;

/** Our own post, seen with the name we gave it. What the person who acted sees alone has none. */
function readEcho(event: Body, { team, eventId, now }: MessageFacts): Heard {
  const name = nameIn(textOf(recordsOf(event['blocks'])[0]?.['block_id']) ?? '');
  const channel = channelOf(event['channel']);
  const ts = tsOf(event['ts']);
  if (name === undefined || channel === undefined || ts === undefined) return undefined;
  const id = `slack:${eventId}`;
  return { signed: { kind: 'echo', id, team, at: timeOf(now, ts), name, ref: refOf(channel, ts) } };
}

/** A change of the words; also how Slack tells that the head of a thread is gone. Previews of links change nothing. */
function readChange(event: Body, facts: MessageFacts): Heard {
  const message = recordOf(event['message']);
  if (message === undefined) return undefined;
  if (message['subtype'] === 'tombstone') return readDeletion(event, facts, event['previous_message'], message['ts']);
  const edited = tsOf(dig(message, 'edited', 'ts'));
  if (edited === undefined || edited === dig(event, 'previous_message', 'edited', 'ts')) return undefined;
  if (isOurs(message, facts) || !WRITTEN.has(message['subtype'])) return undefined;
  return replyOf(event, message, facts, { change: 'edited', edited });
}

function readDeletion(event: Body, facts: MessageFacts, previous: unknown, deleted: unknown): Heard {
  const before = recordOf(previous);
  const channel = channelOf(event['channel']);
  const ts = tsOf(deleted) ?? tsOf(before?.['ts']);
  if (channel === undefined || ts === undefined) return undefined;
  // Without its author it may have been ours; the core knows which were.
  if (before === undefined || isOurs(before, facts)) {
    const what = { kind: 'post', ref: refOf(channel, ts) } as const;
    const { team, eventId, now } = facts;
    const at = timeOf(now, event['event_ts'], event['ts']);
    return { signed: { kind: 'removed', id: `slack:${eventId}`, team, at, what } };
  }
  if (!WRITTEN.has(before['subtype'])) return undefined;
  return replyOf(event, { ...before, ts }, facts, { change: 'deleted' });
}

interface Change {
  readonly change: Reply['change'];
  readonly edited?: string;
}

function replyOf(event: Body, message: Body, facts: MessageFacts, { change, edited }: Change): Heard {
  const by = personOf(message['user']);
  const channel = channelOf(event['channel']);
  const ts = tsOf(message['ts']);
  if (by === undefined || channel === undefined || ts === undefined || message['bot_id'] !== undefined)
    return undefined;
  const thread = tsOf(message['thread_ts']);
  if (isElsewhere(message, facts)) return undefined;
  const place = placeAt({ channel, thread, ts }, by);
  if (place.in === 'channel') return undefined;
  const ref = refOf(channel, ts);
  const stamp = change === 'edited' ? `${change}:${edited}` : change;
  const moment = change === 'new' ? ts : change === 'edited' ? edited : event['event_ts'];
  const called = calledIn(message);
  return {
    unsigned: {
      event: {
        kind: 'reply',
        id: `slack:${facts.team}:${ref}:${stamp}`,
        team: facts.team,
        at: timeOf(facts.now, moment),
        place,
        ref,
        change,
        extras: change === 'deleted' ? 0 : extrasOf(message),
        ...(change === 'deleted' ? {} : wordsOf(message, facts)),
      },
      by,
      ...(called === undefined ? {} : { called }),
    },
  };
}

/** In a thread under somebody else's message, where Slack tells whose it is. */
function isElsewhere(message: Body, { botUser, botId }: MessageFacts): boolean {
  const parent = message['parent_user_id'] ?? dig(message, 'root', 'user');
  if (parent !== undefined) return parent !== botUser;
  const bot = dig(message, 'root', 'bot_id');
  return bot !== undefined && bot !== botId;
}

function wordsOf(message: Body, { nameOf }: MessageFacts): { readonly text?: string } {
  const text = longTextOf(message['text']);
  return text === undefined ? {} : { text: readText(text, nameOf) };
}

/** Files and shared messages. The preview of a link is not something a person added. */
const extrasOf = (message: Body): number =>
  recordsOf(message['files']).length +
  recordsOf(message['attachments']).filter((one) => one['from_url'] === undefined || one['is_share'] === true).length;

const calledIn = (message: Body): string | undefined => {
  const profile = recordOf(message['user_profile']);
  return textOf(profile?.['display_name']) ?? textOf(profile?.['real_name']) ?? textOf(profile?.['name']);
};
