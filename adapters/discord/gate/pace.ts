/** How long to wait before the next of something that may go wrong again and again. */
import { MINUTE } from '../../../src/chat/world.ts';

/** Milliseconds. */
export interface Slowing {
  /** This many within `withinMs` go without waiting. */
  readonly free: number;
  readonly withinMs: number;
  /** After these: so long, and twice as long each time, up to `longestMs`. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Opening a line; the client itself waits half a second before each. */
export const LINES: Slowing = { free: 3, withinMs: 10 * MINUTE, firstMs: 1_000, longestMs: 30_000 };

/** Beginning a session. */
export const SESSIONS: Slowing = { free: 4, withinMs: 60 * MINUTE, firstMs: 10_000, longestMs: 10 * MINUTE };

/** When the next may go, in ms, after those at `times`; a roll in [0, 1) keeps two of them out of step. */
export function nextAfter(times: readonly number[], nowMs: number, slowing: Slowing, roll: number): number {
  const recent = times.filter((ms) => ms > nowMs - slowing.withinMs);
  const last = recent.at(-1);
  if (last === undefined || recent.length < slowing.free) return nowMs;
  const waitMs = slowing.firstMs * 2 ** (recent.length - slowing.free);
  return last + Math.min(slowing.longestMs, waitMs) * (1 + roll / 4);
}
