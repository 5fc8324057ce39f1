/** Threads and channels over REST: opened, joined, listed, renamed, archived, deleted. */
import { addMessage } from '../messages.ts';
import type { Asked, Json, Model, StoredChannel } from '../model.ts';
import {
  channelOf as channelPayload,
  isThread,
  messageOf,
  threadMemberOf,
  threadOf as threadPayload,
} from '../payloads.ts';
import { canSee, may } from '../permissions.ts';
import { addThread, deleteChannel, setThread, type ThreadChange } from '../threads.ts';
import { contentOf } from './messages.ts';
import { invalid, refuse, Refusal } from './refusal.ts';
import { channelOf, demand, guildOf, ok, type Desk, type Handle } from './route.ts';

const MOST_ACTIVE = 1000;
const PUBLIC = 11;

const threadsIn = (model: Model, guild: string): readonly StoredChannel[] =>
  [...model.guild(guild).channels.values()].filter((channel) => isThread(channel) && !channel.deleted);

function checkRoom({ model }: Desk, channel: StoredChannel): void {
  const active = threadsIn(model, channel.guild ?? '').filter(({ archived }) => !archived);
  if (active.length >= MOST_ACTIVE) refuse(160006);
}

const settingsOf = (body: Json): { readonly name: string; readonly autoArchive: number } => ({
  name: String(body['name']),
  autoArchive: typeof body['auto_archive_duration'] === 'number' ? body['auto_archive_duration'] : 1440,
});

const openUnder: Handle = (desk, asked) => {
  const { model } = desk;
  const channel = channelOf(desk, asked);
  if (channel.kind !== 'text') refuse(50024);
  const under = channel.messages.find(({ id, deleted }) => id === asked.params['message'] && deleted !== true);
  if (!under || under.ephemeralTo !== undefined) refuse(10008);
  demand(desk, channel, 'publicThreads', 'history');
  if (model.find(under.id)) refuse(160004);
  checkRoom(desk, channel);
  const thread = addThread(model, {
    ...settingsOf(asked.body),
    parent: channel,
    owner: model.bot.id,
    kind: 'public thread',
    under,
  });
  // The first line of the thread only points at the message.
  const reference = { channel: channel.id, message: under.id };
  addMessage(model, { channel: thread, author: model.bot.id, type: 21, reference });
  return ok(threadPayload(model, thread), 201);
};

/** A post is a thread with its first message, and both have one id. */
const openPost = (desk: Desk, asked: Asked, forum: StoredChannel): Json => {
  const { model } = desk;
  const { body } = asked;
  const first = body['message'];
  if (typeof first !== 'object' || first === null) throw new Refusal(invalid(['message is required in a forum']));
  demand(desk, forum, 'send');
  if (asked.files.length > 0) demand(desk, forum, 'attach');
  const tags = Array.isArray(body['applied_tags']) ? (body['applied_tags'] as string[]) : [];
  if (forum.requiresTag && tags.length === 0) refuse(40067);
  if (!tags.every((tag) => forum.tags.some(({ id }) => id === tag))) refuse(10087);
  checkRoom(desk, forum);
  const thread = addThread(model, {
    ...settingsOf(body),
    parent: forum,
    owner: model.bot.id,
    kind: 'public thread',
    appliedTags: tags,
  });
  const said = contentOf(asked, first as Json);
  const message = addMessage(model, { channel: thread, author: model.bot.id, ...said, id: thread.id });
  return { ...threadPayload(model, thread), message: messageOf(model, message) };
};

const open: Handle = (desk, asked) => {
  const { model } = desk;
  const { body } = asked;
  const channel = channelOf(desk, asked);
  if (channel.kind === 'forum') return ok(openPost(desk, asked, channel), 201);
  if (channel.kind !== 'text') refuse(50024);
  // Left out, it is private: nobody means that.
  if (body['type'] === undefined) model.complaints.push(`${asked.method} ${asked.path}: type is left out`);
  const isPublic = body['type'] === PUBLIC;
  demand(desk, channel, isPublic ? 'publicThreads' : 'privateThreads');
  checkRoom(desk, channel);
  const thread = addThread(model, {
    ...settingsOf(body),
    parent: channel,
    owner: model.bot.id,
    kind: isPublic ? 'public thread' : 'private thread',
    invitable: body['invitable'] !== false,
  });
  return ok(threadPayload(model, thread), 201);
};

const listed = ({ model }: Desk, threads: readonly StoredChannel[]): Json => ({
  threads: threads.map((thread) => threadPayload(model, thread)),
  members: threads.filter(({ members }) => members.has(model.bot.id)).map((one) => threadMemberOf(one, model.bot.id)),
});

