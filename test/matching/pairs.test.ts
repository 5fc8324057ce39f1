/** Buddies against the best grouping there is, found by trying every subset once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fit, pairUp, worthOf } from '../../src/matching/pairs.ts';

/** The worth of the best grouping of everybody into pairs, with one trio when the count is odd. */
function bestWorth(count: number, fit: Fit): number {
  const known = new Map<number, number>();
  const best = (left: number): number => {
    if (left === 0) return 0;
    const before = known.get(left);
    if (before !== undefined) return before;
    const people = Array.from({ length: count }, (_, i) => i).filter((i) => (left >> i) & 1);
    const [first = 0, ...others] = people;
    let most = -Infinity;
    for (const [i, second] of others.entries()) {
      const without = left & ~(1 << first) & ~(1 << second);
      most = Math.max(most, worthOf([first, second], fit) + best(without));
      // The trio stands where an odd number is left; after it the rest is even.
      if (people.length % 2 === 0) continue;
      for (const third of others.slice(i + 1))
        most = Math.max(most, worthOf([first, second, third], fit) + best(without & ~(1 << third)));
    }
    const value = people.length % 2 === 1 && people.length < 3 ? -Infinity : most;
    known.set(left, value);
    return value;
  };
  return best(2 ** count - 1);
}

const tableFit =
  (table: readonly (readonly (number | undefined)[])[]): Fit =>
  (a, b) =>
    table[Math.min(a, b)]?.[Math.max(a, b)];

const pool = (min: number, max: number, value: fc.Arbitrary<number | undefined>) =>
  fc.integer({ min, max }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      table: fc.array(fc.array(value, { minLength: count, maxLength: count }), {
        minLength: count,
        maxLength: count,
      }),
    }),
  );

describe('practice buddies', () => {
  it('are on average at least 97 % as good as the best pairs there are', () => {
    const cases = process.env['LONG'] ? 500 : 60;
    const fits = fc.double({ min: 0, max: 1, noNaN: true });
    const shares = fc.sample(pool(8, 16, fits), { numRuns: cases, seed: 20261123 }).map(({ count, table }) => {
      const fit = tableFit(table);
      const reached = pairUp(count, fit).reduce((sum, group) => sum + worthOf(group, fit), 0);
      return reached / bestWorth(count, fit);
    });
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    expect(mean).toBeGreaterThanOrEqual(0.97);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1 + 1e-9);
  });

  it('are everybody once, in twos, with one trio when somebody is left over', () => {
    fc.assert(
      fc.property(pool(2, 17, fc.double({ min: 0, max: 1, noNaN: true })), ({ count, table }) => {
        const groups = pairUp(count, tableFit(table));
        expect(groups.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(groups.filter((group) => group.length === 3).length).toBe(count % 2);
        expect(groups.every((group) => group.length >= 2)).toBe(true);
      }),
    );
  });

  it('are never two who must not meet, in pairs or trios', () => {
    const numRuns = process.env['LONG'] ? 10_000 : 500;
    const some = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined, freq: 2 });
    fc.assert(
      fc.property(pool(2, 12, some), ({ count, table }) => {
        const fit = tableFit(table);
        const groups = pairUp(count, fit);
        expect(groups.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(3);
          expect(worthOf(group, fit)).toBeGreaterThanOrEqual(0);
        }
        // Two who go together are never both left alone.
        const alone = groups.filter((group) => group.length === 1).flat();
        for (const a of alone) for (const b of alone) if (a !== b) expect(fit(a, b)).toBe(undefined);
      }),
      { numRuns },
    );
  });

  it('are nobody where there is only one', () => {
    expect(pairUp(0, () => 1)).toEqual([]);
    expect(pairUp(1, () => 1)).toEqual([[0]]);
  });
});
