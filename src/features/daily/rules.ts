/** Decisions of the daily question; pure. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { Instant, Name } from '../../chat/ids.ts';
import { between, HOUR } from '../../chat/world.ts';
import { nextWorkingDayClose, type Rhythm, type Run } from '../../schedule/recurrence.ts';
import { localTime } from '../../schedule/zone.ts';
import type { Round } from '../../store/rounds.ts';
import type { Schedule } from '../../store/schedules.ts';

/** A reply this long is an answer; a shorter one is talk. */
export const ANSWER_WORDS = 15;
/** A question not posted by then is recorded as missed, in ms. */
export const LATE_POST_MS = 12 * HOUR;
/** Answers after the close are taken and marked for this long, in ms. */
export const LATE_ANSWER_MS = 72 * HOUR;
/** Posting days that fail in a row before a schedule pauses. */
export const FAILED_DAYS = 3;

export const roundPost = (round: Pick<Round, 'schedule' | 'local_date'>): Name =>
  `daily:${round.schedule}:${round.local_date}`;
export const answerPost = (answer: string): Name => `daily:answer:${answer}`;

/** The schedule and local date a question's post is named after; undefined for our other posts. */
export function roundNamed(name: Name): { readonly schedule: string; readonly date: string } | undefined {
  const [, schedule = '', date = ''] = name.split(':');
  return /^\d{4}-\d\d-\d\d$/.test(date) ? { schedule, date } : undefined;
}

export const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

export const levelsOf = (schedule: Pick<Schedule, 'levels'>): readonly Level[] => {
  const chosen = schedule.levels.split(',');
  return LEVELS.filter((level) => chosen.includes(level));
};

/** What to do with runs that came due: the newest is posted if it still makes sense, the rest are recorded as missed. */
export function sortDue(
  due: readonly Run[],
  now: Instant,
): { readonly post: Run | undefined; readonly missed: readonly Run[] } {
  const newest = due.at(-1);
  const isFresh = newest !== undefined && between(newest.at, now) <= LATE_POST_MS;
  return isFresh ? { post: newest, missed: due.slice(0, -1) } : { post: undefined, missed: due };
}

/** When a round of `date` closes: the same local time, `days` working days later. Never in the past. */
export function closeOf(rhythm: Rhythm, date: string, days: number, now: Instant): Instant {
  let close = nextWorkingDayClose(rhythm, date);
  for (let n = 1; n < days; n++) close = nextWorkingDayClose(rhythm, localTime(close, rhythm.zone).date);
  while (close <= now) close = nextWorkingDayClose(rhythm, localTime(close, rhythm.zone).date);
  return close;
}

/** The parts of a form as one answer; '' when nothing was written. */
export function joinAnswer(values: Readonly<Record<string, string>>): string {
  const part = (name: string): string => (values[name] ?? '').trim();
  const labelled = [
    ['Situation and task', part('setup')],
    ['Action', part('action')],
    ['Result', part('result')],
  ].filter(([, text]) => text !== '');
  return [part('answer'), ...labelled.map(([label, text]) => `${label}: ${text}`)]
    .filter((text) => text !== '')
    .join('\n\n');
}
