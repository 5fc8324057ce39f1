/** The store's contract on both engines. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { type Opened, storeContract } from '../contract/store.ts';
import { freshDatabase, postgresUrl } from '../support/postgres.ts';

async function on(url: string, remove: () => Promise<void>): Promise<Opened> {
  const open = [await openStore(url)];
  return {
    url,
    store: open[0]!,
    again: async () => {
      const one = await openStore(url);
      open.push(one);
      return one;
    },
    drop: async () => {
      for (const one of open) await one.close();
      await remove();
    },
  };
}

storeContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-store-'));
  return on(`sqlite:${join(folder, 'greenroom.db')}`, () => rm(folder, { recursive: true }));
});

if (await postgresUrl()) {
  storeContract('PostgreSQL', async () => {
    const { url, drop } = await freshDatabase();
    return on(url, drop);
  });
}
