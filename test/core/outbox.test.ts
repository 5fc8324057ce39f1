/** Names, edits and order: what is sent, once, and in which sequence. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Chat, DeliveryError } from '../../src/chat/chat.ts';
import type { Name } from '../../src/chat/ids.ts';
import { LIMITS } from '../../src/chat/limits.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import type { Place } from '../../src/chat/place.ts';
import { DAY, MINUTE, plus } from '../../src/chat/world.ts';
import { openDeliver } from '../../src/core/deliver.ts';
import { read } from '../support/words.ts';
import { CHANNEL } from '../support/world.ts';
import { type Desk, grounds, inChannel, line, openDesk } from './desk.ts';

const NOW = {
  effect: 'before',
  error: new DeliveryError('busy', { effect: 'none', retry: { afterMs: MINUTE } }),
} as const;
const NEVER = {
  effect: 'before',
  error: new DeliveryError('no such channel', { effect: 'none', retry: 'never' }),
} as const;
const under = (name: string): Place => ({ in: 'thread', under: name as Name });

describe.each(await grounds())('the outbox on $name', (ground) => {
  let desk: Desk;
  const begin = async (): Promise<Desk> => (desk = await openDesk(ground));
  afterEach(() => desk.close());
  afterAll(() => ground.drop());
  const names = (): string[] => desk.chat.posted.map(({ name }) => name);
  const says = (name: string): string => read(desk.chat.named(name)[0]?.message).trim();

  it('posts a name once, however often and in however many turns it is sent', async () => {
    await begin();
    await desk.act(async (turn) => {
      for (const words of ['first', 'second'])
        await turn.send({ kind: 'post', name: 'desk:1', to: inChannel(CHANNEL), message: line(words) });
    });
    await desk.settle();
    await desk.post('desk:1', { says: 'third' });
    await desk.settle();
    expect(names()).toEqual(['desk:1']);
    expect(says('desk:1')).toBe('first');
  });

  it('keeps names apart by team', async () => {
    await begin();
    await desk.post('desk:1');
    const other = 'T2' as Desk['chat']['arrived'][number]['team'];
    await desk.chat.emit({ kind: 'installed', id: 'i2', team: other, at: desk.now(), name: 'Other' });
    await desk.store.write(async (tx) => {
      const row = await tx.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
      await tx
        .insertInto('outbox')
        .values({ ...row, id: 'zz', team: other })
        .execute();
    });
    await desk.settle();
    expect(desk.chat.posted.map(({ delivery }) => delivery.team).toSorted()).toEqual(['T1', 'T2']);
  });

  it('sends nothing before the turn is kept', async () => {
    await begin();
    await desk.act(async (turn) => {
      await turn.send({ kind: 'post', name: 'desk:1', to: inChannel(CHANNEL), message: line('hello') });
      expect(desk.chat.arrived).toEqual([]);
    });
    await desk.settle();
    expect(desk.chat.arrived).toHaveLength(1);
  });

  it('refuses a card no platform would take, in the turn that sends it', async () => {
    await begin();
    const answer = await desk.act((turn) =>
      turn.send({
        kind: 'post',
        name: 'desk:1',
        to: inChannel(CHANNEL),
        message: line('x'.repeat(LIMITS.text + 1)),
      }),
    );
    expect(answer).toMatchObject({ kind: 'say' });
    expect(await desk.rows()).toEqual([]);
  });

  it('keeps no text of what was sent', async () => {
    await begin();
    await desk.post('desk:1', { says: 'a secret answer' });
    await desk.settle();
    expect(JSON.stringify(await desk.rows())).not.toContain('a secret answer');
  });

  describe('edits', () => {
    it('join the post when it has not gone yet', async () => {
      await begin();
      await desk.post('desk:1', { says: 'old' });
      await desk.edit('desk:1', 'new');
      await desk.settle();
      expect(desk.chat.arrived.map(({ kind }) => kind)).toEqual(['post']);
      expect(says('desk:1')).toBe('new');
    });

    it('replace each other while they wait: the last one is sent, once', async () => {
      await begin();
      await desk.post('desk:1', { says: 'old' });
      await desk.settle();
      for (const words of ['a', 'b', 'c']) await desk.edit('desk:1', words);
      await desk.settle();
      expect(desk.chat.posted[0]?.edits).toBe(1);
      expect(says('desk:1')).toBe('c');
    });

    it('wait behind a post that may already be there', async () => {
      await begin();
      desk.chat.troubles.push({
        about: 'desk:1',
        trouble: { effect: 'after', error: new DeliveryError('cut off', { effect: 'unknown', retry: { afterMs: 0 } }) },
      });
      await desk.post('desk:1', { says: 'old' });
      await desk.settle();
      await desk.edit('desk:1', 'new');
      await desk.at(plus(desk.now(), MINUTE));
      expect(names()).toEqual(['desk:1']);
      expect(says('desk:1')).toBe('new');
    });

    it('made while one is on its way are sent after it', async () => {
      await begin();
      await desk.post('desk:1', { says: 'old' });
      await desk.settle();
      await desk.edit('desk:1', 'first');
      let edited = false;
      desk.point = async (step) => {
        if (step !== 'claimed' || edited) return;
        edited = true;
        await desk.edit('desk:1', 'second');
      };
      await desk.settle();
      expect(desk.chat.posted[0]?.edits).toBe(2);
      expect(says('desk:1')).toBe('second');
    });

    it.each(['post', 'edit'])('made while their %s is just about to go are not lost', async (kind) => {
      await begin();
      await desk.post('desk:1', { says: 'old' });
      if (kind === 'edit') {
        await desk.settle();
        await desk.edit('desk:1', 'first');
      }
      const chat = desk.core.chats.get('local')!;
      let late: Promise<void> | undefined;
      const lanes = (delivery: Delivery) => {
        // The row was read, and is not claimed yet.
        late ??= desk.edit('desk:1', 'second');
        return chat.lanes(delivery);
      };
      const carry = (delivery: Delivery) => chat.deliver(delivery);
      const changed: Chat = Object.assign(Object.create(chat) as Chat, { lanes, deliver: carry });
      const deliver = openDeliver({ ...desk.core, chats: new Map([['local', changed]]) });
      await deliver.drain();
      await deliver.idle();
      await late;
      await desk.settle();
      expect(says('desk:1')).toBe('second');
    });

    it('whose fate is unknown are sent again with the newest words, not looked for', async () => {
      await begin();
      await desk.post('desk:1', { says: 'old' });
      await desk.settle();
      desk.chat.findAnswers = 'cannot tell';
      desk.chat.troubles.push({
        about: 'desk:1',
        trouble: {
          effect: 'before',
          error: new DeliveryError('cut off', { effect: 'unknown', retry: { afterMs: 0 } }),
        },
      });
      await desk.edit('desk:1', 'first');
      await desk.settle();
      await desk.edit('desk:1', 'second');
      await desk.at(plus(desk.now(), 2 * MINUTE));
      expect(says('desk:1')).toBe('second');
    });

    it('of something never sent are a bug and leave nothing', async () => {
      await begin();
      await desk.edit('desk:none', 'new');
      expect(desk.logged.some(([level]) => level === 'error')).toBe(true);
      expect(await desk.rows()).toEqual([]);
    });

    it('of a post that died are dropped', async () => {
      await begin();
      desk.chat.troubles.push({ about: 'desk:1', trouble: NEVER });
      await desk.post('desk:1');
      await desk.settle();
      await desk.edit('desk:1', 'new');
      await desk.settle();
      expect(desk.chat.arrived).toHaveLength(1);
    });
  });

  describe('removals', () => {
    const remove = (name: string) => desk.act((turn) => turn.send({ kind: 'remove', name: name as Name }));

    it('of a post that has not gone keep it from going, and drop its words', async () => {
      await begin();
      await desk.post('desk:1', { says: 'a secret answer' });
      await remove('desk:1');
      await desk.settle();
      expect(desk.chat.arrived).toEqual([]);
      expect(JSON.stringify(await desk.rows())).not.toContain('a secret answer');
    });

    it('of a post that stands take it down, once, with the edits that waited', async () => {
      await begin();
      await desk.post('desk:1');
      await desk.settle();
      await desk.edit('desk:1', 'new');
      await remove('desk:1');
      await remove('desk:1');
      await desk.settle();
      expect(desk.chat.arrived.map(({ kind }) => kind)).toEqual(['post', 'remove']);
      expect(desk.chat.shown()).toEqual([]);
    });
  });

  describe('order', () => {
    it('in one conversation is the order of sending, also over many turns', async () => {
      await begin();
      for (let i = 0; i < 12; i++) await desk.post(`desk:${i}`);
      await desk.settle();
      expect(names()).toEqual(Array.from({ length: 12 }, (_, i) => `desk:${i}`));
    });

    it('holds when the first of a conversation fails: the others wait for it', async () => {
      await begin();
      desk.chat.troubles.push({ about: 'desk:1', trouble: NOW });
      for (const name of ['desk:1', 'desk:2', 'desk:3']) await desk.post(name);
      await desk.settle();
      expect(names()).toEqual([]);
      await desk.at(plus(desk.now(), 2 * MINUTE));
      expect(names()).toEqual(['desk:1', 'desk:2', 'desk:3']);
    });

    it('does not hold up other conversations', async () => {
      await begin();
      desk.chat.troubles.push({ about: 'desk:slow', trouble: NOW });
      await desk.post('desk:slow');
      await desk.post('desk:waits');
      await desk.post('desk:free', { to: inChannel('C2') });
      await desk.settle();
      expect(names()).toEqual(['desk:free']);
    });

    it('goes on when the first of a conversation dies', async () => {
      await begin();
      desk.chat.troubles.push({ about: 'desk:1', trouble: NEVER });
      for (const name of ['desk:1', 'desk:2']) await desk.post(name);
      await desk.settle();
      expect(names()).toEqual(['desk:2']);
    });

    it('at the same minute lets first posts go before threads and edits', async () => {
      await begin();
      await desk.post('desk:old');
      await desk.settle();
      await desk.post('desk:talk', { to: under('desk:old') });
      await desk.edit('desk:old', 'new');
      await desk.post('desk:dm', { to: { in: 'dm', person: 'ben' as never } });
      await desk.post('desk:fresh', { to: inChannel('C2') });
      await desk.settle();
      expect(desk.chat.arrived.slice(1).map(({ name }) => name)[0]).toBe('desk:fresh');
    });

    it('puts what hangs under a post after it, whoever was sent first', async () => {
      await begin();
      await desk.act(async (turn) => {
        await turn.send({ kind: 'post', name: 'desk:root', to: inChannel(CHANNEL), message: line('root') });
        await turn.send({ kind: 'post', name: 'desk:leaf', to: under('desk:root'), message: line('leaf') });
        await turn.send({ kind: 'room', name: 'desk:room', title: 'Room', members: [], near: CHANNEL });
        const room = { in: 'room', room: 'desk:room' } as const;
        await turn.send({ kind: 'file', name: 'desk:file', to: room, type: 'text/plain', text: 'x' });
      });
      await desk.settle();
      const order = names();
      expect(order.indexOf('desk:root')).toBeLessThan(order.indexOf('desk:leaf'));
      expect(order.indexOf('desk:room')).toBeLessThan(order.indexOf('desk:file'));
      expect(desk.chat.thread('desk:root').map(({ name }) => name)).toEqual(['desk:leaf']);
    });
  });

  describe('the name of a post that was refused', () => {
    it('may be sent again, and then stands for that post alone', async () => {
      await begin();
      desk.chat.troubles.push({ about: 'desk:root', trouble: NEVER });
      await desk.post('desk:root');
      await desk.settle();
      await desk.post('desk:root', { says: 'second try' });
      await desk.post('desk:root', { says: 'third try' });
      await desk.settle();
      expect(desk.chat.posted.map(({ name }) => name)).toEqual(['desk:root']);
      expect(desk.settled.map(({ end }) => end)).toEqual(['dead', 'sent']);
      expect((await desk.rows()).map(({ state }) => state)).toEqual(['sent']);
    });

    it('stays taken while nobody can tell whether it arrived', async () => {
      await begin();
      desk.chat.findAnswers = 'cannot tell';
      const error = new DeliveryError('no answer', { effect: 'unknown', retry: { afterMs: 0 } });
      desk.chat.troubles.push({ about: 'desk:root', trouble: { error, effect: 'after' } });
      await desk.post('desk:root');
      await desk.at('2026-11-24T07:10:00.000Z');
      await desk.jump('2026-11-25T11:50:00.000Z');
      await desk.at('2026-11-25T12:00:00.000Z');
      expect((await desk.row('desk:root')).state).toBe('dead');
      await desk.post('desk:root');
      await desk.settle();
      expect(desk.chat.posted).toHaveLength(1);
    });
  });

  describe('what hangs under a post that dies', () => {
    it('dies with it, down to the last leaf, and the feature hears each end', async () => {
      await begin();
      desk.chat.troubles.push({ about: 'desk:root', trouble: NEVER });
      await desk.post('desk:root');
      await desk.post('desk:leaf', { to: under('desk:root') });
      await desk.post('desk:leaf-leaf', { to: under('desk:leaf') });
      await desk.settle();
      expect(desk.settled.map(({ name, end, reason }) => [name, end, reason])).toEqual([
        ['desk:root', 'dead', 'no such channel'],
        ['desk:leaf', 'dead', 'the post it belongs to was never sent'],
        ['desk:leaf-leaf', 'dead', 'the post it belongs to was never sent'],
      ]);
      expect((await desk.rows()).map(({ state }) => state)).toEqual(['dead', 'dead', 'dead']);
    });

    it('dies too when it is sent afterwards, and holds up nothing', async () => {
      await begin();
      desk.chat.troubles.push({ about: 'desk:root', trouble: NEVER });
      await desk.post('desk:root');
      await desk.settle();
      await desk.post('desk:leaf', { to: under('desk:root') });
      await desk.settle();
      expect(desk.settled.map(({ name, end }) => [name, end])).toEqual([
        ['desk:root', 'dead'],
        ['desk:leaf', 'dead'],
      ]);
      expect(await desk.engine.nextDue()).toBeUndefined();
    });

    it('dies too when the post was taken back before it went', async () => {
      await begin();
      await desk.post('desk:root');
      await desk.post('desk:leaf', { to: under('desk:root') });
      await desk.act((turn) => turn.send({ kind: 'remove', name: 'desk:root' }));
      await desk.at(plus(desk.now(), 2 * DAY));
      expect((await desk.row('desk:leaf')).state).toBe('dead');
    });
  });

  it('tells the feature how each of its posts ended, in the transaction that ends it', async () => {
    await begin();
    await desk.post('desk:1');
    desk.hooks.end = () => {
      throw new Error('a bug in the feature');
    };
    await desk.settle();
    expect((await desk.row('desk:1')).state).toBe('sending');
    delete desk.hooks.end;
    await desk.at(plus(desk.now(), 10 * MINUTE));
    expect(desk.settled.map(({ name, kind, end, ref }) => [name, kind, end, ref])).toEqual([
      ['desk:1', 'post', 'sent', desk.chat.posted[0]?.ref],
    ]);
    expect(names()).toEqual(['desk:1']);
  });

  it('gives up telling a feature that fails to hear of an end for a day, so that the conversation goes on', async () => {
    await begin();
    await desk.post('desk:1');
    desk.hooks.end = ({ name }) => {
      if (name === 'desk:1') throw new Error('a bug in the feature');
    };
    for (let hours = 1; hours <= 25; hours += 1) {
      await desk.jump(plus(desk.now(), 60 * MINUTE));
      if (hours === 20) await desk.post('desk:2');
    }
    await desk.settle();
    expect(names()).toEqual(['desk:1', 'desk:2']);
    expect((await desk.rows()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(desk.settled.map(({ name }) => name)).toEqual(['desk:2']);
    expect(desk.logged.map(([, what]) => what)).toContain('a feature could not be told how its post ended');
  });
});
