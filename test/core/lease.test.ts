/** Several workers on one outbox: one holds a row at a time, and one that comes back too late changes nothing. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Chat, DeliveryError } from '../../src/chat/chat.ts';
import type { Ref } from '../../src/chat/ids.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { HOUR, instant, MINUTE, msOf, plus } from '../../src/chat/world.ts';
import { type Deliver, openDeliver } from '../../src/core/deliver.ts';
import { type Desk, grounds, inChannel, line, openDesk } from './desk.ts';

describe.each(await grounds())('workers on $name', (ground) => {
  let desk: Desk;
  afterEach(() => desk.close());
  afterAll(() => ground.drop());

  /** A second process on the same store and platform. */
  const another = (): Deliver => openDeliver({ ...desk.core, world: { ...desk.core.world, point: () => {} } });
  const work = async (deliver: Deliver): Promise<void> => {
    await deliver.drain();
    await deliver.idle();
  };
  /** A process whose platform answers as `around` says. */
  const through = (around: (deliver: () => Promise<Ref>) => Promise<Ref>): Deliver => {
    const chat = desk.core.chats.get('local')!;
    const changed: Chat = Object.assign(Object.create(chat) as Chat, {
      deliver: (delivery: Delivery) => around(() => chat.deliver(delivery)),
    });
    return openDeliver({ ...desk.core, chats: new Map([['local', changed]]) });
  };
  /** Lets the first worker stop at a step until it is told to go on. */
  function freezeAt(step: string): { readonly stopped: Promise<void>; readonly goOn: () => void } {
    const stopped = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    desk.point = async (name) => {
      if (name !== step) return;
      desk.point = () => {};
      stopped.resolve();
      await goOn.promise;
    };
    return { stopped: stopped.promise, goOn: goOn.resolve };
  }

  it('that look at the same moment post everything once', async () => {
    desk = await openDesk(ground);
    for (let i = 0; i < 5; i++) await desk.post(`desk:${i}`, { to: inChannel(`c${i}`) });
    const workers = [another(), another(), another()];
    await Promise.all(workers.map(work));
    expect(desk.chat.posted.map(({ name }) => name).toSorted()).toEqual([
      'desk:0',
      'desk:1',
      'desk:2',
      'desk:3',
      'desk:4',
    ]);
    expect((await desk.rows()).map(({ tries }) => tries)).toEqual([1, 1, 1, 1, 1]);
  });

  it('leave a row alone while another holds it', async () => {
    desk = await openDesk(ground);
    await desk.post('desk:1');
    const frozen = freezeAt('claimed');
    const first = work(openDeliver(desk.core));
    await frozen.stopped;
    await desk.settle();
    expect(desk.chat.arrived).toEqual([]);
    frozen.goOn();
    await first;
    expect(desk.chat.arrived).toHaveLength(1);
  });

  it('keep the order of a conversation even when its first row is another’s', async () => {
    desk = await openDesk(ground);
    await desk.post('desk:1');
    await desk.post('desk:2');
    const frozen = freezeAt('claimed');
    const first = work(openDeliver(desk.core));
    await frozen.stopped;
    await desk.settle();
    expect(desk.chat.arrived).toEqual([]);
    frozen.goOn();
    await first;
    await desk.settle();
    expect(desk.chat.posted.map(({ name }) => name)).toEqual(['desk:1', 'desk:2']);
  });

  it('that slept past their lease before the post send nothing and change nothing', async () => {
    desk = await openDesk(ground);
    await desk.post('desk:1');
    const frozen = freezeAt('claimed');
    const first = work(openDeliver(desk.core));
    await frozen.stopped;
    await desk.jump(plus(desk.now(), HOUR));
    const after = await desk.row('desk:1');
    expect(after.state).toBe('sent');
    frozen.goOn();
    await first;
    expect(await desk.row('desk:1')).toEqual(after);
    expect(desk.chat.posted).toHaveLength(1);
    expect(desk.settled).toHaveLength(1);
  });

  it('that slept past their lease after the post do not end the row a second time', async () => {
    desk = await openDesk(ground);
    await desk.post('desk:1');
    const frozen = freezeAt('posted');
    const first = work(openDeliver(desk.core));
    await frozen.stopped;
    await desk.jump(plus(desk.now(), HOUR));
    frozen.goOn();
    await first;
    expect(desk.chat.posted).toHaveLength(1);
    expect(desk.settled).toMatchObject([{ end: 'sent', ref: desk.chat.posted[0]?.ref }]);
  });

  it('that come back with a failure do not put a row that was sent back into the queue', async () => {
    desk = await openDesk(ground);
    await desk.post('desk:1');
    const answer = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const frozen = work(
      through(async (deliver) => {
        await deliver();
        asked.resolve();
        await answer.promise;
        throw new DeliveryError('cut off', { effect: 'unknown', retry: { afterMs: 0 } });
      }),
    );
    await asked.promise;
    await desk.jump(plus(desk.now(), HOUR));
    answer.resolve();
    await frozen;
    await desk.at(plus(desk.now(), HOUR));
    expect((await desk.row('desk:1')).state).toBe('sent');
    expect(desk.chat.posted).toHaveLength(1);
  });

  it.each(['a success', 'a failure'])(
    'that come back late with %s do not touch a row another one holds',
    async (how) => {
      desk = await openDesk(ground);
      await desk.post('desk:1');
      const answer = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      const late = work(
        through(async (deliver) => {
          const ref = await deliver();
          asked.resolve();
          await answer.promise;
          if (how === 'a success') return ref;
          throw new DeliveryError('cut off', { effect: 'unknown', retry: { afterMs: 0 } });
        }),
      );
      await asked.promise;
      const other = freezeAt('claimed');
      const second = desk.jump(plus(desk.now(), HOUR));
      await other.stopped;
      const held = await desk.row('desk:1');
      answer.resolve();
      await late;
      expect(held.state).toBe('sending');
      expect(await desk.row('desk:1')).toEqual(held);
      other.goOn();
      await second;
      expect((await desk.row('desk:1')).state).toBe('sent');
      expect(desk.settled).toHaveLength(1);
    },
  );

  it('do not start a post they could not finish within their lease', async () => {
    desk = await openDesk(ground);
    await desk.post('desk:1');
    const frozen = freezeAt('claimed');
    const first = work(openDeliver(desk.core));
    await frozen.stopped;
    await desk.jump(plus(desk.now(), 35_000));
    frozen.goOn();
    await first;
    expect(desk.chat.arrived).toEqual([]);
    expect(await desk.row('desk:1')).toMatchObject({ state: 'ready', maybe_since: null });
    await desk.settle();
    expect(desk.chat.posted).toHaveLength(1);
  });

  it('take no lease while a lane is full, and never send faster than it allows', async () => {
    desk = await openDesk(ground);
    desk.chat.lanesOf = () => [{ key: 'all', limit: 3, perMs: 10_000 }];
    for (let i = 0; i < 12; i++) await desk.post(`desk:${i}`, { to: inChannel(`c${i}`) });
    await desk.settle();
    expect((await desk.rows()).filter(({ state }) => state === 'sending')).toEqual([]);
    const start = desk.now();
    await desk.at(plus(start, MINUTE));
    const times = desk.chat.posted.map(({ at }) => msOf(at) - msOf(start));
    expect(times).toEqual([0, 0, 0, 10, 10, 10, 20, 20, 20, 30, 30, 30].map((s) => s * 1000));
  });

  it('know when something can go next', async () => {
    desk = await openDesk(ground);
    desk.chat.lanesOf = () => [{ key: 'all', limit: 1, perMs: 10_000 }];
    await desk.post('desk:1');
    await desk.post('desk:2', { to: inChannel('C2') });
    expect(await desk.engine.nextDue()).toBe(desk.now());
    await desk.settle();
    expect(await desk.engine.nextDue()).toBe(instant(msOf(desk.now()) + 10_000));
  });

  it('carry many conversations at once, but not more than thirty-two', async () => {
    desk = await openDesk(ground);
    await desk.act(async (turn) => {
      for (let i = 0; i < 40; i++)
        await turn.send({ kind: 'post', name: `desk:${i}`, to: inChannel(`c${i}`), message: line('hello') });
    });
    const crowd = Promise.withResolvers<void>();
    let active = 0;
    await work(
      through(async (deliver) => {
        active += 1;
        if (active === 32) crowd.resolve();
        await crowd.promise;
        return deliver();
      }),
    );
    expect(active).toBe(32);
    await desk.settle();
    expect(desk.chat.posted).toHaveLength(40);
  });
});
