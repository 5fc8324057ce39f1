/** chat.*: saying, changing and taking back. Nothing is idempotent: a call made twice is a message said twice. */
import { change, erase, say } from '../deeds.ts';
import { messageAt } from '../lookup.ts';
import type { FakeChannel, FakeMessage } from '../types.ts';
import { addressOf, messageObject, repliesTo } from '../wire.ts';
import { conversationOf } from '../workspace.ts';
import { flagOf, needMember, needText, Refusal, textOf, type Call, type Methods } from './call.ts';
import { readParts, readText } from './message.ts';

const SAID = ['channel', 'text', 'blocks', 'attachments', 'link_names', 'parse', 'markdown_text'];
const LOOKS = ['username', 'icon_emoji', 'icon_url', 'as_user'];
/** chat.update cuts nothing, it refuses. */
const LONGEST_UPDATE = 4000;

/** A conversation to say something in; a person's id stands for the DM with them. */
function placeOf(call: Call): FakeChannel {
  const { model, workspace } = call;
  const id = needText(call, 'channel', 'channel_not_found');
  const person = workspace.users.get(id);
  const channel = person ? conversationOf(model, workspace, [workspace.botUser, id]) : needMember(call, id);
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.kind === 'im') {
    const refused = [...channel.members].map((member) => workspace.users.get(member)?.refusesDms).find(Boolean);
    if (refused !== undefined) throw new Refusal(refused);
  }
  return channel;
}

/**
 * The root a message goes under. One that is gone, or never was, is no reason to refuse: the message then stands in the
 * channel by itself, and nothing but the `thread_ts` missing in the answer tells (slack-go issue 1571).
 */
export function rootOf(call: Call, channel: FakeChannel): string | undefined {
  const ts = textOf(call, 'thread_ts');
  const root = messageAt(channel, ts);
  const isReply = root?.threadTs !== undefined && root.threadTs !== root.ts;
  if (isReply || root?.ephemeralTo !== undefined) throw new Refusal('cannot_reply_to_message');
  const isGone = root?.deleted === true && repliesTo(channel, root.ts).length === 0;
  return isGone ? undefined : root?.ts;
}

function draftOf(call: Call, channel: FakeChannel): Omit<FakeMessage, 'ts' | 'channel' | 'deleted' | 'edited'> {
  const { workspace } = call;
  const text = readText(call);
  const { blocks, metadata } = readParts(call);
  if (text === undefined && (blocks === undefined || blocks.length === 0)) throw new Refusal('no_text');
  const threadTs = rootOf(call, channel);
  return {
    user: workspace.botUser,
    botId: workspace.botId,
    text: text ?? '',
    ...(blocks && { blocks }),
    ...(metadata && { metadata }),
    ...(threadTs !== undefined && { threadTs }),
    ...(threadTs !== undefined && flagOf(call, 'reply_broadcast') && { broadcast: true as const }),
  };
}

const postMessage: Methods[string] = {
  token: 'bot',
  scopes: ['chat:write'],
  args: [...SAID, ...LOOKS, 'metadata', 'thread_ts', 'reply_broadcast', 'unfurl_links', 'unfurl_media', 'mrkdwn'],
  run: (call) => {
    const { model, workspace } = call;
    const channel = placeOf(call);
    const message = say(model, workspace, channel, draftOf(call, channel));
    return { channel: channel.id, ts: message.ts, message: messageObject(workspace, channel, message) };
  },
};

const postEphemeral: Methods[string] = {
  token: 'bot',
  scopes: ['chat:write'],
  args: [...SAID, ...LOOKS, 'thread_ts', 'user'],
  run: (call) => {
    const { model, workspace } = call;
    const channel = placeOf(call);
    const user = needText(call, 'user');
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
    const { metadata: _none, ...draft } = draftOf(call, channel);
    return { message_ts: say(model, workspace, channel, { ...draft, ephemeralTo: user }).ts };
  },
};

/** A message that is there for everybody. */
function needMessage(call: Call, channel: FakeChannel, ts: string): FakeMessage {
  const message = messageAt(channel, ts);
  if (!message || message.deleted || message.ephemeralTo !== undefined) throw new Refusal('message_not_found');
  return message;
}

const update: Methods[string] = {
  token: 'bot',
  scopes: ['chat:write'],
  args: [...SAID, 'metadata', 'ts', 'as_user', 'reply_broadcast', 'file_ids'],
  run: (call) => {
    const { model, workspace } = call;
    const channel = needMember(call, needText(call, 'channel', 'channel_not_found'));
    const message = needMessage(call, channel, needText(call, 'ts'));
    if (message.botId !== workspace.botId) throw new Refusal('cant_update_message');
    if (channel.archived) throw new Refusal('is_inactive');
    const text = textOf(call, 'text');
    if ((text?.length ?? 0) > LONGEST_UPDATE) throw new Refusal('msg_too_long');
    const { blocks, metadata, noMetadata } = readParts(call);
    if (text === undefined && blocks === undefined) throw new Refusal('no_text');
    if (noMetadata) Object.assign(message, { metadata: undefined });
    change(model, workspace, channel, message, {
      by: workspace.botUser,
      text: text ?? '',
      ...(blocks && { blocks }),
      ...(metadata && { metadata }),
    });
    const now = messageObject(workspace, channel, message);
    return { channel: channel.id, ts: message.ts, text: message.text, message: now };
  },
};

const remove: Methods[string] = {
  token: 'bot',
  scopes: ['chat:write'],
  args: ['channel', 'ts', 'as_user'],
  run: (call) => {
    const { model, workspace } = call;
    const channel = needMember(call, needText(call, 'channel', 'channel_not_found'));
    const message = needMessage(call, channel, needText(call, 'ts'));
    if (message.botId !== workspace.botId) throw new Refusal('cant_delete_message');
    erase(model, workspace, channel, message);
    return { channel: channel.id, ts: message.ts };
  },
};

const getPermalink: Methods[string] = {
  token: 'bot',
  args: ['channel', 'message_ts'],
  run: (call) => {
    const channel = needMember(call, needText(call, 'channel', 'channel_not_found'));
    const message = needMessage(call, channel, needText(call, 'message_ts', 'message_not_found'));
    const under = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    const path = `archives/${channel.id}/p${message.ts.replace('.', '')}`;
    return { channel: channel.id, permalink: `${addressOf(call.workspace)}/${path}${under}` };
  },
};

export const CHAT: Methods = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
