/** The vault on both engines: what it keeps, for how long, and what of it a reader of the database sees. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Vault } from '../../src/chat/adapter.ts';
import type { Instant } from '../../src/chat/ids.ts';
import { plus } from '../../src/chat/world.ts';
import { makeCipher } from '../../src/config/cipher.ts';
import { Secret } from '../../src/config/secret.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { freshDatabase, postgresUrl } from '../support/postgres.ts';
import { AT } from './folder.ts';

interface Kept {
  readonly vault: Vault;
  readonly store: Store;
  /** The same rows for a process with another key. */
  strange(): Vault;
  pass(ms: number): void;
}

type Open = () => Promise<{ readonly url: string; drop(): Promise<unknown> }>;

async function kept(open: Open): Promise<Kept> {
  const { url, drop } = await open();
  const store = await openStore(url);
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  await migrate(store);
  let now: Instant = AT;
  const vaultWith = (key: string): Vault => openVault(store, makeCipher(new Secret(key.repeat(32))), () => now);
  return { store, vault: vaultWith('ab'), strange: () => vaultWith('cd'), pass: (ms) => void (now = plus(now, ms)) };
}

const rows = (store: Store): Promise<readonly { key: string; sealed: string }[]> =>
  store.read((tx) => tx.selectFrom('vault').selectAll().orderBy('key').execute());

const keeps = (open: Open) => () => {
  it('gives back what was kept last', async () => {
    const { vault } = await kept(open);
    await vault.keep('a', 'one');
    await vault.keep('a', 'two');
    await vault.keep('b', 'grün 🌿');
    expect(await Promise.all(['a', 'b', 'c'].map((key) => vault.read(key)))).toEqual(['two', 'grün 🌿', undefined]);
  });

  it('forgets what it is told to', async () => {
    const { vault, store } = await kept(open);
    await vault.keep('a', 'one');
    await vault.forget('a');
    await vault.forget('never there');
    expect(await vault.read('a')).toBeUndefined();
    expect(await rows(store)).toEqual([]);
  });

  it('lists keys that begin so, in order, whatever letters they have', async () => {
    const { vault } = await kept(open);
    for (const key of ['x/b', 'x/B', 'x/a', 'x%', 'y/a', 'x_c']) await vault.keep(key, 'text');
    expect(await vault.keys('x/')).toEqual(['x/B', 'x/a', 'x/b']);
    expect(await vault.keys('x%')).toEqual(['x%']);
    expect(await vault.keys('z')).toEqual([]);
    expect(await vault.keys('')).toHaveLength(6);
  });

  it('counts as forgotten what has expired, to the millisecond, and sweeps it', async () => {
    const { vault, store, pass } = await kept(open);
    await vault.keep('a', 'one', plus(AT, 1000));
    pass(999);
    expect(await vault.read('a')).toBe('one');
    pass(1);
    expect(await vault.read('a')).toBeUndefined();
    expect(await vault.keys('a')).toEqual([]);
    expect(await vault.take('a')).toBeUndefined();
    await vault.keep('b', 'two', plus(AT, 2000));
    await vault.keep('c', 'three');
    pass(1000);
    await vault.keep('d', 'four');
    expect((await rows(store)).map(({ key }) => key)).toEqual(['c', 'd']);
  });

  it('gives what is taken to one of many takers', async () => {
    const { vault } = await kept(open);
    await vault.keep('a', 'one', plus(AT, 1000));
    const taken = await Promise.all(Array.from({ length: 12 }, () => vault.take('a')));
    expect(taken.filter((text) => text !== undefined)).toEqual(['one']);
    expect(await vault.read('a')).toBeUndefined();
  });

  it('shows a reader of the database nothing of the texts, and opens none under another key', async () => {
    const { vault, store } = await kept(open);
    await vault.keep('a', 'canary');
    expect(JSON.stringify(await rows(store))).not.toContain('canary');
    await store.write((tx) => tx.updateTable('vault').set({ key: 'b' }).where('key', '=', 'a').execute());
    await expect(vault.read('b')).rejects.toThrow('sealed for something else');
  });

  it('tells a process with another key what to do, and loses nothing to it', async () => {
    const { vault, strange } = await kept(open);
    await vault.keep('a', 'one');
    await expect(strange().read('a')).rejects.toThrow('put back GREENROOM_KEY');
    await expect(strange().take('a')).rejects.toThrow('put back GREENROOM_KEY');
    expect(await vault.take('a')).toBe('one');
  });
};

describe(
  'the vault on SQLite',
  keeps(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'greenroom-vault-'));
    return { url: `sqlite:${join(folder, 'greenroom.db')}`, drop: () => rm(folder, { recursive: true }) };
  }),
);

if (await postgresUrl()) describe('the vault on PostgreSQL', keeps(freshDatabase));
