/** When a schedule runs: its rhythm in local time, turned into instants. One run for each matching local date, never two. */

import type { Instant } from '../chat/ids.ts';
import { dateExists, dateOfDay, dayNumber, instantOf, localTime, weekdayOfDay } from './zone.ts';

/** How far ahead a run is looked for, in days. */
const HORIZON = 5 * 366;
const MOST_DUE = 400;
const MONDAY_TO_FRIDAY: readonly number[] = [1, 2, 3, 4, 5];

/** The name of the holiday on a local date (`2026-12-25`), or nothing. */
export type Holidays = (date: string) => string | undefined;

/** What a schedule's owner chose. Dates are local dates of `zone`, written `2026-11-23`. */
export interface Rhythm {
  /** `09:00`, by the wall clock of `zone`. */
  readonly time: string;
  readonly zone: string;
  /** 1 (Monday) to 7 (Sunday), in any order. */
  readonly weekdays: readonly number[];
  /** 1: every week; 2: every other week; counted in Monday-based weeks from the week of `anchor`. */
  readonly everyWeeks: number;
  readonly anchor: string;
  readonly skipDates: readonly string[];
  /** The first date it may run again. */
  readonly pausedUntil?: string;
  readonly holidays?: Holidays;
}

/** One run: the instant, and the local date that is its key. */
export interface Run {
  readonly at: Instant;
  readonly date: string;
}

/** The first run strictly after `after`, or nothing within five years. */
export function nextRun(rhythm: Rhythm, after: Instant): Run | undefined {
  const today = dayNumber(localTime(after, rhythm.zone).date);
  const runsOn = matchDays(rhythm);
  // A run is the first moment its time shows, so yesterday's is past even while the clock shows yesterday again.
  const first = Math.max(today, rhythm.pausedUntil === undefined ? -Infinity : dayNumber(rhythm.pausedUntil));
  for (let day = first; day <= today + HORIZON; day += 1) {
    const run = runsOn(day) ? runOn(rhythm, day) : undefined;
    if (run !== undefined && run.at > after) return run;
  }
  return undefined;
}

/** The next `n` runs strictly after `after`, in order; fewer when the rhythm ends. */
export function nextRuns(rhythm: Rhythm, after: Instant, n: number): readonly Run[] {
  const runs: Run[] = [];
  let last = after;
  while (runs.length < n) {
    const run = nextRun(rhythm, last);
    if (run === undefined) break;
    runs.push(run);
    last = run.at;
  }
  return runs;
}

/** Whether it runs on a local date. */
export function runsOn(rhythm: Rhythm, date: string): boolean {
  const isPaused = rhythm.pausedUntil !== undefined && date < rhythm.pausedUntil;
  return !isPaused && matchDays(rhythm)(dayNumber(date)) && runOn(rhythm, dayNumber(date)) !== undefined;
}

/**
 * Every run after `after` up to and including `upTo`, oldest first: what came due during a downtime. At most `most`; a
 * caller that gets that many asks again from the last.
 */
export function dueBetween(rhythm: Rhythm, after: Instant, upTo: Instant, most = MOST_DUE): readonly Run[] {
  const due: Run[] = [];
  let last = after;
  while (due.length < most) {
    const run = nextRun(rhythm, last);
    if (run === undefined || run.at > upTo) break;
    due.push(run);
    last = run.at;
  }
  return due;
}

/** When the round of `date` closes: the schedule's local time on its next working day. Neither pause nor `everyWeeks` moves it. */
export function nextWorkingDayClose(rhythm: Rhythm, date: string): Instant {
  const day = workingDayAfter(rhythm, workingWeek(rhythm.weekdays), dayNumber(date));
  return instantOf(dateOfDay(day), rhythm.time, rhythm.zone);
}

/** `days` working days after `from`, at the local time `from` has in the schedule's zone. */
export function plusWorkingDays(rhythm: Rhythm, from: Instant, days: number): Instant {
  const start = localTime(from, rhythm.zone);
  let day = dayNumber(start.date);
  for (let n = 0; n < days; n += 1) day = workingDayAfter(rhythm, workingWeek(rhythm.weekdays), day);
  return days > 0 ? instantOf(dateOfDay(day), start.time, rhythm.zone) : from;
}

function matchDays(rhythm: Rhythm): (day: number) => boolean {
  const weekdays = new Set(rhythm.weekdays);
  const skip = new Set(rhythm.skipDates);
  const anchorWeek = weekOf(dayNumber(rhythm.anchor));
  return (day) => {
    if (!weekdays.has(weekdayOfDay(day))) return false;
    if ((weekOf(day) - anchorWeek) % rhythm.everyWeeks !== 0) return false;
    const date = dateOfDay(day);
    return !skip.has(date) && rhythm.holidays?.(date) === undefined;
  };
}

/** Which Monday-based week a day is in; 1970-01-01 was a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

function runOn(rhythm: Rhythm, day: number): Run | undefined {
  const date = dateOfDay(day);
  const at = instantOf(date, rhythm.time, rhythm.zone);
  // Only a jump over midnight lands on another date; then the day itself may be missing from the calendar.
  if (localTime(at, rhythm.zone).date !== date && !dateExists(date, rhythm.zone)) return undefined;
  return { at, date };
}

function workingDayAfter(rhythm: Rhythm, weekdays: readonly number[], after: number): number {
  const matches = matchDays({ ...rhythm, weekdays, everyWeeks: 1 });
  for (let day = after + 1; day <= after + HORIZON; day += 1) {
    if (matches(day) && dateExists(dateOfDay(day), rhythm.zone)) return day;
  }
  // Every day for five years is skipped: a window must still end.
  return after + 1;
}

/** The team's working week: the schedule's own five days (Sunday to Thursday, say), else Monday to Friday. */
function workingWeek(weekdays: readonly number[]): readonly number[] {
  return new Set(weekdays).size === MONDAY_TO_FRIDAY.length ? weekdays : MONDAY_TO_FRIDAY;
}
