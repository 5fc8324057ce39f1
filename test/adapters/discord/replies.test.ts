/** Reading a thread: every living word of people in it, once, in order, as the events that are pushed. */
import { afterEach, describe, expect, it } from 'vitest';
import { readNew } from '../../../adapters/discord/incoming/message.ts';
import { madeAt } from '../../../adapters/discord/refs.ts';
import type { PersonId, Ref } from '../../../src/chat/ids.ts';
import type { Reply } from '../../../src/chat/incoming.ts';
import {
  at,
  callsOf,
  inForum,
  openOutside,
  type Outside,
  type OutsideOptions,
  postOf,
  roomOf,
  threadOf,
} from './outside.ts';

let open: Outside | undefined;
const start = async (options?: OutsideOptions): Promise<Outside> => (open = await openOutside(options));
afterEach(async () => {
  expect(open?.fake.complaints ?? []).toEqual([]);
  await open?.close();
  open = undefined;
});

const GONE = { events: [], gone: true };
const HISTORY = 'GET /channels/:id/messages';

/** A post with its thread. */
async function threaded(o: Outside, name = 'root'): Promise<Ref> {
  const ref = await o.out.deliver(postOf(o, name));
  return o.out.deliver(threadOf(o, ref));
}

const write = (o: Outside, under: Ref, text: string, user = o.ana.id): Promise<string> =>
  o.fake.hands.write(user, at(under).id, text);

interface Whole {
  readonly events: readonly Reply[];
  readonly next?: string;
  readonly pages: number;
}

async function readAll(o: Outside, under: Ref, from?: string): Promise<Whole> {
  const events: Reply[] = [];
  let cursor = from;
  for (let pages = 1; ; pages++) {
    const page = await o.out.replies({ team: o.team, under, ...(cursor === undefined ? {} : { cursor }) });
    events.push(...page.events);
    cursor = page.next ?? cursor;
    if (page.more !== true) return { events, pages, ...(cursor === undefined ? {} : { next: cursor }) };
  }
}

const texts = (events: readonly Reply[]) => events.map(({ text }) => text);

describe('reading a thread', () => {
  it('gives what people wrote, oldest first, as it is pushed', async () => {
    const o = await start();
    const under = await threaded(o);
    const first = await write(o, under, 'first');
    await write(o, under, 'second', o.bo.id);
    const { events } = await readAll(o, under);
    expect(texts(events)).toEqual(['first', 'second']);
    const from = { id: o.ana.id as PersonId, name: 'Ana', admin: false };
    const spot = { kind: 'thread', id: at(under).id, parent: o.channel.id, inForum: false } as const;
    const pushed = readNew({ id: first, content: 'first', attachments: [] }, { team: o.team, spot, from });
    expect(events[0]).toEqual(pushed);
    expect(events[0]).toMatchObject({
      id: `discord:${first}:new`,
      at: madeAt(first),
      place: { in: 'thread', under },
      ref: `m:${at(under).id}/${first}`,
      change: 'new',
    });
  });

  it('reads a forum post and a room', async () => {
    const o = await start();
    const post = await o.out.deliver(postOf(o, 'forum', inForum(o)));
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana]));
    await write(o, post, 'in the forum');
    await write(o, room, 'in the room');
    expect((await readAll(o, post)).events).toMatchObject([
      { text: 'in the forum', place: { in: 'thread', under: post } },
    ]);
    expect((await readAll(o, room)).events).toMatchObject([{ text: 'in the room', place: { in: 'room', room } }]);
  });

  it('leaves out our own posts, other bots and what Discord writes itself', async () => {
    const o = await start();
    const under = await threaded(o);
    await o.out.deliver(postOf(o, 'ours', { in: 'thread', under }));
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana, o.bo]));
    await write(o, under, 'a person');
    expect(texts((await readAll(o, under)).events)).toEqual(['a person']);
    expect((await readAll(o, room)).events).toEqual([]);
  });

  it('gives an edited message its first moment and its change', async () => {
    const o = await start();
    const under = await threaded(o);
    const id = await write(o, under, 'as it was');
    await o.fake.clock.advance(60_000);
    await o.fake.hands.edit(o.ana.id, at(under).id, id, 'as it is now');
    const { events } = await readAll(o, under);
    expect(events.map(({ change, text }) => [change, text])).toEqual([
      ['new', 'as it is now'],
      ['edited', 'as it is now'],
    ]);
    expect(events[0]?.at).toBe(madeAt(id));
    expect(events[1]?.id).toBe(`discord:${id}:edited:${events[1]?.at}`);
  });

  it('counts what came without words, and has no text where Discord hides it', async () => {
    const o = await start();
    const under = await threaded(o);
    await o.fake.hands.write(o.ana.id, at(under).id, 'a picture', { files: 2 });
    expect((await readAll(o, under)).events).toMatchObject([{ text: 'a picture', extras: 2 }]);
    o.fake.contentSwitch = false;
    const [hidden, ...more] = (await readAll(o, under)).events;
    expect(more).toEqual([]);
    expect(hidden).not.toHaveProperty('text');
    expect(hidden).toMatchObject({ from: { id: o.ana.id }, change: 'new' });
  });

  it('knows people as they were last known', async () => {
    const o = await start({ known: async (_team, id) => ({ id, name: 'Ana of Acme', admin: true }) });
    const under = await threaded(o);
    await write(o, under, 'hello');
    expect((await readAll(o, under)).events[0]?.from).toEqual({ id: o.ana.id, name: 'Ana of Acme', admin: true });
  });

  it('goes on from where it was, and reads nothing twice', async () => {
    const o = await start();
    const under = await threaded(o);
    await write(o, under, 'first');
    const { next } = await readAll(o, under);
    await write(o, under, 'second');
    const later = await readAll(o, under, next);
    expect(texts(later.events)).toEqual(['second']);
    expect((await readAll(o, under, later.next)).events).toEqual([]);
    expect(texts((await readAll(o, under)).events)).toEqual(['first', 'second']);
  });

  it('has a cursor even where nobody wrote yet, and starts over with one it cannot read', async () => {
    const o = await start();
    const under = await threaded(o);
    expect((await readAll(o, under)).next).toBeTypeOf('string');
    await write(o, under, 'first');
    expect(texts((await readAll(o, under, 'no cursor of ours')).events)).toEqual(['first']);
  });

  it('reads a long thread page by page, whole', async () => {
    const o = await start();
    const under = await threaded(o);
    const said = Array.from({ length: 230 }, (_, i) => `reply ${i}`);
    for (const text of said) await write(o, under, text);
    const { events, pages } = await readAll(o, under);
    expect(texts(events)).toEqual(said);
    expect(pages).toBe(3);
  });

  it('wakes no thread that went to the archive', async () => {
    const o = await start();
    const under = await threaded(o);
    await write(o, under, 'first');
    await o.fake.hands.archive(at(under).id);
    expect(texts((await readAll(o, under)).events)).toEqual(['first']);
    expect(o.fake.channel(at(under).id).archived).toBe(true);
  });
});

