/** Migrations: in order, once, whole or not at all, and never backwards. */
import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Migrations, migrate, numbered, pending } from '../../src/store/migrate.ts';
import type { Store } from '../../src/store/store.ts';
import type { Subject } from './store.ts';

const makes = (table: string) => ({
  up: (db: Kysely<unknown>) => db.schema.createTable(table).addColumn('id', 'integer').execute(),
});
const FAILS = {
  up: async (db: Kysely<unknown>) => {
    await makes('halfway').up(db);
    await sql`insert into halfway (id) values (1)`.execute(db);
    await sql`insert into nowhere (id) values (1)`.execute(db);
  },
};
const FIRST: Migrations = { '0001-first': makes('one') };
const SECOND: Migrations = { ...FIRST, '0002-second': makes('two') };

const rowsOf = (store: Store, table: string): Promise<unknown[]> =>
  store.read(async (tx) => (await sql`select * from ${sql.table(table)}`.execute(tx)).rows);

export function takesSteps({ opened, store, fresh }: Subject): void {
  describe('migrates', () => {
    it('an empty database to this version, once', async () => {
      const { store: empty } = await fresh();
      const all = Object.keys(await numbered());
      expect(all.length).toBeGreaterThan(0);
      expect(await pending(empty)).toEqual(all);
      expect(await migrate(empty)).toEqual({ applied: all });
      expect(await migrate(empty)).toEqual({ applied: [] });
      expect(await pending(empty)).toEqual([]);
    });

    it('only what is new', async () => {
      const { store: old } = await fresh();
      await migrate(old, FIRST);
      expect(await pending(old, SECOND)).toEqual(['0002-second']);
      expect(await migrate(old, SECOND)).toEqual({ applied: ['0002-second'] });
    });

    it('nothing at all when one step fails, and says which', async () => {
      const { store: old } = await fresh();
      await migrate(old, FIRST);
      const broken = { ...SECOND, '0003-broken': FAILS, '0004-after': makes('four') };
      await expect(migrate(old, broken)).rejects.toThrow(/0003-broken.*as it was before/);
      for (const table of ['two', 'halfway', 'four']) await expect(rowsOf(old, table)).rejects.toThrow();
      expect(await pending(old, broken)).toEqual(['0002-second', '0003-broken', '0004-after']);
      expect(await migrate(old, SECOND)).toEqual({ applied: ['0002-second'] });
      expect(await rowsOf(old, 'two')).toEqual([]);
    });

    it('with three at it at once, each step once', async () => {
      const { store: one, again } = await fresh();
      const stores = [one, await again(), await again()];
      const results = await Promise.all(stores.map((each) => migrate(each)));
      expect(results.flatMap((result) => result.applied)).toEqual(Object.keys(await numbered()));
    });

    it('no database that a newer version has used', async () => {
      const { store: newer } = await fresh();
      await migrate(newer, SECOND);
      await expect(migrate(newer, FIRST)).rejects.toThrow(/newer Greenroom.*0002-second/);
      await expect(pending(newer, FIRST)).rejects.toThrow('newer Greenroom');
    });

    it('while others are reading', async () => {
      const other = await opened().again();
      const [read] = await Promise.all([rowsOf(other, 'begun'), migrate(store())]);
      expect(read).toEqual([]);
    });
  });
}