/** The newest first. */
const byId = (a: StoredChannel, b: StoredChannel): number => (BigInt(a.id) < BigInt(b.id) ? 1 : -1);

const active: Handle = (desk, asked) => {
  const guild = guildOf(desk, asked);
  const seen = threadsIn(desk.model, guild.id).filter((thread) => !thread.archived && canSee(desk.model, thread));
  return ok({
    ...listed(desk, seen.toSorted(byId)),
    has_more: false,
  });
};

const archived =
  (kind: 'public thread' | 'private thread', joinedOnly: boolean): Handle =>
  (desk, asked) => {
    const { model } = desk;
    const channel = channelOf(desk, asked);
    if (channel.kind !== 'text' && channel.kind !== 'forum') refuse(50024);
    demand(desk, channel, 'history');
    if (kind === 'private thread' && !joinedOnly) demand(desk, channel, 'manageThreads');
    const { query } = asked;
    const limit = Number(query.get('limit') ?? 50);
    const before = query.get('before');
    const all = threadsIn(model, channel.guild ?? '')
      .filter((one) => one.parent === channel.id && one.kind === kind && one.archived)
      .filter((one) => !joinedOnly || one.members.has(model.bot.id))
      .filter(
        (one) =>
          before === null || (joinedOnly ? BigInt(one.id) < BigInt(before) : one.archivedAt < Date.parse(before)),
      )
      .toSorted((a, b) => (joinedOnly ? 0 : b.archivedAt - a.archivedAt) || byId(a, b));
    return ok({ ...listed(desk, all.slice(0, limit)), has_more: all.length > limit });
  };

const read: Handle = (desk, asked) => ok(channelPayload(desk.model, channelOf(desk, asked)));

function changeOf(body: Json): ThreadChange {
  const { name, archived: shut, locked, auto_archive_duration: minutes, invitable } = body;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof shut === 'boolean' && { archived: shut }),
    ...(typeof locked === 'boolean' && { locked }),
    ...(typeof minutes === 'number' && { autoArchive: minutes }),
    ...(typeof invitable === 'boolean' && { invitable }),
  };
}

/** Its creator archives and renames; only who manages threads locks, or opens what is locked. */
function checkThreadChange(desk: Desk, thread: StoredChannel, change: ThreadChange): void {
  const { model } = desk;
  const manages = may(model, thread, 'manageThreads');
  if (manages) {
    if (thread.archived && change.archived !== false) refuse(50083);
    return;
  }
  if ('locked' in change || thread.locked) refuse(50013);
  const opens = change.archived === false && Object.keys(change).length === 1;
  if (opens) demand(desk, thread, 'sendInThreads');
  else if (thread.owner !== model.bot.id) refuse(50013);
  if (thread.archived && change.archived !== false) refuse(50083);
}

const change: Handle = (desk, asked) => {
  const { model } = desk;
  const channel = channelOf(desk, asked);
  if (!isThread(channel)) {
    demand(desk, channel, 'manageChannels');
    if (typeof asked.body['name'] === 'string') channel.name = asked.body['name'];
    model.dispatch('CHANNEL_UPDATE', channelPayload(model, channel), { guild: channel.guild ?? '', channel });
    return ok(channelPayload(model, channel));
  }
  const wanted = changeOf(asked.body);
  checkThreadChange(desk, channel, wanted);
  setThread(model, channel, wanted);
  return ok(threadPayload(model, channel));
};

const remove: Handle = (desk, asked) => {
  const channel = channelOf(desk, asked);
  if (channel.kind !== 'dm') {
    demand(desk, channel, isThread(channel) ? 'manageThreads' : 'manageChannels');
    deleteChannel(desk.model, channel);
  }
  return ok(channelPayload(desk.model, channel));
};

const channels: Handle = (desk, asked) => {
  const guild = guildOf(desk, asked);
  const all = [...guild.channels.values()].filter((one) => !isThread(one) && !one.deleted);
  return ok(all.map((one) => channelPayload(desk.model, one)));
};

export const THREAD_ROUTES: Readonly<Record<string, Handle>> = {
  'GET /channels/:id': read,
  'PATCH /channels/:id': change,
  'DELETE /channels/:id': remove,
  'POST /channels/:id/messages/:message/threads': openUnder,
  'POST /channels/:id/threads': open,
  'GET /channels/:id/threads/archived/public': archived('public thread', false),
  'GET /channels/:id/threads/archived/private': archived('private thread', false),
  'GET /channels/:id/users/@me/threads/archived/private': archived('private thread', true),
  'GET /guilds/:id/threads/active': active,
  'GET /guilds/:id/channels': channels,
};
