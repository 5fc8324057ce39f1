import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Deed,
  isOver,
  isUnderway,
  keyOf,
  type Plan,
  type Standing,
  step,
} from '../../../src/features/mock/states.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 300 };
const DEEDS: readonly Deed[] = [
  'accept',
  'begin',
  'answer',
  'skip',
  'rate',
  'leave unrated',
  'reflect',
  'pause',
  'resume',
  'stop',
];
const plan: fc.Arbitrary<Plan> = fc.record({
  probes: fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 1, maxLength: 5 }),
  canReplay: fc.boolean(),
});
const START: Standing = { stage: 'opening', question: 0, part: 0, paused: 0 };

/** Every place a mock passes on its way, doing `deed` wherever it can be done. */
function walk(plan_: Plan, deeds: readonly Deed[]): Standing[] {
  const way: Standing[] = [START];
  for (const deed of deeds) {
    const next = step(way.at(-1)!, deed, plan_);
    if (next) way.push(next);
  }
  return way;
}

/** A place that a mock may be in at all. */
function isLegal({ stage, question, part, paused }: Standing, { probes }: Plan): boolean {
  if (paused === 1 && !isUnderway({ stage })) return false;
  if (stage === 'answering')
    return question >= 1 && question <= probes.length && part >= 0 && part <= (probes[question - 1] ?? 0);
  if (stage === 'rating') return question >= 1 && question <= probes.length && (part === 1 || part === 2);
  return isOver({ stage }) || (part === 0 && question === 0);
}

describe('the states of a mock', () => {
  it('whatever people do, it is always in one legal place, and nothing moves it once it is over', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.constantFrom(...DEEDS), { maxLength: 60 }), (of, deeds) => {
        const way = walk(of, deeds);
        for (const at of way) expect(isLegal(at, of), JSON.stringify(at)).toBe(true);
        const ends = way.findIndex(isOver);
        expect(ends === -1 || ends === way.length - 1).toBe(true);
      }),
      runs,
    );
  });

  it('no step is met twice but for pauses: nothing is asked twice', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.constantFrom(...DEEDS), { maxLength: 60 }), (of, deeds) => {
        const keys = walk(of, deeds).map(keyOf);
        const steps = keys.filter((key, i) => i === 0 || key !== keys[i - 1]);
        expect(new Set(steps).size).toBe(steps.length);
      }),
      runs,
    );
  });

  it('a pause and what follows it lead back to the same step', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.constantFrom(...DEEDS), { maxLength: 40 }), (of, deeds) => {
        const at = walk(of, deeds).at(-1)!;
        const paused = step(at, 'pause', of);
        if (!paused) return;
        for (const deed of ['answer', 'skip', 'rate', 'reflect', 'pause'] as const)
          expect(step(paused, deed, of)).toBeUndefined();
        expect(step(paused, 'resume', of)).toEqual(at);
      }),
      runs,
    );
  });

  it('answered to the end it asks every question and every follow-up in order', () => {
    const of: Plan = { probes: [2, 0, 1], canReplay: true };
    const keys = walk(of, [
      'begin',
      ...Array.from({ length: 40 }, (): Deed[] => ['answer', 'rate', 'reflect']).flat(),
    ]).map(keyOf);
    expect(keys).toEqual([
      'opening.0.0',
      'answering.1.0',
      'answering.1.1',
      'answering.1.2',
      'rating.1.1',
      'rating.1.2',
      'answering.2.0',
      'rating.2.1',
      'rating.2.2',
      'answering.3.0',
      'answering.3.1',
      'rating.3.1',
      'rating.3.2',
      'reflecting.0.0',
      'replaying.0.0',
      'done.0.0',
    ]);
  });
});
