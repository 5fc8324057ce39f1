/** The moments of a mock: one nudge at the end of a question's time, a pause after an idle day, an end after two idle weeks. */
import { small } from '../../chat/card.ts';
import { t } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { move } from './move.ts';
import { changeMock } from './queries.ts';
import { isUnderway, isOver } from './states.ts';
import { editPost, openPost, placeOf, talkOf } from './talk.ts';
import { openingOf } from './open.ts';
import { openingCard } from './views.ts';

/** Subject: the mock and the question. Once, and never a cut-off. */
export async function nudge(subject: string, turn: Turn): Promise<void> {
  const [id = '', n = ''] = subject.split(':');
  const talk = await talkOf(turn, id);
  if (!talk || talk.mock.nudge_at === null || talk.mock.question !== Number(n)) return;
  await changeMock(turn.tx, talk.mock, { nudge_at: null });
  await turn.send({
    kind: 'post',
    name: `mock:nudge:${id}:${n}`,
    to: placeOf(talk.mock),
    message: {
      blocks: [small(t`That is about the time for question ${n}. Finish your thought; nothing is cut off.`)],
    },
  });
}

export async function idle(id: string, turn: Turn): Promise<void> {
  const talk = await talkOf(turn, id);
  if (!talk || isOver(talk.mock) || talk.mock.paused === 1) return;
  if (isUnderway(talk.mock)) {
    await move(turn, talk, 'pause', 'idle');
    return;
  }
  await move(turn, talk, 'stop');
  await editPost(
    turn,
    openPost(talk.mock),
    openingCard({
      ...openingOf(turn, talk),
      ended: `Not begun for a day, so it is closed; nothing was kept. /${turn.words.mock} begins another.`,
    }),
  );
}

export async function abandon(id: string, turn: Turn): Promise<void> {
  const talk = await talkOf(turn, id);
  if (talk && talk.mock.paused === 1 && !isOver(talk.mock)) await move(turn, talk, 'stop');
}
