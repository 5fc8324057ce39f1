/** A folder of its own for each test that asks, removed after it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Instant } from '../../src/chat/ids.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'greenroom-store-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A migrated store on this file, closed after the test. */
export async function storeAt(path: string): Promise<Store> {
  const store = await openStore(`sqlite:${path}`);
  onTestFinished(() => store.close());
  await migrate(store);
  return store;
}

export const AT = '2026-11-23T09:00:00.000Z' as Instant;

/** Adds an event id, padded by `size` characters. */
export const note = (store: Store, id: string, size = 0): Promise<unknown> =>
  store.write((tx) =>
    tx
      .insertInto('inbox')
      .values({ id: id.padEnd(size, '.'), at: AT })
      .execute(),
  );

export const notes = (store: Store): Promise<string[]> =>
  store.read(async (tx) => (await tx.selectFrom('inbox').select('id').orderBy('id').execute()).map((row) => row.id));
