/** conversations.* apart from what was said in them: opening, finding, joining, leaving, members. */
import { join, leave } from '../deeds.ts';
import type { FakeChannel } from '../types.ts';
import { channelObject, type Json } from '../wire.ts';
import { conversationOf } from '../workspace.ts';
import {
  flagOf,
  listOf,
  needChannel,
  needScope,
  needText,
  pageOf,
  Refusal,
  scopeFor,
  textOf,
  type Call,
  type Methods,
} from './call.ts';

const KIND_OF_TYPE: Readonly<Record<string, FakeChannel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

/** Conversations of the kinds that were asked for, which the bot may know of. */
export function conversationsOf(call: Call): readonly FakeChannel[] {
  const types = listOf(call, 'types');
  const kinds = (types.length === 0 ? ['public_channel'] : types).map((type) => KIND_OF_TYPE[type]);
  if (kinds.includes(undefined)) throw new Refusal('invalid_types');
  needScope(call, ...kinds.map((kind) => scopeFor(kind ?? 'public', 'read')));
  const { channels, botUser } = call.workspace;
  return [...channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      !channel.deleted &&
      !(flagOf(call, 'exclude_archived') && channel.archived) &&
      (channel.kind === 'public' || channel.members.has(botUser)),
  );
}

/** How many people are in it is told in lists, and where it is asked for; of a DM never. */
export const counted = (facts: Json, channel: FakeChannel): Json =>
  channel.kind === 'im' ? facts : { ...facts, num_members: channel.members.size };

/** Up to eight people and the bot. */
const MOST_PEOPLE = 8;

function reopen(call: Call, id: string): FakeChannel {
  const channel = needChannel(call, id);
  if (channel.kind !== 'im' && channel.kind !== 'mpim') throw new Refusal('channel_not_found');
  return channel;
}

function openFor(call: Call): { readonly channel: FakeChannel; readonly already: boolean } {
  const { model, workspace } = call;
  const id = textOf(call, 'channel');
  if (id !== undefined) return { channel: reopen(call, id), already: true };
  const people = [...new Set(listOf(call, 'users'))].filter((user) => user !== workspace.botUser);
  if (listOf(call, 'users').length === 0) throw new Refusal('users_list_not_supplied');
  if (people.length === 0) throw new Refusal('cannot_dm_bot');
  if (people.length > MOST_PEOPLE) throw new Refusal('too_many_users');
  needScope(call, scopeFor(people.length > 1 ? 'mpim' : 'im', 'write'));
  for (const user of people) {
    const known = workspace.users.get(user);
    if (!known) throw new Refusal('user_not_found');
    if (known.refusesDms !== undefined) throw new Refusal(known.refusesDms);
  }
  const before = workspace.channels.size;
  const channel = conversationOf(model, workspace, [workspace.botUser, ...people]);
  return { channel, already: workspace.channels.size === before };
}

const open: Methods[string] = {
  token: 'bot',
  args: ['users', 'channel', 'return_im', 'prevent_creation'],
  run: (call) => {
    const { channel, already } = openFor(call);
    return {
      ...(already && { no_op: true, already_open: true }),
      channel: flagOf(call, 'return_im') ? channelObject(call.workspace, channel) : { id: channel.id },
    };
  },
};

const info: Methods[string] = {
  token: 'bot',
  args: ['channel', 'include_num_members', 'include_locale'],
  run: (call) => {
    const channel = needChannel(call, needText(call, 'channel', 'channel_not_found'));
    needScope(call, scopeFor(channel.kind, 'read'));
    const facts = channelObject(call.workspace, channel);
    return { channel: flagOf(call, 'include_num_members') ? counted(facts, channel) : facts };
  },
};

const members: Methods[string] = {
  token: 'bot',
  args: ['channel', 'cursor', 'limit'],
  run: (call) => {
    const channel = needChannel(call, needText(call, 'channel', 'channel_not_found'));
    needScope(call, scopeFor(channel.kind, 'read'));
    const { page, next } = pageOf(call, [...channel.members], { usual: 100, most: 1000 });
    return { members: page, response_metadata: { next_cursor: next } };
  },
};

const list: Methods[string] = {
  token: 'bot',
  args: ['types', 'exclude_archived', 'limit', 'cursor'],
  run: (call) => {
    const { page, next } = pageOf(call, conversationsOf(call), { usual: 100, most: 1000 });
    return {
      channels: page.map((channel) => counted(channelObject(call.workspace, channel), channel)),
      response_metadata: { next_cursor: next },
    };
  },
};

const joinOne: Methods[string] = {
  token: 'bot',
  scopes: ['channels:join'],
  args: ['channel'],
  run: (call) => {
    const { model, workspace } = call;
    const channel = needChannel(call, needText(call, 'channel', 'channel_not_found'));
    if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
    if (channel.archived) throw new Refusal('is_archived');
    if (channel.members.has(workspace.botUser)) call.warnings.push('already_in_channel');
    else join(model, workspace, channel, workspace.botUser);
    return { channel: channelObject(workspace, channel) };
  },
};

const leaveOne: Methods[string] = {
  token: 'bot',
  args: ['channel'],
  run: (call) => {
    const { model, workspace } = call;
    const channel = needChannel(call, needText(call, 'channel', 'channel_not_found'));
    needScope(call, channel.kind === 'public' ? 'channels:manage' : 'groups:write');
    if (channel.archived) throw new Refusal('is_archived');
    if (!channel.members.has(workspace.botUser)) return { not_in_channel: true };
    leave(model, workspace, channel, workspace.botUser);
    return {};
  },
};

export const CONVERSATIONS: Methods = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.list': list,
  'conversations.join': joinOne,
  'conversations.leave': leaveOne,
};
