/** A team with one plain feature whose handlers a test writes on the spot, on SQLite in memory or a real PostgreSQL. */
import { Client } from 'pg';
import type { Instant, Name, PersonId, Ref } from '../../src/chat/ids.ts';
import type { Person, Reply } from '../../src/chat/incoming.ts';
import type { Message } from '../../src/chat/message.ts';
import type { AnswerTo } from '../../src/chat/outgoing.ts';
import type { Place } from '../../src/chat/place.ts';
import { t } from '../../src/chat/text.ts';
import type { About, Feature, Settled, Turn } from '../../src/core/feature.ts';
import type { Row } from '../../src/store/schema.ts';
import { freshDatabase, postgresUrl } from '../support/postgres.ts';
import { CHANNEL, openWorld, TEAM, type TestWorld } from '../support/world.ts';

export type Work = (turn: Turn) => Promise<AnswerTo['command'] | void>;

export interface Desk extends TestWorld {
  /** How the feature's posts ended, in order. */
  readonly settled: Settled[];
  readonly heard: { readonly event: Reply; readonly about: About }[];
  readonly woken: string[];
  /** Run before the feature takes a reply, a wake or an end in; throw there to make it fail. */
  hooks: { reply?: (event: Reply) => void; wake?: (subject: string) => void; end?: (end: Settled) => void };
  /** A command of Ben's whose turn is `work`; nothing is delivered yet. The same `id` is the same event. */
  act(work: Work, id?: string): Promise<AnswerTo['command']>;
  /** Post a line under a name of the feature's, in the channel unless told otherwise. */
  post(
    name: string,
    options?: { readonly to?: Place; readonly says?: string; readonly expires?: Instant },
  ): Promise<void>;
  edit(name: string, says: string): Promise<void>;
  /** What Ben writes; the platform sends it as an event. */
  reply(to: Partial<Reply> & Pick<Reply, 'place'>): Promise<void>;
  row(name: string): Promise<Row<'outbox'>>;
  rows(): Promise<Row<'outbox'>[]>;
}

export const BEN: Person = { id: 'ben' as PersonId, name: 'Ben', admin: false };
export const line = (says: string): Message => ({ blocks: [{ kind: 'text', text: t`${says}` }] });
export const inChannel = (channel: string): Place => ({ in: 'channel', channel: channel as typeof CHANNEL });

/** The engines to test on; each `reset` gives the address of an empty database. */
export interface Ground {
  readonly name: string;
  readonly reset: () => Promise<string>;
  readonly drop: () => Promise<void>;
}

/** SQLite always, PostgreSQL where there is one. */
export async function grounds(): Promise<Ground[]> {
  const sqlite: Ground = { name: 'SQLite', reset: async () => 'sqlite::memory:', drop: async () => {} };
  if (!(await postgresUrl())) return [sqlite];
  let made: Awaited<ReturnType<typeof freshDatabase>> | undefined;
  const reset = async (): Promise<string> => {
    if (made) await emptyTables(made.url);
    else made = await freshDatabase();
    return made.url;
  };
  return [sqlite, { name: 'PostgreSQL', reset, drop: async () => made?.drop() }];
}

async function emptyTables(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not like 'kysely_%'`,
    );
    await client.query(`truncate ${rows.map(({ name }) => name).join(', ')}`);
  } finally {
    await client.end();
  }
}

/** `more`: other features, and other handlers of the desk's own. */
export async function openDesk(
  ground: Ground,
  more: Partial<Feature> & { readonly beside?: readonly Feature[] } = {},
): Promise<Desk> {
  const works = new Map<string, Work>();
  const records: Pick<Desk, 'settled' | 'heard' | 'woken' | 'hooks'> = { settled: [], heard: [], woken: [], hooks: {} };
  const { beside = [], ...own } = more;
  const team = await openWorld({
    features: [deskFeature(works, records, own), ...beside],
    url: await ground.reset(),
    started: false,
  });
  await team.chat.emit({ kind: 'installed', id: 'install', team: TEAM, at: team.now(), name: 'Team' });
  let events = 0;
  const act: Desk['act'] = (work, id = `act${++events}`) => {
    works.set(id, work);
    const place = { in: 'channel', channel: CHANNEL } as const;
    return team.chat.emit({
      kind: 'command',
      id,
      team: TEAM,
      at: team.now(),
      from: BEN,
      place,
      command: 'do',
      args: {},
    });
  };
  const rows: Desk['rows'] = () => team.store.read((tx) => tx.selectFrom('outbox').selectAll().orderBy('id').execute());
  return Object.assign(team, records, {
    act,
    rows,
    async post(name: string, { to = inChannel(CHANNEL), says = name, expires }: Parameters<Desk['post']>[1] = {}) {
      const out = { kind: 'post', name: name as Name, to, message: line(says) } as const;
      await act((turn) => turn.send(out, expires === undefined ? {} : { expires }));
    },
    async edit(name: string, says: string) {
      await act((turn) => turn.send({ kind: 'edit', name: name as Name, message: line(says) }));
    },
    async reply(to: Partial<Reply> & Pick<Reply, 'place'>) {
      const ref = to.ref ?? (`r${++events}` as Ref);
      const at = to.at ?? team.now();
      const change = to.change ?? 'new';
      const base = { kind: 'reply', team: TEAM, from: BEN, extras: 0, text: 'words' } as const;
      await team.chat.emit({ ...base, ...to, id: to.id ?? `${ref}:${change}:${at}`, ref, at, change });
    },
    async row(name: string) {
      const found = (await rows()).find(({ key }) => key === name);
      if (!found) throw new Error(`no row ${name}`);
      return found;
    },
  });
}

function deskFeature(
  works: ReadonlyMap<string, Work>,
  records: Pick<Desk, 'settled' | 'heard' | 'woken' | 'hooks'>,
  own: Partial<Feature>,
): Feature {
  const wake = async (subject: string): Promise<void> => {
    records.hooks.wake?.(subject);
    records.woken.push(subject);
  };
  return {
    name: 'desk',
    commands: {
      do: {
        summary: 'Does what the test says',
        args: [],
        examples: ['do'],
        run: async (event, turn) => (await works.get(event.id)?.(turn)) ?? { kind: 'nothing' },
      },
    },
    wakes: { ring: wake, close: wake, due: wake },
    replies: async (event, about) => {
      records.hooks.reply?.(event);
      records.heard.push({ event, about });
    },
    settled: async (end) => {
      records.hooks.end?.(end);
      records.settled.push(end);
    },
    ...own,
  };
}
