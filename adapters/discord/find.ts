/** Looks whether a delivery is there: by the mark in its first component or its file's name, and by its author. */
import type { Found } from '../../src/chat/chat.ts';
import type { Instant } from '../../src/chat/ids.ts';
import { between } from '../../src/chat/world.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { threadInstead } from './deliver/closed-dms.ts';
import { LATE_MS } from './deliver/doubts.ts';
import { findInForum } from './deliver/forum.ts';
import { homesNear } from './deliver/homes.ts';
import type { Means } from './deliver/means.ts';
import type { Where } from './deliver/places.ts';
import { findHalf, isFull, planOf } from './deliver/room.ts';
import { ABSENT, CANNOT_TELL, fileSignOf, scan, type Sign, signOf } from './deliver/scan.ts';
import type { Trip } from './deliver/trip.ts';
import { codeOf } from './failure.ts';
import { fileMarkOf, markOf } from './names.ts';
import { madeAt, refOf } from './refs.ts';

const UNKNOWN_CHANNEL = 10_003;

/** One look at what was said or made there since. Never rejects. */
export async function find(trip: Trip, means: Means, delivery: Delivery, since: Instant): Promise<Found> {
  // Changing, taking back or opening once more does no harm, so there is nothing to find.
  if (delivery.kind === 'edit' || delivery.kind === 'remove' || delivery.kind === 'thread') return ABSENT;
  try {
    if (delivery.kind === 'room') return await findRoom(trip, means, delivery, since);
    const where = await means.places.of(trip, delivery.to);
    return where.kind === 'forum'
      ? await findInForum(trip, where.channel, delivery.name, since)
      : await findMessage(trip, means, where, delivery, since);
  } catch (error) {
    return codeOf(error) === UNKNOWN_CHANNEL ? ABSENT : CANNOT_TELL;
  }
}

type Said = Extract<Delivery, { kind: 'post' | 'file' }>;

async function findMessage(
  trip: Trip,
  means: Means,
  where: Where,
  { kind, team, name }: Said,
  since: Instant,
): Promise<Found> {
  const isIt = kind === 'file' ? fileSignOf(fileMarkOf(team, name)) : signOf(markOf(team, name));
  if (where.kind === 'dm') return findForPerson(trip, means, where, since, isIt);
  if (where.kind !== 'thread') return scan(trip, where.channel, since, isIt);
  return scan(trip, where.channel, since, isIt).catch((error: unknown) => {
    // Where there are no threads, it was said beside the message.
    if (codeOf(error) !== UNKNOWN_CHANNEL || where.root.kind !== 'message') throw error;
    return scan(trip, where.root.channel, since, isIt);
  });
}

/** Where direct messages are closed, it was said in a thread instead. */
async function findForPerson(
  trip: Trip,
  means: Means,
  { channel, person }: Extract<Where, { kind: 'dm' }>,
  since: Instant,
  isIt: Sign,
): Promise<Found> {
  const found = await scan(trip, channel, since, isIt);
  if (found.kind !== 'absent') return found;
  const thread = await threadInstead(trip, means, person);
  return thread ? scan(trip, thread.id, since, isIt) : ABSENT;
}

/** One that is half made counts as absent: the next try takes it up. */
async function findRoom(
  trip: Trip,
  { places }: Means,
  room: Extract<Delivery, { kind: 'room' }>,
  since: Instant,
): Promise<Found> {
  const half = await findHalf(trip, planOf(room, since), await homesNear(trip, places, room.near));
  if (!half) return ABSENT;
  if (!half.isMarked) return between(madeAt(half.id), trip.world.now()) < LATE_MS * 2 ? CANNOT_TELL : ABSENT;
  return (await isFull(trip, half.id, room)) ? { kind: 'found', ref: refOf('room', half.parent, half.id) } : ABSENT;
}
