/** Seeded chance: the same seed gives the same order everywhere. Not for secrets. */
import { hashText } from '../../bank/order.ts';

/** Numbers in [0, 1), one a call (mulberry32). */
export function rolls(seed: string): () => number {
  let state = hashText(seed) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy in a random order (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const roll = rolls(seed);
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const at = Math.floor(roll() * (last + 1));
    const moved = order[last] as T;
    order[last] = order[at] as T;
    order[at] = moved;
  }
  return order;
}
