/** A schedule in words, as cards and settings show it. */

import type { Rhythm } from './recurrence.ts';
import { weekdayOf } from './zone.ts';

const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `09:00 Europe/Berlin, Mon–Fri, every 2 weeks, paused until 2026-12-01`. Own dates and holidays are not in it. */
export function describeRhythm(rhythm: Rhythm): string {
  const parts = [`${rhythm.time} ${rhythm.zone}`, describeWeekdays(rhythm.weekdays)];
  if (rhythm.everyWeeks > 1) parts.push(`every ${rhythm.everyWeeks} weeks`);
  if (rhythm.pausedUntil !== undefined) parts.push(`paused until ${rhythm.pausedUntil}`);
  return parts.join(', ');
}

/** `Mon–Fri`, `Mon, Wed`, `Tue–Thu, Sat`, `every day`. */
export function describeWeekdays(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].toSorted((a, b) => a - b);
  if (days.length === 7) return 'every day';
  const parts: string[] = [];
  for (let from = 0; from < days.length;) {
    let to = from;
    while (days[to + 1] === (days[to] ?? 0) + 1) to += 1;
    // Two days in a row read better as a list than as a span.
    if (to === from + 1) to = from;
    parts.push(to === from ? nameOf(days[from]) : `${nameOf(days[from])}–${nameOf(days[to])}`);
    from = to + 1;
  }
  return parts.join(', ');
}

/** `Mon 23 Nov 2026`. */
export function describeDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${nameOf(weekdayOf(date))} ${Number(day)} ${MONTHS[Number(month)] ?? ''} ${year}`;
}

function nameOf(weekday = 0): string {
  return DAYS[weekday] ?? '';
}
