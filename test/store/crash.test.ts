/** A writer is killed in the middle of its work, or the power goes: what it said is kept is there, and nothing by halves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { folder, note, notes, storeAt } from './folder.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));
const KILLS = process.env['LONG'] ? 100 : 3;

/** Kills the writer after it has reported `many` commits; returns all it reported. */
async function killAfter(path: string, many: number): Promise<string[]> {
  const writer: ChildProcess = spawn(process.execPath, [WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told: string[] = [];
  for await (const line of createInterface({ input: writer.stdout! })) {
    told.push(line);
    if (told.length === many) writer.kill('SIGKILL');
  }
  return told;
}

/** Every event id comes as a first and a second, or not at all. */
function expectWholePairs(ids: readonly string[]): void {
  const firsts = ids.filter((id) => id.endsWith('-first')).map((id) => id.slice(0, 6));
  const seconds = ids.filter((id) => id.endsWith('-second')).map((id) => id.slice(0, 6));
  expect(firsts).toEqual(seconds);
}

describe('a killed writer', () => {
  it('loses nothing it had reported, and leaves no half transaction', async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const path = join(await folder(), 'greenroom.db');
      await (await storeAt(path)).close();
      const told = await killAfter(path, 5 + kill * 7);
      const store = await storeAt(path);
      const ids = await notes(store);
      expectWholePairs(ids);
      const there = new Set(ids);
      expect(told.length).toBeGreaterThanOrEqual(5 + kill * 7);
      expect(told.filter((id) => !there.has(`${id}-first`))).toEqual([]);
      await note(store, 'goes on');
    }
  });
});

describe('a power cut', () => {
  it('at any point of the log leaves a prefix of the commits, each whole', async () => {
    const [path, at] = [join(await folder(), 'greenroom.db'), await folder()];
    const store = await storeAt(path);
    await note(store, 'before');
    const log = `${path}-wal`;
    const ends: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      await note(store, `commit-${String(n).padStart(2, '0')}`);
      ends.push((await readFile(log)).length);
    }
    const cuts = Array.from({ length: 24 }, (_, n) => (ends.at(-1)! - ends[0]!) * (n / 24) + ends[0]!).map(Math.floor);
    for (const cut of [...cuts, ...ends]) {
      const copy = join(at, `cut-${cut}.db`);
      await copyFile(path, copy);
      await copyFile(log, `${copy}-wal`);
      await truncate(`${copy}-wal`, cut);
      const after = new Database(copy);
      expect(after.pragma('integrity_check', { simple: true })).toBe('ok');
      const kept = after.prepare(`select id from inbox where id like 'commit-%' order by id`).pluck().all();
      after.close();
      const synced = ends.filter((end) => end <= cut).length;
      expect(kept).toEqual(Array.from({ length: synced }, (_, n) => `commit-${String(n).padStart(2, '0')}`));
    }
  });
});
