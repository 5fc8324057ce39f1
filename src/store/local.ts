/** The local chat's tables behind its port: every call is one transaction of its own, apart from the core's turns. */
import { sql } from 'kysely';
import type { Instant } from '../chat/ids.ts';
import type { LocalSchema } from './local-schema.ts';
import type { Store, Tx } from './store.ts';

type Message = LocalSchema['local_messages'];
type NewMessage = Omit<Message, 'seq' | 'born' | 'edited' | 'deleted'>;
type MessageChange = Partial<Pick<Message, 'body' | 'edited' | 'deleted'>>;
type Person = LocalSchema['local_people'];
type Channel = LocalSchema['local_channels'];
type Doors = Pick<Store, 'read' | 'write'>;

/** The memory `connectLocal` asks for. */
export const localStore = (store: Doors) => ({ ...cast(store), ...writing(store), ...looking(store), ...marks(store) });

const cast = (store: Doors) => ({
  seed: (people: readonly Readonly<Person>[], channels: readonly Readonly<Channel>[]): Promise<void> =>
    store.write(async (tx) => {
      if (await tx.selectFrom('local_people').select('id').limit(1).executeTakeFirst()) return;
      await tx
        .insertInto('local_people')
        .values([...people])
        .execute();
      await tx
        .insertInto('local_channels')
        .values([...channels])
        .execute();
    }),
  people: (): Promise<Person[]> =>
    store.read((tx) => tx.selectFrom('local_people').selectAll().orderBy('position').execute()),
  channels: (): Promise<Channel[]> =>
    store.read((tx) => tx.selectFrom('local_channels').selectAll().orderBy('position').execute()),
});

const writing = (store: Doors) => ({
  add: (row: Readonly<NewMessage>): Promise<{ row: Message; added: boolean }> =>
    store.write(async (tx) => {
      const there = row.name === null ? undefined : await byName(tx, row.name);
      if (there) return { row: there, added: false };
      const seq = (await newestSeq(tx)) + 1;
      const added: Message = { ...row, seq, born: seq, edited: null, deleted: 0 };
      await tx.insertInto('local_messages').values(added).execute();
      return { row: added, added: true };
    }),
  change: (ref: string, how: (row: Message) => MessageChange | undefined): Promise<Message | undefined> =>
    store.write(async (tx) => {
      const before = await byRef(tx, ref);
      const change = before && how(before);
      if (!before || !change) return undefined;
      const after = { ...before, ...change, seq: (await newestSeq(tx)) + 1 };
      await tx.updateTable('local_messages').set(after).where('ref', '=', ref).execute();
      return after;
    }),
});

const looking = (store: Doors) => ({
  message: (ref: string): Promise<Message | undefined> => store.read((tx) => byRef(tx, ref)),
  named: (name: string): Promise<Message | undefined> => store.read((tx) => byName(tx, name)),
  latest: (of: Latest): Promise<Message[]> => store.read((tx) => latestOf(tx, of)),
  writtenAfter: (seq: number, limit: number, places?: readonly string[]): Promise<Message[]> =>
    store.read((tx) =>
      tx
        .selectFrom('local_messages')
        .selectAll()
        .where('seq', '>', seq)
        .$if(places !== undefined, (q) => q.where('place', 'in', [...(places ?? [])]))
        .orderBy('seq')
        .limit(limit)
        .execute(),
    ),
  lastSeq: (): Promise<number> => store.read(newestSeq),
  talk: (places: readonly string[]): Promise<Talk[]> => store.read((tx) => talkIn(tx, places)),
  rooms: (): Promise<Message[]> =>
    store.read((tx) =>
      tx
        .selectFrom('local_messages')
        .selectAll()
        .where('kind', '=', 'room')
        .where('deleted', '=', 0)
        .orderBy('born')
        .execute(),
    ),
});

