/** Posts, threads, forum posts, rooms, direct messages, files, pictures, changes: what people see on Discord of what the core sends. */
import { afterEach, describe, expect, it } from 'vitest';
import { markOf, nonceOf } from '../../../adapters/discord/names.ts';
import { refOf } from '../../../adapters/discord/refs.ts';
import type { ChannelId, Ref } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import { openLanes } from '../../../src/core/lanes.ts';
import { openPainter } from '../../../src/pictures/index.ts';
import { ALT, SCORED, SILENT } from '../../pictures/cards.ts';
import { readPng } from '../../support/png.ts';
import {
  at,
  callsOf,
  carry,
  dmTo,
  failureIn,
  fileOf,
  inChannel,
  inForum,
  openOutside,
  type Outside,
  type OutsideOptions,
  postOf,
  posted,
  roomOf,
  threadOf,
  words,
} from './outside.ts';

let open: Outside | undefined;
const start = async (options?: OutsideOptions): Promise<Outside> => (open = await openOutside(options));
afterEach(async () => {
  expect(open?.fake.complaints ?? []).toEqual([]);
  await open?.close();
  open = undefined;
});

type Json = Readonly<Record<string, unknown>>;
const shown = (message: unknown): string => JSON.stringify(message);
const bodiesOf = ({ fake }: Outside, route: string): Json[] =>
  fake.calls.filter(({ method, route: at }) => `${method} ${at}` === route).map(({ body }) => (body ?? {}) as Json);
const NEVER = { effect: 'none', retry: 'never' };
const POST = 'POST /channels/:id/messages';
const THREAD = 'POST /channels/:id/messages/:message/threads';

