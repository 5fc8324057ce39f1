/** Brings a database to this version's tables: all pending steps in one transaction, or none. */
import { readdirSync } from 'node:fs';
import { type Migration, Migrator } from 'kysely/migration';
import { type Inside, insideOf } from './inside.ts';
import { type Store, StoreError } from './store.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);
const NUMBERED = /^(?<name>\d{4}-[a-z0-9-]+)\.(?:ts|js)$/;

export type Migrations = Readonly<Record<string, Migration>>;

/** Runs what is pending and tells what ran, in order. Throws {@link StoreError}; the database is then as it was before. */
export async function migrate(store: Store, migrations?: Migrations): Promise<{ applied: string[] }> {
  const known = migrations ?? (await numbered());
  const inside = insideOf(store);
  await refuseForeign(inside, Object.keys(known));
  const { error, results = [] } = await new Migrator({
    db: inside.db,
    provider: { getMigrations: () => Promise.resolve({ ...known }) },
  }).migrateToLatest();
  if (error) {
    const failed = results.find((it) => it.status === 'Error')?.migrationName;
    const what = failed ? `Migration ${failed} failed` : 'Migrating failed';
    throw new StoreError('migration', `${what}; the database is as it was before. ${messageOf(error)}`, {
      cause: error,
    });
  }
  return { applied: results.map((it) => it.migrationName) };
}

/** Names of the steps this database still lacks. Throws {@link StoreError} when it is from a newer version. */
export async function pending(store: Store, migrations?: Migrations): Promise<string[]> {
  const names = Object.keys(migrations ?? (await numbered())).toSorted();
  const done = new Set(await refuseForeign(insideOf(store), names));
  return names.filter((name) => !done.has(name));
}

/** The steps of a folder by name. Two with one number are a mistake. */
export async function numbered(folder: URL = FOLDER): Promise<Migrations> {
  const files = readdirSync(folder)
    .filter((file) => NUMBERED.test(file))
    .toSorted();
  const migrations: Record<string, Migration> = {};
  for (const file of files) {
    const name = NUMBERED.exec(file)?.groups?.['name'] ?? file;
    const twin = Object.keys(migrations).find((other) => other.slice(0, 4) === name.slice(0, 4));
    if (twin) throw new StoreError('migration', `Migrations ${twin} and ${name} have the same number.`);
    migrations[name] = (await import(new URL(file, folder).href)) as Migration;
  }
  return migrations;
}

/** What ran on this database before; refuses one that is newer, or that belongs to something else. */
async function refuseForeign(inside: Inside, known: readonly string[]): Promise<string[]> {
  const tables = (await inside.db.introspection.getTables({ withInternalKyselyTables: true })).map((it) => it.name);
  if (!tables.includes('kysely_migration')) {
    if (inside.kind === 'sqlite' && tables.some((name) => !name.startsWith('kysely_'))) {
      throw new StoreError('not a database', `${inside.shown} belongs to another program. Name a file of its own.`);
    }
    return [];
  }
  const rows = await inside.db
    .$extendTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  const done = rows.map((row) => row.name);
  const unknown = done.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StoreError(
      'newer',
      `The database ${inside.shown} was used by a newer Greenroom (it has ${unknown.join(', ')}). Start that version, or restore an older backup.`,
    );
  }
  return done;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
