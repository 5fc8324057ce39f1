/** INTERACTION_CREATE: who did what where, with what they and the app may do there. */
import type { Interaction } from '../interactions/desk.ts';
import { KIND } from '../interactions/desk.ts';
import type { Json, Model, StoredChannel, StoredGuild } from '../model.ts';
import { channelOf, memberOf, messageOf, userById } from '../payloads.ts';
import { permissionsIn } from '../permissions.ts';

/** What everybody may do: look, write, also in threads, read back, react, attach, use commands. */
export const EVERYBODY_MAY = 0x0000_0040_8001_cc40n;
export const EVERYTHING = (1n << 53n) - 1n;
/** 25 MiB, of a server without boosts. */
const ATTACHMENT_LIMIT = 26_214_400;
/** In a DM. */
const APP_MAY_IN_DM = 2_222_085_186_636_864n;

export const memberMay = (guild: StoredGuild, user: string): bigint => {
  if (guild.owner === user || guild.members.get(user)?.admin === true) return EVERYTHING;
  return guild.members.has(user) ? EVERYBODY_MAY : 0n;
};

function peopleOf(model: Model, guild: StoredGuild | undefined, ids: readonly string[]): Json {
  const users = Object.fromEntries(ids.map((id) => [id, userById(model, id)]));
  if (!guild) return { users };
  const here = ids.filter((id) => guild.members.has(id));
  const members = here.map((id) => {
    const { user: _, mute: __, deaf: ___, ...member } = memberOf(model, guild, id);
    return [id, { ...member, permissions: String(memberMay(guild, id)) }];
  });
  return { users, ...(members.length > 0 && { members: Object.fromEntries(members) }) };
}

function channelsOf(model: Model, guild: StoredGuild | undefined, user: string, ids: readonly string[]): Json {
  const may = guild ? memberMay(guild, user) : 0n;
  const all = ids.map((id) => {
    const channel = model.channel(id);
    const app_permissions = String(permissionsIn(model, channel));
    return [id, { ...channelOf(model, channel), permissions: String(may), app_permissions }];
  });
  return { channels: Object.fromEntries(all) };
}

/** `resolved`: whom and what the ids among the values stand for. */
export function resolve(
  model: Model,
  by: { readonly guild: string | undefined; readonly user: string },
  ids: { readonly users?: readonly string[]; readonly channels?: readonly string[] },
): Json {
  const guild = by.guild === undefined ? undefined : model.guild(by.guild);
  const { users = [], channels = [] } = ids;
  const resolved = {
    ...(users.length > 0 && peopleOf(model, guild, users)),
    ...(channels.length > 0 && channelsOf(model, guild, by.user, channels)),
  };
  return Object.keys(resolved).length === 0 ? {} : { resolved };
}

function inGuild(model: Model, channel: StoredChannel, id: string, user: string): Json {
  const guild = model.guild(id);
  return {
    guild_id: id,
    guild: { id, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    member: { ...memberOf(model, guild, user), permissions: String(memberMay(guild, user)) },
    app_permissions: String(permissionsIn(model, channel)),
    authorizing_integration_owners: { '0': id },
    context: 0,
  };
}

const inDm = (model: Model, user: string): Json => ({
  user: userById(model, user),
  app_permissions: String(APP_MAY_IN_DM),
  authorizing_integration_owners: { '0': '0' },
  context: 1,
});

export function payloadOf(model: Model, interaction: Interaction): Json {
  const { id, token, kind, user, channel, data, message } = interaction;
  return {
    id,
    application_id: model.applicationId,
    type: KIND[kind],
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: channelOf(model, channel),
    locale: 'en-US',
    entitlements: [],
    entitlement_sku_ids: [],
    attachment_size_limit: ATTACHMENT_LIMIT,
    ...(message && { message: messageOf(model, message) }),
    ...(channel.guild === undefined ? inDm(model, user) : inGuild(model, channel, channel.guild, user)),
  };
}
