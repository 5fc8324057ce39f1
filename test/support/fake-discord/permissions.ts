/** What our bot may do where: its permissions in a server and in a channel, and whether it sees it at all. */
import type { Model, StoredChannel } from './model.ts';
import { isThread } from './payloads.ts';

export const MAY = {
  administrate: 1n << 3n,
  addReactions: 1n << 6n,
  view: 1n << 10n,
  send: 1n << 11n,
  manageMessages: 1n << 13n,
  embed: 1n << 14n,
  attach: 1n << 15n,
  history: 1n << 16n,
  manageChannels: 1n << 4n,
  manageThreads: 1n << 34n,
  publicThreads: 1n << 35n,
  privateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
} as const;

export type Permission = keyof typeof MAY;

const EVERYTHING = (1n << 53n) - 1n;

/** As a bit field; in a DM everything. Nothing in a server we are not in. A thread has those of what it hangs in. */
export function permissionsIn(model: Model, channel: StoredChannel): bigint {
  if (channel.guild === undefined) return EVERYTHING;
  const guild = model.guild(channel.guild);
  if (!guild.joined) return 0n;
  if ((guild.permissions & MAY.administrate) !== 0n) return EVERYTHING;
  return guild.overwrites.get(channel.id) ?? guild.overwrites.get(channel.parent ?? '') ?? guild.permissions;
}

export const may = (model: Model, channel: StoredChannel, what: Permission): boolean =>
  (permissionsIn(model, channel) & MAY[what]) !== 0n;

/** A private thread is seen by who is in it, and by who manages threads. */
export function canSee(model: Model, channel: StoredChannel): boolean {
  if (channel.guild === undefined) return channel.members.has(model.bot.id);
  if (!may(model, channel, 'view')) return false;
  return channel.kind !== 'private thread' || channel.members.has(model.bot.id) || may(model, channel, 'manageThreads');
}

/** What stands for `SEND_MESSAGES` there. */
export const sendingIn = (channel: StoredChannel): Permission => (isThread(channel) ? 'sendInThreads' : 'send');
