/** Every way a call to Slack fails, with the real client: what the core hears, and that people see exactly one message in the end. */
import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect, promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { CALL_TIMEOUT_MS, makeClient } from '../../../adapters/slack/api.ts';
import { failureOf } from '../../../adapters/slack/failure.ts';
import type { DeliveryError } from '../../../src/chat/chat.ts';
import type { ChannelId, TeamId } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Fault } from '../../support/fake-slack/types.ts';
import { carry, failureIn, type Outside, openOutside, type OutsideOptions, postOf } from './outside.ts';

const run = promisify(execFile);
const POST = 'chat.postMessage';
const NONE_SOON = { effect: 'none', retry: { afterMs: 0 }, scope: 'this' };
const UNKNOWN = { effect: 'unknown', retry: { afterMs: 0 }, scope: 'this' };
const lane = (afterMs: number) => ({ effect: 'none', retry: { afterMs }, scope: 'lane' });

let open: Outside | undefined;
const start = async (options?: OutsideOptions): Promise<Outside> => (open = await openOutside(options));
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const callsOf = ({ fake }: Outside, method: string): number => fake.calls.filter((one) => one.method === method).length;
const inOther = (o: Outside): Delivery => ({
  ...postOf(o, 'other'),
  team: o.other.workspace.id as TeamId,
  to: { in: 'channel', channel: o.other.channel.id as ChannelId },
});

describe('throttled by Slack', () => {
  it('waits exactly as long as Slack says, and posts once', async () => {
    const o = await start();
    o.fake.fault(POST, { do: '429', retryAfter: 7 });
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(lane(7000));
    o.fake.fault(POST, { do: '429', retryAfter: 7 });
    const before = o.fake.clock.now();
    await carry(o, postOf(o, 'a'));
    expect(o.fake.clock.now() - before).toBeGreaterThanOrEqual(7000);
    expect(o.fake.posted(o.team)).toHaveLength(1);
  });

  it('in a burst, posts everything once', async () => {
    const o = await start();
    for (let i = 0; i < 8; i++) await carry(o, postOf(o, `burst ${i}`));
    expect(o.fake.calls.some(({ outcome }) => outcome === 'ratelimited')).toBe(true);
    expect(o.fake.posted(o.team).map(({ metadata }) => metadata?.event_payload['name'])).toEqual(
      Array.from({ length: 8 }, (_, i) => `test:burst ${i}`),
    );
  });

  it('does not stop other methods of that workspace, nor another workspace', async () => {
    const o = await start();
    o.fake.fault(POST, { do: '429', retryAfter: 600 });
    const ref = await carry(o, postOf(o, 'first'));
    o.fake.fault(POST, { do: '429', retryAfter: 600 });
    expect(await failureIn(o, postOf(o, 'second'))).toMatchObject(lane(600_000));
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:first', ref });
    await o.out.deliver(inOther(o));
    expect(o.fake.posted(o.other.workspace.id)).toHaveLength(1);
  });

  it('without being told for how long, waits half a minute', async () => {
    for (const headers of [{}, { 'retry-after': 'soon' }])
      expect(await failureAt((_request, response) => response.writeHead(429, headers).end('{}'))).toMatchObject(
        lane(30_000),
      );
  });

  it('in an answer instead of a status, waits half a minute', async () => {
    const o = await start();
    o.fake.fault(POST, { do: 'error', error: 'ratelimited' });
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(lane(30_000));
    await carry(o, postOf(o, 'a'));
    expect(o.fake.posted(o.team)).toHaveLength(1);
  });
});

const DOUBTS: readonly (readonly [string, Fault])[] = [
  ['HTTP 500 before the post was stored', { do: '500', effect: 'before' }],
  ['HTTP 500 after the post was stored', { do: '500', effect: 'after' }],
  ['the connection dropped before the post was stored', { do: 'drop', effect: 'before' }],
  ['the connection dropped after the post was stored', { do: 'drop', effect: 'after' }],
  ['no answer, and the post was not stored', { do: 'hang', effect: 'before' }],
  ['no answer, and the post was stored', { do: 'hang', effect: 'after' }],
  ['half an answer, and the post was not stored', { do: 'cut', effect: 'before' }],
  ['half an answer, and the post was stored', { do: 'cut', effect: 'after' }],
  ['a page of HTML, and the post was not stored', { do: 'html', effect: 'before' }],
  ['a page of HTML, and the post was stored', { do: 'html', effect: 'after' }],
];

describe('in doubt whether a post is there', () => {
  it.each(DOUBTS)('after %s, says so and tries once', async (_what, fault) => {
    const o = await start({ timeoutMs: 150 });
    o.fake.fault(POST, fault);
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(UNKNOWN);
    expect(callsOf(o, POST)).toBe(1);
  });

  it.each(DOUBTS)('after %s, looks first: there is one message in the end', async (_what, fault) => {
    const o = await start({ timeoutMs: 150 });
    o.fake.fault(POST, fault);
    const ref = await carry(o, postOf(o, 'a'));
    const posted = o.fake.posted(o.team);
    expect(posted.map(({ channel, ts }) => `${channel}/${ts}`)).toEqual([ref]);
  });

  it('twice in a row, there is one message in the end', async () => {
    const o = await start({ timeoutMs: 150 });
    o.fake.fault(POST, { do: 'drop', effect: 'before' }, { do: '500', effect: 'after' });
    await carry(o, postOf(o, 'a'), 12);
    expect(o.fake.posted(o.team)).toHaveLength(1);
  });

  it('since the answer began and never ended', async () => {
    const failure = await failureAt((_request, response) => void response.writeHead(200).write('{"ok":'));
    expect(failure).toMatchObject(UNKNOWN);
  });

  it('and unable to look, waits until it can', async () => {
    const o = await start();
    o.fake.fault(POST, { do: '500', effect: 'after' });
    o.fake.fault('conversations.history', { do: '429', retryAfter: 1 }, { do: '500', effect: 'before' });
    await carry(o, postOf(o, 'a'));
    expect(o.fake.posted(o.team)).toHaveLength(1);
  });

  it.each(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])(
    'because Slack says %s',
    async (error) => {
      const o = await start();
      o.fake.fault(POST, { do: 'error', error });
      expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(UNKNOWN);
    },
  );
});