describe('a post', () => {
  it('stands in its channel, with a nonce of its name and nothing of the name itself', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'hello', inChannel(o), words('good morning')));
    const [message] = posted(o);
    expect(ref).toBe(refOf('message', o.channel.id, message?.id ?? ''));
    const [body] = bodiesOf(o, POST);
    expect(body).toMatchObject({ nonce: nonceOf(o.team, 'test:hello'), enforce_nonce: true });
    expect(String(body?.['nonce'])).toHaveLength(25);
    expect(shown(body)).not.toContain('test:hello');
    expect(shown(message)).toContain('good morning');
  });

  it('mentions nobody, whatever stands in it', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a', inChannel(o), words('@everyone <@1> <@&2>')));
    await o.out.deliver({ kind: 'edit', team: o.team, name: 'test:a', ref, message: words('@here') });
    await o.out.deliver(fileOf(o, 'file', inChannel(o)));
    const bodies = [...bodiesOf(o, POST), ...bodiesOf(o, 'PATCH /channels/:id/messages/:message')];
    expect(bodies).toHaveLength(3);
    for (const body of bodies) expect(body['allowed_mentions']).toEqual({ parse: [] });
  });

  it('is known by the mark on its first component', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'a'));
    expect(posted(o)[0]?.components[0]).toMatchObject({ id: markOf(o.team, 'test:a') });
  });

  it('sent twice within minutes is there once', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    expect(await o.restarted().out.deliver(postOf(o, 'a'))).toBe(ref);
    expect(posted(o)).toHaveLength(1);
  });

  it('in a thread stands there, and opens the thread when nobody has', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    const ref = await o.out.deliver(postOf(o, 'below', { in: 'thread', under }));
    expect(at(ref)).toMatchObject({ kind: 'message', channel: at(under).id });
    await o.out.deliver(postOf(o, 'again', { in: 'thread', under }));
    expect(o.fake.threads().map(({ id, parent }) => [id, parent])).toEqual([[at(under).id, o.channel.id]]);
    expect(callsOf(o, THREAD)).toBe(1);
    expect(posted(o)).toHaveLength(3);
  });

  it('in a thread that went to the archive wakes it', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    await o.out.deliver(threadOf(o, under));
    await o.fake.hands.archive(at(under).id);
    const ref = await o.out.deliver(postOf(o, 'below', { in: 'thread', under }));
    expect(o.fake.channel(at(under).id).archived).toBe(false);
    await o.fake.hands.archive(at(under).id);
    const edit = { kind: 'edit', team: o.team, name: 'test:below', ref, message: words('changed') } as const;
    expect(await o.out.deliver(edit)).toBe(ref);
    expect(shown(posted(o).at(-1))).toContain('changed');
  });

  it('in a thread a moderator locked is refused in words', async () => {
    const o = await start();
    o.guild.permissions &= ~(1n << 34n);
    const under = await o.out.deliver(postOf(o, 'root'));
    await o.out.deliver(threadOf(o, under));
    await o.fake.hands.archive(at(under).id, true);
    const failure = await failureIn(o, postOf(o, 'below', { in: 'thread', under }));
    expect(failure).toMatchObject(NEVER);
    expect(failure.message).toMatch(/locked|Manage Threads/);
  });

  it('in a thread that was deleted, or under a post that was, is refused', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    await o.out.deliver(threadOf(o, under));
    await o.fake.hands.deleteChannel(at(under).id);
    expect(await failureIn(o, postOf(o, 'a', { in: 'thread', under }))).toMatchObject(NEVER);
    const gone = await o.out.deliver(postOf(o, 'gone'));
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:gone', ref: gone });
    expect(await failureIn(o, postOf(o, 'b', { in: 'thread', under: gone }))).toMatchObject(NEVER);
  });

  it('to a person goes to their direct messages, opened once', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'a', dmTo(o.ana)));
    await o.out.deliver(postOf(o, 'b', dmTo(o.ana)));
    const dm = o.fake.dm(o.ana.id).id;
    expect(posted(o).map(({ channel }) => channel)).toEqual([dm, dm]);
    expect(callsOf(o, 'POST /users/@me/channels')).toBe(1);
  });

  it('below one in a direct message, where there are no threads, answers it', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root', dmTo(o.ana)));
    expect(await o.out.deliver(threadOf(o, under))).toBe(under);
    const ref = await o.out.deliver(postOf(o, 'below', { in: 'thread', under }));
    expect(at(ref).channel).toBe(o.fake.dm(o.ana.id).id);
    expect(posted(o)).toHaveLength(2);
  });

  it('to someone whose direct messages are closed goes to a private thread of theirs alone, which says so', async () => {
    const o = await start();
    o.bo.closedDms = true;
    const first = await o.out.deliver(postOf(o, 'a', dmTo(o.bo)));
    const second = await o.restarted().out.deliver(postOf(o, 'b', dmTo(o.bo)));
    const [thread, ...more] = o.fake.threads();
    expect(more).toEqual([]);
    expect(thread).toMatchObject({ kind: 'private thread', parent: o.channel.id });
    expect([...(thread?.members ?? [])].toSorted()).toEqual([o.fake.botUser, o.bo.id].toSorted());
    expect([at(first).channel, at(second).channel]).toEqual([thread?.id, thread?.id]);
    expect(posted(o)).toHaveLength(3);
    expect(shown(posted(o)[0])).toContain('Your direct messages from this server are closed');
  });

  it('finds the thread there was, unless somebody deleted it', async () => {
    const o = await start();
    o.bo.closedDms = true;
    const first = await o.out.deliver(postOf(o, 'a', dmTo(o.bo)));
    const asked = callsOf(o, 'GET /guilds/:id/threads/active');
    expect(at(await o.out.deliver(postOf(o, 'b', dmTo(o.bo)))).channel).toBe(at(first).channel);
    expect(callsOf(o, 'GET /guilds/:id/threads/active')).toBe(asked);
    await o.fake.hands.deleteChannel(at(first).channel);
    expect(at(await o.out.deliver(postOf(o, 'c', dmTo(o.bo)))).channel).not.toBe(at(first).channel);
    expect(o.fake.threads()).toHaveLength(2);
  });

  it('passes over channels that we may not look into', async () => {
    const o = await start();
    const second = o.guild.addChannel('second');
    o.guild.overwrites.set(o.channel.id, 0n);
    o.bo.closedDms = true;
    await o.out.deliver(postOf(o, 'a', dmTo(o.bo)));
    expect(o.fake.threads()[0]?.parent).toBe(second.id);
  });

  it('to two of them goes to two threads, though they are called the same', async () => {
    const o = await start();
    for (const user of [o.ana, o.bo]) user.closedDms = true;
    await o.out.deliver(postOf(o, 'a', dmTo(o.ana)));
    await o.out.deliver(postOf(o, 'b', dmTo(o.bo)));
    expect(o.fake.threads().map(({ members }) => members.has(o.ana.id))).toEqual([true, false]);
  });

  it('to someone who cannot have a private thread either is refused, and says so', async () => {
    const o = await start();
    o.bo.closedDms = true;
    o.guild.permissions &= ~(1n << 36n);
    const failure = await failureIn(o, postOf(o, 'a', dmTo(o.bo)));
    expect(failure).toMatchObject(NEVER);
    expect(failure.message).toContain('their direct messages are closed');
    expect(failure.message).toContain('[50007]');
  });

  it('nowhere is refused', async () => {
    const o = await start();
    for (const channel of ['C0NOWHERE', '123456789012345678'])
      expect(await failureIn(o, postOf(o, 'a', { in: 'channel', channel: channel as ChannelId }))).toMatchObject(NEVER);
    expect(await failureIn(o, postOf(o, 'a', { in: 'thread', under: 'nowhere' as Ref }))).toMatchObject(NEVER);
    expect(posted(o)).toEqual([]);
  });

  it('paced by its lanes never meets the limit over all routes, nor that of a channel', async () => {
    const o = await start({ globalPerSecond: 50, buckets: { [POST]: { limit: 5, windowMs: 5000 } } });
    const lanes = openLanes();
    for (let i = 0; i < 24; i++) {
      const delivery = postOf(o, `n${i}`, i % 2 === 0 ? inChannel(o) : dmTo(o.ana));
      await o.world.sleepUntil(lanes.freeAt(o.out.lanes(delivery), o.world.now()));
      lanes.take(o.out.lanes(delivery), o.world.now());
      await carry(o, delivery, 3);
    }
    expect(o.fake.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });
});

