/** Looking for what may be there: by our mark, by our author, within what can be looked through. */
import { afterEach, describe, expect, it } from 'vitest';
import { markOf } from '../../../adapters/discord/names.ts';
import type { ChannelId } from '../../../src/chat/ids.ts';
import { plus } from '../../../src/chat/world.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import {
  at,
  dmTo,
  failureIn,
  fileOf,
  inChannel,
  inForum,
  openOutside,
  type Outside,
  postOf,
  posted,
  roomOf,
  threadOf,
  words,
} from './outside.ts';

let open: Outside | undefined;
const start = async (): Promise<Outside> => (open = await openOutside());
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const ABSENT = { kind: 'absent' };
const CANNOT_TELL = { kind: 'cannot tell' };
const HISTORY = 'GET /channels/:id/messages';

describe('looking for a delivery on Discord', () => {
  it('finds a post, a post in a thread, a forum post, a direct message, a room and a file', async () => {
    const o = await start();
    const since = o.world.now();
    const root = await o.out.deliver(postOf(o, 'root'));
    const deep = await o.out.deliver(postOf(o, 'deep', inForum(o)));
    const all: readonly Delivery[] = [
      postOf(o, 'channel'),
      postOf(o, 'thread', { in: 'thread', under: root }),
      postOf(o, 'forum', inForum(o)),
      postOf(o, 'in forum', { in: 'thread', under: deep }),
      postOf(o, 'dm', dmTo(o.ana)),
      roomOf(o, 'room', [o.ana, o.bo]),
      roomOf(o, 'single', [o.bo]),
      fileOf(o, 'file', dmTo(o.ana)),
      fileOf(o, 'file in forum', inForum(o)),
      fileOf(o, 'file in thread', { in: 'thread', under: root }),
    ];
    for (const delivery of all) {
      expect(await o.out.find(delivery, since), delivery.name).toEqual(ABSENT);
      const ref = await o.out.deliver(delivery);
      expect(await o.restarted().out.find(delivery, since), delivery.name).toEqual({ kind: 'found', ref });
    }
  });

  it('finds a post after it was changed, and one in a direct message below another', async () => {
    const o = await start();
    const since = o.world.now();
    const ref = await o.out.deliver(postOf(o, 'a'));
    await o.out.deliver({ kind: 'edit', team: o.team, name: 'test:a', ref, message: words('changed') });
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual({ kind: 'found', ref });
    const under = await o.out.deliver(postOf(o, 'root', dmTo(o.ana)));
    const below = postOf(o, 'below', { in: 'thread', under });
    expect(await o.out.find(below, since)).toEqual(ABSENT);
    const there = await o.out.deliver(below);
    expect(await o.out.find(below, since)).toEqual({ kind: 'found', ref: there });
  });

  it('finds what went to a private thread, since direct messages are closed', async () => {
    const o = await start();
    const since = o.world.now();
    o.bo.closedDms = true;
    expect(await o.out.find(postOf(o, 'a', dmTo(o.bo)), since)).toEqual(ABSENT);
    const ref = await o.out.deliver(postOf(o, 'a', dmTo(o.bo)));
    expect(await o.restarted().out.find(postOf(o, 'a', dmTo(o.bo)), since)).toEqual({ kind: 'found', ref });
    expect(await o.out.find(postOf(o, 'b', dmTo(o.bo)), since)).toEqual(ABSENT);
  });

  it('believes a mark only from its own author', async () => {
    const o = await start();
    const since = o.world.now();
    const id = await o.fake.hands.write(o.bo.id, o.channel.id, 'forged');
    const forged = o.channel.messages.find((message) => message.id === id);
    Object.assign(forged ?? {}, { components: [{ type: 10, id: markOf(o.team, 'test:a'), content: 'forged' }] });
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual(ABSENT);
    const ref = await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual({ kind: 'found', ref });
  });

  it('does not take another name, another team, or an older post for it', async () => {
    const o = await start();
    const since = plus(o.world.now(), -60_000);
    await o.out.deliver(postOf(o, 'b', inChannel(o), words('a')));
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual(ABSENT);
    await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.find(postOf(o, 'a'), plus(o.world.now(), 600_000))).toEqual(ABSENT);
    const elsewhere = { ...postOf(o, 'a'), team: o.fake.addGuild('Globex').id as typeof o.team };
    expect(await o.out.find(elsewhere, since)).toEqual(ABSENT);
  });

  it('looks a minute further back, for clocks that differ', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.find(postOf(o, 'a'), plus(o.world.now(), 30_000))).toEqual({ kind: 'found', ref });
  });

  it('looks through three pages and then cannot tell', async () => {
    const o = await start();
    const since = o.world.now();
    for (let i = 0; i < 299; i++) await o.fake.hands.write(o.bo.id, o.channel.id, `n${i}`);
    const ref = await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual({ kind: 'found', ref });
    expect(await o.out.find(postOf(o, 'b'), since)).toEqual(CANNOT_TELL);
  });

  it.each([
    { do: '429', retryAfter: 1 },
    { do: 'status', status: 500, effect: 'before' },
    { do: 'status', status: 403, code: 50_001, effect: 'before' },
    { do: 'drop', effect: 'before' },
    { do: 'empty', effect: 'before' },
    { do: 'html', status: 403 },
  ] as const)('cannot tell when Discord does not let it look (%#)', async (fault) => {
    const o = await start();
    o.fake.fault(HISTORY, fault);
    expect(await o.out.find(postOf(o, 'a'), o.world.now())).toEqual(CANNOT_TELL);
    o.fake.fault('GET /guilds/:id/threads/active', fault);
    expect(await o.out.find(roomOf(o, 'a', [o.ana]), o.world.now())).toEqual(CANNOT_TELL);
  });

  it('cannot tell where it may not read the history, which then only looks empty', async () => {
    const o = await start();
    const since = o.world.now();
    await o.out.deliver(postOf(o, 'a'));
    o.guild.overwrites.set(o.channel.id, (1n << 10n) | (1n << 11n));
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual(CANNOT_TELL);
  });

  it('is absent where there is no such channel any more', async () => {
    const o = await start();
    const since = o.world.now();
    const under = await o.out.deliver(postOf(o, 'root'));
    const nowhere = { in: 'channel', channel: '123456789012345678' as ChannelId } as const;
    expect(await o.out.find(postOf(o, 'a', nowhere), since)).toEqual(ABSENT);
    await o.fake.hands.deleteChannel(o.channel.id);
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual(ABSENT);
    expect(await o.out.find(postOf(o, 'a', { in: 'thread', under }), since)).toEqual(ABSENT);
  });

  it('leaves a half made room to the next try, which takes it up', async () => {
    const o = await start();
    const since = o.world.now();
    const room = roomOf(o, 'room', [o.ana, o.bo]);
    o.fake.fault('PUT /channels/:id/thread-members/:user', { do: 'status', status: 500, effect: 'before' });
    await failureIn(o, room);
    expect(await o.out.find(room, since)).toEqual(ABSENT);
    const ref = await o.out.deliver(room);
    expect(await o.out.find(room, since)).toEqual({ kind: 'found', ref });
    expect(o.fake.threads()).toHaveLength(1);
  });

  it('cannot tell of a room without a word in it yet, which may be made this moment', async () => {
    const o = await start();
    const since = o.world.now();
    o.fake.fault('POST /channels/:id/messages', { do: 'status', status: 500, effect: 'before' });
    await failureIn(o, roomOf(o, 'room', [o.ana]));
    expect(await o.out.find(roomOf(o, 'room', [o.ana]), since)).toEqual(CANNOT_TELL);
    await o.fake.clock.advance(60_000);
    expect(await o.out.find(roomOf(o, 'room', [o.ana]), since)).toEqual(ABSENT);
  });

  it('finds a room and a forum post that were put away since', async () => {
    const o = await start();
    const since = o.world.now();
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana]));
    const post = await o.out.deliver(postOf(o, 'forum', inForum(o)));
    for (const ref of [room, post]) await o.fake.hands.archive(at(ref).id);
    expect(await o.out.find(roomOf(o, 'room', [o.ana]), since)).toEqual({ kind: 'found', ref: room });
    expect(await o.out.find(postOf(o, 'forum', inForum(o)), since)).toEqual({ kind: 'found', ref: post });
    expect(posted(o)).toHaveLength(2);
  });

  it('has nothing to find of changes, removals and threads: they may be done again', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    const calls = o.fake.calls.length;
    for (const delivery of [
      { kind: 'edit', team: o.team, name: 'test:a', ref, message: words('b') },
      { kind: 'remove', team: o.team, name: 'test:a', ref },
      threadOf(o, ref),
    ] as const)
      expect(await o.out.find(delivery, o.world.now())).toEqual(ABSENT);
    expect(o.fake.calls).toHaveLength(calls);
  });
});
