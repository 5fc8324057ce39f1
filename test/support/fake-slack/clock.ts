/** The fake's own clock: real time from where it was put, and an agenda of what falls due. */
import type { FakeClock } from './types.ts';

export interface Job {
  cancel(): void;
}

export interface AgendaClock extends FakeClock {
  /**
   * Does something once the clock reads `ms`. A job may take its time: `advance` waits for it before it goes on to the
   * next one, while the clock, and whatever else falls due, runs on.
   */
  at(ms: number, run: () => void | Promise<void>): Job;
  /** Resolves `ms` of the fake's milliseconds from now. */
  wait(ms: number): Promise<void>;
  /** Nothing falls due any more. */
  stop(): void;
}

interface Entry {
  readonly due: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

/** The longest a Node timer can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface ClockOptions {
  /** What it reads at first, in ms since 1970; now, unless told otherwise. */
  readonly start?: number;
  /** How many of its milliseconds pass in a real one. */
  readonly speed?: number;
}

/** A job that throws ends up in `failed`: nobody waits for those that a timer ran. */
export function openClock(options: ClockOptions, failed: (error: unknown) => void): AgendaClock {
  const speed = options.speed ?? 1;
  const began = performance.now();
  let moved = options.start ?? Date.now();
  let order = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const agenda: Entry[] = [];
  const now = (): number => Math.floor(moved + (performance.now() - began) * speed);

  const take = (until: number): Entry | undefined => {
    const first = agenda[0];
    return first && first.due <= until ? agenda.shift() : undefined;
  };
  const runOne = async (entry: Entry): Promise<void> => {
    try {
      await entry.run();
    } catch (error) {
      failed(error);
    }
  };
  const arm = (): void => {
    clearTimeout(timer);
    const first = agenda[0];
    if (!first || stopped) return;
    timer = setTimeout(wake, Math.min(LONGEST_TIMER_MS, Math.max(0, Math.ceil((first.due - now()) / speed))));
    timer.unref();
  };
  function wake(): void {
    for (let entry = take(now()); entry; entry = take(now())) void runOne(entry);
    arm();
  }

  const at = (ms: number, run: () => void | Promise<void>): Job => {
    const entry: Entry = { due: ms, order: order++, run };
    agenda.push(entry);
    agenda.sort((a, b) => a.due - b.due || a.order - b.order);
    arm();
    return {
      cancel: () => {
        const place = agenda.indexOf(entry);
        if (place >= 0) agenda.splice(place, 1);
        arm();
      },
    };
  };

  const advance = async (ms: number): Promise<void> => {
    const target = now() + ms;
    for (let entry = take(target); entry && !stopped; entry = take(target)) {
      moved += Math.max(0, entry.due - now());
      arm();
      await runOne(entry);
    }
    moved += Math.max(0, target - now());
    arm();
  };

  return {
    now,
    at,
    advance,
    wait: async (ms) => {
      await new Promise<void>((done) => {
        at(now() + ms, done);
      });
    },
    stop: () => {
      stopped = true;
      agenda.length = 0;
      clearTimeout(timer);
    },
  };
}
