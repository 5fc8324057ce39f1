/** Practice buddies: once a month everybody who opted in is paired with a peer, and the odd one joins two others. */
import type { Instant } from '../../chat/ids.ts';
import { DAY, plus } from '../../chat/world.ts';
import type { Turn } from '../../core/feature.ts';
import { pairUp } from '../../matching/pairs.ts';
import { instantOf, localTime, plusDays, weekdayOf } from '../../schedule/zone.ts';
import { endPair, startPair } from './pair.ts';
import { activePairs } from './pair-queries.ts';
import { poolOf, usualZone } from './people.ts';
import { loneCard } from './trend-views.ts';
import { write } from './posts.ts';
import { allProfiles } from './queries.ts';
import { buddyFit } from './rules.ts';

const TIME = '09:00';
const WAKE = 'buddies';
const ALL = 'team';
/** A month that is nearly over is not begun. */
const LEAST_MS = 14 * DAY;

/** The first time on the next working morning; after that the rhythm stands already. */
export async function planBuddies(turn: Turn): Promise<void> {
  const planned = await turn.tx
    .selectFrom('wakes')
    .select('at')
    .where('team', '=', turn.team.id)
    .where('feature', '=', 'mentor')
    .where('name', '=', WAKE)
    .executeTakeFirst();
  if (!planned) await turn.wake(WAKE, ALL, nextMorning(turn.now, await usualZone(turn)));
}

export function nextMorning(now: Instant, zone: string): Instant {
  let date = plusDays(localTime(now, zone).date, 1);
  while (weekdayOf(date) > 5) date = plusDays(date, 1);
  return instantOf(date, TIME, zone);
}

/** The first Monday of a month, at least two weeks from now. */
export function nextMonth(now: Instant, zone: string): Instant {
  let date = localTime(plus(now, LEAST_MS), zone).date;
  while (weekdayOf(date) !== 1 || Number(date.slice(8)) > 7) date = plusDays(date, 1);
  return instantOf(date, TIME, zone);
}

export async function pairBuddies(_: string, turn: Turn): Promise<void> {
  const { tx, team } = turn;
  for (const pair of await activePairs(tx, team.id)) if (pair.kind === 'buddies') await endPair(turn, pair, 'month');
  const { people, profiles, ground } = await poolOf(turn, { asked: true });
  const pool = people.filter(({ id }) => profiles.get(id)?.buddies === 1);
  const ends = nextMonth(turn.now, await usualZone(turn));
  const fit = (a: number, b: number): number | undefined => {
    const [one, other] = [pool[a], pool[b]];
    return one && other ? buddyFit(one, other, ground) : undefined;
  };
  for (const group of pairUp(pool.length, fit)) {
    const members = group.flatMap((at) => pool[at] ?? []);
    const [first] = members;
    if (members.length > 1)
      await startPair(turn, {
        kind: 'buddies',
        members: members.map(({ id }) => ({ person: id, role: 'buddy' })),
        about: first?.wants.find((skill) => members.every(({ wants }) => wants.includes(skill))) ?? '',
        reasons: '',
        ends,
      });
    else if (first) await write(turn, `mentor:lone:${turn.now.slice(0, 10)}:${first.id}`, first.id, loneCard());
  }
  if ((await allProfiles(tx, team.id)).some(({ buddies }) => buddies === 1)) await turn.wake(WAKE, ALL, ends);
}