describe('the thread under a post', () => {
  it('is opened with its title, and opening it again is no failure', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.deliver(threadOf(o, ref, 'x'.repeat(200)))).toBe(ref);
    expect(await o.out.deliver(threadOf(o, ref, 'another'))).toBe(ref);
    const [thread, ...more] = o.fake.threads();
    expect(more).toEqual([]);
    expect(thread).toMatchObject({ id: at(ref).id, kind: 'public thread' });
    expect(thread?.name).toHaveLength(100);
  });

  it('has one line for a name, and nothing in it that turns words around', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    await o.out.deliver(threadOf(o, ref, 'Two\nlines \u202Eand\u0000 more\u200B'));
    expect(o.fake.threads()[0]?.name).toBe('Two lines and more');
  });

  it('is refused where the post is gone', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:a', ref });
    expect(await failureIn(o, threadOf(o, ref))).toMatchObject(NEVER);
  });
});

describe('a post in a forum', () => {
  it('is a thread with its first message, and needs no thread of its own', async () => {
    const o = await start();
    const ref = await o.out.deliver({ ...postOf(o, 'a', inForum(o)), thread: 'The question of today' });
    const [thread] = o.fake.threads();
    expect(ref).toBe(refOf('forum post', o.forum.id, thread?.id ?? ''));
    expect(thread?.name).toBe('The question of today');
    expect(posted(o).map(({ id }) => id)).toEqual([thread?.id]);
    const calls = o.fake.calls.length;
    expect(await o.out.deliver(threadOf(o, ref))).toBe(ref);
    expect(o.fake.calls).toHaveLength(calls);
  });

  it('takes replies, changes and a last word', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a', inForum(o)));
    await o.out.deliver(postOf(o, 'below', { in: 'thread', under: ref }));
    await o.out.deliver({ kind: 'edit', team: o.team, name: 'test:a', ref, message: words('changed') });
    expect(shown(posted(o)[0])).toContain('changed');
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:a', ref });
    expect(posted(o)).toHaveLength(1);
  });

  it('sent twice is there once, by a process that remembers nothing too', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a', inForum(o)));
    expect(await o.restarted().out.deliver(postOf(o, 'a', inForum(o)))).toBe(ref);
    await o.out.deliver(postOf(o, 'b', inForum(o), words('a')));
    expect(o.fake.threads()).toHaveLength(2);
  });

  it('carries a file as well', async () => {
    const o = await start();
    const ref = await o.out.deliver(fileOf(o, 'file', inForum(o)));
    expect(await o.out.deliver(fileOf(o, 'file', inForum(o)))).toBe(ref);
    expect(posted(o)).toHaveLength(1);
  });
});

