/** What the fake sends an app has no keys and no types that Slack's own does not have. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, openOffice, section, type Office } from './office.ts';
import { differences, sample } from './samples.ts';

const SCOPES = (
  'commands chat:write users:read channels:history groups:history im:history mpim:history channels:read groups:read ' +
  'im:write mpim:write files:write reactions:read app_mentions:read metadata.message:read'
).split(' ');

let office: Office;
beforeEach(async () => {
  office = await openOffice({ scopes: SCOPES, subscribed: 'all' });
});
afterEach(() => office.close());

const events = (type: string, subtype?: string): readonly Readonly<Record<string, unknown>>[] =>
  office.app.took
    .map(({ body }) => body)
    .filter(({ event }) => {
      const inner = event as Readonly<Record<string, unknown>> | undefined;
      return inner?.['type'] === type && inner['subtype'] === subtype;
    });

/** The keys around an event that any of Slack's samples has. */
const AROUND = { context_team_id: '', context_enterprise_id: '' };

async function agrees(body: unknown, path: string): Promise<void> {
  expect(body, `nothing was sent to hold against ${path}`).toBeDefined();
  const like = (await sample(path)) as object;
  expect(differences(body, path.startsWith('events/') ? { ...AROUND, ...like } : like)).toEqual([]);
}

describe('an event', () => {
  it('of a message reads as Slack writes it, said by a person or by the bot, in a thread or not', async () => {
    const { slack, team, ana, channel, post } = office;
    const root = await post({ metadata: { event_type: 'greenroom', event_payload: { name: 'daily' } } });
    await slack.hands.write(team, ana.id, channel.id, 'an answer', { threadTs: root.ts });
    await post({ blocks: [section('with a block'), button('Press')] });
    await expect.poll(() => events('message').length).toBe(3);
    // The sample's metadata came from an app that may not read it whole.
    const whole = { ...((await sample('events/MessagePayload')) as { event: { metadata: object } }) };
    whole.event.metadata = { event_type: '', event_payload: {} };
    for (const body of events('message')) expect(differences(body, { ...AROUND, ...whole })).toEqual([]);
    expect(events('message')[1]?.['event']).toMatchObject({
      user: ana.id,
      thread_ts: root.ts,
      parent_user_id: office.workspace.botUser,
      channel_type: 'channel',
    });
  });

  it('of a change or a deletion carries how the message stood before', async () => {
    const { slack, team, ana, channel } = office;
    const ts = await slack.hands.write(team, ana.id, channel.id, 'teh');
    await slack.hands.edit(team, ana.id, channel.id, ts, 'the');
    await slack.hands.erase(team, ana.id, channel.id, ts);
    await agrees(events('message', 'message_changed')[0], 'events/MessageChangedPayload');
    await agrees(events('message', 'message_deleted')[0], 'events/MessageDeletedPayload');
    expect(events('message', 'message_changed')[0]?.['event']).toMatchObject({
      message: { text: 'the', edited: { user: ana.id } },
      previous_message: { text: 'teh' },
    });
  });

  it('of a root that goes while its replies stay is a change into a tombstone', async () => {
    const { slack, team, ana, channel } = office;
    const ts = await slack.hands.write(team, ana.id, channel.id, 'root');
    await slack.hands.write(team, ana.id, channel.id, 'reply', { threadTs: ts });
    await slack.hands.erase(team, ana.id, channel.id, ts);
    const [changed] = events('message', 'message_changed');
    await agrees(changed, 'events/MessageChangedPayload');
    expect(changed?.['event']).toMatchObject({ message: { subtype: 'tombstone' }, previous_message: { text: 'root' } });
  });

  it('of a file, of a reply sent to the channel, of a mention', async () => {
    const { slack, team, ana, channel, workspace } = office;
    const ts = await slack.hands.write(team, ana.id, channel.id, 'see', { files: 2 });
    await slack.hands.write(team, ana.id, channel.id, 'all', { threadTs: ts, broadcast: true });
    await slack.hands.write(team, ana.id, channel.id, `hi @greenroom`);
    await agrees(events('message', 'file_share')[0], 'events/MessageFileSharePayload');
    await agrees(events('message', 'thread_broadcast')[0], 'events/MessageThreadBroadcastPayload');
    await agrees(events('app_mention')[0], 'events/AppMentionPayload');
    expect(events('app_mention')[0]?.['event']).toMatchObject({ text: `hi <@${workspace.botUser}>` });
  });

  it('of a channel and its members', async () => {
    const { slack, team, workspace } = office;
    const [joined, left, archived, deleted] = ['a', 'b', 'c', 'd'].map((name) => workspace.addChannel(name));
    const closed = workspace.addChannel('closed', { private: true });
    joined?.members.delete(workspace.botUser);
    await slack.hands.invite(team, joined?.id ?? '');
    await slack.hands.kick(team, left?.id ?? '');
    await slack.hands.kick(team, closed.id);
    await slack.hands.archive(team, archived?.id ?? '');
    await slack.hands.deleteChannel(team, deleted?.id ?? '');
    await agrees(events('member_joined_channel')[0], 'events/MemberJoinedChannelPayload');
    await agrees(events('message', 'channel_join')[0], 'events/MessageChannelJoinPayload');
    await agrees(events('member_left_channel')[0], 'events/MemberLeftChannelPayload');
    await agrees(events('channel_left')[0], 'events/ChannelLeftPayload');
    await agrees(events('group_left')[0], 'events/GroupLeftPayload');
    await agrees(events('channel_archive')[0], 'events/ChannelArchivePayload');
    await agrees(events('message', 'channel_archive')[0], 'events/MessageChannelArchivePayload');
    await agrees(events('channel_deleted')[0], 'events/ChannelDeletedPayload');
  });

  it('of people, Home, reactions and the installation', async () => {
    const { slack, team, ana, channel, post } = office;
    await slack.hands.openHome(team, ana.id);
    await office.call('views.publish', { user_id: ana.id, view: { type: 'home', blocks: [section('home')] } });
    await slack.hands.openHome(team, ana.id);
    await slack.hands.changeUser(team, ana.id, { tz: 'Asia/Tokyo' });
    await slack.hands.react(team, ana.id, { channel: channel.id, ts: (await post()).ts }, 'wave');
    await slack.hands.uninstall(team);
    for (const opened of events('app_home_opened')) await agrees(opened, 'events/AppHomeOpenedPayload');
    expect(events('app_home_opened')).toHaveLength(2);
    await agrees(events('user_change')[0], 'events/UserChangePayload');
    await agrees(events('reaction_added')[0], 'events/ReactionAddedPayload');
    await agrees(events('tokens_revoked')[0], 'events/TokensRevokedPayload');
    await agrees(events('app_uninstalled')[0], 'events/AppUninstalledPayload');
  });
});

