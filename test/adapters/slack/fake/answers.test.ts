/** Answers of the fake have no keys and no types that Slack's own answers do not have. */
import { afterEach, describe, expect, it } from 'vitest';
import { METHODS } from '../../../support/fake-slack/api/methods.ts';
import { closeOffices, modal, openOffice, section, type Office } from './ask.ts';
import { openReceiver } from './receiver.ts';
import { differences, sample } from './samples.ts';

afterEach(closeOffices);

type Json = Record<string, unknown>;
type Shape = (office: Office) => Promise<unknown>;

/** What may stand around any answer. */
const AROUND = {
  ok: true,
  error: '',
  needed: '',
  provided: '',
  warning: '',
  response_metadata: { messages: [''], warnings: [''], next_cursor: '', scopes: [''], acceptedScopes: [''] },
};

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((within, key) => (within as Json | undefined)?.[key], value);

/** Everything Slack was seen to write about a message, `reply_users` of its history included. */
async function messageShape(): Promise<Json> {
  const said = at(await sample('events/MessagePayload'), 'event') as Json;
  const shared = at(await sample('events/MessageFileSharePayload'), 'event') as Json;
  const changed = at(await sample('events/MessageChangedPayload'), 'event', 'message') as Json;
  const file = at(await sample('api/files.completeUploadExternal'), 'files', '0') as Json;
  const metadata = { event_type: '', event_payload: {} };
  return { ...shared, ...said, ...changed, metadata, files: [file], reply_users: [''] };
}

/** Methods Slack's samples have under the same name. */
const OWN = [
  'apps.connections.open',
  'auth.test',
  'bots.info',
  'chat.delete',
  'chat.getPermalink',
  'chat.postEphemeral',
  'conversations.info',
  'conversations.join',
  'conversations.list',
  'conversations.members',
  'files.completeUploadExternal',
  'files.getUploadURLExternal',
  'team.info',
  'users.info',
  'views.open',
];

/** Methods whose answer is made of the same parts as another one's. */
const LIKE: Readonly<Record<string, () => Promise<Json>>> = {
  'apps.uninstall': async () => ({}),
  'auth.revoke': async () => ({ revoked: true }),
  'chat.postMessage': async () => ({ channel: '', ts: '', message: await messageShape() }),
  'chat.update': async () => ({ channel: '', ts: '', text: '', message: await messageShape() }),
  'conversations.history': async () => ({ messages: [await messageShape()], has_more: true, pin_count: 0 }),
  'conversations.replies': async () => ({ messages: [await messageShape()], has_more: true }),
  'conversations.leave': async () => ({ not_in_channel: true }),
  'conversations.open': async () => ({
    no_op: true,
    already_open: true,
    channel: at(await sample('api/conversations.list'), 'channels', '0'),
  }),
  'users.conversations': async () => (await sample('api/conversations.list')) as Json,
  'users.list': async () => ({ members: [at(await sample('api/users.info'), 'user')], cache_ts: 0 }),
  'files.info': async () => ({
    file: at(await sample('api/files.completeUploadExternal'), 'files', '0'),
    comments: [],
  }),
  'files.delete': async () => ({}),
  'views.push': async () => (await sample('api/views.open')) as Json,
  'views.update': async () => (await sample('api/views.open')) as Json,
  'views.publish': async () => (await sample('api/views.open')) as Json,
};

const SCOPES = 'chat:write users:read channels:history im:history channels:read groups:read im:read mpim:read im:write';
const MORE = 'mpim:write files:write files:read team:read channels:join channels:manage';

/** A button whose press gives a trigger. */
const CARD = [
  section('a card'),
  {
    type: 'actions' as const,
    elements: [
      { type: 'button' as const, text: { type: 'plain_text' as const, text: 'Open' }, action_id: 'open', value: '1' },
    ],
  },
];

const said = { text: 'hi', blocks: CARD, metadata: { event_type: 'greenroom', event_payload: { name: 'x' } } };

async function posted({ web, channel }: Office): Promise<string> {
  return (await web.chat.postMessage({ channel: channel.id, ...said })).ts ?? '';
}

async function uploaded({ web, fake }: Office): Promise<string> {
  const { file_id: id = '', upload_url: url = '' } = await web.files.getUploadURLExternal({
    filename: 'a.png',
    length: 3,
  });
  const sent = await fetch(url, { method: 'POST', body: new Uint8Array([1, 2, 3]) });
  expect([sent.status, new URL(url).origin]).toEqual([200, fake.url]);
  return id;
}

/** Something asked for with a trigger of a person who presses the card's button. */
async function triggered(office: Office, ask: (trigger_id: string) => Promise<unknown>): Promise<unknown> {
  const { fake, acme, ana, channel } = office;
  const ts = await posted(office);
  const triggers: string[] = [];
  const app = await openReceiver();
  fake.sendTo(app.url);
  await fake.hands.press(acme.id, ana.id, { channel: channel.id, ts }, 'Open');
  for (const { body } of app.took) if (typeof body['trigger_id'] === 'string') triggers.push(body['trigger_id']);
  await app.close();
  fake.sendTo(undefined);
  return ask(triggers[0] ?? '');
}

