/** Posts, threads and channels that are there no more. */
import type { Instant, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Removed } from '../../../src/chat/incoming.ts';
import { isThread, type Spot, refOfThread } from './place.ts';
import { type Body, channelOf, idOf, teamOf } from './read.ts';

/** A message that may have been ours; the core knows which were. */
export const postGone = (team: TeamId, ref: Ref, id: string, at: Instant): Removed => ({
  kind: 'removed',
  id: `discord:removed:${id}`,
  team,
  at,
  what: { kind: 'post', ref },
});

/** Without its thread a post is as good as gone, and so is a room. Undefined for what is no thread on a server. */
export function threadGone(thread: Body, spot: Spot, at: Instant): Removed | undefined {
  const team = teamOf(thread['guild_id']);
  const id = idOf(thread['id']);
  if (team === undefined || id === undefined || !isThread(spot)) return undefined;
  return { ...postGone(team, refOfThread(spot), id, at), id: `discord:removed:${id}:thread` };
}

export function channelGone(channel: Body, at: Instant): Removed | undefined {
  const team = teamOf(channel['guild_id']);
  const id = channelOf(channel['id']);
  if (team === undefined || id === undefined) return undefined;
  return { kind: 'removed', id: `discord:removed:${id}:channel`, team, at, what: { kind: 'channel', channel: id } };
}
