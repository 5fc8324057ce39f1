/** Rows of mock interviews. Every query is bound to its team. */
import type { Name, PersonId, Ref, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import type { Mock } from './states.ts';

export type Asked = Row<'mock_questions'>;
export type Words = Row<'mock_words'>;
export type Member = Row<'mock_people'>;

export const findMock = (tx: Tx, team: TeamId, id: string): Promise<Mock | undefined> =>
  tx.selectFrom('mocks').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

export async function addMock(tx: Tx, mock: Mock): Promise<void> {
  await tx.insertInto('mocks').values(mock).execute();
}

export async function changeMock(tx: Tx, mock: Pick<Mock, 'id' | 'team'>, set: Partial<Mock>): Promise<void> {
  await tx.updateTable('mocks').set(set).where('team', '=', mock.team).where('id', '=', mock.id).execute();
}

/** Take a person's one seat, or return undefined because they sit in another live mock. */
export const takeSeat = (tx: Tx, seat: Row<'mock_seats'>): Promise<Row<'mock_seats'> | undefined> =>
  tx
    .insertInto('mock_seats')
    .values(seat)
    .onConflict((c) => c.columns(['team', 'person']).doNothing())
    .returningAll()
    .executeTakeFirst();

export const seatOf = (tx: Tx, team: TeamId, person: PersonId): Promise<Row<'mock_seats'> | undefined> =>
  tx.selectFrom('mock_seats').selectAll().where('team', '=', team).where('person', '=', person).executeTakeFirst();

/** Everybody's seat in a mock, or the one of `person`. */
export async function freeSeats(tx: Tx, mock: Pick<Mock, 'id' | 'team'>, person?: PersonId): Promise<void> {
  await tx
    .deleteFrom('mock_seats')
    .where('team', '=', mock.team)
    .where('mock', '=', mock.id)
    .$if(person !== undefined, (q) => q.where('person', '=', person as PersonId))
    .execute();
}

export async function addMember(tx: Tx, member: Member): Promise<void> {
  await tx.insertInto('mock_people').values(member).execute();
}

/** The candidate first, then in the order of their roles. */
export const membersOf = (tx: Tx, team: TeamId, mock: string): Promise<Member[]> =>
  tx
    .selectFrom('mock_people')
    .selectAll()
    .where('team', '=', team)
    .where('mock', '=', mock)
    .orderBy('role')
    .orderBy('person')
    .execute();

export async function changeMember(
  tx: Tx,
  member: Pick<Member, 'mock' | 'team' | 'person'>,
  set: Partial<Member>,
): Promise<void> {
  await tx
    .updateTable('mock_people')
    .set(set)
    .where('team', '=', member.team)
    .where('mock', '=', member.mock)
    .where('person', '=', member.person)
    .execute();
}

export async function addQuestions(tx: Tx, questions: readonly Asked[]): Promise<void> {
  await tx
    .insertInto('mock_questions')
    .values([...questions])
    .execute();
}

export const questionsOf = (tx: Tx, team: TeamId, mock: string): Promise<Asked[]> =>
  tx.selectFrom('mock_questions').selectAll().where('team', '=', team).where('mock', '=', mock).orderBy('n').execute();

export async function changeQuestion(
  tx: Tx,
  of: Pick<Asked, 'team' | 'mock' | 'n'>,
  set: Partial<Asked>,
): Promise<void> {
  await tx
    .updateTable('mock_questions')
    .set(set)
    .where('team', '=', of.team)
    .where('mock', '=', of.mock)
    .where('n', '=', of.n)
    .execute();
}

/** Keep a message or a form's words; what comes again under the same id replaces what it said. */
export async function keepWords(tx: Tx, words: Words): Promise<void> {
  await tx
    .insertInto('mock_words')
    .values(words)
    .onConflict((c) => c.column('id').doUpdateSet({ text: words.text }))
    .execute();
}

export const wordsAt = (tx: Tx, team: TeamId, ref: Ref): Promise<Words | undefined> =>
  tx.selectFrom('mock_words').selectAll().where('team', '=', team).where('ref', '=', ref).executeTakeFirst();

export async function dropWords(tx: Tx, { team, id }: Pick<Words, 'team' | 'id'>): Promise<void> {
  await tx.deleteFrom('mock_words').where('team', '=', team).where('id', '=', id).execute();
}

/** All that was said in a mock, in its order. */
export const wordsOf = (tx: Tx, team: TeamId, mock: string): Promise<Words[]> =>
  tx
    .selectFrom('mock_words')
    .selectAll()
    .where('team', '=', team)
    .where('mock', '=', mock)
    .orderBy('n')
    .orderBy('part')
    .orderBy('at')
    .orderBy('id')
    .execute();

/** How often each question was asked this person in a mock or answered by them in a round. */
export async function timesAsked(tx: Tx, team: TeamId, person: PersonId): Promise<Map<string, number>> {
  const inMocks = await tx
    .selectFrom('mock_questions')
    .innerJoin('mocks', 'mocks.id', 'mock_questions.mock')
    .select('mock_questions.question')
    .where('mocks.team', '=', team)
    .where('mocks.candidate', '=', person)
    .where('mock_questions.asked', 'is not', null)
    .execute();
  const inRounds = await tx
    .selectFrom('answers')
    .innerJoin('rounds', 'rounds.id', 'answers.round')
    .select(['rounds.questions', 'answers.level'])
    .where('answers.team', '=', team)
    .where('answers.person', '=', person)
    .execute();
  const answered = inRounds.flatMap(({ questions, level }) =>
    (JSON.parse(questions) as { readonly level: string; readonly id: string }[])
      .filter((asked) => asked.level === level)
      .map(({ id }) => id),
  );
  const times = new Map<string, number>();
  for (const id of [...inMocks.map(({ question }) => question), ...answered]) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

/** Ratings by peers of this person's answers, with the skill each was about. */
export const ratingsBySkill = (tx: Tx, team: TeamId, person: PersonId) =>
  tx
    .selectFrom('results')
    .innerJoin('reviews', 'reviews.answer', 'results.answer')
    .select(['results.skill', 'reviews.scores'])
    .where('results.team', '=', team)
    .where('results.person', '=', person)
    .where('reviews.state', '=', 'done')
    .execute();

/** Names of everything the bot has said, or is about to say, in or about a mock. */
export async function postsOf(tx: Tx, team: TeamId, mock: string): Promise<Name[]> {
  const rows = await tx
    .selectFrom('outbox')
    .select('name')
    .where('team', '=', team)
    .where('kind', 'in', ['post', 'file'])
    .where('name', 'like', `mock:%${mock}%`)
    .orderBy('id')
    .execute();
  return rows.map(({ name }) => name);
}

/** Mocks of this person, as a candidate or otherwise, newest last. */
export const mocksWith = (tx: Tx, team: TeamId, person: PersonId): Promise<Mock[]> =>
  tx
    .selectFrom('mocks')
    .selectAll()
    .where('team', '=', team)
    .where((e) =>
      e.or([
        e('candidate', '=', person),
        e('id', 'in', e.selectFrom('mock_people').select('mock').where('team', '=', team).where('person', '=', person)),
      ]),
    )
    .orderBy('created')
    .orderBy('id')
    .execute();

/** A rater who leaves: their ratings lose their name, what was said of their interviewing goes. */
export async function unlinkMember(tx: Tx, mock: Pick<Mock, 'id' | 'team'>, person: PersonId): Promise<void> {
  await tx
    .deleteFrom('mock_people')
    .where('team', '=', mock.team)
    .where('mock', '=', mock.id)
    .where('person', '=', person)
    .execute();
  await tx
    .deleteFrom('mock_scores')
    .where('team', '=', mock.team)
    .where('mock', '=', mock.id)
    .where('about', '=', person)
    .execute();
  await tx
    .updateTable('mock_scores')
    .set({ rater: null })
    .where('team', '=', mock.team)
    .where('mock', '=', mock.id)
    .where('rater', '=', person)
    .execute();
}
