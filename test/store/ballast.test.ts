/** A full disk costs the reserve, not the work; and it is said until there is room again. */
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Ballast, ballastBeside } from '../../src/store/ballast.ts';
import { storeOf } from '../../src/store/inside.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openSqlite } from '../../src/store/sqlite-engine.ts';
import type { Store } from '../../src/store/store.ts';
import { folder, note, notes } from './folder.ts';

const SIZE = 1024 * 1024;

/** Room in pages: a limit that SQLite reports as a full disk. */
const allow = (store: Store, pages: number): Promise<unknown> =>
  store.read((tx) => sql.raw(`pragma max_page_count = ${pages}`).execute(tx));
const pagesOf = (store: Store): Promise<number> =>
  store.read(async (tx) => (await sql<{ page_count: number }>`pragma page_count`.execute(tx)).rows[0]!.page_count);

async function storeWith(path: string, ballast: Ballast): Promise<Store> {
  const store = storeOf(openSqlite(path, { ballast }));
  onTestFinished(() => store.close());
  await migrate(store);
  return store;
}

describe('the reserve', () => {
  it('is a real file beside the database, made once', async () => {
    const path = join(await folder(), 'greenroom.db');
    const ballast = ballastBeside(path, SIZE);
    const store = await storeWith(path, ballast);
    expect(await store.recover()).toEqual({ ok: true });
    const first = await stat(`${path}.ballast`);
    expect(first.size).toBe(SIZE);
    expect(first.blocks * 512).toBeGreaterThanOrEqual(SIZE);
    expect(await store.recover()).toEqual({ ok: true });
    expect((await stat(`${path}.ballast`)).ino).toBe(first.ino);
    expect((await readdir(join(path, '..'))).filter((file) => file.includes('partial'))).toEqual([]);
    expect([ballast.drop(), ballast.drop()]).toEqual([true, false]);
  });

  it('is not made where it would fill the disk, and that is said', async () => {
    const path = join(await folder(), 'greenroom.db');
    const store = await storeWith(path, ballastBeside(path, 2 ** 60));
    expect(await store.recover()).toMatchObject({ ok: false });
    expect(store.health().problem).toContain('nearly full');
    await note(store, 'works all the same');
  });

  it('is given up when the disk is full, and the work is done', async () => {
    const path = join(await folder(), 'greenroom.db');
    const real = ballastBeside(path, SIZE);
    let roomBack = false;
    let given = 0;
    const store: Store = await storeWith(path, {
      // Stands for the room that the file took: the same disk is there once more when it is gone.
      drop: () => real.drop() && (given += 1) > 0 && Boolean(free()),
      restore: () => (roomBack ? real.restore() : Promise.resolve(false)),
    });
    const connection = { pages: 0 };
    const free = (): number => (connection.pages += 100);
    await real.restore();
    connection.pages = (await pagesOf(store)) + 2;
    await allow(store, connection.pages);

    let runs = 0;
    await store.write(async (tx) => {
      runs += 1;
      await sql.raw(`pragma max_page_count = ${connection.pages}`).execute(tx);
      await sql`insert into inbox (id, at) values (${'big'.padEnd(50_000, '.')}, '')`.execute(tx);
    });
    expect({ runs, given }).toEqual({ runs: 2, given: 1 });
    expect(await notes(store)).toHaveLength(1);
    expect(store.health()).toMatchObject({ ok: false });
    expect(await store.recover()).toMatchObject({ ok: false });
    roomBack = true;
    expect(await store.recover()).toEqual({ ok: true });
    expect(store.health()).toEqual({ ok: true });
    expect((await stat(`${path}.ballast`)).size).toBe(SIZE);
  });

  it('gone too, the work fails whole, is told as a full disk, and goes on when there is room', async () => {
    const path = join(await folder(), 'greenroom.db');
    const store = await storeWith(path, ballastBeside(path, SIZE));
    await store.recover();
    await allow(store, (await pagesOf(store)) + 2);
    await note(store, 'small');
    for (let n = 0; n < 2; n += 1) {
      const half = store.write(async (tx) => {
        await sql`insert into inbox (id, at) values ('half', '')`.execute(tx);
        await sql`insert into inbox (id, at) values (${'big'.padEnd(90_000, '.')}, '')`.execute(tx);
      });
      await expect(half).rejects.toMatchObject({ name: 'StoreError', reason: 'full' });
    }
    expect((await readdir(join(path, '..'))).filter((file) => file.includes('ballast'))).toEqual([]);
    expect(await notes(store)).toEqual(['small']);
    expect(store.health()).toMatchObject({ ok: false });
    await allow(store, 1_000_000);
    expect(await store.recover()).toEqual({ ok: true });
    await note(store, 'big', 90_000);
    expect(await notes(store)).toHaveLength(2);
  });

  it('gone too, writes that come together fail each for itself: the small ones are kept', async () => {
    const path = join(await folder(), 'greenroom.db');
    const store = await storeWith(path, ballastBeside(path, SIZE));
    await allow(store, (await pagesOf(store)) + 2);
    const all = ['a', 'big', 'b', 'c'].map((id) => note(store, id, id === 'big' ? 90_000 : 0));
    const settled = await Promise.allSettled(all);
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true]);
    expect(settled[1]).toMatchObject({ reason: { name: 'StoreError', reason: 'full' } });
    expect(await notes(store)).toEqual(['a', 'b', 'c']);
  });

  it('that cannot be made leaves nothing behind', async () => {
    const path = join(await folder(), 'greenroom.db');
    await writeFile(path, '');
    // A folder of that name is in the way.
    const { mkdir } = await import('node:fs/promises');
    await mkdir(`${path}.ballast.partial`);
    expect(await ballastBeside(path, SIZE).restore()).toBe(false);
  });
});
