/** The encryption key: `GREENROOM_KEY`, else a file beside the data that is made on the first run and that only its owner may read. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from './secret.ts';

const BYTES = 32;

/** Where the key is kept when the environment names none. */
export const keyFile = (dataDir: string): string => join(dataDir, 'key');

/** The 32 bytes, in hex. Throws with what to do when the file cannot be used. */
export async function loadKey(config: { readonly dataDir: string; readonly key: Secret | undefined }): Promise<Secret> {
  if (config.key !== undefined) return new Secret(asHex(config.key.reveal()));
  const file = keyFile(config.dataDir);
  const kept = await readKept(file);
  if (kept !== undefined) return kept;
  await mkdir(config.dataDir, { recursive: true });
  await makeKey(file);
  return (await readKept(file)) ?? fail(file, 'could not be read back after it was made');
}

function asHex(text: string): string {
  return text.length === 2 * BYTES ? text.toLowerCase() : Buffer.from(text, 'base64').toString('hex');
}

function fail(file: string, what: string): never {
  throw new Error(`The key file ${file} ${what}. Put the copy you kept back, or set GREENROOM_KEY.`);
}

async function readKept(file: string): Promise<Secret | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  if (!/^[0-9a-f]{64}\n?$/.test(text)) fail(file, 'is damaged: it must hold 64 hexadecimal digits');
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  return new Secret(text.trim());
}

/** Whole or not at all, and never over another: two first starts at once end up with one key. */
async function makeKey(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  try {
    await handle.writeFile(`${randomBytes(BYTES).toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    // The other start was first: its key counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
