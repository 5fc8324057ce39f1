/** The cheapest flow against every flow there is, on networks small enough to try them all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestFlow, type Edge } from '../../src/matching/flow.ts';

const NODES = 5;
const SINK = NODES - 1;

/** Every way to fill the edges that loses nothing on the way; the most that arrives, and the least that costs. */
function bestByTrying(edges: readonly Edge[]): { amount: number; cost: number } {
  let best = { amount: 0, cost: 0 };
  const fill = (at: number, on: readonly number[]): void => {
    const edge = edges[at];
    if (edge) {
      for (let units = 0; units <= edge.capacity; units += 1) fill(at + 1, [...on, units]);
      return;
    }
    const kept = Array.from({ length: NODES }, (_, node) =>
      edges.reduce((sum, { from, to }, i) => sum + (to === node ? on[i]! : 0) - (from === node ? on[i]! : 0), 0),
    );
    if (kept.slice(1, SINK).some((left) => left !== 0) || kept[SINK]! < 0) return;
    const cost = edges.reduce((sum, edge_, i) => sum + edge_.cost * on[i]!, 0);
    if (kept[SINK]! > best.amount || (kept[SINK] === best.amount && cost < best.cost))
      best = { amount: kept[SINK]!, cost };
  };
  fill(0, []);
  return best;
}

/** Edges lead from lower to higher nodes, so no circle can pay. */
const edge = fc
  .record({
    ends: fc.tuple(fc.nat(SINK), fc.nat(SINK)).filter(([a, b]) => a !== b),
    capacity: fc.nat(2),
    cost: fc.integer({ min: -5, max: 9 }),
  })
  .map(({ ends, capacity, cost }): Edge => ({ from: Math.min(...ends), to: Math.max(...ends), capacity, cost }));

describe('the cheapest flow', () => {
  it('carries as much as any flow, and no such flow costs less', () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 8 }), (edges) => {
        const flow = cheapestFlow(NODES, edges, 0, SINK);
        expect({ amount: flow.amount, cost: flow.cost }).toEqual(bestByTrying(edges));
      }),
      { numRuns: 500 },
    );
  });

  it('fills no edge above its capacity and loses nothing on the way', () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 30 }), (edges) => {
        const { on, amount } = cheapestFlow(NODES, edges, 0, SINK);
        for (const [i, { capacity }] of edges.entries()) {
          expect(on[i]).toBeGreaterThanOrEqual(0);
          expect(on[i]).toBeLessThanOrEqual(capacity);
        }
        for (let node = 1; node < SINK; node += 1) {
          const through = edges.reduce(
            (sum, { from, to }, i) => sum + (to === node ? on[i]! : 0) - (from === node ? on[i]! : 0),
            0,
          );
          expect(through).toBe(0);
        }
        const left = edges.reduce((sum, { from }, i) => sum + (from === 0 ? on[i]! : 0), 0);
        expect(left).toBe(amount);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the long way round when an early choice was greedy', () => {
    // 0→1→4 looks cheap, but then 2 cannot reach the sink any more.
    const edges = [
      { from: 0, to: 1, capacity: 1, cost: 0 },
      { from: 0, to: 2, capacity: 1, cost: 0 },
      { from: 1, to: 3, capacity: 1, cost: 1 },
      { from: 1, to: 4, capacity: 1, cost: 5 },
      { from: 2, to: 3, capacity: 1, cost: 1 },
      { from: 3, to: 4, capacity: 1, cost: 0 },
    ];
    expect(cheapestFlow(5, edges, 0, 4)).toEqual({ amount: 2, cost: 6 + 1 - 1 + 1 - 1, on: [1, 1, 0, 1, 1, 1] });
  });

  it('says so when a circle pays', () => {
    const edges = [
      { from: 0, to: 1, capacity: 1, cost: -2 },
      { from: 1, to: 0, capacity: 1, cost: 1 },
    ];
    expect(() => cheapestFlow(2, edges, 0, 1)).toThrow('a circle of edges costs less than nothing');
  });
});
