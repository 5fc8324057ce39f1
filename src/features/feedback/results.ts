/** From reviews to a result: when it may be read, sending it to its author once, and amending it once for late reviews. */
import type { Name, PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { type Answer, findAnswer, findRound, type Round } from '../../store/rounds.ts';
import { editPost, peopleIn, removePost, zoneOf } from './ask.ts';
import { findWindow, ownAnswersIn, type Review, reviewsBy, reviewsOf, type Window } from './queries.ts';
import { changeResult, findResult, findSelf, type Result, startResult } from './result-queries.ts';
import { heldCard, resultCard, type ResultView } from './result-views.ts';
import { readScores } from './rubric.ts';
import { endOf, toGive, whenToPublish } from './rules.ts';

export const resultPost = (answer: string): Name => `feedback:result:${answer}`;
export const selfPost = (answer: string): Name => `feedback:self:${answer}`;
export const heldPost = (answer: string): Name => `feedback:held:${answer}`;

/** An answer with all that was said about it. */
export interface Case {
  readonly answer: Answer;
  readonly round: Round;
  readonly window: Window;
  readonly reviews: readonly Review[];
}

/** Undefined when the answer is gone, or nobody could be asked about it yet. */
export async function caseOf(turn: Turn, id: string): Promise<Case | undefined> {
  const { tx, team } = turn;
  const answer = await findAnswer(tx, team.id, id);
  if (!answer) return undefined;
  const reviews = await reviewsOf(tx, team.id, id);
  if (reviews.length === 0 && answer.carried === 1) return undefined;
  const round = await findRound(tx, team.id, answer.round);
  const window = await findWindow(tx, team.id, reviews[0]?.round ?? answer.round);
  return round && window ? { answer, round, window, reviews } : undefined;
}

const isDone = ({ state }: Review): boolean => state === 'done';
const isAsked = ({ state }: Review): boolean => state === 'asked';

/** Reviews this person still has to give in a window before they see their own result. */
export async function owedBy(turn: Turn, person: PersonId, window: Window): Promise<number> {
  if (window.give_first === 0) return 0;
  const mine = await reviewsBy(turn.tx, turn.team.id, person, window.round);
  return toGive(mine.length, mine.filter(isDone).length);
}

/** Publish, hold, amend or wait: whatever is due for this answer now. */
export async function consider(turn: Turn, id: string): Promise<void> {
  const about = await caseOf(turn, id);
  if (!about) return;
  const result = await findResult(turn.tx, turn.team.id, id);
  if (result) return amend(turn, about, result);
  const { answer, window, reviews } = about;
  const isSelfRated = (await findSelf(turn.tx, turn.team.id, id)) !== undefined;
  const owed = await owedBy(turn, answer.person, window);
  const verdict = whenToPublish({
    now: turn.now,
    closes: window.closes,
    asked: reviews.filter(isAsked).length,
    done: reviews.filter(isDone).length,
    isSelfRated,
    owed,
  });
  if (verdict.do === 'publish') return publish(turn, about);
  if (verdict.do === 'wait') return;
  await turn.wake('publish', id, verdict.until);
  const held = { answer: id, title: about.round.title, until: verdict.until, needsSelf: !isSelfRated, owed };
  const zone = await zoneOf(turn, answer.person, about.round);
  await turn.send({
    kind: 'post',
    name: heldPost(id),
    to: { in: 'dm', person: answer.person },
    message: heldCard({ ...held, zone, round: window.round }),
  });
}

/** What this person gave may be what their own results waited for. */
export async function considerOwn(turn: Turn, person: PersonId, round: string): Promise<void> {
  for (const id of await ownAnswersIn(turn.tx, turn.team.id, person, round)) await consider(turn, id);
}

async function publish(turn: Turn, about: Case): Promise<void> {
  const { answer, round, reviews } = about;
  const result = await startResult(turn.tx, {
    answer: answer.id,
    team: turn.team.id,
    person: answer.person,
    published: turn.now,
    ratings: reviews.filter(isDone).length,
    edited: 0,
    next_time: null,
    skill: round.skill,
    shown: 0,
  });
  if (!result) return;
  await turn.unwake('publish', answer.id);
  await removePost(turn, heldPost(answer.id));
  await turn.send({
    kind: 'post',
    name: resultPost(answer.id),
    to: { in: 'dm', person: answer.person },
    message: resultCard(await viewOf(turn, about, result)),
  });
}

/** Late reviews are added once: when none is awaited any more, or when their time is over. */
async function amend(turn: Turn, about: Case, result: Result): Promise<void> {
  const done = about.reviews.filter(isDone).length;
  const isWaiting = about.reviews.some(isAsked) && turn.now < endOf(about.window);
  if (result.edited === 1 || isWaiting || done <= result.ratings) return;
  await changeResult(turn.tx, result, { ratings: done, edited: 1 });
  await showAgain(turn, about.answer.id);
}

/** Write the result's message anew from what is stored. */
export async function showAgain(turn: Turn, id: string): Promise<void> {
  const about = await caseOf(turn, id);
  const result = await findResult(turn.tx, turn.team.id, id);
  if (about && result) await editPost(turn, resultPost(id), resultCard(await viewOf(turn, about, result)));
}

/** As the author sees it: letters, never who. */
export async function viewOf(turn: Turn, about: Case, result: Result): Promise<ResultView> {
  const { answer, round, window, reviews } = about;
  // What came after the result was sent waits for the one update, whatever else is rewritten meanwhile.
  const done = reviews.filter((one) => isDone(one) && (result.edited === 1 || (one.done ?? '') <= result.published));
  const self = await findSelf(turn.tx, turn.team.id, answer.id);
  const isLate = turn.now < endOf(window) && result.edited === 0 && reviews.some(isAsked);
  return {
    answer: answer.id,
    title: round.title,
    skill: round.skill,
    level: answer.level,
    said: done.map(({ letter, keep, change, signed }) => ({ letter, keep: keep ?? '', change: change ?? '', signed })),
    ratings: done.map(({ scores }) => readScores(scores)),
    ...(self ? { self: readScores(self.scores) } : {}),
    people: (await peopleIn(turn, window.round)).size,
    isUpdated: result.edited === 1,
    ...(isLate ? { lateUntil: endOf(window) } : {}),
    zone: await zoneOf(turn, answer.person, round),
    nextTime: result.next_time,
    retentionDays: turn.team.retention_days,
  };
}
