/** What to do with an outbox row whose turn has come: pure, from the row as it was before this claim. */
import type { Chat } from '../chat/chat.ts';
import type { Instant } from '../chat/ids.ts';
import { between, DAY, plus } from '../chat/world.ts';
import type { Row } from '../store/schema.ts';

export type Step =
  | { readonly do: 'send' }
  /** Look first whether an earlier try arrived. */
  | { readonly do: 'look'; readonly since: Instant }
  /** An earlier try may still arrive until then. */
  | { readonly do: 'wait'; readonly until: Instant }
  | { readonly do: 'end'; readonly end: 'expired' | 'dead'; readonly reason: string };

/** A delivery without an expiry of its own is given up after this long, in ms. */
export const GIVE_UP_MS = DAY;

type Before = Pick<Row<'outbox'>, 'kind' | 'maybe_since' | 'last_try' | 'expires_at' | 'created'>;
type Facts = Pick<Chat, 'repeatSafeMs' | 'lateMs' | 'timeoutMs'>;

/**
 * No doubt: send, unless it expired. Doubt the platform can absorb: repeat. Any other doubt: after the last moment an earlier try can
 * take effect, look. Expiry ends a row only when nothing of it can be out there.
 */
export function decide(row: Before, now: Instant, chat: Facts): Step {
  if (row.maybe_since === null || row.last_try === null) return sendOrEnd(row, now);
  if (!isExpired(row, now) && between(row.maybe_since, now) < chat.repeatSafeMs) return { do: 'send' };
  const settled = plus(row.last_try, chat.timeoutMs + chat.lateMs);
  if (now < settled) return { do: 'wait', until: settled };
  // Changing or removing a post or opening its thread a second time does no harm, so there is nothing to look for.
  if (row.kind === 'edit' || row.kind === 'remove' || row.kind === 'thread') return sendOrEnd(row, now);
  return { do: 'look', since: row.maybe_since };
}

const isExpired = (row: Before, now: Instant): boolean => row.expires_at !== null && now > row.expires_at;

function sendOrEnd(row: Before, now: Instant): Step {
  if (isExpired(row, now)) return { do: 'end', end: 'expired', reason: `it was due before ${row.expires_at}` };
  if (between(row.created, now) > GIVE_UP_MS)
    return { do: 'end', end: 'dead', reason: 'it could not be sent for a day' };
  return { do: 'send' };
}

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 5 * 60_000;

/** How long to wait after `tries` tries, in ms; `roll` in [0, 1) spreads it by half. */
export function backoff(tries: number, roll: number): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(tries - 1, 20), LONGEST_BACKOFF_MS);
  return Math.round(full * (0.75 + roll / 2));
}

/** How long to wait before looking again, in ms: half as long as the last try is ago, so that looking grows rarer. */
export function lookAgain(sinceTryMs: number, roll: number): number {
  const full = Math.min(Math.max(sinceTryMs / 2, FIRST_BACKOFF_MS), LONGEST_BACKOFF_MS);
  return Math.round(full * (0.75 + roll / 2));
}
