/** A Socket Mode line to the fake Slack, with a router that notes what got through and answers as it is told. */
import { onTestFinished } from 'vitest';
import type { Patience } from '../../../adapters/slack/connection.ts';
import type { AckBody, Envelope } from '../../../adapters/slack/ports.ts';
import { openSocket } from '../../../adapters/slack/socket.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeSocket } from '../../support/fake-slack/types.ts';
import { keepLog, openManualWorld, secret } from './world.ts';

type Router = (envelope: Envelope) => Promise<AckBody>;

export interface LineOptions {
  readonly patience?: Partial<Patience>;
  readonly take?: Router;
}

/** The line alone, to whatever answers at `apiUrl`. */
export function makeLine(apiUrl: string, appToken: string, { take = async () => '', patience }: LineOptions = {}) {
  const world = openManualWorld();
  const log = keepLog();
  const taken: Envelope[] = [];
  const deaf: string[] = [];
  const fatal: string[] = [];
  let router = take;
  const line = openSocket({
    appToken: secret(appToken),
    apiUrl,
    world,
    log,
    take: (envelope) => {
      taken.push(envelope);
      return router(envelope);
    },
    onDeaf: (since) => void deaf.push(since),
    fatal: (why) => void fatal.push(why),
    // Longer than any other wait, so that a test can tell them apart.
    patience: { helloMs: 120_000, ...patience },
  });
  onTestFinished(() => line.close());
  return { world, log, taken, deaf, fatal, line, route: (next: Router) => (router = next) };
}

export async function openFake() {
  const fake = await openFakeSlack();
  onTestFinished(() => fake.close());
  const acme = fake.addWorkspace('Acme');
  const channel = acme.addChannel('interviews');
  const ana = acme.addUser('Ana');
  channel.members.add(ana.id);
  return {
    fake,
    command: (text = '') => fake.hands.command(acme.id, ana.id, channel.id, '/practice', text),
    write: (text = 'Hello') => fake.hands.write(acme.id, ana.id, channel.id, text),
    /** How often a connection was asked for. */
    asked: () => fake.calls.filter(({ method }) => method === 'apps.connections.open').length,
    live: (): readonly FakeSocket[] => fake.sockets.filter(({ open }) => open),
  };
}

/** Two connections, open. */
export async function openLine(options: LineOptions = {}) {
  const slack = await openFake();
  const line = makeLine(slack.fake.apiUrl, slack.fake.appToken, options);
  await line.line.open();
  await line.log.said('connected to Slack {"connections":2}');
  return { ...slack, ...line };
}
