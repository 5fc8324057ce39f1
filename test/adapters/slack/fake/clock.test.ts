/** The fake's clock: what falls due on the way happens first, in its order, and is waited for. */
import { describe, expect, it } from 'vitest';
import { openClock } from '../../../support/fake-slack/clock.ts';

const START = Date.parse('2026-11-23T12:00:00Z');
const fail = (error: unknown): never => {
  throw error;
};

describe('the clock', () => {
  it('starts where it is put, and moves on', async () => {
    const clock = openClock({ start: START }, fail);
    expect(clock.now() - START).toBeLessThan(5000);
    await clock.advance(3_600_000);
    expect(clock.now() - START).toBeGreaterThanOrEqual(3_600_000);
    clock.stop();
  });

  it('does what falls due in its order, each at its time', async () => {
    const clock = openClock({ start: START }, fail);
    const done: string[] = [];
    const note = (name: string, due: number) => () => {
      expect(clock.now()).toBeGreaterThanOrEqual(START + due);
      done.push(name);
    };
    clock.at(START + 300_000, note('third', 300_000));
    clock.at(START + 60_000, note('first', 60_000));
    clock.at(START + 60_000, note('second', 60_000));
    clock.at(START + 600_000, note('later', 600_000));
    await clock.advance(400_000);
    expect(done).toEqual(['first', 'second', 'third']);
    clock.stop();
  });

  it('waits for a job before it does the next', async () => {
    const clock = openClock({ start: START }, fail);
    const done: string[] = [];
    clock.at(START + 1000, async () => {
      await Promise.resolve();
      done.push('slow');
    });
    clock.at(START + 2000, () => void done.push('quick'));
    await clock.advance(3000);
    expect(done).toEqual(['slow', 'quick']);
    clock.stop();
  });

  it('forgets a job that is called off', async () => {
    const clock = openClock({ start: START }, fail);
    const done: string[] = [];
    clock.at(START + 1000, () => void done.push('never')).cancel();
    await clock.advance(2000);
    expect(done).toEqual([]);
    clock.stop();
  });

  it('does it without being moved too, and faster when told so', async () => {
    const clock = openClock({ start: START, speed: 10_000 }, fail);
    await clock.wait(60_000);
    expect(clock.now() - START).toBeGreaterThanOrEqual(60_000);
    clock.stop();
  });

  it('tells of a job that failed, and goes on', async () => {
    const failed: unknown[] = [];
    const clock = openClock({ start: START }, (error) => void failed.push(error));
    const done: string[] = [];
    clock.at(START + 1000, () => Promise.reject(new Error('no')));
    clock.at(START + 2000, () => void done.push('yes'));
    await clock.advance(3000);
    expect([failed, done]).toEqual([[new Error('no')], ['yes']]);
    clock.stop();
  });
});
