/** Rows about a person that belong to no other feature, and what the bot said to or about them. All bound to one team. */
import type { Instant, Name, PersonId, Ref, TeamId } from '../../chat/ids.ts';
import type { Reply } from '../../chat/incoming.ts';
import { placeKey } from '../../chat/place.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

/** What a person's answers are known by, taken down before they are deleted. */
export interface Traces {
  /** Ids of their answers and of the reviews those got. */
  readonly ids: ReadonlySet<string>;
  /** What they wrote. */
  readonly texts: readonly string[];
  /** The messages it was written in. */
  readonly refs: readonly Ref[];
}

const dmOf = (person: PersonId): string => placeKey({ in: 'dm', person });

export async function tracesOf(tx: Tx, team: TeamId, person: PersonId): Promise<Traces> {
  const answers = await tx
    .selectFrom('answers')
    .select(['id', 'text', 'ref'])
    .where('team', '=', team)
    .where('person', '=', person)
    .execute();
  const reviews = await tx
    .selectFrom('reviews')
    .innerJoin('answers', 'answers.id', 'reviews.answer')
    .select('reviews.id')
    .where('reviews.team', '=', team)
    .where('answers.person', '=', person)
    .execute();
  return {
    ids: new Set([...answers, ...reviews].map(({ id }) => id)),
    texts: answers.map(({ text }) => text),
    refs: answers.flatMap(({ ref }) => (ref === null ? [] : [ref])),
  };
}

type Said = Pick<Row<'outbox'>, 'name' | 'conversation' | 'state' | 'body'>;

/** Every post and file of the team that is on the platform or on its way. The body of what was sent is empty. */
export const allSaid = (tx: Tx, team: TeamId): Promise<Said[]> =>
  tx
    .selectFrom('outbox')
    .select(['name', 'conversation', 'state', 'body'])
    .where('team', '=', team)
    .where('kind', 'in', ['post', 'file'])
    .where('state', 'in', ['ready', 'sending', 'sent'])
    .execute();

/** Changes of posts on their way, with what they will say. */
export const changesUnderway = (tx: Tx, team: TeamId): Promise<Pick<Row<'outbox'>, 'name' | 'kind' | 'body'>[]> =>
  tx
    .selectFrom('outbox')
    .select(['name', 'kind', 'body'])
    .where('team', '=', team)
    .where('kind', 'in', ['edit', 'remove'])
    .where('state', 'in', ['ready', 'sending'])
    .execute();

/** Whether an export for this person is on its way. */
export const exportUnderway = async (tx: Tx, team: TeamId, person: PersonId): Promise<boolean> =>
  (await tx
    .selectFrom('outbox')
    .select('id')
    .where('team', '=', team)
    .where('kind', '=', 'file')
    .where('conversation', '=', dmOf(person))
    .where('state', 'in', ['ready', 'sending'])
    .executeTakeFirst()) !== undefined;

export const listenersOf = (tx: Tx, team: TeamId, person: PersonId): Promise<Row<'listeners'>[]> =>
  tx.selectFrom('listeners').selectAll().where('team', '=', team).where('place', '=', dmOf(person)).execute();

export const schedulesBy = (tx: Tx, team: TeamId, creator: PersonId): Promise<Row<'schedules'>[]> =>
  tx.selectFrom('schedules').selectAll().where('team', '=', team).where('creator', '=', creator).execute();

/** When the messages of these refs were last seen. */
export const versionsOf = (tx: Tx, team: TeamId, refs: readonly Ref[]): Promise<{ ref: Ref; at: Instant }[]> =>
  refs.length === 0
    ? Promise.resolve([])
    : tx.selectFrom('versions').select(['ref', 'at']).where('team', '=', team).where('ref', 'in', refs).execute();

/** Messages of this person that wait for the post they belong to. */
export async function straysOf(tx: Tx, team: TeamId, person: PersonId): Promise<{ id: string; event: Reply }[]> {
  const rows = await tx.selectFrom('strays').select(['id', 'event']).where('team', '=', team).execute();
  return rows
    .map(({ id, event }) => ({ id, event: JSON.parse(event) as Reply }))
    .filter(({ event }) => event.from.id === person);
}

/** What the engine itself keeps about a person. Their messages count as deleted, so a later edit brings nothing back. */
export async function forget(tx: Tx, team: TeamId, person: PersonId, refs: readonly Ref[]): Promise<void> {
  const strays = (await straysOf(tx, team, person)).map(({ id }) => id);
  if (strays.length > 0) await tx.deleteFrom('strays').where('id', 'in', strays).execute();
  if (refs.length > 0) {
    await tx.updateTable('versions').set({ deleted: 1 }).where('team', '=', team).where('ref', 'in', refs).execute();
  }
  await tx
    .updateTable('versions')
    .set({ deleted: 1, person: null })
    .where('team', '=', team)
    .where('person', '=', person)
    .execute();
  await tx.deleteFrom('listeners').where('team', '=', team).where('place', '=', dmOf(person)).execute();
  await tx
    .updateTable('teams')
    .set({ last_admin: null })
    .where('id', '=', team)
    .where('last_admin', '=', person)
    .execute();
  await tx.deleteFrom('people').where('team', '=', team).where('id', '=', person).execute();
}

/** A post this person was told alone. */
export const isToldTo = (said: Pick<Said, 'conversation'>, person: PersonId): boolean =>
  said.conversation === dmOf(person);

export const fileName = (id: string): Name => `privacy:export:${id}`;

/** What is left of the messages a person was told alone until `until`, once all of them are taken down: names and times. */
export async function forgetMessages(tx: Tx, team: TeamId, person: PersonId, until: Instant): Promise<void> {
  const there = dmOf(person);
  await tx
    .deleteFrom('posts')
    .where('team', '=', team)
    .where('conversation', '=', there)
    .where('sent', '<=', until)
    .execute();
  await tx
    .deleteFrom('outbox')
    .where('team', '=', team)
    .where('conversation', '=', there)
    .where('created', '<=', until)
    .where('state', 'in', ['sent', 'expired', 'dead'])
    .execute();
}
