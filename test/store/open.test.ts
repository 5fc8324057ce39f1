/** Opening a database: the settings that matter, and what is said when it cannot be opened. */
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { storeOf } from '../../src/store/inside.ts';
import { openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite-engine.ts';
import { Statements } from '../../src/store/statements.ts';
import { StoreError } from '../../src/store/store.ts';
import { cleanText } from '../../src/store/text.ts';
import { folder, note, notes, storeAt } from './folder.ts';

const said = (url: string): Promise<StoreError> =>
  openStore(url).then(
    () => expect.unreachable('it opened'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(StoreError);
      return error as StoreError;
    },
  );

describe('a database file', () => {
  it('is made with its folder, and keeps every commit through a power cut', async () => {
    const store = await storeAt(join(await folder(), 'deep', 'er', 'greenroom.db'));
    const pragma = (name: string): Promise<unknown> =>
      store.write(async (tx) => Object.values((await sql.raw(`pragma ${name}`).execute(tx)).rows[0] ?? {})[0]);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
  });

  it('is for its owner alone to read, and so is what stands beside it', async () => {
    const path = join(await folder(), 'greenroom.db');
    await note(await storeAt(path), 'private');
    for (const file of [path, `${path}-wal`]) expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('is one file again after closing', async () => {
    const path = join(await folder(), 'greenroom.db');
    const store = await openStore(`sqlite:${path}`);
    await migrate(store);
    await note(store, 'kept');
    await store.close();
    await expect(readFile(`${path}-wal`)).rejects.toThrow('ENOENT');
    expect(await notes(await storeAt(path))).toEqual(['kept']);
  });

  it('finishes what was begun before it closes, also when it was never used', async () => {
    const path = join(await folder(), 'greenroom.db');
    const store = await openStore(`sqlite:${path}`);
    await migrate(store);
    const writing = note(store, 'last');
    await store.close();
    await writing;
    await (await openStore(`sqlite:${path}`)).close();
    expect(await notes(await storeAt(path))).toEqual(['last']);
  });

  it('that one process runs on is refused to a second one, under any name, until the first lets go', async () => {
    const path = join(await folder(), 'greenroom.db');
    const first = await openStore(`sqlite:${path}`, { alone: true });
    await symlink(path, `${path}.link`);
    for (const name of [path, `${path}.link`])
      await expect(openStore(`sqlite:${name}`, { alone: true })).rejects.toThrow('Another Greenroom runs on');
    await (await openStore(`sqlite:${path}`)).close();
    await first.close();
    await (await openStore(`sqlite:${path}`, { alone: true })).close();
  });

  it('in memory is gone when closed, and needs no reserve', async () => {
    const store = await storeAt(':memory:');
    await note(store, 'short');
    expect(await store.recover()).toEqual({ ok: true });
    expect(await notes(store)).toEqual(['short']);
  });

  it('that is something else is refused and left as it was', async () => {
    const path = join(await folder(), 'notes.txt');
    await writeFile(path, 'This is not a database, but some notes of mine. '.repeat(100));
    const before = await readFile(path);
    expect((await said(`sqlite:${path}`)).reason).toBe('not a database');
    expect(await readFile(path)).toEqual(before);
  });

  it('of another program gets none of our tables', async () => {
    const path = join(await folder(), 'theirs.db');
    const theirs = new Database(path);
    theirs.exec('create table recipes (id integer)');
    theirs.close();
    const store = await openStore(`sqlite:${path}`);
    await expect(migrate(store)).rejects.toThrow('belongs to another program');
    await store.close();
  });

  it('that is a folder, or lies in a file, is refused in plain words', async () => {
    const at = await folder();
    await mkdir(join(at, 'greenroom.db'));
    await writeFile(join(at, 'file'), '');
    expect((await said(`sqlite:${at}/greenroom.db`)).message).toContain('cannot be opened');
    expect((await said(`sqlite:${at}/file/greenroom.db`)).message).toContain('cannot be made');
  });

  it('that may only be read is refused in plain words', async () => {
    const path = join(await folder(), 'greenroom.db');
    const store = await openStore(`sqlite:${path}`);
    await migrate(store);
    await store.close();
    await chmod(path, 0o444);
    // The superuser may write anything, so there the file is opened and the disk itself has to refuse.
    if (process.getuid?.() === 0) return;
    expect((await said(`sqlite:${path}`)).reason).toBe('read-only');
  });

  it('that another program holds is waited for, then refused, while everything else goes on', async () => {
    const path = join(await folder(), 'greenroom.db');
    const store = storeOf(openSqlite(path, { patienceMs: 300 }));
    await migrate(store);
    const other = new Database(path);
    other.exec('begin immediate');
    let turns = 0;
    let over = false;
    const count = (): unknown => over || ((turns += 1), setImmediate(count));
    count();
    await expect(note(store, 'late')).rejects.toMatchObject({ reason: 'busy' });
    over = true;
    expect(turns).toBeGreaterThan(10);
    expect(store.health()).toMatchObject({ ok: false });
    other.exec('rollback');
    other.close();
    expect(await store.recover()).toEqual({ ok: true });
    await note(store, 'in time');
    expect(await notes(store)).toEqual(['in time']);
    await store.close();
  });
});

describe('a database that is much used', () => {
  it('holds no statement that nobody can use again', async () => {
    const connection = new Database(':memory:');
    const statements = new Statements(connection);
    connection.exec('create table notes (id integer, text text)');
    const one = statements.prepare('select * from notes');
    expect(statements.prepare('select * from notes')).toBe(one);
    for (let n = 0; n < 1000; n += 1) statements.prepare(`select ${n}`);
    expect(statements.prepare('select * from notes')).not.toBe(one);
    expect(statements.prepare('select 999')).toBe(statements.prepare('select 999'));
    statements.close();
  });

  it('gives new columns of an old table, and one statement to each that is reading', () => {
    const statements = new Statements(new Database(':memory:'));
    statements.prepare('create table notes (id integer)').run();
    for (const id of [1, 2]) statements.prepare('insert into notes values (?)').run(id);
    const all = () => statements.prepare('select * from notes').all();
    expect(all()).toEqual([{ id: 1 }, { id: 2 }]);
    statements.prepare(`alter table notes add column text text default 'new'`).run();
    expect(all()[0]).toEqual({ id: 1, text: 'new' });
    for (const row of statements.prepare('select * from notes').iterate()) {
      expect(row).toHaveProperty('text');
      expect(all()).toHaveLength(2);
    }
    statements.close();
  });
});

describe('an address', () => {
  it.each(['', 'mysql://a@b/c', 'sqlite:', 'sqlite', 'data.db', 'postgres:', 'http://localhost'])(
    'that names no database we know is refused with how to write one: %s',
    async (url) => {
      expect((await said(url)).message).toContain('sqlite:./data/greenroom.db');
    },
  );

  it('never shows its password, whatever is wrong with it', async () => {
    const secret = 'c4n4ry';
    const odd = fc.string({ unit: fc.constantFrom('/', '#', '?', '@', ':', '%', 'x', ' ', '[', '\\') });
    const password = fc.tuple(odd, odd).map(([before, after]) => `${before}${secret}${after}`);
    const quiet = fc.asyncProperty(password, async (typed) => {
      const error = await said(`postgres://me:${typed}@127.0.0.1:1/greenroom`);
      expect(JSON.stringify([error.message, String(error.cause), error.stack])).not.toContain(secret);
    });
    await fc.assert(quiet, { numRuns: 200 });
  });

  it('where nothing listens says so', async () => {
    const error = await said('postgres://me:secret@127.0.0.1:1/greenroom');
    expect(error.message).toBe(
      'The database at 127.0.0.1:1/greenroom cannot be reached. Nothing listens there; is PostgreSQL running?',
    );
  });
});

describe('text from people', () => {
  it('is changed only where no database could hold it', () => {
    const rule = fc.property(fc.string({ unit: 'binary' }), (text) => {
      const clean = cleanText(text);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toContain('\0');
      expect(cleanText(clean)).toBe(clean);
      expect(Buffer.from(clean).toString()).toBe(clean);
      if (text.isWellFormed() && !text.includes('\0')) expect(clean).toBe(text);
    });
    fc.assert(rule, { numRuns: process.env['LONG'] ? 10_000 : 500 });
  });
});
