/** Pacing: how many deliveries a rate-limited lane may take in its span, and what is held back after the platform said so. */
import type { Lane } from '../chat/chat.ts';
import type { Instant } from '../chat/ids.ts';
import { instant, msOf } from '../chat/world.ts';

export interface Lanes {
  /** The first instant all of these lanes are free; `now` when they are. One that is there twice has room for two. */
  freeAt(lanes: readonly Lane[], now: Instant): Instant;
  take(lanes: readonly Lane[], now: Instant): Taken;
  /** Nothing through these lanes (or for this key) before `until`. */
  hold(keys: readonly string[], until: Instant): void;
}

export interface Taken {
  /** It leaves only now: the platform counts from here on, and so do its lanes. */
  leave(now: Instant): void;
}

interface Use {
  readonly lane: Lane;
  readonly times: number;
}

export function openLanes(): Lanes {
  const taken = openTimes();
  const held = new Map<string, number>();
  const free = ({ lane, times }: Use, ms: number): number => {
    const inSpan = taken.within(lane, ms);
    // The last of those that must be out of the span first; more than its limit at once no lane can have room for.
    const blocking = inSpan[inSpan.length + Math.min(times, lane.limit) - lane.limit - 1];
    return Math.max(ms, held.get(lane.key) ?? 0, blocking === undefined ? 0 : blocking + lane.perMs);
  };
  return {
    freeAt: (lanes, now) => instant(Math.max(msOf(now), ...usesOf(lanes).map((use) => free(use, msOf(now))))),
    take(lanes, now) {
      const keys = lanes.filter(({ perMs }) => perMs > 0).map(({ key }) => key);
      for (const key of keys) taken.put(key, msOf(now));
      return {
        leave(later) {
          for (const key of keys) taken.move(key, msOf(now), msOf(later));
        },
      };
    },
    hold(keys, until) {
      for (const key of keys) held.set(key, Math.max(held.get(key) ?? 0, msOf(until)));
    },
  };
}

/** When each lane was taken of late, in ms, the earliest first. */
function openTimes() {
  const times = new Map<string, readonly number[]>();
  const put = (key: string, ms: number): void => {
    const known = times.get(key) ?? [];
    times.set(key, known.toSpliced(known.findLastIndex((at) => at <= ms) + 1, 0, ms));
  };
  return {
    put,
    /** Forgets what is older than the lane's span. */
    within({ key, perMs }: Lane, ms: number): readonly number[] {
      const all = times.get(key) ?? [];
      const left = all.filter((at) => at > ms - perMs);
      if (left.length === 0) times.delete(key);
      else if (left.length < all.length) times.set(key, left);
      return left;
    },
    move(key: string, from: number, to: number): void {
      const known = times.get(key) ?? [];
      const mine = known.indexOf(from);
      if (mine >= 0) times.set(key, known.toSpliced(mine, 1));
      put(key, to);
    },
  };
}

function usesOf(lanes: readonly Lane[]): Use[] {
  const uses = new Map<string, Use>();
  for (const lane of lanes) uses.set(lane.key, { lane, times: (uses.get(lane.key)?.times ?? 0) + 1 });
  return [...uses.values()];
}
