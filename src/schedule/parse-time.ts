/** Times of day, weekdays and zones as people type them: `9am`, `Mon–Fri`, `Berlin`. */

import { show, weekdayNamed } from './parse-date.ts';
import type { Parsed } from './parsed.ts';
import { canonicalZone, suggestZones } from './zone-names.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const OFFICE_DAYS = [1, 2, 3, 4, 5];
const MOST_TYPED = 200;
const FILLERS = new Set(['and', 'every', 'each', 'on', 'at', 'week', 'weekly']);
const WRITE_DAYS = 'Write days like Mon–Fri, or Mon, Wed, or daily.';

/** A time of day as `09:00`, from `9`, `9:00`, `09.30`, `9am`, `21:15`, `0930`, `noon`. */
export function parseTime(text: string): Parsed<string> {
  const typed = text.trim().toLowerCase();
  if (typed === 'noon') return { value: '12:00' };
  if (typed === 'midnight') return { value: '00:00' };
  const match =
    /^(\d{1,2})(?:[:.h](\d{2})| ?h)?(?: ?([ap])\.?m\.?| o['’]clock)?$/.exec(typed) ?? /^(\d{2})(\d{2})$/.exec(typed);
  const time = match && clockTime(Number(match[1]), Number(match[2] ?? 0), match[3]);
  if (time) return { value: time };
  return { problem: `“${show(text)}” is not a time of day. Write a time like 9:00, 9am or 21:15; midnight is 00:00.` };
}

/** Weekdays as sorted numbers, 1 (Monday) to 7, from `Mon-Fri`, `weekdays`, `mon, wed fri`, `daily`. */
export function parseWeekdays(text: string): Parsed<readonly number[]> {
  const days = new Set<number>();
  for (const word of weekdayWords(text)) {
    const named = daysNamed(word);
    if (named === undefined) return { problem: `I do not know the day “${show(word)}”. ${WRITE_DAYS}` };
    for (const day of named) days.add(day);
  }
  if (days.size === 0) return { problem: `No day is named. ${WRITE_DAYS}` };
  return { value: [...days].toSorted((a, b) => a - b) };
}

/** A zone under its one name; the problem offers the nearest ones. */
export function parseZone(text: string): Parsed<string> {
  const zone = canonicalZone(text);
  if (zone !== undefined) return { value: zone };
  const near = suggestZones(text);
  const hint =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Write a zone like Europe/Berlin or America/New_York.';
  return { problem: `“${show(text)}” is not a time zone I know. ${hint}` };
}

function clockTime(typedHour: number, minute: number, half: string | undefined): string | undefined {
  if (half !== undefined && (typedHour < 1 || typedHour > 12)) return undefined;
  const hour = half === undefined ? typedHour : (typedHour % 12) + (half === 'p' ? 12 : 0);
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function weekdayWords(text: string): readonly string[] {
  return text
    .slice(0, MOST_TYPED)
    .toLowerCase()
    .replaceAll(/\bevery ?day\b|\ball days\b/g, 'daily')
    .replaceAll(/\b(?:working|work|business|week) ?days?\b/g, 'weekdays')
    .replaceAll(/\s*(?:[-–—]|\bto\b|\bthrough\b|\bthru\b)\s*/g, '-')
    .split(/[\s,;&+/]+/)
    .filter((word) => word !== '' && !FILLERS.has(word));
}

function daysNamed(word: string): readonly number[] | undefined {
  if (word === 'daily') return WEEK;
  if (word === 'weekdays') return OFFICE_DAYS;
  if (word === 'weekend' || word === 'weekends') return [6, 7];
  const [from = '', to, more] = word.split('-');
  const first = weekdayNamed(from);
  const last = to === undefined ? first : weekdayNamed(to);
  if (first === undefined || last === undefined || more !== undefined) return undefined;
  // Fri–Mon runs over the weekend.
  const days = (last - first + 7) % 7;
  return Array.from({ length: days + 1 }, (_, n) => ((first - 1 + n) % 7) + 1);
}
