/** What is read by ourselves goes between what people wait for, and gives way to it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openShare } from '../../../adapters/discord/share.ts';
import { instant, msOf, type World } from '../../../src/chat/world.ts';

const RUNS = { numRuns: process.env['LONG'] ? 10_000 : 200 };
const START = 1_700_000_000_000;

/** A clock that moves only when somebody sleeps; `onSleep` is what happens meanwhile. */
function clockOf(onSleep: (until: number) => void = () => {}): Pick<World, 'now' | 'sleepUntil'> {
  let now = START;
  return {
    now: () => instant(now),
    async sleepUntil(at) {
      now = Math.max(now, msOf(at));
      onSleep(now);
    },
  };
}

describe('reading by ourselves', () => {
  it('never makes a second see more than fifty, even when some arrive late', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: 200 }), async (count) => {
        const world = clockOf();
        const share = openShare(world);
        const reads: number[] = [];
        for (let i = 0; i < count; i++) {
          await share.turn();
          reads.push(msOf(world.now()));
        }
        for (const from of reads) expect(reads.filter((at) => at >= from && at < from + 1060).length).toBeLessThan(50);
      }),
      RUNS,
    );
  });

  it('waits while what people wait for takes all there is, and then says so', async () => {
    let isFlooding = false;
    /** As many as there is room for, in one breath; those who wait themselves begin no flood of their own. */
    const flood = (): void => {
      if (isFlooding) return;
      isFlooding = true;
      for (let i = 0; i < 50; i++) void share.go();
      isFlooding = false;
    };
    const world = clockOf(flood);
    const share = openShare(world);
    flood();
    await expect(share.turn()).rejects.toMatchObject({ name: 'DeliveryError', effect: 'none' });
    expect(msOf(world.now())).toBeGreaterThanOrEqual(START + 8000);
  });

  it('goes on as soon as there is room', async () => {
    const world = clockOf();
    const share = openShare(world);
    for (let i = 0; i < 50; i++) await share.go();
    await share.turn();
    expect(msOf(world.now())).toBe(START + 1060);
  });
});

describe('what people wait for', () => {
  it('goes at once while there is room, also where nothing more is read', async () => {
    const world = clockOf();
    const share = openShare(world);
    for (let i = 0; i < 46; i++) await share.turn();
    for (let i = 0; i < 4; i++) await share.go();
    expect(msOf(world.now())).toBe(START);
  });

  it('and what is read never make a second see more than fifty together, whoever comes when', async () => {
    const steps = fc.array(fc.record({ isRead: fc.boolean(), wait: fc.nat(60) }), { minLength: 60, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const world = clockOf();
        const share = openShare(world);
        const left: number[] = [];
        for (const { isRead, wait } of all) {
          await world.sleepUntil(instant(msOf(world.now()) + wait));
          await (isRead ? share.turn() : share.go());
          left.push(msOf(world.now()));
        }
        for (const from of left)
          expect(left.filter((at) => at >= from && at < from + 1060).length).toBeLessThanOrEqual(50);
      }),
      RUNS,
    );
  });
});
