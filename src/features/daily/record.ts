/** Taking an answer in, from wherever it came, and letting the card and the thread follow. */
import type { Turn } from '../../core/feature.ts';
import type { Answer, Round } from '../../store/rounds.ts';
import { answerBy } from '../../store/rounds.ts';
import { wasSent } from '../../store/posts.ts';
import { changeRound, countAnswers, dropAnswer, saveAnswer } from './queries.ts';
import { answerPost, roundPost } from './rules.ts';
import { answerMessage, questionCard } from './views.ts';

export type Given = Pick<Answer, 'person' | 'level' | 'text' | 'source' | 'ref' | 'chosen'>;

/** One answer a round and person: this one replaces an earlier one. */
export async function recordAnswer(turn: Turn, round: Round, given: Given): Promise<Answer> {
  const before = await answerBy(turn.tx, turn.team.id, round.id, given.person);
  const late = round.state === 'open' ? 0 : 1;
  const answer = await saveAnswer(turn.tx, {
    ...given,
    id: turn.newId(),
    team: turn.team.id,
    round: round.id,
    at: turn.now,
    edited: null,
    late,
    carried: 0,
  });
  await followInThread(turn, round, answer);
  await refreshCard(turn, round);
  if (late === 1 && !before) await turn.tell({ kind: 'answer-late', round: round.id, answer: answer.id });
  return answer;
}

/** An answer given by the form stands in the thread in our words; one written in the thread stands there already. */
export async function followInThread(turn: Turn, round: Round, answer: Answer): Promise<void> {
  const name = answerPost(answer.id);
  const isOut = await wasSent(turn.tx, turn.team.id, name);
  if (answer.source === 'thread') {
    if (isOut) await turn.send({ kind: 'remove', name });
    return;
  }
  const isPublic = round.mode === 'open' || (round.state === 'closed' && round.after === 'publish');
  if (!isPublic) return;
  const message = answerMessage(answer);
  if (isOut) await turn.send({ kind: 'edit', name, message });
  else await turn.send({ kind: 'post', name, to: { in: 'thread', under: roundPost(round) }, message });
}

export async function refreshCard(turn: Turn, round: Round): Promise<void> {
  await turn.send({
    kind: 'edit',
    name: roundPost(round),
    message: questionCard(round, await countAnswers(turn.tx, round)),
  });
}

/** Take an answer back: its row, its post, its requests for feedback. `counts`: the number on the card stays. */
export async function removeAnswer(turn: Turn, round: Round, answer: Answer, counts: boolean): Promise<void> {
  await turn.tell({ kind: 'answer-removed', round: round.id, answer: answer.id });
  await dropAnswer(turn.tx, answer);
  if (await wasSent(turn.tx, turn.team.id, answerPost(answer.id)))
    await turn.send({ kind: 'remove', name: answerPost(answer.id) });
  const erased = counts ? round.erased + 1 : round.erased;
  if (counts) await changeRound(turn.tx, round, { erased });
  if (!counts) await refreshCard(turn, round);
}
