/** What an author does: rate the own answer before the result, read all of a comment, and decide what to change next time. */
import type { Of } from '../../chat/incoming.ts';
import { plainOf, t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { type Answer, findAnswer, findRound, type Round } from '../../store/rounds.ts';
import { editPost } from './ask.ts';
import { nextForm, selfForm } from './forms.ts';
import { reviewsOf } from './queries.ts';
import { changeResult, findResult, findSelf, saveSelf } from './result-queries.ts';
import { caseOf, consider, selfPost, showAgain, viewOf } from './results.ts';
import { ratedCard, resultCard, saidText } from './result-views.ts';
import { levelOf } from '../../rubric/lens.ts';
import { readScores } from './rubric.ts';
import { scoresIn } from './rules.ts';
import { fit, on, pageCard, words } from './views.ts';

/** Kept of what an author writes to themselves. */
const LONGEST_NOTE = 3000;

/** The answer an action is about, if it is this person's own. */
async function ownAnswer(
  event: Of<'press' | 'submit'>,
  turn: Turn,
  id = event.on.subject,
): Promise<{ readonly answer: Answer; readonly round: Round }> {
  const answer = await findAnswer(turn.tx, turn.team.id, id);
  const round = answer && (await findRound(turn.tx, turn.team.id, answer.round));
  if (!answer || !round) throw new Refusal(t`That answer is no longer here, and what belonged to it is gone with it.`);
  if (answer.person !== event.from.id) throw new Refusal(t`Only the person who gave an answer can see this.`);
  return { answer, round };
}

async function mustBeBefore(turn: Turn, answer: Answer): Promise<void> {
  if (await findResult(turn.tx, turn.team.id, answer.id))
    throw new Refusal(t`Your feedback is here already, so a rating of your own would no longer be independent of it.`);
}

export const openSelf: Handler<'press'> = async (event, turn) => {
  const { answer } = await ownAnswer(event, turn);
  await mustBeBefore(turn, answer);
  const earlier = await findSelf(turn.tx, turn.team.id, answer.id);
  const note = earlier && noteIn(earlier.scores);
  const form = selfForm({
    answer: answer.id,
    level: levelOf(answer.level),
    alone: (await reviewsOf(turn.tx, turn.team.id, answer.id)).length === 0,
    ...(earlier ? { earlier: readScores(earlier.scores) } : {}),
    ...(note === undefined ? {} : { note }),
  });
  return { kind: 'ask', form };
};

function noteIn(scores: string): string | undefined {
  const note: unknown = Reflect.get(JSON.parse(scores) as object, 'note');
  return typeof note === 'string' ? note : undefined;
}

export const rateSelf: Handler<'submit'> = async (event, turn) => {
  const { answer, round } = await ownAnswer(event, turn);
  await mustBeBefore(turn, answer);
  const rated = scoresIn(event.values);
  if ('missing' in rated)
    return { kind: 'reject', field: rated.missing, problem: 'Choose the step that fits best, or “Can’t tell”.' };
  const note = (event.values['note'] ?? '').trim().slice(0, LONGEST_NOTE);
  const scores = JSON.stringify(note === '' ? rated.scores : { ...rated.scores, note });
  await saveSelf(turn.tx, { answer: answer.id, team: turn.team.id, scores, at: turn.now });
  await editPost(turn, selfPost(answer.id), ratedCard(answer.id, round.title));
  await consider(turn, answer.id);
  const isOut = (await findResult(turn.tx, turn.team.id, answer.id)) !== undefined;
  const text = isOut
    ? t`Kept. Your peers’ feedback is in your direct messages now.`
    : t`Kept. It stands beside your peers’ ratings when their feedback comes.`;
  return { kind: 'say', text };
};

const NO_RESULT = t`There is no feedback on that answer yet.`;

/** The result once more, for whoever scrolled past it or cannot be written to. */
export const showResult: Handler<'press'> = async (event, turn) => {
  const { answer } = await ownAnswer(event, turn);
  const result = await findResult(turn.tx, turn.team.id, answer.id);
  const about = result && (await caseOf(turn, answer.id));
  if (!about) throw new Refusal(NO_RESULT);
  return { kind: 'show', message: resultCard(await viewOf(turn, about, result)) };
};

export const openNext: Handler<'press'> = async (event, turn) => {
  const { answer, round } = await ownAnswer(event, turn);
  const result = await findResult(turn.tx, turn.team.id, answer.id);
  if (!result) throw new Refusal(NO_RESULT);
  return { kind: 'ask', form: nextForm(answer.id, words(round.skill), result.next_time) };
};

export const keepNext: Handler<'submit'> = async (event, turn) => {
  const { answer, round } = await ownAnswer(event, turn);
  const result = await findResult(turn.tx, turn.team.id, answer.id);
  if (!result) throw new Refusal(NO_RESULT);
  const next = (event.values['next'] ?? '').trim().slice(0, LONGEST_NOTE);
  await changeResult(turn.tx, result, { next_time: next === '' ? null : next, shown: 0 });
  await showAgain(turn, answer.id);
  return {
    kind: 'say',
    text: next === '' ? t`Forgotten.` : t`Kept. You will see it again with the next question on ${words(round.skill)}.`,
  };
};

/** All of one reviewer's words. Subject: the answer, the letter and a page, `<answer>:<letter>:<page>`. */
export const readComment: Handler<'press'> = async (event, turn) => {
  const [id = '', letter = '', page = '0'] = event.on.subject.split(':');
  const { answer } = await ownAnswer(event, turn, id);
  const result = await findResult(turn.tx, turn.team.id, answer.id);
  const about = await caseOf(turn, answer.id);
  const view = result && about && (await viewOf(turn, about, result));
  const said = view?.said.find((one) => one.letter === letter);
  if (!said) throw new Refusal(NO_RESULT);
  const text = plainOf(saidText(said, Infinity).slice(1)).replaceAll('**', '').trim();
  const read = { title: fit(`Reviewer ${letter}`, 100), text, page: Number(page) || 0 };
  return { kind: 'show', message: pageCard(read, (next) => on('comment', `${answer.id}:${letter}:${next}`), []) };
};
