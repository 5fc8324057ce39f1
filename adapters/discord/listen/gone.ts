/** Threads and channels that were deleted. */
import { channelGone, threadGone } from '../incoming/gone.ts';
import { isThread } from '../incoming/place.ts';
import { dig, idOf, recordOf } from '../incoming/read.ts';
import type { Stage } from './stage.ts';

/** How long what a deleted thread hung in may take to be known, in ms. */
const PATIENCE_MS = 5_000;

/** Of threads that are known to be somebody else's nothing is told. */
export async function onThreadDelete(stage: Stage, data: unknown): Promise<void> {
  const thread = recordOf(data) ?? {};
  const known = stage.spots.known(idOf(thread['id']) ?? '');
  if (known && isThread(known) && known.owner !== undefined && known.owner !== stage.client.user?.id) return;
  const spot = known ?? (await stage.spots.told(thread, PATIENCE_MS));
  const removed = spot && threadGone(thread, spot, stage.deps.world.now());
  if (removed) await stage.onEvent(removed);
}

export async function onChannelDelete(stage: Stage, data: unknown): Promise<void> {
  const removed = channelGone(recordOf(data) ?? {}, stage.deps.world.now());
  if (removed && dig(data, 'guild_id') !== undefined) await stage.onEvent(removed);
}
