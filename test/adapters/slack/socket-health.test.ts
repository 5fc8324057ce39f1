/** A line that looks open and is not, and frames that no Slack would send. */
import { describe, expect, it } from 'vitest';
import { makeLine, openLine } from './line.ts';
import { openRawSlack } from './raw-slack.ts';
import { turnOver } from './world.ts';

const APP_TOKEN = 'xapp-1-A0001-1-0';
const REFUSED = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const EVENT = { type: 'event_callback', team_id: 'T0001', event_id: 'Ev1', event: { type: 'message' } };
const envelope = (payload: unknown): string =>
  JSON.stringify({ envelope_id: '1', type: 'events_api', payload, retry_attempt: 0, retry_reason: '' });

describe('a dead line', () => {
  it('that answers no ping of ours is hung up and replaced, and the gap is told', async () => {
    const slack = await openRawSlack({ hello: true });
    const { line, deaf, log } = makeLine(slack.apiUrl, APP_TOKEN, { patience: { pongMs: 90 } });
    await line.open();
    while (slack.asked() < 4) await turnOver();
    while (deaf.length === 0) await turnOver();
    expect(log.lines.join('\n')).toContain('no connection to Slack is open');
  });

  it('that Slack pings no more is hung up and replaced', async () => {
    const { fake, live, log, command } = await openLine({ patience: { pingMs: 1_900 } });
    fake.sockets[0]?.mute();
    await log.said('a connection to Slack ends');
    await fake.socketsOpen(2);
    expect(fake.sockets[0]?.open).toBe(false);
    expect(live()).toHaveLength(2);
    expect(await command()).toMatchObject({ ok: true });
  });

  it('that never says hello is torn down after its time and asked for anew', async () => {
    const slack = await openRawSlack({ hello: false });
    const { line, world, log } = makeLine(slack.apiUrl, APP_TOKEN, { patience: { helloMs: 60_000, closeMs: 0 } });
    const opening = line.open().catch(String);
    while (slack.sockets.length < 2) await turnOver();
    await world.advance(60_000);
    await log.said('no hello in time');
    await world.asleepFor(1_000);
    await world.advance(10_000);
    while (slack.sockets.length < 4) await turnOver();
    for (const old of slack.sockets.slice(0, 2)) while (!old.readableEnded) await turnOver();
    await line.close();
    expect(await opening).toContain('Closed before');
  });

  it('that refuses the handshake is asked for again, later each time', async () => {
    const slack = await openRawSlack({ hello: false, refuse: REFUSED });
    const { line, world } = makeLine(slack.apiUrl, APP_TOKEN, { patience: { closeMs: 0 } });
    const opening = line.open().catch(String);
    for (const wait of [1_000, 2_000, 4_000]) {
      await world.asleepFor(wait);
      const before = slack.asked();
      await world.advance(wait);
      while (slack.asked() === before) await turnOver();
    }
    await line.close();
    expect(await opening).toContain('Closed before');
  });

  it('that does not answer our goodbye does not hold up the end', async () => {
    const slack = await openRawSlack({ hello: true });
    const { line, world } = makeLine(slack.apiUrl, APP_TOKEN);
    await line.open();
    while (slack.sockets.length < 2) await turnOver();
    const closing = line.close();
    await world.asleepFor(2_000);
    await world.advance(2_000);
    await closing;
  });

  it('at an address where nobody listens is asked for again', async () => {
    const { line, log } = makeLine('http://127.0.0.1:1/api/', APP_TOKEN);
    const opening = line.open().catch(String);
    await log.said('Slack gave no connection; it is asked again');
    await line.close();
    expect(await opening).toContain('Closed before');
  });
});

describe('a frame', () => {
  it.each([
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['an event without a body', '{"envelope_id":"1","type":"events_api"}'],
    ['an event that is null', '{"envelope_id":"1","type":"events_api","payload":{"event":null}}'],
    ['a command without a body', '{"envelope_id":"1","type":"slash_commands"}'],
    ['a command that is a text', '{"envelope_id":"1","type":"slash_commands","payload":"x"}'],
    ['a kind nobody knows', '{"envelope_id":"1","type":"from_the_future","payload":{}}'],
    ['half a goodbye', '{"type":"disconnect"'],
  ])('that is %s harms nothing: the next event is taken', async (_what, text) => {
    const slack = await openRawSlack({ hello: true });
    const { line, taken, fatal } = makeLine(slack.apiUrl, APP_TOKEN, { patience: { closeMs: 0 } });
    await line.open();
    while (slack.sockets.length < 2) await turnOver();
    for (const socket of slack.sockets) {
      slack.send(socket, text);
      slack.sendBytes(socket, Buffer.from(text));
      slack.send(socket, envelope(EVENT));
    }
    while (taken.filter(({ body }) => body['event_id'] === 'Ev1').length < 2) await turnOver();
    expect(fatal).toEqual([]);
  });
});
