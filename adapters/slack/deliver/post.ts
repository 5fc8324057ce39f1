/** Messages: said, changed, taken back, and the first one of a room. */
import { DeliveryError } from '../../../src/chat/chat.ts';
import type { Name, Ref } from '../../../src/chat/ids.ts';
import { LIMITS } from '../../../src/chat/limits.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { cut, t } from '../../../src/chat/text.ts';
import { plus } from '../../../src/chat/world.ts';
import { codeOf, failureOf, refused } from '../failure.ts';
import { wordsFor } from '../reasons.ts';
import { readRef, refOf } from '../refs.ts';
import { renderMessage } from '../render/index.ts';
import { NO_PICTURES, type Painter, type Pictures } from './pictures.ts';
import type { Places, Where } from './places.ts';
import { blockIdOf } from '../names.ts';
import { mustBeInTime, type Trip } from './trip.ts';

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>;

export interface Means {
  readonly places: Places;
  readonly painter: Painter;
}

/** A group DM takes this many people beside us. */
const ROOM_FOR = 8;

export async function post(trip: Trip, means: Means, { name, to, message }: Of<'post'>): Promise<Ref> {
  return say(trip, means, await means.places.of(trip.tenant, to), { name, message });
}

export async function openRoom(trip: Trip, means: Means, { name, title, members }: Of<'room'>): Promise<Ref> {
  if (members.length > ROOM_FOR)
    throw refused(`a group message takes ${ROOM_FOR} people, this one is for ${members.length}`, 'too_many_users');
  if (members.length === 0) throw refused('a group message needs someone to be in it', 'users_list_not_supplied');
  const where = await means.places.withPeople(trip.tenant, members);
  const message: Message = {
    title: cut(title, LIMITS.title),
    blocks: [{ kind: 'text', text: t`Everything for this is in the thread of this message. Reply there.` }],
  };
  return say(trip, means, where, { name, message });
}

interface Said {
  readonly name: Name;
  readonly message: Message;
}

async function say(trip: Trip, { places, painter }: Means, where: Where, { name, message }: Said): Promise<Ref> {
  const { channel, threadTs, remembered } = where;
  const { team, client } = trip.tenant;
  const said = await showing(trip, painter, message, (body) =>
    client.chat.postMessage({
      channel,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      ...named(name, body),
      metadata: metadataOf(name),
      unfurl_links: false,
      unfurl_media: false,
    }),
  ).catch((error: unknown) => {
    if (codeOf(error) !== 'channel_not_found' || remembered === undefined) throw failureOf(error);
    places.forget(team, channel);
    throw new DeliveryError('the conversation is opened anew [channel_not_found]', { effect: 'none', retry: SOON });
  });
  if (said.ts === undefined) throw failureOf(undefined);
  if (threadTs !== undefined && said.message?.thread_ts !== threadTs) await takeBackStray(trip, said);
  return refOf(said.channel ?? channel, said.ts);
}

/** Under a message that is gone Slack posts to the whole channel instead, and calls it well done. */
async function takeBackStray(trip: Trip, { channel = '', ts = '' }: { channel?: string; ts?: string }): Promise<never> {
  await remove(trip, { ref: refOf(channel, ts) });
  throw refused(wordsFor('thread_not_found'), 'thread_not_found');
}

const SOON = { afterMs: 0 } as const;

/** The name goes along, and nothing else: metadata is there for every app and member to read. */
const metadataOf = (name: Name) => ({ event_type: 'greenroom', event_payload: { name } });

export async function edit(trip: Trip, { painter }: Means, { name, ref, message }: Of<'edit'>): Promise<Ref> {
  const { channel, ts } = mustRead(ref);
  await showing(trip, painter, message, (body) =>
    trip.tenant.client.chat.update({ channel, ts, ...named(name, body), metadata: metadataOf(name) }),
  ).catch((error: unknown) => {
    throw failureOf(error);
  });
  return ref;
}

/** Taking back what is gone already is done. */
export async function remove(trip: Trip, { ref }: { readonly ref: Ref }): Promise<Ref> {
  const { channel, ts } = mustRead(ref);
  await trip.tenant.client.chat.delete({ channel, ts }).catch((error: unknown) => {
    if (codeOf(error) !== 'message_not_found') throw failureOf(error);
  });
  return ref;
}

function mustRead(ref: Ref): { channel: string; ts: string } {
  const at = readRef(ref);
  if (!at) throw refused('the message is no longer there', 'message_not_found');
  return at;
}

type Body = ReturnType<typeof renderMessage>;

/** Of metadata Slack's events tell only the kind. Blocks they tell whole, so the first one says which post it is. */
function named(name: Name, body: Body): Body {
  const [first, ...rest] = body.blocks;
  return first === undefined ? body : { ...body, blocks: [{ ...first, block_id: blockIdOf(name) }, ...rest] };
}

/** What cannot be shown is refused like what Slack will not take. What was wrong may quote people, so it is not passed on. */
function render(message: Message, pictures: Pictures): Body {
  try {
    return renderMessage(message, pictures);
  } catch {
    throw refused(wordsFor('invalid_blocks'), 'not_rendered');
  }
}

/** Slack looks through a picture before it lets us show it; after these waits, in ms, the post goes out without. */
const PICTURE_WAITS_MS = [1000, 2000];

/** Sends `message` by `send`. A refusal of its blocks may be about a picture that is not ready yet. */
async function showing<T>(
  trip: Trip,
  painter: Painter,
  message: Message,
  send: (body: Body) => Promise<T>,
): Promise<T> {
  const pictures = await painter.of(trip, message);
  const attempt = (shown: Pictures): Promise<T> => {
    const body = render(message, shown);
    mustBeInTime(trip);
    return send(body);
  };
  if (pictures.size === 0) return attempt(NO_PICTURES);
  for (const wait of [0, ...PICTURE_WAITS_MS]) {
    if (wait > 0) await trip.world.sleepUntil(plus(trip.world.now(), wait));
    try {
      return await attempt(pictures);
    } catch (error) {
      if (codeOf(error) !== 'invalid_blocks') throw error;
    }
  }
  painter.forget(pictures);
  return attempt(NO_PICTURES);
}
