/** Writes, edits and erases messages, whoever does it, and tells the gateway. */
import { finishComponents } from './components.ts';
import { madeAtMs, type Json, type Model, type StoredChannel, type StoredFile, type StoredMessage } from './model.ts';
import { iso, isThread, memberOf, messageOf } from './payloads.ts';
import { setThread } from './threads.ts';

export interface NewMessage {
  readonly channel: StoredChannel;
  readonly author: string;
  readonly content?: string;
  readonly components?: readonly Json[];
  readonly embeds?: readonly Json[];
  readonly flags?: number;
  readonly nonce?: string;
  readonly enforced?: boolean;
  readonly files?: readonly Omit<StoredFile, 'id'>[];
  readonly ephemeralTo?: string;
  readonly reference?: StoredMessage['reference'];
  readonly interaction?: StoredMessage['interaction'];
  readonly added?: string;
  /** 0 (19 for a reply) unless told otherwise. */
  readonly type?: number;
  /** Of a forum post's first message: that of its thread. */
  readonly id?: string;
}

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });

function newMessage(model: Model, facts: NewMessage): StoredMessage {
  const { channel, author } = facts;
  const id = facts.id ?? model.newId();
  const attachments = (facts.files ?? []).map((file) => ({ ...file, id: model.newId() }));
  return {
    id,
    channel: channel.id,
    author,
    type: facts.type ?? (facts.reference ? 19 : 0),
    content: facts.content ?? '',
    components: finishComponents(model, channel.id, facts.components ?? [], attachments),
    embeds: facts.embeds ?? [],
    flags: facts.flags ?? 0,
    attachments,
    enforced: facts.enforced ?? false,
    at: madeAtMs(id),
    ...given('nonce', facts.nonce),
    ...given('ephemeralTo', facts.ephemeralTo),
    ...given('reference', facts.reference),
    ...given('interaction', facts.interaction),
    ...given('added', facts.added),
  };
}

/** What MESSAGE_CREATE and MESSAGE_UPDATE carry: the message, and in a server whose it is. */
function eventOf(model: Model, channel: StoredChannel, message: StoredMessage): Json {
  const data = messageOf(model, message, { nonce: true });
  if (channel.guild === undefined) return data;
  const { user: _, ...member } = memberOf(model, model.guild(channel.guild), message.author);
  return { ...data, guild_id: channel.guild, member };
}

/** Kinds a person sees as somebody's words. */
const WORDS = new Set([0, 19, 20, 23]);

const aboutOf = (channel: StoredChannel) => ({ ...given('guild', channel.guild), channel });

/** Stores and announces; an ephemeral one is not announced. Takes a thread out of the archive; whoever writes in one joins it. */
export function addMessage(model: Model, facts: NewMessage): StoredMessage {
  const { channel, author } = facts;
  const message = newMessage(model, facts);
  if (isThread(channel) && facts.ephemeralTo === undefined) {
    if (channel.archived && !channel.locked) setThread(model, channel, { archived: false });
    channel.members.add(author);
  }
  channel.messages.push(message);
  if (author === model.bot.id && WORDS.has(message.type)) model.posted.push(message);
  if (facts.ephemeralTo === undefined) {
    model.dispatch('MESSAGE_CREATE', eventOf(model, channel, message), aboutOf(channel));
  }
  return message;
}

export interface MessageChange {
  readonly content?: string;
  readonly components?: readonly Json[];
  readonly embeds?: readonly Json[];
  readonly flags?: number;
  /** New ones, and which of the old ones stay; all of them unless told otherwise. */
  readonly files?: readonly Omit<StoredFile, 'id'>[];
  readonly keep?: readonly string[];
}

export function editMessage(model: Model, message: StoredMessage, change: MessageChange): void {
  const channel = model.channel(message.channel);
  const kept = message.attachments.filter(({ id }) => change.keep?.includes(id) ?? true);
  message.attachments = [...kept, ...(change.files ?? []).map((file) => ({ ...file, id: model.newId() }))];
  if (change.content !== undefined) message.content = change.content;
  if (change.embeds !== undefined) message.embeds = change.embeds;
  if (change.flags !== undefined) message.flags = change.flags;
  if (change.components !== undefined) {
    message.components = finishComponents(model, channel.id, change.components, message.attachments);
  }
  message.edited = iso(model.clock.now());
  if (message.ephemeralTo === undefined) {
    model.dispatch('MESSAGE_UPDATE', eventOf(model, channel, message), aboutOf(channel));
  }
}

export function eraseMessage(model: Model, message: StoredMessage): void {
  const channel = model.channel(message.channel);
  message.deleted = true;
  if (message.ephemeralTo !== undefined) return;
  const data = { id: message.id, channel_id: channel.id, ...given('guild_id', channel.guild) };
  model.dispatch('MESSAGE_DELETE', data, aboutOf(channel));
}

/** What this person sees there, oldest first. */
export function visible(model: Model, user: string, id: string): readonly StoredMessage[] {
  const channel = model.find(id);
  if (!channel || channel.deleted || !looksInto(model, user, channel)) return [];
  return channel.messages.filter(
    ({ deleted, ephemeralTo, type }) =>
      deleted !== true && WORDS.has(type) && (ephemeralTo === undefined || ephemeralTo === user),
  );
}

/** Whether a person may look into a channel: of their server, a DM of theirs, a private thread they are in or manage. */
export function looksInto(model: Model, user: string, channel: StoredChannel): boolean {
  if (channel.guild === undefined) return channel.members.has(user);
  const member = model.guild(channel.guild).members.get(user);
  if (!member) return false;
  return channel.kind !== 'private thread' || member.admin || channel.members.has(user);
}
