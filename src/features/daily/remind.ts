/** The one reminder, for people who asked for it and have not answered yet. */
import type { PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { answerBy, findRound } from '../../store/rounds.ts';
import { findBegun, noteReminded } from './queries.ts';
import { reminder } from './views.ts';

export async function remindOne(subject: string, turn: Turn): Promise<void> {
  const [id = '', who = ''] = subject.split(' ');
  const person = who as PersonId;
  const round = await findRound(turn.tx, turn.team.id, id);
  const begun = await findBegun(turn.tx, turn.team.id, id, person);
  if (!round || round.state !== 'open' || begun?.remind !== 1 || begun.reminded === 1) return;
  if (await answerBy(turn.tx, turn.team.id, id, person)) return;
  await noteReminded(turn.tx, begun);
  await turn.send(
    { kind: 'post', name: `daily:remind:${id}:${person}`, to: { in: 'dm', person }, message: reminder(round) },
    { expires: round.closes },
  );
}
