/** Rows of pairs, their members and what is on their agenda. All bound to one team. */
import type { ChannelId, PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Pair = Row<'mentor_pairs'>;
export type Member = Row<'mentor_members'>;
export type Entry = Row<'mentor_agenda'>;

export async function addPair(tx: Tx, pair: Pair, members: readonly Member[]): Promise<void> {
  await tx.insertInto('mentor_pairs').values(pair).execute();
  for (const member of members) await tx.insertInto('mentor_members').values(member).execute();
}

export const findPair = (tx: Tx, team: TeamId, id: string): Promise<Pair | undefined> =>
  tx.selectFrom('mentor_pairs').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

export async function changePair(tx: Tx, pair: Pick<Pair, 'id' | 'team'>, set: Partial<Pair>): Promise<void> {
  await tx.updateTable('mentor_pairs').set(set).where('team', '=', pair.team).where('id', '=', pair.id).execute();
}

export const activePairs = (tx: Tx, team: TeamId): Promise<Pair[]> =>
  tx
    .selectFrom('mentor_pairs')
    .selectAll()
    .where('team', '=', team)
    .where('state', '=', 'active')
    .orderBy('id')
    .execute();

export const activeNear = (tx: Tx, team: TeamId, near: ChannelId): Promise<Pair[]> =>
  tx
    .selectFrom('mentor_pairs')
    .selectAll()
    .where('team', '=', team)
    .where('state', '=', 'active')
    .where('near', '=', near)
    .orderBy('id')
    .execute();

/** Pairs this person is or was in, newest first. */
export const pairsOf = (tx: Tx, team: TeamId, person: PersonId): Promise<Pair[]> =>
  tx
    .selectFrom('mentor_pairs')
    .innerJoin('mentor_members', 'mentor_members.pair', 'mentor_pairs.id')
    .selectAll('mentor_pairs')
    .where('mentor_pairs.team', '=', team)
    .where('mentor_members.person', '=', person)
    .orderBy('mentor_pairs.id', 'desc')
    .execute();

export const membersOf = (tx: Tx, team: TeamId, pair: string): Promise<Member[]> =>
  tx
    .selectFrom('mentor_members')
    .selectAll()
    .where('team', '=', team)
    .where('pair', '=', pair)
    .orderBy('role')
    .orderBy('person')
    .execute();

/** Who was ever in which pair, with how it stands. */
export const history = (
  tx: Tx,
  team: TeamId,
): Promise<(Pick<Member, 'pair' | 'person' | 'role'> & Pick<Pair, 'kind' | 'state' | 'why' | 'started'>)[]> =>
  tx
    .selectFrom('mentor_members')
    .innerJoin('mentor_pairs', 'mentor_pairs.id', 'mentor_members.pair')
    .select(['pair', 'person', 'role', 'kind', 'state', 'why', 'started'])
    .where('mentor_members.team', '=', team)
    .orderBy('pair')
    .execute();

export async function changeMember(tx: Tx, member: Member, set: Partial<Member>): Promise<void> {
  await tx
    .updateTable('mentor_members')
    .set(set)
    .where('team', '=', member.team)
    .where('pair', '=', member.pair)
    .where('person', '=', member.person)
    .execute();
}

/** False when this message is on the agenda already. */
export async function addEntry(tx: Tx, entry: Entry): Promise<boolean> {
  const added = await tx
    .insertInto('mentor_agenda')
    .values(entry)
    .onConflict((c) => c.columns(['pair', 'ref']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** Oldest first. */
export const entriesOf = (tx: Tx, team: TeamId, pair: string): Promise<Entry[]> =>
  tx
    .selectFrom('mentor_agenda')
    .selectAll()
    .where('team', '=', team)
    .where('pair', '=', pair)
    .orderBy('at')
    .orderBy('id')
    .execute();

export const findEntry = (tx: Tx, team: TeamId, id: string): Promise<Entry | undefined> =>
  tx.selectFrom('mentor_agenda').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

export async function changeEntry(tx: Tx, entry: Entry, set: Partial<Entry>): Promise<void> {
  await tx.updateTable('mentor_agenda').set(set).where('team', '=', entry.team).where('id', '=', entry.id).execute();
}

export async function dropEntry(tx: Tx, entry: Pick<Entry, 'id' | 'team'>): Promise<void> {
  await tx.deleteFrom('mentor_agenda').where('team', '=', entry.team).where('id', '=', entry.id).execute();
}

export const entriesBy = (tx: Tx, team: TeamId, person: PersonId): Promise<Entry[]> =>
  tx
    .selectFrom('mentor_agenda')
    .selectAll()
    .where('team', '=', team)
    .where('person', '=', person)
    .orderBy('at')
    .execute();

/** What this person wrote and where they were; the pairs stay as a number. */
export async function dropMember(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  for (const table of ['mentor_agenda', 'mentor_members'] as const)
    await tx.deleteFrom(table).where('team', '=', team).where('person', '=', person).execute();
}
