/** Messages and files: said where they belong, changed, taken back. */
import { type Client, Routes } from 'discord.js';
import type { Name, Ref } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { codeOf, failureOf, later, refused } from '../failure.ts';
import { idOf } from '../incoming/read.ts';
import { nonceOf } from '../names.ts';
import { wordsFor } from '../reasons.ts';
import { type DiscordRef, homeOf, readRef, refOf } from '../refs.ts';
import type { Doubts } from './doubts.ts';
import { postInForum } from './forum.ts';
import { filePayloadOf, payloadOf, type Payload } from './payload.ts';
import type { Painter } from './pictures.ts';
import type { Places, Where } from './places.ts';
import { openAgain, openThread } from './threads.ts';
import { mustBeInTime, type Trip } from './trip.ts';

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>;

export interface Means {
  readonly client: Pick<Client, 'guilds'>;
  readonly places: Places;
  readonly paint: Painter;
  readonly doubts: Doubts;
}

export interface Said {
  readonly name: Name;
  readonly payload: Payload;
}

const UNKNOWN_CHANNEL = 10_003;
const UNKNOWN_MESSAGE = 10_008;
const ARCHIVED = 50_083;

export async function post(trip: Trip, means: Means, { name, to, message, thread }: Of<'post'>): Promise<Ref> {
  const where = await means.places.of(trip, to).catch(notReady);
  const payload = payloadOf(trip.team, name, message, await means.paint(trip, message));
  return say(trip, means, where, { name, payload: thread === undefined ? payload : { ...payload, title: thread } });
}

export async function share(trip: Trip, means: Means, file: Of<'file'>): Promise<Ref> {
  const where = await means.places.of(trip, file.to).catch(notReady);
  return say(trip, means, where, { name: file.name, payload: filePayloadOf(file) });
}

async function say(trip: Trip, means: Means, where: Where, said: Said): Promise<Ref> {
  switch (where.kind) {
    case 'forum':
      return postInForum(trip, means.doubts, where.channel, said);
    case 'thread':
      return sayInThread(trip, where.root, said);
    case 'dm':
      return sayInDm(trip, means.places, where, said);
    default:
      return refOf('message', where.channel, await create(trip, where.channel, said).catch(fail));
  }
}

/** One message, however often it is asked for within a few minutes: its id. Rejects as a request does. */
export async function create(trip: Trip, channel: string, { name, payload }: Said, more = {}): Promise<string> {
  mustBeInTime(trip);
  const { files } = payload;
  const body = { ...payload.body, nonce: nonceOf(trip.team, name), enforce_nonce: true, ...more };
  const id = idOf((await trip.api.record('post', Routes.channelMessages(channel), { body, files }))['id']);
  if (id === undefined) throw new TypeError('a message without an id');
  return id;
}

function fail(error: unknown): never {
  throw failureOf(error);
}

function notReady(error: unknown): never {
  throw failureOf(error, 'prepares');
}

async function sayInDm(trip: Trip, places: Places, { channel, person }: Extract<Where, { kind: 'dm' }>, said: Said) {
  const id = await create(trip, channel, said).catch((error: unknown) => {
    if (codeOf(error) !== UNKNOWN_CHANNEL) throw failureOf(error);
    places.forget(person);
    throw later('the conversation is opened anew', String(UNKNOWN_CHANNEL), 0);
  });
  return refOf('message', channel, id);
}

/** A thread that nobody opened yet is opened, one that sleeps is woken; where there can be none, it is an answer to the message. */
async function sayInThread(trip: Trip, root: DiscordRef, said: Said): Promise<Ref> {
  const attempt = async (): Promise<Ref> => refOf('message', root.id, await create(trip, root.id, said));
  try {
    return await attempt();
  } catch (error) {
    const code = codeOf(error);
    if (code === ARCHIVED) await openAgain(trip, root.id);
    else if (code !== UNKNOWN_CHANNEL || root.kind !== 'message') throw failureOf(error);
    else if ((await openThread(trip, root, said.payload.title)) === 'no threads there')
      return sayBelow(trip, root, said);
  }
  return attempt().catch((error: unknown) => {
    if (codeOf(error) === UNKNOWN_CHANNEL) throw refused('the thread is no longer there', UNKNOWN_CHANNEL);
    throw failureOf(error);
  });
}

async function sayBelow(trip: Trip, { channel, id }: DiscordRef, said: Said): Promise<Ref> {
  const reference = { message_reference: { message_id: id, fail_if_not_exists: false } };
  return refOf('message', channel, await create(trip, channel, said, reference).catch(fail));
}

export async function edit(trip: Trip, { paint }: Means, { name, ref, message }: Of<'edit'>): Promise<Ref> {
  const at = mustRead(ref);
  const { body, files } = payloadOf(trip.team, name, message, await paint(trip, message));
  const channel = homeOf(at);
  const path = Routes.channelMessage(channel, at.id);
  const attempt = (): Promise<unknown> => trip.api.record('patch', path, { body, files });
  mustBeInTime(trip);
  await attempt()
    .catch(async (error: unknown) => {
      if (codeOf(error) !== ARCHIVED) throw error;
      await openAgain(trip, channel);
      return attempt();
    })
    .catch(fail);
  return ref;
}

/** Taking back what is gone already is done. Of a room nobody can take back the words of others: it is put away. */
export async function remove(trip: Trip, { ref }: Pick<Of<'remove'>, 'ref'>): Promise<Ref> {
  const at = mustRead(ref);
  const channel = homeOf(at);
  const attempt = (): Promise<void> =>
    at.kind === 'room'
      ? trip.api.done('patch', Routes.channel(channel), { body: { archived: true } })
      : trip.api.done('delete', Routes.channelMessage(channel, at.id));
  await attempt()
    .catch(async (error: unknown) => {
      if (codeOf(error) !== ARCHIVED || at.kind === 'room') throw error;
      await openAgain(trip, channel);
      return attempt();
    })
    .catch((error: unknown) => {
      const code = codeOf(error) ?? 0;
      if (!GONE.has(code) && !(at.kind === 'room' && code === ARCHIVED)) throw failureOf(error);
    });
  return ref;
}

const GONE: ReadonlySet<number> = new Set([UNKNOWN_CHANNEL, UNKNOWN_MESSAGE]);

/** The thread under a post; that it is there already is all that is wanted. In a forum the post is its thread. */
export async function openUnder(trip: Trip, { ref, title }: Of<'thread'>): Promise<Ref> {
  const at = mustRead(ref);
  if (at.kind === 'message') await openThread(trip, at, title);
  return ref;
}

function mustRead(ref: Ref): DiscordRef {
  const at = readRef(ref);
  if (!at) throw refused(wordsFor(UNKNOWN_MESSAGE), UNKNOWN_MESSAGE);
  return at;
}
