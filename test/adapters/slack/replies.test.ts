/** Reading a thread: every living word of people in it, once, in order, as the events that were pushed. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Ref } from '../../../src/chat/ids.ts';
import type { Reply } from '../../../src/chat/incoming.ts';
import { readRef } from '../../../adapters/slack/refs.ts';
import { openOutside, type Outside, postOf } from './outside.ts';

let open: Outside | undefined;
const start = async (): Promise<Outside> => (open = await openOutside());
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const tsOf = (ref: Ref): string => readRef(ref)?.ts ?? '';

/** Writes in the thread as a person would; the ts of it. */
function write(o: Outside, under: Ref, text: string, user = o.ana.id): string {
  const last = Math.max(...o.channel.messages.map(({ ts }) => Number(ts) * 1e6));
  const micros = String(Math.round(last) + 1);
  const ts = `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  o.channel.messages.push({ ts, channel: o.channel.id, user, text, threadTs: tsOf(under) });
  return ts;
}

async function readAll(
  o: Outside,
  under: Ref,
  from?: string,
): Promise<{ events: Reply[]; next?: string; pages: number }> {
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
  it('gives what people wrote, oldest first, with the ids they are pushed with', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    const first = write(o, under, 'first');
    write(o, under, 'second', o.bo.id);
    const { events } = await readAll(o, under);
    expect(texts(events)).toEqual(['first', 'second']);
    expect(events[0]).toMatchObject({
      kind: 'reply',
      id: `slack:${o.team}:${o.channel.id}/${first}:new`,
      team: o.team,
      at: new Date(Math.floor(Number(first) * 1000)).toISOString(),
      from: { id: o.ana.id, name: 'Ana' },
      place: { in: 'thread', under },
      ref: `${o.channel.id}/${first}`,
      change: 'new',
      extras: 0,
    });
  });

  it('leaves out our own posts, other bots and the post itself', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    await o.out.deliver(postOf(o, 'ours', { in: 'thread', under }));
    write(o, under, 'a person');
    const bot = write(o, under, 'a bot', 'U0OTHERBOT');
    Object.assign(o.channel.messages.find(({ ts }) => ts === bot) ?? {}, { botId: 'B0OTHERBOT' });
    expect(texts((await readAll(o, under)).events)).toEqual(['a person']);
  });

  it('gives an edited message its first moment and its change', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    const ts = write(o, under, 'as it is now');
    const edited = `${Number(ts.split('.')[0]) + 60}.000100`;
    Object.assign(o.channel.messages.at(-1) ?? {}, { edited: { user: o.ana.id, ts: edited } });
    const { events } = await readAll(o, under);
    const id = `slack:${o.team}:${o.channel.id}/${ts}`;
    expect(events.map((event) => [event.id, event.change, event.text])).toEqual([
      [`${id}:new`, 'new', 'as it is now'],
      [`${id}:edited:${edited}`, 'edited', 'as it is now'],
    ]);
    expect(events[1]?.at).toBe(new Date(Number(edited) * 1000).toISOString());
  });

  it('reads what people typed as they typed it', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    write(o, under, `a &lt; b &amp;&amp; c, says <@${o.bo.id}>`);
    write(o, under, 'me', o.bo.id);
    expect(texts((await readAll(o, under)).events)[0]).toBe('a < b && c, says @Bo');
  });

  it('goes on from where it was, and reads nothing twice', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    write(o, under, 'first');
    const { next } = await readAll(o, under);
    write(o, under, 'second');
    const later = await readAll(o, under, next);
    expect(texts(later.events)).toEqual(['second']);
    expect((await readAll(o, under, later.next)).events).toEqual([]);
    expect(texts((await readAll(o, under)).events)).toEqual(['first', 'second']);
  });

  it('has a cursor even where nobody wrote yet, and starts over with one it cannot read', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    expect((await readAll(o, under)).next).toBeTypeOf('string');
    write(o, under, 'first');
    expect(texts((await readAll(o, under, 'no cursor of ours')).events)).toEqual(['first']);
  });

  it('reads a long thread page by page, whole', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    const said = Array.from({ length: 450 }, (_, i) => `reply ${i}`);
    for (const text of said) write(o, under, text);
    const { events, pages } = await readAll(o, under);
    expect(texts(events)).toEqual(said);
    expect(pages).toBe(3);
  });

  it('goes on by itself when Slack no longer knows its page', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    const said = Array.from({ length: 250 }, (_, i) => `reply ${i}`);
    for (const text of said) write(o, under, text);
    const first = await o.out.replies({ team: o.team, under });
    o.fake.fault('conversations.replies', { do: 'error', error: 'invalid_cursor' });
    const rest = await readAll(o, under, first.next);
    expect(texts([...first.events, ...rest.events])).toEqual(said);
  });

  it('tells that a thread is gone', async () => {
    const o = await start();
    expect(await o.out.replies({ team: o.team, under: 'nowhere' as Ref })).toEqual({ events: [], gone: true });
    const under = await o.out.deliver(postOf(o, 'root'));
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:root', ref: under });
    expect(await o.out.replies({ team: o.team, under })).toEqual({ events: [], gone: true });
  });

  it('tells that a thread is gone whose post was deleted under its replies', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    write(o, under, 'still there');
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:root', ref: under });
    expect(await o.out.replies({ team: o.team, under })).toEqual({ events: [], gone: true });
  });

  it.each(['channel_not_found', 'not_in_channel', 'thread_not_found', 'message_not_found', 'is_archived'])(
    'tells that a thread is gone: %s',
    async (error) => {
      const o = await start();
      const under = await o.out.deliver(postOf(o, 'root'));
      o.fake.fault('conversations.replies', { do: 'error', error });
      expect(await o.out.replies({ team: o.team, under })).toEqual({ events: [], gone: true });
    },
  );

  it('does not believe an answer that has not even the post itself: nobody deleted anything', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    write(o, under, 'first');
    for (const extra of [{}, { messages: [] }, { messages: [{ ts: '1.000000' }] }]) {
      o.fake.fault('conversations.replies', { do: 'error', error: 'none', extra: { ok: true, ...extra } });
      const again = { name: 'DeliveryError', effect: 'none', retry: { afterMs: 0 } };
      await expect(o.out.replies({ team: o.team, under })).rejects.toMatchObject(again);
    }
    expect(texts((await readAll(o, under)).events)).toEqual(['first']);
  });

  it('throttled, says how long to wait and does not ask again before', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    write(o, under, 'first');
    o.fake.fault('conversations.replies', { do: '429', retryAfter: 9 });
    const wait = { name: 'DeliveryError', effect: 'none', retry: { afterMs: 9000 } };
    await expect(o.out.replies({ team: o.team, under })).rejects.toMatchObject(wait);
    const calls = o.fake.calls.length;
    await expect(o.out.replies({ team: o.team, under })).rejects.toMatchObject({ name: 'DeliveryError' });
    expect(o.fake.calls).toHaveLength(calls);
    await o.fake.clock.advance(9000);
    expect(texts((await readAll(o, under)).events)).toEqual(['first']);
  });

  it('without access, says so', async () => {
    const o = await start();
    const under = 'C0A/1700000000.000100' as Ref;
    const read = o.out.replies({ team: 'T0NOWHERE' as typeof o.team, under });
    await expect(read).rejects.toMatchObject({ name: 'DeliveryError', scope: 'team' });
  });
});
