/** The numbered steps in their folder, and the turnstile that repeats pass. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { numbered } from '../../src/store/migrate.ts';
import { Turnstile } from '../../src/store/turnstile.ts';
import { folder } from './folder.ts';

async function folderWith(...files: string[]): Promise<URL> {
  const at = join(await folder(), 'steps');
  await mkdir(at);
  for (const file of files) await writeFile(join(at, file), 'export async function up() {}\n');
  return pathToFileURL(`${at}/`);
}

describe('the numbered steps', () => {
  it('come in order, and nothing else in the folder counts', async () => {
    const at = await folderWith('0002-b.ts', '0001-a.ts', '0003-c.d.ts', 'README.md', 'helper.ts');
    expect(Object.keys(await numbered(at))).toEqual(['0001-a', '0002-b']);
  });

  it('of one number are refused', async () => {
    await expect(numbered(await folderWith('0001-a.ts', '0001-b.ts'))).rejects.toThrow('0001-a and 0001-b');
  });

  it('of this project follow each other without a gap', async () => {
    const names = Object.keys(await numbered());
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, n) => n + 1));
  });
});

describe('the turnstile', () => {
  it('lets one through alone, after those inside and before those behind', async () => {
    const turnstile = new Turnstile();
    const seen: string[] = [];
    const gate = Promise.withResolvers<void>();
    const pass = (name: string, until?: Promise<void>) => async (): Promise<void> => {
      seen.push(`${name} in`);
      await until;
      seen.push(`${name} out`);
    };
    const all = [
      turnstile.beside(pass('a', gate.promise)),
      turnstile.beside(pass('b')),
      turnstile.alone(pass('one')),
      turnstile.alone(pass('two')),
      turnstile.beside(pass('c')),
    ];
    await all[1];
    gate.resolve();
    await Promise.all(all);
    expect(seen.slice(0, 3)).toEqual(['a in', 'b in', 'b out']);
    expect(seen.slice(3)).toEqual(['a out', 'one in', 'one out', 'two in', 'two out', 'c in', 'c out']);
  });

  it('lets the next through after one that failed', async () => {
    const turnstile = new Turnstile();
    const failing = () => Promise.reject(new Error('no'));
    await expect(turnstile.alone(failing)).rejects.toThrow('no');
    await expect(turnstile.beside(failing)).rejects.toThrow('no');
    expect(await turnstile.alone(() => Promise.resolve('yes'))).toBe('yes');
  });
});
