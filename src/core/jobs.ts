/**
 * The job port: it carries wake-ups only. Order, leases and truth are rows of ours, so an engine behind it may lose or repeat a wake-up
 * and nothing is lost or doubled. This is the embedded one, for a process that owns its database.
 */
import type { Instant } from '../chat/ids.ts';
import { earliest, MINUTE, plus, type World } from '../chat/world.ts';
import type { Tx } from '../store/store.ts';

export type Queue = 'wakes' | 'outbox';

export interface Jobs {
  /** Inside the transaction: `queue` wants work at `at`. */
  enqueue(tx: Tx, queue: Queue, at: Instant): Promise<void>;
  /** After that transaction committed. */
  committed(queue: Queue, at: Instant): void;
  /** Run `drain` when work is due; it answers when it wants to run next. */
  work(queue: Queue, drain: () => Promise<Instant | undefined>): void;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** Rows are the queue; a wake-up is an early end of a sleep. A failing drain is tried again within a minute. */
export function embeddedJobs(world: World, onError: (error: unknown) => void): Jobs {
  const loops = new Map<Queue, { asleepUntil: Instant; wake: AbortController; nudged: boolean }>();
  const running: Promise<void>[] = [];
  let stopped = false;

  async function loop(queue: Queue, drain: () => Promise<Instant | undefined>): Promise<void> {
    const state = { asleepUntil: world.now(), wake: new AbortController(), nudged: false };
    loops.set(queue, state);
    while (!stopped) {
      state.nudged = false;
      const next = await drain().catch((error: unknown) => {
        onError(error);
        return plus(world.now(), 1000);
      });
      if (stopped) return;
      if (state.nudged) continue;
      state.asleepUntil = earliest(next, plus(world.now(), MINUTE)) ?? world.now();
      state.wake = new AbortController();
      await world.sleepUntil(state.asleepUntil, state.wake.signal);
    }
  }

  return {
    enqueue: async () => {},
    committed(queue, at) {
      const state = loops.get(queue);
      if (!state || (at >= state.asleepUntil && at > world.now())) return;
      state.nudged = true;
      state.wake.abort();
    },
    work: (queue, drain) => void running.push(loop(queue, drain)),
    async stop() {
      stopped = true;
      for (const { wake } of loops.values()) wake.abort();
      await Promise.all(running);
    },
  };
}
