/** Rows of what an author gets: own ratings and results, and all that is kept about an answer. Every query is bound to its team. */
import type { PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Result = Row<'results'>;

export async function saveSelf(tx: Tx, rating: Row<'self_ratings'>): Promise<void> {
  await tx
    .insertInto('self_ratings')
    .values(rating)
    .onConflict((c) => c.column('answer').doUpdateSet({ scores: rating.scores, at: rating.at }))
    .execute();
}

export const findSelf = (tx: Tx, team: TeamId, answer: string): Promise<Row<'self_ratings'> | undefined> =>
  tx.selectFrom('self_ratings').selectAll().where('team', '=', team).where('answer', '=', answer).executeTakeFirst();

export async function dropSelf(tx: Tx, team: TeamId, answer: string): Promise<void> {
  await tx.deleteFrom('self_ratings').where('team', '=', team).where('answer', '=', answer).execute();
}

/** Record that a result is out, or return undefined because it already is. */
export const startResult = (tx: Tx, result: Result): Promise<Result | undefined> =>
  tx
    .insertInto('results')
    .values(result)
    .onConflict((c) => c.column('answer').doNothing())
    .returningAll()
    .executeTakeFirst();

export const findResult = (tx: Tx, team: TeamId, answer: string): Promise<Result | undefined> =>
  tx.selectFrom('results').selectAll().where('team', '=', team).where('answer', '=', answer).executeTakeFirst();

export async function changeResult(
  tx: Tx,
  result: Pick<Result, 'answer' | 'team'>,
  set: Partial<Result>,
): Promise<void> {
  await tx
    .updateTable('results')
    .set(set)
    .where('team', '=', result.team)
    .where('answer', '=', result.answer)
    .execute();
}

/** Answers of this person that feedback knows of; a withdrawn one is known by its result. */
export async function feedbackAnswersOf(tx: Tx, team: TeamId, person: PersonId): Promise<string[]> {
  const own = await tx
    .selectFrom('answers')
    .select('id')
    .where('team', '=', team)
    .where('person', '=', person)
    .execute();
  const told = await tx
    .selectFrom('results')
    .select('answer as id')
    .where('team', '=', team)
    .where('person', '=', person)
    .execute();
  return [...new Set([...own, ...told].map(({ id }) => id))];
}

/** Everything that was said about an answer. */
export async function dropFeedbackOn(tx: Tx, team: TeamId, answer: string): Promise<void> {
  await tx.deleteFrom('reviews').where('team', '=', team).where('answer', '=', answer).execute();
  await tx.deleteFrom('self_ratings').where('team', '=', team).where('answer', '=', answer).execute();
  await tx.deleteFrom('results').where('team', '=', team).where('answer', '=', answer).execute();
}
