/** Threads under messages: opened, woken, listed. */
import { Routes } from 'discord.js';
import type { Instant } from '../../../src/chat/ids.ts';
import { codeOf, failureOf } from '../failure.ts';
import { type Body, dig, idOf, recordsOf } from '../incoming/read.ts';
import type { DiscordRef } from '../refs.ts';
import { byAge, idSince } from './scan.ts';
import { threadName } from './thread-name.ts';
import type { Trip } from './trip.ts';

/** Discord puts a thread away after a week without a word, at the latest; in minutes. */
export const WEEK_MIN = 10_080;

const ALREADY_THERE = 160_004;
const WRONG_KIND = 50_024;
const UNSEEN: ReadonlySet<number | undefined> = new Set([10_003, 50_001, 50_013]);

/** Throws a DeliveryError. A thread opened twice is opened once, so doing it again does no harm. */
export async function openThread(
  { api }: Pick<Trip, 'api'>,
  { channel, id }: DiscordRef,
  title: string,
): Promise<'open' | 'no threads there'> {
  const body = { name: threadName(title), auto_archive_duration: WEEK_MIN };
  try {
    await api.record('post', Routes.threads(channel, id), { body });
    return 'open';
  } catch (error) {
    const code = codeOf(error);
    if (code === ALREADY_THERE) return 'open';
    // In a DM, or inside of another thread.
    if (code === WRONG_KIND) return 'no threads there';
    throw failureOf(error, 'prepares');
  }
}

/** Takes a thread out of the archive. Throws a DeliveryError, in words when it is locked. */
export async function openAgain({ api }: Pick<Trip, 'api'>, thread: string): Promise<void> {
  await api.record('patch', Routes.channel(thread), { body: { archived: false } }).catch((error: unknown) => {
    throw failureOf(error, 'prepares');
  });
}

export interface Thread {
  readonly id: string;
  readonly parent: string;
  readonly name: unknown;
}

/**
 * Threads of that type which we made since then, newest first: open ones anywhere on the server, archived ones of those channels.
 * Rejects as a request does.
 */
export async function ourThreads(
  trip: Trip,
  parents: readonly string[],
  type: 11 | 12,
  since: Instant,
): Promise<readonly Thread[]> {
  const { api, team } = trip;
  const me = await trip.me();
  const found = [...recordsOf((await api.record('get', Routes.guildActiveThreads(team)))['threads'])];
  for (const parent of parents) {
    const archive = type === 12 ? Routes.channelJoinedArchivedThreads(parent) : Routes.channelThreads(parent, 'public');
    const archived = await api.record('get', archive, { query: { limit: '50' } }).catch((error: unknown) => {
      // One that we may not look into holds nothing of ours.
      if (parents.length > 1 && UNSEEN.has(codeOf(error))) return undefined;
      throw error;
    });
    found.push(...recordsOf(archived?.['threads']));
  }
  const oldest = idSince(since);
  return found
    .filter((thread) => dig(thread, 'owner_id') === me && thread['type'] === type)
    .flatMap(readThread)
    .filter(({ id }) => byAge(oldest, id) <= 0)
    .toSorted((a, b) => byAge(b.id, a.id));
}

function readThread(thread: Body): Thread[] {
  const id = idOf(thread['id']);
  const parent = idOf(thread['parent_id']);
  return id === undefined || parent === undefined ? [] : [{ id, parent, name: thread['name'] }];
}
