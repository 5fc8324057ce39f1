/** The pure parts of delivery: what to do with a row, how long to wait, when a lane is free. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../src/chat/chat.ts';
import type { Instant } from '../../src/chat/ids.ts';
import { DAY, instant, msOf, plus } from '../../src/chat/world.ts';
import { backoff, decide, lookAgain } from '../../src/core/decide.ts';
import { openLanes } from '../../src/core/lanes.ts';
import { MONDAY } from '../support/world.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 500 };
const SECOND = 1000;
const chat = { repeatSafeMs: 100 * SECOND, timeoutMs: 10 * SECOND, lateMs: 30 * SECOND };
const created = MONDAY;
const at = (seconds: number): Instant => plus(created, seconds * SECOND);
const settledAfter = chat.timeoutMs + chat.lateMs;

interface Case {
  readonly kind?: 'post' | 'edit' | 'remove';
  /** Seconds after it was put into the outbox; absent: never tried. */
  readonly firstTry?: number;
  readonly lastTry?: number;
  readonly expires?: number;
  readonly now: number;
  readonly repeatSafe?: number;
}

const decided = ({ kind = 'post', firstTry, lastTry = firstTry, expires, now, repeatSafe }: Case) =>
  decide(
    {
      kind,
      created,
      maybe_since: firstTry === undefined ? null : at(firstTry),
      last_try: lastTry === undefined ? null : at(lastTry),
      expires_at: expires === undefined ? null : at(expires),
    },
    at(now),
    repeatSafe === undefined ? chat : { ...chat, repeatSafeMs: repeatSafe * SECOND },
  );

describe('what is done with a row whose turn has come', () => {
  const day = DAY / SECOND;
  const table: [string, Case, object][] = [
    ['a fresh one is sent', { now: 0 }, { do: 'send' }],
    ['a refused one is sent again', { lastTry: 5, now: 60 }, { do: 'send' }],
    ['one that expires now is still sent', { expires: 60, now: 60 }, { do: 'send' }],
    ['one that expired ends', { expires: 60, now: 61 }, { do: 'end', end: 'expired' }],
    ['one a day old is still sent', { now: day }, { do: 'send' }],
    ['one older than a day ends', { now: day + 1 }, { do: 'end', end: 'dead' }],
    ['a doubted one is repeated while that is safe', { firstTry: 0, now: 99 }, { do: 'send' }],
    ['safe counts from the first try', { firstTry: 0, lastTry: 90, now: 100 }, { do: 'wait', until: at(130) }],
    [
      'after that it waits until the try is over',
      { firstTry: 0, now: 39, repeatSafe: 0 },
      { do: 'wait', until: at(40) },
    ],
    ['then it is looked for', { firstTry: 0, now: 40, repeatSafe: 0 }, { do: 'look', since: at(0) }],
    [
      'looked for since the first try',
      { firstTry: 0, lastTry: 60, now: 100, repeatSafe: 0 },
      { do: 'look', since: at(0) },
    ],
    ['an expired one is not repeated', { firstTry: 0, expires: 5, now: 6 }, { do: 'wait', until: at(40) }],
    ['an expired one is looked for', { firstTry: 0, expires: 5, now: 40 }, { do: 'look', since: at(0) }],
    ['an edit in doubt waits', { kind: 'edit', firstTry: 0, now: 39, repeatSafe: 0 }, { do: 'wait', until: at(40) }],
    ['an edit in doubt is sent again', { kind: 'edit', firstTry: 0, now: 40, repeatSafe: 0 }, { do: 'send' }],
    ['so is a removal', { kind: 'remove', firstTry: 0, now: 40, repeatSafe: 0 }, { do: 'send' }],
    ['an edit is given up', { kind: 'edit', firstTry: 0, now: day + 1, repeatSafe: 0 }, { do: 'end', end: 'dead' }],
  ];
  it.each(table)('%s', (_, row, expected) => {
    expect(decided(row)).toMatchObject(expected);
  });

  it('never sends a doubted post before its last try is over, unless repeating is safe', () => {
    const seconds = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(
        seconds,
        seconds,
        seconds,
        fc.option(seconds, { nil: undefined }),
        (firstTry, more, wait, expires) => {
          const row = {
            firstTry,
            lastTry: firstTry + more,
            now: firstTry + more + wait,
            ...(expires === undefined ? {} : { expires }),
          };
          const step = decided(row);
          if (step.do === 'send') expect((more + wait) * SECOND).toBeLessThan(chat.repeatSafeMs);
          if (step.do === 'look') expect(wait * SECOND).toBeGreaterThanOrEqual(settledAfter);
          expect(step.do).not.toBe('end');
        },
      ),
      runs,
    );
  });

  it('never sends what has expired, whatever happened before', () => {
    const seconds = fc.integer({ min: 0, max: 200_000 });
    const tried = fc.option(seconds, { nil: undefined });
    const kind = fc.constantFrom('post', 'edit', 'remove');
    fc.assert(
      fc.property(kind, tried, seconds, seconds, (what, firstTry, expires, wait) => {
        const base = { kind: what, expires, now: expires + 1 + wait };
        expect(decided(firstTry === undefined ? base : { ...base, firstTry }).do).not.toBe('send');
      }),
      runs,
    );
  });
});

