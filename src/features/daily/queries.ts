/** Rows of the daily question; the shared reads are in store/rounds.ts. */
import type { Asked } from '../../bank/deck.ts';
import type { Instant, PersonId, TeamId } from '../../chat/ids.ts';
import type { Answer, Round } from '../../store/rounds.ts';
import { askedIn } from '../../store/rounds.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

/** Record a date of a schedule, or return undefined because it already is. */
export const startRound = (tx: Tx, round: Round): Promise<Round | undefined> =>
  tx
    .insertInto('rounds')
    .values(round)
    .onConflict((c) => c.columns(['schedule', 'local_date']).doNothing())
    .returningAll()
    .executeTakeFirst();

export async function changeRound(tx: Tx, round: Pick<Round, 'id' | 'team'>, set: Partial<Round>): Promise<void> {
  await tx.updateTable('rounds').set(set).where('team', '=', round.team).where('id', '=', round.id).execute();
}

/** What the team was asked so far, oldest first: everything that was posted, over all its schedules. */
export async function askedSoFar(tx: Tx, team: TeamId): Promise<Asked[]> {
  const rows = await tx
    .selectFrom('rounds')
    .select(['skill', 'facet', 'questions'])
    .where('team', '=', team)
    .where('state', 'in', ['open', 'closed'])
    .orderBy('opened')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ skill: row.skill, facet: row.facet, questions: askedIn(row).map(({ id }) => id) }));
}

/** A person's one answer of a round: a later one takes the place of an earlier one and keeps its id. */
export async function saveAnswer(tx: Tx, answer: Answer): Promise<Answer> {
  return tx
    .insertInto('answers')
    .values(answer)
    .onConflict((c) =>
      c.columns(['round', 'person']).doUpdateSet({
        text: answer.text,
        level: answer.level,
        source: answer.source,
        ref: answer.ref,
        chosen: answer.chosen,
        edited: answer.at,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function changeAnswer(tx: Tx, answer: Pick<Answer, 'id' | 'team'>, set: Partial<Answer>): Promise<void> {
  await tx.updateTable('answers').set(set).where('team', '=', answer.team).where('id', '=', answer.id).execute();
}

export async function dropAnswer(tx: Tx, answer: Pick<Answer, 'id' | 'team'>): Promise<void> {
  await tx.deleteFrom('answers').where('team', '=', answer.team).where('id', '=', answer.id).execute();
}

export async function countAnswers(tx: Tx, round: Pick<Round, 'id' | 'team' | 'erased'>): Promise<number> {
  const row = await tx
    .selectFrom('answers')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('team', '=', round.team)
    .where('round', '=', round.id)
    .executeTakeFirstOrThrow();
  return Number(row.n) + round.erased;
}

export type Begun = Row<'begun'>;

export async function noteBegun(tx: Tx, begun: Begun): Promise<void> {
  await tx
    .insertInto('begun')
    .values(begun)
    .onConflict((c) => (begun.remind === 1 ? c.columns(['round', 'person']).doUpdateSet({ remind: 1 }) : c.doNothing()))
    .execute();
}

export const findBegun = (tx: Tx, team: TeamId, round: string, person: PersonId): Promise<Begun | undefined> =>
  tx
    .selectFrom('begun')
    .selectAll()
    .where('team', '=', team)
    .where('round', '=', round)
    .where('person', '=', person)
    .executeTakeFirst();

/** The last thing this person wanted to change in an answer on that skill. */
export const lastResolve = async (tx: Tx, team: TeamId, person: PersonId, skill: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('results')
      .select('next_time')
      .where('team', '=', team)
      .where('person', '=', person)
      .where('skill', '=', skill)
      .where('next_time', 'is not', null)
      .orderBy('published', 'desc')
      .executeTakeFirst()
  )?.next_time ?? undefined;

/** Everything a person has answered, oldest first. */
export const answersOfPerson = (tx: Tx, team: TeamId, person: PersonId): Promise<Answer[]> =>
  tx.selectFrom('answers').selectAll().where('team', '=', team).where('person', '=', person).orderBy('at').execute();

/** Rounds a person began to answer, or asked to be reminded of. */
export const begunBy = (tx: Tx, team: TeamId, person: PersonId): Promise<{ round: string; at: Instant }[]> =>
  tx
    .selectFrom('begun')
    .select(['round', 'at'])
    .where('team', '=', team)
    .where('person', '=', person)
    .orderBy('at')
    .orderBy('round')
    .execute();

export async function noteReminded(
  tx: Tx,
  { team, round, person }: Pick<Begun, 'team' | 'round' | 'person'>,
): Promise<void> {
  await tx
    .updateTable('begun')
    .set({ reminded: 1 })
    .where('team', '=', team)
    .where('round', '=', round)
    .where('person', '=', person)
    .execute();
}

/** Forget what a person began, and that they made schedules. */
export async function forgetTraces(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  await tx.deleteFrom('begun').where('team', '=', team).where('person', '=', person).execute();
  await tx
    .updateTable('schedules')
    .set({ creator: '' as PersonId })
    .where('team', '=', team)
    .where('creator', '=', person)
    .execute();
}
