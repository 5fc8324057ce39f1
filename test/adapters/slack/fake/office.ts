/** A fake Slack with one workspace, two people and a channel, and an app that takes what it sends. */
import type {
  FakeChannel,
  FakeMessage,
  FakeSlack,
  FakeUser,
  FakeWorkspace,
} from '../../../support/fake-slack/types.ts';
import { openFakeSlack, type FakeSlackOptions } from '../../../support/fake-slack/index.ts';
import { openReceiver, type Receiver } from './receiver.ts';

export interface Office {
  readonly slack: FakeSlack;
  readonly workspace: FakeWorkspace;
  readonly team: string;
  readonly channel: FakeChannel;
  readonly ana: FakeUser;
  readonly ben: FakeUser;
  readonly app: Receiver;
  /** A Web API call with the bot's token. */
  call(method: string, args?: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  /** Something the bot posts. */
  post(args?: Readonly<Record<string, unknown>>): Promise<FakeMessage>;
  close(): Promise<void>;
}

export async function openOffice(
  options: FakeSlackOptions & { readonly scopes?: readonly string[] } = {},
): Promise<Office> {
  const { scopes, ...rest } = options;
  const slack = await openFakeSlack({ rates: false, ...rest });
  const app = await openReceiver();
  slack.sendTo(app.url);
  const workspace = slack.addWorkspace('Acme', scopes ? { scopes } : {});
  const ana = workspace.addUser('Ana', { admin: true });
  const ben = workspace.addUser('Ben');
  const channel = workspace.addChannel('practice');
  const call: Office['call'] = async (method, args = {}) => {
    const headers = {
      authorization: `Bearer ${workspace.botToken}`,
      'content-type': 'application/json; charset=utf-8',
    };
    const answer = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers, body: JSON.stringify(args) });
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  };
  return {
    slack,
    workspace,
    team: workspace.id,
    channel,
    ana,
    ben,
    app,
    call,
    post: async (args = {}) => {
      const { ts, ...said } = await call('chat.postMessage', { channel: channel.id, text: 'hello', ...args });
      const found = [...workspace.channels.values()].flatMap(({ messages }) => messages).find((one) => one.ts === ts);
      if (!found) throw new Error(`not posted: ${JSON.stringify(said)}`);
      return found;
    },
    close: async () => {
      await slack.close();
      await app.close();
    },
  };
}

export const button = (label: string, actionId = label): object => ({
  type: 'actions',
  elements: [{ type: 'button', text: { type: 'plain_text', text: label }, action_id: actionId, value: '7' }],
});

export const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });
