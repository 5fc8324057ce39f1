/** Servers, people and DMs: what a test sets up before the bot comes, or while it looks on. */
import { ALL_PERMISSIONS } from '../../../adapters/discord/permissions.ts';
import { announceGuild } from './gateway/welcome.ts';
import type { Model, StoredChannel, StoredGuild } from './model.ts';
import { channelOf } from './payloads.ts';
import { makeChannel } from './threads.ts';
import { makeTold } from './told.ts';
import type { FakeUser } from './types.ts';

/** What our invitation asks for with all features. */
const ASKED_PERMISSIONS = ALL_PERMISSIONS;

export interface GuildFacts {
  readonly permissions?: bigint;
  readonly joined?: false;
}

function addChannel(model: Model, guild: StoredGuild, name: string, kind: 'text' | 'forum'): StoredChannel {
  const position = guild.channels.size;
  const channel = makeChannel(model, { id: model.newId(), guild: guild.id, kind, name, position });
  model.dispatch('CHANNEL_CREATE', channelOf(model, channel), { guild: guild.id, channel });
  return channel;
}

/** A server with nobody in it but an owner nobody knows, and our bot. Its `available` set to false is an outage. */
export function addGuild(model: Model, name: string, facts: GuildFacts = {}): StoredGuild {
  const plain = {
    id: model.newId(),
    name,
    channels: new Map<string, StoredChannel>(),
    members: new Map([[model.bot.id, { admin: false }]]),
    joined: facts.joined ?? true,
    joinedAt: model.clock.now(),
    owner: model.newId(),
    botRole: model.newId(),
    adminRole: model.newId(),
    addChannel: (title: string, kind: 'text' | 'forum' = 'text') => addChannel(model, guild, title, kind),
  };
  const guild = makeTold(model, plain, facts.permissions ?? ASKED_PERMISSIONS);
  model.guilds.set(guild.id, guild);
  if (guild.joined) announceGuild(model, guild);
  return guild;
}

export function addUser(model: Model, name: string, facts: { readonly closedDms?: boolean } = {}): FakeUser {
  const user: FakeUser = { id: model.newId(), name, closedDms: facts.closedDms ?? false };
  model.users.set(user.id, user);
  return user;
}

export function join(model: Model, guild: string, user: string, facts: { readonly admin?: boolean } = {}): void {
  model.guild(guild).members.set(user, { admin: facts.admin ?? false });
}

/** The DM of the bot and this person, made when there is none. */
export function dmOf(model: Model, user: string): StoredChannel {
  const known = model.dms.get(user);
  if (known) return known;
  const dm = makeChannel(model, { id: model.newId(), kind: 'dm', name: '', members: [model.bot.id, user] });
  model.dms.set(user, dm);
  return dm;
}
