/** What the fake knows, in the shapes that Discord's API and gateway have for it. */
import type { Json, Model, StoredChannel, StoredFile, StoredGuild, StoredMessage } from './model.ts';
import { plainRole, PLAIN_GUILD } from './payloads-plain.ts';
import type { FakeUser } from './types.ts';

export const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');

const NO_USER = { avatar: null, banner: null, accent_color: null, avatar_decoration_data: null, collectibles: null };

export function userOf(model: Model, user: FakeUser): Json {
  const isBot = user.id === model.bot.id;
  return {
    id: user.id,
    username: user.name.toLowerCase().replaceAll(/[^a-z0-9_.]+/g, '_'),
    discriminator: isBot ? '0001' : '0',
    global_name: isBot ? null : user.name,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...NO_USER,
    ...(isBot && { bot: true }),
  };
}

/** Bot or person; one whom the fake does not know is "Deleted User". */
export const userById = (model: Model, id: string): Json =>
  userOf(
    model,
    id === model.bot.id ? model.bot : (model.users.get(id) ?? { id, name: 'Deleted User', closedDms: true }),
  );

export function memberOf(model: Model, guild: StoredGuild, user: string): Json {
  const isBot = user === model.bot.id;
  const admin = guild.members.get(user)?.admin ?? false;
  return {
    user: userById(model, user),
    nick: null,
    avatar: null,
    banner: null,
    avatar_decoration_data: null,
    collectibles: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: iso(guild.joinedAt),
    pending: false,
    premium_since: null,
    roles: [...(isBot ? [guild.botRole] : []), ...(admin ? [guild.adminRole] : [])],
    mute: false,
    deaf: false,
  };
}

const ALL_PERMISSIONS = (1n << 52n) - 1n;

function overwritesOf(guild: StoredGuild, channel: string): readonly Json[] {
  const allowed = guild.overwrites.get(channel);
  if (allowed === undefined) return [];
  return [{ id: guild.botRole, type: 0, allow: String(allowed), deny: String(ALL_PERMISSIONS & ~allowed) }];
}

const TYPES = { text: 0, forum: 15, 'public thread': 11, 'private thread': 12, dm: 1 } as const;
export const isThread = (channel: StoredChannel): boolean =>
  channel.kind === 'public thread' || channel.kind === 'private thread';

const isAlive = ({ deleted, ephemeralTo }: StoredMessage): boolean => deleted !== true && ephemeralTo === undefined;

const lastIn = (channel: StoredChannel): string | null => channel.messages.findLast(isAlive)?.id ?? null;

