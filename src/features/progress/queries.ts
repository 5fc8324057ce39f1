/** Rows of a person's page, all bound to one team and one person. */
import type { Instant, PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

/** A review this person was asked for and has not given. */
export interface Owed {
  readonly id: string;
  readonly title: string;
  readonly closes: Instant | null;
}

/** An answer of theirs, and how many ratings it got once its result was shown. */
export interface LastAnswer {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  readonly text: string;
  readonly at: Instant;
  readonly ratings: number | null;
}

export const reviewsOwed = (tx: Tx, team: TeamId, reviewer: PersonId): Promise<Owed[]> =>
  tx
    .selectFrom('reviews')
    .innerJoin('rounds', 'rounds.id', 'reviews.round')
    .leftJoin('review_windows', 'review_windows.round', 'reviews.round')
    .select(['reviews.id', 'rounds.title', 'review_windows.closes'])
    .where('reviews.team', '=', team)
    .where('reviews.reviewer', '=', reviewer)
    .where('reviews.state', '=', 'asked')
    .orderBy('reviews.assigned')
    .orderBy('reviews.id')
    .execute();

export const lastAnswers = (tx: Tx, team: TeamId, person: PersonId, most: number): Promise<LastAnswer[]> =>
  tx
    .selectFrom('answers')
    .innerJoin('rounds', 'rounds.id', 'answers.round')
    .leftJoin('results', 'results.answer', 'answers.id')
    .select(['answers.id', 'rounds.title', 'answers.level', 'answers.text', 'answers.at', 'results.ratings'])
    .where('answers.team', '=', team)
    .where('answers.person', '=', person)
    .orderBy('answers.at', 'desc')
    .orderBy('answers.id', 'desc')
    .limit(most)
    .execute();

/** Their own words about what they will change, from the newest result that has any. */
export const lastIntention = (
  tx: Tx,
  team: TeamId,
  person: PersonId,
): Promise<Pick<Row<'results'>, 'next_time' | 'skill'> | undefined> =>
  tx
    .selectFrom('results')
    .select(['next_time', 'skill'])
    .where('team', '=', team)
    .where('person', '=', person)
    .where('next_time', 'is not', null)
    .where('next_time', '!=', '')
    .orderBy('published', 'desc')
    .orderBy('answer', 'desc')
    .executeTakeFirst();

export async function countAnswers(tx: Tx, team: TeamId, person: PersonId, since: Instant): Promise<number> {
  const { count } = await tx
    .selectFrom('answers')
    .select((e) => e.fn.countAll().as('count'))
    .where('team', '=', team)
    .where('person', '=', person)
    .where('at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function countReviews(tx: Tx, team: TeamId, reviewer: PersonId, since: Instant): Promise<number> {
  const { count } = await tx
    .selectFrom('reviews')
    .select((e) => e.fn.countAll().as('count'))
    .where('team', '=', team)
    .where('reviewer', '=', reviewer)
    .where('state', '=', 'done')
    .where('done', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The rounds among `rounds` that this person has answered. */
export async function answeredAmong(
  tx: Tx,
  team: TeamId,
  person: PersonId,
  rounds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (rounds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('answers')
    .select('round')
    .where('team', '=', team)
    .where('person', '=', person)
    .where('round', 'in', rounds)
    .execute();
  return new Set(rows.map(({ round }) => round));
}
