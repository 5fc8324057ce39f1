/** What people write: it reaches its feature once, newest version first of all, also when it comes early or while we were away. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/chat/chat.ts';
import type { Instant, Name, PersonId, Ref } from '../../src/chat/ids.ts';
import type { Reply } from '../../src/chat/incoming.ts';
import type { Place } from '../../src/chat/place.ts';
import { DAY, HOUR, MINUTE, plus } from '../../src/chat/world.ts';
import { openEngine } from '../../src/core/engine.ts';
import { replayStrays } from '../../src/core/replies.ts';
import { read } from '../support/words.ts';
import { CHANNEL, MONDAY, TEAM } from '../support/world.ts';
import { BEN, type Desk, grounds, inChannel, line, openDesk } from './desk.ts';

describe.each(await grounds())('a message on $name', (ground) => {
  let desk: Desk;
  let under: Ref;
  /** A post of the desk's, followed for two days. */
  const begin = async (name = 'desk:root'): Promise<void> => {
    desk = await openDesk(ground);
    await desk.post(name);
    await desk.act((turn) => turn.watch(name as Name, plus(turn.now, 2 * DAY)));
    await desk.settle();
    under = desk.chat.named(name)[0]!.ref;
  };
  afterEach(() => desk.close());
  afterAll(() => ground.drop());
  const texts = (): (string | undefined)[] => desk.heard.map(({ event }) => event.text);
  const inThread = (): Place<Ref> => ({ in: 'thread', under });
  const dm: Place<Ref> = { in: 'dm', person: BEN.id };

  describe('under a post', () => {
    it('reaches the feature the post’s name belongs to, with that name', async () => {
      await begin();
      await desk.reply({ place: inThread(), text: 'hello' });
      expect(desk.heard).toMatchObject([{ about: { post: 'desk:root' }, event: { text: 'hello' } }]);
    });

    it('in its newest version is never overwritten by an older one that comes late', async () => {
      await begin();
      const ref = 'm1' as Ref;
      await desk.reply({ place: inThread(), ref, text: 'one', at: plus(MONDAY, 1) });
      await desk.reply({ place: inThread(), ref, change: 'edited', text: 'three', at: plus(MONDAY, 3) });
      await desk.reply({ place: inThread(), ref, change: 'edited', text: 'two', at: plus(MONDAY, 2) });
      expect(texts()).toEqual(['one', 'three']);
    });

    it('that was deleted stays deleted, whatever comes after', async () => {
      await begin();
      const ref = 'm1' as Ref;
      await desk.reply({ place: inThread(), ref, change: 'deleted', at: plus(MONDAY, 5) });
      await desk.reply({ place: inThread(), ref, text: 'one', at: plus(MONDAY, 1) });
      await desk.reply({ place: inThread(), ref, change: 'edited', text: 'late edit', at: plus(MONDAY, 9) });
      expect(desk.heard.map(({ event }) => event.change)).toEqual(['deleted']);
    });

    it('of one person does not touch the versions of another message', async () => {
      await begin();
      await desk.reply({ place: inThread(), ref: 'm2' as Ref, text: 'newer', at: plus(MONDAY, 9) });
      await desk.reply({ place: inThread(), ref: 'm1' as Ref, text: 'older', at: plus(MONDAY, 1) });
      expect(texts()).toEqual(['newer', 'older']);
    });
  });

  describe('under a post that is not linked yet', () => {
    const early = { in: 'thread', under: 'm1' as Ref } as const;

    it('waits, and is heard when the post is linked', async () => {
      desk = await openDesk(ground);
      await desk.reply({ place: early, text: 'quick' });
      expect(desk.heard).toEqual([]);
      await desk.post('desk:root');
      await desk.settle();
      expect(desk.chat.named('desk:root')[0]?.ref).toBe('m1');
      expect(desk.heard).toMatchObject([{ about: { post: 'desk:root' }, event: { text: 'quick' } }]);
      expect(await desk.store.read((tx) => tx.selectFrom('strays').selectAll().execute())).toEqual([]);
    });

    it('is heard in the order it came, its newest version last', async () => {
      desk = await openDesk(ground);
      const ref = 'r1' as Ref;
      await desk.reply({ place: early, ref, text: 'one', at: plus(MONDAY, 1) });
      await desk.jump(plus(MONDAY, MINUTE));
      await desk.reply({ place: early, ref, change: 'edited', text: 'two', at: plus(MONDAY, 2) });
      await desk.post('desk:root');
      await desk.settle();
      expect(texts()).toEqual(['one', 'two']);
    });

    it('waits on when taking it in fails, and holds up no other', async () => {
      desk = await openDesk(ground);
      await desk.reply({ place: early, text: 'poison' });
      await desk.jump(plus(MONDAY, MINUTE));
      await desk.reply({ place: early, text: 'fine' });
      desk.hooks.reply = ({ text }) => {
        if (text === 'poison') throw new Error('a bug');
      };
      await desk.post('desk:root');
      await desk.settle();
      expect(texts()).toEqual(['fine']);
      delete desk.hooks.reply;
      await desk.engine.beat();
      expect(texts()).toEqual(['fine', 'poison']);
    });

    it('is heard once when two processes find it at the same moment', async () => {
      desk = await openDesk(ground, {
        replies: async (_, __, turn) => {
          const name = `desk:heard:${turn.newId()}` as const;
          await turn.send({ kind: 'post', name, to: inChannel(CHANNEL), message: line('heard') });
        },
      });
      await desk.reply({ place: early, text: 'quick' });
      await desk.store.write(async (tx) => {
        const post = {
          team: TEAM,
          name: 'desk:root',
          ref: 'm1' as Ref,
          conversation: 'channel C1',
          sent: MONDAY,
        } as const;
        await tx.insertInto('posts').values(post).execute();
      });
      await Promise.all([replayStrays(desk.core), replayStrays(desk.core)]);
      expect(await desk.rows()).toHaveLength(1);
    });

    it('is dropped after a day', async () => {
      desk = await openDesk(ground);
      await desk.reply({ place: early, text: 'in somebody else’s thread' });
      await desk.jump(plus(MONDAY, DAY));
      await desk.engine.beat();
      const count = async () => (await desk.store.read((tx) => tx.selectFrom('strays').select('id').execute())).length;
      expect(await count()).toBe(1);
      await desk.jump(plus(MONDAY, DAY + 1));
      await desk.engine.beat();
      expect(await count()).toBe(0);
      await desk.post('desk:root');
      await desk.settle();
      expect(desk.heard).toEqual([]);
    });
  });

  describe('in a room or in direct messages', () => {
    it('reaches whoever listens there, with the subject it listens with', async () => {
      desk = await openDesk(ground);
      await desk.act(async (turn) => {
        await turn.send({ kind: 'room', name: 'desk:room', title: 'Room', members: [BEN.id], near: CHANNEL });
        await turn.listen({ in: 'room', room: 'desk:room' }, 'room 1');
        await turn.listen({ in: 'dm', person: BEN.id }, 'dm 1');
      });
      await desk.settle();
      const room = desk.chat.named('desk:room')[0]!.ref;
      await desk.reply({ place: { in: 'room', room } });
      await desk.reply({ place: dm });
      expect(desk.heard.map(({ about }) => about)).toEqual([{ subject: 'room 1' }, { subject: 'dm 1' }]);
    });

    it('follows the last one that began to listen, and nobody once it stopped', async () => {
      desk = await openDesk(ground);
      await desk.act((turn) => turn.listen({ in: 'dm', person: BEN.id }, 'first'));
      await desk.act((turn) => turn.listen({ in: 'dm', person: BEN.id }, 'second'));
      await desk.reply({ place: dm });
      await desk.act((turn) => turn.unlisten({ in: 'dm', person: BEN.id }));
      await desk.reply({ place: dm });
      expect(desk.heard.map(({ about }) => about)).toEqual([{ subject: 'second' }]);
    });

    it('that nobody listens to gets help, once, and not for an edit of it', async () => {
      desk = await openDesk(ground);
      const ref = 'd1' as Ref;
      await desk.reply({ place: dm, ref, text: 'hi', at: plus(MONDAY, 1) });
      await desk.reply({ place: dm, ref, change: 'edited', text: 'hi!', at: plus(MONDAY, 2) });
      await desk.settle();
      expect(desk.chat.dms(BEN.id).map(({ message }) => read(message))).toHaveLength(1);
      expect(read(desk.chat.dms(BEN.id)[0]?.message)).toContain('/practice do');
    });

    it('from a platform that names no team there finds the team that listens', async () => {
      desk = await openDesk(ground);
      await desk.act((turn) => turn.listen({ in: 'dm', person: BEN.id }, 'mine'));
      const { team: _, ...event } = replyOf({ place: dm, text: 'hello' });
      await desk.chat.emit(event);
      expect(desk.heard).toMatchObject([{ about: { subject: 'mine' } }]);
    });
  });

  const replyOf = (what: Partial<Reply> & Pick<Reply, 'place'>): Reply => {
    const ref = what.ref ?? ('q1' as Ref);
    const at = what.at ?? desk.now();
    const id = `${ref}:${what.change ?? 'new'}:${at}`;
    return { kind: 'reply', id, team: TEAM, at, from: BEN, ref, change: 'new', text: 'words', extras: 0, ...what };
  };
  /** Written while we hear nothing: it stands on the platform only. */
  const missed = (what: Partial<Reply>): Reply => {
    const event = replyOf({ place: inThread(), ...what });
    desk.chat.said.push({ under, event });
    return event;
  };
  /** Begins anew, and waits until everything is read. */
  const restart = async (): Promise<void> => {
    await desk.engine.start();
    await desk.settle();
  };
  const thread = async () =>
    desk.store.read((tx) => tx.selectFrom('threads').selectAll().where('post', '=', 'desk:root').executeTakeFirst());
  const broken = new DeliveryError('no answer', { effect: 'none', retry: { afterMs: 0 } });

  describe('that was written while we were away', () => {
    it('is heard at the next start', async () => {
      await begin();
      missed({ text: 'while you slept' });
      await restart();
      expect(texts()).toEqual(['while you slept']);
    });

    it('is heard when the platform says that events may be lost', async () => {
      await begin();
      missed({ text: 'lost' });
      await desk.jump(plus(MONDAY, MINUTE));
      await desk.chat.emit({ kind: 'deaf', id: 'deaf1', team: TEAM, at: desk.now(), since: MONDAY });
      await desk.settle();
      expect(texts()).toEqual(['lost']);
    });

    it('is heard within a quarter of an hour in any case', async () => {
      await begin();
      await desk.engine.beat();
      missed({ text: 'nobody told us' });
      await desk.jump(plus(MONDAY, 14 * MINUTE));
      await desk.engine.beat();
      expect(texts()).toEqual([]);
      await desk.jump(plus(MONDAY, 16 * MINUTE));
      await desk.engine.beat();
      expect(texts()).toEqual(['nobody told us']);
    });

    it('and also pushed is heard once', async () => {
      await begin();
      const event = missed({ text: 'both ways' });
      await desk.chat.emit(event);
      await restart();
      await restart();
      expect(texts()).toEqual(['both ways']);
    });

    it('by many people is heard page after page, in order', async () => {
      await begin();
      for (let i = 0; i < 120; i++) missed({ ref: `p${i}` as Ref, text: `${i}` });
      await restart();
      expect(texts()).toEqual(Array.from({ length: 120 }, (_, i) => `${i}`));
    });

    it('is read on after a stop in the middle of it', async () => {
      await begin();
      for (let i = 0; i < 120; i++) missed({ ref: `p${i}` as Ref, text: `${i}` });
      desk.hooks.reply = ({ text }) => {
        if (text === '10') void desk.engine.stop();
      };
      await restart();
      expect(texts()).toHaveLength(50);
      const next = openEngine(desk.core);
      await next.start();
      await next.settle();
      expect(texts()).toEqual(Array.from({ length: 120 }, (_, i) => `${i}`));
    });

    it('is heard in the newest thread first', async () => {
      await begin();
      const old = under;
      await desk.jump(plus(MONDAY, HOUR));
      await desk.post('desk:newer', { to: inChannel('C2') });
      await desk.act((turn) => turn.watch('desk:newer', plus(turn.now, 2 * DAY)));
      await desk.settle();
      const newer = desk.chat.named('desk:newer')[0]!.ref;
      for (const [at, ref] of [
        [old, 'x1'],
        [newer, 'x2'],
      ] as const)
        desk.chat.said.push({
          under: at,
          event: replyOf({ place: { in: 'thread', under: at }, ref: ref as Ref, text: ref }),
        });
      await restart();
      expect(texts()).toEqual(['x2', 'x1']);
    });

    it('is not lost when reading fails: it is read again from the same place', async () => {
      await begin();
      missed({ ref: 'p1' as Ref, text: 'first' });
      await restart();
      const before = await thread();
      desk.chat.repliesFail = broken;
      missed({ ref: 'p2' as Ref, text: 'second' });
      await desk.jump(plus(MONDAY, HOUR));
      await desk.engine.beat();
      expect(await thread()).toEqual(before);
      desk.chat.repliesFail = undefined;
      await desk.engine.beat();
      expect(texts()).toEqual(['first', 'second']);
    });

    it('is not lost when taking it in fails: the place in the thread does not move past it', async () => {
      await begin();
      missed({ text: 'poison' });
      desk.hooks.reply = () => {
        throw new Error('a bug');
      };
      await restart();
      expect((await thread())?.cursor).toBeNull();
      delete desk.hooks.reply;
      await restart();
      expect(texts()).toEqual(['poison']);
    });

    it('in one thread that cannot be read does not keep the others from being read', async () => {
      await begin();
      await desk.post('desk:other');
      await desk.act((turn) => turn.watch('desk:other', plus(turn.now, DAY)));
      await desk.settle();
      const other = desk.chat.named('desk:other')[0]!.ref;
      missed({ ref: 'p1' as Ref, text: 'poison' });
      desk.chat.said.push({ under: other, event: replyOf({ place: { in: 'thread', under: other }, text: 'fine' }) });
      desk.hooks.reply = ({ text }) => {
        if (text === 'poison') throw new Error('a bug');
      };
      await restart();
      expect(texts()).toEqual(['fine']);
    });

    it('behind one that cannot be taken in is heard all the same, and that one is tried again', async () => {
      await begin();
      missed({ ref: 'p1' as Ref, text: 'poison' });
      missed({ ref: 'p2' as Ref, text: 'fine' });
      desk.hooks.reply = ({ text }) => {
        if (text === 'poison') throw new Error('a bug');
      };
      await restart();
      expect(texts()).toEqual(['fine']);
      delete desk.hooks.reply;
      await desk.jump(plus(MONDAY, 16 * MINUTE));
      await desk.engine.beat();
      expect(texts()).toEqual(['fine', 'poison']);
    });

    it('that can never be taken in keeps its thread open for a day after the end, no longer', async () => {
      await begin();
      missed({ text: 'poison' });
      desk.hooks.reply = () => {
        throw new Error('a bug');
      };
      await desk.jump(plus(MONDAY, 2 * DAY + HOUR));
      await desk.engine.beat();
      expect((await thread())?.closed).toBe(0);
      await desk.jump(plus(MONDAY, 3 * DAY + HOUR));
      await desk.engine.beat();
      expect((await thread())?.closed).toBe(1);
    });
  });

  describe('after a thread’s end', () => {
    const end: Instant = plus(MONDAY, 2 * DAY);

    it('the thread is closed only by a read that began after the end and succeeded', async () => {
      await begin();
      await desk.jump(end);
      await desk.engine.beat();
      expect((await thread())?.closed).toBe(0);
      desk.chat.repliesFail = broken;
      await desk.jump(plus(end, MINUTE));
      await desk.engine.beat();
      expect((await thread())?.closed).toBe(0);
      desk.chat.repliesFail = undefined;
      missed({ text: 'at the last minute' });
      await desk.engine.beat();
      expect((await thread())?.closed).toBe(1);
      expect(texts()).toEqual(['at the last minute']);
    });

    it('the thread is not read any more', async () => {
      await begin();
      await desk.jump(plus(end, MINUTE));
      await desk.engine.beat();
      missed({ text: 'too late' });
      await desk.jump(plus(end, DAY));
      await desk.engine.beat();
      expect(texts()).toEqual([]);
    });

    it('a longer watch opens it again where it was', async () => {
      await begin();
      missed({ ref: 'p1' as Ref, text: 'first' });
      await desk.jump(plus(end, MINUTE));
      await desk.engine.beat();
      await desk.act((turn) => turn.watch('desk:root', plus(turn.now, DAY)));
      missed({ ref: 'p2' as Ref, text: 'second' });
      await desk.jump(plus(end, HOUR));
      await desk.engine.beat();
      expect(texts()).toEqual(['first', 'second']);
    });

    it('a thread that is gone is closed at once', async () => {
      await begin();
      desk.chat.gone.add(under);
      await restart();
      expect((await thread())?.closed).toBe(1);
    });
  });

  it('keeps event ids for two weeks, longer than any platform repeats an event', async () => {
    await begin();
    await desk.reply({ place: inThread(), id: 'e1', text: 'once' });
    await desk.jump(plus(MONDAY, 14 * DAY));
    await desk.engine.beat();
    const ids = async () =>
      (await desk.store.read((tx) => tx.selectFrom('inbox').select('id').execute())).map((row) => row.id);
    expect(await ids()).toContain('e1');
    await desk.jump(plus(MONDAY, 14 * DAY + 1));
    await desk.engine.beat();
    expect(await ids()).not.toContain('e1');
  });

  it('tells the features when a post of theirs or a channel is removed', async () => {
    const seen: unknown[] = [];
    desk = await openDesk(ground, {
      facts: {
        'post-removed': async ({ name }) => void seen.push(name),
        'channel-removed': async ({ channel }) => void seen.push(channel),
      },
    });
    await desk.act((turn) => turn.send({ kind: 'post', name: 'desk:1', to: inChannel(CHANNEL), message: line('x') }));
    await desk.settle();
    const base = { kind: 'removed', team: TEAM, at: MONDAY } as const;
    const { ref } = desk.chat.posted[0]!;
    await desk.chat.emit({ ...base, id: 'x1', what: { kind: 'post', ref } });
    await desk.chat.emit({ ...base, id: 'x2', what: { kind: 'post', ref: 'unknown' as Ref } });
    await desk.chat.emit({ ...base, id: 'x3', what: { kind: 'channel', channel: CHANNEL } });
    expect(seen).toEqual(['desk:1', CHANNEL]);
  });

  it('of somebody new notes them as active, with name and zone', async () => {
    await begin();
    await desk.reply({
      place: inThread(),
      from: { id: 'cleo' as PersonId, name: 'Cleo', admin: false, zone: 'Asia/Tokyo' },
    });
    const cleo = await desk.store.read((tx) =>
      tx
        .selectFrom('people')
        .selectAll()
        .where('id', '=', 'cleo' as PersonId)
        .executeTakeFirst(),
    );
    expect(cleo).toMatchObject({ name: 'Cleo', zone: 'Asia/Tokyo', active_at: MONDAY });
  });
});
