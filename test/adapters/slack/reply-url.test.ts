/** The address of a click: only Slack's own, five times, for half an hour, and never written down. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReplyUrl, type ReplyUrl } from '../../../adapters/slack/answer/reply-url.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import { MINUTE } from '../../../src/chat/world.ts';
import { type ManualWorld, openManualWorld } from './world.ts';

let server: Server;
let base: string;
let world: ManualWorld;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const got: { path: string; type: string | undefined; body: string }[] = [];

beforeEach(async () => {
  got.length = 0;
  answer = (_request, response) => response.end('ok');
  server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push({ path: request.url ?? '', type: request.headers['content-type'], body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = openManualWorld();
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const open = (url: unknown, since?: Instant): ReplyUrl | undefined =>
  openReplyUrl({ world, apiUrl: `${base}/api/` }, url, since ?? world.now());
const there = (): ReplyUrl => {
  const found = open(`${base}/response/secret-path`);
  if (!found) throw new Error('it is trusted');
  return found;
};
const failure = async (post: Promise<void>): Promise<string> =>
  post.then(
    () => 'it was taken',
    (error: unknown) => String(error),
  );

describe('the address of a click', () => {
  it.each(['https://hooks.slack.com/actions/T1/2/x', 'https://hooks.slack.com:443/commands/T1/2/x'])(
    'is trusted: %s',
    (url) => expect(open(url)).toBeDefined(),
  );

  it.each([
    'http://hooks.slack.com/actions/T1',
    'https://hooks.slack.com.example.org/actions',
    'https://example.org/hooks.slack.com',
    'https://hooks.slack.com:8443/actions',
    'https://hooks.slack.com@example.org/',
    'https://somebody:secret@hooks.slack.com/actions',
    'file:///etc/passwd',
    'http://127.0.0.1:1/response',
    'http://169.254.169.254/latest/meta-data',
    'not an address',
    '',
    7,
    null,
    undefined,
    {},
  ])('is not trusted: %j', (url) => expect(open(url)).toBeUndefined());

  it('on this machine is not trusted when Slack is elsewhere', () => {
    const elsewhere = { world, apiUrl: 'https://slack.com/api/' };
    expect(openReplyUrl(elsewhere, `${base}/response/x`, world.now())).toBeUndefined();
    const garbage = { world, apiUrl: 'nowhere' };
    expect(openReplyUrl(garbage, `${base}/response/x`, world.now())).toBeUndefined();
  });

  it('that merely shares its host with a foreign API is not trusted', () => {
    const foreign = { world, apiUrl: 'https://slack.example.org/api/' };
    expect(openReplyUrl(foreign, 'https://slack.example.org/response', world.now())).toBeUndefined();
  });
});

describe('an answer', () => {
  it('is sent as JSON', async () => {
    await there().post({ text: 'hello' });
    expect(got).toEqual([
      { path: '/response/secret-path', type: 'application/json; charset=utf-8', body: '{"text":"hello"}' },
    ]);
  });

  it('is sent five times, not six', async () => {
    const url = there();
    for (let i = 0; i < 5; i++) await url.post({});
    expect(await failure(url.post({}))).toBe('ReplyUrlFailed: used up');
    expect(got).toHaveLength(5);
  });

  it('is sent for half an hour, not longer', async () => {
    const url = there();
    await world.advance(30 * MINUTE - 1);
    await url.post({});
    await world.advance(1);
    expect(await failure(url.post({}))).toBe('ReplyUrlFailed: too old');
    expect(got).toHaveLength(1);
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['refused', (r) => void r.writeHead(404).end('{"ok":false,"error":"used_url"}'), 'used_url'],
    ['refused politely', (r) => void r.end('{"ok":false,"error":"invalid_blocks"}'), 'invalid_blocks'],
    ['met by a page', (r) => void r.writeHead(502).end('<html>secret</html>'), 'HTTP 502'],
    ['sent elsewhere', (r) => void r.writeHead(302, { location: '/elsewhere' }).end(), 'the connection failed'],
    ['cut off', (r) => void r.destroy(), 'the connection failed'],
  ])('that is %s fails in words fit for a log', async (_what, how, why) => {
    answer = (_request, response) => how(response);
    const said = await failure(there().post({}));
    expect(said).toBe(`ReplyUrlFailed: ${why}`);
    expect(got.map(({ path }) => path)).toEqual(['/response/secret-path']);
  });

  it('that is never taken fails after ten seconds', async () => {
    const hungUp = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    answer = ({ socket }) => {
      socket.on('close', hungUp.resolve);
      arrived.resolve();
    };
    const posted = failure(there().post({}));
    await arrived.promise;
    await world.asleepFor(10_000);
    await world.advance(10_000);
    expect(await posted).toBe('ReplyUrlFailed: no answer in time');
    await hungUp.promise;
  });
});
