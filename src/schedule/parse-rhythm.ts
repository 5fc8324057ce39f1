/** A whole rhythm from one line: `9:00 Europe/Berlin, Mon–Fri, every 2 weeks`. */

import { parseTime, parseWeekdays, parseZone } from './parse-time.ts';
import { countNamed, show } from './parse-date.ts';
import type { Parsed } from './parsed.ts';
import type { Rhythm } from './recurrence.ts';
import { isDate } from './zone.ts';

const MOST_TYPED = 300;
const MOST_WEEKS = 52;

const UNTIL = /,? ?\bpaused until ([\d-]+)/i;
const WEEKS = /,? ?\bevery (\w+) weeks?\b/i;
const ZONE = /(?<![\w/])([a-z]+(?:\/[\w+-]+)+|utc|gmt)(?!\w)/i;
const TIME = /(?:\bat )?(?<![\w:.])(\d{1,2}(?:[:.h]\d{2}|h)?(?: ?[ap]\.?m\b\.?)?|\d{4}|noon|midnight)(?![\w:])/i;

/**
 * Reads the parts in any order. What is not named comes from `usual`; the week count starts in the week of its `anchor`.
 * `describeRhythm` writes lines that read back the same.
 */
export function parseRhythm(text: string, usual: Pick<Rhythm, 'zone' | 'weekdays' | 'anchor'>): Parsed<Rhythm> {
  const until = take(text.slice(0, MOST_TYPED).replaceAll(/\s+/g, ' '), UNTIL);
  const weeks = take(until.rest, WEEKS);
  const place = take(weeks.rest, ZONE);
  const clock = take(place.rest, TIME);
  const pause = parsePausedUntil(until.found);
  const everyWeeks = parseWeeks(weeks.found);
  const zone: Parsed<string> = place.found === undefined ? { value: usual.zone } : parseZone(place.found);
  const time: Parsed<string> =
    clock.found === undefined
      ? { problem: `No time of day is named in “${show(text)}”. Write a line like 9:00 Europe/Berlin, Mon–Fri.` }
      : parseTime(clock.found);
  const namesDays = /\p{L}/u.test(clock.rest);
  const weekdays: Parsed<readonly number[]> = namesDays ? parseWeekdays(clock.rest) : { value: usual.weekdays };
  if ('problem' in time) return time;
  if ('problem' in zone) return zone;
  if ('problem' in weekdays) return weekdays;
  if ('problem' in everyWeeks) return everyWeeks;
  if ('problem' in pause) return pause;
  const chosen = { time: time.value, zone: zone.value, weekdays: weekdays.value, everyWeeks: everyWeeks.value };
  return { value: { ...chosen, anchor: usual.anchor, skipDates: [], ...pause.value } };
}

/** Takes the first part that fits out of a line. */
function take(line: string, part: RegExp): { readonly found: string | undefined; readonly rest: string } {
  return { found: part.exec(line)?.[1], rest: line.replace(part, ' ') };
}

function parsePausedUntil(date: string | undefined): Parsed<Pick<Rhythm, 'pausedUntil'>> {
  if (date === undefined) return { value: {} };
  return isDate(date)
    ? { value: { pausedUntil: date } }
    : { problem: `“${date}” is not a date. Write one like 2026-12-24.` };
}

function parseWeeks(word: string | undefined): Parsed<number> {
  if (word === undefined) return { value: 1 };
  const typed = word.toLowerCase();
  const count = typed === 'other' || typed === 'second' ? 2 : countNamed(typed);
  if (count !== undefined && count >= 1 && count <= MOST_WEEKS) return { value: count };
  return {
    problem: `“every ${show(word)} weeks” is not something I can do. Write every 2 weeks; ${MOST_WEEKS} is the most.`,
  };
}
