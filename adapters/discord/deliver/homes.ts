/** Where a private thread can hang: in the channel asked for, and where that is a forum, in a text channel of the same server. */
import { ChannelType, Routes } from 'discord.js';
import { type Body, idOf } from '../incoming/read.ts';
import type { Places } from './places.ts';
import type { Trip } from './trip.ts';

/** Of a server's text channels so many are tried. */
const MOST = 3;

/** Best first. Rejects as a request does. */
export async function homesNear(trip: Trip, places: Places, near: string | undefined): Promise<readonly string[]> {
  const { api, team } = trip;
  if (near !== undefined && !(await places.isForum(trip, near))) return [near];
  const system = idOf((await api.record('get', Routes.guild(team)))['system_channel_id']);
  const channels = await api.records(Routes.guildChannels(team));
  const texts = channels
    .filter(({ type }) => type === ChannelType.GuildText)
    .toSorted((a, b) => positionOf(a) - positionOf(b))
    .map(({ id }) => idOf(id))
    .filter((id) => id !== undefined && places.mayHoldRooms(id));
  return [...new Set(texts.includes(system) ? [system, ...texts] : texts)]
    .filter((id) => id !== undefined)
    .slice(0, MOST);
}

const positionOf = ({ position }: Body): number => (typeof position === 'number' ? position : 0);
