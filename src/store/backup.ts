/** Copies of the database while it is in use, and putting one back. A copy holds the database alone, never the key file beside it. */
import { existsSync, linkSync, renameSync } from 'node:fs';
import { access, copyFile, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { insideOf } from './inside.ts';
import { numbered } from './migrate.ts';
import { explain } from './sqlite-engine.ts';
import { type Store, StoreError } from './store.ts';

export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** Pages copied before everything else gets a turn. */
const PAGES_A_STEP = 200;

/**
 * Writes one moment of the database to the file `to`, while work goes on. The file appears whole and checked, or not at
 * all; one that is there already is replaced. Throws {@link StoreError}; PostgreSQL has its own tools and is refused.
 */
export async function backup(store: Store, to: string, onProgress?: (progress: Progress) => void): Promise<void> {
  const { sqlite, shown } = insideOf(store);
  if (!sqlite) {
    throw new StoreError(
      'backup',
      `This database is on PostgreSQL, which has its own tools: pg_dump --format=custom --file=${quoted(to)} "$DATABASE_URL" (${shown}).`,
    );
  }
  const target = resolve(to);
  if (target === sqlite.path) throw new StoreError('backup', 'A backup cannot replace the database it is made of.');
  const partial = `${target}.partial`;
  await sweep(partial);
  try {
    await copy(sqlite.path ?? sqlite.connection, partial, onProgress);
    await check(partial);
    await sync(partial);
    await rename(partial, target);
    await sync(dirname(target));
  } catch (error) {
    await sweep(partial);
    throw saidOf(error, target);
  }
}

/** From a connection, or from a file through a connection of its own. */
async function copy(from: Database.Database | string, to: string, onProgress?: (at: Progress) => void): Promise<void> {
  const source = typeof from === 'string' ? new Database(from, { readonly: true }) : from;
  try {
    // A reader of its own that stays at one moment: writers neither wait for it nor make it begin again.
    if (source !== from) source.exec('begin; select count(*) from sqlite_schema');
    const { totalPages } = await source.backup(to, {
      progress: ({ totalPages: of, remainingPages: left }) => {
        onProgress?.({ done: of - left, of });
        return PAGES_A_STEP;
      },
    });
    onProgress?.({ done: totalPages, of: totalPages });
  } finally {
    if (source !== from) source.close();
  }
}

/**
 * Puts the copy `from` in the place of the database `to`. What was there stays beside it as `<to>.before-restore-<name>`,
 * whose path is returned. Throws {@link StoreError} when the copy is damaged, newer than this version or no database of
 * Greenroom's, and when a program has `to` open.
 */
export async function restore(from: string, to: string, name: string): Promise<{ kept: string | undefined }> {
  const [source, target] = [resolve(from), resolve(to)];
  if (source === target) throw new StoreError('backup', 'The backup is the database itself.');
  if (!(await isThere(source))) throw new StoreError('backup', `There is no backup at ${source}.`);
  const kept = `${target}.before-restore-${name}`;
  if (existsSync(kept)) throw new StoreError('backup', `${kept} is there already; move it away first.`);
  const partial = `${target}.partial`;
  await sweep(partial);
  try {
    await copyWhole(source, partial);
    await check(partial);
    await refuseUnknown(partial);
    await sync(partial);
    const replaced = replace(target, partial, kept);
    await sync(dirname(target));
    return { kept: replaced ? kept : undefined };
  } catch (error) {
    await sweep(partial);
    throw saidOf(error, source);
  }
}

/** A database with a log beside it is copied through SQLite, so that what is only in the log comes along. */
const copyWhole = async (source: string, to: string): Promise<void> =>
  (await isThere(`${source}-wal`)) ? copy(source, to) : copyFile(source, to);

/** Puts the new file there in one step, with the old one locked against everybody. */
function replace(target: string, by: string, kept: string): boolean {
  const held = existsSync(target) ? hold(target) : undefined;
  try {
    const there = existsSync(target);
    if (there) linkSync(target, kept);
    // A damaged database could not be opened, so its log is still there; it must not be played into the new file.
    for (const end of ['-wal', '-shm']) if (existsSync(target + end)) renameSync(target + end, kept + end);
    renameSync(by, target);
    return there;
  } finally {
    held?.close();
  }
}

/** The database with its log folded in and nobody else at it; undefined when it is too damaged to be opened by anyone. */
function hold(path: string): Database.Database | undefined {
  const connection = new Database(path, { timeout: 0 });
  try {
    connection.pragma('locking_mode = exclusive');
    // Leaving WAL takes the only lock that waits for every other open connection, idle ones too.
    if (connection.pragma('journal_mode = delete', { simple: true }) === 'wal') throw heldBy(path);
    connection.exec('begin exclusive');
    return connection;
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && /^SQLITE_(?:NOTADB|CORRUPT)/.test(error.code)) return undefined;
    throw error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY') ? heldBy(path) : error;
  }
}

const heldBy = (path: string): StoreError =>
  new StoreError('busy', `Greenroom is running on ${path}. Stop it first, then restore.`);

/** One file without a log, whole by SQLite's own check. */
async function check(path: string): Promise<void> {
  const connection = new Database(path, { fileMustExist: true });
  try {
    connection.pragma('journal_mode = delete');
    const found = connection.pragma('integrity_check', { simple: true });
    const orphans = connection.pragma('foreign_key_check') as unknown[];
    if (found !== 'ok' || orphans.length > 0) throw new StoreError('backup', 'The copy is damaged; it was not kept.');
  } finally {
    connection.close();
  }
}

async function refuseUnknown(path: string): Promise<void> {
  const connection = new Database(path, { readonly: true });
  try {
    const table = connection.prepare(`select 1 from sqlite_schema where name = 'kysely_migration'`).get();
    if (!table) throw new StoreError('not a database', 'The backup is no database of Greenroom.');
    const done = connection.prepare<[], string>('select name from kysely_migration').pluck().all();
    const known = await numbered();
    const unknown = done.filter((migration) => !(migration in known));
    if (unknown.length === 0) return;
    throw new StoreError('newer', `The backup is from a newer Greenroom (it has ${unknown.join(', ')}); update first.`);
  } finally {
    connection.close();
  }
}

/** Onto the disk itself; a folder too, so that a rename survives a power cut. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sweep(partial: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(partial + end, { force: true });
}

function saidOf(error: unknown, path: string): unknown {
  if (error instanceof StoreError) return error;
  const said = explain(error, path);
  if (said) return said;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError('backup', `${path}: ${message}`, { cause: error });
}

const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
