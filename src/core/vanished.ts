/** What people deleted while we were away: known from before, and missing from the whole thread as it is now. */
import type { Instant, PersonId, Ref, TeamId } from '../chat/ids.ts';
import type { Reply } from '../chat/incoming.ts';
import { MINUTE, plus } from '../chat/world.ts';
import { findPerson } from '../store/people.ts';
import type { Core } from './core.ts';

export interface Known {
  readonly ref: Ref;
  readonly person: PersonId;
}

/** A message this fresh may not be in the platform's listing yet, in ms. */
const FRESH_MS = MINUTE;

/** Messages under a post that were there when last heard of. Taken before the reading, so that what comes during it is not missed. */
export async function knownUnder(core: Core, team: TeamId, under: Ref, now: Instant): Promise<Known[]> {
  const rows = await core.store.read((tx) =>
    tx
      .selectFrom('versions')
      .select(['ref', 'person'])
      .where('team', '=', team)
      .where('under', '=', under)
      .where('deleted', '=', 0)
      .where('at', '<', plus(now, -FRESH_MS))
      .execute(),
  );
  return rows.flatMap(({ ref, person }) => (person === null ? [] : [{ ref, person }]));
}

/** The deletions of messages that are no longer there. */
export async function vanished(
  core: Core,
  thread: { readonly team: TeamId; readonly ref: Ref },
  gone: readonly Known[],
): Promise<Reply[]> {
  const at = core.world.now();
  return Promise.all(
    gone.map(async ({ ref, person }): Promise<Reply> => {
      const row = await core.store.read((tx) => findPerson(tx, thread.team, person));
      return {
        kind: 'reply',
        id: `vanished ${thread.team} ${ref}`,
        team: thread.team,
        at,
        from: { id: person, name: row?.name ?? 'Someone who left', admin: row?.admin === 1 },
        place: { in: 'thread', under: thread.ref },
        ref,
        change: 'deleted',
        extras: 0,
      };
    }),
  );
}
