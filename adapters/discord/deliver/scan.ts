/** Looks through what was said lately in a channel for a message of our own. */
import { Routes } from 'discord.js';
import type { Found } from '../../../src/chat/chat.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import { MINUTE, msOf } from '../../../src/chat/world.ts';
import { codeOf, refused } from '../failure.ts';
import { type Body, dig, idOf, recordsOf } from '../incoming/read.ts';
import { missingFor } from '../reasons.ts';
import { idFrom, refOf } from '../refs.ts';
import type { Trip } from './trip.ts';

/** Whether a message is the one. */
export type Sign = (message: Body) => boolean;

/** Our clock may be ahead of Discord's by this much, in ms. */
const SKEW_MS = MINUTE;
const PAGE = 100;
/** Further than this many pages nobody looks: too much was said since. */
const PAGES = 3;

export const CANNOT_TELL = { kind: 'cannot tell' } as const;
export const ABSENT = { kind: 'absent' } as const;

/** The smallest id that something made since then may have. */
export const idSince = (since: Instant): string => idFrom(msOf(since) - SKEW_MS);

/** A message of that mark bears it on its first component; what we made of it since keeps it. */
export const signOf =
  (mark: number): Sign =>
  (message) =>
    recordsOf(message['components'])[0]?.['id'] === mark;

export const fileSignOf =
  (mark: string): Sign =>
  (message) =>
    recordsOf(message['attachments']).some(({ filename }) => typeof filename === 'string' && filename.includes(mark));

/** Our own message there that bears the sign, made since then. Rejects as a request does. */
export async function scan(trip: Trip, channel: string, since: Instant, isIt: Sign): Promise<Found> {
  const me = await trip.me();
  let after = idSince(since);
  for (let page = 0; page < PAGES; page++) {
    const messages = await trip.api.records(Routes.channelMessages(channel), { after, limit: String(PAGE) });
    if (messages.length === 0 && page === 0) await mustRead(trip, channel);
    const match = messages.find((message) => dig(message, 'author', 'id') === me && isIt(message));
    const id = idOf(match?.['id']);
    if (id !== undefined) return { kind: 'found', ref: refOf('message', channel, id) };
    if (messages.length < PAGE) return ABSENT;
    after = newest(messages) ?? after;
  }
  return CANNOT_TELL;
}

/** The largest id among them. */
export const newest = (messages: readonly Body[]): string | undefined =>
  messages
    .map(({ id }) => idOf(id))
    .filter((id) => id !== undefined)
    .toSorted(byAge)
    .at(-1);

/** Older ids first: they grow, and so do their digits. */
export const byAge = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/**
 * Without the permission for it a history is not refused, but empty; asking for a message that nobody wrote tells the two apart.
 * Throws a DeliveryError without it; otherwise rejects as a request does.
 */
export async function mustRead({ api }: Pick<Trip, 'api'>, channel: string): Promise<void> {
  try {
    await api.record('get', Routes.channelMessage(channel, channel));
  } catch (error) {
    const code = codeOf(error);
    if (code === UNKNOWN_MESSAGE) return;
    if (code === NO_PERMISSION) throw refused(missingFor('GET', '', undefined), NO_PERMISSION);
    throw error;
  }
}

const UNKNOWN_MESSAGE = 10_008;
const NO_PERMISSION = 50_013;
