/** The fake refuses what Slack refuses: tokens, scopes, membership, limits, metadata, other people's messages. */
import { afterEach, describe, expect, it } from 'vitest';
import { clientOf, closeOffices, errorOf, openOffice, refusal, section } from './ask.ts';

afterEach(closeOffices);

describe('a token', () => {
  it('is asked for', async () => {
    const { fake } = await openOffice();
    const response = await fetch(`${fake.apiUrl}auth.test`, { method: 'POST' });
    expect(await response.json()).toEqual({ ok: false, error: 'not_authed' });
  });

  it('that nobody was given is refused', async () => {
    const { fake } = await openOffice();
    expect(await errorOf(clientOf(fake.apiUrl, 'xoxb-stranger').auth.test())).toBe('invalid_auth');
  });

  it('of the app opens connections, and nothing else', async () => {
    const { fake, web, channel } = await openOffice();
    const app = clientOf(fake.apiUrl, fake.appToken);
    expect((await app.apps.connections.open({})).url).toMatch(/^ws:\/\/127\.0\.0\.1:/);
    expect(await errorOf(app.chat.postMessage({ channel: channel.id, text: 'hi' }))).toBe('not_allowed_token_type');
    expect(await errorOf(web.apps.connections.open({}))).toBe('not_allowed_token_type');
    expect((await app.auth.test()).ok).toBe(true);
  });

  it('works no more once it is revoked or the app is gone', async () => {
    const { fake, acme, web } = await openOffice();
    expect(await web.auth.revoke()).toMatchObject({ ok: true, revoked: true });
    expect(await errorOf(web.auth.test())).toBe('token_revoked');
    const globex = fake.addWorkspace('Globex');
    const other = clientOf(fake.apiUrl, globex.botToken);
    const app = { client_id: fake.clientId, client_secret: fake.clientSecret };
    expect(await errorOf(other.apps.uninstall({ ...app, client_secret: 'guess' }))).toBe('bad_client_secret');
    await fake.clock.advance(60_000);
    await other.apps.uninstall(app);
    expect(await errorOf(other.auth.test())).toBe('account_inactive');
    expect([acme.revoked, globex.revoked]).toEqual([true, true]);
  });

  it('only trying to revoke it leaves it alone', async () => {
    const { web } = await openOffice();
    await web.auth.revoke({ test: true });
    expect((await web.auth.test()).ok).toBe(true);
  });
});

describe('a method', () => {
  it('that Slack does not have is unknown', async () => {
    const { web } = await openOffice();
    expect(await errorOf(web.apiCall('chat.shout'))).toBe('unknown_method');
    expect(await errorOf(web.apiCall('constructor'))).toBe('unknown_method');
  });

  it('takes its arguments as JSON as well as from a form', async () => {
    const { fake, acme, channel } = await openOffice();
    const response = await fetch(`${fake.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${acme.botToken}` },
      body: JSON.stringify({ channel: channel.id, text: 'hi', blocks: [section('hi')] }),
    });
    expect(await response.json()).toMatchObject({ ok: true, message: { blocks: [{ text: { text: 'hi' } }] } });
  });

  it('notes an argument it has no use for', async () => {
    const { fake, web, channel } = await openOffice();
    await web.apiCall('chat.postMessage', { channel: channel.id, text: 'hi', client_msg_id: '1' });
    expect(fake.complaints).toEqual(['chat.postMessage has no argument client_msg_id']);
  });
});

