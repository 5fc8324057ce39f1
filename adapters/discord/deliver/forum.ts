/** Posts in a forum: each is a thread with its first message. Discord makes two of one that is asked for twice, so it is looked for first. */
import { Routes } from 'discord.js';
import type { Found } from '../../../src/chat/chat.ts';
import type { Instant, Name, Ref } from '../../../src/chat/ids.ts';
import { DAY, MINUTE, plus } from '../../../src/chat/world.ts';
import { codeOf, failureOf, later } from '../failure.ts';
import { dig, idOf } from '../incoming/read.ts';
import { fileMarkOf, markOf } from '../names.ts';
import { refOf } from '../refs.ts';
import type { Doubts } from './doubts.ts';
import type { Said } from './say.ts';
import { ABSENT, CANNOT_TELL, fileSignOf, type Sign, signOf } from './scan.ts';
import { threadName } from './thread-name.ts';
import { ourThreads, WEEK_MIN } from './threads.ts';
import { mustBeInTime, type Trip } from './trip.ts';

const PUBLIC_THREAD = 11;
/** A thread or its first message, deleted since. */
const GONE: ReadonlySet<number | undefined> = new Set([10_003, 10_008]);
/** Of our own posts so many are looked at, newest first. */
const MOST = 30;

export async function postInForum(trip: Trip, doubts: Doubts, forum: string, said: Said): Promise<Ref> {
  doubts.mustBeOver(trip.team, said.name);
  const there = await findInForum(trip, forum, said.name, plus(trip.began, -DAY)).catch((error: unknown) => {
    throw failureOf(error, 'prepares');
  });
  if (there.kind === 'found') return there.ref;
  if (there.kind === 'cannot tell') throw later('the posts there cannot be looked through', 'in doubt', MINUTE);
  mustBeInTime(trip);
  const { body: message, files, title } = said.payload;
  const body = { name: threadName(title), auto_archive_duration: WEEK_MIN, message };
  try {
    const id = idOf((await trip.api.record('post', Routes.threads(forum), { body, files }))['id']);
    if (id === undefined) throw new TypeError('a thread without an id');
    return refOf('forum post', forum, id);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.effect === 'unknown') doubts.note(trip.team, said.name);
    throw failure;
  }
}

/** Our post of that name, made since then. Rejects as a request does. */
export async function findInForum(trip: Trip, forum: string, name: Name, since: Instant): Promise<Found> {
  const isPost = signOf(markOf(trip.team, name));
  const isFile = fileSignOf(fileMarkOf(trip.team, name));
  const threads = (await ourThreads(trip, [forum], PUBLIC_THREAD, since)).filter(({ parent }) => parent === forum);
  for (const { id } of threads.slice(0, MOST)) {
    if (await begins(trip, id, (message) => isPost(message) || isFile(message)))
      return { kind: 'found', ref: refOf('forum post', forum, id) };
  }
  return threads.length > MOST ? CANNOT_TELL : ABSENT;
}

/** Whether the first message of a post is the one; it may have been deleted. */
async function begins(trip: Trip, thread: string, isIt: Sign): Promise<boolean> {
  try {
    const message = await trip.api.record('get', Routes.channelMessage(thread, thread));
    return dig(message, 'author', 'id') === (await trip.me()) && isIt(message);
  } catch (error) {
    if (GONE.has(codeOf(error))) return false;
    throw error;
  }
}
