/** A second opinion on local time: the runtime's own formatter, which shares nothing with the code under test. */

import fc from 'fast-check';
import type { Instant } from '../../src/chat/ids.ts';
import type { Rhythm } from '../../src/schedule/recurrence.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Zones whose clocks did something remarkable, and a few quiet ones. */
export const ZONES = [
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Cairo',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'America/Santiago',
  'America/Nuuk',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Europe/Berlin',
  'UTC',
] as const;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock of `zone` shows: `2026-11-23T09:00`. */
export function wallClock(ms: number, zone: string): string {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formatters.set(zone, formatter);
  }
  return formatter.format(ms).replace(' ', 'T');
}

export function at(text: string): Instant {
  return new Date(text).toISOString() as Instant;
}

export function runsOf(long = 10_000, short = 500): { numRuns: number } {
  return { numRuns: process.env['LONG'] ? long : short };
}

const two = (n: number): string => String(n).padStart(2, '0');

export const someTime = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
export const someDate = fc
  .integer({ min: Date.UTC(1976, 0, 1) / DAY, max: Date.UTC(2037, 0, 1) / DAY })
  .map((day) => new Date(day * DAY).toISOString().slice(0, 10));
export const someZone = fc.constantFrom(...ZONES);

/** Moments at which some clock of `ZONES` was about to jump, days before them, and any others. */
export const someInstant = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('2011-12-29T12:00:00Z', '1993-08-20T06:00:00Z', '2026-03-08T05:00:00Z', '2026-11-01T04:00:00Z'),
      fc.constantFrom('2026-10-03T14:00:00Z', '2026-04-04T14:00:00Z', '2026-04-23T20:00:00Z', '2026-10-29T20:00:00Z'),
      fc.constantFrom('2010-11-07T01:00:00Z', '2010-03-14T02:00:00Z', '2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z'),
      someDate.map((date) => `${date}T00:00:00Z`),
    ),
    fc.integer({ min: -3 * DAY, max: DAY }),
  )
  .map(([base, shift]) => at(new Date(Date.parse(base) + shift).toISOString()));

const someWeekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });

/** A rhythm as its owner may have chosen it; skipped dates and the pause lie around `near`. */
export function someRhythm(near: Instant): fc.Arbitrary<Rhythm> {
  const nearDate = fc
    .integer({ min: -3, max: 20 })
    .map((days) => new Date(Date.parse(near) + days * DAY).toISOString().slice(0, 10));
  return fc
    .record({
      time: someTime,
      zone: someZone,
      weekdays: someWeekdays,
      everyWeeks: fc.integer({ min: 1, max: 4 }),
      anchor: someDate,
      skipDates: fc.array(nearDate, { maxLength: 3 }),
      pausedUntil: fc.option(nearDate),
    })
    .map(({ pausedUntil, ...rhythm }) => (pausedUntil === null ? rhythm : { ...rhythm, pausedUntil }));
}
