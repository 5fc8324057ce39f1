/** Opens the database that the configuration names, for one command. */
import { existsSync } from 'node:fs';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { pending } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { Stop } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** The file of an SQLite database; undefined for PostgreSQL. */
export const fileOf = (config: Config): string | undefined =>
  config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : undefined;

/** Runs `work` on the database there is, and closes it. Throws {@link Stop} with what to do when there is none. */
export async function withStore<T>(terminal: Terminal, work: (store: Store, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(terminal.env, 'tool');
  const file = fileOf(config);
  // Opening would make an empty one, which nobody asked for.
  if (file !== undefined && !existsSync(file)) {
    throw new Stop(`There is no database yet at ${file}. Start Greenroom once, or set DATA_DIR to where it is.`);
  }
  const store = await openStore(config.databaseUrl);
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}

/** Throws {@link Stop} when the database lacks this version's tables. */
export async function mustBeCurrent(store: Store): Promise<void> {
  const missing = await pending(store);
  if (missing.length > 0) throw new Stop('The database is from an older version. Say `greenroom migrate` first.');
}
