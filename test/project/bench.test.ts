/** A benchmark's result is judged by its ratios and shown as a table. */
import { describe, expect, it } from 'vitest';
import { judge, showOutcome } from '../../bench/bench.ts';
import type { Outcome } from '../../bench/bench.ts';

const outcome = (value: number): Outcome => ({
  rows: [{ what: 'load 10 files', median: 1234.5, min: 0.01234, max: 12.345, unit: 'ms' }],
  ratios: [{ name: 'load / floor', value, goal: 1.5 }],
});

describe('a benchmark', () => {
  it('is well when no ratio is above its goal', () => {
    expect(judge('bank', outcome(1.5)).ok).toBe(true);
    expect(judge('bank', outcome(1.51)).ok).toBe(false);
    expect(judge('bank', outcome(NaN)).ok).toBe(false);
  });

  it('shows medians with their spread, and ratios with their goals', () => {
    expect(showOutcome(judge('bank', outcome(1.21)))).toBe(
      [
        'what           median  lowest  highest',
        '─────────────  ──────  ──────  ───────  ──',
        'load 10 files    1235  0.0123     12.3  ms',
        '',
        'ratio         value   goal',
        '────────────  ─────  ─────  ───',
        'load / floor   1.21  ≤ 1.5  met',
      ].join('\n'),
    );
    expect(showOutcome(judge('bank', outcome(1.6)))).toContain('MISSED');
  });
});
