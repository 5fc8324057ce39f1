/** Rows of peer feedback; rounds and answers are read in store/rounds.ts. Every query is bound to its team. */
import type { Instant, PersonId, TeamId } from '../../chat/ids.ts';
import type { Answer } from '../../store/rounds.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Review = Row<'reviews'>;
export type Window = Row<'review_windows'>;

/** Open a round's window, or return undefined because it already is. */
export const startWindow = (tx: Tx, window: Window): Promise<Window | undefined> =>
  tx
    .insertInto('review_windows')
    .values(window)
    .onConflict((c) => c.column('round').doNothing())
    .returningAll()
    .executeTakeFirst();

export const findWindow = (tx: Tx, team: TeamId, round: string): Promise<Window | undefined> =>
  tx.selectFrom('review_windows').selectAll().where('team', '=', team).where('round', '=', round).executeTakeFirst();

export async function closeWindow(tx: Tx, window: Pick<Window, 'team' | 'round'>): Promise<void> {
  await tx
    .updateTable('review_windows')
    .set({ state: 'closed' })
    .where('team', '=', window.team)
    .where('round', '=', window.round)
    .execute();
}

/** Ask for a review, or return undefined because this person was already asked about this answer. */
export const addReview = (tx: Tx, review: Review): Promise<Review | undefined> =>
  tx
    .insertInto('reviews')
    .values(review)
    .onConflict((c) => c.columns(['answer', 'reviewer']).doNothing())
    .returningAll()
    .executeTakeFirst();

export async function changeReview(tx: Tx, review: Pick<Review, 'id' | 'team'>, set: Partial<Review>): Promise<void> {
  await tx.updateTable('reviews').set(set).where('team', '=', review.team).where('id', '=', review.id).execute();
}

export const findReview = (tx: Tx, team: TeamId, id: string): Promise<Review | undefined> =>
  tx.selectFrom('reviews').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

export const reviewsOf = (tx: Tx, team: TeamId, answer: string): Promise<Review[]> =>
  tx
    .selectFrom('reviews')
    .selectAll()
    .where('team', '=', team)
    .where('answer', '=', answer)
    .orderBy('letter')
    .orderBy('id')
    .execute();

/** Every review asked for in a round's window. */
export const reviewsIn = (tx: Tx, team: TeamId, round: string): Promise<Review[]> =>
  tx.selectFrom('reviews').selectAll().where('team', '=', team).where('round', '=', round).orderBy('id').execute();

/** What a person was asked for in a window, as far as the answers still exist. */
export const reviewsBy = (tx: Tx, team: TeamId, reviewer: PersonId, round: string): Promise<Review[]> =>
  tx
    .selectFrom('reviews')
    .innerJoin('answers', 'answers.id', 'reviews.answer')
    .selectAll('reviews')
    .where('reviews.team', '=', team)
    .where('reviews.reviewer', '=', reviewer)
    .where('reviews.round', '=', round)
    .orderBy('reviews.id')
    .execute();

/** What a person was asked for and has not given, in windows that closed after `since` or are open; the most urgent first. */
export const openReviews = (tx: Tx, team: TeamId, reviewer: PersonId, since: Instant) =>
  tx
    .selectFrom('reviews')
    .innerJoin('review_windows', 'review_windows.round', 'reviews.round')
    .select(['reviews.id', 'reviews.answer', 'review_windows.opens', 'review_windows.closes'])
    .where('reviews.team', '=', team)
    .where('reviews.reviewer', '=', reviewer)
    .where('reviews.state', '=', 'asked')
    .where('review_windows.closes', '>', since)
    .orderBy('review_windows.closes')
    .orderBy('reviews.id')
    .execute();

/** A person's answers that are reviewed in a round's window: this round's, and older ones carried into it. */
export async function ownAnswersIn(tx: Tx, team: TeamId, person: PersonId, round: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('answers')
    .select('id')
    .where('team', '=', team)
    .where('person', '=', person)
    .where((e) =>
      e.or([
        e('round', '=', round),
        e.exists(
          e
            .selectFrom('reviews')
            .select('reviews.id')
            .whereRef('reviews.answer', '=', 'answers.id')
            .where('reviews.round', '=', round),
        ),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** How often each person was asked to review each other one, counting what they did not turn down. */
export async function pastPairs(tx: Tx, team: TeamId): Promise<(reviewer: string, author: string) => number> {
  const rows = await tx
    .selectFrom('reviews')
    .innerJoin('answers', 'answers.id', 'reviews.answer')
    .select(['reviews.reviewer', 'answers.person', (e) => e.fn.countAll().as('times')])
    .where('reviews.team', '=', team)
    .where('reviews.state', '!=', 'freed')
    .where('reviews.reviewer', 'is not', null)
    .groupBy(['reviews.reviewer', 'answers.person'])
    .execute();
  const times = new Map(rows.map((row) => [`${row.reviewer}\n${row.person}`, Number(row.times)]));
  return (reviewer, author) => times.get(`${reviewer}\n${author}`) ?? 0;
}

/** How many reviews each person was asked for since then. */
export async function recentLoad(tx: Tx, team: TeamId, since: Instant): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('reviews')
    .select(['reviewer', (e) => e.fn.countAll().as('times')])
    .where('team', '=', team)
    .where('assigned', '>=', since)
    .where('reviewer', 'is not', null)
    .groupBy('reviewer')
    .execute();
  return new Map(rows.map((row) => [row.reviewer ?? '', Number(row.times)]));
}

/** Answers of earlier rounds of a schedule that wait for somebody to review them. */
export const waitingAnswers = (tx: Tx, team: TeamId, schedule: string, since: Instant): Promise<Answer[]> =>
  tx
    .selectFrom('answers')
    .innerJoin('rounds', 'rounds.id', 'answers.round')
    .selectAll('answers')
    .where('answers.team', '=', team)
    .where('rounds.schedule', '=', schedule)
    .where('answers.carried', '=', 1)
    .where('answers.at', '>=', since)
    .where((e) =>
      e.not(e.exists(e.selectFrom('reviews').select('reviews.id').whereRef('reviews.answer', '=', 'answers.id'))),
    )
    .orderBy('answers.at')
    .orderBy('answers.id')
    .execute();

export async function carryAnswer(tx: Tx, answer: Pick<Answer, 'id' | 'team'>): Promise<void> {
  await tx
    .updateTable('answers')
    .set({ carried: 1 })
    .where('team', '=', answer.team)
    .where('id', '=', answer.id)
    .execute();
}

export const givenBy = (tx: Tx, team: TeamId, reviewer: PersonId): Promise<Review[]> =>
  tx
    .selectFrom('reviews')
    .selectAll()
    .where('team', '=', team)
    .where('reviewer', '=', reviewer)
    .orderBy('id')
    .execute();

export async function forgetReview(tx: Tx, review: Pick<Review, 'id' | 'team'>): Promise<void> {
  await tx.deleteFrom('reviews').where('team', '=', review.team).where('id', '=', review.id).execute();
}