describe('a post that exists', () => {
  it('is changed in place and keeps its mark', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    const edit = { kind: 'edit', team: o.team, name: 'test:a', ref, message: words('changed') } as const;
    expect(await o.out.deliver(edit)).toBe(ref);
    expect(shown(posted(o)[0])).toContain('changed');
    expect(posted(o)[0]?.components[0]).toMatchObject({ id: markOf(o.team, 'test:a') });
  });

  it('is taken back, and taking it back again is no failure', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    const remove = { kind: 'remove', team: o.team, name: 'test:a', ref } as const;
    expect(await o.out.deliver(remove)).toBe(ref);
    expect(posted(o)).toEqual([]);
    expect(await o.out.deliver(remove)).toBe(ref);
  });

  it('and is gone cannot be changed', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:a', ref });
    const edit = { kind: 'edit', team: o.team, name: 'test:a', ref, message: words('late') } as const;
    expect(await failureIn(o, edit)).toMatchObject(NEVER);
  });
});

describe('a room', () => {
  it('is a private thread for its members, with a first message', async () => {
    const o = await start();
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana, o.bo]));
    await o.out.deliver(postOf(o, 'inside', { in: 'room', room }));
    const [thread, ...more] = o.fake.threads();
    expect(more).toEqual([]);
    expect(room).toBe(refOf('room', o.channel.id, thread?.id ?? ''));
    expect(thread).toMatchObject({ kind: 'private thread', name: 'A practice pair' });
    expect([...(thread?.members ?? [])].toSorted()).toEqual([o.fake.botUser, o.ana.id, o.bo.id].toSorted());
    expect(bodiesOf(o, 'POST /channels/:id/threads')[0]).toMatchObject({ type: 12, invitable: false });
    expect(posted(o)).toHaveLength(2);
    expect(shown(posted(o)[0])).toContain('A practice pair');
  });

  it('sent twice is there once, whole, wherever the first try stopped', async () => {
    for (const stop of ['POST /channels/:id/threads', POST, 'PUT /channels/:id/thread-members/:user']) {
      const o = await start({ timeoutMs: 200 });
      o.fake.fault(stop, { do: 'drop', effect: 'after' });
      expect(await failureIn(o, roomOf(o, 'room', [o.ana, o.bo]))).toMatchObject({ effect: 'unknown' });
      await o.fake.clock.advance(90_000);
      await o.restarted().out.deliver(roomOf(o, 'room', [o.ana, o.bo]));
      expect(o.fake.threads(), stop).toHaveLength(1);
      expect(o.fake.threads()[0]?.members.size, stop).toBe(3);
      expect(posted(o), stop).toHaveLength(1);
      await o.close();
    }
  });

  it('of the same title is another room, with other people', async () => {
    const o = await start();
    await o.out.deliver(roomOf(o, 'one', [o.ana]));
    await o.out.deliver(roomOf(o, 'two', [o.bo]));
    expect(o.fake.threads().map(({ members }) => members.has(o.ana.id))).toEqual([true, false]);
  });

  it('half made by another delivery a moment ago is left to it', async () => {
    const o = await start();
    o.fake.fault(POST, { do: 'status', status: 500, effect: 'before' });
    await failureIn(o, roomOf(o, 'one', [o.ana]));
    expect(await failureIn(o, roomOf(o, 'two', [o.bo]))).toMatchObject({ effect: 'none' });
    expect(o.fake.threads()[0]?.members.has(o.bo.id)).toBe(false);
  });

  it('near a forum hangs in a text channel', async () => {
    const o = await start();
    const room = await o.out.deliver({ ...roomOf(o, 'room', [o.ana]), near: o.forum.id as ChannelId });
    expect(at(room)).toMatchObject({ kind: 'room', channel: o.channel.id });
  });

  it('leaves out who left the server, and is refused when nobody is there', async () => {
    const o = await start();
    const away = o.fake.addUser('Cy');
    const room = await o.out.deliver(roomOf(o, 'room', [away, o.bo]));
    expect(o.fake.channel(at(room).id).members.has(o.bo.id)).toBe(true);
    expect(await failureIn(o, roomOf(o, 'nobody', [away]))).toMatchObject(NEVER);
    expect(await failureIn(o, roomOf(o, 'empty', []))).toMatchObject(NEVER);
  });

  it('is put away when it is taken back, and what was said in it stays', async () => {
    const o = await start();
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana]));
    const remove = { kind: 'remove', team: o.team, name: 'test:room', ref: room } as const;
    await o.out.deliver(remove);
    await o.out.deliver(remove);
    expect(o.fake.channel(at(room).id).archived).toBe(true);
    expect(posted(o)).toHaveLength(1);
  });
});