function plainChannelOf(model: Model, channel: StoredChannel): Json {
  const guild = model.guild(channel.guild ?? '');
  const forum = channel.kind === 'forum' && {
    available_tags: channel.tags.map(({ id, name }) => ({
      id,
      name,
      moderated: false,
      emoji_id: null,
      emoji_name: null,
    })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
  return {
    id: channel.id,
    type: TYPES[channel.kind],
    guild_id: guild.id,
    name: channel.name,
    topic: channel.topic === '' ? null : channel.topic,
    parent_id: null,
    position: channel.position,
    flags: channel.requiresTag ? 1 << 4 : 0,
    last_message_id: lastIn(channel),
    rate_limit_per_user: 0,
    nsfw: false,
    permission_overwrites: overwritesOf(guild, channel.id),
    ...forum,
  };
}

export const threadMemberOf = (channel: StoredChannel, user: string): Json => ({
  id: channel.id,
  user_id: user,
  join_timestamp: iso(channel.createdAt),
  flags: 0,
});

/** A thread as our bot sees it: with its own membership, if it has one. */
export function threadOf(model: Model, channel: StoredChannel): Json {
  // The first line of a thread under a message does not count, as on Discord.
  const said = channel.messages.filter((message) => isAlive(message) && message.type !== 21);
  return {
    id: channel.id,
    type: TYPES[channel.kind],
    guild_id: channel.guild,
    parent_id: channel.parent ?? null,
    owner_id: channel.owner,
    name: channel.name,
    flags: 0,
    last_message_id: lastIn(channel),
    rate_limit_per_user: 0,
    message_count: said.length,
    total_message_sent: channel.messages.filter(({ type }) => type !== 21).length,
    member_count: Math.min(50, channel.members.size),
    thread_metadata: {
      archived: channel.archived,
      archive_timestamp: iso(channel.archivedAt),
      auto_archive_duration: channel.autoArchive,
      locked: channel.locked,
      create_timestamp: iso(channel.createdAt),
      ...(channel.kind === 'private thread' && { invitable: channel.invitable }),
    },
    ...(channel.appliedTags.length > 0 && { applied_tags: channel.appliedTags }),
    ...(channel.members.has(model.bot.id) && { member: threadMemberOf(channel, model.bot.id) }),
  };
}

export function channelOf(model: Model, channel: StoredChannel): Json {
  if (isThread(channel)) return threadOf(model, channel);
  if (channel.kind !== 'dm') return plainChannelOf(model, channel);
  const recipients = [...channel.members].filter((id) => id !== model.bot.id).map((id) => userById(model, id));
  return { id: channel.id, type: TYPES.dm, flags: 0, last_message_id: lastIn(channel), recipients };
}

/** `@everyone` has no permission of its own here: what our bot may do is all in its role. */
export const rolesOf = (model: Model, guild: StoredGuild): readonly Json[] => [
  plainRole(guild.id, '@everyone', 0n, 0),
  {
    ...plainRole(guild.botRole, 'Greenroom', guild.permissions, 1),
    managed: true,
    tags: { bot_id: model.bot.id },
  },
  plainRole(guild.adminRole, 'Admins', 1n << 3n, 2),
];

/** As REST gives it; the gateway's GUILD_CREATE has channels, threads and members on top. */
export const guildOf = (model: Model, guild: StoredGuild): Json => ({
  id: guild.id,
  name: guild.name,
  owner_id: guild.owner,
  system_channel_id: [...guild.channels.values()].find(({ kind, deleted }) => kind === 'text' && !deleted)?.id ?? null,
  roles: rolesOf(model, guild),
  ...PLAIN_GUILD,
});

export const attachmentOf = (model: Model, channel: string, file: StoredFile): Json => {
  const url = `${model.url}/attachments/${channel}/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    filename: file.name,
    size: file.bytes.byteLength,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(file.description !== undefined && { description: file.description }),
    ...(file.contentType.startsWith('image/') && { width: 640, height: 360 }),
  };
};

const HAS_THREAD = 1 << 5;

const mentionedIn = (model: Model, message: StoredMessage): readonly Json[] => {
  const ids = new Set([...message.content.matchAll(/<@!?(\d{17,20})>/g)].map(([, id = '']) => id));
  if (message.added !== undefined) ids.add(message.added);
  return [...ids].filter((id) => id === model.bot.id || model.users.has(id)).map((id) => userById(model, id));
};

function referenceOf(message: StoredMessage, guild: string | undefined): Json {
  if (!message.reference) return {};
  const { channel, message: id } = message.reference;
  const message_reference = {
    type: 0,
    channel_id: channel,
    message_id: id,
    ...(guild !== undefined && { guild_id: guild }),
  };
  return { message_reference };
}

function interactionOf(model: Model, message: StoredMessage): Json {
  const { interaction } = message;
  if (!interaction) return {};
  const metadata = {
    id: interaction.id,
    type: interaction.type,
    user: userById(model, interaction.user),
    authorizing_integration_owners: {},
    ...(interaction.type === 3 && { interacted_message_id: interaction.id }),
    ...(interaction.type === 5 && {
      triggering_interaction_metadata: {
        id: interaction.id,
        type: 2,
        user: userById(model, interaction.user),
        authorizing_integration_owners: {},
      },
    }),
  };
  return { interaction_metadata: metadata, webhook_id: model.applicationId };
}

/** A message; `nonce` comes back only to who has just sent it, and on the gateway. */
export function messageOf(model: Model, message: StoredMessage, more: { readonly nonce?: boolean } = {}): Json {
  const channel = model.channel(message.channel);
  const thread = message.type === 21 ? undefined : model.find(message.id);
  const stays = thread !== undefined && !thread.deleted && thread.id !== channel.id;
  return {
    id: message.id,
    type: message.type,
    channel_id: message.channel,
    author: userById(model, message.author),
    content: message.content,
    timestamp: iso(message.at),
    edited_timestamp: message.edited ?? null,
    tts: false,
    mention_everyone: false,
    mentions: mentionedIn(model, message),
    mention_roles: [],
    attachments: message.attachments.map((file) => attachmentOf(model, message.channel, file)),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags | (stays ? HAS_THREAD : 0),
    ...(message.author === model.bot.id && { application_id: model.applicationId }),
    ...(more.nonce === true && message.nonce !== undefined && { nonce: message.nonce }),
    ...(isThread(channel) && { position: Math.max(0, channel.messages.indexOf(message)) }),
    ...(stays && { thread: threadOf(model, thread) }),
    ...referenceOf(message, channel.guild),
    ...interactionOf(model, message),
  };
}
