/** Dates and durations as people type them: `24 Dec`, `2026-12-24`, `2 weeks`, `until Monday`. */

import { Temporal } from 'temporal-polyfill';
import type { Parsed } from './parsed.ts';
import { dayNumber, isDate, plusDays, weekdayOf } from './zone.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const LONGEST_PAUSE_DAYS = 3 * 366;
const MOST_DATES = 400;
const WRITE_A_DATE = 'Write a date like 2026-12-24 or 24 Dec 2026.';

/** 1 for `Monday`, `mon`, `Mondays` … 7 for Sunday; undefined for any other word. At least two letters count. */
export function weekdayNamed(word: string): number | undefined {
  const name = word.toLowerCase().replace(/\.$/, '');
  if (name.length < 2) return undefined;
  const index = DAYS.findIndex(
    (day) => day.startsWith(name) || (name.endsWith('s') && day.startsWith(name.slice(0, -1))),
  );
  return index === -1 ? undefined : index + 1;
}

/** One date. `today` is the local date words like `tomorrow`, `Monday` and a date without a year count from. */
export function parseDate(text: string, today: string): Parsed<string> {
  const typed = tidy(text);
  if (typed === 'today') return { value: today };
  if (typed === 'tomorrow') return { value: plusDays(today, 1) };
  const weekday = weekdayNamed(typed.replace(/^(?:next|on) /, ''));
  if (weekday !== undefined) return { value: plusDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1) };
  if (isDate(typed)) return { value: typed };
  const parts = dateParts(typed);
  const date =
    parts && (parts.year === undefined ? nextDate(parts.month, parts.day, today) : dateOf(parts.year, parts));
  if (date !== undefined) return { value: date };
  if (/^\d+\/\d+\/\d+$/.test(typed)) return { problem: `“${show(text)}” can be read two ways. ${WRITE_A_DATE}` };
  return { problem: `“${show(text)}” is not a date I know. ${WRITE_A_DATE}` };
}

/** Several dates, split by lines, commas or semicolons; `24 Dec 2026 to 2 Jan 2027` is every day between. Sorted, each once. */
export function parseDates(text: string, today: string): Parsed<readonly string[]> {
  const dates = new Set<string>();
  // The comma in "Dec 24, 2026" belongs to the date.
  for (const piece of text.split(/[\n;]|,(?!\s*\d{4}(?!-))/)) {
    if (piece.trim() === '') continue;
    const span = parseSpan(piece, today);
    if ('problem' in span) return span;
    for (const date of span.value) dates.add(date);
    if (dates.size > MOST_DATES) return { problem: `That is more than ${MOST_DATES} dates. Write fewer.` };
  }
  return { value: [...dates].toSorted() };
}

/** How long: `2 weeks`, `3 days`, `a month`. */
export function parseDuration(text: string): Parsed<{ readonly months: number; readonly days: number }> {
  const match = /^(\d{1,3}|an?|[a-z]+) ?(d|days?|w|weeks?|months?)$/.exec(tidy(text));
  const count = countNamed(match?.[1] ?? '');
  if (match === null || count === undefined || count < 1) {
    return { problem: `“${show(text)}” is not a length of time I know. Write 3 days, 2 weeks or 1 month.` };
  }
  const unit = match[2]?.[0];
  if (unit === 'm') return { value: { months: count, days: 0 } };
  return { value: { months: 0, days: unit === 'w' ? 7 * count : count } };
}

/** A pause: `2 weeks`, `for 3 days`, `until 2026-12-01`. Gives the first date after the pause. */
export function parsePause(text: string, today: string): Parsed<string> {
  const typed = tidy(text).replace(/^(?:for|until|till|to) /, '');
  const length = parseDuration(typed);
  const read = 'value' in length ? { value: plusDuration(today, length.value) } : parseDate(typed, today);
  if ('problem' in read) {
    return {
      problem: `I cannot read “${show(text)}”. Write how long, like 2 weeks, or until when, like until 24 Dec.`,
    };
  }
  const days = dayNumber(read.value) - dayNumber(today);
  if (days <= 0) return { problem: `A pause ends after today (${today}). ${WRITE_A_DATE}` };
  if (days > LONGEST_PAUSE_DAYS) return { problem: 'A pause lasts three years at most. Write an earlier date.' };
  return read;
}

function parseSpan(piece: string, today: string): Parsed<readonly string[]> {
  const [from = '', to, more] = piece.split(/\s+(?:to|until|through|–|-)\s+|\s*(?:\.\.\.?|–)\s*/);
  const first = parseDate(from, today);
  if ('problem' in first || to === undefined) return 'problem' in first ? first : { value: [first.value] };
  const last = more === undefined ? parseDate(to, first.value) : parseDate(piece, today);
  if ('problem' in last) return last;
  const days = dayNumber(last.value) - dayNumber(first.value);
  if (days < 0) return { problem: `“${show(piece)}” ends before it begins. Write the earlier date first.` };
  if (days > MOST_DATES) return { problem: `“${show(piece)}” is longer than a year. Write a shorter span.` };
  return { value: Array.from({ length: days + 1 }, (_, n) => plusDays(first.value, n)) };
}

function plusDuration(date: string, length: { readonly months: number; readonly days: number }): string {
  return Temporal.PlainDate.from(date).add(length).toString();
}

interface DateParts {
  readonly day: number;
  readonly month: number;
  readonly year: number | undefined;
}

function dateParts(typed: string): DateParts | undefined {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]{3,9})\.?,?(?: (\d{4}))?$/.exec(typed);
  if (dayFirst) return toParts(dayFirst[1], monthNamed(dayFirst[2]), dayFirst[3]);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(typed);
  if (monthFirst) return toParts(monthFirst[2], monthNamed(monthFirst[1]), monthFirst[3]);
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?$/.exec(typed);
  return dotted ? toParts(dotted[1], Number(dotted[2]), dotted[3]) : undefined;
}

function toParts(day: string | undefined, month: number | undefined, year: string | undefined): DateParts | undefined {
  if (month === undefined) return undefined;
  return { day: Number(day), month, year: year === undefined ? undefined : Number(year) };
}

function monthNamed(word = ''): number | undefined {
  const index = MONTHS.findIndex((month) => month.startsWith(word));
  return index === -1 ? undefined : index + 1;
}

function dateOf(year: number, parts: { readonly month: number; readonly day: number }): string | undefined {
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`;
  return isDate(date) ? date : undefined;
}

/** The first such day from `today` on; 29 February may be eight years away. */
function nextDate(month: number, day: number, today: string): string | undefined {
  const year = Number(today.slice(0, 4));
  for (let later = 0; later <= 8; later += 1) {
    const date = dateOf(year + later, { month, day });
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}

/** The number a word or its digits name: `2`, `two`, `a`. */
export function countNamed(word: string): number | undefined {
  if (word === 'a' || word === 'an') return 1;
  if (/^\d+$/.test(word)) return Number(word);
  const index = NUMBERS.indexOf(word);
  return index === -1 ? undefined : index;
}

function tidy(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, ' ').slice(0, 80);
}

/** What was typed, short enough for a sentence. */
export function show(text: string): string {
  const typed = Array.from(text.slice(0, 400).trim().replaceAll(/\s+/g, ' '));
  return typed.length > 40 ? `${typed.slice(0, 39).join('')}…` : typed.join('');
}
