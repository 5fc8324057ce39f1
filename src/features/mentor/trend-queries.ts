/** How a person's own last answers were rated, by skill; and when they were last offered a mentor for it. */
import type { PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

/** One rated answer: the mean of its ratings' means, and how many there were. */
export interface Rated {
  readonly skill: string;
  readonly mean: number;
  readonly ratings: number;
}

/** Answers whose result their author has seen, newest first, with at least one number. */
export async function ratedAnswers(tx: Tx, team: TeamId, person: PersonId): Promise<Rated[]> {
  const rows = await tx
    .selectFrom('results')
    .innerJoin('reviews', 'reviews.answer', 'results.answer')
    .select(['results.answer', 'results.skill', 'reviews.scores'])
    .where('results.team', '=', team)
    .where('results.person', '=', person)
    .where('reviews.state', '=', 'done')
    .orderBy('results.published', 'desc')
    .orderBy('results.answer', 'desc')
    .execute();
  return [...Map.groupBy(rows, ({ answer }) => answer).values()].flatMap((reviews): Rated[] => {
    const means = reviews.flatMap(({ scores }) => meanIn(scores));
    return means.length === 0 ? [] : [{ skill: reviews[0]?.skill ?? '', mean: mean(means), ratings: means.length }];
  });
}

function meanIn(scores: string | null): number[] {
  const read: unknown = scores === null ? {} : JSON.parse(scores);
  const numbers = Object.values(read ?? {}).filter((one): one is number => typeof one === 'number');
  return numbers.length === 0 ? [] : [mean(numbers)];
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

export const findTrend = (tx: Tx, team: TeamId, person: PersonId): Promise<Row<'mentor_trends'> | undefined> =>
  tx.selectFrom('mentor_trends').selectAll().where('team', '=', team).where('person', '=', person).executeTakeFirst();

export async function saveTrend(tx: Tx, row: Row<'mentor_trends'>): Promise<void> {
  await tx
    .insertInto('mentor_trends')
    .values(row)
    .onConflict((c) => c.columns(['team', 'person']).doUpdateSet(row))
    .execute();
}

export async function dropTrend(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  await tx.deleteFrom('mentor_trends').where('team', '=', team).where('person', '=', person).execute();
}
