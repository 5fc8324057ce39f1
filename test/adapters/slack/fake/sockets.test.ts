/** Socket Mode as Slack has it: ten sockets at most, an envelope to any one of them, goodbyes, and nothing to a closed one. */
import { SocketModeClient } from '@slack/socket-mode';
import { type Logger, LogLevel } from '@slack/logger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOffice, type Office } from './office.ts';

const quiet = (): void => {};
const SILENT: Logger = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  setName: quiet,
  getLevel: () => LogLevel.ERROR,
};
const MINUTE = 60_000;
type Frame = Readonly<Record<string, unknown>>;

interface Client {
  readonly got: Frame[];
  /** Envelopes, without hello and goodbye. */
  envelopes(): readonly Frame[];
  ack(envelope: Frame | undefined, payload?: unknown): void;
  /** The code it was closed with. */
  readonly closed: Promise<number>;
  close(): void;
}

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  office.slack.sendTo(undefined);
});
afterEach(() => office.close());

async function address(): Promise<string> {
  const headers = { authorization: `Bearer ${office.slack.appToken}` };
  const answer = await fetch(`${office.slack.apiUrl}apps.connections.open`, { method: 'POST', headers });
  return ((await answer.json()) as { url: string }).url;
}

/** `ack: 'all'` answers everything at once. */
async function join(ack?: 'all', at?: string): Promise<Client> {
  const socket = new WebSocket(at ?? (await address()));
  const got: Frame[] = [];
  const closed = new Promise<number>((done) => socket.addEventListener('close', ({ code }) => done(code)));
  const client: Client = {
    got,
    envelopes: () => got.filter((frame) => 'envelope_id' in frame),
    ack: (envelope, payload) =>
      socket.send(
        JSON.stringify({ envelope_id: envelope?.['envelope_id'], ...(payload === undefined ? {} : { payload }) }),
      ),
    closed,
    close: () => socket.close(),
  };
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as Frame;
    got.push(frame);
    if (ack && 'envelope_id' in frame) client.ack(frame);
  });
  await Promise.race([closed, new Promise((done) => socket.addEventListener('message', done))]);
  return client;
}

const says = (text: string): Promise<string> =>
  office.slack.hands.write(office.team, office.ana.id, office.channel.id, text);
const textOf = (frame: Frame | undefined): unknown =>
  (frame as { payload: { event: { text: string } } } | undefined)?.payload.event.text;