describe('scopes', () => {
  it('are told with every answer', async () => {
    const { web } = await openOffice({ scopes: ['chat:write', 'users:read'] });
    const { response_metadata: about } = await web.auth.test();
    expect(about?.scopes).toEqual(['chat:write', 'users:read']);
  });

  it.each([
    ['chat.postMessage', 'chat:write', { text: 'hi' }],
    ['chat.postEphemeral', 'chat:write', { text: 'hi', user: 'U1' }],
    ['chat.update', 'chat:write', { text: 'hi', ts: '1.000000' }],
    ['chat.delete', 'chat:write', { ts: '1.000000' }],
    ['conversations.history', 'channels:history', {}],
    ['conversations.replies', 'channels:history', { ts: '1.000000' }],
    ['conversations.info', 'channels:read', {}],
    ['conversations.members', 'channels:read', {}],
    ['conversations.list', 'channels:read', {}],
    ['users.conversations', 'im:read', { types: 'im' }],
    ['conversations.join', 'channels:join', {}],
    ['conversations.leave', 'channels:manage', {}],
    ['users.info', 'users:read', {}],
    ['users.list', 'users:read', {}],
    ['bots.info', 'users:read', {}],
    ['team.info', 'team:read', {}],
    ['files.getUploadURLExternal', 'files:write', { filename: 'a.png', length: 3 }],
    ['files.completeUploadExternal', 'files:write', { files: [{ id: 'F1' }] }],
    ['files.info', 'files:read', { file: 'F1' }],
    ['files.delete', 'files:write', { file: 'F1' }],
  ])('%s is refused without %s', async (method, needed, args) => {
    const { web, channel, ana } = await openOffice({ scopes: ['commands'] });
    const all = { channel: channel.id, user: ana.id, ...args };
    expect(await refusal(web.apiCall(method, all))).toMatchObject({
      error: 'missing_scope',
      needed,
      provided: 'commands',
    });
  });

  it('for opening a conversation go by how many people are in it', async () => {
    const { web, ana, bo } = await openOffice({ scopes: ['im:write'] });
    expect((await web.conversations.open({ users: ana.id })).ok).toBe(true);
    const both = `${ana.id},${bo.id}`;
    expect(await refusal(web.conversations.open({ users: both }))).toMatchObject({ needed: 'mpim:write' });
  });
});

describe('a conversation', () => {
  it('that is not there, or not for the bot to see, is not found', async () => {
    const { web, acme, channel } = await openOffice();
    const secret = acme.addChannel('secret', { private: true, without: 'bot' });
    expect(await errorOf(web.chat.postMessage({ channel: 'C404', text: 'hi' }))).toBe('channel_not_found');
    expect(await errorOf(web.chat.postMessage({ channel: secret.id, text: 'hi' }))).toBe('channel_not_found');
    expect(await errorOf(web.conversations.info({ channel: secret.id }))).toBe('channel_not_found');
    channel.deleted = true;
    expect(await errorOf(web.chat.postMessage({ channel: channel.id, text: 'hi' }))).toBe('channel_not_found');
  });

  it('the bot is not in takes nothing from it, and tells it nothing', async () => {
    const { web, acme } = await openOffice();
    const lobby = acme.addChannel('lobby', { without: 'bot' });
    expect(await errorOf(web.chat.postMessage({ channel: lobby.id, text: 'hi' }))).toBe('not_in_channel');
    expect(await errorOf(web.conversations.history({ channel: lobby.id }))).toBe('not_in_channel');
    expect(await web.conversations.info({ channel: lobby.id })).toMatchObject({ channel: { is_member: false } });
  });

  it('that is archived takes nothing', async () => {
    const { fake, web, acme, channel } = await openOffice();
    const { ts } = await web.chat.postMessage({ channel: channel.id, text: 'hi' });
    await fake.hands.archive(acme.id, channel.id);
    expect(await errorOf(web.chat.postMessage({ channel: channel.id, text: 'hi' }))).toBe('is_archived');
    expect(await errorOf(web.chat.update({ channel: channel.id, ts: ts ?? '', text: 'ho' }))).toBe('is_inactive');
    expect(await web.conversations.info({ channel: channel.id })).toMatchObject({ channel: { is_archived: true } });
  });

  it('with somebody who takes none is refused in their words', async () => {
    const { web, ana } = await openOffice();
    ana.refusesDms = 'user_disabled';
    expect(await errorOf(web.conversations.open({ users: ana.id }))).toBe('user_disabled');
    expect(await errorOf(web.chat.postMessage({ channel: ana.id, text: 'hi' }))).toBe('user_disabled');
  });

  it.each([
    ['', 'users_list_not_supplied'],
    ['U404', 'user_not_found'],
    [Array.from({ length: 9 }, (_, at) => `U${at}`).join(','), 'too_many_users'],
  ])('of "%s" is refused', async (users, error) => {
    const { web } = await openOffice();
    expect(await errorOf(web.conversations.open({ users }))).toBe(error);
  });

  it('of the same people is the same one', async () => {
    const { web, ana, bo } = await openOffice();
    const first = await web.conversations.open({ users: `${ana.id},${bo.id}` });
    const again = await web.conversations.open({ users: `${bo.id},${ana.id}` });
    const dm = await web.conversations.open({ users: ana.id });
    expect(again).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
    expect(dm.channel?.id).toMatch(/^D/);
    expect((await web.chat.postMessage({ channel: ana.id, text: 'hi' })).channel).toBe(dm.channel?.id);
  });
});

