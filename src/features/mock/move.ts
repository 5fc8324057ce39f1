/** One step on: the old card ends, the row says where it stands, the next card is posted, its timers are set. */
import { t } from '../../chat/text.ts';
import { between, plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import { finish } from './finish.ts';
import { sendPanels } from './panel.ts';
import { changeMock, changeQuestion } from './queries.ts';
import { ABANDONED_MS, budgetMs, IDLE_MS } from './rules.ts';
import { scoresOf } from './score-queries.ts';
import { weakestOf } from './scores.ts';
import { type Deed, isOver, isUnderway, type Mock, type Standing, step } from './states.ts';
import {
  answeredIn,
  cardOf,
  editPost,
  keptPost,
  levelIn,
  pausePost,
  placeOf,
  planOf,
  stepOf,
  type Talk,
} from './talk.ts';
import { keptLine, pausedCard, stepCard } from './views.ts';

const NOT_NOW = t`That step is behind you already. The newest card shows where you are.`;
const PAUSED = t`The interview is paused. *Resume* goes on where you were.`;

/** Refuses what cannot be done where the mock stands. */
export async function move(turn: Turn, talk: Talk, deed: Deed, why: 'asked' | 'idle' = 'asked'): Promise<Talk> {
  const { mock } = talk;
  const next = step(mock, deed, planOf(talk));
  if (!next) throw new Refusal(mock.paused === 1 && !isOver(mock) ? PAUSED : NOT_NOW);
  await endCard(turn, talk, deed);
  const moved: Talk = { ...talk, mock: { ...mock, ...(await changesFor(turn, talk, next, deed)) } };
  await changeMock(turn.tx, mock, moved.mock);
  await noteQuestion(turn, talk, moved.mock, deed);
  if (isOver(next)) {
    await clearTimers(turn, moved.mock);
    await finish(turn, moved);
    return moved;
  }
  await openCard(turn, moved, why);
  await setTimers(turn, mock, moved.mock);
  return moved;
}

const ENDED: Readonly<Record<Deed, string>> = {
  accept: '',
  begin: '',
  answer: 'Answered.',
  skip: 'Skipped.',
  rate: 'Rated.',
  'leave unrated': 'Left unrated.',
  reflect: 'Kept.',
  pause: 'Paused here.',
  resume: '',
  stop: 'Ended here.',
};

async function endCard(turn: Turn, talk: Talk, deed: Deed): Promise<void> {
  const { mock } = talk;
  if (!isUnderway(mock)) return;
  if (mock.paused === 1) return editPost(turn, pausePost(mock), pausedCard(mock, 'over'));
  await editPost(turn, cardOf(mock), stepCard(stepOf(talk, ENDED[deed])));
  await editPost(turn, keptPost(mock), keptLine());
}

/** What the row says after the step, beside where it stands: its clock, and what it found out. */
async function changesFor(turn: Turn, talk: Talk, next: Standing, deed: Deed): Promise<Partial<Mock>> {
  const { mock } = talk;
  const { now } = turn;
  const clock = clockAfter(mock, next, deed, turn);
  const begun = deed === 'begin' ? { begun: now } : {};
  const pauses = deed === 'pause' ? { pauses: mock.pauses + 1 } : {};
  const ended = isOver(next) ? { ended: now } : {};
  const scores = next.stage === 'replaying' ? await scoresOf(turn.tx, turn.team.id, mock.id) : [];
  const replayed = next.stage === 'replaying' && { replayed: weakestOf(scores, answeredIn(talk)) ?? 0 };
  return { ...next, ...clock, ...begun, ...pauses, ...ended, ...(mock.replayed === 0 && replayed ? replayed : {}) };
}

/** The question's clock runs from its card to its end, and stands still in a pause. */
function clockAfter(
  mock: Mock,
  next: Standing,
  deed: Deed,
  { now }: Turn,
): Pick<Mock, 'nudge_at' | 'left_ms'> | undefined {
  if (deed === 'pause')
    return { nudge_at: null, left_ms: mock.nudge_at === null ? null : Math.max(0, between(now, mock.nudge_at)) };
  if (deed === 'resume') return { nudge_at: mock.left_ms === null ? null : plus(now, mock.left_ms), left_ms: null };
  if (next.stage === 'answering' && next.question !== mock.question)
    return { nudge_at: plus(now, budgetMs(levelIn(mock), mock.minutes)), left_ms: null };
  const isSame = next.question === mock.question && isUnderway(next);
  return isSame ? undefined : { nudge_at: null, left_ms: null };
}

async function noteQuestion(turn: Turn, talk: Talk, after: Mock, deed: Deed): Promise<void> {
  const { mock } = talk;
  const at = { team: turn.team.id, mock: mock.id };
  if (mock.stage === 'answering' && mock.part === 0 && (deed === 'answer' || deed === 'skip'))
    await changeQuestion(
      turn.tx,
      { ...at, n: mock.question },
      deed === 'skip' ? { skipped: 1 } : { answered: turn.now },
    );
  if (after.stage === 'answering' && after.question !== mock.question)
    await changeQuestion(turn.tx, { ...at, n: after.question }, { asked: turn.now });
}

async function openCard(turn: Turn, talk: Talk, why: 'asked' | 'idle'): Promise<void> {
  const { mock } = talk;
  if (!isUnderway(mock)) return;
  const [name, message] =
    mock.paused === 1 ? [pausePost(mock), pausedCard(mock, why)] : [cardOf(mock), stepCard(stepOf(talk))];
  await turn.send({ kind: 'post', name, to: placeOf(mock), message });
  if (mock.stage === 'answering' && mock.part === 0) await sendPanels(turn, talk);
}

async function setTimers(turn: Turn, before: Mock, after: Mock): Promise<void> {
  if (before.nudge_at !== after.nudge_at || before.question !== after.question) {
    await turn.unwake('nudge', `${before.id}:${before.question}`);
    if (after.nudge_at !== null) await turn.wake('nudge', `${after.id}:${after.question}`, after.nudge_at);
  }
  await turn.unwake(after.paused === 1 ? 'idle' : 'abandon', after.id);
  if (after.paused === 1) await turn.wake('abandon', after.id, plus(turn.now, ABANDONED_MS));
  else await stayAwake(turn, after);
}

/** Somebody did something: it is not idle for another day. */
export const stayAwake = (turn: Turn, { id }: Pick<Mock, 'id'>): Promise<void> =>
  turn.wake('idle', id, plus(turn.now, IDLE_MS));

async function clearTimers(turn: Turn, mock: Mock): Promise<void> {
  for (const name of ['idle', 'abandon', 'absent', 'appointed']) await turn.unwake(name, mock.id);
  await turn.unwake('nudge', `${mock.id}:${mock.question}`);
}
