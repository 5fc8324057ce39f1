/** The engine: joins the door, the wakes, the outbox and catch-up, and runs them until it is told to stop. */
import type { Instant } from '../chat/ids.ts';
import type { OnEvent } from '../chat/outgoing.ts';
import { DAY, earliest, MINUTE, plus } from '../chat/world.ts';
import type { Core } from './core.ts';
import { endDeadLeases } from './claims.ts';
import { openDeliver } from './deliver.ts';
import { openDoor } from './handle.ts';
import { surfaceOf } from './help.ts';
import { dropOldStrays, replayStrays } from './replies.ts';
import { openReading } from './threads.ts';
import { nextWake, openWakes } from './wakes.ts';

export interface Engine {
  /** Connect the chats and start working. */
  start(): Promise<void>;
  /** Once a minute: catch-up, and a look whether a wake-up was missed. */
  beat(): Promise<void>;
  /** Do everything due now, and what follows from it. For clocks that move by hand. */
  settle(): Promise<void>;
  /** When something falls due next. */
  nextDue(): Promise<Instant | undefined>;
  /** The same, without the housekeeping nobody sees. */
  nextEvent(): Promise<Instant | undefined>;
  /** Finish what is under way and stop. */
  stop(): Promise<void>;
}

/** A followed thread is read again at least this often, in ms. */
const REREAD_MS = 15 * MINUTE;
/** Event ids are remembered this long, in ms: longer than any platform repeats an event. */
const INBOX_MS = 14 * DAY;

/** One thing leads to another, but not for ever. */
const MOST_ROUNDS = 1000;

export function openEngine(core: Core): Engine {
  const door = openDoor(core);
  const wakes = openWakes(core);
  const deliver = openDeliver(core);
  const nextDue = async (): Promise<Instant | undefined> => earliest(await deliver.next(), await nextWake(core));
  const threads = openReading(core, door);

  return {
    nextDue,
    nextEvent: async () => earliest(await deliver.next(), await nextWake(core, housekeeping(core))),
    async start() {
      await endDeadLeases(core);
      for (const [platform, chat] of core.chats)
        await chat.open(hearing(door(platform), threads.readAll), surfaceOf(core));
      await replayStrays(core);
      core.jobs.work('wakes', wakes);
      core.jobs.work('outbox', deliver.drain);
      // Today's question does not wait for it.
      threads.readAll();
    },
    async beat() {
      for (const queue of ['wakes', 'outbox'] as const) core.jobs.committed(queue, core.world.now());
      await tidy(core);
      await threads.read(() => plus(core.world.now(), -REREAD_MS));
    },
    async settle() {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        for (const work of [threads.idle, wakes, deliver.drain, deliver.idle]) await work();
        const next = await nextDue();
        if (next === undefined || next > core.world.now()) return;
      }
    },
    async stop() {
      for (const chat of core.chats.values()) await chat.close();
      await core.jobs.stop();
      await threads.stop();
      await deliver.idle();
    },
  };
}

const housekeeping = (core: Core) =>
  core.features.flatMap(({ name: feature, housekeeping: quiet = [] }) => quiet.map((name) => ({ feature, name })));

/** After a gap in what we heard, the threads are read at once. */
const hearing =
  (door: OnEvent, readAll: () => void): OnEvent =>
  async (event) => {
    const answer = await door(event);
    if (event.kind === 'deaf') readAll();
    return answer;
  };

async function tidy(core: Core): Promise<void> {
  await replayStrays(core);
  await dropOldStrays(core);
  const before = plus(core.world.now(), -INBOX_MS);
  await core.store.write((tx) => tx.deleteFrom('inbox').where('at', '<', before).execute());
}
