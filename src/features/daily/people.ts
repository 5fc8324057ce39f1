/** What the daily question keeps about a person: to hand over, and to forget. */
import type { PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { findRound } from '../../store/rounds.ts';
import { answersOfPerson, begunBy, forgetTraces } from './queries.ts';
import { removeAnswer } from './record.ts';

export async function exportPerson(person: PersonId, turn: Turn): Promise<Readonly<Record<string, unknown>>> {
  const answers = await answersOfPerson(turn.tx, turn.team.id, person);
  const asked = await Promise.all(answers.map(({ round }) => findRound(turn.tx, turn.team.id, round)));
  return {
    answers: answers.map((answer, i) => ({
      date: asked[i]?.local_date,
      question: asked[i]?.title,
      level: answer.level,
      text: answer.text,
      given: answer.source,
      at: answer.at,
      edited: answer.edited,
      late: answer.late === 1,
    })),
    begun: await begunBy(turn.tx, turn.team.id, person),
  };
}

export async function erasePerson(person: PersonId, turn: Turn): Promise<void> {
  for (const answer of await answersOfPerson(turn.tx, turn.team.id, person)) {
    const round = await findRound(turn.tx, turn.team.id, answer.round);
    if (round) await removeAnswer(turn, round, answer, true);
  }
  for (const { round } of await begunBy(turn.tx, turn.team.id, person))
    await turn.unwake('remind', `${round} ${person}`);
  await forgetTraces(turn.tx, turn.team.id, person);
}
