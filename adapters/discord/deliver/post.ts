/** Messages and files: said where they belong, changed, taken back. */
import { Routes } from 'discord.js';
import type { Ref } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { codeOf, failureOf, later, refused } from '../failure.ts';
import { wordsFor } from '../reasons.ts';
import { type DiscordRef, homeOf, readRef, refOf } from '../refs.ts';
import { sayToClosed } from './closed-dms.ts';
import { postInForum } from './forum.ts';
import type { Means } from './means.ts';
import { filePayloadOf, payloadOf } from './payload.ts';
import type { Where } from './places.ts';
import { create, fail, type Said, sayInThread } from './say.ts';
import { openAgain, openThread } from './threads.ts';
import { mustBeInTime, type Trip } from './trip.ts';

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>;

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
      return sayInDm(trip, means, where, said);
    default:
      return refOf('message', where.channel, await create(trip, where.channel, said).catch(fail));
  }
}

function notReady(error: unknown): never {
  throw failureOf(error, 'prepares');
}

const CLOSED: ReadonlySet<number | undefined> = new Set([50_007, 50_278]);

async function sayInDm(trip: Trip, means: Means, { channel, person }: Extract<Where, { kind: 'dm' }>, said: Said) {
  try {
    return refOf('message', channel, await create(trip, channel, said));
  } catch (error) {
    if (CLOSED.has(codeOf(error))) return sayToClosed(trip, means, person, said);
    if (codeOf(error) !== UNKNOWN_CHANNEL) throw failureOf(error);
    means.places.forget(person);
    throw later('the conversation is opened anew', String(UNKNOWN_CHANNEL), 0);
  }
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
