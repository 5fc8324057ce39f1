/** Rows about people that several features share. Every query is bound to one team. */
import { sql } from 'kysely';
import type { Instant, PersonId, TeamId } from '../chat/ids.ts';
import type { Person } from '../chat/incoming.ts';
import type { Row } from './schema.ts';
import type { Tx } from './store.ts';

/**
 * Notes that this person did something at `at`: a new row, or the newest name and rights on the old one. What they chose
 * themselves stays: the platform's zone only fills an empty one.
 */
export async function touchPerson(tx: Tx, team: TeamId, person: Person, at: Instant): Promise<void> {
  const admin = person.admin ? 1 : 0;
  await tx
    .insertInto('people')
    .values({
      team,
      id: person.id,
      name: person.name,
      admin,
      zone: person.zone ?? null,
      level: null,
      active_at: at,
      paused_until: null,
    })
    .onConflict((same) =>
      same.columns(['team', 'id']).doUpdateSet((row) => ({
        name: person.name,
        admin,
        zone: row.fn.coalesce('people.zone', 'excluded.zone'),
        // Events can arrive late: the newest one counts.
        active_at: sql<Instant>`case when people.active_at > ${at} then people.active_at else ${at} end`,
      })),
    )
    .execute();
}

export const findPerson = (tx: Tx, team: TeamId, id: PersonId): Promise<Row<'people'> | undefined> =>
  tx.selectFrom('people').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

export const setLevel = (tx: Tx, team: TeamId, id: PersonId, level: string | null): Promise<void> =>
  change(tx, team, id, { level });

/** An IANA zone; null takes the platform's again with the next event. */
export const setZone = (tx: Tx, team: TeamId, id: PersonId, zone: string | null): Promise<void> =>
  change(tx, team, id, { zone });

/** Asks nothing of this person before `until`; null ends the pause. */
export const pausePerson = (tx: Tx, team: TeamId, id: PersonId, until: Instant | null): Promise<void> =>
  change(tx, team, id, { paused_until: until });

/** People who did something at or after `since` and are not paused at `now`, by id. */
export const activePeople = (tx: Tx, team: TeamId, since: Instant, now: Instant): Promise<Row<'people'>[]> =>
  tx
    .selectFrom('people')
    .selectAll()
    .where('team', '=', team)
    .where('active_at', '>=', since)
    .where((row) => row.or([row('paused_until', 'is', null), row('paused_until', '<=', now)]))
    .orderBy('id')
    .execute();

async function change(tx: Tx, team: TeamId, id: PersonId, to: Partial<Row<'people'>>): Promise<void> {
  await tx.updateTable('people').set(to).where('team', '=', team).where('id', '=', id).execute();
}
