/** Rows of ratings in a mock: each rater's own, untouched by any other's. Every query is bound to its team. */
import type { TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Score = Row<'mock_scores'>;
type Key = Pick<Score, 'team' | 'mock' | 'n' | 'rater' | 'about'>;

export const findScore = (tx: Tx, key: Key): Promise<Score | undefined> =>
  tx
    .selectFrom('mock_scores')
    .selectAll()
    .where('team', '=', key.team)
    .where('mock', '=', key.mock)
    .where('n', '=', key.n)
    .where('rater', '=', key.rater)
    .where('about', '=', key.about)
    .executeTakeFirst();

/** The first time, or once more: what was rated before is replaced. */
export async function saveScore(tx: Tx, score: Score): Promise<void> {
  const { id: _id, team: _team, mock: _mock, n: _n, rater: _rater, about: _about, ...set } = score;
  await tx
    .insertInto('mock_scores')
    .values(score)
    .onConflict((c) => c.columns(['mock', 'n', 'rater', 'about']).doUpdateSet(set))
    .execute();
}

export const scoresOf = (tx: Tx, team: TeamId, mock: string): Promise<Score[]> =>
  tx
    .selectFrom('mock_scores')
    .selectAll()
    .where('team', '=', team)
    .where('mock', '=', mock)
    .orderBy('n')
    .orderBy('at')
    .orderBy('id')
    .execute();
