/** One process at a time works on a database file: it holds a lock beside it, which the system frees however it ends. */
import { realpathSync } from 'node:fs';
import Database from 'better-sqlite3';
import { explain } from './sqlite-engine.ts';
import { StoreError } from './store.ts';

/** How long one that is just stopping is waited for, in ms. */
const PATIENCE_MS = 1000;

/** Answers how to let go again. `path` is there already. Throws {@link StoreError}. */
export function holdAlone(path: string): () => void {
  // By its true name: two links to one file are one database.
  const lock = `${realpathSync(path)}-lock`;
  const connection = new Database(lock, { timeout: PATIENCE_MS });
  try {
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    throw refusal(error, path);
  }
  return () => void connection.close();
}

function refusal(error: unknown, path: string): unknown {
  const said = explain(error, path);
  if (said?.reason !== 'busy') return said ?? error;
  const words = `Another Greenroom runs on ${path} already. Stop that one first, or give this one a DATA_DIR of its own.`;
  return new StoreError('busy', words, { cause: error });
}
