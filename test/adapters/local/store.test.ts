/** The local chat's memory keeps its promises on every database. */
import { describe, expect, it } from 'vitest';
import type { NewRow } from '../../../adapters/local/ports.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import { localStore } from '../../../src/store/local.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open.ts';
import { freshDatabase, postgresUrl } from '../../support/postgres.ts';
import { MONDAY } from './practice.ts';

const row = (ref: string, more: Partial<NewRow> = {}): NewRow => ({
  ref,
  place: 'channel c',
  author: 'greenroom',
  name: null,
  kind: 'card',
  body: '{}',
  only: null,
  at: MONDAY,
  ...more,
});

async function onSqlite() {
  return { url: 'sqlite::memory:', drop: async () => {} };
}

const engines = [
  { engine: 'SQLite', open: onSqlite },
  ...((await postgresUrl()) === undefined ? [] : [{ engine: 'PostgreSQL', open: freshDatabase }]),
];

describe.each(engines)('the local chat on $engine', ({ open }) => {
  const withMemory = async (work: (memory: ReturnType<typeof localStore>) => Promise<void>): Promise<void> => {
    const database = await open();
    const store = await openStore(database.url);
    try {
      await migrate(store);
      await work(localStore(store));
    } finally {
      await store.close();
      await database.drop();
    }
  };

  it('gives every write a number of its own, also when many write at once', () =>
    withMemory(async (memory) => {
      const all = Array.from({ length: 8 }, (_, i) => row(`m${i}`));
      const added = await Promise.all(all.map((one) => memory.add(one)));
      const numbers = added.map(({ row: { seq } }) => seq).toSorted((a, b) => a - b);
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(await memory.lastSeq()).toBe(8);
    }));

  it('keeps one message a name, however many bring it at once', () =>
    withMemory(async (memory) => {
      const tries = ['a', 'b', 'c', 'd'].map((ref) => memory.add(row(ref, { name: 'daily:1' })));
      const results = await Promise.all(tries);
      expect(results.filter(({ added }) => added)).toHaveLength(1);
      expect(new Set(results.map(({ row: { ref } }) => ref)).size).toBe(1);
    }));

  it('moves a changed message to the end of what was written, not of its conversation', () =>
    withMemory(async (memory) => {
      for (const ref of ['a', 'b', 'c']) await memory.add(row(ref));
      const changed = await memory.change('a', () => ({ body: '{"new":1}', edited: MONDAY }));
      expect(changed).toMatchObject({ seq: 4, born: 1 });
      expect(await memory.change('a', () => undefined)).toBeUndefined();
      expect(await memory.change('nobody', () => ({ deleted: 1 }))).toBeUndefined();
      expect((await memory.writtenAfter(2, 10)).map(({ ref }) => ref)).toEqual(['c', 'a']);
      const shown = await memory.latest({ place: 'channel c', person: 'ana', limit: 2 });
      expect(shown.map(({ ref }) => ref)).toEqual(['b', 'c']);
      const earlier = await memory.latest({ place: 'channel c', person: 'ana', before: 3, limit: 5 });
      expect(earlier.map(({ ref, born }) => [ref, born])).toEqual([
        ['a', 1],
        ['b', 2],
      ]);
    }));

  it('counts what is unread, for each person and place, and never counts backwards', () =>
    withMemory(async (memory) => {
      await memory.add(row('a'));
      await memory.add(row('b', { author: 'ana', kind: 'text' }));
      await memory.add(row('c', { only: 'bo' }));
      expect(await memory.unread('ana')).toEqual([{ place: 'channel c', count: 1 }]);
      expect(await memory.unread('bo')).toEqual([{ place: 'channel c', count: 3 }]);
      await memory.markRead('bo', 'channel c', 2);
      await memory.markRead('bo', 'channel c', 1);
      expect(await memory.readUntil('bo', 'channel c')).toBe(2);
      expect(await memory.unread('bo')).toEqual([{ place: 'channel c', count: 1 }]);
      expect(await memory.unread('ana')).toEqual([{ place: 'channel c', count: 1 }]);
    }));

  it('tells how much was said under a message, when last and by whom', () =>
    withMemory(async (memory) => {
      const later = '2026-11-23T10:00:00.000Z' as Instant;
      const place = 'thread m';
      await memory.add(row('a', { place, author: 'bo' }));
      await memory.add(row('b', { place, author: 'ana', at: later }));
      await memory.add(row('c', { place, author: 'bo' }));
      await memory.add(row('d', { place, author: 'greenroom', only: 'ana' }));
      await memory.change('c', () => ({ deleted: 1 }));
      expect(await memory.talk([place, 'thread silent'])).toEqual([
        { place, count: 2, last: later, authors: ['ana', 'bo'] },
      ]);
      expect(await memory.talk([])).toEqual([]);
    }));

  it('seeds once, and keeps facts', () =>
    withMemory(async (memory) => {
      const people = [{ id: 'ana', name: 'Ana', admin: 1, zone: null, sample: 0, position: 1 }] as const;
      const channels = [{ id: 'c', name: 'c', purpose: '', position: 1 }];
      await memory.seed(people, channels);
      await memory.seed([{ ...people[0], id: 'bo' }], channels);
      expect((await memory.people()).map(({ id }) => id)).toEqual(['ana']);
      expect(await memory.fact('clock')).toBeUndefined();
      await memory.keepFact('clock', '1');
      await memory.keepFact('clock', '2');
      expect(await memory.fact('clock')).toBe('2');
    }));
});
