/** Takes due rows a few at a time until none is left: as a function, and as a program `claimer.ts <url> <prefix>` that prints what it took. */
import { pathToFileURL } from 'node:url';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

export async function claimAll(store: Store, prefix: string): Promise<string[]> {
  const taken: string[] = [];
  for (;;) {
    const some = await store.write(async (tx) => {
      const due = await tx
        .selectFrom('inbox')
        .select('id')
        .where('id', 'like', `${prefix}-%`)
        .orderBy('id')
        .limit(3)
        .$if(store.kind === 'postgres', (query) => query.forUpdate().skipLocked())
        .execute();
      const ids = due.map((row) => row.id);
      if (ids.length > 0) await tx.deleteFrom('inbox').where('id', 'in', ids).execute();
      return ids;
    });
    if (some.length === 0) return taken;
    taken.push(...some);
  }
}

const [, self, url, prefix] = process.argv;
if (self && url && prefix && import.meta.url === pathToFileURL(self).href) {
  const store = await openStore(url);
  process.stdout.write(JSON.stringify(await claimAll(store, prefix)));
  await store.close();
}
