/** Taking an answer in, from wherever it came, and letting the card and the thread follow. */
import type { Instant } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { wasSent } from '../../store/posts.ts';
import { type Answer, answerBy, type Round } from '../../store/rounds.ts';
import { answerMessage } from './answer-views.ts';
import { changeRound, dropAnswer, saveAnswer } from './queries.ts';
import { aroundOf } from './round.ts';
import { answerPost, isPublic, roundPost } from './rules.ts';
import { questionCard } from './views.ts';

export interface Given extends Pick<Answer, 'person' | 'level' | 'text' | 'source' | 'ref' | 'chosen'> {
  /** When the person gave it: a reply may reach us after the close although it was written before. */
  readonly at: Instant;
}

/** One answer a round and person: this one replaces an earlier one. */
export async function recordAnswer(turn: Turn, round: Round, given: Given): Promise<Answer> {
  const before = await answerBy(turn.tx, turn.team.id, round.id, given.person);
  // From the thread to the form the answer gets a post of its own, which no earlier one may have used up.
  if (before?.source === 'thread' && given.source === 'form') await dropAnswer(turn.tx, before);
  const answer = await saveAnswer(turn.tx, {
    ...given,
    id: turn.newId(),
    team: turn.team.id,
    round: round.id,
    at: before?.at ?? given.at,
    edited: before ? given.at : null,
    late: given.at >= round.closes ? 1 : 0,
    carried: 0,
  });
  await followInThread(turn, round, answer);
  await refreshCard(turn, round);
  if (round.state === 'closed' && !before) await turn.tell({ kind: 'answer-late', round: round.id, answer: answer.id });
  return answer;
}

/** An answer given by the form stands in the thread in our words; one written in the thread stands there already. */
export async function followInThread(turn: Turn, round: Round, answer: Answer): Promise<void> {
  const name = answerPost(answer.id);
  if (answer.source === 'thread') return removePost(turn, answer);
  if (!isPublic(round) || isGone(round)) return;
  const message = answerMessage(answer);
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'edit', name, message });
  else await turn.send({ kind: 'post', name, to: { in: 'thread', under: roundPost(round) }, message });
}

async function removePost(turn: Turn, answer: Pick<Answer, 'id'>): Promise<void> {
  const name = answerPost(answer.id);
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'remove', name });
}

/** Somebody deleted its question, or its channel is gone: there is nothing left to edit or to write under. */
const isGone = (round: Round): boolean => round.reason !== null;

export async function refreshCard(turn: Turn, round: Round): Promise<void> {
  if (isGone(round)) return;
  await turn.send({ kind: 'edit', name: roundPost(round), message: questionCard(round, await aroundOf(turn, round)) });
}

/** Take an answer back: its row, its post, its requests for feedback. `leaving`: its author leaves, and the number on the card stays. */
export async function removeAnswer(turn: Turn, round: Round, answer: Answer, leaving: boolean): Promise<void> {
  await turn.tell({ kind: 'answer-removed', round: round.id, answer: answer.id, leaving });
  await dropAnswer(turn.tx, answer);
  await removePost(turn, answer);
  if (leaving) await changeRound(turn.tx, round, { erased: round.erased + 1 });
  else await refreshCard(turn, round);
}
