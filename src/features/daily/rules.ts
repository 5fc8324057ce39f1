/** Decisions of the daily question; pure. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { Instant, Name } from '../../chat/ids.ts';
import { between, HOUR, plus } from '../../chat/world.ts';
import { dayNumber } from '../../schedule/zone.ts';
import type { Answer, Round } from '../../store/rounds.ts';
import type { Schedule } from '../../store/schedules.ts';

/** A reply this long is an answer; a shorter one is talk. */
export const ANSWER_WORDS = 15;
/** Answers after the close are taken and marked for this long, in ms. */
const LATE_ANSWER_MS = 72 * HOUR;
/** Posting days that fail in a row before a schedule pauses. */
export const FAILED_DAYS = 3;
/** The one reminder comes this long before the close, in ms; never in more than half of the time that is left. */
const REMIND_BEFORE_MS = 2 * HOUR;
/** A warning that questions run out is not repeated within so many days. */
const DRY_QUIET_DAYS = 28;

export const roundPost = (round: Pick<Round, 'schedule' | 'local_date'>): Name =>
  `daily:${round.schedule}:${round.local_date}`;
export const answerPost = (answer: string): Name => `daily:answer:${answer}`;

/** The schedule and local date a question's post is named after; undefined for our other posts. */
export function roundNamed(name: Name): { readonly schedule: string; readonly date: string } | undefined {
  const [, schedule = '', date = '', more] = name.split(':');
  return more === undefined && /^\d{4}-\d\d-\d\d$/.test(date) ? { schedule, date } : undefined;
}

export const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

export const levelNamed = (text: string | null | undefined): Level | undefined =>
  LEVELS.find((level) => level === text);

export const levelsOf = (schedule: Pick<Schedule, 'levels'>): readonly Level[] => {
  const chosen = schedule.levels.split(',');
  return LEVELS.filter((level) => chosen.includes(level));
};

/** The last moment a late answer is taken. */
export const endOf = (round: Pick<Round, 'closes'>): Instant => plus(round.closes, LATE_ANSWER_MS);

export const isTaken = (round: Pick<Round, 'state' | 'closes'>, at: Instant): boolean =>
  round.state === 'open' || (round.state === 'closed' && at <= endOf(round));

/** Until the close an answer can be given anew; from then on it stands, and only its message in the chat may still be edited. */
export const isSettled = (round: Pick<Round, 'state'>, answer: Answer | undefined): boolean =>
  answer !== undefined && round.state !== 'open';

/** Whether everybody in the channel may read the answers of a round. */
export const isPublic = (round: Pick<Round, 'mode' | 'state' | 'after'>): boolean =>
  round.mode === 'open' || (round.state === 'closed' && round.after === 'publish');

export const remindAt = (closes: Instant, now: Instant): Instant =>
  plus(closes, -Math.min(REMIND_BEFORE_MS, between(now, closes) / 2));

/** Whether to warn on `date` that questions run out: a week of posts before they do, and not again for a while. */
export const shouldWarn = (of: {
  readonly left: number;
  readonly postsAWeek: number;
  readonly date: string;
  readonly warnedOn: string | undefined;
}): boolean =>
  of.left <= of.postsAWeek &&
  (of.warnedOn === undefined || dayNumber(of.date) - dayNumber(of.warnedOn) >= DRY_QUIET_DAYS);
