/** A round closed: reviewers are assigned and asked, authors are asked to rate themselves, and the window's timers are set. */
import type { PersonId } from '../../chat/ids.ts';
import { plus } from '../../chat/world.ts';
import type { Fact, Turn } from '../../core/feature.ts';
import { plusWorkingDays } from '../../schedule/recurrence.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { activePeople } from '../../store/people.ts';
import { type Answer, answersOf, findAnswer, findRound, type Round } from '../../store/rounds.ts';
import { findSchedule } from '../../store/schedules.ts';
import { dealLetters } from './anonymity.ts';
import { assign } from './assignment.ts';
import { ask, askMore, askPost, removePost, zoneOf } from './ask.ts';
import {
  carryAnswer,
  changeReview,
  findWindow,
  forgetReview,
  pastPairs,
  recentLoad,
  reviewsOf,
  startWindow,
  waitingAnswers,
  type Window,
} from './queries.ts';
import { dropSelf, findResult } from './result-queries.ts';
import { considerOwn, heldPost, selfPost } from './results.ts';
import { selfCard } from './result-views.ts';
import { atLeastAfter, CARRY_MS, endOf, MEMBER_MS, momentIn, NUDGE_AT, reassignAt, WINDOW_DAYS } from './rules.ts';
import { keyOf } from '../../bank/order.ts';

/** The fact is told once a round; told again it finds the window open and does nothing. */
export async function roundClosed(fact: Extract<Fact, { kind: 'round-closed' }>, turn: Turn): Promise<void> {
  const round = await findRound(turn.tx, turn.team.id, fact.round);
  if (round) await openWindow(turn, round);
}

async function openWindow(turn: Turn, round: Round): Promise<Window | undefined> {
  const answers = await answersOf(turn.tx, turn.team.id, round.id);
  const since = plus(turn.now, -CARRY_MS);
  const waiting = await waitingAnswers(turn.tx, turn.team.id, round.schedule, since);
  if (answers.length === 0 && waiting.length === 0) return undefined;
  const window = await startWindow(turn.tx, {
    round: round.id,
    team: turn.team.id,
    opens: turn.now,
    closes: await closeOf(turn, round),
    reviewers: round.reviewers,
    give_first: round.give_first,
    state: 'open',
  });
  if (!window) return undefined;
  await turn.wake('nudge', round.id, momentIn(window, NUDGE_AT));
  await turn.wake('reassign', round.id, reassignAt(window, round.zone));
  await turn.wake('close', round.id, window.closes);
  await turn.wake('end', round.id, endOf(window));
  await askAll(turn, window, answers);
  for (const answer of waiting) await askMore(turn, window, answer, { want: window.reviewers });
  for (const answer of answers) await askSelf(turn, window, round, answer);
  return window;
}

/** The same local time, two working days later. */
async function closeOf(turn: Turn, round: Round) {
  const schedule = await findSchedule(turn.tx, turn.team.id, round.schedule);
  const wanted = schedule ? plusWorkingDays(await rhythmOf(schedule), turn.now, WINDOW_DAYS) : turn.now;
  return atLeastAfter(turn.now, wanted);
}

/** The circle of this round: its authors, and as many active members as are missing for k reviewers an answer. */
async function askAll(turn: Turn, window: Window, answers: readonly Answer[]): Promise<void> {
  const seed = `${turn.team.seed} ${window.round}`;
  const authors = answers.map(({ person }) => person);
  const others = await othersFor(turn, new Set(authors), seed);
  const past = await pastPairs(turn.tx, turn.team.id);
  const pairs = assign({ authors, others, k: window.reviewers, past, seed });
  const people = new Set(pairs.flatMap(({ reviewer, author }) => [reviewer, author])).size;
  for (const answer of answers) {
    const reviewers = pairs.filter(({ author }) => author === answer.person).map(({ reviewer }) => reviewer);
    const letters = dealLetters(reviewers.length, `${seed} ${answer.id}`);
    for (const [i, reviewer] of reviewers.entries()) {
      await ask(turn, window, { answer, reviewer: reviewer as PersonId, letter: letters[i] ?? 'A', people });
    }
  }
}

