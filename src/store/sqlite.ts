/** SQLite behind Kysely: one connection, transactions that take the write lock first, DDL that rolls back. */
import { stat } from 'node:fs/promises';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { Statements } from './statements.ts';
import { cleanParameter } from './text.ts';
import { KEEP, UNDO } from './together.ts';

/** How long another process's transaction is waited for, in ms. */
export const PATIENCE_MS = 5000;
/** The longest that one look at the lock may hold up everything else here, in ms. */
const BLINK_MS = 50;

/** A connection with the settings everything here counts on. Throws SqliteError. */
export function connect(path: string, patienceMs: number): Database.Database {
  const connection = new Database(path, { timeout: patienceMs });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    // What people deleted shall not stand in the file until chance writes over it.
    connection.pragma('secure_delete = ON');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

export class SafeSqlite extends SqliteDialect {
  readonly #connection: Database.Database;
  readonly #patienceMs: number;
  constructor(connection: Database.Database, patienceMs: number) {
    super({ database: connection });
    this.#connection = connection;
    this.#patienceMs = patienceMs;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#connection, this.#patienceMs);
  }
  override createAdapter(): SqliteAdapter {
    return new AtomicAdapter();
  }
  override createQueryCompiler(): SqliteQueryCompiler {
    return new CleanCompiler();
  }
}

/** Takes the write lock at the start: a read that turns into a write would else meet SQLITE_BUSY_SNAPSHOT. */
class ImmediateDriver extends SqliteDriver {
  readonly #connection: Database.Database;
  readonly #statements: Statements;
  readonly #patienceMs: number;
  #blinkMs: number;
  constructor(connection: Database.Database, patienceMs: number) {
    const statements = new Statements(connection);
    super({ database: statements });
    this.#connection = connection;
    this.#statements = statements;
    this.#patienceMs = patienceMs;
    this.#blinkMs = patienceMs;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new StrictConnection(await super.acquireConnection());
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    if (settings?.accessMode !== 'read only') return this.#lock(connection);
    this.#block(this.#patienceMs);
    await connection.executeQuery(CompiledQuery.raw('begin'));
    this.#statements.looking = true;
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof StrictConnection) connection.refuseBroken();
    await super.commitTransaction(connection);
    this.#statements.looking = false;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#statements.looking = false;
    // A full disk has rolled back by itself; a second rollback would hide the reason.
    if (this.#connection.inTransaction) await super.rollbackTransaction(connection);
  }

  /** SQLite waits by blocking the whole process, so it waits in blinks with everything else let through between them. */
  async #lock(connection: DatabaseConnection): Promise<void> {
    for (let blink = 0, waited = 0; ; blink = Math.min(blink + 1, BLINK_MS), waited += blink) {
      this.#block(blink);
      try {
        // Who has the lock waits for nobody, so that the blink may stay what it is.
        return void (await connection.executeQuery(CompiledQuery.raw('begin immediate')));
      } catch (error) {
        if (!isBusy(error) || waited >= this.#patienceMs) throw error;
      }
      await stat(this.#connection.name);
    }
  }

  /** How long SQLite itself waits from now on, in ms. Telling it costs as much as a statement. */
  #block(ms: number): void {
    if (ms === this.#blinkMs) return;
    this.#connection.pragma(`busy_timeout = ${ms}`);
    this.#blinkMs = ms;
  }
}

/** PostgreSQL commits nothing after a statement that failed, even a caught one; this makes SQLite as strict. */
class StrictConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  #broken: { by: unknown } | undefined;
  constructor(inner: DatabaseConnection) {
    this.#inner = inner;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.sql === KEEP) this.refuseBroken();
    try {
      const result = await this.#inner.executeQuery<R>(query);
      if (query.sql === UNDO) this.#broken = undefined;
      return result;
    } catch (error) {
      if (!isBusy(error)) this.#broken = { by: error };
      throw error;
    }
  }
  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery<R>(query, chunkSize);
  }
  refuseBroken(): void {
    if (this.#broken) throw new Error('A statement of this transaction failed before.', { cause: this.#broken.by });
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

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