describe('what somebody does', () => {
  const last = (): Readonly<Record<string, unknown>> | undefined => office.app.took.at(-1)?.body;

  it('as a command', async () => {
    const { slack, team, ana, ben, channel } = office;
    await slack.hands.command(team, ana.id, channel.id, '/practice', 'with @ben <now> & #practice');
    const { is_enterprise_install: encoded, ...body } = last() ?? {};
    await agrees(body, 'app-backend/slash-commands/SlashCommandPayload');
    expect(encoded).toBe('false');
    expect(body['text']).toBe(`with <@${ben.id}|ben> &lt;now&gt; &amp; <#${channel.id}|practice>`);
  });

  it('on a message, in public and for their eyes only', async () => {
    const { slack, team, ana, channel, post } = office;
    const { ts } = await post({ blocks: [button('Press')] });
    await slack.hands.press(team, ana.id, { channel: channel.id, ts }, 'Press');
    await agrees(last(), 'app-backend/interactive-components/BlockActionPayload');
    expect(last()).toMatchObject({ message: { ts }, channel: { name: 'practice' }, actions: [{ value: '7' }] });

    await office.call('chat.postEphemeral', { channel: channel.id, user: ana.id, text: 'x', blocks: [button('Ok')] });
    const only = office.workspace.visible(ana.id, channel.id).at(-1);
    await slack.hands.press(team, ana.id, { channel: channel.id, ts: only?.ts ?? '' }, 'Ok');
    await agrees(last(), 'app-backend/interactive-components/BlockActionPayload');
    expect(last()).toMatchObject({ container: { is_ephemeral: true } });
    expect(last()).not.toHaveProperty('message');
  });

  it('on Home, in a form, and with a shortcut', async () => {
    const { slack, team, ana, channel, post, workspace } = office;
    await office.call('views.publish', { user_id: ana.id, view: { type: 'home', blocks: [button('Go')] } });
    await slack.hands.press(team, ana.id, { view: workspace.homes.get(ana.id)?.id ?? '' }, 'Go');
    await agrees(last(), 'app-backend/interactive-components/BlockActionPayload');
    expect(last()).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });

    const { ts } = await post();
    await slack.hands.shortcut(team, ana.id, { channel: channel.id, ts }, 'mock');
    await agrees(last(), 'app-backend/interactive-components/MessageShortcutPayload');
    const view = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [section('x')] };
    const more = { submit: { type: 'plain_text', text: 'S' }, notify_on_close: true };
    const opened = await office.call('views.open', { trigger_id: last()?.['trigger_id'], view: { ...view, ...more } });
    expect(opened).toMatchObject({ ok: true });
    await slack.hands.submit(team, ana.id, {});
    await agrees(last(), 'app-backend/views/ViewSubmissionPayload');

    await slack.hands.command(team, ana.id, channel.id, '/practice', '');
    await office.call('views.open', { trigger_id: last()?.['trigger_id'], view: { ...view, ...more } });
    await slack.hands.dismiss(team, ana.id);
    await agrees(last(), 'app-backend/views/ViewClosedPayload');
  });
});

describe('the check itself', () => {
  it('tells a key too many and a type that differs, however deep', () => {
    expect(differences({ a: 1, b: { c: '' } }, { a: '', b: {} })).toEqual(['a: number, not string']);
    expect(differences({ b: [{ c: 1, d: 1 }] }, { b: [{ c: 1 }] })).toEqual(["b[0].d: not in Slack's"]);
    expect(differences({ a: null, b: [] }, { a: '', b: [''] })).toEqual([]);
  });
});
