/** Chance that can be had again: the same seed gives the same plan. */
export interface Chance {
  /** In [0, 1). */
  roll(): number;
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** One of these. */
  of<T>(all: readonly T[]): T;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  // An additive counter put through a mixing function: short, and good enough to choose with.
  const roll = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(roll() * limit);
  return {
    roll,
    below,
    of(all) {
      const one = all[below(all.length)];
      if (one === undefined) throw new Error('nothing to choose from');
      return one;
    },
  };
}
