/** What feedback keeps about a person: handed out to them, or forgotten. What they gave stays with its reader, unlinked. */
import type { PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { askPost, removePost } from './ask.ts';
import { changeReview, forgetReview, givenBy, reviewsOf } from './queries.ts';
import { dropFeedbackOn, feedbackAnswersOf, findResult, findSelf } from './result-queries.ts';
import { consider, heldPost, resultPost, selfPost, showAgain } from './results.ts';
import { readScores } from './rubric.ts';

/** Received feedback is handed out once its result was; never who gave it. */
export async function exportPerson(person: PersonId, turn: Turn): Promise<Readonly<Record<string, unknown>>> {
  const { tx, team } = turn;
  const given = await givenBy(tx, team.id, person);
  const received = [];
  for (const answer of await feedbackAnswersOf(tx, team.id, person)) received.push(await receivedOn(turn, answer));
  return {
    feedbackGiven: given.map(({ state, assigned, done, scores, keep, change, signed }) => ({
      state,
      assigned,
      done,
      scores: readScores(scores),
      keep,
      change,
      signed,
    })),
    feedbackReceived: received,
  };
}

async function receivedOn(turn: Turn, answer: string): Promise<Record<string, unknown>> {
  const result = await findResult(turn.tx, turn.team.id, answer);
  const self = await findSelf(turn.tx, turn.team.id, answer);
  const reviews = result ? await reviewsOf(turn.tx, turn.team.id, answer) : [];
  return {
    answer,
    ownRating: self ? (JSON.parse(self.scores) as unknown) : null,
    published: result?.published ?? null,
    nextTime: result?.next_time ?? null,
    reviews: reviews
      .filter(({ state }) => state === 'done')
      .map(({ letter, scores, keep, change, signed }) => ({
        letter,
        scores: readScores(scores),
        keep,
        change,
        signed,
      })),
  };
}

export async function erasePerson(person: PersonId, turn: Turn): Promise<void> {
  const { tx, team } = turn;
  for (const answer of await feedbackAnswersOf(tx, team.id, person)) {
    for (const review of await reviewsOf(tx, team.id, answer)) await removePost(turn, askPost(review.id));
    for (const name of [resultPost(answer), selfPost(answer), heldPost(answer)]) await removePost(turn, name);
    await turn.unwake('publish', answer);
    await dropFeedbackOn(tx, team.id, answer);
  }
  for (const review of await givenBy(tx, team.id, person)) {
    await removePost(turn, askPost(review.id));
    if (review.state !== 'done') await forgetReview(tx, review);
    else await changeReview(tx, review, { reviewer: null, signed: null });
    // A name under a result that is out goes too, and nobody waits for what will not come.
    if (review.signed !== null) await showAgain(turn, review.answer);
    await consider(turn, review.answer);
  }
}
