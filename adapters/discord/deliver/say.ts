/** Says something in a channel, or in a thread that may have to be opened or woken first. */
import { Routes } from 'discord.js';
import type { Name, Ref } from '../../../src/chat/ids.ts';
import { codeOf, failureOf, refused } from '../failure.ts';
import { idOf } from '../incoming/read.ts';
import { nonceOf } from '../names.ts';
import { type DiscordRef, refOf } from '../refs.ts';
import type { Payload } from './payload.ts';
import { openAgain, openThread } from './threads.ts';
import { mustBeInTime, type Trip } from './trip.ts';

export interface Said {
  readonly name: Name;
  readonly payload: Payload;
}

const UNKNOWN_CHANNEL = 10_003;
const ARCHIVED = 50_083;

/** One message, however often it is asked for within a few minutes: its id. Rejects as a request does. */
export async function create(trip: Trip, channel: string, { name, payload }: Said, more = {}): Promise<string> {
  mustBeInTime(trip);
  const { files } = payload;
  const body = { ...payload.body, nonce: nonceOf(trip.team, name), enforce_nonce: true, ...more };
  const id = idOf((await trip.api.record('post', Routes.channelMessages(channel), { body, files }))['id']);
  if (id === undefined) throw new TypeError('a message without an id');
  return id;
}

/** For what people would see. */
export function fail(error: unknown): never {
  throw failureOf(error);
}

/** A thread that nobody opened yet is opened, one that sleeps is woken; where there can be none, it is an answer to the message. */
export async function sayInThread(trip: Trip, root: DiscordRef, said: Said): Promise<Ref> {
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
