import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/chat/ids.ts';
import { HOUR, MINUTE, plus } from '../../../src/chat/world.ts';
import {
  momentIn,
  reassignAt,
  LEAST_WAKING_MS,
  mayStillAsk,
  scoresIn,
  type Standing,
  toGive,
  wakingMs,
  whenToPublish,
} from '../../../src/features/feedback/rules.ts';
import { gapOf, overall, shown, summarise } from '../../../src/features/feedback/scores.ts';
import { readScores } from '../../../src/features/feedback/rubric.ts';

const numRuns = process.env['LONG'] ? 10_000 : 500;
const at = (text: string): Instant => `${text}:00.000Z` as Instant;
const CLOSES = at('2026-11-26T08:00');
const standing = (set: Partial<Standing>): Standing => ({
  now: at('2026-11-25T08:00'),
  closes: CLOSES,
  asked: 0,
  done: 3,
  isSelfRated: true,
  owed: 0,
  ...set,
});

describe('when a result may be read', () => {
  it('comes as soon as everything is in', () => {
    expect(whenToPublish(standing({}))).toEqual({ do: 'publish' });
  });

  it('waits inside the window for reviews, the own rating, and what is still to give', () => {
    for (const set of [{ asked: 1 }, { isSelfRated: false }, { owed: 1 }, { done: 0 }])
      expect(whenToPublish(standing(set))).toEqual({ do: 'wait' });
  });

  it('comes at the end of the window with what there is', () => {
    expect(whenToPublish(standing({ now: CLOSES, asked: 2, done: 1 }))).toEqual({ do: 'publish' });
    expect(whenToPublish(standing({ now: CLOSES, asked: 3, done: 0, isSelfRated: false, owed: 2 }))).toEqual({
      do: 'publish',
    });
  });

  it('is held 24 hours at most for the own rating, and 72 for reviews to give', () => {
    expect(whenToPublish(standing({ now: CLOSES, isSelfRated: false }))).toEqual({
      do: 'hold',
      until: plus(CLOSES, 24 * HOUR),
    });
    expect(whenToPublish(standing({ now: CLOSES, owed: 1 }))).toEqual({ do: 'hold', until: plus(CLOSES, 72 * HOUR) });
    expect(whenToPublish(standing({ now: plus(CLOSES, 24 * HOUR), isSelfRated: false }))).toEqual({ do: 'publish' });
    expect(whenToPublish(standing({ now: plus(CLOSES, 72 * HOUR), isSelfRated: false, owed: 2 }))).toEqual({
      do: 'publish',
    });
  });

  it('is never held beyond 72 hours after the window, whatever is missing', () => {
    const any = fc.record({ asked: fc.nat(5), done: fc.nat(5), isSelfRated: fc.boolean(), owed: fc.nat(2) });
    fc.assert(
      fc.property(any, fc.nat(200), (set, hours) => {
        const verdict = whenToPublish(standing({ ...set, now: plus(CLOSES, hours * HOUR) }));
        if (hours >= 72) expect(verdict.do).toBe('publish');
        if (verdict.do === 'hold') expect(verdict.until <= plus(CLOSES, 72 * HOUR)).toBe(true);
        expect(verdict.do).not.toBe('wait');
      }),
      { numRuns },
    );
  });

  it('asks for two reviews, and never for more than were asked', () => {
    expect([toGive(3, 0), toGive(3, 1), toGive(3, 2), toGive(1, 0), toGive(0, 0), toGive(2, 5)]).toEqual([
      2, 1, 0, 1, 0, 0,
    ]);
  });
});

