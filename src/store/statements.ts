/** Prepared statements of one SQLite connection, kept for their next use, and the refusal of changes while only looking. */
import type { Database, Statement } from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

const KEPT = 500;
const ROWS = /^\s*(?:select|insert|update|delete|with|begin|commit|rollback)\b/i;

export class Statements implements SqliteDatabase {
  /** Refuse every statement that would change something. */
  looking = false;
  readonly #connection: Database;
  readonly #kept = new Map<string, Statement>();

  constructor(connection: Database) {
    this.#connection = connection;
  }

  /** The same text gives the same statement: dropped ones pile up until memory is collected, and SQLite walks the pile. */
  prepare(sql: string): Statement {
    const statement = this.#find(sql);
    if (this.looking && !statement.readonly) throw new Error('A read-only transaction cannot change anything.');
    return statement;
  }

  close(): void {
    this.#kept.clear();
    this.#connection.close();
  }

  #find(sql: string): Statement {
    const kept = this.#kept.get(sql);
    if (kept && !kept.busy) return kept;
    const statement = this.#connection.prepare(sql);
    if (!ROWS.test(sql)) return statement;
    const oldest = this.#kept.size >= KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(sql, statement);
    return statement;
  }
}
