/** Mock interviews as other features meet them: an answer by its id, and what is older than a team keeps. Bound to one team. */
import type { Instant, TeamId } from '../chat/ids.ts';
import type { Tx } from './store.ts';

/** In the order in which nothing is left pointing at nothing. */
const OF_A_MOCK = ['mock_scores', 'mock_words', 'mock_questions', 'mock_seats', 'mock_people'] as const;

/** Everything kept of these mocks. */
export async function dropMocks(tx: Tx, team: TeamId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const table of OF_A_MOCK) {
    await tx.deleteFrom(table).where('team', '=', team).where('mock', 'in', ids).execute();
  }
  await tx.deleteFrom('mocks').where('team', '=', team).where('id', 'in', ids).execute();
}

/** Mocks that were begun before that and are over. */
export async function oldMocks(tx: Tx, team: TeamId, before: Instant): Promise<string[]> {
  const old = await tx
    .selectFrom('mocks')
    .select('id')
    .where('team', '=', team)
    .where('created', '<', before)
    .where('stage', 'in', ['done', 'stopped'])
    .execute();
  return old.map(({ id }) => id);
}
