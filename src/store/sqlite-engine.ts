/** The embedded engine: a file (or memory), its transactions, and what it does when the disk or another process is in the way. */
import Database from 'better-sqlite3';
import { CompiledQuery, Kysely } from 'kysely';
import { type Ballast, ballastBeside } from './ballast.ts';
import type { Engine, Mode } from './inside.ts';
import type { Schema } from './schema.ts';
import { connect, PATIENCE_MS, SafeSqlite } from './sqlite.ts';
import { type Health, type Reason, StoreError, type Tx } from './store.ts';
import { Together, type Work } from './together.ts';

export interface SqliteOptions {
  /** Beside the file unless given; a database in memory has none. */
  readonly ballast?: Ballast | undefined;
  /** How long another process's transaction is waited for, in ms. */
  readonly patienceMs?: number;
  /** Resolves when what has arrived by now had its chance to share a commit; at once unless given. */
  readonly gather?: (() => Promise<void>) | undefined;
}

/** No path: in memory. Throws {@link StoreError}. */
export function openSqlite(path: string | undefined, options: SqliteOptions = {}): Engine {
  const ballast = options.ballast ?? (path ? ballastBeside(path) : undefined);
  return new SqliteEngine(path, ballast, options);
}

class SqliteEngine implements Engine {
  readonly kind = 'sqlite';
  readonly db: Kysely<Schema>;
  readonly shown: string;
  readonly sqlite: { readonly connection: Database.Database; readonly path: string | undefined };
  readonly #ballast: Ballast | undefined;
  readonly #together: Together;
  #problem: string | undefined;
  /** The ballast is given up and not yet back. */
  #low = false;

  constructor(path: string | undefined, ballast: Ballast | undefined, options: SqliteOptions) {
    const { patienceMs = PATIENCE_MS, gather = () => Promise.resolve() } = options;
    this.shown = path ?? ':memory:';
    this.sqlite = { connection: opened(this.shown, patienceMs), path };
    this.db = new Kysely<Schema>({ dialect: new SafeSqlite(this.sqlite.connection, patienceMs) });
    this.#ballast = ballast;
    this.#together = new Together({
      transact: (work) => this.#noting('write', work),
      alone: (work) => this.#trying('write', work),
      isOurs: (error) => explain(error, this.shown) !== undefined,
      gather,
    });
  }

  transact<T>(mode: Mode, work: Work<T>): Promise<T> {
    return mode === 'write' ? this.#together.write(work) : this.#trying('read', work);
  }

  health(): Health {
    const problem = this.#problem ?? (this.#low ? nearlyFull(this.shown) : undefined);
    return problem ? { ok: false, problem } : { ok: true };
  }

  async recover(): Promise<Health> {
    if (this.#ballast) this.#low = !(await this.#ballast.restore());
    // What failed was a write, so only one that reaches the disk can tell that it is over.
    if (this.#problem) await this.#noting('write', rewriteHeader).catch(() => undefined);
    return this.health();
  }

  async close(): Promise<void> {
    await this.#together.idle();
    await this.db.connection().execute(() => Promise.resolve());
    await this.db.destroy();
  }

  async #trying<T>(mode: Mode, work: Work<T>): Promise<T> {
    try {
      return await this.#noting(mode, work);
    } catch (error) {
      if (!(error instanceof StoreError && error.reason === 'full' && this.#ballast?.drop())) throw error;
      this.#low = true;
      return this.#noting(mode, work);
    }
  }

  async #noting<T>(mode: Mode, work: Work<T>): Promise<T> {
    try {
      const result = await once(this.db, mode, work);
      if (mode === 'write') this.#problem = undefined;
      return result;
    } catch (error) {
      const said = explain(error, this.shown);
      if (said) this.#problem = said.message;
      throw said ?? error;
    }
  }
}

const once = <T>(db: Kysely<Schema>, mode: Mode, work: Work<T>): Promise<T> =>
  mode === 'write' ? db.transaction().execute(work) : db.transaction().setAccessMode('read only').execute(work);

async function rewriteHeader(tx: Tx): Promise<void> {
  const { rows } = await tx.executeQuery<{ user_version: number }>(CompiledQuery.raw('pragma user_version'));
  await tx.executeQuery(CompiledQuery.raw(`pragma user_version = ${rows[0]?.user_version ?? 0}`));
}

function opened(shown: string, patienceMs: number): Database.Database {
  try {
    return connect(shown, patienceMs);
  } catch (error) {
    throw (
      explain(error, shown) ??
      new StoreError('unreachable', `The database ${shown} cannot be opened.`, { cause: error })
    );
  }
}

const nearlyFull = (at: string): string =>
  `The disk of ${at} is nearly full; Greenroom is living on its reserve. Free 50 MB.`;

const SAID: readonly (readonly [RegExp, Reason, (at: string) => string])[] = [
  [
    /^SQLITE_(?:NOTADB|CORRUPT)/,
    'not a database',
    (at) => `${at} is not a whole SQLite database. Restore a backup, or name another file.`,
  ],
  [
    /^SQLITE_(?:READONLY|PERM)/,
    'read-only',
    (at) => `The database ${at} cannot be written: its file or folder is read-only.`,
  ],
  [
    /^SQLITE_BUSY/,
    'busy',
    (at) => `The database ${at} is held by another Greenroom or another program. Stop it, then try again.`,
  ],
  [
    /^SQLITE_(?:FULL|IOERR_(?:WRITE|FSYNC|DIR_FSYNC|TRUNCATE|SHMSIZE|SHMOPEN))/,
    'full',
    (at) => `The disk of ${at} is full. Free some space.`,
  ],
  [/^SQLITE_IOERR/, 'unreachable', (at) => `The disk of ${at} fails; look at the disk before anything else.`],
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
