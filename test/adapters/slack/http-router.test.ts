/** From the fake Slack over a real port to the real Bolt: what Slack sees of good and bad days over HTTP. */
import { connect } from 'node:net';
import type { App } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBolt } from '../../../adapters/slack/bolt.ts';
import { makeHttp } from '../../../adapters/slack/http.ts';
import { openClock } from '../../../src/core/clock.ts';
import { openSite } from '../../../src/serve.ts';
import { openFake } from './line.ts';
import { COMMAND, FORM_TYPE, sign } from './requests.ts';
import { gate, keepLog, secret, tenant, turnOver } from './world.ts';

async function open(register: (app: App) => void) {
  const slack = await openFake();
  const log = keepLog();
  const { take, idle } = openBolt({ tenants: { of: async () => tenant }, log, register });
  const { line, http } = makeHttp({ signingSecret: secret(slack.fake.signingSecret), take, world: openClock(), log });
  const site = await openSite({ host: '127.0.0.1', port: 0, log, ready: () => ({ ok: true }), http });
  onTestFinished(() => site.close());
  await line.open();
  slack.fake.sendTo(`${site.url}/slack/events`);
  return { ...slack, log, idle, line, url: site.url };
}

describe('a command over HTTP', () => {
  it('is answered with what the listener said', async () => {
    const { command } = await open((app) => app.command('/practice', ({ ack }) => ack('Hello')));
    expect(await command()).toMatchObject({ ok: true, body: { text: 'Hello' } });
  });

  it('whose listener fails before it answers is answered 500', async () => {
    const { command } = await open((app) => app.command('/practice', () => Promise.reject(new Error('locked'))));
    expect(await command()).toMatchObject({ ok: false });
  });

  it('whose listener fails after it answered keeps its answer', async () => {
    const { command, idle, log } = await open((app) =>
      app.command('/practice', async ({ ack }) => {
        await ack('Done.');
        throw new Error('too late');
      }),
    );
    expect(await command()).toMatchObject({ ok: true, body: { text: 'Done.' } });
    await idle();
    expect(log.lines.join()).toContain('failed after its answer');
  });

  it('nobody listens to is answered at once, with a line in the log', async () => {
    const { command, log } = await open(() => {});
    expect(await command()).toMatchObject({ ok: true, body: '' });
    expect(log.lines.join()).toContain('nobody listens to this Slack delivery');
  });

  it('that is answered after Slack gave up harms nothing', async () => {
    const commit = gate();
    const heard = gate();
    const { command, fake, idle, log } = await open((app) =>
      app.command('/practice', async ({ ack }) => {
        heard.resolve();
        await commit.promise;
        await ack('late');
      }),
    );
    const acked = command();
    await heard.promise;
    await fake.clock.advance(3_000);
    expect(await acked).toMatchObject({ ok: false });
    commit.resolve();
    await idle();
    expect(log.lines).toEqual([]);
    expect(await command()).toMatchObject({ ok: true });
  });
});

describe('an event over HTTP', () => {
  it('is answered when its listener has run', async () => {
    const commit = gate();
    const heard = gate();
    const { write, fake } = await open((app) =>
      app.message(async () => {
        heard.resolve();
        await commit.promise;
      }),
    );
    const written = write();
    await heard.promise;
    expect(fake.unacked).toBe(1);
    commit.resolve();
    await written;
    expect(fake.unacked).toBe(0);
  });

  it('whose listener fails is sent again until it is kept, and says that it was', async () => {
    const tries: unknown[] = [];
    const { write, fake } = await open((app) =>
      app.message(async ({ context }) => {
        tries.push([context.retryNum, context.retryReason]);
        if (tries.length === 1) throw new Error('locked');
      }),
    );
    await write();
    while (fake.unacked > 0) await turnOver();
    expect(tries).toEqual([
      [undefined, undefined],
      [1, 'http_error'],
    ]);
  });
});

describe('the port', () => {
  const wire = (url: string, text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(url);
      let said = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (said += chunk.toString()));
      socket.on('close', () => resolve(said));
      socket.on('error', reject);
    });
  const head = (lines: readonly string[]): string =>
    ['POST /slack/events HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n');

  it('has other addresses for others', async () => {
    const { url } = await open(() => {});
    expect((await fetch(`${url}/slack/other`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}/slack/events`)).status).toBe(405);
  });

  it.each([
    ['less than there is', (length: number) => [`Content-Length: ${length - 5}`]],
    ['two lengths', (length: number) => [`Content-Length: ${length}`, `Content-Length: ${length + 1}`]],
    ['a length and pieces', (length: number) => [`Content-Length: ${length}`, 'Transfer-Encoding: chunked']],
    ['below zero', () => ['Content-Length: -1']],
    ['no number', () => ['Content-Length: many']],
  ])('is not fooled by a length that is %s', async (_what, lengths) => {
    const heard: unknown[] = [];
    const { url, fake } = await open((app) =>
      app.command('/practice', async ({ ack }) => void heard.push(await ack())),
    );
    const stamp = Math.floor(Date.now() / 1000);
    const signed = [
      `Content-Type: ${FORM_TYPE}`,
      `X-Slack-Request-Timestamp: ${stamp}`,
      `X-Slack-Signature: ${sign(COMMAND, stamp, fake.signingSecret)}`,
      'Connection: close',
    ];
    const said = await wire(url, head([...signed, ...lengths(COMMAND.length)]) + COMMAND);
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(heard).toEqual([]);
  });

  it('is not fooled by a signature given twice', async () => {
    const heard: unknown[] = [];
    const { url, fake } = await open((app) =>
      app.command('/practice', async ({ ack }) => void heard.push(await ack())),
    );
    const stamp = Math.floor(Date.now() / 1000);
    const good = `X-Slack-Signature: ${sign(COMMAND, stamp, fake.signingSecret)}`;
    const rest = [`Content-Type: ${FORM_TYPE}`, `X-Slack-Request-Timestamp: ${stamp}`, 'Connection: close'];
    const length = `Content-Length: ${COMMAND.length}`;
    expect(await wire(url, head([...rest, length, good, good]) + COMMAND)).toMatch(/^HTTP\/1\.1 401 /);
    expect(heard).toEqual([]);
    expect(await wire(url, head([...rest, length, good]) + COMMAND)).toMatch(/^HTTP\/1\.1 200 /);
    expect(heard).toHaveLength(1);
  });

  it('takes what comes in pieces, up to a megabyte', async () => {
    const { url, fake } = await open((app) => app.command('/practice', ({ ack }) => ack('Pieces.')));
    const stamp = Math.floor(Date.now() / 1000);
    const send = (body: string): Promise<Response> =>
      fetch(`${url}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': FORM_TYPE,
          'x-slack-request-timestamp': String(stamp),
          'x-slack-signature': sign(body, stamp, fake.signingSecret),
        },
        body: new Blob([body]).stream(),
        duplex: 'half',
      } as RequestInit);
    expect(await (await send(COMMAND)).json()).toEqual({ text: 'Pieces.' });
    const large = await send(`${COMMAND}&x=${'x'.repeat(2 * 1024 * 1024)}`).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(large);
  });
});
