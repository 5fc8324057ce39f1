/** The embedded engine: a file (or memory), its transactions, and what it says when the disk or another process is in the way. */
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Engine, Mode } from './inside.ts';
import type { Schema } from './schema.ts';
import { connect, SafeSqlite } from './sqlite.ts';
import { type Health, type Reason, StoreError, type Tx } from './store.ts';

/** No path: in memory. Throws {@link StoreError}. */
export async function openSqlite(path: string | undefined): Promise<Engine> {
  const shown = path ?? ':memory:';
  const connection = opened(shown);
  const db = new Kysely<Schema>({ dialect: new SafeSqlite(connection) });
  let problem: string | undefined;
  const health = (): Health => (problem ? { ok: false, problem } : { ok: true });
  return {
    kind: 'sqlite',
    db,
    shown,
    sqlite: { connection, path },
    health,
    recover: async () => health(),
    transact: async (mode, work) => {
      try {
        const result = await once(db, mode, work);
        problem = undefined;
        return result;
      } catch (error) {
        const said = explain(error, shown);
        if (said) problem = said.message;
        throw said ?? error;
      }
    },
  };
}

const once = <T>(db: Kysely<Schema>, mode: Mode, work: (tx: Tx) => Promise<T>): Promise<T> =>
  mode === 'write' ? db.transaction().execute(work) : db.transaction().setAccessMode('read only').execute(work);

function opened(shown: string): Database.Database {
  try {
    return connect(shown);
  } catch (error) {
    throw (
      explain(error, shown) ??
      new StoreError('unreachable', `The database ${shown} cannot be opened.`, { cause: error })
    );
  }
}

const SAID: readonly (readonly [RegExp, Reason, (shown: string) => string])[] = [
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    'not a database',
    (at) => `${at} is not a whole SQLite database. Restore a backup, or name another file.`,
  ],
  [
    /^SQLITE_(READONLY|PERM)/,
    'read-only',
    (at) => `The database ${at} cannot be written: its file or folder is read-only.`,
  ],
  [
    /^SQLITE_BUSY/,
    'busy',
    (at) => `The database ${at} is held by another Greenroom or another program. Stop it, then try again.`,
  ],
  [/^SQLITE_(FULL|IOERR)/, 'full', (at) => `The disk of ${at} is full or fails. Free some space.`],
  [
    /^SQLITE_CANTOPEN/,
    'unreachable',
    (at) => `The database ${at} cannot be opened: is its folder there, and may this user write to it?`,
  ],
];

/** The engine's own trouble in plain words; undefined for anything else. */
export function explain(error: unknown, shown: string): StoreError | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  const found = SAID.find(([code]) => code.test(error.code));
  return found && new StoreError(found[1], found[2](shown), { cause: error });
}
