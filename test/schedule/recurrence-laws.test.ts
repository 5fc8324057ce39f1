/** What holds for the runs of every rhythm in every zone, checked against the runtime's own wall clock. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/chat/ids.ts';
import { dueBetween, nextRun, nextRuns, nextWorkingDayClose, plusWorkingDays } from '../../src/schedule/recurrence.ts';
import type { Rhythm } from '../../src/schedule/recurrence.ts';
import { DAY, HOUR, MINUTE, runsOf, someInstant, someRhythm, wallClock } from './wall-clock.ts';

const RUNS = 5;
const someCase = someInstant.chain((after) => fc.tuple(someRhythm(after), fc.constant(after)));

function monday(date: string): number {
  const day = new Date(`${date}T00:00:00Z`);
  return day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY;
}

/** The owner's choice read the plain way: does this rhythm want this date? */
function wants(rhythm: Rhythm, date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  const weeks = Math.abs(monday(date) - monday(rhythm.anchor)) / (7 * DAY);
  if (!rhythm.weekdays.includes(weekday) || weeks % rhythm.everyWeeks !== 0) return false;
  return !rhythm.skipDates.includes(date) && (rhythm.pausedUntil === undefined || date >= rhythm.pausedUntil);
}

/** Every date the wall clock showed from one instant to another, read hour by hour. */
function datesShown(from: Instant, to: Instant, zone: string): readonly string[] {
  const dates = new Set<string>();
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += HOUR) dates.add(wallClock(ms, zone).slice(0, 10));
  return [...dates];
}

describe('the runs of any rhythm', () => {
  it('come one after another, each on a date its owner chose, no date twice', () => {
    fc.assert(
      fc.property(someCase, ([rhythm, after]) => {
        const runs = nextRuns(rhythm, after, RUNS);
        const instants = [after, ...runs.map((run) => run.at)];

        expect(instants).toEqual([...new Set(instants)].toSorted());
        expect(new Set(runs.map((run) => run.date)).size).toBe(runs.length);
        expect(runs.filter((run) => !wants(rhythm, run.date))).toEqual([]);
      }),
      runsOf(),
    );
  });

  it('are at the wanted local time, or at the moment the clock jumps over it', () => {
    fc.assert(
      fc.property(someCase, ([rhythm, after]) => {
        for (const run of nextRuns(rhythm, after, RUNS)) {
          const ms = Date.parse(run.at);
          const wanted = `${run.date}T${rhythm.time}`;
          const shown = wallClock(ms, rhythm.zone);
          const jumped = wallClock(ms - 1, rhythm.zone) < wanted && shown > wanted;
          expect(shown === wanted || jumped).toBe(true);
          // In a fold an earlier minute shows the same time: there is none before the run.
          for (let ago = 15; ago <= 180; ago += 15) expect(wallClock(ms - ago * MINUTE, rhythm.zone)).not.toBe(wanted);
        }
      }),
      runsOf(),
    );
  });

  it('leave out no date the wall clock showed and its owner chose', () => {
    fc.assert(
      fc.property(someCase, ([rhythm, after]) => {
        const runs = nextRuns(rhythm, after, RUNS);
        const last = runs.at(-1);
        if (last === undefined) return;
        const run = new Set(runs.map((one) => one.date));
        const today = wallClock(Date.parse(after), rhythm.zone).slice(0, 10);
        const shown = datesShown(after, last.at, rhythm.zone).filter((date) => date > today && date < last.date);
        expect(shown.filter((date) => wants(rhythm, date) && !run.has(date))).toEqual([]);
      }),
      runsOf(),
    );
  });

  it('are the same asked for at once, one by one, or as what came due', () => {
    fc.assert(
      fc.property(someCase, ([rhythm, after]) => {
        const atOnce = nextRuns(rhythm, after, RUNS);
        const oneByOne = [];
        for (let run = nextRun(rhythm, after); run && oneByOne.length < RUNS; run = nextRun(rhythm, run.at))
          oneByOne.push(run);
        expect(oneByOne).toEqual(atOnce);
        expect(dueBetween(rhythm, after, atOnce.at(-1)?.at ?? after)).toEqual(atOnce);
      }),
      runsOf(),
    );
  });

  it('do not depend on where in between one asks', () => {
    fc.assert(
      fc.property(someCase, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), ([rhythm, after], share) => {
        const run = nextRun(rhythm, after);
        if (run === undefined) return;
        const between = Date.parse(after) + Math.floor((Date.parse(run.at) - Date.parse(after)) * share);
        expect(nextRun(rhythm, new Date(between).toISOString() as Instant)).toEqual(run);
      }),
      runsOf(),
    );
  });
});

describe('the windows of any rhythm', () => {
  it('close after the round began, on a weekday of the schedule', () => {
    fc.assert(
      fc.property(someCase, ([rhythm, after]) => {
        const run = nextRun(rhythm, after);
        if (run === undefined) return;
        const close = nextWorkingDayClose(rhythm, run.date);
        expect(close > run.at).toBe(true);
        expect(plusWorkingDays(rhythm, close, 2) > plusWorkingDays(rhythm, close, 1)).toBe(true);
        expect(plusWorkingDays(rhythm, close, 1) > close).toBe(true);
      }),
      runsOf(),
    );
  });
});
