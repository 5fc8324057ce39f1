/** Rows about teams that several features share. */
import type { Instant, PersonId, TeamId } from '../chat/ids.ts';
import type { Row, Schema } from './schema.ts';
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

/** Our access ended: nothing is sent or woken any more; what is kept waits for the team to come back. */
export async function freezeTeam(tx: Tx, team: TeamId, at: Instant): Promise<void> {
  await tx.updateTable('teams').set({ gone: at }).where('id', '=', team).execute();
  await tx.deleteFrom('wakes').where('team', '=', team).execute();
  await tx
    .updateTable('outbox')
    .set({ state: 'dead', reason: 'the team removed Greenroom', body: '', ended: at })
    .where('team', '=', team)
    .where('state', '=', 'ready')
    .execute();
}

/** What refers to others comes before them. */
const OF_A_TEAM = [
  'mock_scores',
  'mock_words',
  'mock_questions',
  'mock_seats',
  'mock_people',
  'mocks',
  'story_uses',
  'stories',
  'discussion_replies',
  'discussion_leads',
  'discussions',
  'discussion_plans',
  'mentor_agenda',
  'mentor_members',
  'mentor_pairs',
  'mentor_requests',
  'mentor_offers',
  'mentor_trends',
  'mentor_profiles',
  'results',
  'self_ratings',
  'reviews',
  'review_windows',
  'begun',
  'answers',
  'rounds',
  'schedules',
  'wakes',
  'listeners',
  'versions',
  'strays',
  'threads',
  'posts',
  'outbox',
  'people',
] as const satisfies readonly (keyof Schema)[];

/** The team took us out for good: everything that is kept of it goes. */
export async function wipeTeam(tx: Tx, team: TeamId): Promise<void> {
  for (const table of OF_A_TEAM) await tx.deleteFrom(table).where('team', '=', team).execute();
  await tx.deleteFrom('teams').where('id', '=', team).execute();
}
