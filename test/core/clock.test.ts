/** The one real clock, its ids, and the embedded jobs that sleep by it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/chat/ids.ts';
import { between, DAY, HOUR, MINUTE, plus, type World } from '../../src/chat/world.ts';
import { monotonicIds, openClock } from '../../src/core/clock.ts';
import { embeddedJobs } from '../../src/core/jobs.ts';
import { MONDAY } from '../support/world.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 500 };

describe('ids', () => {
  it('made later sort later, also when the clock stands still or goes back', () => {
    const steps = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(steps, (moves) => {
        let now = 1_800_000_000_000;
        const newId = monotonicIds(() => now);
        const ids = moves.map((move) => {
          now += move;
          return newId();
        });
        expect(ids.toSorted()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      runs,
    );
  });

  it('are 26 characters of one alphabet, over the years', () => {
    for (const year of [1971, 2026, 2200]) {
      const newId = monotonicIds(() => Date.parse(`${year}-01-01T00:00:00Z`));
      expect(newId()).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    }
  });

  it('stay in order when seventy thousand are made in one millisecond', () => {
    const newId = monotonicIds(() => 1_800_000_000_000);
    const marks: string[] = [];
    for (let i = 0; i < 70_000; i++) {
      const id = newId();
      if (i % 1000 === 0) marks.push(id);
    }
    expect(marks.toSorted()).toEqual(marks);
  });

  it('of two processes in the same millisecond differ', () => {
    const [a, b] = [monotonicIds(() => 5), monotonicIds(() => 5)];
    expect(a()).not.toBe(b());
  });
});

describe('the clock', () => {
  it('moves ahead by its offset', () => {
    const clock = openClock();
    const before = clock.now();
    clock.setOffset(DAY);
    expect(between(before, clock.now())).toBeGreaterThanOrEqual(DAY);
    expect(clock.offset()).toBe(DAY);
  });

  it('wakes sleepers whose time has come by a move, and only those', async () => {
    const clock = openClock();
    const woken: string[] = [];
    const soon = clock.sleepUntil(plus(clock.now(), HOUR)).then(() => woken.push('soon'));
    const stop = new AbortController();
    const far = clock.sleepUntil(plus(clock.now(), 10 * DAY), stop.signal).then(() => woken.push('far'));
    clock.setOffset(2 * HOUR);
    await soon;
    expect(woken).toEqual(['soon']);
    stop.abort();
    await far;
    expect(woken).toEqual(['soon', 'far']);
  });

  it('does not sleep for what is over, nor when told to stop before it begins', async () => {
    const clock = openClock();
    await clock.sleepUntil(plus(clock.now(), -1));
    await clock.sleepUntil(plus(clock.now(), DAY), AbortSignal.abort());
  });

  it('rolls within [0, 1)', () => {
    const clock = openClock();
    for (let i = 0; i < 1000; i++) {
      const roll = clock.roll();
      expect(roll >= 0 && roll < 1).toBe(true);
    }
  });
});

/** A clock that moves when told, with sleepers that look at it. */
function handWorld() {
  let now: Instant = MONDAY;
  const sleepers = new Set<{ readonly at: Instant; readonly wake: () => void }>();
  const world: Pick<World, 'now' | 'sleepUntil'> = {
    now: () => now,
    sleepUntil: (at, signal) =>
      new Promise((resolve) => {
        const sleeper = { at, wake: resolve };
        sleepers.add(sleeper);
        const end = (): void => {
          sleepers.delete(sleeper);
          resolve();
        };
        if (signal?.aborted || at <= now) end();
        else signal?.addEventListener('abort', end);
      }),
  };
  return {
    world: world as World,
    asleepUntil: () => [...sleepers].map(({ at }) => at),
    async move(ms: number) {
      now = plus(now, ms);
      for (const sleeper of sleepers) if (sleeper.at <= now && sleepers.delete(sleeper)) sleeper.wake();
      await quiet();
    },
  };
}
/** Lets everything that can go on go on. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the embedded jobs', () => {
  it('run at once, then when the work says it is due', async () => {
    const { world, move, asleepUntil } = handWorld();
    const jobs = embeddedJobs(world, () => {});
    let ran = 0;
    jobs.work('outbox', async () => plus(world.now(), ++ran * 20_000));
    await quiet();
    expect([ran, asleepUntil()]).toEqual([1, [plus(MONDAY, 20_000)]]);
    await move(19_999);
    expect(ran).toBe(1);
    await move(1);
    expect(ran).toBe(2);
    await jobs.stop();
  });

  it('look again after a minute even when nothing is due', async () => {
    const { world, move } = handWorld();
    const jobs = embeddedJobs(world, () => {});
    let ran = 0;
    jobs.work('wakes', async () => void (ran += 1));
    await quiet();
    await move(MINUTE);
    expect(ran).toBe(2);
    await jobs.stop();
  });

  it('wake early for something earlier, stay asleep for something later', async () => {
    const { world, asleepUntil } = handWorld();
    const jobs = embeddedJobs(world, () => {});
    let ran = 0;
    jobs.work('wakes', async () => {
      ran += 1;
      return plus(world.now(), 30_000);
    });
    await quiet();
    jobs.committed('wakes', plus(MONDAY, 40_000));
    jobs.committed('outbox', MONDAY);
    await quiet();
    expect(ran).toBe(1);
    jobs.committed('wakes', MONDAY);
    await quiet();
    expect([ran, asleepUntil()]).toEqual([2, [plus(MONDAY, 30_000)]]);
    await jobs.stop();
  });

  it('do not lose a wake-up that comes while they work', async () => {
    const { world } = handWorld();
    const jobs = embeddedJobs(world, () => {});
    let ran = 0;
    jobs.work('outbox', async () => {
      ran += 1;
      if (ran === 1) jobs.committed('outbox', world.now());
      return undefined;
    });
    await quiet();
    expect(ran).toBe(2);
    await jobs.stop();
  });

  it('tell of a failing run and go on a second later', async () => {
    const { world, move } = handWorld();
    const errors: unknown[] = [];
    const jobs = embeddedJobs(world, (error) => errors.push(error));
    let ran = 0;
    jobs.work('outbox', async () => {
      ran += 1;
      if (ran === 1) throw new Error('stumbled');
      return undefined;
    });
    await quiet();
    expect(errors).toHaveLength(1);
    await move(1000);
    expect(ran).toBe(2);
    await jobs.stop();
  });

  it('stop when the run under way is over, and run no more', async () => {
    const { world, move } = handWorld();
    const jobs = embeddedJobs(world, () => {});
    const gate = Promise.withResolvers<void>();
    let ran = 0;
    jobs.work('outbox', async () => {
      ran += 1;
      await gate.promise;
      return undefined;
    });
    let stopped = false;
    const stop = jobs.stop().then(() => (stopped = true));
    await quiet();
    expect(stopped).toBe(false);
    gate.resolve();
    await stop;
    await move(DAY);
    expect(ran).toBe(1);
  });
});
