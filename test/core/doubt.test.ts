/** A post whose fate is unknown: never twice, never lost, never for ever. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/chat/chat.ts';
import type { Instant } from '../../src/chat/ids.ts';
import { HOUR, instant, MINUTE, msOf, plus } from '../../src/chat/world.ts';
import { TEAM } from '../support/world.ts';
import { type Desk, grounds, inChannel, line, openDesk } from './desk.ts';

const unknown = (effect: 'before' | 'after') => ({
  effect,
  error: new DeliveryError('no answer', { effect: 'unknown', retry: { afterMs: 0 } }),
});
const busy = (afterMs: number, scope: 'this' | 'lane' | 'team' = 'this') => ({
  effect: 'before' as const,
  error: new DeliveryError('rate limited', { effect: 'none', retry: { afterMs }, scope }),
});
const SECOND = 1000;

describe.each(await grounds())('a delivery on $name', (ground) => {
  let desk: Desk;
  const begin = async (facts: { repeatSafeMs?: number } = {}): Promise<Desk> => {
    desk = await openDesk(ground);
    Object.assign(desk.chat, facts);
    return desk;
  };
  afterEach(() => desk.close());
  afterAll(() => ground.drop());
  const trouble = (about: string, what: ReturnType<typeof unknown | typeof busy>): void =>
    void desk.chat.troubles.push({ about, trouble: what });
  const names = (): string[] => desk.chat.posted.map(({ name }) => name);
  const later = (ms: number): Instant => plus(desk.now(), ms);
  /** What is done when, second by second. */
  const arrivals = async (forMs: number): Promise<number[]> => {
    const start = msOf(desk.now());
    const seen: number[] = [];
    for (let ms = 0; ms <= forMs; ms += SECOND) {
      await desk.jump(instant(start + ms));
      while (seen.length < desk.chat.arrived.length) seen.push(ms);
    }
    return seen;
  };

  describe('that got no answer', () => {
    it('and arrived is found, linked and told as sent, and never posted twice', async () => {
      await begin();
      trouble('desk:1', unknown('after'));
      await desk.post('desk:1');
      await desk.at(later(MINUTE));
      expect(names()).toEqual(['desk:1']);
      expect(desk.chat.arrived).toHaveLength(1);
      expect(await desk.row('desk:1')).toMatchObject({ state: 'sent', body: '' });
      expect(desk.settled).toMatchObject([{ name: 'desk:1', end: 'sent', ref: desk.chat.posted[0]?.ref }]);
    });

    it('and did not arrive is posted, but only after the last moment it could still arrive', async () => {
      await begin();
      trouble('desk:1', unknown('before'));
      await desk.post('desk:1');
      const [first, second] = await arrivals(MINUTE);
      expect(first).toBe(0);
      expect(second).toBeGreaterThanOrEqual(desk.chat.timeoutMs + desk.chat.lateMs);
      expect(names()).toEqual(['desk:1']);
    });

    it('is repeated at once where the platform shows repeats only once', async () => {
      await begin({ repeatSafeMs: 100 * SECOND });
      trouble('desk:1', unknown('before'));
      await desk.post('desk:1');
      const [, second] = await arrivals(10 * SECOND);
      expect(second).toBeLessThan(desk.chat.timeoutMs);
    });

    it('and arrived is sent, although the repeat is refused for good', async () => {
      await begin({ repeatSafeMs: 100 * SECOND });
      trouble('desk:1', unknown('after'));
      const error = new DeliveryError('channel_not_found', { effect: 'none', retry: 'never' });
      trouble('desk:1', { error, effect: 'before' });
      await desk.post('desk:1');
      await arrivals(10 * SECOND);
      expect(desk.chat.arrived).toHaveLength(2);
      expect((await desk.row('desk:1')).state).toBe('sent');
      expect(desk.settled.map(({ end }) => end)).toEqual(['sent']);
    });

    it('is repeated only for so long after the first try, however many repeats there were', async () => {
      await begin({ repeatSafeMs: 20 * SECOND });
      desk.chat.findAnswers = 'cannot tell';
      for (let i = 0; i < 30; i++) trouble('desk:1', unknown('before'));
      await desk.post('desk:1');
      const times = await arrivals(MINUTE);
      expect(times.length).toBeGreaterThan(2);
      expect(Math.max(...times)).toBeLessThan(20 * SECOND);
    });

    it('is no longer repeated when the time for safe repeats is over: then it is looked for', async () => {
      await begin({ repeatSafeMs: 20 * SECOND });
      trouble('desk:1', unknown('after'));
      await desk.post('desk:1');
      await desk.settle();
      await desk.jump(later(HOUR));
      expect(desk.chat.arrived).toHaveLength(1);
      expect(names()).toEqual(['desk:1']);
      expect((await desk.row('desk:1')).state).toBe('sent');
    });

    it('waits while nobody can tell, looks ever more rarely, and is given up after a day', async () => {
      await begin();
      trouble('desk:1', unknown('before'));
      desk.chat.findAnswers = 'cannot tell';
      await desk.post('desk:1');
      await desk.at(later(HOUR));
      expect(desk.chat.finds).toBeGreaterThan(5);
      expect(desk.chat.finds).toBeLessThan(40);
      for (let hours = 2; hours <= 25; hours += 1) await desk.jump(later(HOUR));
      expect(desk.chat.arrived).toHaveLength(1);
      expect(await desk.row('desk:1')).toMatchObject({ state: 'dead' });
      expect(desk.settled).toMatchObject([{ end: 'dead', reason: 'nobody could tell for a day whether it arrived' }]);
    });

    it('is posted as soon as somebody can tell that it is not there', async () => {
      await begin();
      trouble('desk:1', unknown('before'));
      desk.chat.findAnswers = 'cannot tell';
      await desk.post('desk:1');
      await desk.at(later(HOUR));
      expect(names()).toEqual([]);
      desk.chat.findAnswers = undefined;
      await desk.at(later(10 * MINUTE));
      expect(names()).toEqual(['desk:1']);
    });

    it('is settled by its own echo, once, without looking', async () => {
      await begin();
      trouble('desk:1', unknown('after'));
      await desk.post('desk:1');
      await desk.settle();
      const ref = desk.chat.posted[0]!.ref;
      for (const id of ['echo1', 'echo2'])
        await desk.chat.emit({ kind: 'echo', id, team: TEAM, at: desk.now(), name: 'desk:1', ref });
      await desk.at(later(HOUR));
      expect(desk.chat.finds).toBe(0);
      expect(desk.chat.arrived).toHaveLength(1);
      expect(desk.settled).toMatchObject([{ end: 'sent', ref }]);
    });

    it('is not settled by an echo of something that was never tried', async () => {
      await begin();
      await desk.post('desk:1');
      await desk.chat.emit({ kind: 'echo', id: 'x', team: TEAM, at: desk.now(), name: 'desk:1', ref: 'fake' as never });
      await desk.settle();
      expect(desk.settled).toMatchObject([{ end: 'sent', ref: desk.chat.posted[0]?.ref }]);
    });
  });

  describe('in doubt', () => {
    it('is so from the moment it is claimed, before anything leaves', async () => {
      await begin();
      const seen: (Instant | null)[] = [];
      desk.point = async (step) => {
        if (step === 'claimed') seen.push((await desk.row('desk:1')).maybe_since);
      };
      await desk.post('desk:1');
      await desk.settle();
      expect(seen).toEqual([desk.now()]);
    });

    it('is so no longer when the platform refused the first try for certain', async () => {
      await begin();
      trouble('desk:1', busy(MINUTE));
      await desk.post('desk:1');
      await desk.settle();
      expect(await desk.row('desk:1')).toMatchObject({ state: 'ready', tries: 1, maybe_since: null });
    });

    it('stays so when a later try is refused: an earlier one may still be there', async () => {
      await begin({ repeatSafeMs: 100 * SECOND });
      trouble('desk:1', unknown('after'));
      trouble('desk:1', busy(5 * MINUTE));
      await desk.post('desk:1');
      await desk.at(later(30 * SECOND));
      expect(await desk.row('desk:1')).toMatchObject({ tries: 2, maybe_since: expect.any(String) as string });
      await desk.at(later(HOUR));
      expect(names()).toEqual(['desk:1']);
      expect(desk.chat.arrived).toHaveLength(2);
    });

    it('a crash after the post and before the note of it does not post it again', async () => {
      await begin();
      desk.point = (step) => {
        if (step === 'posted') throw new Error('the process died');
      };
      await desk.post('desk:1');
      await desk.settle();
      desk.point = () => {};
      await desk.at(later(HOUR));
      expect(names()).toEqual(['desk:1']);
      expect((await desk.row('desk:1')).state).toBe('sent');
    });

    it('a crash between the claim and the post loses nothing', async () => {
      await begin();
      desk.point = (step) => {
        if (step === 'claimed') throw new Error('the process died');
      };
      await desk.post('desk:1');
      await desk.settle();
      desk.point = () => {};
      await desk.at(later(HOUR));
      expect(names()).toEqual(['desk:1']);
    });
  });

  describe('past its time', () => {
    const expires = '2026-11-23T08:00:00.000Z' as Instant;
    const end = async () => desk.settled.map(({ end: how }) => how);

    it('is not posted, and the feature hears that it expired', async () => {
      await begin();
      await desk.post('desk:1', { expires });
      await desk.jump(plus(expires, 1));
      expect(names()).toEqual([]);
      expect(await end()).toEqual(['expired']);
      expect(await desk.row('desk:1')).toMatchObject({ state: 'expired', body: '' });
    });

    it('is still posted at the very instant', async () => {
      await begin();
      await desk.post('desk:1', { expires });
      await desk.jump(expires);
      expect(await end()).toEqual(['sent']);
    });

    it('after a refused try is not posted', async () => {
      await begin();
      trouble('desk:1', busy(3 * HOUR));
      await desk.post('desk:1', { expires });
      await desk.settle();
      await desk.at(later(4 * HOUR));
      expect(names()).toEqual([]);
      expect(await end()).toEqual(['expired']);
    });

    it('is not repeated, not even where repeats are safe: it is looked for, and counts as sent when found', async () => {
      await begin({ repeatSafeMs: 5 * HOUR });
      trouble('desk:1', unknown('after'));
      desk.chat.timeoutMs = 5_000;
      await desk.post('desk:1', { expires });
      desk.point = (step) => {
        if (step === 'posted') throw new Error('the process died');
      };
      await desk.settle();
      await desk.jump(plus(expires, 1));
      await desk.at(later(HOUR));
      expect(desk.chat.arrived).toHaveLength(1);
      expect(await end()).toEqual(['sent']);
    });

    it('in doubt and absent is expired, not posted', async () => {
      await begin();
      trouble('desk:1', unknown('before'));
      await desk.post('desk:1', { expires });
      await desk.settle();
      await desk.jump(plus(expires, 1));
      await desk.at(later(HOUR));
      expect(names()).toEqual([]);
      expect(await end()).toEqual(['expired']);
    });

    it('without an expiry of its own is given up after a day of refusals', async () => {
      await begin();
      for (let i = 0; i < 10; i++) trouble('desk:1', busy(5 * HOUR));
      await desk.post('desk:1');
      await desk.at(later(30 * HOUR));
      expect(desk.settled).toMatchObject([{ end: 'dead', reason: 'it could not be sent for a day' }]);
    });
  });

  describe('that the platform turned away', () => {
    it('comes back when the platform said, not earlier', async () => {
      await begin();
      trouble('desk:1', busy(30 * SECOND));
      await desk.post('desk:1');
      expect(await arrivals(MINUTE)).toEqual([0, 30 * SECOND]);
    });

    it('for itself alone holds back nothing else', async () => {
      await begin();
      trouble('desk:1', busy(30 * SECOND, 'this'));
      await desk.post('desk:1');
      await desk.post('desk:2', { to: inChannel('C2') });
      await desk.settle();
      expect(names()).toEqual(['desk:2']);
    });

    it('for its lane holds back what uses the same lane, and nothing else', async () => {
      await begin();
      desk.chat.lanesOf = ({ name }) => [{ key: name.endsWith('b') ? 'B' : 'A', limit: 100, perMs: SECOND }];
      trouble('desk:1a', busy(30 * SECOND, 'lane'));
      await desk.post('desk:1a');
      await desk.settle();
      await desk.post('desk:2a', { to: inChannel('C2') });
      await desk.post('desk:3b', { to: inChannel('C3') });
      await desk.settle();
      expect(names()).toEqual(['desk:3b']);
      await desk.at(later(31 * SECOND));
      expect(names().toSorted()).toEqual(['desk:1a', 'desk:2a', 'desk:3b']);
    });

    it('for its team holds back the team however much it has waiting, and no other team', async () => {
      await begin();
      const other = 'T2' as typeof TEAM;
      await desk.chat.emit({ kind: 'installed', id: 'i2', team: other, at: desk.now(), name: 'Other' });
      trouble('desk:0', busy(10 * MINUTE, 'team'));
      await desk.post('desk:0');
      await desk.settle();
      await desk.act(async (turn) => {
        for (let i = 1; i <= 70; i++)
          await turn.send({ kind: 'post', name: `desk:${i}`, to: inChannel(`many${i}`), message: line('hello') });
      });
      await desk.store.write(async (tx) => {
        const row = await tx.selectFrom('outbox').selectAll().where('key', '=', 'desk:70').executeTakeFirstOrThrow();
        await tx
          .insertInto('outbox')
          .values({ ...row, id: 'zz', team: other })
          .execute();
      });
      await desk.settle();
      expect(desk.chat.posted.map(({ delivery }) => delivery.team)).toEqual([other]);
      await desk.at(later(11 * MINUTE));
      expect(desk.chat.posted).toHaveLength(72);
    });

    it('for good is dead at once, with the platform’s reason', async () => {
      await begin();
      const error = new DeliveryError('not in channel', { effect: 'none', retry: 'never' });
      trouble('desk:1', { effect: 'before', error } as never);
      await desk.post('desk:1');
      await desk.settle();
      expect(await desk.row('desk:1')).toMatchObject({ state: 'dead', reason: 'not in channel', body: '' });
      expect(desk.logged.some(([level, what]) => level === 'warn' && what === 'a post could not be sent')).toBe(true);
    });
  });
});