describe('a socket', () => {
  it('is greeted with how many there are', async () => {
    await join();
    const { got } = await join();
    expect(got[0]).toMatchObject({
      type: 'hello',
      num_connections: 2,
      connection_info: { app_id: office.workspace.appId },
      debug_info: { approximate_connection_time: expect.any(Number) },
    });
  });

  it('opens with an address that works once, and not for long', async () => {
    const { slack } = office;
    const first = await address();
    await join(undefined, first);
    expect(await (await join(undefined, first)).closed).toBe(1006);
    const late = await address();
    await slack.clock.advance(MINUTE);
    expect(await (await join(undefined, late)).closed).toBe(1006);
    expect(slack.sockets).toHaveLength(1);
  });

  it('is sent away when ten are open', async () => {
    for (let at = 0; at < 10; at += 1) await join();
    const eleventh = await join();
    expect(eleventh.got[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await eleventh.closed;
    expect(office.slack.sockets.filter(({ open }) => open)).toHaveLength(10);
  });

  it('is told goodbye in Slack’s words, and cut off ten seconds later', async () => {
    const client = await join();
    office.slack.sockets[0]?.disconnect('refresh_requested');
    await expect.poll(() => client.got.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    expect(office.slack.sockets[0]?.open).toBe(true);
    await office.slack.clock.advance(10_000);
    expect(await client.closed).toBe(1000);
  });

  it('can be cut without a word', async () => {
    const client = await join();
    office.slack.sockets[0]?.drop();
    expect(await client.closed).toBe(1006);
  });
});

describe('an envelope', () => {
  it('goes to one socket, the next one to the next', async () => {
    const [one, two] = [await join('all'), await join('all')];
    for (const text of ['a', 'b', 'c']) await says(text);
    expect([one.envelopes().map(textOf), two.envelopes().map(textOf)]).toEqual([['a', 'c'], ['b']]);
    expect(one.envelopes()[0]).toMatchObject({
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      retry_reason: '',
    });
    expect(office.slack.unacked).toBe(0);
  });

  it('never goes to a closed socket', async () => {
    const [one, two] = [await join('all'), await join('all')];
    one.close();
    await one.closed;
    for (const text of ['a', 'b', 'c']) await says(text);
    expect(two.envelopes().map(textOf)).toEqual(['a', 'b', 'c']);
  });

  it('waits for the next try when no socket is open', async () => {
    await says('anyone?');
    await office.slack.clock.advance(0);
    expect(office.slack.unacked).toBe(1);
    const client = await join('all');
    await office.slack.clock.advance(MINUTE + 500);
    expect(client.envelopes()).toMatchObject([{ retry_attempt: 2, retry_reason: 'connection_failed' }]);
    await expect.poll(() => office.slack.unacked).toBe(0);
  });

  it('comes again when it is not acknowledged in three seconds', async () => {
    const client = await join();
    const written = says('hello');
    await expect.poll(() => client.envelopes().length).toBe(1);
    await office.slack.clock.advance(3000);
    await written;
    await expect.poll(() => client.envelopes().length).toBe(2);
    expect(client.envelopes()[1]).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' });
    expect(client.envelopes()[1]?.['envelope_id']).not.toBe(client.envelopes()[0]?.['envelope_id']);
    client.ack(client.envelopes()[1]);
    await expect.poll(() => office.slack.unacked).toBe(0);
  });

  it('is acknowledged on the socket it came by, and no other', async () => {
    const [one, two] = [await join(), await join()];
    const written = says('hello');
    await expect.poll(() => one.envelopes().length).toBe(1);
    two.ack(one.envelopes()[0]);
    await expect.poll(() => office.slack.complaints).toEqual([expect.stringContaining('nobody waits for')]);
    expect(office.slack.unacked).toBe(1);
    one.ack(one.envelopes()[0]);
    await written;
    expect(office.slack.unacked).toBe(0);
  });

  it('of a command takes an answer along', async () => {
    const { slack, team, ana, channel, workspace } = office;
    const client = await join();
    const acked = slack.hands.command(team, ana.id, channel.id, '/practice', 'now');
    await expect.poll(() => client.envelopes().length).toBe(1);
    expect(client.envelopes()[0]).toMatchObject({ type: 'slash_commands', accepts_response_payload: true });
    client.ack(client.envelopes()[0], { text: 'here' });
    expect(await acked).toMatchObject({ ok: true, body: { text: 'here' } });
    expect(workspace.visible(ana.id, channel.id)).toMatchObject([{ text: 'here', ephemeralTo: ana.id }]);
  });

  it('of a click does not, and without a socket nothing comes of it', async () => {
    const { slack, team, ana, channel } = office;
    const { ts } = await office.post();
    expect(await slack.hands.shortcut(team, ana.id, { channel: channel.id, ts }, 'x')).toMatchObject({ ok: false });
    const client = await join('all');
    expect(await slack.hands.shortcut(team, ana.id, { channel: channel.id, ts }, 'x')).toMatchObject({ ok: true });
    expect(client.envelopes()[0]).toMatchObject({ type: 'interactive', accepts_response_payload: false });
  });
});

it('a socket that gets no more pings is given up by Slack’s own client', async () => {
  const client = new SocketModeClient({
    appToken: office.slack.appToken,
    clientOptions: { slackApiUrl: office.slack.apiUrl },
    serverPingTimeout: 1500,
    autoReconnectEnabled: false,
    logger: SILENT,
  });
  const gone = new Promise((done) => client.on('disconnected', done));
  await client.start();
  office.slack.sockets[0]?.mute();
  await gone;
  expect(office.slack.sockets[0]?.open).toBe(false);
});
