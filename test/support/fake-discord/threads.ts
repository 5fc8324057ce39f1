/** Threads and channels: made, joined, archived, renamed, deleted, by whoever it is. The gateway is told. */
import type { Json, Model, StoredChannel, StoredMessage } from './model.ts';
import { channelOf, isThread, memberOf, threadMemberOf, threadOf } from './payloads.ts';

const aboutOf = (channel: StoredChannel) => ({
  ...(channel.guild !== undefined && { guild: channel.guild }),
  channel,
});

export interface NewChannel {
  readonly id: string;
  readonly guild?: string;
  readonly kind: StoredChannel['kind'];
  readonly name: string;
  readonly parent?: string;
  readonly owner?: string;
  readonly members?: readonly string[];
  /** In minutes. */
  readonly autoArchive?: number;
  readonly invitable?: boolean;
  readonly appliedTags?: readonly string[];
  readonly position?: number;
}

/** Makes one and puts it where it belongs, without a word to the gateway. */
export function makeChannel(model: Model, facts: NewChannel): StoredChannel {
  const { guild, parent, owner, members = [] } = facts;
  const channel: StoredChannel = {
    id: facts.id,
    ...(guild !== undefined && { guild }),
    kind: facts.kind,
    name: facts.name,
    ...(parent !== undefined && { parent }),
    ...(owner !== undefined && { owner }),
    members: new Set(members),
    archived: false,
    locked: false,
    deleted: false,
    messages: [],
    autoArchive: facts.autoArchive ?? 1440,
    invitable: facts.invitable ?? true,
    createdAt: model.clock.now(),
    archivedAt: model.clock.now(),
    tags: [],
    requiresTag: false,
    appliedTags: facts.appliedTags ?? [],
    topic: '',
    position: facts.position ?? 0,
  };
  model.channels.set(channel.id, channel);
  if (guild !== undefined) model.guild(guild).channels.set(channel.id, channel);
  return channel;
}

export interface NewThread extends Pick<NewChannel, 'name' | 'autoArchive' | 'invitable' | 'appliedTags'> {
  readonly parent: StoredChannel;
  readonly owner: string;
  readonly kind: 'public thread' | 'private thread';
  /** The message it hangs under: its id is the thread's. */
  readonly under?: StoredMessage;
  /** Of a forum post. */
  readonly id?: string;
}

/** Makes a thread with its owner in it. */
export function addThread(model: Model, facts: NewThread): StoredChannel {
  const { parent, owner, under } = facts;
  const guild = model.guild(parent.guild ?? '');
  const thread = makeChannel(model, {
    ...facts,
    id: under?.id ?? facts.id ?? model.newId(),
    guild: guild.id,
    parent: parent.id,
    members: [owner],
  });
  if (owner === model.bot.id) model.threads.push(thread);
  archiveWhenQuiet(model, thread);
  model.dispatch('THREAD_CREATE', { ...threadOf(model, thread), newly_created: true }, aboutOf(thread));
  return thread;
}

/** Adds or takes out; the bot itself learns of a thread it was added to. */
export function setThreadMember(model: Model, thread: StoredChannel, user: string, inside: boolean): void {
  if (thread.members.has(user) === inside) return;
  if (inside) thread.members.add(user);
  else thread.members.delete(user);
  const guild = model.guild(thread.guild ?? '');
  const added = inside
    ? [{ ...threadMemberOf(thread, user), member: memberOf(model, guild, user), presence: null }]
    : [];
  const data: Json = {
    id: thread.id,
    guild_id: guild.id,
    member_count: Math.min(50, thread.members.size),
    ...(inside ? { added_members: added } : { removed_member_ids: [user] }),
  };
  if (inside && user === model.bot.id) model.dispatch('THREAD_CREATE', threadOf(model, thread), aboutOf(thread));
  model.dispatch('THREAD_MEMBERS_UPDATE', data, aboutOf(thread));
}

const MINUTE_MS = 60_000;

/** In ms: when it goes into the archive if nothing happens in it. */
function quietUntil(thread: StoredChannel): number {
  const last = thread.messages.at(-1)?.at ?? 0;
  return Math.max(thread.createdAt, thread.archivedAt, last) + thread.autoArchive * MINUTE_MS;
}

/** Looks after a thread until it is archived: each message puts that off. */
function archiveWhenQuiet(model: Model, thread: StoredChannel): void {
  model.clock.at(quietUntil(thread), () => {
    if (thread.archived || thread.deleted) return;
    if (quietUntil(thread) > model.clock.now()) archiveWhenQuiet(model, thread);
    else setThread(model, thread, { archived: true });
  });
}

export type ThreadChange = Partial<Pick<StoredChannel, 'archived' | 'locked' | 'name' | 'autoArchive' | 'invitable'>>;

export function setThread(model: Model, thread: StoredChannel, change: ThreadChange): void {
  const opens = thread.archived && change.archived === false;
  if (change.archived !== undefined && change.archived !== thread.archived) thread.archivedAt = model.clock.now();
  Object.assign(thread, change);
  if (opens) archiveWhenQuiet(model, thread);
  model.dispatch('THREAD_UPDATE', threadOf(model, thread), aboutOf(thread));
}

/** A channel takes its threads along, without a word about each. */
export function deleteChannel(model: Model, channel: StoredChannel): void {
  channel.deleted = true;
  const { id, guild, parent } = channel;
  if (isThread(channel)) {
    const type = channelOf(model, channel)['type'];
    model.dispatch('THREAD_DELETE', { id, guild_id: guild, parent_id: parent, type }, aboutOf(channel));
    return;
  }
  model.dispatch('CHANNEL_DELETE', channelOf(model, channel), aboutOf(channel));
  if (guild === undefined) return;
  for (const thread of model.guild(guild).channels.values()) if (thread.parent === id) thread.deleted = true;
}
