/** The same small workspace twice: in our fake, and in `emulate`, which others wrote. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { openFakeSlack } from '../../../support/fake-slack/index.ts';
import { clientOf } from './ask.ts';
import { button } from './office.ts';
import { openReceiver } from './receiver.ts';

export interface Stage {
  readonly web: WebClient;
  /** The client with another token. */
  with(token: string): WebClient;
  readonly channel: string;
  readonly archived: string;
  /** Private, and the bot is not in it. */
  readonly hidden: string;
  readonly ana: string;
  readonly bo: string;
  /** Something Ana said in the channel. */
  readonly hers: string;
  trigger(): Promise<string>;
  close(): Promise<void>;
}

const SCOPES =
  'chat:write channels:read channels:history groups:read groups:history groups:write im:read im:history im:write ' +
  'mpim:read mpim:history mpim:write users:read channels:manage channels:join files:write files:read team:read';

export async function openOurs(): Promise<Stage> {
  const fake = await openFakeSlack({ rates: false });
  const app = await openReceiver();
  fake.sendTo(app.url);
  const acme = fake.addWorkspace('Acme', { scopes: SCOPES.split(' ') });
  const [ana, bo] = [acme.addUser('Ana').id, acme.addUser('Bo').id];
  const channel = acme.addChannel('practice').id;
  const archived = acme.addChannel('old').id;
  const hidden = acme.addChannel('secret', { private: true, without: 'bot' }).id;
  const web = clientOf(fake.apiUrl, acme.botToken);
  const hers = await fake.hands.write(acme.id, ana, channel, 'hers');
  await fake.hands.archive(acme.id, archived);
  const trigger = async (): Promise<string> => {
    await web.apiCall('chat.postMessage', { channel: ana, text: 'card', blocks: [button('Open')] });
    const { id, messages } = acme.dm(ana);
    const from = app.took.length;
    await fake.hands.press(acme.id, ana, { channel: id, ts: messages.at(-1)?.ts ?? '' }, 'Open');
    return String(app.took.slice(from).find(({ body }) => 'trigger_id' in body)?.body['trigger_id']);
  };
  const close = async (): Promise<void> => {
    await fake.close();
    await app.close();
  };
  return {
    web,
    with: (token) => clientOf(fake.apiUrl, token),
    channel,
    archived,
    hidden,
    ana,
    bo,
    hers,
    trigger,
    close,
  };
}

/** `emulate` wants to be told where to listen. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => {
    probe.listen(0, '127.0.0.1', ready);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

const SEED = {
  strict_scopes: true,
  users: [{ name: 'ana' }, { name: 'bo' }],
  channels: [{ name: 'practice' }, { name: 'old' }],
  bots: [{ name: 'greenroom' }],
  oauth_apps: [
    {
      client_id: '1.2',
      client_secret: 'secret',
      name: 'Greenroom',
      redirect_uris: ['https://greenroom.example.org/back'],
      scopes: SCOPES.split(' '),
      bot_name: 'greenroom',
    },
  ],
};

export async function openTheirs(): Promise<Stage> {
  const scopes = SCOPES.split(' ');
  const tokens = [
    { token: 'xoxb-bot', type: 'bot', user: 'greenroom', scopes },
    { token: 'xoxp-ana', type: 'user', user: 'ana', scopes },
  ];
  const port = await freePort();
  const emulator = await createEmulator({ service: 'slack', port, seed: { slack: { ...SEED, tokens } } });
  const at = (token: string): WebClient => clientOf(`http://127.0.0.1:${port}/api/`, token);
  const web = at('xoxb-bot');
  const her = at('xoxp-ana');
  const members = (await web.users.list({})).members ?? [];
  const idOf = (wanted: string): string => members.find(({ name }) => name === wanted)?.id ?? '';
  const channels = (await web.conversations.list({})).channels ?? [];
  const channelOf = (wanted: string): string => channels.find(({ name }) => name === wanted)?.id ?? '';
  const [channel, archived] = [channelOf('practice'), channelOf('old')];
  const hers = (await her.chat.postMessage({ channel, text: 'hers' })).ts ?? '';
  for (const one of [channel, archived]) await web.conversations.join({ channel: one });
  await her.conversations.archive({ channel: archived });
  const hidden = (await her.conversations.create({ name: 'secret', is_private: true })).channel?.id ?? '';
  const trigger = async (): Promise<string> => {
    const made = await web.apiCall('views.generateTriggerId', { user_id: idOf('ana') });
    return String((made as unknown as Readonly<Record<string, unknown>>)['trigger_id']);
  };
  const close = (): Promise<void> => emulator.close();
  return { web, with: at, channel, archived, hidden, ana: idOf('ana'), bo: idOf('bo'), hers, trigger, close };
}
