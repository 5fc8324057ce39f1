/** Thirty commands or presses a minute a person; replies are never dropped. */
import type { Instant } from '../chat/ids.ts';
import { MINUTE, msOf } from '../chat/world.ts';

export const QUOTA_A_MINUTE = 30;

/** Answers whether `who` may act at `now`, and counts it. Keeps only people active in the last minute. */
export function openQuota(limit = QUOTA_A_MINUTE): (who: string, now: Instant) => boolean {
  const acts = new Map<string, number[]>();
  let swept = 0;
  return (who, now) => {
    const ms = msOf(now);
    if (ms - swept > MINUTE) {
      for (const [key, times] of acts) if ((times.at(-1) ?? 0) <= ms - MINUTE) acts.delete(key);
      swept = ms;
    }
    const recent = (acts.get(who) ?? []).filter((at) => at > ms - MINUTE);
    if (recent.length >= limit) return false;
    acts.set(who, [...recent, ms]);
    return true;
  };
}