describe('certain that a post is not there', () => {
  it('since Slack could not be reached', async () => {
    const client = makeClient({ token: { reveal: () => 'xoxb-1' }, apiUrl: `${await closedAddress()}/api/` });
    const error: unknown = await client.auth.test().catch((thrown: unknown) => thrown);
    expect(failureOf(error)).toMatchObject(NONE_SOON);
  });

  it.each(['conversations.open'])('since %s, which leads up to it, failed', async (method) => {
    const o = await start({ timeoutMs: 150 });
    for (const [, fault] of DOUBTS) {
      o.fake.fault(method, fault);
      const dm = { ...postOf(o, 'a'), to: { in: 'dm', person: o.ana.id } } as Delivery;
      expect(await failureIn(o, dm)).toMatchObject(NONE_SOON);
    }
    expect(o.fake.posted(o.team)).toEqual([]);
  });

  it('since we have no access, and tries the workspace again in a quarter of an hour', async () => {
    const o = await start();
    const until = { effect: 'none', retry: { afterMs: 900_000 }, scope: 'team' };
    expect(await failureIn(o, { ...postOf(o, 'a'), team: 'T0NOWHERE' as TeamId })).toMatchObject(until);
    o.workspace.revoked = true;
    expect(await failureIn(o, postOf(o, 'a'))).toMatchObject(until);
  });

  it('since we are not in the channel, and says what to do', async () => {
    const o = await start();
    const elsewhere = o.workspace.addChannel('elsewhere', { without: 'bot' });
    const to = { in: 'channel', channel: elsewhere.id as ChannelId } as const;
    const failure = await failureIn(o, postOf(o, 'a', to));
    expect(failure).toMatchObject({ effect: 'none', retry: 'never' });
    expect(failure.message).toContain('/invite @Greenroom');
    expect(failure.message).toMatch(/\[not_in_channel\]$/);
  });

  it('since a permission is missing: names it, and is posted once it was granted', async () => {
    const o = await start();
    o.workspace.scopes.delete('chat:write');
    const failure = await failureIn(o, postOf(o, 'a'));
    expect(failure).toMatchObject({ effect: 'none', retry: { afterMs: 900_000 }, scope: 'this' });
    expect(failure.message).toContain('chat:write');
    o.workspace.scopes.add('chat:write');
    await carry(o, postOf(o, 'a'));
    expect(o.fake.posted(o.team)).toHaveLength(1);
  });
});

describe('the client', () => {
  it('waits ten seconds for an answer, and prints neither its token nor what it carries', async () => {
    const o = await start();
    expect(CALL_TIMEOUT_MS).toBe(10_000);
    expect(o.tenant.client).toMatchObject({ timeout: CALL_TIMEOUT_MS, retryConfig: { retries: 0 } });
    o.fake.fault(POST, { do: '500', effect: 'before' });
    const failure = await failureIn(o, postOf(o, 'a secret word'));
    expect(inspect(o.tenant.client, { depth: 9 })).not.toContain(o.workspace.botToken);
    expect(inspect(failure, { depth: 9 })).not.toMatch(/a secret word|xoxb/);
  });

  it('prints nothing, however talkative the process is asked to be', async () => {
    const o = await start();
    const script = `import { makeClient } from './adapters/slack/api.ts';
      const client = makeClient({ token: { reveal: () => '${o.workspace.botToken}' }, apiUrl: '${o.fake.apiUrl}' });
      await client.chat.postMessage({ channel: '${o.channel.id}', text: 'a secret word' });
      await client.chat.postMessage({ channel: 'C0NOWHERE', text: 'a secret word' }).catch(() => {});
      const nowhere = makeClient({ token: { reveal: () => 'xoxb-1' }, apiUrl: '${await closedAddress()}/api/' });
      await nowhere.chat.postMessage({ channel: 'C0A', text: 'a secret word' }).catch(() => {});`;
    const env = { ...process.env, DEBUG: '*', LOG_LEVEL: 'debug', NODE_NO_WARNINGS: '1' };
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], { env });
    expect(o.fake.posted(o.team)).toHaveLength(1);
    expect(stdout + stderr).toBe('');
  });

  it('asks its own address only, whatever a method is called', async () => {
    const o = await start();
    const heard: string[] = [];
    const elsewhere = await listen((request, response) => {
      heard.push(request.url ?? '');
      response.end('{}');
    });
    await o.tenant.client.apiCall(`${elsewhere.url}/take`, {}).catch(() => undefined);
    await elsewhere.close();
    expect(heard).toEqual([]);
  });
});

/** A server of ours, for what the fake platform never does. */
async function listen(answer: RequestListener): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a call is sorted into when a server answers so. */
async function failureAt(answer: RequestListener): Promise<DeliveryError> {
  const { url, close } = await listen(answer);
  const client = makeClient({ token: { reveal: () => 'xoxb-1' }, apiUrl: `${url}/api/`, timeoutMs: 150 });
  const error: unknown = await client.auth.test().catch((thrown: unknown) => thrown);
  await close();
  return failureOf(error);
}

/** An address where nobody listens any more. */
async function closedAddress(): Promise<string> {
  const { url, close } = await listen(() => {});
  await close();
  return url;
}
