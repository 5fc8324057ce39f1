/** Where an event took place, as the core sees it. */
import type { TeamId } from '../chat/ids.ts';
import type { Incoming } from '../chat/incoming.ts';
import { isRoom } from '../store/posts.ts';
import type { Tx } from '../store/store.ts';

/** A platform may not tell a room from a thread: the post it hangs under does. */
export async function placed<E extends Incoming>(tx: Tx, team: TeamId, event: E): Promise<E> {
  if (!('place' in event) || event.place.in !== 'thread') return event;
  const { under } = event.place;
  return (await isRoom(tx, team, under)) ? { ...event, place: { in: 'room', room: under } } : event;
}
