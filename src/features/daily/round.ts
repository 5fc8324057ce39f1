/** Finding a round and what a handler needs to know about it. */
import type { Level } from '../../bank/question.ts';
import type { Instant, Name } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import { findRound, type Round, roundOn } from '../../store/rounds.ts';
import { findSchedule } from '../../store/schedules.ts';
import { countAnswers } from './queries.ts';
import { isTaken, levelsOf, roundNamed } from './rules.ts';
import type { Around } from './views.ts';

/** The round whose question this post is. */
export async function roundOf(turn: Turn, post: Name): Promise<Round | undefined> {
  const named = roundNamed(post);
  return named && roundOn(turn.tx, turn.team.id, named.schedule, named.date);
}

export async function mustFindRound(turn: Turn, id: string): Promise<Round> {
  const round = await findRound(turn.tx, turn.team.id, id);
  if (round && round.state !== 'missed') return round;
  throw new Refusal(t`That question is no longer here. \`/${turn.words.practice} today\` shows the open one.`);
}

export const OVER = 'This round is over. The next question is a good place to try it again.';

/** The round a button is about, while answers are taken. */
export async function takenRound(turn: Turn, id: string, at: Instant = turn.now): Promise<Round> {
  const round = await mustFindRound(turn, id);
  if (!isTaken(round, at)) throw new Refusal(t`${OVER}`);
  return round;
}

/** The lowest level its schedule asks for: assumed until a person chose their own. */
export async function lowestLevel(turn: Turn, round: Round): Promise<Level> {
  const schedule = await findSchedule(turn.tx, turn.team.id, round.schedule);
  return (schedule && levelsOf(schedule)[0]) ?? 'mid';
}

/** What a round's card says besides the round. */
export const aroundOf = async (turn: Turn, round: Round): Promise<Around> => ({
  answers: await countAnswers(turn.tx, round),
  keepDays: turn.team.retention_days,
  readsThreads: turn.traits.readsThreads,
});
