/** SQLite behind Kysely: one connection, transactions that take the write lock first, DDL that rolls back. */
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { cleanParameter } from './text.ts';

/** How long another process's transaction is waited for, in ms. */
const PATIENCE_MS = 5000;

/** Takes the write lock at the start: a read that turns into a write would else meet SQLITE_BUSY_SNAPSHOT. */
class ImmediateDriver extends SqliteDriver {
  readonly #connection: Database.Database;
  constructor(connection: Database.Database) {
    super({ database: connection });
    this.#connection = connection;
  }
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const looking = settings?.accessMode === 'read only';
    await connection.executeQuery(CompiledQuery.raw(looking ? 'begin' : 'begin immediate'));
    if (looking) this.#connection.pragma('query_only = on');
  }
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#connection.pragma('query_only = off');
  }
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#connection.pragma('query_only = off');
    // A full disk has rolled back by itself; a second rollback would hide the reason.
    if (this.#connection.inTransaction) await super.rollbackTransaction(connection);
  }
}

class AtomicAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class CleanCompiler extends SqliteQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(cleanParameter(parameter));
  }
}

export class SafeSqlite implements Dialect {
  readonly #connection: Database.Database;
  constructor(connection: Database.Database) {
    this.#connection = connection;
  }
  createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#connection);
  }
  createAdapter(): SqliteAdapter {
    return new AtomicAdapter();
  }
  createQueryCompiler(): SqliteQueryCompiler {
    return new CleanCompiler();
  }
  // oxlint-disable-next-line typescript/no-explicit-any -- Kysely's own signature
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** A connection with the settings everything here counts on. Throws SqliteError. */
export function connect(path: string): Database.Database {
  const connection = new Database(path, { timeout: PATIENCE_MS });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma(`busy_timeout = ${PATIENCE_MS}`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
