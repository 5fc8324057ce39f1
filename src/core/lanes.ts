/** Pacing: how many deliveries a rate-limited lane may take in its span, and what is held back after the platform said so. */
import type { Lane } from '../chat/chat.ts';
import type { Instant } from '../chat/ids.ts';
import { instant, msOf } from '../chat/world.ts';

export interface Lanes {
  /** The first instant all of these lanes are free; `now` when they are. */
  freeAt(lanes: readonly Lane[], now: Instant): Instant;
  take(lanes: readonly Lane[], now: Instant): void;
  /** Nothing through these lanes (or for this key) before `until`. */
  hold(keys: readonly string[], until: Instant): void;
}

export function openLanes(): Lanes {
  const taken = new Map<string, number[]>();
  const held = new Map<string, number>();
  const free = ({ key, limit, perMs }: Lane, ms: number): number => {
    const recent = (taken.get(key) ?? []).filter((at) => at > ms - perMs);
    taken.set(key, recent);
    const blocking = recent.length < limit ? undefined : recent[recent.length - limit];
    return Math.max(ms, held.get(key) ?? 0, blocking === undefined ? 0 : blocking + perMs);
  };
  return {
    freeAt: (lanes, now) => instant(Math.max(msOf(now), ...lanes.map((lane) => free(lane, msOf(now))))),
    take(lanes, now) {
      for (const { key } of lanes) taken.set(key, [...(taken.get(key) ?? []), msOf(now)]);
    },
    hold(keys, until) {
      for (const key of keys) held.set(key, Math.max(held.get(key) ?? 0, msOf(until)));
    },
  };
}