describe('a thread that is not there', () => {
  it('because nobody opened it yet, is empty; gone once its post is', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    expect(await o.out.replies({ team: o.team, under })).toEqual({ events: [] });
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:root', ref: under });
    expect(await o.out.replies({ team: o.team, under })).toEqual(GONE);
  });

  it('because it was deleted, is gone when we have read in it before', async () => {
    const o = await start();
    const under = await threaded(o);
    const { next = '' } = await readAll(o, under);
    await o.fake.hands.deleteChannel(at(under).id);
    expect(await o.out.replies({ team: o.team, under, cursor: next })).toEqual(GONE);
  });

  it('because its channel was deleted, its room was, or nothing was ever there, is gone', async () => {
    const o = await start();
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana]));
    await o.fake.hands.deleteChannel(at(room).id);
    expect(await o.out.replies({ team: o.team, under: room })).toEqual(GONE);
    const under = await threaded(o);
    await o.fake.hands.deleteChannel(o.channel.id);
    expect(await o.out.replies({ team: o.team, under })).toEqual(GONE);
    expect(await o.out.replies({ team: o.team, under: 'nowhere' as Ref })).toEqual(GONE);
  });

  it.each([10_003, 10_008, 50_001])('by its code, is gone (%i)', async (code) => {
    const o = await start();
    const under = await threaded(o);
    o.fake.fault(HISTORY, { do: 'status', status: 404, code, effect: 'before' });
    expect(await o.out.replies({ team: o.team, under, cursor: at(under).id })).toEqual(GONE);
  });
});

describe('a thread that cannot be read now', () => {
  it('throttled, says how long to wait and is not asked again before', async () => {
    const o = await start();
    const under = await threaded(o);
    await write(o, under, 'first');
    o.fake.fault(HISTORY, { do: '429', retryAfter: 60, scope: 'global' });
    const wait = { name: 'DeliveryError', effect: 'none' };
    await expect(o.out.replies({ team: o.team, under })).rejects.toMatchObject(wait);
    const calls = callsOf(o, HISTORY);
    await expect(o.out.replies({ team: o.team, under })).rejects.toMatchObject(wait);
    expect(callsOf(o, HISTORY)).toBe(calls);
    await o.world.sleepUntil(o.world.now());
    expect(texts((await readAll(o, under)).events)).toEqual(['first']);
  });

  it('throttled for a moment, waits for it', async () => {
    const o = await start();
    const under = await threaded(o);
    await write(o, under, 'first');
    o.fake.fault(HISTORY, { do: '429', retryAfter: 2, scope: 'global' }, { do: '429', retryAfter: 1 });
    const before = o.fake.clock.now();
    expect(texts((await readAll(o, under)).events)).toEqual(['first']);
    expect(o.fake.clock.now() - before).toBeGreaterThanOrEqual(3000);
  });

  it('leaves room for what people wait for: of many readings no second sees more than fifty', async () => {
    const o = await start({ globalPerSecond: 50 });
    const under = await threaded(o);
    for (let i = 0; i < 150; i++) await o.out.replies({ team: o.team, under, cursor: at(under).id });
    expect(o.fake.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('without the permission for it, is no empty thread', async () => {
    const o = await start();
    const under = await threaded(o);
    await write(o, under, 'first');
    o.guild.overwrites.set(o.channel.id, (1n << 10n) | (1n << 11n));
    const read = o.out.replies({ team: o.team, under });
    await expect(read).rejects.toMatchObject({ name: 'DeliveryError', effect: 'none' });
    await expect(read).rejects.toThrow('Read Message History');
  });

  it.each([
    { do: 'status', status: 502, effect: 'before' },
    { do: 'drop', effect: 'before' },
    { do: 'empty', effect: 'before' },
  ] as const)('is read later (%#)', async (fault) => {
    const o = await start();
    const under = await threaded(o);
    o.fake.fault(HISTORY, fault);
    await expect(o.out.replies({ team: o.team, under })).rejects.toMatchObject({ effect: 'none' });
  });
});
