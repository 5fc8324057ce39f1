/**
 * A file that only takes up room beside the database. On a full disk nothing can be written, not even what would free
 * space; giving this room up lets work go on while somebody cleans up.
 */
import { rmSync } from 'node:fs';
import { access, open, rename, rm, statfs } from 'node:fs/promises';

export interface Ballast {
  /** Gives the room to the database; false when it was given before. */
  drop(): boolean;
  /** Takes the room again, if there is plenty; false when the disk is too full for it. Never throws. */
  restore(): Promise<boolean>;
}

const MB = 1024 * 1024;
const SIZE = 32 * MB;

/** Nothing is written before the first `restore`. */
export function ballastBeside(database: string, size = SIZE): Ballast {
  const path = `${database}.ballast`;
  return {
    drop: () => {
      try {
        rmSync(path);
        return true;
      } catch {
        return false;
      }
    },
    restore: async () => {
      if (await isThere(path)) return true;
      try {
        const { bavail, bsize } = await statfs(database);
        // Half as much again stays free, so that the reserve is not what fills the disk.
        if (bavail * bsize < size * 1.5) return false;
        await fill(path, size);
        return true;
      } catch {
        return false;
      }
    },
  };
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Bytes that do not compress: some file systems would keep nothing of a file of zeros. */
function noise(length: number, seed: number): Buffer {
  const words = new Uint32Array(length / 4);
  let x = seed;
  for (let i = 0; i < words.length; i += 1) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    words[i] = x;
  }
  return Buffer.from(words.buffer);
}

async function fill(path: string, size: number): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  try {
    for (let at = 0; at < size; at += MB) await file.write(noise(Math.min(MB, size - at), at + 1));
    await file.sync();
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(partial, path);
}
