/** Decisions of peer feedback: the moments of a review window, when a result may be read, who may still be asked. Pure. */
import type { Instant } from '../../chat/ids.ts';
import { between, HOUR, instant, msOf, plus } from '../../chat/world.ts';
import { instantOf, localTime, plusDays } from '../../schedule/zone.ts';
import { type Item, ITEMS, type Scores } from './rubric.ts';

/** Working days a review window stays open. */
export const WINDOW_DAYS = 2;
/** One nudge at half of the window. */
export const NUDGE_AT = 0.5;
/** What nobody began by then goes to somebody else, or earlier where the night leaves too little time. */
const REASSIGN_AT = 0.85;
/** Late reviews are taken for this long after the window, in ms. */
export const LATE_REVIEW_MS = 72 * HOUR;
/** A missing self-rating holds a result back for at most this long after the window, in ms. */
export const SELF_HOLD_MS = 24 * HOUR;
/** Reviews not given hold one's own result back for at most this long after the window, in ms. */
export const GIVE_HOLD_MS = 72 * HOUR;
/** Reviews asked of a person before they see their own result, at most. */
export const GIVE_FIRST = 2;
/** Nobody is asked with less than this left of their waking hours, in ms. */
export const LEAST_WAKING_MS = 4 * HOUR;
/** A member is somebody who did something in this time, in ms. */
export const MEMBER_MS = 30 * 24 * HOUR;
/** An answer nobody could review waits this long for a round where somebody can, in ms. */
export const CARRY_MS = 30 * 24 * HOUR;

const WAKES_AT = '08:00';
const SLEEPS_AT = '22:00';

export interface Span {
  readonly opens: Instant;
  readonly closes: Instant;
}

/** The instant at `share` (0–1) of the window. */
export const momentIn = ({ opens, closes }: Span, share: number): Instant =>
  plus(opens, Math.round(between(opens, closes) * share));

/** When late reviews stop being taken. */
export const endOf = ({ closes }: Span): Instant => plus(closes, LATE_REVIEW_MS);

/** Milliseconds between 8 and 22 o'clock of `zone` from `from` to `to`. */
export function wakingMs(from: Instant, to: Instant, zone: string): number {
  let sum = 0;
  const last = localTime(to, zone).date;
  for (let date = localTime(from, zone).date; date <= last; date = plusDays(date, 1)) {
    const start = Math.max(msOf(from), msOf(instantOf(date, WAKES_AT, zone)));
    const end = Math.min(msOf(to), msOf(instantOf(date, SLEEPS_AT, zone)));
    sum += Math.max(0, end - start);
  }
  return sum;
}

/**
 * When unclaimed reviews are handed on: at 85 % of the window, but while {@link LEAST_WAKING_MS} are left in the round's zone, and never
 * before the nudge. A window that ends at nine in the morning would otherwise be handed on in the night, too late for anybody.
 */
export function reassignAt(span: Span, zone: string): Instant {
  const soonest = momentIn(span, NUDGE_AT);
  let at = momentIn(span, REASSIGN_AT);
  for (let left = wakingMs(at, span.closes, zone); left < LEAST_WAKING_MS && at > soonest;) {
    at = plus(at, left - LEAST_WAKING_MS);
    left = wakingMs(at, span.closes, zone);
  }
  return at > soonest ? at : soonest;
}

export const mayStillAsk = (now: Instant, closes: Instant, zone: string): boolean =>
  now < closes && wakingMs(now, closes, zone) >= LEAST_WAKING_MS;

/** Reviews to give before one's own result is shown. */
export const toGive = (assigned: number, given: number): number => Math.max(0, Math.min(GIVE_FIRST, assigned) - given);

export interface Standing {
  readonly now: Instant;
  readonly closes: Instant;
  /** Reviews asked for and not given. */
  readonly asked: number;
  readonly done: number;
  readonly isSelfRated: boolean;
  /** Reviews the author still has to give. */
  readonly owed: number;
}

export type Verdict =
  | { readonly do: 'publish' }
  | { readonly do: 'wait' }
  | { readonly do: 'hold'; readonly until: Instant };

/** Everything in: now. Window over: what there is, unless the author's own part is missing, and then only for so long. */
export function whenToPublish(at: Standing): Verdict {
  const isMissing = !at.isSelfRated || at.owed > 0;
  if (at.now < at.closes) return at.asked === 0 && at.done > 0 && !isMissing ? { do: 'publish' } : { do: 'wait' };
  if (!isMissing || at.done === 0) return { do: 'publish' };
  const until = plus(at.closes, at.owed > 0 ? GIVE_HOLD_MS : SELF_HOLD_MS);
  return at.now >= until ? { do: 'publish' } : { do: 'hold', until };
}

/** The four ratings of a form; the first field that was left out, when one was. */
export function scoresIn(values: Readonly<Record<string, string>>): { scores: Scores } | { missing: Item } {
  const missing = ITEMS.find((item) => !/^([1-5]|none)$/.test(values[item] ?? ''));
  if (missing) return { missing };
  const rated = ITEMS.filter((item) => values[item] !== 'none');
  return { scores: Object.fromEntries(rated.map((item) => [item, Number(values[item])])) };
}

/** A later moment than `at`: a window that would end before it began still lasts a while. */
export const atLeastAfter = (at: Instant, wanted: Instant): Instant => instant(Math.max(msOf(wanted), msOf(at) + HOUR));
