/** Where the buttons of the practice clock lead. */
import type { Instant } from '../../src/chat/ids.ts';
import { DAY, HOUR, instant, MINUTE, msOf } from '../../src/chat/world.ts';

/** The start of the minute after `now`. */
export const nextMinute = (now: Instant): Instant => instant((Math.floor(msOf(now) / MINUTE) + 1) * MINUTE);

/** 9:00 on the local day after `now`; where 9:00 is skipped that day, the first moment after the gap's start. */
export function tomorrowNine(now: Instant, zone: string): Instant {
  const [year, month, day] = wallClock(msOf(now), zone);
  const wall = Date.UTC(year, month - 1, day) + DAY + 9 * HOUR;
  // The offset of the guess is off by at most one change of the clocks; the second look settles it.
  const guess = wall - offsetAt(wall, zone);
  return instant(wall - offsetAt(guess, zone));
}

function offsetAt(ms: number, zone: string): number {
  const [year, month, day, hour, minute, second] = wallClock(ms, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

type Wall = [year: number, month: number, day: number, hour: number, minute: number, second: number];

function wallClock(ms: number, zone: string): Wall {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return [of('year'), of('month'), of('day'), of('hour'), of('minute'), of('second')];
}
