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

type Before = Pick<Row<'outbox'>, 'maybe_since' | 'last_try' | 'expires_at' | 'created'>;
type Facts = Pick<Chat, 'repeatSafeMs' | 'lateMs' | 'timeoutMs'>;

/**
 * No doubt: send, unless it expired. Doubt the platform can absorb: repeat. Any other doubt: after the last moment an earlier try can
 * take effect, look. Expiry ends a row only when nothing of it can be out there.
 */
export function decide(row: Before, now: Instant, chat: Facts): Step {
  const isExpired = row.expires_at !== null && now > row.expires_at;
  if (row.maybe_since === null || row.last_try === null) {
    if (isExpired) return { do: 'end', end: 'expired', reason: `it was due before ${row.expires_at}` };
    if (between(row.created, now) > GIVE_UP_MS)
      return { do: 'end', end: 'dead', reason: 'it could not be sent for a day' };
    return { do: 'send' };
  }
  if (!isExpired && between(row.maybe_since, now) < chat.repeatSafeMs) return { do: 'send' };
  const settled = plus(row.last_try, chat.timeoutMs + chat.lateMs);
  return now < settled ? { do: 'wait', until: settled } : { do: 'look', since: row.maybe_since };
}

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 5 * 60_000;

/** How long to wait after `tries` tries, in ms; `roll` in [0, 1) spreads it by half. */
export function backoff(tries: number, roll: number): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(tries - 1, 20), LONGEST_BACKOFF_MS);
  return Math.round(full * (0.75 + roll / 2));
}