describe('waiting after a failure', () => {
  const rolls = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('lasts between three quarters of a second and six and a quarter minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), rolls, (tries, roll) => {
        const ms = backoff(tries, roll);
        expect(ms).toBeGreaterThanOrEqual(750);
        expect(ms).toBeLessThanOrEqual(5 * 60_000 * 1.25);
        expect(Number.isInteger(ms)).toBe(true);
      }),
      runs,
    );
  });

  it('doubles from try to try, up to five minutes', () => {
    expect([1, 2, 3, 4, 9, 10, 50].map((tries) => backoff(tries, 0.5))).toEqual([
      1000, 2000, 4000, 8000, 256_000, 300_000, 300_000,
    ]);
  });

  it('looks again after half as long as the last try is ago, within the same bounds', () => {
    expect([0, 40 * SECOND, 60_000, DAY].map((ms) => lookAgain(ms, 0.5))).toEqual([1000, 20_000, 30_000, 300_000]);
  });
});

describe('a lane', () => {
  const lane = (limit: number, perMs: number, key = 'a'): Lane => ({ key, limit, perMs });

  it('never takes more than its limit in any span, however deliveries come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5000 }), gaps, (limit, perMs, waits) => {
        const lanes = openLanes();
        const sent: number[] = [];
        let now = msOf(MONDAY);
        for (const wait of waits) {
          now = Math.max(now + wait, msOf(lanes.freeAt([lane(limit, perMs)], instant(now + wait))));
          expect(lanes.freeAt([lane(limit, perMs)], instant(now))).toBe(instant(now));
          lanes.take([lane(limit, perMs)], instant(now));
          sent.push(now);
        }
        for (const from of sent) {
          expect(sent.filter((ms) => ms >= from && ms < from + perMs).length).toBeLessThanOrEqual(limit);
        }
      }),
      runs,
    );
  });

  it('is free again exactly when its span is over', () => {
    const lanes = openLanes();
    lanes.take([lane(1, 1000)], MONDAY);
    expect(lanes.freeAt([lane(1, 1000)], plus(MONDAY, 1))).toBe(plus(MONDAY, 1000));
    expect(lanes.freeAt([lane(1, 1000)], plus(MONDAY, 1000))).toBe(plus(MONDAY, 1000));
  });

  it('used together with others waits for the slowest of them', () => {
    const lanes = openLanes();
    const both = [lane(1, 1000, 'a'), lane(1, 5000, 'b')];
    lanes.take(both, MONDAY);
    expect(lanes.freeAt(both, MONDAY)).toBe(plus(MONDAY, 5000));
    expect(lanes.freeAt([lane(1, 1000, 'a')], MONDAY)).toBe(plus(MONDAY, 1000));
    expect(lanes.freeAt([lane(1, 1000, 'c')], MONDAY)).toBe(MONDAY);
  });

  it('held back stays so until then, and a shorter hold does not shorten it', () => {
    const lanes = openLanes();
    lanes.hold(['a'], plus(MONDAY, 60_000));
    lanes.hold(['a'], plus(MONDAY, 10_000));
    expect(lanes.freeAt([lane(9, 1000)], MONDAY)).toBe(plus(MONDAY, 60_000));
    expect(lanes.freeAt([lane(9, 1000)], plus(MONDAY, 60_000))).toBe(plus(MONDAY, 60_000));
  });
});
