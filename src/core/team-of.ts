/** Which team an event belongs to. In a DM some platforms do not say, as a person may be in several teams. */
import type { TeamId } from '../chat/ids.ts';
import type { Incoming } from '../chat/incoming.ts';
import type { Tx } from '../store/store.ts';

/** Its own; or the team whose message it was done on, that listens in the person's DM, or that wrote to them last. */
export async function teamOf(tx: Tx, event: Incoming): Promise<TeamId | undefined> {
  if (event.team !== undefined || !('place' in event)) return event.team;
  const dm = `dm ${event.from.id}`;
  const { card } = event;
  const carded =
    card === undefined
      ? undefined
      : await tx.selectFrom('posts').select('team').where('ref', '=', card).executeTakeFirst();
  if (carded) return carded.team;
  const listening = await tx.selectFrom('listeners').select('team').where('place', '=', dm).executeTakeFirst();
  if (listening) return listening.team;
  const last = await tx
    .selectFrom('posts')
    .select('team')
    .where('conversation', '=', dm)
    .orderBy('sent', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.team;
}
