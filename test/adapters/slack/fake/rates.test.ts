/** The fake lets a method be called as often as Slack does, and no more. */
import { afterEach, describe, expect, it } from 'vitest';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { perMinute, POSTS_AT_ONCE } from '../../../support/fake-slack/api/limiter.ts';
import { METHODS } from '../../../support/fake-slack/api/methods.ts';
import tiers from '../../../fixtures/slack/rate_limit_tiers.json' with { type: 'json' };
import { closeOffices, errorOf, openOffice } from './ask.ts';

afterEach(closeOffices);

/** Seconds to wait, or undefined when it was let through, whatever it was answered. */
async function waitOf(call: Promise<unknown>): Promise<number | undefined> {
  try {
    await call;
  } catch (error) {
    if (error instanceof WebAPIRateLimitedError) return error.retryAfter;
  }
  return undefined;
}

async function lastOf(count: number, call: () => Promise<unknown>): Promise<(number | undefined)[]> {
  const waits: (number | undefined)[] = [];
  for (let made = 0; made < count; made += 1) waits.push(await waitOf(call()));
  return waits;
}

describe('a method', () => {
  it.each(Object.keys(METHODS).filter((name) => perMinute(name) <= 20))('%s has its tier', async (name) => {
    const { fake, web } = await openOffice();
    const most = perMinute(name);
    const waits = await lastOf(most + 1, () => web.apiCall(name));
    expect(waits.slice(0, most).every((wait) => wait === undefined)).toBe(true);
    expect(waits[most]).toBeGreaterThan(0);
    expect(waits[most]).toBeLessThanOrEqual(60);
    expect(fake.calls.at(-1)?.outcome).toBe('ratelimited');
  });

  it.each(Object.keys(METHODS))('%s is in the table of tiers', (name) => {
    expect(Object.keys(tiers)).toContain(name);
    expect(perMinute(name)).toBeGreaterThan(0);
  });

  it('may be called again when the wait is over', async () => {
    const { fake, web } = await openOffice({ rates: { 'users.info': 2 } });
    await lastOf(2, () => web.apiCall('users.info'));
    const wait = await waitOf(web.apiCall('users.info'));
    await fake.clock.advance(((wait ?? 0) - 2) * 1000);
    expect(await waitOf(web.apiCall('users.info'))).toBeGreaterThan(0);
    await fake.clock.advance(3000);
    expect(await waitOf(web.apiCall('users.info'))).toBeUndefined();
  });

  it('that is used up says nothing about another one, nor about another workspace', async () => {
    const { fake, acme, web } = await openOffice({ rates: { 'users.info': 1 } });
    const other = fake.addWorkspace('Globex');
    await web.apiCall('users.info', { user: acme.botUser });
    expect(await waitOf(web.apiCall('users.info'))).toBeGreaterThan(0);
    expect((await web.users.list({})).ok).toBe(true);
    const token = other.botToken;
    expect((await web.apiCall('users.info', { user: other.botUser, token })).ok).toBe(true);
  });
});

describe('posts', () => {
  it('into one channel come once a second, a few at a time', async () => {
    const { fake, acme, web, channel, ana } = await openOffice();
    const post = () => web.chat.postMessage({ channel: channel.id, text: 'hi' });
    const waits = await lastOf(POSTS_AT_ONCE + 1, post);
    expect(waits).toEqual([...Array.from({ length: POSTS_AT_ONCE }, () => undefined), 1]);
    expect(await waitOf(web.chat.postMessage({ channel: ana.id, text: 'hi' }))).toBeUndefined();
    await fake.clock.advance(1000);
    expect(await waitOf(post())).toBeUndefined();
    expect(await waitOf(post())).toBe(1);
    expect(fake.posted(acme.id)).toHaveLength(POSTS_AT_ONCE + 2);
  });

  it('into many channels come a few hundred a minute', async () => {
    const { fake, acme, web } = await openOffice();
    const posts = Array.from({ length: 301 }, (_, at) => acme.addChannel(`c${at}`));
    const waits: (number | undefined)[] = [];
    for (const { id } of posts) waits.push(await waitOf(web.chat.postMessage({ channel: id, text: 'hi' })));
    expect(waits.filter((wait) => wait !== undefined)).toEqual([waits.at(-1)]);
    expect(fake.posted(acme.id)).toHaveLength(300);
  });
});

describe('without rates', () => {
  it('anything goes', async () => {
    const { web, channel } = await openOffice({ rates: false });
    const waits = await lastOf(30, () => web.chat.postMessage({ channel: channel.id, text: 'hi' }));
    expect(waits.every((wait) => wait === undefined)).toBe(true);
    expect(await errorOf(web.apiCall('chat.postMessage', { channel: channel.id }))).toBe('no_text');
  });
});