describe('what a message says', () => {
  it.each([
    ['nothing', {}, 'no_text'],
    ['no blocks at all', { blocks: [] }, 'no_text'],
    ['blocks that are no JSON', { blocks: '[{' }, 'invalid_blocks_format'],
    ['too many blocks', { blocks: Array.from({ length: 51 }, () => section('x')) }, 'invalid_blocks'],
    [
      'too much in its blocks',
      { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) },
      'msg_blocks_too_long',
    ],
    [
      'a picture nobody uploaded',
      { blocks: [{ type: 'image', slack_file: { id: 'F404' }, alt_text: 'a' }] },
      'invalid_blocks',
    ],
    ['metadata that is no JSON', { text: 'x', metadata: '{' }, 'invalid_metadata_format'],
    ['metadata without a payload', { text: 'x', metadata: { event_type: 'greenroom' } }, 'invalid_metadata_schema'],
    [
      'too much metadata',
      { text: 'x', metadata: { event_type: 'greenroom', event_payload: { name: 'x'.repeat(1024) } } },
      'metadata_too_large',
    ],
  ])('%s is refused', async (_what, args, error) => {
    const { fake, web, acme, channel } = await openOffice();
    expect(await errorOf(web.apiCall('chat.postMessage', { channel: channel.id, ...args }))).toBe(error);
    expect(fake.posted(acme.id)).toEqual([]);
  });

  it('too much text is cut with a warning, and refused in an edit', async () => {
    const { acme, fake, web, channel } = await openOffice();
    const { ts, response_metadata: about } = await web.chat.postMessage({
      channel: channel.id,
      text: 'x'.repeat(40_001),
    });
    expect(about).toMatchObject({ warnings: ['message_truncated'] });
    expect(fake.posted(acme.id)[0]?.text).toHaveLength(40_000);
    const edit = web.chat.update({ channel: channel.id, ts: ts ?? '', text: 'x'.repeat(4001) });
    expect(await errorOf(edit)).toBe('msg_too_long');
  });

  it('twice is said twice', async () => {
    const { fake, acme, web, channel } = await openOffice();
    const said = {
      channel: channel.id,
      text: 'hi',
      metadata: { event_type: 'greenroom', event_payload: { name: 'a' } },
    };
    await web.chat.postMessage(said);
    await web.chat.postMessage(said);
    expect(fake.posted(acme.id)).toHaveLength(2);
  });
});

describe("a message that is not the bot's to change", () => {
  it('stays as it is', async () => {
    const { fake, web, acme, ana, channel } = await openOffice();
    const ts = await fake.hands.write(acme.id, ana.id, channel.id, 'mine');
    const at = { channel: channel.id, ts };
    expect(await errorOf(web.chat.update({ ...at, text: 'yours' }))).toBe('cant_update_message');
    expect(await errorOf(web.chat.delete(at))).toBe('cant_delete_message');
    expect(acme.visible(ana.id, channel.id)).toMatchObject([{ text: 'mine' }]);
  });

  it('is not found once it is gone, or when only one person sees it', async () => {
    const { web, ana, channel } = await openOffice();
    const { ts = '' } = await web.chat.postMessage({ channel: channel.id, text: 'hi' });
    await web.chat.delete({ channel: channel.id, ts });
    expect(await errorOf(web.chat.delete({ channel: channel.id, ts }))).toBe('message_not_found');
    expect(await errorOf(web.chat.update({ channel: channel.id, ts, text: 'x' }))).toBe('message_not_found');
    const whisper = await web.chat.postEphemeral({ channel: channel.id, user: ana.id, text: 'psst' });
    const edit = web.chat.update({ channel: channel.id, ts: whisper.message_ts ?? '', text: 'x' });
    expect(await errorOf(edit)).toBe('message_not_found');
    const stranger = web.chat.postEphemeral({ channel: channel.id, user: 'U404', text: 'psst' });
    expect(await errorOf(stranger)).toBe('user_not_in_channel');
  });
});
