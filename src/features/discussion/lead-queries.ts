/** Rows of those who lead discussions in turn. */
import type { Instant, PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Lead = Row<'discussion_leads'>;

export const findLead = (tx: Tx, team: TeamId, person: PersonId): Promise<Lead | undefined> =>
  tx
    .selectFrom('discussion_leads')
    .selectAll()
    .where('team', '=', team)
    .where('person', '=', person)
    .executeTakeFirst();

/** Who has offered to lead and takes no pause at `now`. */
export async function willingLeads(tx: Tx, team: TeamId, now: Instant): Promise<Lead[]> {
  return tx
    .selectFrom('discussion_leads')
    .leftJoin('people', (join) =>
      join.onRef('people.team', '=', 'discussion_leads.team').onRef('people.id', '=', 'discussion_leads.person'),
    )
    .selectAll('discussion_leads')
    .where('discussion_leads.team', '=', team)
    .where('willing', '=', 1)
    .where((e) => e.or([e('people.paused_until', 'is', null), e('people.paused_until', '<=', now)]))
    .execute();
}

export async function setWilling(tx: Tx, lead: Lead): Promise<void> {
  await tx
    .insertInto('discussion_leads')
    .values(lead)
    .onConflict((c) => c.columns(['team', 'person']).doUpdateSet({ willing: lead.willing }))
    .execute();
}

/** Whoever leads goes to the end of the row, whether they had offered or not. */
export async function noteAsked(tx: Tx, team: TeamId, person: PersonId, at: Instant): Promise<void> {
  await tx
    .insertInto('discussion_leads')
    .values({ team, person, willing: 0, since: at, last_asked: at })
    .onConflict((c) => c.columns(['team', 'person']).doUpdateSet({ last_asked: at }))
    .execute();
}

export async function forgetLead(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  await tx.deleteFrom('discussion_leads').where('team', '=', team).where('person', '=', person).execute();
}
