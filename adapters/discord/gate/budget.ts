/** Counts what Discord refuses, so that we keep still long before it shuts out our address. */
import { HOUR, MINUTE, msOf, type World } from '../../../src/chat/world.ts';
import type { Budget } from '../ports.ts';

export interface RefusalBudget extends Budget {
  /** `on`: whose words were refused; a 401 on an interaction says nothing of our token. */
  note(status: number, on?: 'bot' | 'interaction'): void;
}

const WINDOW_MS = 10 * MINUTE;
/** Within the window. Discord shuts out an address after ten times as many. */
const MOST = 1_000;
/** After a 401 nothing we send can be right until somebody sets another token. */
const FROZEN_MS = HOUR;

const REFUSED: ReadonlySet<number> = new Set([401, 403, 429]);

export function openBudget({ now }: Pick<World, 'now'>): RefusalBudget {
  /** When it was refused, the oldest first, in ms; never more than `MOST`. */
  const refused: number[] = [];
  let frozenUntil = 0;
  return {
    note(status, on = 'bot') {
      if (!REFUSED.has(status)) return;
      const nowMs = msOf(now());
      if (status === 401 && on === 'bot') frozenUntil = nowMs + FROZEN_MS;
      refused.push(nowMs);
      if (refused.length > MOST) refused.shift();
    },
    waitMs() {
      const nowMs = msOf(now());
      const [oldest] = refused;
      const spent = refused.length >= MOST && oldest !== undefined ? oldest + WINDOW_MS - nowMs : 0;
      return Math.max(0, spent, frozenUntil - nowMs);
    },
  };
}