const ASK: Readonly<Record<string, Shape>> = {
  'apps.connections.open': ({ web, fake }) => web.apiCall('apps.connections.open', { token: fake.appToken }),
  'apps.uninstall': ({ web, fake }) =>
    web.apps.uninstall({ client_id: fake.clientId, client_secret: fake.clientSecret }),
  'auth.test': ({ web }) => web.auth.test(),
  'auth.revoke': ({ web }) => web.auth.revoke(),
  'bots.info': ({ web, acme }) => web.bots.info({ bot: acme.botId }),
  'team.info': ({ web }) => web.team.info(),
  'users.info': ({ web, bo }) => web.users.info({ user: bo.id }),
  'users.list': ({ web }) => web.users.list({}),
  'users.conversations': ({ web }) => web.users.conversations({ types: 'public_channel,im' }),
  'chat.postMessage': ({ web, channel }) => web.chat.postMessage({ channel: channel.id, ...said }),
  'chat.postEphemeral': ({ web, channel, ana }) =>
    web.chat.postEphemeral({ channel: channel.id, user: ana.id, text: 'hi' }),
  'chat.update': async (office) =>
    office.web.chat.update({ channel: office.channel.id, ts: await posted(office), text: 'ho' }),
  'chat.delete': async (office) => office.web.chat.delete({ channel: office.channel.id, ts: await posted(office) }),
  'chat.getPermalink': async (office) =>
    office.web.chat.getPermalink({ channel: office.channel.id, message_ts: await posted(office) }),
  'conversations.open': ({ web, ana, bo }) => web.conversations.open({ users: `${ana.id},${bo.id}`, return_im: true }),
  'conversations.info': ({ web, channel }) =>
    web.conversations.info({ channel: channel.id, include_num_members: true }),
  'conversations.members': ({ web, channel }) => web.conversations.members({ channel: channel.id, limit: 1 }),
  'conversations.list': async ({ web, ana }) => {
    await web.conversations.open({ users: ana.id });
    return web.conversations.list({ types: 'public_channel,private_channel,im,mpim' });
  },
  'conversations.join': ({ web, channel }) => web.conversations.join({ channel: channel.id }),
  'conversations.leave': ({ web, acme }) =>
    web.conversations.leave({ channel: acme.addChannel('lobby', { without: 'bot' }).id }),
  'conversations.history': async (office) => {
    const ts = await posted(office);
    await office.web.chat.postMessage({ channel: office.channel.id, text: 'reply', thread_ts: ts });
    await office.web.chat.update({ channel: office.channel.id, ts, text: 'edited' });
    await office.web.files.completeUploadExternal({
      files: [{ id: await uploaded(office) }],
      channel_id: office.channel.id,
    });
    return office.web.conversations.history({ channel: office.channel.id, include_all_metadata: true });
  },
  'conversations.replies': async (office) => {
    const ts = await posted(office);
    await office.web.chat.postMessage({ channel: office.channel.id, text: 'reply', thread_ts: ts });
    return office.web.conversations.replies({ channel: office.channel.id, ts, limit: 1 });
  },
  'files.getUploadURLExternal': ({ web }) => web.files.getUploadURLExternal({ filename: 'a.png', length: 3 }),
  'files.completeUploadExternal': async (office) =>
    office.web.files.completeUploadExternal({ files: [{ id: await uploaded(office), title: 'A' }] }),
  'files.info': async (office) => office.web.files.info({ file: await uploaded(office) }),
  'files.delete': async (office) => office.web.files.delete({ file: await uploaded(office) }),
  'views.publish': ({ web, ana }) =>
    web.views.publish({ user_id: ana.id, view: { type: 'home', blocks: [section('hi')] } }),
  'views.open': (office) => triggered(office, (trigger_id) => office.web.views.open({ trigger_id, view: modal() })),
  'views.push': async (office) => {
    await triggered(office, (trigger_id) => office.web.views.open({ trigger_id, view: modal() }));
    return triggered(office, (trigger_id) => office.web.views.push({ trigger_id, view: modal('Above') }));
  },
  'views.update': async (office) => {
    const opened = triggered(office, (trigger_id) => office.web.views.open({ trigger_id, view: modal() }));
    const { id, hash } = at(await opened, 'view') as { id: string; hash: string };
    return office.web.views.update({ view_id: id, hash, view: modal('Later') });
  },
};

describe('an answer', () => {
  it('is asked of every method, and has something to be held against', () => {
    expect(Object.keys(ASK).toSorted()).toEqual(Object.keys(METHODS).toSorted());
    expect([...OWN, ...Object.keys(LIKE)].toSorted()).toEqual(Object.keys(METHODS).toSorted());
  });

  it.each(Object.keys(ASK))('of %s reads as Slack writes it', async (method) => {
    const office = await openOffice({ scopes: `${SCOPES} ${MORE}`.split(' ') });
    const like = OWN.includes(method) ? await sample(`api/${method}`) : await LIKE[method]?.();
    const answer = (await ASK[method]?.(office)) as Json;
    expect(answer['ok']).toBe(true);
    expect(differences(answer, { ...(like as Json), ...AROUND })).toEqual([]);
  });

  it('that differs is found out', async () => {
    const like = await sample('api/chat.delete');
    expect(differences({ ok: true, channel: 1, extra: '' }, like)).toEqual([
      'channel: number, not string',
      "extra: not in Slack's",
    ]);
  });
});
