/** A time for a mock with a partner: as people type it, as both of them read it, and as a file for a calendar. Pure. */
import type { Instant } from '../../chat/ids.ts';
import { DAY, MINUTE, msOf, plus } from '../../chat/world.ts';
import { describeDate, parseDate, parseTime } from '../../schedule/parse.ts';
import type { Parsed } from '../../schedule/parsed.ts';
import { instantOf, localTime } from '../../schedule/zone.ts';

/** Nobody plans a mock further ahead, in ms. */
const FURTHEST_MS = 60 * DAY;
const WRITE = 'Write a day and a time like “tomorrow 14:00” or “24 Nov 9:30”.';

/** The last word or two are the time, what stands before them the day; no day is today. */
export function readWhen(typed: string, now: Instant, zone: string): Parsed<Instant> {
  const words = typed
    .trim()
    .slice(0, 80)
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== 'at');
  const today = localTime(now, zone).date;
  for (const last of [2, 1]) {
    const time = parseTime(words.slice(-last).join(' '));
    const day = words.slice(0, -last).join(' ');
    const date = day === '' ? { value: today } : parseDate(day, today);
    if (words.length < last || 'problem' in time || 'problem' in date) continue;
    const at = instantOf(date.value, time.value, zone);
    if (at <= now) return { problem: 'That time has gone by. Write one ahead.' };
    if (at > plus(now, FURTHEST_MS)) return { problem: 'That is more than two months away. Write an earlier one.' };
    return { value: at };
  }
  return { problem: WRITE };
}

/** `Tue 24 Nov 2026, 14:00 Europe/Berlin`, and what the others’ clocks show then. */
export function whenWords(at: Instant, zones: readonly string[]): string {
  const [first = 'Etc/UTC', ...others] = [...new Set(zones)];
  const clock = (zone: string): string =>
    `${describeDate(localTime(at, zone).date)}, ${localTime(at, zone).time} ${zone}`;
  return [clock(first), ...others.map((zone) => `that is ${clock(zone)}`)].join('; ');
}

const stamp = (at: Instant): string => at.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '');
/** What a calendar would read as its own marks. */
const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\s+/g, ' ');

/** One event as a calendar file, in UTC, so that every zone shows it right. */
export function calendarFile(of: {
  readonly id: string;
  readonly at: Instant;
  readonly minutes: number;
  readonly now: Instant;
  readonly title: string;
}): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Greenroom//Mock interview//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${of.id}@greenroom`,
    `DTSTAMP:${stamp(of.now)}`,
    `DTSTART:${stamp(of.at)}`,
    `DTEND:${stamp(new Date(msOf(of.at) + of.minutes * MINUTE).toISOString() as Instant)}`,
    `SUMMARY:${escaped(of.title)}`,
    'DESCRIPTION:Greenroom opens the room then.',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