describe('a file', () => {
  it('comes with a good name and its type, where it belongs', async () => {
    const o = await start();
    const ref = await o.out.deliver(fileOf(o, 'export', dmTo(o.ana), '{"héllo":1}'));
    const [message] = posted(o);
    expect(at(ref)).toMatchObject({ channel: o.fake.dm(o.ana.id).id, id: message?.id });
    expect(new TextDecoder().decode(message?.attachments[0]?.bytes)).toBe('{"héllo":1}');
    expect(message?.attachments[0]?.name).toMatch(/^greenroom-[0-9a-f]{16}\.json$/);
    expect(message?.attachments[0]).toMatchObject({ contentType: 'application/json' });
  });

  it('goes into a thread and into a room', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana]));
    expect(at(await o.out.deliver(fileOf(o, 'one', { in: 'thread', under }))).channel).toBe(at(under).id);
    expect(at(await o.out.deliver(fileOf(o, 'two', { in: 'room', room }))).channel).toBe(at(room).id);
  });

  it('sent twice within minutes is there once', async () => {
    const o = await start();
    const ref = await o.out.deliver(fileOf(o, 'export', dmTo(o.ana)));
    expect(await o.restarted().out.deliver(fileOf(o, 'export', dmTo(o.ana)))).toBe(ref);
    expect(posted(o)).toHaveLength(1);
  });
});

describe('a picture', () => {
  const radar: Message = {
    blocks: [{ kind: 'image', picture: 'radar', data: { a: 1 }, alt: 'Two of five skills grew' }],
  };
  const png = new Uint8Array([137, 80, 78, 71]);

  it('is painted and comes along with the message, and again with its change', async () => {
    const o = await start({ paint: async () => png });
    const ref = await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(posted(o)[0]?.attachments.map(({ bytes }) => [...bytes])).toEqual([[...png]]);
    expect(shown(posted(o)[0]?.components)).toContain('/attachments/');
    await o.out.deliver({ kind: 'edit', team: o.team, name: 'test:a', ref, message: radar });
    expect(posted(o)[0]?.attachments).toHaveLength(1);
    await o.out.deliver({ kind: 'edit', team: o.team, name: 'test:a', ref, message: words('no picture') });
    expect(posted(o)[0]?.attachments).toHaveLength(0);
  });

  it('of our own painter comes along whole, and the card carries it', async () => {
    const o = await start({ paint: openPainter({ log: SILENT }) });
    await o.out.deliver(postOf(o, 'a', inChannel(o), SCORED));
    const [file] = posted(o)[0]?.attachments ?? [];
    expect(file?.name).toBe('picture-1.png');
    expect(readPng(file?.bytes ?? new Uint8Array()).width).toBe(1100);
    expect(file?.bytes.byteLength).toBeLessThan(300_000);
    expect(shown(posted(o)[0]?.components)).toMatch(/\/attachments\/[^"]*picture-1\.png/);
    expect(shown(posted(o)[0]?.components)).toContain(ALT);
  });

  it('nobody paints is told in words', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(shown(posted(o)[0])).toContain('Two of five skills grew');
    expect(posted(o)[0]?.attachments).toEqual([]);
  });

  it('whose painter fails is told in words', async () => {
    const o = await start({ paint: () => Promise.reject(new Error('no paint')) });
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(shown(posted(o)[0])).toContain('Two of five skills grew');
    expect(o.warned).toHaveLength(1);
  });

  it('that is not there in time is not waited for', async () => {
    const o = await start({ paint: () => new Promise(() => {}), impatient: true });
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(shown(posted(o)[0])).toContain('Two of five skills grew');
  });
});

describe('a delivery that takes too long to prepare', () => {
  it('shows nothing, and is tried again', async () => {
    const o = await start({
      paint: async () => {
        await open?.fake.clock.advance(16_000);
        return undefined;
      },
    });
    const slow: Message = { blocks: [{ kind: 'image', picture: 'radar', data: 1, alt: 'a radar' }] };
    const failure = { effect: 'none', retry: { afterMs: 0 } };
    expect(await failureIn(o, postOf(o, 'a', inChannel(o), slow))).toMatchObject(failure);
    expect(posted(o)).toEqual([]);
  });
});
