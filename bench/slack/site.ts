/** Where it is measured: a fake Slack in a process of its own, a workspace with an open question, and a script for the floor. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type RemoteSlack, type RemoteWorkspace, startFakeSlack } from '../../test/support/fake-slack/remote.ts';
import { type Child, startChild } from './child.ts';
import type { Script } from './script.ts';
import type { Taped } from './tape.ts';

/** So many that nobody meets the thirty commands a minute of one person. */
const PEOPLE = 1_000;
/** Asked again and again: it reads the open round, and notes that this person was here. */
export const COMMAND = { command: '/practice', text: 'today' } as const;

export interface Site {
  readonly slack: RemoteSlack;
  readonly workspace: RemoteWorkspace;
  readonly channel: string;
  readonly users: readonly string[];
  /** A folder with a database of its own, in which the question of today is open. */
  freshFolder(name: string): Promise<string>;
  readonly script: Script;
  close(): Promise<void>;
}

/** Greenroom in one workspace, its requests over HTTP. */
export const startProduct = (slack: RemoteSlack, botToken: string, folder: string, tape = false): Promise<Child> =>
  startChild('product-child.ts', {
    PORT: '0',
    DATA_DIR: folder,
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    ...(tape ? { TAPE: '1' } : {}),
  });

export async function openSite(folder: string, onProgress: (doing: string) => void): Promise<Site> {
  const slack = await startFakeSlack({ rates: false });
  const workspace = await slack.addWorkspace('Acme');
  const { id: admin } = await workspace.addUser('Ana', { admin: true });
  const { id: channel } = await workspace.addChannel('interview-practice');
  const users: string[] = [];
  onProgress(`a workspace of ${PEOPLE} people`);
  for (let n = 0; n < PEOPLE; n += 1) users.push((await workspace.addUser(`Person ${n}`)).id);
  const first = join(folder, 'first');
  const product = await startProduct(slack, workspace.botToken, first, true);
  try {
    await slack.sendTo(await product.ask('url'));
    await ask(slack, workspace, admin, channel);
    const script = await tapeOne(slack, product, { team: workspace.id, channel, user: users[0] ?? '' });
    return {
      slack,
      workspace,
      channel,
      users,
      script,
      freshFolder: async (name) => {
        await cp(first, join(folder, name), { recursive: true });
        return join(folder, name);
      },
      close: () => slack.close(),
    };
  } finally {
    await slack.sendTo(undefined);
    await product.close();
  }
}

/** Sets it up in the channel, and posts the question of today. */
async function ask(slack: RemoteSlack, { id: team, modals }: RemoteWorkspace, admin: string, channel: string) {
  await slack.hands.command(team, admin, channel, COMMAND.command, 'setup');
  await until(async () => (await modals(admin)).length > 0);
  await slack.hands.submit(team, admin, { channel });
  await slack.hands.command(team, admin, channel, COMMAND.command, 'question');
  await until(async () => (await slack.posted(team)).some(({ text }) => text.includes('open until')));
  await until(async () => (await slack.unacked()) === 0);
}

async function until(is: () => Promise<boolean>): Promise<void> {
  const giveUp = performance.now() + 30_000;
  while (!(await is())) {
    if (performance.now() > giveUp) throw new Error('the question never came');
    await setTimeout(50);
  }
}

/** One command as it is done once everybody is known. */
async function tapeOne(
  slack: RemoteSlack,
  product: Child,
  { team, channel, user }: { team: string; channel: string; user: string },
): Promise<Script> {
  const { command, text } = COMMAND;
  await slack.hands.command(team, user, channel, command, text);
  await product.ask('tape');
  const { ok, body } = await slack.hands.command(team, user, channel, command, text);
  const statements = await product.ask<readonly Taped[]>('taped');
  const noted = statements.find(({ sql }) => /insert into "inbox"/.test(sql))?.values as [string, string] | undefined;
  if (!ok || !noted) throw new Error(`the product did not answer as it should: ${JSON.stringify(body)}`);
  const [event, now] = noted;
  return { statements, event, trigger: event.split(':').at(-1) ?? '', user, now, answer: body as never };
}
