/** Writes that come together share a commit, and nobody could tell: each is as if it had come alone. */
import { join } from 'node:path';
import fc from 'fast-check';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { openSqlite } from '../../src/store/sqlite-engine.ts';
import { insideOf, storeOf } from '../../src/store/inside.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { Together } from '../../src/store/together.ts';
import { AT, folder, notes } from './folder.ts';

const RUNS = process.env['LONG'] ? 10_000 : 300;

let path: string;
let store: Store;
beforeEach(async () => {
  path = join(await folder(), 'greenroom.db');
  store = storeOf(openSqlite(path));
  onTestFinished(() => store.close());
  await migrate(store);
});

const add = (tx: Tx, id: string) => tx.insertInto('inbox').values({ id, at: AT }).execute();
const write = (id: string): Promise<unknown> => store.write((tx) => add(tx, id));

describe('writes that come together', () => {
  it('are told only when all of them are on the disk, in one commit', async () => {
    const other = new Database(path, { readonly: true });
    onTestFinished(() => void other.close());
    const onDisk = (): number => other.prepare<[], { n: number }>('select count(*) as n from inbox').get()?.n ?? NaN;
    const seen: number[] = [];
    const during: number[] = [];
    const all = Array.from({ length: 10 }, (_, n) =>
      store
        .write(async (tx) => {
          during.push(onDisk());
          await add(tx, String(n));
        })
        .then(() => seen.push(onDisk())),
    );
    await Promise.all(all);
    expect(during).toEqual(Array.from({ length: 10 }, () => 0));
    expect(seen).toEqual(Array.from({ length: 10 }, () => 10));
  });

  it('are as many as there are: what comes meanwhile is kept after them', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, n) => write(String(n).padStart(3, '0'))));
    expect(await notes(store)).toHaveLength(200);
  });

  it('see what those before them wrote', async () => {
    const counted = Array.from({ length: 5 }, (_, n) =>
      store.write(async (tx) => {
        const before = await tx.selectFrom('inbox').select('id').execute();
        await add(tx, String(n));
        return before.length;
      }),
    );
    expect(await Promise.all(counted)).toEqual([0, 1, 2, 3, 4]);
  });

  it('lose nothing when one of them fails, before or after it wrote', async () => {
    const failing = store.write(async (tx) => {
      await add(tx, 'half');
      throw new Error('changed my mind');
    });
    const careless = store.write(async (tx) => {
      await add(tx, 'careless');
      await sql`insert into inbox (id) values ('no instant')`.execute(tx).catch(() => undefined);
    });
    const settled = await Promise.allSettled([write('a'), failing, write('b'), careless, write('a'), write('c')]);
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, false, true]);
    expect(settled[1]).toMatchObject({ reason: { message: 'changed my mind' } });
    expect(await notes(store)).toEqual(['a', 'b', 'c']);
  });

  it('are each refused a transaction of their own inside', async () => {
    const nested = () => store.write(() => store.write(async () => 1));
    const settled = await Promise.allSettled([write('a'), nested(), nested(), write('b')]);
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, false, false, true]);
    expect(settled[2]).toMatchObject({ reason: { reason: 'nested' } });
    expect(await notes(store)).toEqual(['a', 'b']);
  });

  it('are run, however soon after the last one the next one comes', async () => {
    const here = insideOf(store).db;
    const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => here.transaction().execute(work);
    for (let steps = 0; steps < 20; steps += 1) {
      const together = new Together({ transact, alone: transact, isOurs: () => false, gather: async () => {} });
      const first = together.write((tx) => add(tx, `${steps} first`));
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      await first;
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      await together.write((tx) => add(tx, `${steps} next`));
    }
    expect(await notes(store)).toHaveLength(40);
  });

  it('are finished before the store closes', async () => {
    const all = [write('a'), write('b')];
    await store.close();
    await Promise.all(all);
    const again = new Database(path, { readonly: true });
    expect(again.prepare('select id from inbox').all()).toEqual([{ id: 'a' }, { id: 'b' }]);
    again.close();
  });

  it('end as they would one after another, whatever each does', async () => {
    const deed = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      does: fc.constantFrom('adds', 'removes', 'throws', 'stumbles'),
    });
    type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
    const run = ({ id, does }: Deed) =>
      store.write(async (tx) => {
        if (does === 'removes') await tx.deleteFrom('inbox').where('id', '=', id).execute();
        else await add(tx, id);
        if (does === 'throws') throw new Error('no');
        if (does === 'stumbles') await add(tx, id).catch(() => undefined);
      });
    const outcome = async (all: Promise<PromiseSettledResult<void>[]>) => {
      const ends = (await all).map(({ status }) => status);
      const kept = await notes(store);
      await store.write((tx) => tx.deleteFrom('inbox').execute());
      return { ends, kept };
    };
    const oneByOne = async (deeds: readonly Deed[]) => {
      const ends: PromiseSettledResult<void>[] = [];
      for (const one of deeds) ends.push(...(await Promise.allSettled([run(one)])));
      return ends;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 12 }), async (deeds) => {
        const together = await outcome(Promise.allSettled(deeds.map(run)));
        expect(together).toEqual(await outcome(oneByOne(deeds)));
      }),
      { numRuns: RUNS },
    );
  });
});
