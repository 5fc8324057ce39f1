/** PostgreSQL behind Kysely: a pool, numbers as numbers, serializable transactions run again when they met. */
import { Kysely, PostgresDialect, PostgresQueryCompiler, type QueryCompiler } from 'kysely';
import pg from 'pg';
import type { Engine, Mode } from './inside.ts';
import type { Schema } from './schema.ts';
import { type Health, StoreError, type Tx } from './store.ts';
import { cleanParameter } from './text.ts';
import { Turnstile } from './turnstile.ts';

const RETRIES = 5;
const INT8 = 20;
/** serialization_failure and deadlock_detected: nothing was kept, run it again. */
const MET_ANOTHER = new Set(['40001', '40P01']);

class CleanCompiler extends PostgresQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(cleanParameter(parameter));
  }
}

class SafePostgres extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new CleanCompiler();
  }
}

/** Connects once to see that it is there. Throws {@link StoreError}. */
export async function openPostgres(url: string, shown: string): Promise<Engine> {
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 10_000, types: { getTypeParser } });
  let problem: string | undefined;
  // Without a listener a server restart ends the process: idle connections report their death here.
  pool.on('error', () => (problem = lost(shown)));
  const db = new Kysely<Schema>({ dialect: new SafePostgres({ pool }) });
  const look = async (): Promise<Health> => {
    problem = await pool.query('select 1').then(
      () => undefined,
      () => lost(shown),
    );
    return healthOf(problem);
  };
  await pool.query('select 1').catch(async (error: unknown) => {
    await pool.end();
    throw new StoreError('unreachable', `${lost(shown)} ${reasonOf(error)}`);
  });
  const turnstile = new Turnstile();
  return {
    kind: 'postgres',
    db,
    shown,
    health: () => healthOf(problem),
    recover: look,
    transact: async (mode, work) => {
      try {
        const result = await repeatedly(turnstile, () => once(db, mode, work));
        problem = undefined;
        return result;
      } catch (error) {
        if (isLost(error)) problem = lost(shown);
        throw error;
      }
    },
  };
}

const once = <T>(db: Kysely<Schema>, mode: Mode, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('serializable')
    .setAccessMode(mode === 'read' ? 'read only' : 'read write')
    .execute(work);

/** The first try runs beside others; a repeat waits until it is alone in this process, so it cannot meet them again. */
async function repeatedly<T>(turnstile: Turnstile, run: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await (repeats === 0 ? turnstile.beside(run) : turnstile.alone(run));
    } catch (error) {
      if (repeats === RETRIES || !MET_ANOTHER.has(codeOf(error))) throw error;
    }
  }
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === INT8 ? Number : (pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
/** Connection exceptions, shutdowns and socket errors. */
const isLost = (error: unknown): boolean =>
  /^(08|57P|E[A-Z]{3,})/.test(codeOf(error)) || (error instanceof Error && /connection|timeout/i.test(error.message));
const lost = (shown: string): string => `The database at ${shown} cannot be reached.`;
const healthOf = (problem: string | undefined): Health => (problem ? { ok: false, problem } : { ok: true });

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === '28P01' || code === '28000') return 'It refuses this user and password.';
  if (code === '3D000') return 'The server answers, but has no database of that name; create it with createdb.';
  if (code === 'ECONNREFUSED') return 'Nothing listens there; is PostgreSQL running?';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'No machine has that name.';
  return code ? `The reason given was ${code}.` : 'It did not answer in time.';
}
