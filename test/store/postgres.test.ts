/** A PostgreSQL that goes away, comes back, or refuses. */
import { inspect } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backup } from '../../src/store/backup.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { freshDatabase, postgresUrl } from '../support/postgres.ts';
import { note, notes } from './folder.ts';

const pidOf = async (tx: Tx): Promise<number> =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)).rows[0]!.pid;
const end = (by: Store, pid: number): Promise<unknown> =>
  by.read((tx) => sql`select pg_terminate_backend(${sql.lit(pid)}, 5000)`.execute(tx));

async function two(): Promise<[Store, Store, string]> {
  const { url, drop } = await freshDatabase();
  const stores: [Store, Store, string] = [await openStore(url), await openStore(url), url];
  onTestFinished(async () => {
    await stores[0].close();
    await stores[1].close();
    await drop();
  });
  await migrate(stores[0]);
  return stores;
}

const collide = Object.assign(new Error('met another'), { code: '40001' });

function describeServer(): void {
  it('that cuts a transaction off costs that transaction, not the process', async () => {
    const [store, other] = await two();
    const cut = store.write(async (tx) => {
      await sql`insert into inbox (id, at) values ('half', '')`.execute(tx);
      await end(other, await pidOf(tx));
      await sql`select 1`.execute(tx);
    });
    await expect(cut).rejects.toMatchObject({ name: 'StoreError', reason: 'unreachable' });
    expect(store.health()).toMatchObject({ ok: false });
    expect(await store.recover()).toEqual({ ok: true });
    await note(store, 'next');
    expect(await notes(store)).toEqual(['next']);
  });

  it('that cuts an idle connection off is not noticed by the next transaction', async () => {
    const [store, other] = await two();
    await end(other, await store.read(pidOf));
    await store.recover();
    await note(store, 'next');
    expect(await notes(store)).toEqual(['next']);
  });

  it('that lets transactions collide has the work run again, five times at most', async () => {
    const [store] = await two();
    let runs = 0;
    const work = (colliding: number) =>
      store.write(async (tx) => {
        runs += 1;
        await sql`insert into inbox (id, at) values (${`run-${runs}`}, '')`.execute(tx);
        if (runs <= colliding) throw collide;
      });
    await work(5);
    expect(await notes(store)).toEqual(['run-6']);
    await store.write((tx) => sql`delete from inbox`.execute(tx));
    runs = 0;
    await expect(work(6)).rejects.toBe(collide);
    expect(runs).toBe(6);
    await note(store, 'next');
  });

  it('finishes a crowd that all change one row, without anybody giving up', async () => {
    const [store] = await two();
    await note(store, '0');
    const addOne = () =>
      store.write((tx) => sql`update inbox set id = cast(cast(id as integer) + 1 as text)`.execute(tx));
    await Promise.all(Array.from({ length: 100 }, addOne));
    expect(await notes(store)).toEqual(['100']);
  });

  it('that names the row in its error has that row left out of it', async () => {
    const [store] = await two();
    await note(store, 'c4n4ry');
    const error = await note(store, 'c4n4ry').catch((reason: unknown) => reason);
    expect(inspect(error)).toContain('inbox_pkey');
    expect(inspect(error)).not.toContain('c4n4ry');
  });

  it('that refuses says why, and never shows the password', async () => {
    const [, , url] = await two();
    const none = new URL(url);
    none.pathname = '/none';
    none.password = 's3cr3t';
    const error = await openStore(none.href).catch((reason: unknown) => reason as Error);
    expect((error as Error).message).toContain('has no database of that name');
    expect((error as Error).message).not.toContain('s3cr3t');
  });

  it('is backed up with its own tools', async () => {
    const [store] = await two();
    await expect(backup(store, `it's.dump`)).rejects.toThrow(`pg_dump --format=custom --file='it'\\''s.dump'`);
  });
}

if (await postgresUrl()) {
  describe('a server', () => {
    describeServer();
  });
}
