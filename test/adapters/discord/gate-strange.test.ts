/** A gateway that sends what no documentation knows: the gate lives on, and nothing is thrown at nobody. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { acceptLink, type Link } from '../../support/fake-slack/web-socket.ts';
import { type Finishing, makeScene, type Scene } from './gate-scene.ts';

const GUILD = '1574577104194895872';
const USER = { id: '1574577104194895873', username: 'greenroom', discriminator: '0', bot: true };

interface Strange extends Scene {
  /** As it is. */
  send(text: string): void;
  dispatch(event: string, data: unknown): void;
}

/** Opened, with one server. */
async function openStrange(finishing: Finishing): Promise<Strange> {
  let link: Link | undefined;
  let seq = 0;
  const send = (text: string): void => link?.send(text);
  const dispatch = (t: string, d: unknown): void => send(JSON.stringify({ op: 0, t, d, s: ++seq }));
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const limit = { total: 1_000, remaining: 1_000, reset_after: 60_000, max_concurrency: 1 };
    const facts = { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limit };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url?.endsWith('/gateway/bot') ? facts : {}));
  });
  const obey = (text: string): void => {
    const { op } = JSON.parse(text) as { op: number };
    if (op === 1) send(JSON.stringify({ op: 11 }));
    if (op !== 2) return;
    const { port } = server.address() as AddressInfo;
    const application = { id: USER.id, flags: 0 };
    dispatch('READY', {
      v: 10,
      user: USER,
      application,
      session_id: 'one',
      guilds: [{ id: GUILD, unavailable: true }],
      resume_gateway_url: `ws://127.0.0.1:${port}`,
    });
    dispatch('GUILD_CREATE', { id: GUILD, name: 'Acme', channels: [], members: [], roles: [], threads: [] });
  };
  server.on('upgrade', (request, socket, head) =>
    acceptLink(request, socket, head, (met) => {
      link = met;
      met.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
      return { text: obey, closed: () => {} };
    }),
  );
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  finishing.onTestFinished(() => void server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const scene = await makeScene(finishing, { deps: { apiUrl } });
  await scene.gate.open();
  return { ...scene, send, dispatch };
}

/** What people write is still heard. */
async function expectAlive({ dispatch, told }: Strange): Promise<void> {
  dispatch('MESSAGE_CREATE', { id: '1574577104194895999', channel_id: GUILD, content: 'still here', author: USER });
  await told.until('heard still here');
  expect(told.all).toEqual(['server Acme', 'heard still here']);
}

describe('the gate lives on after', () => {
  it.for([
    ['an event nobody knows', { op: 0, t: 'MOON_PHASE', s: 100, d: { phase: 'new' } }],
    ['an event without data', { op: 0, t: 'MESSAGE_UPDATE', s: 100, d: null }],
    ['an event of another shape', { op: 0, t: 'GUILD_MEMBER_ADD', s: 100, d: 'nonsense' }],
    ['a channel of a kind nobody knows', { op: 0, t: 'CHANNEL_CREATE', s: 100, d: { id: '1', type: 99 } }],
    ['an interaction of a kind nobody knows', { op: 0, t: 'INTERACTION_CREATE', s: 100, d: { id: '1', type: 99 } }],
    ['an operation nobody knows', { op: 99, d: {} }],
    ['a frame without an operation', {}],
    ['a list', []],
  ] as const)('%s', async ([, frame], test) => {
    const strange = await openStrange(test);
    strange.send(JSON.stringify(frame));
    await expectAlive(strange);
  });

  it.for(['', 'null', '{"op":', 'hello', '\u0000'])('the frame %j', async (text, test) => {
    const strange = await openStrange(test);
    strange.send(text);
    await expectAlive(strange);
  });

  it('a listener that throws', async (test) => {
    const strange = await openStrange(test);
    strange.gate.client.on('typingStart', () => {
      throw new Error('a listener failed');
    });
    strange.gate.client.ws.on('TYPING_START' as never, () => {
      throw new Error('a listener failed');
    });
    strange.dispatch('TYPING_START', { channel_id: GUILD, user_id: USER.id, timestamp: 1 });
    await expectAlive(strange);
    expect(strange.log.lines.join()).toContain('could not be taken in');
  });

  it('a server that asks us in while Discord cannot reach it, which is told once it can', async (test) => {
    const strange = await openStrange(test);
    const id = '1574577104194895874';
    strange.dispatch('GUILD_CREATE', { id, unavailable: true });
    await expectAlive(strange);
    strange.dispatch('GUILD_CREATE', { id, name: 'Later', channels: [], members: [], roles: [], threads: [] });
    await strange.told.until('server Later');
  });
});

describe('a gateway that takes the line and says nothing', () => {
  it('is hung up on when the gate closes, which the client alone would leave hanging', async (test) => {
    const taken = Promise.withResolvers<Duplex>();
    const server = createServer((_, response) => {
      const { port } = server.address() as AddressInfo;
      const limit = { total: 1_000, remaining: 1_000, reset_after: 60_000, max_concurrency: 1 };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limit }));
    });
    server.on('upgrade', (_, socket) => taken.resolve(socket));
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    test.onTestFinished(() => void server.close());
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const { gate } = await makeScene(test, { deps: { apiUrl } });
    const opening = gate.open().catch(String);
    const socket = await taken.promise;
    const hungUp = once(socket.resume(), 'end');
    await gate.close();
    await hungUp;
    socket.destroy();
    expect(await opening).toContain('Closed before Discord was ready');
  });
});

describe('an outage of one server', () => {
  it('is none of ours, and what was said meanwhile may be lost', async (test) => {
    const strange = await openStrange(test);
    strange.dispatch('GUILD_DELETE', { id: GUILD, unavailable: true });
    strange.dispatch('GUILD_CREATE', { id: GUILD, name: 'Acme', channels: [], members: [], roles: [], threads: [] });
    await strange.told.until('deaf');
    expect(strange.told.all).toEqual(['server Acme', `deaf ${GUILD}`]);
    expect(strange.gate.servers()).toEqual([GUILD]);
  });

  it('that puts us out meanwhile is told all the same', async (test) => {
    const strange = await openStrange(test);
    strange.dispatch('GUILD_DELETE', { id: GUILD, unavailable: true });
    strange.dispatch('GUILD_DELETE', { id: GUILD });
    await strange.told.until('gone');
    expect(strange.told.all).toEqual(['server Acme', `gone ${GUILD}`]);
    expect(strange.gate.servers()).toEqual([]);
  });
});
