/** The moments of a review window: the nudge, handing on what nobody began, the close, and the end of late reviews. */
import type { PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { findAnswer, findRound } from '../../store/rounds.ts';
import { answersIn, askMore, askPost, editPost, freeReview, zoneOf } from './ask.ts';
import { changeReview, closeWindow, findWindow, type Review, reviewsIn, reviewsOf } from './queries.ts';
import { findResult } from './result-queries.ts';
import { consider } from './results.ts';
import { nudgeCard, overCard } from './views.ts';

async function titleOf(turn: Turn, review: Review): Promise<string> {
  const answer = await findAnswer(turn.tx, turn.team.id, review.answer);
  const round = answer && (await findRound(turn.tx, turn.team.id, answer.round));
  return round?.title ?? '';
}

/** Half of the window: one DM to each person with something open. */
export async function nudge(subject: string, turn: Turn): Promise<void> {
  const window = await findWindow(turn.tx, turn.team.id, subject);
  const round = window && (await findRound(turn.tx, turn.team.id, window.round));
  if (!window || !round || turn.now >= window.closes) return;
  const open = (await reviewsIn(turn.tx, turn.team.id, window.round)).filter(
    ({ state, nudged, reviewer }) => state === 'asked' && nudged === 0 && reviewer !== null,
  );
  for (const [person, reviews] of Map.groupBy(open, ({ reviewer }) => reviewer as PersonId)) {
    const listed = [];
    for (const review of reviews) {
      listed.push({ id: review.id, title: await titleOf(turn, review) });
      await changeReview(turn.tx, review, { nudged: 1 });
    }
    const zone = await zoneOf(turn, person, round);
    await turn.send(
      {
        kind: 'post',
        name: `feedback:nudge:${window.round}:${person}`,
        to: { in: 'dm', person },
        message: nudgeCard(listed, window.closes, zone),
      },
      { expires: window.closes },
    );
  }
}

/** 85 %: what nobody began goes to somebody who has time; where there is nobody, it stays where it is. */
export async function reassign(subject: string, turn: Turn): Promise<void> {
  const window = await findWindow(turn.tx, turn.team.id, subject);
  if (!window || turn.now >= window.closes) return;
  for (const id of await answersIn(turn, window)) {
    const answer = await findAnswer(turn.tx, turn.team.id, id);
    if (!answer || (await findResult(turn.tx, turn.team.id, id))) continue;
    const before = await reviewsOf(turn.tx, turn.team.id, id);
    // Somebody who was asked just now, a volunteer, has not let anything lie.
    const fresh = before.filter(({ state, assigned }) => state === 'asked' && assigned >= turn.now);
    const lying = before.filter(({ state, assigned }) => state === 'asked' && assigned < turn.now);
    const done = before.filter(({ state }) => state === 'done').length;
    if (before.length === 0 && answer.carried === 1) continue;
    const want = window.reviewers - done - fresh.length;
    const found = await askMore(turn, window, answer, { want, prompt: true });
    const spare = Math.max(0, lying.length + found - want);
    for (const review of lying.slice(0, Math.min(found, spare)))
      await freeReview(turn, review, 'time', await titleOf(turn, review));
  }
}

/** The window is over: results go out with what there is. */
export async function close(subject: string, turn: Turn): Promise<void> {
  const window = await findWindow(turn.tx, turn.team.id, subject);
  if (!window) return;
  await closeWindow(turn.tx, window);
  for (const id of await answersIn(turn, window)) await consider(turn, id);
}

/** Late reviews are over too: what is still open is let go, and what came late is shown. */
export async function end(subject: string, turn: Turn): Promise<void> {
  const window = await findWindow(turn.tx, turn.team.id, subject);
  if (!window) return;
  for (const review of await reviewsIn(turn.tx, turn.team.id, window.round)) {
    if (review.state !== 'asked') continue;
    await changeReview(turn.tx, review, { state: 'freed' });
    await editPost(turn, askPost(review.id), overCard(await titleOf(turn, review)));
  }
  for (const id of await answersIn(turn, window)) await consider(turn, id);
}
