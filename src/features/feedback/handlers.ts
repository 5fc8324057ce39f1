/** What a reviewer does with a request: read it, review it, change or sign it, or hand it on. */
import type { Of } from '../../chat/incoming.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { type Answer, findAnswer, findRound, type Round } from '../../store/rounds.ts';
import { freeLetter } from './anonymity.ts';
import { askMore, askPost, editPost, freeReview, isLive } from './ask.ts';
import { type Comment, problemWith, readComment, verdictIn } from './comment.ts';
import { reviewForm } from './forms.ts';
import { changeReview, findReview, findWindow, type Review, reviewsOf, type Window } from './queries.ts';
import { findResult } from './result-queries.ts';
import { consider, considerOwn } from './results.ts';
import { levelOf } from '../../rubric/lens.ts';
import { readScores, type Scores } from './rubric.ts';
import { endOf, scoresIn } from './rules.ts';
import { givenCard, on, pageCard, stepsCard, titled } from './views.ts';

interface Mine {
  readonly review: Review;
  readonly answer: Answer;
  /** The round the answer was given in. */
  readonly round: Round;
  readonly window: Window;
}

/** The review an action is about, if it was asked of this person and its answer is still there. */
async function mineOf(event: Of<'press' | 'submit'>, turn: Turn, id = event.on.subject): Promise<Mine> {
  const { tx, team } = turn;
  const review = await findReview(tx, team.id, id);
  if (!review)
    throw new Refusal(
      t`That request is no longer here. *Give feedback* under the question shows what is open for you.`,
    );
  if (review.reviewer !== event.from.id)
    throw new Refusal(t`That review was asked of somebody else. *Give feedback* under the question finds one for you.`);
  const answer = await findAnswer(tx, team.id, review.answer);
  const round = answer && (await findRound(tx, team.id, answer.round));
  const window = await findWindow(tx, team.id, review.round);
  if (!answer || !round || !window)
    throw new Refusal(
      t`Its author has taken that answer back, so there is nothing left to review. Thank you all the same.`,
    );
  return { review, answer, round, window };
}

/** Refuses what the author could no longer read. */
async function mustBeOpen(turn: Turn, { review, window }: Mine): Promise<void> {
  const result = await findResult(turn.tx, turn.team.id, review.answer);
  if (result && review.state === 'done')
    throw new Refusal(t`The author has your feedback already, so it stays as it is. Thank you for it.`);
  if (turn.now > endOf(window) || result?.edited === 1)
    throw new Refusal(
      t`The time for this review is over, and its author has the result. The next round brings new ones.`,
    );
}

export const openReview: Handler<'press'> = async (event, turn) => {
  const mine = await mineOf(event, turn);
  await mustBeOpen(turn, mine);
  const { review, answer, round } = mine;
  const isGiven = review.state === 'done';
  const comment: Comment = { keep: review.keep ?? '', change: review.change ?? '' };
  const form = reviewForm({
    review: review.id,
    skill: round.skill,
    level: levelOf(answer.level),
    answer: answer.text,
    ...(isGiven ? { earlier: { scores: readScores(review.scores), comment } } : {}),
  });
  return { kind: 'ask', form };
};

export const giveReview: Handler<'submit'> = async (event, turn) => {
  const mine = await mineOf(event, turn);
  await mustBeOpen(turn, mine);
  const rated = scoresIn(event.values);
  if ('missing' in rated)
    return { kind: 'reject', field: rated.missing, problem: 'Choose the step that fits best, or “Can’t tell”.' };
  const comment = readComment(event.values['comment'] ?? '');
  const problem = problemWith(comment, mine.answer.text);
  if (problem !== undefined) return { kind: 'reject', field: 'comment', problem };

  await saveReview(turn, mine, rated.scores, comment);
  const card = givenCard({ ...mine.review, title: mine.round.title });
  await editPost(turn, askPost(mine.review.id), card);
  await consider(turn, mine.answer.id);
  await considerOwn(turn, event.from.id, mine.window.round);
  const verdict = verdictIn(comment);
  const hint = t`Kept. One thought: “${verdict ?? ''}” can sound like a verdict on the person. Naming the moment and what to try instead is easier to take; *Change it* lets you rephrase.`;
  return {
    kind: 'show',
    message: { ...card, blocks: [...(verdict ? [{ kind: 'text' as const, text: hint }] : []), ...card.blocks] },
  };
};

async function saveReview(turn: Turn, { review, window }: Mine, scores: Scores, comment: Comment): Promise<void> {
  const others = (await reviewsOf(turn.tx, turn.team.id, review.answer)).filter(({ id }) => id !== review.id);
  const taken = others.filter(isLive).map(({ letter }) => letter);
  await changeReview(turn.tx, review, {
    state: 'done',
    done: turn.now,
    late: turn.now > window.closes ? 1 : 0,
    // Somebody else may have got the letter while this request was handed on.
    letter: taken.includes(review.letter) ? freeLetter(taken) : review.letter,
    scores: JSON.stringify(scores),
    keep: comment.keep,
    change: comment.change,
  });
}

const setSigned =
  (isSigned: boolean): Handler<'press'> =>
  async (event, turn) => {
    const mine = await mineOf(event, turn);
    await mustBeOpen(turn, mine);
    if (mine.review.state !== 'done') throw new Refusal(t`Give the review first; then you may put your name under it.`);
    const signed = isSigned ? event.from.name : null;
    await changeReview(turn.tx, mine.review, { signed });
    const card = givenCard({ ...mine.review, signed, title: mine.round.title });
    await editPost(turn, askPost(mine.review.id), card);
    return {
      kind: 'say',
      text: isSigned ? t`Signed: the author will read your name beside your words.` : t`Your name is off it again.`,
    };
  };

export const signReview = setSigned(true);
export const unsignReview = setSigned(false);

export const handOn: Handler<'press'> = async (event, turn) => {
  const mine = await mineOf(event, turn);
  const { review, answer, round, window } = mine;
  if (review.state === 'done')
    return { kind: 'say', text: t`You have given this review already. Nothing is left to hand on.` };
  if (review.state === 'freed') return { kind: 'say', text: t`It has been handed on already. All is well.` };
  await freeReview(turn, review, 'declined', round.title);
  if (window.state === 'open') await askMore(turn, window, answer, { want: 1 });
  await consider(turn, answer.id);
  return { kind: 'say', text: t`Thank you for saying so. Somebody else is asked where there is somebody.` };
};

/** Subject: the review and a page, `<review>:<page>`. */
export const readAnswer: Handler<'press'> = async (event, turn) => {
  const [id = '', page = '0'] = event.on.subject.split(':');
  const { review, answer, round } = await mineOf(event, turn, id);
  const read = { title: titled('The answer', round.title), text: answer.text, page: Number(page) || 0 };
  const message = pageCard(read, (next) => on('read', `${review.id}:${next}`), [
    { label: 'What the steps mean', on: on('steps', review.id) },
    { label: 'Review', on: on('review', review.id), style: 'primary' },
  ]);
  return { kind: 'show', message };
};

export const showSteps: Handler<'press'> = async (event, turn) => {
  const { review, answer } = await mineOf(event, turn);
  return { kind: 'show', message: stepsCard(levelOf(answer.level), review.id) };
};
