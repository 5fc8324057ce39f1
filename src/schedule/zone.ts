/** Local time and instants: what a wall clock in a zone shows, and when it first shows a given time. */

import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../chat/ids.ts';

const DAY_MS = 86_400_000;

/** What a wall calendar and clock show: `date` is `2026-11-23`, `time` is `09:00`, `weekday` is 1 (Monday) to 7 (Sunday). */
export interface LocalTime {
  readonly date: string;
  readonly time: string;
  readonly weekday: number;
}

/** The instant `ms` milliseconds after 1970-01-01 UTC. */
function toInstant(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** Wall calendar and clock of `zone` at `at`. Throws a RangeError for a zone that does not exist. */
export function localTime(at: Instant, zone: string): LocalTime {
  const shown = Temporal.Instant.fromEpochMilliseconds(Date.parse(at)).toZonedDateTimeISO(zone);
  const text = shown.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return { date: text.slice(0, 10), time: text.slice(11), weekday: shown.dayOfWeek };
}

/**
 * The first instant at which the clock of `zone` shows `date` `time` or later: in a gap the moment the clock jumps, in a
 * fold the first of the two. Throws a RangeError for a date, time or zone that does not exist.
 */
export function instantOf(date: string, time: string, zone: string): Instant {
  const wanted = Temporal.PlainDateTime.from(`${date}T${time}`);
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wanted)) return toInstant(earlier.epochMilliseconds);
  // 'earlier' in a gap lands before the jump, so the next transition is the jump itself.
  const jump = earlier.getTimeZoneTransition('next') ?? earlier;
  return toInstant(jump.epochMilliseconds);
}

/** Whether the calendar of `zone` has `date` at all: Samoa went from 29 to 31 December 2011. */
export function dateExists(date: string, zone: string): boolean {
  return localTime(instantOf(date, '00:00', zone), zone).date === date;
}

/** Whether `text` is a real calendar date written `2026-11-23`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** Days from 1970-01-01 to `date`; the calendar's own count, the same in every zone. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** The date `day` days after 1970-01-01: the other way round of `dayNumber`. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The date `n` calendar days after `date` (before, when negative). */
export function plusDays(date: string, n: number): string {
  return dateOfDay(dayNumber(date) + n);
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: string): number {
  return weekdayOfDay(dayNumber(date));
}

/** 1 for Monday to 7 for Sunday, from a day number. */
export function weekdayOfDay(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
