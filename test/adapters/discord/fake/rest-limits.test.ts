/** What may go wrong between us and Discord: limits, faults, and what the ledger says of it. */
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenFakeDiscord } from '../../../support/fake-discord/index.ts';
import { openLimits } from '../../../support/fake-discord/limits.ts';
import { openDesk, QUIET, type Desk } from './desk.ts';

let desk: Desk;
afterEach(() => desk.close());

const SEND = 'POST /channels/:id/messages';
const AGENT = 'DiscordBot (https://example.org, 1.0)';

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function send(channel = desk.channel.id, more: Readonly<Record<string, string>> = {}): Promise<Sent> {
  const answer = await fetch(`${desk.discord.apiUrl}/v10/channels/${channel}/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bot ${desk.discord.token}`,
      'user-agent': AGENT,
      ...more,
    },
    body: JSON.stringify({ content: 'Two sums', ...QUIET }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const many = async <T>(count: number, make: () => Promise<T>): Promise<readonly T[]> => {
  const made: T[] = [];
  for (let at = 0; at < count; at++) made.push(await make());
  return made;
};

const open = async (options?: OpenFakeDiscord): Promise<void> => {
  desk = await openDesk(options);
};
const statuses = (sent: readonly Sent[]): readonly number[] => sent.map(({ status }) => status);
/** So slow that nothing passes while a test runs. */
const STILL = { speed: 1e-6 };

describe('a bucket', () => {
  const buckets = { [SEND]: { limit: 2, windowMs: 5000 } };

  it('tells what is left of it, by channel', async () => {
    await open({ buckets, ...STILL });
    const { headers } = await send();
    expect(headers.get('x-ratelimit-limit')).toBe('2');
    expect(headers.get('x-ratelimit-remaining')).toBe('1');
    expect(headers.get('x-ratelimit-reset-after')).toBe('5.000');
    expect(headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{16}$/);
    await send();
    expect((await send(desk.guild.addChannel('others').id)).headers.get('x-ratelimit-remaining')).toBe('1');
  });

  it('refuses what is too much, until it is filled again', async () => {
    await open({ buckets, ...STILL });
    const sent = await many(3, send);
    expect(statuses(sent)).toEqual([200, 200, 429]);
    expect(sent[2]?.headers.get('x-ratelimit-scope')).toBe('user');
    expect(sent[2]?.headers.get('retry-after')).toBe('5');
    expect(JSON.parse(sent[2]?.text ?? '')).toMatchObject({ retry_after: 5, global: false });
    expect(desk.discord.posted()).toHaveLength(2);
    await desk.discord.clock.advance(5000);
    expect((await send()).status).toBe(200);
  });
});

describe('the limit over all routes', () => {
  it('refuses what is too much in a second, but for answers to people', async () => {
    await open({ globalPerSecond: 3, ...STILL });
    const sent = await many(4, send);
    expect(statuses(sent)).toEqual([200, 200, 200, 429]);
    expect(sent[3]?.headers.get('x-ratelimit-global')).toBe('true');
    const callback = await fetch(`${desk.discord.apiUrl}/v10/interactions/${desk.channel.id}/none/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': AGENT },
      body: JSON.stringify({ type: 6 }),
    });
    expect(callback.status).toBe(404);
    await desk.discord.clock.advance(1000);
    expect((await send()).status).toBe(200);
  });
});

describe('a script of faults', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('answers 503 %s the effect, once', async (effect, made) => {
    await open();
    desk.discord.fault(SEND, { do: 'status', status: 503, effect });
    expect((await send()).status).toBe(503);
    expect(desk.discord.posted()).toHaveLength(made);
    expect((await send()).status).toBe(200);
    expect(desk.discord.calls.map(({ status }) => status)).toEqual([503, 200]);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('cuts the connection %s the effect', async (effect, made) => {
    await open();
    desk.discord.fault(SEND, { do: 'drop', effect });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(desk.discord.posted()).toHaveLength(made);
  });

  it('answers with limits of each kind', async () => {
    await open();
    desk.discord.fault(
      SEND,
      { do: '429', retryAfter: 0.25 },
      { do: '429', scope: 'shared' },
      { do: '429', scope: 'global', retryAfter: 2 },
    );
    const sent = await many(3, send);
    expect(statuses(sent)).toEqual([429, 429, 429]);
    expect(sent.map(({ headers }) => headers.get('x-ratelimit-scope'))).toEqual(['user', 'shared', 'global']);
    expect(sent.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '2']);
    expect(JSON.parse(sent[0]?.text ?? '')).toMatchObject({ retry_after: 0.25 });
    expect(desk.discord.posted()).toEqual([]);
  });

  it('answers with nothing, and with a page', async () => {
    await open();
    desk.discord.fault(SEND, { do: 'empty', effect: 'after' }, { do: 'html', status: 403 });
    expect(await send()).toMatchObject({ status: 200, text: '' });
    expect(desk.discord.posted()).toHaveLength(1);
    const page = await send();
    expect(page.status).toBe(403);
    expect(page.headers.get('content-type')).toContain('text/html');
  });

  it('holds a request until it is let go', async () => {
    await open();
    desk.discord.fault(SEND, { do: 'hold' });
    const held = send();
    await desk.say(desk.guild.addChannel('others').id, 'meanwhile');
    desk.discord.release();
    expect((await held).status).toBe(200);
    expect(desk.discord.posted()).toHaveLength(2);
  });

  it('never answers when it hangs', async () => {
    await open();
    desk.discord.fault(SEND, { do: 'hang', effect: 'after' });
    const answer = send();
    const others = await desk.say(desk.guild.addChannel('others').id, 'meanwhile');
    expect(others.id).not.toBe('');
    expect(desk.discord.posted()).toHaveLength(2);
    await Promise.all([expect(answer).rejects.toThrow('fetch failed'), desk.discord.close()]);
  });

  it('is for routes that there are', async () => {
    await open();
    expect(() => desk.discord.fault('POST /channels/:channel/messages', { do: 'hold' })).toThrow(
      'the fake has no POST',
    );
  });
});

describe('what counts against our address', () => {
  it('is complained of once there is too much of it', async () => {
    await open(STILL);
    desk.discord.fault(SEND, ...Array.from({ length: 1002 }, () => ({ do: 'html', status: 403 }) as const));
    for (let at = 0; at < 10; at++) await Promise.all(Array.from({ length: 100 }, () => send()));
    expect(desk.discord.complaints).toEqual([]);
    await many(2, send);
    expect(desk.discord.complaints).toEqual([expect.stringContaining('more than 1000 requests')]);
  });

  it('is refusals and limits of ten minutes, but not those shared with others', async () => {
    await open();
    let now = 0;
    const limits = openLimits(() => now, {}, undefined);
    const counted = (count: number, status: number, scope?: string): boolean =>
      Array.from({ length: count }, () => limits.note(status, scope)).includes(true);
    expect(counted(2000, 429, 'shared')).toBe(false);
    expect(counted(2000, 404)).toBe(false);
    expect(counted(1000, 401)).toBe(false);
    now += 600_000;
    expect(counted(1000, 429, 'user')).toBe(false);
    expect(counted(1, 403)).toBe(true);
    expect(counted(1, 403)).toBe(false);
  });
});

describe('the ledger', () => {
  it('tells what was asked, and how it ended', async () => {
    await open();
    await desk.ask('GET /users/@me');
    await send('1574572776285536256');
    expect(desk.discord.calls.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/users/@me', 200],
      ['POST', '/channels/:id/messages', 404],
    ]);
    expect(desk.discord.calls[1]?.body).toEqual({ content: 'Two sums', ...QUIET });
  });

  it('is joined by complaints of what Discord does not have, or would not let through', async () => {
    await open();
    await fetch(`${desk.discord.apiUrl}/v9/users/@me`);
    await desk.ask('GET /channels');
    await send(desk.channel.id, { 'user-agent': 'node' });
    expect(desk.discord.complaints).toEqual([
      expect.stringContaining('nothing at /api/v9/users/@me'),
      expect.stringContaining('no GET /api/v10/channels'),
      expect.stringContaining("user agent 'node'"),
    ]);
  });
});
