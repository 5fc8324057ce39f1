/** The close: sealed answers come out, a digest goes to the thread, reviewers can start, and the model answer can be asked for. */
import { LEVELS, type Level, type Question } from '../../bank/question.ts';
import type { Of } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { answersOf, askedIn, findRound, type Round, variantFor } from '../../store/rounds.ts';
import { digest, modelAnswer } from './close-views.ts';
import { changeRound, countAnswers } from './queries.ts';
import { followInThread, refreshCard } from './record.ts';
import { mustFindRound } from './round.ts';
import { levelNamed, roundPost } from './rules.ts';

export async function closeRound(subject: string, turn: Turn): Promise<void> {
  const found = await findRound(turn.tx, turn.team.id, subject);
  if (!found || found.state !== 'open') return;
  const round: Round = { ...found, state: 'closed', closed: turn.now };
  await changeRound(turn.tx, round, { state: 'closed', closed: turn.now });
  if (round.reason === null) await reveal(turn, round);
  await turn.tell({ kind: 'round-closed', round: round.id });
}

async function reveal(turn: Turn, round: Round): Promise<void> {
  const answers = round.mode === 'sealed' ? await answersOf(turn.tx, turn.team.id, round.id) : [];
  for (const answer of answers) await followInThread(turn, round, answer);
  await refreshCard(turn, round);
  await turn.send({
    kind: 'post',
    name: `daily:digest:${round.id}`,
    to: { in: 'thread', under: roundPost(round) },
    message: digest(round, await countAnswers(turn.tx, round), questionsIn(turn, round)),
  });
}

/** The questions a round asked that are still in the bank. */
const questionsIn = (turn: Turn, round: Round): Question[] =>
  askedIn(round)
    .map(({ id }) => turn.bank.get(id))
    .filter((question) => question !== undefined);

/** The model answer at one's own level, to the person who asked. */
export const showGood: Handler<'press'> = async (event, turn) =>
  showModel(event, turn, levelNamed((await turn.person(event.from.id))?.level));

export const showGoodOf: Handler<'choose'> = (event, turn) => showModel(event, turn, levelNamed(event.value));

async function showModel(
  event: Of<'press' | 'choose'>,
  turn: Turn,
  wanted: Level | undefined,
): Promise<Extract<AnswerTo['press'], { kind: 'show' }>> {
  const round = await mustFindRound(turn, event.on.subject);
  if (round.state !== 'closed') throw new Refusal(t`The model answer is shown when the round has closed.`);
  const known = questionsIn(turn, round);
  const asked = askedIn(round).filter(({ id }) => known.some((question) => question.id === id));
  const variant = variantFor(asked, wanted ?? asked[0]?.level ?? '', LEVELS);
  const question = known.find(({ id }) => id === variant?.id);
  if (!question) throw new Refusal(t`That question is no longer in the bank, so there is no model answer to show.`);
  const others = asked.map(({ level }) => level).filter((level) => level !== variant?.level);
  return { kind: 'show', message: modelAnswer(round, question, others) };
}
