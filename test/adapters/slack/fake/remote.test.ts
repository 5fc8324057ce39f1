/** The fake as a process of its own does all that it does in one, and outlives the app. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFakeSlack, type RemoteSlack } from '../../../support/fake-slack/remote.ts';
import { openReceiver } from './receiver.ts';

let slack: RemoteSlack;
beforeAll(async () => {
  slack = await startFakeSlack({ rates: false });
});
afterAll(() => slack.close());

it('people act in it, and its ledger is read, from outside', async () => {
  const app = await openReceiver();
  await slack.sendTo(app.url);
  const workspace = await slack.addWorkspace('Acme');
  const ana = await workspace.addUser('Ana', { admin: true });
  const channel = await workspace.addChannel('practice');
  app.answer(() => ({ body: 'hello' }));
  expect(await slack.hands.command(workspace.id, ana.id, channel.id, '/practice', '')).toMatchObject({
    ok: true,
    body: 'hello',
  });
  expect(await workspace.visible(ana.id, channel.id)).toMatchObject([{ text: 'hello' }]);
  expect(await slack.posted(workspace.id)).toMatchObject([{ text: 'hello', ephemeralTo: ana.id }]);
  expect(await workspace.modals(ana.id)).toEqual([]);
  expect(await workspace.home(ana.id)).toBeUndefined();
  expect(await workspace.dm(ana.id)).toMatchObject({ kind: 'im', members: [workspace.botUser, ana.id] });
  expect(await slack.workspace(workspace.id)).toMatchObject({ botToken: workspace.botToken });
  const before = await slack.clock.now();
  await slack.clock.advance(60_000);
  expect((await slack.clock.now()) - before).toBeGreaterThanOrEqual(60_000);
  await expect(slack.hands.submit(workspace.id, ana.id, {})).rejects.toThrow('has no form open');
  await expect(slack.workspace('T404')).rejects.toThrow('no workspace T404');
  await slack.fault('auth.test', { do: 'error', error: 'fatal_error' });
  const said = await fetch(`${slack.apiUrl}auth.test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.botToken}` },
  });
  expect(await said.json()).toMatchObject({ ok: false, error: 'fatal_error' });
  expect(await slack.calls()).toMatchObject([{ method: 'auth.test', outcome: 'fatal_error' }]);
  expect([await slack.complaints(), await slack.unacked()]).toEqual([[], 0]);
  await slack.sendTo(undefined);
  await app.close();
});

it('many commands are answered one after another, or at a pace', async () => {
  const app = await openReceiver();
  app.answer(({ body }) => (body['text'] === '13' ? { status: 500 } : {}));
  await slack.sendTo(app.url);
  const workspace = await slack.addWorkspace('Measured');
  const users = [(await workspace.addUser('Ana')).id, (await workspace.addUser('Bo')).id];
  const { id: channel } = await workspace.addChannel('practice');
  const texts = Array.from({ length: 40 }, (_, at) => String(at));
  const volley = { team: workspace.id, users, channel, command: '/practice', texts };
  for (const how of [{}, { atOnce: 8 }, { perSecond: 400 }]) {
    const { tookMs, failed } = await slack.volley({ ...volley, ...how });
    expect([tookMs.length, tookMs.every((ms) => ms > 0), failed]).toEqual([40, true, 1]);
  }
  expect(app.took.slice(0, 40).map(({ body }) => body['text'])).toEqual(texts);
  expect(app.took.slice(0, 4).map(({ body }) => body['user_id'])).toEqual([...users, ...users]);
  await slack.sendTo(undefined);
  await app.close();
});

it('an app that dies leaves what it did behind, and what it owes waits for the next', async () => {
  const workspace = await slack.addWorkspace('Bureau');
  const ana = await workspace.addUser('Ana');
  const channel = await workspace.addChannel('practice');
  const mortal = fork(fileURLToPath(new URL('mortal.ts', import.meta.url)), {
    env: { API_URL: slack.apiUrl, BOT_TOKEN: workspace.botToken, APP_TOKEN: slack.appToken, CHANNEL: channel.id },
    execArgv: [],
  });
  await slack.socketsOpen(1);
  const written = slack.hands.write(workspace.id, ana.id, channel.id, 'are you there?');
  await once(mortal, 'exit');
  await slack.clock.advance(3000);
  await written;
  expect(mortal.signalCode).toBe('SIGKILL');
  expect(await slack.posted(workspace.id)).toMatchObject([{ text: 'heard: are you there?' }]);
  await expect.poll(() => slack.sockets()).toEqual([{ open: false }]);
  expect(await slack.unacked()).toBeGreaterThan(0);
});
