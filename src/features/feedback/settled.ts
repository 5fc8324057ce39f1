/** A request that could not be delivered counts as handed on: somebody else is asked while there is time. */
import type { Settled, Turn } from '../../core/feature.ts';
import { findAnswer } from '../../store/rounds.ts';
import { askMore, askPost } from './ask.ts';
import { changeReview, findReview, findWindow } from './queries.ts';
import { consider } from './results.ts';

export async function requestSettled(post: Settled, turn: Turn): Promise<void> {
  const start = askPost('');
  if (post.kind !== 'post' || post.end === 'sent' || !post.name.startsWith(start)) return;
  const review = await findReview(turn.tx, turn.team.id, post.name.slice(start.length));
  if (review?.state !== 'asked') return;
  await changeReview(turn.tx, review, { state: 'freed' });
  const window = await findWindow(turn.tx, turn.team.id, review.round);
  const answer = await findAnswer(turn.tx, turn.team.id, review.answer);
  if (window?.state === 'open' && answer) await askMore(turn, window, answer, { want: 1 });
  await consider(turn, review.answer);
}
