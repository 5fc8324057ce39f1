/** The room's own way from a store to what is behind it. Nobody outside `src/store` imports this file. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import { type Health, type Kind, type Store, StoreError, type Tx } from './store.ts';

export interface Inside {
  readonly kind: Kind;
  readonly db: Kysely<Schema>;
  /** The address without its password. */
  readonly shown: string;
  /** SQLite only: the connection, and its file unless it lives in memory. */
  readonly sqlite?: { readonly connection: Database; readonly path: string | undefined };
}

export interface Engine extends Inside {
  transact<T>(mode: Mode, work: (tx: Tx) => Promise<T>): Promise<T>;
  health(): Health;
  recover(): Promise<Health>;
  close(): Promise<void>;
}

export type Mode = 'write' | 'read';

const insides = new WeakMap<Store, Inside>();

export function insideOf(store: Store): Inside {
  const inside = insides.get(store);
  if (!inside) throw new TypeError('This store was not opened by openStore.');
  return inside;
}

/** An engine as the rest of the house sees it. */
export function storeOf(engine: Engine): Store {
  const alone = oneAtATime();
  let closed: Promise<void> | undefined;
  const store: Store = {
    kind: engine.kind,
    write: (work) => alone('write', () => engine.transact('write', work)),
    read: (work) => alone('read', () => engine.transact('read', work)),
    health: () => engine.health(),
    recover: () => alone('write', () => engine.recover()),
    close: () => (closed ??= engine.close()),
  };
  insides.set(store, engine);
  return store;
}

/** Refuses a transaction begun inside another: on SQLite it would wait for itself for ever. */
function oneAtATime(): <T>(mode: Mode, run: () => Promise<T>) => Promise<T> {
  const around = new AsyncLocalStorage<{ running: boolean }>();
  return async (mode, run) => {
    if (around.getStore()?.running) {
      throw new StoreError('nested', `A ${mode} was begun inside another transaction; use the tx it was given.`);
    }
    const mine = { running: true };
    return around.run(mine, async () => {
      try {
        return await run();
      } finally {
        mine.running = false;
      }
    });
  };
}
