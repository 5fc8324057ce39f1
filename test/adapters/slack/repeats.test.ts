/** Slack tells again what it is not sure we heard, and Bolt has no memory of it: whatever comes again, it takes effect once. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { FakeSlack } from '../../support/fake-slack/types.ts';
import { eventually, openPractice } from './practice.ts';

const SAID =
  'Two teams wanted the same week of testing. I wrote down what each would lose by waiting, let both read it, and ' +
  'asked them to choose together. They split the week, and the release went out with one day of delay.';

/** Nobody may act more than thirty times a minute, copies included; events have no such limit. */
const copiesOf = (type: string): number => (type.startsWith('application/json') ? 20 : 3);

interface Heard {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** Sends each request of Slack's on many times at once, each copy signed anew as a retry is; what it answers is the answer. */
async function openRepeater(fake: FakeSlack, to: string): Promise<string> {
  const send = async (body: Buffer, type: string, copy: number): Promise<Heard> => {
    const stamp = String(Math.floor(fake.clock.now() / 1000) - copy);
    const signature = createHmac('sha256', fake.signingSecret).update(`v0:${stamp}:`).update(body).digest('hex');
    const headers = {
      'content-type': type,
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${signature}`,
      ...(copy === 0 ? {} : { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }),
    };
    const answer = await fetch(to, { method: 'POST', headers, body: new Uint8Array(body) });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const type = request.headers['content-type'] ?? '';
    const all = await Promise.all(Array.from({ length: copiesOf(type) }, (_, copy) => send(body, type, copy)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    const answer = all.find(({ text }) => text !== '') ?? { status: 200, type: null, text: '' };
    response.writeHead(200, answer.type === null ? {} : { 'content-type': answer.type }).end(answer.text);
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
}

it('whatever Slack sends many times over happens once', async () => {
  const practice = await openPractice('http');
  const { fake, channel, workspace } = practice;
  fake.sendTo(await openRepeater(fake, `${practice.greenroom.url}/slack/events`));
  const ana = practice.someone('Ana', { admin: true });
  await ana.says('setup');
  await ana.form();
  await ana.fills({ channel: channel.id });
  await ana.sees('Running · 09:00');
  await ana.says('question');
  const question = await ana.sees(/open until/);
  await practice.someone('Bo').replies(question, SAID);
  const cleo = practice.someone('Cleo');
  await cleo.presses('Answer', /open until/);
  expect(workspace.modals.get(cleo.id)).toHaveLength(1);
  await cleo.fills({ answer: SAID });
  await ana.sees(/2 answers/);
  await eventually(() => fake.unacked, 0);
  await practice.close();

  const names = fake.posted(workspace.id).map(({ metadata }) => String(metadata?.event_payload['name']));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
});
