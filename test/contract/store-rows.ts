/** Rows come back as they were written, rules between them hold, and nothing is kept by halves. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Instant, PersonId, TeamId } from '../../src/chat/ids.ts';
import type { Row } from '../../src/store/schema.ts';
import type { Tx } from '../../src/store/store.ts';
import { cleanText } from '../../src/store/text.ts';
import type { Subject } from './store.ts';

const RUNS = process.env['LONG'] ? 10_000 : 500;
const AT = '2026-11-23T09:00:00.000Z' as Instant;

export const team = (id: string): Row<'teams'> => ({
  id: id as TeamId,
  platform: 'local',
  name: 'Ours',
  seed: 's',
  last_admin: null,
  retention_days: 180,
  created: AT,
  gone: null,
});
const person = (of: string, id: string): Row<'people'> => ({
  team: of as TeamId,
  id: id as PersonId,
  name: id,
  admin: 0,
  zone: null,
  level: null,
  active_at: AT,
  paused_until: null,
});
const seen = (tx: Tx, id: string) => tx.insertInto('inbox').values({ id, at: AT }).execute();
const isSeen = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('inbox').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

export function keepsRows({ store, opened }: Subject): void {
  describe('keeps what it is given', () => {
    it('gives every kind of column back as it was', async () => {
      const text = fc.string({ unit: 'binary' });
      const row = fc.record({
        ref: fc.uuid(),
        seq: fc.maxSafeInteger(),
        place: text,
        author: text,
        name: fc.option(text),
        kind: text,
        body: fc.json(),
        only: fc.option(text),
        deleted: fc.constantFrom(0 as const, 1 as const),
        at: fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
          .map((at) => at.toISOString() as Instant),
      });
      await store().write(async (tx) => {
        const keep = fc.asyncProperty(row, async (given) => {
          const values = { ...given, edited: null, born: given.seq } as unknown as Row<'local_messages'>;
          await tx.insertInto('local_messages').values(values).execute();
          const [back] = await tx.deleteFrom('local_messages').where('ref', '=', given.ref).returningAll().execute();
          const cleaned = Object.entries(values).map(([key, it]) => [key, typeof it === 'string' ? cleanText(it) : it]);
          expect(back).toEqual(Object.fromEntries(cleaned));
        });
        await fc.assert(keep, { numRuns: RUNS });
      });
    });

    it('keeps a long text in many scripts whole', async () => {
      const name = 'Ünïcödé 面接 مقابلة 🧑🏽‍🚀 \u202e\t\n'.repeat(20_000);
      await store().write((tx) =>
        tx
          .insertInto('teams')
          .values({ ...team('long'), name })
          .execute(),
      );
      const back = await store().read((tx) =>
        tx
          .selectFrom('teams')
          .select('name')
          .where('id', '=', 'long' as TeamId)
          .executeTakeFirstOrThrow(),
      );
      expect(back.name === name).toBe(true);
    });

    it('leaves out what no database can hold, and nothing else', async () => {
      await store().write((tx) =>
        tx
          .insertInto('teams')
          .values({ ...team('odd'), name: 'a\0b\ud83dc\ude00d😀' })
          .execute(),
      );
      const back = await store().read((tx) =>
        tx.selectFrom('teams').select('name').where('name', '=', 'a\0bcd😀').executeTakeFirst(),
      );
      expect(back?.name).toBe('abcd😀');
    });

    it('counts and sums in numbers', async () => {
      const { all, sum } = await store().write(async (tx) => {
        const big = {
          name: null,
          place: 'p',
          author: 'a',
          kind: 'text',
          body: '',
          only: null,
          edited: null,
          deleted: 0,
        };
        const rows = [1, 2].map((n) => ({ ...big, at: AT, ref: `sum${n}`, seq: 2 ** 51 + n, born: n }));
        await tx
          .insertInto('local_messages')
          .values(rows as unknown as Row<'local_messages'>[])
          .execute();
        return tx
          .selectFrom('local_messages')
          .select((row) => [row.fn.countAll<number>().as('all'), row.fn.sum<number>('seq').as('sum')])
          .where('ref', 'like', 'sum%')
          .executeTakeFirstOrThrow();
      });
      expect({ all, sum }).toEqual({ all: 2, sum: 2 ** 52 + 3 });
    });

    it('treats text from people as data', async () => {
      const name = `'; drop table inbox; -- " \\ $1 ? %s`;
      await store().write((tx) =>
        tx
          .insertInto('teams')
          .values({ ...team('hostile'), name })
          .execute(),
      );
      const found = await store().read((tx) => tx.selectFrom('teams').select('id').where('name', '=', name).execute());
      expect(found).toEqual([{ id: 'hostile' }]);
    });
  });

  describe('keeps all of a transaction, or nothing', () => {
    it('forgets everything when the work fails', async () => {
      const failing = store().write(async (tx) => {
        await seen(tx, 'half');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await store().read((tx) => isSeen(tx, 'half'))).toBe(false);
    });

    it('refuses the same key twice', async () => {
      await store().write((tx) => seen(tx, 'once'));
      await expect(store().write((tx) => seen(tx, 'once'))).rejects.toThrow(/unique/i);
    });

    it('refuses a row that points nowhere', async () => {
      await expect(
        store().write((tx) => tx.insertInto('people').values(person('nobody', 'ada')).execute()),
      ).rejects.toThrow(/foreign key/i);
    });

    it('keeps nothing after a statement failed, even when the work went on', async () => {
      const careless = store().write(async (tx) => {
        await seen(tx, 'before');
        await sql`insert into inbox (id) values ('no instant')`.execute(tx).catch(() => undefined);
      });
      await expect(careless).rejects.toThrow();
      expect(await store().read((tx) => isSeen(tx, 'before'))).toBe(false);
    });

    it('changes nothing while reading, and writes again after', async () => {
      await expect(store().read((tx) => seen(tx, 'sneaked'))).rejects.toThrow(/read-?only/i);
      await store().write((tx) => seen(tx, 'allowed'));
      expect(await store().read((tx) => isSeen(tx, 'sneaked'))).toBe(false);
      expect(store().health()).toEqual({ ok: true });
    });

    it('refuses a transaction inside another at once, and goes on working', async () => {
      for (const outer of ['write', 'read'] as const)
        for (const inner of ['write', 'read'] as const) {
          const nested = store()[outer](() => store()[inner](() => Promise.resolve(1)));
          await expect(nested).rejects.toThrow('inside another transaction');
        }
      expect(await store().write(() => Promise.resolve('fine'))).toBe('fine');
    });

    it('allows a new transaction to something that was begun in one and outlived it', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      let later: Promise<string> | undefined;
      await store().write(async () => {
        later = promise.then(() => store().write(() => Promise.resolve('later')));
      });
      resolve();
      expect(await later).toBe('later');
    });

    it('takes no work once it is closed, used before or not, closed once or twice', async () => {
      for (const used of [true, false]) {
        const closing = await opened().again();
        if (used) await closing.read(() => Promise.resolve());
        await closing.close();
        await closing.close();
        await expect(closing.write(() => Promise.resolve())).rejects.toThrow();
      }
    });

    it('lets nobody use a transaction that is over', async () => {
      const leaked = await store().write((tx) => Promise.resolve([tx] as const));
      await expect(seen(leaked[0], 'too late')).rejects.toThrow(/committed|transaction/i);
      expect(await store().read((tx) => isSeen(tx, 'too late'))).toBe(false);
    });
  });
}
