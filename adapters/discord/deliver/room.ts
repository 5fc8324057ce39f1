/**
 * Rooms: private threads for a few. One is made in steps, and each may fail: what an earlier try left half made is taken up again,
 * known by its first message, or while it has none by its title.
 */
import { Routes } from 'discord.js';
import type { DeliveryError } from '../../../src/chat/chat.ts';
import type { Instant, Ref } from '../../../src/chat/ids.ts';
import { LIMITS } from '../../../src/chat/limits.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { cut, t, type Text } from '../../../src/chat/text.ts';
import { between, DAY, plus } from '../../../src/chat/world.ts';
import { codeOf, failureOf, later, refused, unsure } from '../failure.ts';
import { type Body, dig, idOf } from '../incoming/read.ts';
import { markOf } from '../names.ts';
import { wordsFor } from '../reasons.ts';
import { madeAt, refOf } from '../refs.ts';
import { type Doubts, LATE_MS } from './doubts.ts';
import { homesNear } from './homes.ts';
import type { Means } from './means.ts';
import { payloadOf } from './payload.ts';
import { create } from './say.ts';
import { mustRead, signOf } from './scan.ts';
import { threadName } from './thread-name.ts';
import { ourThreads, WEEK_MIN } from './threads.ts';
import { mustBeInTime, type Trip } from './trip.ts';

type Room = Extract<Delivery, { kind: 'room' }>;

/** A thread that is this room, or may become it. */
export interface Half {
  readonly id: string;
  readonly parent: string;
  /** Its first message says so. */
  readonly isMarked: boolean;
}

const PRIVATE_THREAD = 12;
const PAGE = 100;
const UNKNOWN_CHANNEL = 10_003;
const NOT_HERE: ReadonlySet<number> = new Set([10_007, 10_013]);

/** What a room is to be. */
export interface Plan extends Pick<Room, 'name' | 'title'> {
  readonly members: readonly string[];
  /** Where it hangs; undefined: anywhere on the server. */
  readonly near?: string;
  /** Its first words. */
  readonly words: Text;
  /** It may have been made since then. */
  readonly since: Instant;
}

const WORDS = t`Everything for this is here. Only the people in this thread and the moderators of this server see it.`;

export const planOf = ({ name, title, members, near }: Room, since: Instant): Plan => ({
  name,
  title,
  members,
  near,
  words: WORDS,
  since,
});

export async function openRoom(trip: Trip, means: Means, room: Room): Promise<Ref> {
  const { parent, id } = await ensureRoom(trip, means, planOf(room, plus(trip.began, -DAY)));
  return refOf('room', parent, id);
}

/** The one room of that name. Throws a DeliveryError. */
export async function ensureRoom(trip: Trip, means: Means, plan: Plan): Promise<Half> {
  if (plan.members.length === 0) throw refused('a private thread needs someone to be in it', 50_035);
  means.doubts.mustBeOver(trip.team, plan.name);
  const { homes, there } = await lookFor(trip, means, plan).catch((error: unknown) => {
    throw failureOf(error, 'prepares');
  });
  if (there && !there.isMarked) mustBeAbandoned(trip, there);
  const half = there ?? (await make(trip, means.doubts, plan, homes));
  try {
    if (!half.isMarked) await begin(trip, half.id, plan);
    await letIn(trip, half.id, plan);
  } catch (error) {
    const failure = failureOf(error);
    throw failure.retry === 'never' ? failure : unsure(failure);
  }
  return half;
}

async function lookFor(trip: Trip, { places }: Means, plan: Plan) {
  const homes = await homesNear(trip, places, plan.near);
  return { homes, there: await findHalf(trip, plan, homes) };
}

/** Our thread for this room. Rejects as a request does. */
export async function findHalf(
  trip: Trip,
  { name, title, since }: Plan,
  homes: readonly string[],
): Promise<Half | undefined> {
  const isIt = signOf(markOf(trip.team, name));
  const me = await trip.me();
  const ours = await ourThreads(trip, homes, PRIVATE_THREAD, since);
  let empty: Half | undefined;
  for (const { id, parent } of ours.filter((one) => one.name === threadName(title))) {
    const said = await saidIn(trip, id);
    if (!said) continue;
    const first = said.findLast((one) => dig(one, 'author', 'id') === me && one['type'] === 0);
    if (first && isIt(first)) return { id, parent, isMarked: true };
    if (first || said.length >= PAGE) continue;
    if (said.length === 0) await mustRead(trip, id);
    empty = { id, parent, isMarked: false };
  }
  return empty;
}

/** Undefined for a thread that was deleted since. */
async function saidIn({ api }: Trip, id: string): Promise<readonly Body[] | undefined> {
  try {
    return await api.records(Routes.channelMessages(id), { after: id, limit: String(PAGE) });
  } catch (error) {
    if (codeOf(error) === UNKNOWN_CHANNEL) return undefined;
    throw error;
  }
}

/** One that another delivery with the same title is making at this moment is not taken from it. */
function mustBeAbandoned({ world }: Trip, { id }: Half): void {
  const age = between(madeAt(id), world.now());
  if (age < LATE_MS * 2) throw later('an earlier try may still arrive', 'in doubt', LATE_MS * 2 - age);
}

async function make(trip: Trip, doubts: Doubts, { name, title }: Plan, homes: readonly string[]): Promise<Half> {
  const body = { name: threadName(title), type: PRIVATE_THREAD, invitable: false, auto_archive_duration: WEEK_MIN };
  let refusal: DeliveryError | undefined;
  for (const parent of homes) {
    mustBeInTime(trip);
    try {
      const id = idOf((await trip.api.record('post', Routes.threads(parent), { body }))['id']);
      if (id === undefined) throw new TypeError('a thread without an id');
      return { id, parent, isMarked: false };
    } catch (error) {
      refusal = failureOf(error);
      if (refusal.effect === 'unknown') doubts.note(trip.team, name);
      if (refusal.retry !== 'never') throw refusal;
    }
  }
  throw refusal ?? refused('this server has no text channel that a private thread could be in', 50_024);
}

async function begin(trip: Trip, thread: string, { name, title, words }: Plan): Promise<void> {
  const message = { title: cut(title, LIMITS.title), blocks: [{ kind: 'text', text: words }] } as const;
  await create(trip, thread, { name, payload: payloadOf(trip.team, name, message, new Map()) });
}

/** Who left the server is left out; somebody must be there. */
async function letIn(trip: Trip, thread: string, { members }: Pick<Plan, 'members'>): Promise<void> {
  let missing = 0;
  for (const person of members) {
    mustBeInTime(trip);
    await trip.api.done('put', Routes.threadMembers(thread, person)).catch((error: unknown) => {
      if (!NOT_HERE.has(codeOf(error) ?? 0)) throw error;
      missing++;
    });
  }
  if (missing === members.length) throw refused(wordsFor(10_007), 10_007);
}

/** Whether everybody is in it. Rejects as a request does. */
export async function isFull({ api }: Trip, thread: string, { members }: Pick<Plan, 'members'>): Promise<boolean> {
  for (const person of members) {
    const isIn = await api.record('get', Routes.threadMembers(thread, person)).then(
      () => true,
      (error: unknown) => {
        if (!NOT_HERE.has(codeOf(error) ?? 0)) throw error;
        return false;
      },
    );
    if (!isIn) return false;
  }
  return true;
}
