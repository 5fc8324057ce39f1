/** Every way a request to Discord fails, with the real client: what the core hears, and that people see exactly one message and one thread. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { missingFor, wordsFor } from '../../../adapters/discord/reasons.ts';
import type { ChannelId } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Fault } from '../../support/fake-discord/types.ts';
import {
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
} from './outside.ts';

const POST = 'POST /channels/:id/messages';
const THREAD = 'POST /channels/:id/messages/:message/threads';
const NEW_THREAD = 'POST /channels/:id/threads';
const DM = 'POST /users/@me/channels';

const NONE_SOON = { effect: 'none', retry: { afterMs: 0 }, scope: 'this' };
const UNKNOWN = { effect: 'unknown', retry: { afterMs: 0 }, scope: 'this' };
const NEVER = { effect: 'none', retry: 'never' };
const SHUT_OUT = { effect: 'none', retry: { afterMs: 600_000 }, scope: 'team' };
const NO_ACCESS = { effect: 'none', retry: { afterMs: 900_000 }, scope: 'team' };

let open: Outside | undefined;
const start = async (options?: OutsideOptions): Promise<Outside> => (open = await openOutside(options));
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const named = (o: Outside): string[] => posted(o).map(({ components }) => textIn(components));
const textIn = (components: unknown): string => /"content":"([^"]*)"/.exec(JSON.stringify(components))?.[1] ?? '';
const otherPost = (o: Outside): Delivery =>
  postOf(o, 'other', { in: 'channel', channel: o.guild.addChannel('other').id as ChannelId });

describe('limited by Discord', () => {
  it('buckets told by headers: everything arrives once, in order, and nothing is answered 429', async () => {
    const o = await start({ buckets: { [POST]: { limit: 5, windowMs: 2000 } } });
    for (let i = 0; i < 12; i++) await carry(o, postOf(o, `n${i}`));
    expect(named(o)).toEqual(Array.from({ length: 12 }, (_, i) => `n${i}`));
    expect(o.fake.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('429 of one channel: waits as long as told, posts once, and other channels go on', async () => {
    const o = await start();
    o.fake.fault(POST, { do: '429', retryAfter: 7 });
    const failure = await failureIn(o, postOf(o, 'a'));
    expect(failure).toMatchObject({ effect: 'none', scope: 'this' });
    expect(failure.retry).not.toBe('never');
    expect((failure.retry as { readonly afterMs: number }).afterMs).toBeGreaterThanOrEqual(7000);
    await o.out.deliver(otherPost(o));
    o.fake.fault(POST, { do: '429', retryAfter: 7 });
    const before = o.fake.clock.now();
    await carry(o, postOf(o, 'b'));
    expect(o.fake.clock.now() - before).toBeGreaterThanOrEqual(7000);
    expect(posted(o)).toHaveLength(2);
  });

  it('429 over all routes: holds back everything, and posts once', async () => {
    const o = await start();
    o.fake.fault(POST, { do: '429', retryAfter: 3, scope: 'global' });
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject({ effect: 'none', scope: 'lane' });
    const calls = o.fake.calls.length;
    expect(await failureIn(o, otherPost(o))).toMatchObject({ effect: 'none', scope: 'lane' });
    expect(o.fake.calls).toHaveLength(calls);
    const lanes = o.out.lanes(postOf(o, 'a')).map(({ key }) => key);
    expect(o.out.lanes(threadOf(o, 'm:1/2' as never)).some(({ key }) => lanes.includes(key))).toBe(true);
    await o.world.sleepUntil(o.world.now());
    await carry(o, postOf(o, 'a'));
    expect(posted(o)).toHaveLength(1);
  });

  it('429 shared and long: is told at once instead of waited out', async () => {
    const o = await start();
    o.fake.fault(POST, { do: '429', retryAfter: 600, scope: 'shared' });
    const failure = await failureIn(o, postOf(o, 'a'));
    expect(failure).toMatchObject({ effect: 'none', scope: 'this' });
    expect(failure.message).toContain('slow down');
  });

  it("the client's own 50 a second: nothing is sent, and everything waits a moment", async () => {
    const o = await start();
    Object.assign(o.client.rest, { globalRemaining: 0, globalReset: Date.now() + 60_000 });
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject({ effect: 'none', scope: 'lane' });
    expect(callsOf(o, POST)).toBe(0);
  });

  it.each([403, 429])(
    'shut out in front of Discord by a page of HTML (%i): keeps still for ten minutes',
    async (status) => {
      const o = await start();
      o.fake.fault(POST, { do: 'html', status });
      expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(SHUT_OUT);
      await carry(o, postOf(o, 'a'));
      expect(posted(o)).toHaveLength(1);
    },
  );

  it('too many refusals: nothing is sent until the budget allows it', async () => {
    const o = await start();
    for (let i = 0; i < 1000; i++) o.budget.note(403);
    const failure = await failureIn(o, postOf(o, 'a'));
    expect(failure).toMatchObject({ effect: 'none', scope: 'team' });
    expect(o.fake.calls).toEqual([]);
    await carry(o, postOf(o, 'a'));
    expect(posted(o)).toHaveLength(1);
  });

  it.each([20_016, 20_028, 20_029, 40_004])('busy (%i): waits a minute and tries again', async (code) => {
    const o = await start();
    o.fake.fault(POST, { do: 'status', status: 400, code, effect: 'before' });
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject({ effect: 'none', retry: { afterMs: 60_000 } });
  });
});

const DOUBTS: readonly (readonly [string, Fault])[] = [
  ['HTTP 503 before it took effect', { do: 'status', status: 503, effect: 'before' }],
  ['HTTP 500 after it took effect', { do: 'status', status: 500, effect: 'after' }],
  ['ECONNRESET before it took effect', { do: 'drop', effect: 'before' }],
  ['ECONNRESET after it took effect', { do: 'drop', effect: 'after' }],
  ['a timeout before it took effect', { do: 'hang', effect: 'before' }],
  ['a timeout after it took effect', { do: 'hang', effect: 'after' }],
  ['200 with an empty body, and no effect', { do: 'empty', effect: 'before' }],
  ['200 with an empty body after it took effect', { do: 'empty', effect: 'after' }],
];

describe('in doubt', () => {
  it.each(DOUBTS)('%s: says so and asked once', async (_what, fault) => {
    const o = await start({ timeoutMs: 300 });
    o.fake.fault(POST, fault);
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(UNKNOWN);
    expect(callsOf(o, POST)).toBe(1);
  });

  const KINDS: readonly (readonly [string, string, (o: Outside) => Delivery])[] = [
    ['a post', POST, (o) => postOf(o, 'a')],
    ['a direct message', POST, (o) => postOf(o, 'a', dmTo(o.ana))],
    ['a file', POST, (o) => fileOf(o, 'a', inChannel(o))],
    ['a forum post, which has no nonce', NEW_THREAD, (o) => postOf(o, 'a', inForum(o))],
    ['a private thread, which has no nonce', NEW_THREAD, (o) => roomOf(o, 'a', [o.ana, o.bo])],
    ['the first message of a private thread', POST, (o) => roomOf(o, 'a', [o.ana, o.bo])],
  ];
  const cases = KINDS.flatMap(([kind, route, make]) =>
    DOUBTS.map(([what, fault]) => ({ kind, what, route, make, fault })),
  );

  it.each(cases)('$kind, $what: there is one in the end', async ({ route, make, fault }) => {
    const o = await start({ timeoutMs: 300 });
    o.fake.fault(route, fault);
    await carry(o, make(o), 12);
    expect(posted(o)).toHaveLength(1);
    expect(o.fake.threads().length).toBeLessThanOrEqual(1);
  });

  it.each(DOUBTS)('the thread of a post, %s: there is one thread in the end', async (_what, fault) => {
    const o = await start({ timeoutMs: 300 });
    const ref = await o.out.deliver(postOf(o, 'a'));
    o.fake.fault(THREAD, fault);
    expect(await carry(o, threadOf(o, ref))).toBe(ref);
    expect(o.fake.threads()).toHaveLength(1);
    expect(posted(o)).toHaveLength(1);
  });

  it('twice in a row, with timeouts: there is one message in the end', async () => {
    const o = await start({ timeoutMs: 300 });
    o.fake.fault(POST, { do: 'hang', effect: 'after' }, { do: 'hang', effect: 'after' });
    await carry(o, postOf(o, 'a'), 12);
    expect(posted(o)).toHaveLength(1);
  });

  it('and killed, long after Discord forgot the nonce: it is looked for, and there is one', async () => {
    const o = await start();
    const since = o.world.now();
    o.fake.fault(POST, { do: 'drop', effect: 'after' });
    await failureIn(o, postOf(o, 'a'));
    await o.fake.clock.advance(3_600_000);
    expect(await o.restarted().out.find(postOf(o, 'a'), since)).toMatchObject({ kind: 'found' });
    expect(posted(o)).toHaveLength(1);
  });

  it('a thread opened twice: 160004 is as good as done', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    await o.out.deliver(threadOf(o, ref));
    expect(await o.restarted().out.deliver(threadOf(o, ref))).toBe(ref);
    expect(o.fake.calls.at(-1)?.status).toBe(400);
    expect(o.fake.threads()).toHaveLength(1);
  });
});

describe('certain that nothing is there', () => {
  it('ECONNREFUSED: told at once, and it may be tried again', async () => {
    const o = await start({ apiUrl: `${await closedAddress()}/api` });
    const failure = await failureIn(o, postOf(o, 'a', dmTo(o.ana)));
    expect(failure).toMatchObject(NONE_SOON);
    expect(failure.message).toContain('ECONNREFUSED');
  });

  it.each(DOUBTS)('opening a direct message, which only leads up to it, fails: %s', async (_what, fault) => {
    const o = await start({ timeoutMs: 300 });
    o.fake.fault(DM, fault);
    expect(await failureIn(o, postOf(o, 'a', dmTo(o.ana)))).toMatchObject(NONE_SOON);
    expect(posted(o)).toEqual([]);
  });

  it('401: the token is no good, nothing is asked any more, and it is tried again in a quarter of an hour', async () => {
    const o = await start();
    o.fake.fault(POST, { do: 'status', status: 401, effect: 'before' });
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(NO_ACCESS);
    const calls = o.fake.calls.length;
    const again = await failureIn(o, postOf(o, 'b'));
    expect(again).toMatchObject({ effect: 'none', scope: 'team' });
    expect(o.fake.calls).toHaveLength(calls);
  });

  it('403: asked once, refused for good, and the words say what to allow', async () => {
    const o = await start();
    o.guild.overwrites.set(o.channel.id, (1n << 10n) | (1n << 16n));
    const failure = await failureIn(o, postOf(o, 'a'));
    expect(failure).toMatchObject(NEVER);
    expect(failure.message).toMatch(/"Send Messages".*\[50013\]$/);
    expect(callsOf(o, POST)).toBe(1);
    o.guild.overwrites.set(o.channel.id, 0n);
    expect((await failureIn(o, postOf(o, 'b'))).message).toMatch(/View Channel.*\[50001\]$/);
  });

  it.each([
    ['a forum that wants tags', 40_067, 'Require people to select tags'],
    ['an unknown channel', 10_003, 'it is gone'],
    ['an unknown message', 10_008, 'no longer there'],
    ['a body Discord will not take', 50_035, 'whoever looks after Greenroom'],
    ['a locked thread', 160_005, 'locked'],
    ['too many open threads', 160_006, 'open threads'],
    ['a full thread', 30_033, 'full'],
    ['a filter', 200_000, 'AutoMod'],
    ['a code nobody wrote words for', 99_999, 'Discord refused it'],
  ])('%s is refused for good, in words (%i)', async (_what, code, words) => {
    const o = await start();
    o.fake.fault(POST, { do: 'status', status: 400, code, effect: 'before' });
    const failure = await failureIn(o, postOf(o, 'a'));
    expect(failure).toMatchObject(NEVER);
    expect(failure.message).toContain(words);
    expect(failure.message).toMatch(new RegExp(`\\[${code}\\]$`));
  });
});

describe('one channel', () => {
  it('gets what it is sent one after the other, in order', async () => {
    const o = await start();
    await Promise.all(Array.from({ length: 10 }, (_, i) => o.out.deliver(postOf(o, `n${i}`))));
    expect(named(o)).toEqual(Array.from({ length: 10 }, (_, i) => `n${i}`));
  });

  it('gets what was on its way when we were told to stop, once', async () => {
    const o = await start();
    o.fake.fault(POST, { do: 'hold' });
    const sent = o.out.deliver(postOf(o, 'a'));
    await expect.poll(() => callsOf(o, POST)).toBe(1);
    await o.client.destroy();
    o.fake.release();
    await sent;
    expect(posted(o)).toHaveLength(1);
    expect(await failureIn(o, postOf(o, 'b'))).toMatchObject(NONE_SOON);
  });
});

describe('a failure', () => {
  it('tells nothing of what was sent, and no token', async () => {
    const o = await start();
    for (const code of [50_013, 50_035, 0]) {
      o.fake.fault(POST, { do: 'status', status: 403, code, effect: 'before' });
      const failure = await failureIn(o, postOf(o, 'a secret word'));
      expect(inspect(failure, { depth: 9 })).not.toContain('a secret word');
      expect(inspect(failure, { depth: 9 })).not.toContain(o.fake.token);
    }
  });

  it('that began to be an answer and broke off leaves a doubt', async () => {
    const answer = '{"id":"1';
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write(answer);
      response.destroy();
    });
    const o = await start({ apiUrl: `${url}/api`, timeoutMs: 300 });
    o.client.channels.cache.clear();
    const deliver = o.out.deliver({ kind: 'remove', team: o.team, name: 'test:a', ref: refHere(o) as never });
    await expect(deliver).rejects.toMatchObject({ effect: 'unknown' });
  });

  it('names the permission by what was tried', () => {
    const said = [
      missingFor('POST', '/api/v10/channels/1/messages/2/threads', {}),
      missingFor('POST', '/api/v10/channels/1/threads', { type: 12 }),
      missingFor('POST', '/api/v10/channels/1/threads', {}),
      missingFor('POST', '/api/v10/channels/1/messages', { attachments: [{ id: '0' }] }),
      missingFor('POST', '/api/v10/channels/1/messages', {}),
      missingFor('GET', '/api/v10/channels/1/messages', undefined),
      missingFor('PATCH', '/api/v10/channels/1', {}),
      missingFor('PUT', '/api/v10/channels/1/thread-members/2', undefined),
    ];
    expect(said.map((words) => words.match(/"[^"]+"/g)?.at(-1))).toEqual([
      '"Read Message History"',
      '"Create Private Threads"',
      '"Create Posts"',
      '"Attach Files"',
      '"Send Messages in Threads"',
      '"Read Message History"',
      '"Manage Threads"',
      '"Send Messages in Threads"',
    ]);
  });

  it('has words that fit before a code in brackets', () => {
    for (const code of [10_003, 10_008, 50_001, 50_007, 50_035, 50_083, 40_067]) {
      expect(wordsFor(code)).not.toMatch(/[.!]$/);
      expect(wordsFor(code)).not.toBe(wordsFor(-1));
    }
  });
});

const refHere = ({ channel }: Outside): string => `m:${channel.id}/${channel.id}`;

const servers: { close(): unknown; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server of ours, for what the fake platform never does. */
async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Where nobody listens any more. */
async function closedAddress(): Promise<string> {
  const url = await listen((_request, response) => response.end());
  const server = servers.pop();
  await new Promise((resolve) => (server as ReturnType<typeof createServer>).close(resolve));
  return url;
}
