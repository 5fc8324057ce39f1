/** What a session is told first: READY with the names of its servers, then each server as it stands. */
import type { GatewayGuildCreateDispatchData, GatewayReadyDispatchData } from 'discord.js';
import type { Json, Model, StoredGuild } from '../model.ts';
import { channelOf, guildOf, iso, isThread, memberOf, threadOf, userOf } from '../payloads.ts';
import { canSee } from '../permissions.ts';
import { intentFor, shardOf } from './filter.ts';
import type { Session, Sessions } from './session.ts';

/** Of an application with the switch for message content on, in less than a hundred servers. */
const MESSAGE_CONTENT_LIMITED = 1 << 19;

/** Its members are only the bot: the others come with an intent of their own. */
export function guildCreated(model: Model, guild: StoredGuild): GatewayGuildCreateDispatchData {
  const there = [...guild.channels.values()].filter(({ deleted }) => !deleted);
  const threads = there.filter((one) => isThread(one) && !one.archived && canSee(model, one));
  const more = {
    joined_at: iso(guild.joinedAt),
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [memberOf(model, guild, model.bot.id)],
    channels: there.filter((one) => !isThread(one)).map((one) => channelOf(model, one)),
    threads: threads.map((one) => threadOf(model, one)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
  return { ...guildOf(model, guild), ...more } as unknown as GatewayGuildCreateDispatchData;
}

interface Welcoming {
  readonly model: Model;
  readonly sessions: Sessions;
  readonly registrar: { readonly contentSwitch: boolean };
  url(): string;
}

function readyOf(desk: Welcoming, session: Session, guilds: readonly StoredGuild[]): GatewayReadyDispatchData {
  const { model } = desk;
  const flags = desk.registrar.contentSwitch ? MESSAGE_CONTENT_LIMITED : 0;
  const user = { ...userOf(model, model.bot), verified: true, mfa_enabled: true, email: null };
  return {
    v: 10,
    user: user as unknown as GatewayReadyDispatchData['user'],
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: desk.url(),
    shard: [...session.shard],
    application: { id: model.applicationId, flags, flags_new: String(flags) },
  };
}

export function welcome(desk: Welcoming, session: Session): void {
  const { model, sessions } = desk;
  const [id, count] = session.shard;
  const guilds = [...model.guilds.values()].filter((one) => one.joined && shardOf(one.id, count) === id);
  sessions.tell(session, 'READY', readyOf(desk, session, guilds));
  if ((session.intents & intentFor('GUILD_CREATE', true)) === 0) return;
  for (const guild of guilds) if (guild.available) sessions.tell(session, 'GUILD_CREATE', guildCreated(model, guild));
}

/** The bot is in, or the server is back. */
export const announceGuild = (model: Model, guild: StoredGuild): void =>
  model.dispatch('GUILD_CREATE', guildCreated(model, guild) as unknown as Json, { guild: guild.id });

/** The bot is out; `outage`: the server only cannot be reached. */
export const announceLoss = (model: Model, guild: StoredGuild, outage: boolean): void =>
  model.dispatch('GUILD_DELETE', { id: guild.id, ...(outage && { unavailable: true }) }, { guild: guild.id });
