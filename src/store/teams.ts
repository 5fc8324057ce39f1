/** Rows about teams that several features share. */
import type { Instant, PersonId, TeamId } from '../chat/ids.ts';
import type { Row } from './schema.ts';
import type { Tx } from './store.ts';

export const findTeam = (tx: Tx, team: TeamId): Promise<Row<'teams'> | undefined> =>
  tx.selectFrom('teams').selectAll().where('id', '=', team).executeTakeFirst();

/** Adds the team, or replaces all that is known of it. */
export async function saveTeam(tx: Tx, row: Row<'teams'>): Promise<void> {
  const { id: _id, ...rest } = row;
  await tx
    .insertInto('teams')
    .values(row)
    .onConflict((same) => same.column('id').doUpdateSet(rest))
    .execute();
}

/** Remembers who used an admin command last. */
export async function setLastAdmin(tx: Tx, team: TeamId, person: PersonId | null): Promise<void> {
  await tx.updateTable('teams').set({ last_admin: person }).where('id', '=', team).execute();
}

/** The team is gone from its platform; its rows wait for the sweep, or for it to come back. */
export async function markGone(tx: Tx, team: TeamId, at: Instant | null): Promise<void> {
  await tx.updateTable('teams').set({ gone: at }).where('id', '=', team).execute();
}