/** Active members without an answer, those asked least of late first. */
async function othersFor(turn: Turn, authors: ReadonlySet<string>, seed: string): Promise<string[]> {
  const since = plus(turn.now, -MEMBER_MS);
  const load = await recentLoad(turn.tx, turn.team.id, since);
  const active = await activePeople(turn.tx, turn.team.id, since, turn.now);
  const at = (id: string): number => load.get(id) ?? 0;
  return active
    .map(({ id }): string => id)
    .filter((id) => !authors.has(id))
    .toSorted((a, b) => at(a) - at(b) || keyOf(seed, a) - keyOf(seed, b));
}

/** Ask the author to rate their own answer; one nobody could be asked about is carried into the next round. */
async function askSelf(turn: Turn, window: Window, round: Round, answer: Answer): Promise<void> {
  const reviewers = (await reviewsOf(turn.tx, turn.team.id, answer.id)).length;
  if (reviewers === 0) await carryAnswer(turn.tx, answer);
  const zone = await zoneOf(turn, answer.person, round);
  const card = selfCard({ answer: answer.id, title: round.title, closes: window.closes, zone, reviewers });
  await turn.send(
    { kind: 'post', name: selfPost(answer.id), to: { in: 'dm', person: answer.person }, message: card },
    { expires: endOf(window) },
  );
}

/** Given after the close: reviewed in the same window while there is time, else with the next round. */
export async function answerLate(fact: Extract<Fact, { kind: 'answer-late' }>, turn: Turn): Promise<void> {
  const { tx, team } = turn;
  const round = await findRound(tx, team.id, fact.round);
  const answer = await findAnswer(tx, team.id, fact.answer);
  if (!round || !answer || answer.carried === 1) return;
  if ((await reviewsOf(tx, team.id, answer.id)).length > 0) return;
  const window = await findWindow(tx, team.id, round.id);
  if (!window) {
    await openWindow(turn, round);
    return;
  }
  if (turn.now < reassignAt(window, round.zone)) await askMore(turn, window, answer, { want: window.reviewers });
  await askSelf(turn, window, round, answer);
  await askForWaiting(turn, window, round, answer.person);
}

/** Somebody new took part: those who waited for a reader may have one now. */
async function askForWaiting(turn: Turn, window: Window, round: Round, person: PersonId): Promise<void> {
  if (turn.now >= reassignAt(window, round.zone)) return;
  const waiting = await waitingAnswers(turn.tx, turn.team.id, round.schedule, plus(turn.now, -CARRY_MS));
  for (const answer of waiting.filter((one) => one.person !== person)) {
    await askMore(turn, window, answer, { want: window.reviewers });
  }
}

/**
 * Taken back by its author: nobody is asked about it any more. What was already given still counts for who gave it; its words go,
 * unless the author has read them: with the answer gone nobody else ever may.
 */
export async function answerRemoved(fact: Extract<Fact, { kind: 'answer-removed' }>, turn: Turn): Promise<void> {
  const reviews = await reviewsOf(turn.tx, turn.team.id, fact.answer);
  const isRead = (await findResult(turn.tx, turn.team.id, fact.answer)) !== undefined;
  for (const review of reviews) {
    if (fact.leaving || review.state !== 'done') {
      await forgetReview(turn.tx, review);
      await removePost(turn, askPost(review.id));
    } else if (!isRead) {
      await changeReview(turn.tx, review, { scores: null, keep: null, change: null, signed: null });
    }
  }
  await turn.unwake('publish', fact.answer);
  await dropSelf(turn.tx, turn.team.id, fact.answer);
  await removePost(turn, selfPost(fact.answer));
  await removePost(turn, heldPost(fact.answer));
  for (const { reviewer, round } of reviews) if (reviewer !== null) await considerOwn(turn, reviewer, round);
}
