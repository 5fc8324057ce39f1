/** From an address to a store: `sqlite:<path>`, `sqlite::memory:`, `postgres://…`. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Log } from '../chat/world.ts';
import { holdAlone } from './alone.ts';
import { type Engine, storeOf } from './inside.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite-engine.ts';
import { type Store, StoreError } from './store.ts';

const HOW =
  'Write sqlite:./data/greenroom.db, sqlite::memory: or postgres://user:password@host:5432/database ' +
  '(percent-encode special characters in the password).';

export interface OpenOptions {
  readonly log?: Log;
  /** Refuse a database file that another process holds so, and hold it until the store closes. PostgreSQL is for many. */
  readonly alone?: boolean;
  /** Resolves when what has arrived by now had its chance to write; on SQLite those writes share a commit. */
  readonly gather?: () => Promise<void>;
}

/** Throws {@link StoreError} in words for the person who runs Greenroom. */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const engine = await heldBy(await openEngine(url, options), options);
  options.log?.info('store opened', { kind: engine.kind, at: engine.shown });
  return storeOf(engine);
}

async function heldBy(engine: Engine, { alone = false }: OpenOptions): Promise<Engine> {
  const path = engine.sqlite?.path;
  if (!alone || path === undefined) return engine;
  try {
    const release = holdAlone(path);
    const close = engine.close.bind(engine);
    return Object.assign(engine, { close: () => close().finally(release) });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function openEngine(url: string, { gather }: OpenOptions): Promise<Engine> {
  if (url === 'sqlite::memory:') return openSqlite(undefined, { gather });
  const path = /^sqlite:(?:\/\/(?=[/.]))?(?<path>[^:?].*)$/.exec(url)?.groups?.['path'];
  if (path) {
    const file = resolve(path);
    return openSqlite(ownersOnly(inFolder(file)), { gather });
  }
  if (/^postgres(?:ql)?:\/\//.test(url)) return openPostgres(url, shownOf(url));
  throw new StoreError('address', `DATABASE_URL names no database that Greenroom knows. ${HOW}`);
}

function inFolder(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return file;
  } catch (cause) {
    throw new StoreError('unreachable', `The folder ${dirname(file)} cannot be made; name another one.`, { cause });
  }
}

/** A new file holds what people wrote, so it begins as its owner's alone; SQLite gives the files beside it the same rights. */
function ownersOnly(file: string): string {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    // What is in the way, SQLite finds too, and it is explained there.
  }
  return file;
}

/** Host and database of an address, never its user or password. */
function shownOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // An unescaped "/", "?" or "#" in a password moves its rest to where a host or path is expected.
  const astray = parsed && `${parsed.pathname}${parsed.search}${parsed.hash}`.includes('@');
  if (!parsed || astray) throw new StoreError('address', `DATABASE_URL cannot be read. ${HOW}`);
  return `${parsed.host}${parsed.pathname}`;
}
