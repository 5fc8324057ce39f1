/** Rounds and answers: rows the daily question writes and feedback reads. Every query is bound to its team. */
import type { PersonId, Ref, TeamId } from '../chat/ids.ts';
import type { Row } from './schema.ts';
import type { Tx } from './store.ts';

export type Round = Row<'rounds'>;
export type Answer = Row<'answers'>;

/** One of a round's level variants, as asked. */
export interface Asked {
  readonly level: string;
  /** Id in the bank; the text stands even if the bank drops it. */
  readonly id: string;
  readonly text: string;
}

export const askedIn = (round: Pick<Round, 'questions'>): readonly Asked[] => JSON.parse(round.questions) as Asked[];

/** The variant for a level: its own, else the nearest below, else the nearest above. */
export function variantFor(asked: readonly Asked[], level: string, order: readonly string[]): Asked | undefined {
  const at = (name: string): number => order.indexOf(name);
  const below = asked.filter((one) => at(one.level) <= at(level)).toSorted((a, b) => at(b.level) - at(a.level));
  return below[0] ?? asked.toSorted((a, b) => at(a.level) - at(b.level))[0];
}

export const findRound = (tx: Tx, team: TeamId, id: string): Promise<Round | undefined> =>
  tx.selectFrom('rounds').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

/** What came of a schedule's local date; undefined while nothing did. */
export const roundOn = (tx: Tx, team: TeamId, schedule: string, date: string): Promise<Round | undefined> =>
  tx
    .selectFrom('rounds')
    .selectAll()
    .where('team', '=', team)
    .where('schedule', '=', schedule)
    .where('local_date', '=', date)
    .executeTakeFirst();

export const findAnswer = (tx: Tx, team: TeamId, id: string): Promise<Answer | undefined> =>
  tx.selectFrom('answers').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

export const answersOf = (tx: Tx, team: TeamId, round: string): Promise<Answer[]> =>
  tx
    .selectFrom('answers')
    .selectAll()
    .where('team', '=', team)
    .where('round', '=', round)
    .orderBy('at')
    .orderBy('id')
    .execute();

export const answerBy = (tx: Tx, team: TeamId, round: string, person: PersonId): Promise<Answer | undefined> =>
  tx
    .selectFrom('answers')
    .selectAll()
    .where('team', '=', team)
    .where('round', '=', round)
    .where('person', '=', person)
    .executeTakeFirst();

export const answerAt = (tx: Tx, team: TeamId, ref: Ref): Promise<Answer | undefined> =>
  tx.selectFrom('answers').selectAll().where('team', '=', team).where('ref', '=', ref).executeTakeFirst();

/** The round people may answer now, newest first; a team may have several channels. */
export const openRounds = (tx: Tx, team: TeamId): Promise<Round[]> =>
  tx
    .selectFrom('rounds')
    .selectAll()
    .where('team', '=', team)
    .where('state', '=', 'open')
    .orderBy('opened', 'desc')
    .orderBy('id', 'desc')
    .execute();
