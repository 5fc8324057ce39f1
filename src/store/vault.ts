/** The vault's table: texts go in sealed under their own key, and come out opened or not at all. */
import { sql } from 'kysely';
import type { Vault } from '../chat/adapter.ts';
import type { Instant } from '../chat/ids.ts';
import type { Store, Tx } from './store.ts';

/** Seals a text for one purpose; `open` throws when it was sealed by another key or for another purpose. */
export interface Sealer {
  seal(text: string, about: string): string;
  open(sealed: string, about: string): string;
}

/** Every call is one transaction of its own; what has expired goes with the next `keep`. */
export function openVault(store: Pick<Store, 'read' | 'write'>, sealer: Sealer, now: () => Instant): Vault {
  return {
    keep: (key, text, until) =>
      store.write(async (tx) => {
        const at = now();
        await tx.deleteFrom('vault').where('until', '<=', at).execute();
        const row = { sealed: sealer.seal(text, key), until: until ?? null, at };
        await tx
          .insertInto('vault')
          .values({ key, ...row })
          .onConflict((c) => c.column('key').doUpdateSet(row))
          .execute();
      }),
    read: async (key) => {
      const row = await store.read((tx) => live(tx, now()).where('key', '=', key).executeTakeFirst());
      return row && sealer.open(row.sealed, key);
    },
    take: (key) =>
      store.write(async (tx) => {
        const row = await tx
          .deleteFrom('vault')
          .where('key', '=', key)
          .returning(['sealed', 'until'])
          .executeTakeFirst();
        if (!row || (row.until !== null && row.until <= now())) return undefined;
        // Inside the transaction: what cannot be opened is not forgotten.
        return sealer.open(row.sealed, key);
      }),
    forget: (key) =>
      store.write(async (tx) => {
        await tx.deleteFrom('vault').where('key', '=', key).execute();
      }),
    keys: async (prefix) => {
      const begins = sql<boolean>`substr(key, 1, ${prefix.length}) = ${prefix}`;
      const rows = await store.read((tx) => live(tx, now()).where(begins).execute());
      // Sorted here: a database may have an order of its own.
      return rows.map(({ key }) => key).toSorted();
    },
  };
}

const live = (tx: Tx, at: Instant) =>
  tx
    .selectFrom('vault')
    .select(['key', 'sealed'])
    .where((e) => e.or([e('until', 'is', null), e('until', '>', at)]));
