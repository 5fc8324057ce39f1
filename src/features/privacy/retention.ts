/** Retention: once a day, what is older than the team keeps is deleted; counts stay on the rounds. */
import type { Instant, TeamId } from '../../chat/ids.ts';
import { DAY, HOUR, plus } from '../../chat/world.ts';
import type { Fact, Turn } from '../../core/feature.ts';
import { dropMocks, oldMocks } from '../../store/mocks.ts';
import type { Tx } from '../../store/store.ts';
import { cutoff, withoutTexts } from './rules.ts';
import { sweepDiscussions } from './sweep-discussions.ts';
import { sweepMentorship } from './sweep-mentorship.ts';

const SUBJECT = 'team';

export const startSweeping = (_: Extract<Fact, { kind: 'installed' }>, turn: Turn): Promise<void> =>
  turn.wake('sweep', SUBJECT, plus(turn.now, HOUR));

export async function sweep(_: string, turn: Turn): Promise<void> {
  const before = cutoff(turn.now, turn.team.retention_days);
  await sweepAnswers(turn.tx, turn.team.id, before);
  await sweepRounds(turn.tx, turn.team.id, before);
  await dropMocks(turn.tx, turn.team.id, await oldMocks(turn.tx, turn.team.id, before));
  await sweepDiscussions(turn.tx, turn.team.id, before);
  await sweepMentorship(turn.tx, turn.team.id, before);
  await turn.wake('sweep', SUBJECT, plus(turn.now, DAY));
}

/** Old answers with everything said about them. An answer still under review stays until its window ends. */
async function sweepAnswers(tx: Tx, team: TeamId, before: Instant): Promise<void> {
  const old = await tx
    .selectFrom('answers')
    .leftJoin('review_windows', 'review_windows.round', 'answers.round')
    .select(['answers.id', 'answers.round'])
    .where('answers.team', '=', team)
    .where('answers.at', '<', before)
    .where((e) => e.or([e('review_windows.state', 'is', null), e('review_windows.state', '=', 'closed')]))
    .execute();
  for (const [round, ids] of Map.groupBy(old, (answer) => answer.round)) {
    await deleteAnswers(
      tx,
      team,
      ids.map(({ id }) => id),
    );
    await tx
      .updateTable('rounds')
      .set((e) => ({ erased: e('erased', '+', ids.length) }))
      .where('team', '=', team)
      .where('id', '=', round)
      .execute();
  }
}

async function deleteAnswers(tx: Tx, team: TeamId, ids: readonly string[]): Promise<void> {
  for (const table of ['reviews', 'self_ratings', 'results'] as const) {
    await tx.deleteFrom(table).where('team', '=', team).where('answer', 'in', ids).execute();
  }
  await tx.deleteFrom('answers').where('team', '=', team).where('id', 'in', ids).execute();
}

/** Old rounds keep their dates, their counts and which questions were asked; the words go. */
async function sweepRounds(tx: Tx, team: TeamId, before: Instant): Promise<void> {
  const old = await tx
    .selectFrom('rounds')
    .select(['id', 'questions'])
    .where('team', '=', team)
    .where('opened', '<', before)
    .where('state', '!=', 'open')
    .where('questions', 'not like', '%"text":""%')
    .where('questions', '!=', '[]')
    .execute();
  for (const { id, questions } of old) {
    await tx
      .updateTable('rounds')
      .set({ questions: withoutTexts(questions) })
      .where('team', '=', team)
      .where('id', '=', id)
      .execute();
  }
  await tx.deleteFrom('begun').where('team', '=', team).where('at', '<', before).execute();
  await tx.deleteFrom('versions').where('team', '=', team).where('at', '<', before).execute();
}
