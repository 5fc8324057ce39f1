/** Rewrites a pack whose characters were broken on the way; nothing else in the file changes. */

import { rename, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeUtf8 } from './decode.ts';
import { readBytes, walkFolder } from './folder.ts';
import { Refused } from './problem.ts';
import { repairText, type Repair } from './repair.ts';

/**
 * Mends one file in place: the new text is written beside it, synced, and takes its name; a crash leaves either the old
 * file or the new one. Files that are not UTF-8 text, links and files that are too large stay as they are.
 * @returns what was repaired; nothing: the file was not touched
 */
export async function fixPack(path: string): Promise<readonly Repair[]> {
  const bytes = await readBytes(path);
  if (bytes === undefined || typeof bytes === 'string') return [];
  const { text, repairs } = repairOf(bytes);
  if (repairs.length === 0) return repairs;
  const beside = join(dirname(path), `.${basename(path)}.mending`);
  await rm(beside, { force: true });
  try {
    await writeWhole(beside, text, (await stat(path)).mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return repairs;
}

export interface Fixed {
  /** Relative to the folder. */
  readonly file: string;
  readonly repairs: readonly Repair[];
}

/** Mends all Markdown of a folder, packs or not; says which files changed. */
export async function fixFolder(folder: string): Promise<readonly Fixed[]> {
  const fixed: Fixed[] = [];
  for (const { path, file } of (await walkFolder(folder)).found) {
    const repairs = await fixPack(path);
    if (repairs.length > 0) fixed.push({ file, repairs });
  }
  return fixed;
}

function repairOf(bytes: Buffer): ReturnType<typeof repairText> {
  try {
    return repairText(decodeUtf8(bytes));
  } catch (error) {
    if (error instanceof Refused) return { text: '', repairs: [] };
    throw error;
  }
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode & 0o777);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
