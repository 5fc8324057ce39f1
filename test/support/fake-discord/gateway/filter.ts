/** What a session may hear of what happened: by its intents, its shard, and what the bot may see; content stripped without the intent for it. */
import type { About, Json, Model } from '../model.ts';
import { canSee } from '../permissions.ts';

/** What an app asks to hear, as bits. The last three are behind switches in the portal. */
export const INTENT = {
  guilds: 1 << 0,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  messageContent: 1 << 15,
} as const;

const GUILDS = new Set([
  'GUILD_CREATE',
  'GUILD_UPDATE',
  'GUILD_DELETE',
  'GUILD_ROLE_UPDATE',
  'CHANNEL_CREATE',
  'CHANNEL_UPDATE',
  'CHANNEL_DELETE',
  'THREAD_CREATE',
  'THREAD_UPDATE',
  'THREAD_DELETE',
  'THREAD_LIST_SYNC',
  'THREAD_MEMBER_UPDATE',
  'THREAD_MEMBERS_UPDATE',
]);
const MESSAGES = new Set(['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'MESSAGE_DELETE_BULK']);
/** A bot knows of all channels, also of those it may not look into. */
const SEEN_ANYWAY = new Set(['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'CHANNEL_DELETE']);

/** The intent an event comes with; 0: it always comes. */
export function intentFor(event: string, inGuild: boolean): number {
  if (GUILDS.has(event)) return INTENT.guilds;
  if (MESSAGES.has(event)) return inGuild ? INTENT.guildMessages : INTENT.directMessages;
  if (event.startsWith('GUILD_MEMBER_')) return INTENT.guildMembers;
  return 0;
}

/** DMs come to the first shard. */
export const shardOf = (guild: string | undefined, count: number): number =>
  guild === undefined ? 0 : Number((BigInt(guild) >> 22n) % BigInt(count));

function mentionsBot(model: Model, data: Json): boolean {
  const mentions = (data['mentions'] ?? []) as readonly { readonly id: string }[];
  return mentions.some(({ id }) => id === model.bot.id);
}

const authorOf = (data: Json): string | undefined => (data['author'] as { readonly id: string } | undefined)?.id;

/** Without MESSAGE_CONTENT: nothing of what people write, but in DMs, where the bot is mentioned, and what it wrote itself. */
export function strip(model: Model, event: string, data: Json, about: About, intents: number): Json {
  if (event !== 'MESSAGE_CREATE' && event !== 'MESSAGE_UPDATE') return data;
  if ((intents & INTENT.messageContent) !== 0 || about.guild === undefined) return data;
  if (authorOf(data) === model.bot.id || mentionsBot(model, data)) return data;
  const { poll: _, ...rest } = data;
  return { ...rest, content: '', embeds: [], attachments: [], components: [] };
}

const TYPES = { text: 0, forum: 15, 'public thread': 11, 'private thread': 12, dm: 1 } as const;

/** On the gateway a message says what kind of channel it is in. */
export function onGateway(event: string, data: Json, { channel }: About): Json {
  if (!channel || (event !== 'MESSAGE_CREATE' && event !== 'MESSAGE_UPDATE')) return data;
  return { ...data, channel_type: TYPES[channel.kind] };
}

export interface Listener {
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
}

export function hears(model: Model, { intents, shard }: Listener, event: string, about: About): boolean {
  if (shardOf(about.guild, shard[1]) !== shard[0]) return false;
  const intent = intentFor(event, about.guild !== undefined);
  if (intent !== 0 && (intents & intent) === 0) return false;
  const guild = about.guild === undefined ? undefined : model.guilds.get(about.guild);
  if (guild && !guild.joined && event !== 'GUILD_DELETE') return false;
  if (guild && !guild.available && !event.startsWith('GUILD_')) return event === 'INTERACTION_CREATE';
  return !about.channel || event === 'INTERACTION_CREATE' || SEEN_ANYWAY.has(event) || canSee(model, about.channel);
}
