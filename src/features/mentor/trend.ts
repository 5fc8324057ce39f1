/** A low trend offers a mentor, and never more than that: one DM in three months, to the person alone, until they say no. */
import type { PersonId } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import { DAY, plus } from '../../chat/world.ts';
import type { Fact, Handler, Turn } from '../../core/feature.ts';
import { answersOf } from '../../store/rounds.ts';
import { pairsOf } from './pair-queries.ts';
import { LAST_ANSWERS, partsOf, takes } from './people.ts';
import { write } from './posts.ts';
import { findProfile } from './queries.ts';
import { findTrend, ratedAnswers, saveTrend } from './trend-queries.ts';
import { type Low, trendCard } from './trend-views.ts';

/** By then a round's results are out, with its late reviews. */
const RESULTS_MS = 6 * DAY;
const QUIET_MS = 90 * DAY;
const LOW = 3;

export const lookLater = ({ round }: Extract<Fact, { kind: 'round-closed' }>, turn: Turn): Promise<void> =>
  turn.wake('trend', round, plus(turn.now, RESULTS_MS));

export async function lookAtTrends(round: string, turn: Turn): Promise<void> {
  for (const { person } of await answersOf(turn.tx, turn.team.id, round)) await consider(turn, person);
}

async function consider(turn: Turn, person: PersonId): Promise<void> {
  const { tx, team, now } = turn;
  const before = await findTrend(tx, team.id, person);
  if (before?.off === 1 || (before?.offered ?? '') > plus(now, -QUIET_MS)) return;
  const low = await lowestOf(turn, person);
  const profile = await findProfile(tx, team.id, person);
  const isMentee = !!profile && profile.ready === 1 && takes(profile);
  // Whoever is looking for a mentor in it, or has one, needs no reminder.
  const pairs = await pairsOf(tx, team.id, person);
  const isMentored = pairs.some(
    ({ kind, state, about }) => kind === 'mentor' && state === 'active' && about === low?.skill,
  );
  if (!low || isMentored || (isMentee && partsOf(profile.wants).includes(low.skill))) return;
  await saveTrend(tx, { team: team.id, person, offered: now, off: 0 });
  await write(turn, `mentor:trend:${person}:${now.slice(0, 10)}`, person, trendCard(low, isMentee));
}

/** The skill furthest down, if the plain mean of the last answers on it is under three. */
async function lowestOf({ tx, team }: Turn, person: PersonId): Promise<Low | undefined> {
  const bySkill = Map.groupBy(await ratedAnswers(tx, team.id, person), ({ skill }) => skill);
  const lows = [...bySkill].flatMap(([skill, rated]): Low[] => {
    const last = rated.slice(0, LAST_ANSWERS);
    const mean = last.reduce((sum, one) => sum + one.mean, 0) / last.length;
    const ratings = last.reduce((sum, one) => sum + one.ratings, 0);
    return last.length < LAST_ANSWERS || mean >= LOW ? [] : [{ skill, mean, answers: last.length, ratings }];
  });
  return lows.toSorted((a, b) => a.mean - b.mean)[0];
}

export const noMore: Handler<'press'> = async (event, turn) => {
  const before = await findTrend(turn.tx, turn.team.id, event.from.id);
  await saveTrend(turn.tx, {
    team: turn.team.id,
    person: event.from.id,
    offered: before?.offered ?? null,
    off: 1,
  });
  return {
    kind: 'say',
    text: t`No more such offers. \`/${turn.words.practice} mentor\` is there whenever you want it.`,
  };
};
