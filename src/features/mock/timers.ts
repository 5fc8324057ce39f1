/** The moments of a mock: one nudge at the end of a question's time, a pause after an idle day, an end after two idle weeks. */
import { small } from '../../chat/card.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import { move } from './move.ts';
import { changeMock } from './queries.ts';
import { isUnderway, isOver } from './states.ts';
import { editPost, openPost, placeOf, type Talk, talkOf } from './talk.ts';
import { openingOf } from './open.ts';
import { openingCard } from './opening-views.ts';
import { showWaiting } from './partner.ts';
import { callOff, openRoom } from './room.ts';

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
  if (talk.mock.kind === 'partner') return endUnbegun(turn, talk);
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

/** Nobody came together in a day. */
async function endUnbegun(turn: Turn, talk: Talk): Promise<void> {
  if (talk.mock.stage === 'opening')
    return callOff(turn, talk, t`It did not begin within a day, so it is closed; nothing was kept.`);
  await move(turn, talk, 'stop');
  await showWaiting(turn, talk.mock, t`Not everybody answered in time, so it is closed.`, false);
}

/** The agreed time has come: the room opens, unless one of them is in another interview. */
export async function appointed(id: string, turn: Turn): Promise<void> {
  const talk = await talkOf(turn, id);
  if (!talk || talk.mock.stage !== 'invited' || talk.mock.starts === null) return;
  try {
    await openRoom(turn, talk);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await showWaiting(turn, talk.mock, error.text, true);
  }
}

export async function abandon(id: string, turn: Turn): Promise<void> {
  const talk = await talkOf(turn, id);
  if (talk && talk.mock.paused === 1 && !isOver(talk.mock)) await move(turn, talk, 'stop');
}
