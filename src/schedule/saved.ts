/** From a schedule as it is stored to the rhythm it runs by. */
import { loadHolidays } from './holidays.ts';
import type { Parsed } from './parsed.ts';
import type { Holidays, Rhythm } from './recurrence.ts';

/** The columns of a stored schedule that say when it runs. */
export interface Saved {
  readonly time: string;
  readonly zone: string;
  readonly weekdays: string;
  readonly every_weeks: number;
  readonly anchor: string;
  readonly holidays: string;
  readonly skip_dates: string;
  readonly paused_until: string | null;
}

const calendars = new Map<string, Promise<Parsed<Holidays>>>();

/** Public holidays of `DE` or `DE-BY`; read once. */
export function calendarOf(place: string): Promise<Parsed<Holidays>> {
  const [country = '', region] = place.split('-');
  const known = calendars.get(place);
  if (known) return known;
  const loading = loadHolidays(country, region);
  calendars.set(place, loading);
  loading.catch(() => calendars.delete(place));
  return loading;
}

/** The rhythm of a stored schedule. Without the holiday package it runs on public holidays too. */
export async function rhythmOf(saved: Saved): Promise<Rhythm> {
  const calendar = saved.holidays === '' ? undefined : await calendarOf(saved.holidays);
  return {
    time: saved.time,
    zone: saved.zone,
    weekdays: listOf(saved.weekdays).map(Number),
    everyWeeks: saved.every_weeks,
    anchor: saved.anchor,
    skipDates: listOf(saved.skip_dates),
    ...(saved.paused_until === null ? {} : { pausedUntil: saved.paused_until }),
    ...(calendar && 'value' in calendar ? { holidays: calendar.value } : {}),
  };
}

const listOf = (text: string): string[] => text.split(',').filter((part) => part !== '');