const marks = (store: Doors) => ({
  unread: (person: string): Promise<{ place: string; count: number }[]> => store.read((tx) => unreadOf(tx, person)),
  readUntil: (person: string, place: string): Promise<number> =>
    store.read(async (tx) => {
      const mark = tx.selectFrom('local_reads').select('seq').where('person', '=', person).where('place', '=', place);
      return Number((await mark.executeTakeFirst())?.seq ?? 0);
    }),
  markRead: (person: string, place: string, born: number): Promise<void> =>
    store.write(async (tx) => {
      await tx
        .insertInto('local_reads')
        .values({ person, place, seq: born })
        .onConflict((c) =>
          c.columns(['person', 'place']).doUpdateSet({ seq: born }).where('local_reads.seq', '<', born),
        )
        .execute();
    }),
  fact: (name: string): Promise<string | undefined> =>
    store.read(async (tx) => {
      const row = await tx.selectFrom('local_facts').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    }),
  keepFact: (name: string, value: string): Promise<void> =>
    store.write(async (tx) => {
      await tx
        .insertInto('local_facts')
        .values({ name, value })
        .onConflict((c) => c.column('name').doUpdateSet({ value }))
        .execute();
    }),
});

const byRef = (tx: Tx, ref: string): Promise<Message | undefined> =>
  tx.selectFrom('local_messages').selectAll().where('ref', '=', ref).executeTakeFirst();
const byName = (tx: Tx, name: string): Promise<Message | undefined> =>
  tx.selectFrom('local_messages').selectAll().where('name', '=', name).executeTakeFirst();

async function newestSeq(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom('local_messages')
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}

interface Latest {
  readonly place: string;
  readonly person: string;
  readonly before?: number;
  readonly limit: number;
}

async function latestOf(tx: Tx, { place, person, before, limit }: Latest): Promise<Message[]> {
  const rows = await tx
    .selectFrom('local_messages')
    .selectAll()
    .where('place', '=', place)
    .where((e) => e.or([e('only', 'is', null), e('only', '=', person)]))
    .$if(before !== undefined, (q) => q.where('born', '<', before ?? 0))
    .orderBy('born', 'desc')
    .limit(limit)
    .execute();
  return rows.toReversed();
}

interface Talk {
  readonly place: string;
  readonly count: number;
  readonly last: Instant;
  readonly authors: string[];
}

async function talkIn(tx: Tx, places: readonly string[]): Promise<Talk[]> {
  if (places.length === 0) return [];
  const rows = await tx
    .selectFrom('local_messages')
    .select((e) => ['place', 'author', e.fn.countAll().as('count'), e.fn.max('at').as('last')])
    .where('place', 'in', [...places])
    .where('only', 'is', null)
    .where('deleted', '=', 0)
    .groupBy(['place', 'author'])
    .orderBy('place')
    .orderBy('author')
    .execute();
  return [...new Set(rows.map(({ place }) => place))].map((place) => {
    const here = rows.filter((row) => row.place === place);
    const last = here.map((row) => row.last).reduce((a, b) => (a > b ? a : b));
    const count = here.reduce((sum, row) => sum + Number(row.count), 0);
    return { place, count, last, authors: here.map(({ author }) => author) };
  });
}

/** How much of others a person has not seen, by place. */
async function unreadOf(tx: Tx, person: string): Promise<{ place: string; count: number }[]> {
  const rows = await tx
    .selectFrom('local_messages as m')
    .leftJoin('local_reads as r', (j) => j.onRef('r.place', '=', 'm.place').on('r.person', '=', person))
    .select((e) => ['m.place as place', e.fn.countAll().as('count')])
    .where('m.deleted', '=', 0)
    .where('m.author', '!=', person)
    .where((e) => e.or([e('m.only', 'is', null), e('m.only', '=', person)]))
    .where((e) => e('m.born', '>', sql<number>`coalesce(r.seq, 0)`))
    .groupBy('m.place')
    .execute();
  return rows.map(({ place, count }) => ({ place, count: Number(count) }));
}
