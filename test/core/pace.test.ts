/** Thousands of posts due at one minute: who goes first, who waits for whom, and what it costs to look. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lane } from '../../src/chat/chat.ts';
import type { Name } from '../../src/chat/ids.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { instant, msOf, plus } from '../../src/chat/world.ts';
import { openDeliver } from '../../src/core/deliver.ts';
import { openLanes } from '../../src/core/lanes.ts';
import { CHANNEL, MONDAY } from '../support/world.ts';
import { type Desk, inChannel, line, openDesk } from './desk.ts';

const SQLITE = { name: 'SQLite', reset: async () => 'sqlite::memory:', drop: async () => {} };
const RUNS = { numRuns: process.env['LONG'] ? 10_000 : 500 };
const ALL: Lane = { key: 'all', limit: 3, perMs: 10_000, shared: true };

describe('a minute with many posts', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(SQLITE);
  });
  afterEach(() => desk.close());

  const postMany = (count: number): Promise<unknown> =>
    desk.act(async (turn) => {
      for (let i = 0; i < count; i++)
        await turn.send({ kind: 'post', name: `desk:${i}`, to: inChannel(`c${i}`), message: line('hello') });
    });
  const drainOnce = async (): Promise<void> => {
    const deliver = openDeliver(desk.core);
    await deliver.drain();
    await deliver.idle();
  };

  it('opens no thread while something that is due may still post', async () => {
    desk.chat.traits.opensThreads = true;
    await desk.act(async (turn) => {
      await turn.send({
        kind: 'post',
        name: 'desk:a' as Name,
        to: inChannel(CHANNEL),
        message: line('a'),
        thread: 'A',
      });
      await turn.wake('ring', 'soon', turn.now);
    });
    await drainOnce();
    await drainOnce();
    expect(desk.chat.arrived.map(({ kind }) => kind)).toEqual(['post']);
    await desk.settle();
    expect(desk.woken).toEqual(['soon']);
    expect(desk.chat.arrived.map(({ kind }) => kind)).toEqual(['post', 'thread']);
  });

  it('reads nothing while a lane that everything takes is full', async () => {
    desk.chat.lanesOf = () => [ALL];
    await postMany(200);
    const deliver = openDeliver(desk.core);
    await deliver.drain();
    await deliver.idle();
    const { read } = desk.core.store;
    let reads = 0;
    Object.assign(desk.core.store, {
      read: (work: Parameters<typeof read>[0]) => {
        reads += 1;
        return read(work);
      },
    });
    expect(await deliver.drain()).toBe(plus(desk.now(), ALL.perMs));
    Object.assign(desk.core.store, { read });
    expect(reads).toBe(0);
    expect(desk.chat.posted).toHaveLength(ALL.limit);
  });

  it('claims what goes together in one transaction', async () => {
    await postMany(20);
    const steps: string[] = [];
    desk.point = (name) => void steps.push(name);
    await drainOnce();
    expect(steps.filter((name) => name === 'claimed')).toHaveLength(20);
    expect(steps.slice(0, steps.indexOf('claimed')).filter((name) => name === 'committed')).toHaveLength(1);
  });

  it('lets nothing that needs less room overtake what needs more of a lane that everything takes', async () => {
    const isLarge = ({ name }: Delivery): boolean => name === 'desk:1';
    desk.chat.lanesOf = (delivery) => (isLarge(delivery) ? [ALL, ALL, ALL] : [ALL]);
    await postMany(6);
    await desk.settle();
    expect(desk.chat.posted.map(({ name }) => name)).toEqual(['desk:0']);
    await desk.at(plus(MONDAY, 10_000));
    expect(desk.chat.posted.map(({ name }) => name)).toEqual(['desk:0', 'desk:1']);
    await desk.at(plus(MONDAY, 20_000));
    expect(desk.chat.posted).toHaveLength(5);
  });

  it('lets what waits for its own lane be overtaken', async () => {
    desk.chat.lanesOf = ({ name }) => [ALL, { key: name === 'desk:2' ? 'other' : 'own', limit: 1, perMs: 60_000 }];
    await postMany(3);
    await desk.settle();
    expect(desk.chat.posted.map(({ name }) => name)).toEqual(['desk:0', 'desk:2']);
  });
});

describe('a lane that is taken', () => {
  it('several times at once has room for all of them, and never for more than its limit', () => {
    const wants = fc.array(fc.record({ times: fc.integer({ min: 1, max: 5 }), wait: fc.nat(3000) }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 9 }), fc.integer({ min: 1, max: 5000 }), wants, (limit, perMs, all) => {
        const lanes = openLanes();
        const left: number[] = [];
        let now = MONDAY;
        for (const { times, wait } of all) {
          const uses = Array.from({ length: times }, () => ({ key: 'a', limit, perMs }));
          now = lanes.freeAt(uses, plus(now, wait));
          lanes.take(uses, now);
          left.push(...uses.map(() => msOf(now)));
        }
        for (const from of left)
          expect(left.filter((ms) => ms >= from && ms < from + perMs).length).toBeLessThanOrEqual(limit);
      }),
      RUNS,
    );
  });

  it('counts from when something left, not from when it was let go', () => {
    const lanes = openLanes();
    const one: Lane = { key: 'a', limit: 2, perMs: 1000 };
    const first = lanes.take([one], MONDAY);
    lanes.take([one], MONDAY);
    first.leave(plus(MONDAY, 300));
    expect(lanes.freeAt([one], plus(MONDAY, 400))).toBe(plus(MONDAY, 1000));
    lanes.take([one], plus(MONDAY, 1000));
    expect(lanes.freeAt([one], plus(MONDAY, 1000))).toBe(plus(MONDAY, 1300));
    expect(lanes.freeAt([one], instant(msOf(MONDAY) + 2300))).toBe(plus(MONDAY, 2300));
  });
});
