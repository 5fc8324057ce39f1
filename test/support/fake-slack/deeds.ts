/** What can happen in a workspace, whoever does it: said, changed, deleted, joined, archived. Each tells its event. */
import { messageAt } from './lookup.ts';
import type { InnerEvent, Model, Workspace } from './model.ts';
import type { FakeChannel, FakeMessage } from './types.ts';
import { CHANNEL_TYPE, messageObject, repliesTo, tombstone, type Json } from './wire.ts';
import { revoke } from './workspace.ts';

type Draft = Omit<FakeMessage, 'ts' | 'channel' | 'deleted' | 'edited'>;

const placeOf = (channel: FakeChannel): Json => ({ channel: channel.id, channel_type: CHANNEL_TYPE[channel.kind] });

/** A message event of a new message, as it stands in the envelope. */
function saidEvent(workspace: Workspace, channel: FakeChannel, message: FakeMessage): InnerEvent {
  const { root, ...rest } = { ...messageObject(workspace, channel, message), root: message.threadTs };
  const broadcast = message.broadcast
    ? { subtype: 'thread_broadcast', root: rootOf(workspace, channel, String(root)) }
    : {};
  return { ...rest, type: 'message', ...broadcast, ...placeOf(channel), event_ts: message.ts };
}

function rootOf(workspace: Workspace, channel: FakeChannel, ts: string): Json {
  const root = messageAt(channel, ts);
  return root ? messageObject(workspace, channel, root) : {};
}

/** Puts a message into a channel; everybody in it, the app included, is told, unless it is for one person's eyes. */
export function say(model: Model, workspace: Workspace, channel: FakeChannel, draft: Draft): FakeMessage {
  const message: FakeMessage = { ...draft, ts: model.newTs(channel), channel: channel.id };
  channel.messages.push(message);
  if (message.botId === workspace.botId) workspace.posted.push(message);
  if (message.ephemeralTo === undefined) {
    model.announce(workspace, saidEvent(workspace, channel, message), { channel });
  }
  return message;
}

export type Change = Partial<Pick<FakeMessage, 'text' | 'blocks' | 'metadata' | 'files'>>;

/** The stamp of an edit has whole seconds, as Slack writes it; two in one second still differ here. */
function editStamp(model: Model, message: FakeMessage): string {
  const last = message.edited ? Math.floor(Number(message.edited.ts)) : 0;
  return `${Math.max(Math.floor(model.clock.now() / 1000), last + 1)}.000000`;
}

export function change(
  model: Model,
  workspace: Workspace,
  channel: FakeChannel,
  message: FakeMessage,
  to: Change & { readonly by: string },
): void {
  const before = messageObject(workspace, channel, message);
  const { by, ...facts } = to;
  Object.assign(message, facts, { edited: { user: by, ts: editStamp(model, message) } });
  const after = messageObject(workspace, channel, message);
  model.announce(workspace, changedEvent(model, channel, after, before), { channel });
}

const changedEvent = (model: Model, channel: FakeChannel, after: Json, before: Json): InnerEvent => {
  const ts = model.newTs(channel);
  const what = { message: after, previous_message: before };
  return { type: 'message', subtype: 'message_changed', hidden: true, ...what, ...placeOf(channel), ts, event_ts: ts };
};

/** A root with replies leaves a tombstone, which Slack tells as a change. */
export function erase(model: Model, workspace: Workspace, channel: FakeChannel, message: FakeMessage): void {
  const before = messageObject(workspace, channel, message);
  message.deleted = true;
  if (message.ephemeralTo !== undefined) return;
  if (repliesTo(channel, message.ts).length > 0) {
    model.announce(workspace, changedEvent(model, channel, tombstone(channel, message), before), { channel });
    return;
  }
  const ts = model.newTs(channel);
  const what = { previous_message: before, deleted_ts: message.ts };
  model.announce(
    workspace,
    { type: 'message', subtype: 'message_deleted', hidden: true, ...what, ...placeOf(channel), ts, event_ts: ts },
    { channel },
  );
}

const letter = (channel: FakeChannel): string => (channel.kind === 'public' ? 'C' : 'G');

/** A line of Slack's own about a channel: `channel_join`, `channel_archive`, … */
function tell(model: Model, workspace: Workspace, channel: FakeChannel, user: string, subtype: string): void {
  const text = `<@${user}> ${subtype === 'channel_join' ? 'has joined the channel' : 'archived the channel'}`;
  say(model, workspace, channel, { user, subtype, text });
}

export function join(model: Model, workspace: Workspace, channel: FakeChannel, user: string): void {
  channel.members.add(user);
  const kind = { channel: channel.id, channel_type: letter(channel), team: workspace.id };
  model.announce(
    workspace,
    { type: 'member_joined_channel', user, ...kind, event_ts: model.newTs(channel) },
    { channel },
  );
  tell(model, workspace, channel, user, 'channel_join');
}

/** `by` put them out; nobody did when they left by themselves. */
export function leave(model: Model, workspace: Workspace, channel: FakeChannel, user: string, by?: string): void {
  const kind = { channel: channel.id, channel_type: letter(channel), team: workspace.id };
  model.announce(
    workspace,
    { type: 'member_left_channel', user, ...kind, event_ts: model.newTs(channel) },
    { channel },
  );
  channel.members.delete(user);
  if (user !== workspace.botUser) return;
  const type = channel.kind === 'public' ? 'channel_left' : 'group_left';
  model.announce(workspace, { type, channel: channel.id, actor_id: by ?? user, event_ts: model.newTs(channel) });
}

export function archive(model: Model, workspace: Workspace, channel: FakeChannel, user: string): void {
  tell(model, workspace, channel, user, 'channel_archive');
  channel.archived = true;
  const type = channel.kind === 'public' ? 'channel_archive' : 'group_archive';
  model.announce(workspace, { type, channel: channel.id, user, event_ts: model.newTs(channel) }, { channel });
}

export function deleteChannel(model: Model, workspace: Workspace, channel: FakeChannel, user: string): void {
  const type = channel.kind === 'public' ? 'channel_deleted' : 'group_deleted';
  model.announce(workspace, { type, channel: channel.id, actor_id: user, event_ts: model.newTs(channel) }, { channel });
  channel.deleted = true;
}

/** The app is taken out of a workspace. */
export function uninstall(model: Model, workspace: Workspace): void {
  revoke(workspace, 'account_inactive');
  model.announce(workspace, { type: 'tokens_revoked', tokens: { oauth: [], bot: [workspace.botUser] } });
  model.announce(workspace, { type: 'app_uninstalled' });
}

/** Its token no longer works; the app stays where it was. */
export function revokeTokens(model: Model, workspace: Workspace): void {
  revoke(workspace, 'token_revoked');
  model.announce(workspace, { type: 'tokens_revoked', tokens: { oauth: [], bot: [workspace.botUser] } });
}
