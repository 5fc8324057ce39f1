/** What runs that came due still ask for, and when what they posted closes. */

import type { Instant } from '../chat/ids.ts';
import { between, HOUR } from '../chat/world.ts';
import { nextWorkingDayClose, type Rhythm, type Run } from './recurrence.ts';
import { localTime } from './zone.ts';

/** What was not posted by then is recorded as missed, in ms. */
export const LATE_POST_MS = 12 * HOUR;

/** What to do with runs that came due: the newest is posted if it still makes sense, the rest are recorded as missed. */
export function sortDue(
  due: readonly Run[],
  now: Instant,
): { readonly post: Run | undefined; readonly missed: readonly Run[] } {
  const newest = due.at(-1);
  const isFresh = newest !== undefined && between(newest.at, now) <= LATE_POST_MS;
  return isFresh ? { post: newest, missed: due.slice(0, -1) } : { post: undefined, missed: due };
}

/** When what was posted on `date` closes: the same local time, `days` working days later. Never in the past. */
export function closeOf(rhythm: Rhythm, date: string, days: number, now: Instant): Instant {
  let close = nextWorkingDayClose(rhythm, date);
  for (let n = 1; n < days; n++) close = nextWorkingDayClose(rhythm, localTime(close, rhythm.zone).date);
  while (close <= now) close = nextWorkingDayClose(rhythm, localTime(close, rhythm.zone).date);
  return close;
}