describe('waking hours', () => {
  it('count from 8 to 22 in the reviewer’s own zone', () => {
    const day = [at('2026-11-25T00:00'), at('2026-11-26T00:00')] as const;
    expect(wakingMs(...day, 'Etc/UTC')).toBe(14 * HOUR);
    expect(wakingMs(at('2026-11-25T17:36'), at('2026-11-26T08:00'), 'Europe/Berlin')).toBe(4 * HOUR + 24 * MINUTE);
    expect(wakingMs(at('2026-11-25T17:36'), at('2026-11-26T08:00'), 'Asia/Tokyo')).toBe(9 * HOUR);
    expect(wakingMs(at('2026-11-26T00:00'), at('2026-11-25T00:00'), 'Etc/UTC')).toBe(0);
  });

  it('decide who may still be asked', () => {
    expect(mayStillAsk(at('2026-11-25T17:36'), CLOSES, 'Europe/Berlin')).toBe(true);
    expect(mayStillAsk(at('2026-11-25T18:30'), CLOSES, 'Europe/Berlin')).toBe(false);
    expect(mayStillAsk(CLOSES, CLOSES, 'Europe/Berlin')).toBe(false);
  });

  it('never exceed the time there is, and add up', () => {
    const zones = fc.constantFrom(
      'Europe/London',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Cairo',
    );
    const hour = fc.integer({ min: 0, max: 24 * 400 });
    fc.assert(
      fc.property(zones, hour, fc.nat(120), fc.nat(120), (zone, start, a, b) => {
        const from = plus(at('2026-01-01T00:00'), start * HOUR);
        const middle = plus(from, a * HOUR);
        const to = plus(middle, b * HOUR);
        const all = wakingMs(from, to, zone);
        expect(all).toBeLessThanOrEqual((a + b) * HOUR);
        expect(wakingMs(from, middle, zone) + wakingMs(middle, to, zone)).toBe(all);
        if (a + b >= 24) expect(all).toBeGreaterThanOrEqual(LEAST_WAKING_MS);
      }),
      { numRuns },
    );
  });

  it('the moments of a window lie inside it', () => {
    const span = { opens: at('2026-11-24T08:00'), closes: CLOSES };
    expect(momentIn(span, 0.5)).toBe('2026-11-25T08:00:00.000Z');
    expect(momentIn(span, 0.85)).toBe('2026-11-26T00:48:00.000Z');
  });

  it('hands on at 85 % of the window, or before the night that would leave nobody four hours', () => {
    const weekend = { opens: at('2026-11-27T08:00'), closes: at('2026-12-01T08:00') };
    expect(reassignAt(weekend, 'Europe/Berlin')).toBe(momentIn(weekend, 0.85));
    const span = { opens: at('2026-11-24T08:00'), closes: CLOSES };
    expect(reassignAt(span, 'Europe/Berlin')).toBe('2026-11-25T18:00:00.000Z');
    expect(mayStillAsk(reassignAt(span, 'Europe/Berlin'), CLOSES, 'Europe/Berlin')).toBe(true);
    const short = { opens: at('2026-11-24T08:00'), closes: at('2026-11-24T09:00') };
    expect(reassignAt(short, 'Europe/Berlin')).toBe('2026-11-24T08:30:00.000Z');
  });
});

describe('numbers', () => {
  it('are plain means with their count and range, from two ratings on', () => {
    expect(summarise([3])).toBeUndefined();
    expect(summarise([undefined, 3, undefined])).toBeUndefined();
    expect(summarise([3, 4, undefined, 4])).toEqual({ mean: 11 / 3, count: 3, lowest: 3, highest: 4 });
    expect(shown(11 / 3)).toBe('3.7');
    expect(overall({ setup: 3, reach: 4 })).toBe(3.5);
    expect(overall({})).toBeUndefined();
  });

  it('stand beside the own rating, with the item where they differ most', () => {
    const peers = [
      { setup: 3, result: 4 },
      { setup: 3, result: 4 },
    ];
    expect(gapOf({ setup: 3, result: 2 }, peers)).toEqual({
      own: 2.5,
      peers: 3.5,
      widest: { item: 'result', own: 2, peers: 4 },
    });
    expect(gapOf({ setup: 3 }, [{ setup: 3 }])).toBeUndefined();
    expect(gapOf(undefined, peers)).toBeUndefined();
  });

  it('a form’s “can’t tell” is a missing score, and a step left out is pointed at', () => {
    expect(scoresIn({ setup: '3', action: 'none', result: '5', reach: '1' })).toEqual({
      scores: { setup: 3, result: 5, reach: 1 },
    });
    expect(scoresIn({ setup: '3', result: '5', reach: '1' })).toEqual({ missing: 'action' });
    expect(scoresIn({ setup: '6', action: 'none', result: '5', reach: '1' })).toEqual({ missing: 'setup' });
    expect(readScores('{"setup":3,"note":"x","reach":9}')).toEqual({ setup: 3 });
    expect(readScores(null)).toEqual({});
  });
});
