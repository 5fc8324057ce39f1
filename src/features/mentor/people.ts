/** The people of a team as matching sees them: profiles, levels, zones, what they carry already, who met whom. */
import type { Instant, PersonId } from '../../chat/ids.ts';
import { plus } from '../../chat/world.ts';
import type { Turn } from '../../core/feature.ts';
import { levelOf } from '../../rubric/lens.ts';
import { isZone } from '../../schedule/zone-names.ts';
import { schedulesOf } from '../../store/schedules.ts';
import { sharedHoursAt } from './hours.ts';
import { activePairs, history, membersOf } from './pair-queries.ts';
import { allProfiles, type Offer, openOffers, passedOffers, type Profile, requestsSince } from './queries.ts';
import { type Ground, REST_MS, type Someone } from './rules.ts';
import { ratedAnswers } from './trend-queries.ts';

export const partsOf = (text: string): string[] => text.split(',').filter((part) => part !== '');

export const gives = ({ role }: Pick<Profile, 'role'>): boolean => role === 'mentor' || role === 'both';
export const takes = ({ role }: Pick<Profile, 'role'>): boolean => role === 'mentee' || role === 'both';

/** Everybody who may be matched now: both steps done, not paused here or everywhere. */
export interface Pool {
  readonly people: readonly Someone[];
  readonly profiles: ReadonlyMap<PersonId, Profile>;
  readonly ground: Ground;
  /** Mentees without a mentor and without open offers. */
  readonly waiting: readonly Someone[];
  readonly mentors: readonly Someone[];
}

export const isPaused = (until: Instant | null | undefined, now: Instant): until is Instant =>
  until !== null && until !== undefined && until > now;

/** The zone people's hours are counted in where their own is not known. */
export async function usualZone({ tx, team }: Turn): Promise<string> {
  const [first] = await schedulesOf(tx, team.id);
  return first?.zone ?? 'Etc/UTC';
}

export async function zoneOf(turn: Turn, person: PersonId): Promise<string> {
  const own = (await turn.person(person))?.zone ?? '';
  // A platform may name a zone this host does not know.
  return isZone(own) ? own : usualZone(turn);
}

/** `asked`: one person asks another, and what they passed over in a run does not count. */
export async function poolOf(turn: Turn, { asked: isAsked = false } = {}): Promise<Pool> {
  const { tx, team, now } = turn;
  const all = await allProfiles(tx, team.id);
  const open = await openOffers(tx, team.id);
  const loads = await loadsOf(turn);
  const profiles = new Map(all.map((profile) => [profile.person, profile]));
  const people = await someonesOf(turn, all, { open, loads });
  const managers = new Map<string, PersonId | null>(all.map(({ person, manager }) => [person, manager]));
  const busy = new Set(open.map(({ mentee }) => mentee));
  const isWaiting = ({ id, mentored }: Someone): boolean =>
    profiles.get(id)?.looking === 1 && !busy.has(id) && !mentored;
  const whose = (is: (profile: Profile) => boolean): Someone[] =>
    people.filter(({ id }) => {
      const profile = profiles.get(id);
      return profile !== undefined && is(profile);
    });
  return {
    people,
    profiles,
    ground: {
      hours: sharedHoursAt(now),
      past: await pastOf(turn, isAsked),
      managerOf: (person) => managers.get(person),
    },
    waiting: whose(takes).filter(isWaiting),
    mentors: whose(gives),
  };
}

interface Busy {
  readonly open: readonly Offer[];
  readonly loads: ReadonlyMap<PersonId, Load>;
}

/** Those of the profiles that may be matched now. */
async function someonesOf(turn: Turn, profiles: readonly Profile[], { open, loads }: Busy): Promise<Someone[]> {
  const since = plus(turn.now, -REST_MS);
  const asked = new Set((await requestsSince(turn.tx, turn.team.id, since)).map(({ mentor }) => mentor));
  const people: Someone[] = [];
  for (const profile of profiles) {
    const { person } = profile;
    const row = await turn.person(person);
    const isAway = isPaused(profile.paused_until, turn.now) || isPaused(row?.paused_until, turn.now);
    if (profile.ready === 0 || isAway) continue;
    people.push({
      id: person,
      level: levelOf(row?.level ?? ''),
      zone: await zoneOf(turn, person),
      offers: partsOf(profile.offers),
      wants: partsOf(profile.wants),
      topics: partsOf(profile.topics),
      never: partsOf(profile.never),
      manager: profile.manager,
      means: takes(profile) ? await meansOf(turn, person) : {},
      capacity: profile.capacity,
      load: loads.get(person)?.mentees ?? 0,
      mentored: loads.get(person)?.mentored === true,
      offered: open.filter(({ mentor }) => mentor === person).length,
      rested: !asked.has(person) && (loads.get(person)?.last ?? '') < since,
    });
  }
  return people;
}

interface Load {
  readonly mentees: number;
  readonly mentored: boolean;
  /** When the newest pair began in which they mentor. */
  readonly last: string;
}

async function loadsOf({ tx, team }: Turn): Promise<ReadonlyMap<PersonId, Load>> {
  const loads = new Map<PersonId, Load>();
  for (const pair of await activePairs(tx, team.id)) {
    if (pair.kind !== 'mentor') continue;
    for (const { person, role } of await membersOf(tx, team.id, pair.id)) {
      const before = loads.get(person) ?? { mentees: 0, mentored: false, last: '' };
      loads.set(person, {
        mentees: before.mentees + (role === 'mentor' ? 1 : 0),
        mentored: before.mentored || role === 'mentee',
        last: role === 'mentor' && pair.started > before.last ? pair.started : before.last,
      });
    }
  }
  return loads;
}

/** How often two were paired; undefined once one wanted somebody else, or passed over the other's offer. */
async function pastOf({ tx, team }: Turn, isAsked: boolean): Promise<Ground['past']> {
  const times = new Map<string, number>();
  const never = new Set<string>();
  for (const members of Map.groupBy(await history(tx, team.id), ({ pair }) => pair).values()) {
    const keys = members.flatMap(({ person }, i) => members.slice(i + 1).map((other) => keyOf(person, other.person)));
    for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
    const [first] = members;
    if (first?.kind === 'mentor' && (first.why === 'rematch' || first.state === 'active'))
      for (const key of keys) never.add(key);
  }
  const passed = isAsked ? [] : await passedOffers(tx, team.id);
  for (const { mentee, mentor } of passed) never.add(keyOf(mentee, mentor));
  return (a, b) => (never.has(keyOf(a, b)) ? undefined : (times.get(keyOf(a, b)) ?? 0));
}

/** The same for two people whoever is named first. */
const keyOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Answers a skill's mean is taken over. */
export const LAST_ANSWERS = 3;

/** Plain means of a person's own last answers, where there are enough of them. */
export async function meansOf({ tx, team }: Turn, person: PersonId): Promise<Readonly<Record<string, number>>> {
  const bySkill = Map.groupBy(await ratedAnswers(tx, team.id, person), ({ skill }) => skill);
  return Object.fromEntries(
    [...bySkill].flatMap(([skill, rated]): [string, number][] => {
      const last = rated.slice(0, LAST_ANSWERS);
      return last.length < LAST_ANSWERS ? [] : [[skill, last.reduce((sum, { mean }) => sum + mean, 0) / last.length]];
    }),
  );
}
