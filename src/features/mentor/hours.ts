/** Working hours two people share: nine to five by each one's own clock, Monday to Friday. Pure. */
import type { Instant } from '../../chat/ids.ts';
import { HOUR, msOf } from '../../chat/world.ts';
import { instantOf, localTime, plusDays } from '../../schedule/zone.ts';

const BEGIN = '09:00';
const END = '17:00';

/** Hours a week that two zones share. */
export type SharedHours = (a: string, b: string) => number;

/** For the week `now` is in; clocks may change in the next. Each zone and each pair of zones is worked out once. */
export function sharedHoursAt(now: Instant): SharedHours {
  const { date, weekday } = localTime(now, 'UTC');
  const monday = plusDays(date, 1 - weekday);
  const weeks = new Map<string, readonly Span[]>();
  const known = new Map<string, number>();
  const weekOf = (zone: string): readonly Span[] => {
    const week = weeks.get(zone) ?? workWeek(monday, zone);
    weeks.set(zone, week);
    return week;
  };
  return (a, b) => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const hours = known.get(key) ?? overlap(weekOf(a), weekOf(b));
    known.set(key, hours);
    return hours;
  };
}

/** From and to, in milliseconds. */
type Span = readonly [number, number];

const workWeek = (monday: string, zone: string): readonly Span[] =>
  [0, 1, 2, 3, 4].map((day): Span => {
    const date = plusDays(monday, day);
    return [msOf(instantOf(date, BEGIN, zone)), msOf(instantOf(date, END, zone))];
  });

function overlap(one: readonly Span[], other: readonly Span[]): number {
  const shared = one.flatMap(([from, to]) => other.map(([start, end]) => Math.min(to, end) - Math.max(from, start)));
  return shared.reduce((sum, ms) => sum + Math.max(0, ms), 0) / HOUR;
}
