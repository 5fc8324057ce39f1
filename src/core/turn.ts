/** A turn: one transaction in which a feature reads, decides, writes rows, puts posts into the outbox and sets wakes. */
import type { Traits } from '../chat/chat.ts';
import type { Instant, Name, TeamId } from '../chat/ids.ts';
import { placeKey } from '../chat/place.ts';
import { findPerson } from '../store/people.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { findTeam } from '../store/teams.ts';
import type { Core, Nudges } from './core.ts';
import type { Fact, Feature, Turn } from './feature.ts';
import { putInOutbox } from './outbox.ts';

/** Run `work` in one transaction; wake-ups it asked for are passed on once it has committed. */
export async function commit<T>(core: Core, work: (tx: Tx, nudges: Nudges) => Promise<T>): Promise<T> {
  let asked: Nudges = [];
  const result = await core.store.write(async (tx) => {
    asked = [];
    await core.world.point('begun');
    const value = await work(tx, asked);
    await core.world.point('before commit');
    return value;
  });
  await core.world.point('committed');
  for (const { queue, at } of asked) core.jobs.committed(queue, at);
  return result;
}

/** A turn for a feature, all in one transaction. */
export type Begin = (feature: Feature) => Turn;
/** What the core itself sends in a turn. */
export const CORE: Feature = { name: 'help' };

/** A turn of `feature` for a team, or undefined when the team is unknown or gone. */
export async function beginTurn(core: Core, tx: Tx, nudges: Nudges, team: TeamId): Promise<Begin | undefined> {
  const row = await findTeam(tx, team);
  if (!row || row.gone !== null) return undefined;
  const now = core.world.now();
  return (feature) => turnOf(core, { tx, nudges, team: row, now }, feature);
}

interface Scope {
  readonly tx: Tx;
  readonly nudges: Nudges;
  readonly team: Row<'teams'>;
  readonly now: Instant;
}

function turnOf(core: Core, scope: Scope, feature: Feature): Turn {
  const { tx, team, now } = scope;
  const nudge = async (queue: 'wakes' | 'outbox', at: Instant): Promise<void> => {
    scope.nudges.push({ queue, at });
    await core.jobs.enqueue(tx, queue, at);
  };
  return {
    tx,
    team,
    now,
    ...core.questions(),
    words: core.words,
    traits: traitsOf(core, team),
    newId: () => core.world.newId(),
    person: (id) => findPerson(tx, team.id, id),
    async send(outgoing, options) {
      const { opensThreads } = traitsOf(core, team);
      const into = { tx, team, now, newId: () => core.world.newId(), opensThreads, expires: options?.expires };
      if (await putInOutbox(outgoing, into)) await nudge('outbox', now);
    },
    async wake(name, subject, at) {
      await setWake(scope, feature, name, subject, at);
      await nudge('wakes', at);
    },
    unwake: (name, subject) => dropWake(scope, feature, name, subject),
    watch: (post, until) => watchThread(scope, post, until),
    listen: (place, subject) => setListener(scope, feature, placeKey(place), subject),
    async unlisten(place) {
      await tx.deleteFrom('listeners').where('team', '=', team.id).where('place', '=', placeKey(place)).execute();
    },
    tell: (fact) => tellFact(core, scope, fact),
    as: (other) => turnOf(core, scope, other),
  };
}

const traitsOf = (core: Core, team: Row<'teams'>): Traits => {
  const chat = core.chats.get(team.platform);
  if (!chat) throw new Error(`no chat is connected for ${team.platform}`);
  return chat.traits;
};

async function setWake(
  { tx, team }: Scope,
  feature: Feature,
  name: string,
  subject: string,
  at: Instant,
): Promise<void> {
  if (!feature.wakes?.[name]) throw new Error(`${feature.name} has no wake ${name}`);
  await tx
    .insertInto('wakes')
    .values({ team: team.id, feature: feature.name, name, subject, at, version: 1 })
    .onConflict((c) =>
      c
        .columns(['team', 'feature', 'name', 'subject'])
        .doUpdateSet((e) => ({ at, version: e('wakes.version', '+', 1) })),
    )
    .execute();
}

async function dropWake({ tx, team }: Scope, feature: Feature, name: string, subject: string): Promise<void> {
  await tx
    .deleteFrom('wakes')
    .where('team', '=', team.id)
    .where('feature', '=', feature.name)
    .where('name', '=', name)
    .where('subject', '=', subject)
    .execute();
}

/** From now on what is said in it is heard as it is said; what may be missed is read again in time. */
async function watchThread({ tx, team, now }: Scope, post: Name, until: Instant): Promise<void> {
  await tx
    .insertInto('threads')
    .values({ team: team.id, post, cursor: null, until, closed: 0, read_at: now })
    .onConflict((c) => c.columns(['team', 'post']).doUpdateSet({ until, closed: 0 }))
    .execute();
}

async function setListener({ tx, team }: Scope, feature: Feature, place: string, subject: string): Promise<void> {
  await tx
    .insertInto('listeners')
    .values({ team: team.id, place, feature: feature.name, subject })
    .onConflict((c) => c.columns(['team', 'place']).doUpdateSet({ feature: feature.name, subject }))
    .execute();
}

async function tellFact<K extends Fact['kind']>(
  core: Core,
  scope: Scope,
  fact: Extract<Fact, { kind: K }>,
): Promise<void> {
  for (const feature of core.features) {
    const handler = feature.facts?.[fact.kind] as ((fact: Fact, turn: Turn) => Promise<void>) | undefined;
    await handler?.(fact, turnOf(core, scope, feature));
  }
}
