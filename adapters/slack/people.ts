/** Who people are: remembered for an hour, asked of Slack, or as the core last knew them, whichever is there in time. */
import type { Instant, PersonId, TeamId } from '../../src/chat/ids.ts';
import type { Person } from '../../src/chat/incoming.ts';
import { cut } from '../../src/chat/text.ts';
import { HOUR, plus } from '../../src/chat/world.ts';
import { withinTime } from './answer/in-time.ts';
import { reasonOf } from './answer/reason.ts';
import { type Body, dig, personOf, recordOf, textOf } from './incoming/read.ts';
import type { People, SlackDeps, Tenant } from './ports.ts';

/** What was learned stands this long, in ms. */
const FRESH_MS = HOUR;
/** Slack is given this long, in ms, and the core until {@link LONGEST_MS}. */
const ASKING_MS = 750;
const LONGEST_MS = 1_000;
/** After a failure the same person is not asked about again for this long, in ms. */
const PAUSE_MS = 30_000;
/** So many people are remembered; who was met longest ago is forgotten first. */
const MOST = 10_000;
const LONGEST_NAME = 100;

interface Memory {
  readonly person?: Person;
  /** Until then nobody is asked. */
  readonly until: Instant;
}

type Deps = Pick<SlackDeps, 'world' | 'log' | 'known'>;

/** Remembers at most `most` people. */
export function openPeople(deps: Deps, most = MOST): People {
  const memory = openMemory(most);
  const asking = new Map<string, Promise<Person | undefined>>();
  const askOnce = (tenant: Tenant, id: PersonId): Promise<Person | undefined> => {
    const key = keyOf(tenant.team, id);
    const before = asking.get(key);
    if (before) return before;
    const answer = ask(deps, memory, tenant, id).finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  };
  return {
    async of(tenant, id, name) {
      const known = memory.get(keyOf(tenant.team, id));
      const now = deps.world.now();
      if (known?.person && known.until > now) return known.person;
      const limit = plus(now, LONGEST_MS);
      const told =
        known && known.until > now
          ? undefined
          : await withinTime(deps.world, askOnce(tenant, id), plus(now, ASKING_MS));
      return told ?? known?.person ?? (await remembered(deps, tenant.team, id, limit)) ?? strangerOf(id, name);
    },
    learn(team, user) {
      const told = recordOf(user);
      const id = personOf(told?.['id']);
      const key = id && keyOf(team, id);
      // Everybody's status comes by here; who has never met us is not remembered.
      if (!told || !id || !key || !memory.get(key)?.person) return;
      memory.set(key, { person: asPerson(team, id, told), until: plus(deps.world.now(), FRESH_MS) });
    },
  };
}

const keyOf = (team: TeamId, id: PersonId): string => `${team} ${id}`;
const strangerOf = (id: PersonId, name = ''): Person => ({ id, name: tidy(name) ?? 'Someone new', admin: false });

/** Never rejects; undefined when Slack did not say. */
async function ask(
  { world, log }: Deps,
  memory: PeopleMemory,
  tenant: Tenant,
  id: PersonId,
): Promise<Person | undefined> {
  const key = keyOf(tenant.team, id);
  try {
    const { user } = await tenant.client.users.info({ user: id });
    const told = recordOf(user);
    if (told === undefined) throw new TypeError('users.info told of nobody');
    const person = asPerson(tenant.team, id, told);
    memory.set(key, { person, until: plus(world.now(), FRESH_MS) });
    return person;
  } catch (error) {
    log.warn('Slack did not say who somebody is', { team: tenant.team, person: id, why: reasonOf(error) });
    const before = memory.get(key)?.person;
    memory.set(key, { ...(before ? { person: before } : {}), until: plus(world.now(), PAUSE_MS) });
    return undefined;
  }
}

async function remembered(deps: Deps, team: TeamId, id: PersonId, until: Instant): Promise<Person | undefined> {
  const looked = Promise.resolve()
    .then(() => deps.known(team, id))
    .catch((error: unknown) => {
      deps.log.warn('whom the core knows could not be read', { team, person: id, error });
      return undefined;
    });
  return withinTime(deps.world, looked, until);
}

/** Somebody from another workspace, in a shared channel, has no say over ours. */
function asPerson(team: TeamId, id: PersonId, user: Body): Person {
  const home = textOf(user['team_id']) ?? team;
  const rules = ['is_admin', 'is_owner', 'is_primary_owner'].some((right) => user[right] === true);
  const isOurs = home === team && user['is_stranger'] !== true && user['deleted'] !== true;
  const zone = zoneOf(user['tz']);
  return { id, name: nameOf(user), admin: rules && isOurs, ...(zone === undefined ? {} : { zone }) };
}

function nameOf(user: Body): string {
  const names = [
    dig(user, 'profile', 'display_name'),
    user['real_name'],
    dig(user, 'profile', 'real_name'),
    user['name'],
  ];
  return names.map(tidy).find((name) => name !== undefined) ?? 'Someone new';
}

const tidy = (name: unknown): string | undefined =>
  typeof name === 'string' && name.trim() !== '' ? cut(name.trim(), LONGEST_NAME) : undefined;

/** An IANA zone this machine knows. */
function zoneOf(tz: unknown): string | undefined {
  const zone = textOf(tz);
  if (zone === undefined) return undefined;
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

interface PeopleMemory {
  get(key: string): Memory | undefined;
  set(key: string, memory: Memory): void;
}

function openMemory(most: number): PeopleMemory {
  const kept = new Map<string, Memory>();
  return {
    get(key) {
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
      }
      return found;
    },
    set(key, memory) {
      kept.delete(key);
      kept.set(key, memory);
      const oldest = kept.size > most ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
  };
}
