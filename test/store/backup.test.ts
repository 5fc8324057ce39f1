/** Copies made while work goes on, and putting one back. */
import { copyFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { backup, restore } from '../../src/store/backup.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { folder, note, notes, storeAt } from './folder.ts';

/** A closed database with these notes. */
async function closed(path: string, ...ids: string[]): Promise<string> {
  const store = await openStore(`sqlite:${path}`);
  await migrate(store);
  for (const id of ids) await note(store, id);
  await store.close();
  return path;
}
const notesIn = (path: string): unknown[] => {
  const copy = new Database(path, { readonly: true });
  try {
    return copy.prepare('select id from inbox order by id').pluck().all();
  } finally {
    copy.close();
  }
};

describe('a backup', () => {
  it('holds one moment while writing goes on, and says how far it is', async () => {
    const at = await folder();
    const store = await storeAt(join(at, 'greenroom.db'));
    await note(store, 'before');
    for (let n = 0; n < 20; n += 1) await note(store, `${n}-`, 100_000);
    const seen: number[] = [];
    let during: Promise<unknown> = Promise.resolve();
    await backup(store, join(at, 'copy.db'), ({ done, of }) => {
      seen.push(done / of);
      during = note(store, `during-${seen.length}`);
    });
    await during;
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    const copied = notesIn(join(at, 'copy.db')) as string[];
    expect(copied.filter((id) => id.startsWith('during'))).toEqual([]);
    expect(copied).toHaveLength(21);
    expect(await notes(store)).toContain('during-1');
    expect((await readdir(at)).filter((file) => file.startsWith('copy'))).toEqual(['copy.db']);
  });

  it('waits for nothing: a transaction may be under way', async () => {
    const at = await folder();
    const store = await storeAt(join(at, 'greenroom.db'));
    await note(store, 'before');
    await store.write(async (tx) => {
      await sql`insert into inbox (id, at) values ('not yet', '')`.execute(tx);
      await backup(store, join(at, 'copy.db'));
    });
    expect(notesIn(join(at, 'copy.db'))).toEqual(['before']);
  });

  it('replaces the one before it, and takes nothing but the database along', async () => {
    const at = await folder();
    const store = await storeAt(join(at, 'greenroom.db'));
    await writeFile(join(at, 'key'), 'k3y-c4n4ry');
    await backup(store, join(at, 'copy.db'));
    await note(store, 'second');
    await backup(store, join(at, 'copy.db'));
    expect(notesIn(join(at, 'copy.db'))).toEqual(['second']);
    expect((await readFile(join(at, 'copy.db'))).includes('k3y-c4n4ry')).toBe(false);
  });

  it('of a damaged database is not kept, and the last good one stays', async () => {
    const at = await folder();
    const path = await closed(
      join(at, 'greenroom.db'),
      ...Array.from({ length: 200 }, (_, n) => `${n}`.padEnd(200, '.')),
    );
    await writeFile(join(at, 'copy.db'), 'the last good one');
    const bytes = await readFile(path);
    bytes.fill(0xab, bytes.length - 4096 * 6, bytes.length - 4096);
    await writeFile(path, bytes);
    const store = await openStore(`sqlite:${path}`);
    await expect(backup(store, join(at, 'copy.db'))).rejects.toMatchObject({ name: 'StoreError' });
    await store.close();
    expect(await readFile(join(at, 'copy.db'), 'utf8')).toBe('the last good one');
    expect((await readdir(at)).filter((file) => file.includes('partial'))).toEqual([]);
  });

  it('into a folder that is not there, or onto the database itself, is refused', async () => {
    const at = await folder();
    const store = await storeAt(join(at, 'greenroom.db'));
    await expect(backup(store, join(at, 'none', 'copy.db'))).rejects.toMatchObject({ reason: 'backup' });
    await expect(backup(store, join(at, 'greenroom.db'))).rejects.toMatchObject({ reason: 'backup' });
    await note(store, 'still fine');
  });

  it('can be made of a database in memory', async () => {
    const store = await storeAt(':memory:');
    await note(store, 'kept');
    const copy = join(await folder(), 'copy.db');
    await backup(store, copy);
    expect(notesIn(copy)).toEqual(['kept']);
  });
});

describe('a restore', () => {
  it('brings everything of the backup back, and keeps what was there beside it', async () => {
    const at = await folder();
    const path = join(at, 'greenroom.db');
    const store = await openStore(`sqlite:${path}`);
    await migrate(store);
    await note(store, 'monday');
    await backup(store, join(at, 'copy.db'));
    await note(store, 'tuesday');
    await store.close();
    const { kept } = await restore(join(at, 'copy.db'), path, '20261123');
    expect(kept).toBe(`${path}.before-restore-20261123`);
    expect(notesIn(kept!)).toEqual(['monday', 'tuesday']);
    expect(await notes(await storeAt(path))).toEqual(['monday']);
  });

  it('works where there was nothing', async () => {
    const at = await folder();
    const copy = await closed(join(at, 'copy.db'), 'kept');
    expect(await restore(copy, join(at, 'greenroom.db'), 'x')).toEqual({ kept: undefined });
    expect(await notes(await storeAt(join(at, 'greenroom.db')))).toEqual(['kept']);
  });

  it('replaces a damaged database', async () => {
    const at = await folder();
    const copy = await closed(join(at, 'copy.db'), 'kept');
    const path = join(at, 'greenroom.db');
    await writeFile(path, 'ruined'.repeat(1000));
    const { kept } = await restore(copy, path, 'x');
    expect(await readFile(kept!, 'utf8')).toContain('ruined');
    expect(await notes(await storeAt(path))).toEqual(['kept']);
  });

  it('plays nothing of a log that was left behind into the new one', async () => {
    const at = await folder();
    const store = await storeAt(join(at, 'live.db'));
    await note(store, 'old');
    await backup(store, join(at, 'copy.db'));
    await note(store, 'from the log');
    const path = join(at, 'greenroom.db');
    await copyFile(join(at, 'live.db-wal'), `${path}-wal`);
    await restore(join(at, 'copy.db'), path, 'x');
    expect(await notes(await storeAt(path))).toEqual(['old']);
    expect(await readdir(at)).toContain('greenroom.db.before-restore-x-wal');
  });

  it('takes along what is only in the log of a copied database', async () => {
    const at = await folder();
    const store = await storeAt(join(at, 'live.db'));
    await note(store, 'in the log');
    for (const end of ['', '-wal']) await copyFile(join(at, `live.db${end}`), join(at, `copied.db${end}`));
    await restore(join(at, 'copied.db'), join(at, 'greenroom.db'), 'x');
    expect(await notes(await storeAt(join(at, 'greenroom.db')))).toEqual(['in the log']);
  });

  it('is refused while Greenroom runs, idle or not, and disturbs nothing', async () => {
    const at = await folder();
    const copy = await closed(join(at, 'copy.db'));
    const store = await storeAt(join(at, 'greenroom.db'));
    await note(store, 'here');
    await expect(restore(copy, join(at, 'greenroom.db'), 'x')).rejects.toThrow('Stop it first');
    await note(store, 'there');
    expect(await notes(store)).toEqual(['here', 'there']);
    expect((await readdir(at)).filter((file) => /partial|before/.test(file))).toEqual([]);
  });

  it('of anything but a whole database of this version is refused, and what was there stays', async () => {
    const at = await folder();
    const path = await closed(join(at, 'greenroom.db'), 'mine');
    const cut = await closed(join(at, 'cut.db'), ...Array.from({ length: 300 }, (_, n) => `${n}`.padEnd(200, '.')));
    await truncate(cut, 4096 * 30);
    const newer = await closed(join(at, 'newer.db'));
    const change = new Database(newer);
    change.exec(`insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`);
    change.close();
    const hurt = await closed(join(at, 'hurt.db'), ...Array.from({ length: 200 }, (_, n) => `${n}`.padEnd(200, '.')));
    const bytes = await readFile(hurt);
    await writeFile(hurt, bytes.fill(0xab, bytes.length - 4096 * 6, bytes.length - 4096));
    const theirs = new Database(join(at, 'theirs.db'));
    theirs.exec('create table recipes (id integer)');
    theirs.close();
    await writeFile(join(at, 'text.db'), 'just text '.repeat(1000));
    await mkdir(join(at, 'folder.db'));
    for (const from of [
      'cut.db',
      'hurt.db',
      'newer.db',
      'theirs.db',
      'text.db',
      'folder.db',
      'absent.db',
      'greenroom.db',
    ]) {
      await expect(restore(join(at, from), path, 'x'), from).rejects.toMatchObject({ name: 'StoreError' });
    }
    await expect(restore(newer, path, 'x')).rejects.toThrow('9999-later');
    expect(notesIn(path)).toEqual(['mine']);
    expect((await readdir(at)).filter((file) => /partial|before/.test(file))).toEqual([]);
  });

  it('never replaces what an earlier restore has kept', async () => {
    const at = await folder();
    const [copy, path] = [await closed(join(at, 'copy.db')), await closed(join(at, 'greenroom.db'), 'first')];
    const { kept } = await restore(copy, path, 'x');
    await expect(restore(copy, path, 'x')).rejects.toThrow('is there already');
    expect(notesIn(kept!)).toEqual(['first']);
  });
});
