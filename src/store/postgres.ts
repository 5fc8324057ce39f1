/** PostgreSQL behind Kysely: a pool, numbers as numbers, serializable transactions run again when they met. */
import { Kysely, PostgresDialect, PostgresQueryCompiler, type QueryCompiler } from 'kysely';
import pg from 'pg';
import type { Engine, Mode } from './inside.ts';
import { codeOf, isLost, lost, reasonOf } from './postgres-errors.ts';
import type { Schema } from './schema.ts';
import { type Health, StoreError, type Tx } from './store.ts';
import { cleanParameter } from './text.ts';
import { Turnstile } from './turnstile.ts';

const RETRIES = 5;
/** serialization_failure and deadlock_detected: nothing was kept, run it again. */
const MET_ANOTHER = new Set(['40001', '40P01']);
/** Sums and counts come as int8 and numeric; SQLite gives numbers for both. */
const NUMBERS = new Set([20, 1700]);

/** Connects once to see that it is there. Throws {@link StoreError}. */
export async function openPostgres(url: string, shown: string): Promise<Engine> {
  const engine = new PostgresEngine(url, shown);
  await engine.reach();
  return engine;
}

class PostgresEngine implements Engine {
  readonly kind = 'postgres';
  readonly db: Kysely<Schema>;
  readonly shown: string;
  readonly #pool: pg.Pool;
  readonly #turnstile = new Turnstile();
  #problem: string | undefined;

  constructor(url: string, shown: string) {
    this.shown = shown;
    this.#pool = new pg.Pool({
      connectionString: url,
      application_name: 'greenroom',
      connectionTimeoutMillis: 10_000,
      // A replica that stops mid-transaction must not hold its locks for ever.
      idle_in_transaction_session_timeout: 60_000,
      types: { getTypeParser },
    });
    // Without listeners a server restart ends the process: idle connections report to the pool, busy ones to themselves.
    this.#pool.on('error', () => this.#fail());
    this.#pool.on('connect', (client) => client.on('error', () => this.#fail()));
    this.db = new Kysely<Schema>({ dialect: new SafePostgres({ pool: this.#pool }) });
  }

  async reach(): Promise<void> {
    try {
      await this.#pool.query('select 1');
    } catch (error) {
      await this.#pool.end();
      throw new StoreError('unreachable', `${lost(this.shown)} ${reasonOf(error)}`);
    }
  }

  async transact<T>(mode: Mode, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const result = await this.#repeatedly(() => once(this.db, mode, work));
      this.#problem = undefined;
      return result;
    } catch (error) {
      if (!isLost(error)) throw withoutRows(error);
      this.#fail();
      throw new StoreError('unreachable', lost(this.shown), { cause: error });
    }
  }

  health(): Health {
    return this.#problem ? { ok: false, problem: this.#problem } : { ok: true };
  }

  async recover(): Promise<Health> {
    await this.#pool.query('select 1').then(
      () => (this.#problem = undefined),
      () => this.#fail(),
    );
    return this.health();
  }

  async close(): Promise<void> {
    await this.db.destroy();
    // Kysely leaves a pool it never used.
    if (!this.#pool.ending) await this.#pool.end();
  }

  #fail(): void {
    this.#problem = lost(this.shown);
  }

  /** The first try runs beside others; a repeat waits until it is alone in this process, so it cannot meet them again. */
  async #repeatedly<T>(run: () => Promise<T>): Promise<T> {
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await (repeats === 0 ? this.#turnstile.beside(run) : this.#turnstile.alone(run));
      } catch (error) {
        if (repeats === RETRIES || !MET_ANOTHER.has(codeOf(error))) throw error;
        // Other processes repeat too: pauses of chance lengths keep them from meeting again and again.
        await this.#pool.query('select pg_sleep(random() * $1)', [0.01 * 2 ** repeats]);
      }
    }
  }
}

/** PostgreSQL quotes the row in a unique or foreign key error; what people wrote does not belong in a log. */
function withoutRows(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) Object.assign(error, { detail: undefined, where: undefined });
  return error;
}

const once = <T>(db: Kysely<Schema>, mode: Mode, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('serializable')
    .setAccessMode(mode === 'read' ? 'read only' : 'read write')
    .execute(work);

class SafePostgres extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new CleanCompiler();
  }
}

class CleanCompiler extends PostgresQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(cleanParameter(parameter));
  }
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return NUMBERS.has(oid) ? Number : (pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown);
}
