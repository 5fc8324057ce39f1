/** Several stores on one database: as if each transaction had been alone, and each row taken once. */
import { describe, expect, it } from 'vitest';
import type { Instant, TeamId } from '../../src/chat/ids.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { claimAll } from './claimer.ts';
import { runClaimer } from './claimers.ts';
import { team } from './store-rows.ts';
import type { Subject } from './store.ts';

const count = async (tx: Tx, id: string): Promise<number> =>
  (
    await tx
      .selectFrom('teams')
      .select('retention_days')
      .where('id', '=', id as TeamId)
      .executeTakeFirstOrThrow()
  ).retention_days;
const setTo = (tx: Tx, id: string, days: number) =>
  tx
    .updateTable('teams')
    .set({ retention_days: days })
    .where('id', '=', id as TeamId)
    .execute();
const addTeam = (store: Store, id: string) =>
  store.write((tx) =>
    tx
      .insertInto('teams')
      .values({ ...team(id), retention_days: 0 })
      .execute(),
  );
const addDue = (store: Store, prefix: string, many: number) =>
  store.write(async (tx) => {
    for (let n = 0; n < many; n += 1)
      await tx
        .insertInto('inbox')
        .values({ id: `${prefix}-${n}`, at: '2026-11-23T09:00:00.000Z' as Instant })
        .execute();
  });

export function keepsOrder({ opened, store }: Subject): void {
  describe('with several at work at once', () => {
    it('loses no update when two stores read and then write the same row', async () => {
      await addTeam(store(), 'counted');
      const other = await opened().again();
      const addOne = (at: Store) => at.write(async (tx) => setTo(tx, 'counted', (await count(tx, 'counted')) + 1));
      await Promise.all(Array.from({ length: 20 }, (_, n) => addOne(n % 2 ? other : store())));
      expect(await store().read((tx) => count(tx, 'counted'))).toBe(20);
    });

    it('runs the work again, or the other one later, when one writes what the other has read', async () => {
      await addTeam(store(), 'met');
      const other = await opened().again();
      let theirs: Promise<unknown> | undefined;
      await store().write(async (tx) => {
        const before = await count(tx, 'met');
        theirs ??= other.write(async (tx2) => setTo(tx2, 'met', (await count(tx2, 'met')) + 10));
        // SQLite keeps the second waiting until we are done; PostgreSQL lets it win, and ours is run again.
        if (store().kind === 'postgres') await theirs;
        await setTo(tx, 'met', before + 1);
      });
      await theirs;
      expect(await store().read((tx) => count(tx, 'met'))).toBe(11);
    });

    it('adds a row once when two look whether it is there first', async () => {
      const other = await opened().again();
      const addIfAbsent = async (tx: Tx, meanwhile?: () => Promise<unknown>): Promise<string> => {
        const there = await tx
          .selectFrom('teams')
          .select('name')
          .where('id', '=', 'once' as TeamId)
          .executeTakeFirst();
        await meanwhile?.();
        if (there) return 'there';
        await tx.insertInto('teams').values(team('once')).execute();
        return 'added';
      };
      let theirs: Promise<string> | undefined;
      const ours = await store().write((tx) =>
        addIfAbsent(tx, async () => {
          theirs ??= other.write((tx2) => addIfAbsent(tx2));
          if (store().kind === 'postgres') await theirs;
        }),
      );
      expect(new Set([ours, await theirs])).toEqual(new Set(['added', 'there']));
    });

    it('keeps two promises that are only wrong together from both being kept', async () => {
      await addTeam(store(), 'left');
      await addTeam(store(), 'right');
      const other = await opened().again();
      const takeIfFree = (at: Store, mine: string) =>
        at.write(async (tx) => {
          if ((await count(tx, 'left')) + (await count(tx, 'right')) === 0) await setTo(tx, mine, 1);
        });
      await Promise.all([takeIfFree(store(), 'left'), takeIfFree(other, 'right')]);
      expect(await store().read(async (tx) => (await count(tx, 'left')) + (await count(tx, 'right')))).toBe(1);
    });

    it('shows a reader one moment, whatever is written meanwhile', async () => {
      await addTeam(store(), 'moment');
      const other = await opened().again();
      const [first, second] = await store().read(async (tx) => {
        const before = await count(tx, 'moment');
        await other.write((tx2) => setTo(tx2, 'moment', 7));
        return [before, await count(tx, 'moment')];
      });
      expect([first, second]).toEqual([0, 0]);
      expect(await store().read((tx) => count(tx, 'moment'))).toBe(7);
    });

    it('finishes a crowd of writes in one process', async () => {
      await addTeam(store(), 'crowd');
      const addOne = () => store().write(async (tx) => setTo(tx, 'crowd', (await count(tx, 'crowd')) + 1));
      await Promise.all(Array.from({ length: 60 }, addOne));
      expect(await store().read((tx) => count(tx, 'crowd'))).toBe(60);
    });

    it('hands each due row to one of several stores', async () => {
      await addDue(store(), 'pool', 30);
      const stores = [store(), await opened().again(), await opened().again()];
      const taken = await Promise.all(stores.map((one) => claimAll(one, 'pool')));
      expect(taken.flat().toSorted()).toEqual(Array.from({ length: 30 }, (_, n) => `pool-${n}`).toSorted());
    });

    it('hands each due row to one of several processes', async () => {
      await addDue(store(), 'process', 30);
      const taken = await Promise.all([1, 2].map(() => runClaimer(opened().url, 'process')));
      expect(taken.flat().toSorted()).toEqual(Array.from({ length: 30 }, (_, n) => `process-${n}`).toSorted());
    });
  });
}
