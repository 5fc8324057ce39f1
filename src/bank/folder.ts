/** Finds the Markdown of a folder tree and reads it: never through a link, never outside the folder, never too much. */

import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MAX_FILE } from './decode.ts';
import { visible, type Problem } from './problem.ts';

export interface Found {
  readonly path: string;
  /** Relative to the folder, with `/`, harmless to print. */
  readonly file: string;
}

export interface Tree {
  /** In the order of their paths. */
  readonly found: readonly Found[];
  readonly problems: readonly Problem[];
}

/** @param prefix is put before each file's name, when several folders are read */
export async function walkFolder(folder: string, prefix = ''): Promise<Tree> {
  const found: Found[] = [];
  const problems: Problem[] = [];
  const root = await rootOf(folder);
  if (!root) {
    const problem = 'no such folder, or it may not be read: check the path';
    return { found, problems: [{ file: visible(folder), line: 1, severity: 'error', problem }] };
  }
  if (root.single) return { found: [{ path: root.path, file: prefix + visible(basename(root.path)) }], problems };
  const waiting = [''];
  for (let inside = waiting.pop(); inside !== undefined; inside = waiting.pop()) {
    await lookInto(root.path, inside, prefix, { found, problems, waiting });
  }
  return { found: found.toSorted(byFile), problems: problems.toSorted(byFile) };
}

async function rootOf(folder: string): Promise<{ path: string; single: boolean } | undefined> {
  try {
    const path = await realpath(folder);
    const entry = await stat(path);
    return entry.isDirectory() || entry.isFile() ? { path, single: entry.isFile() } : undefined;
  } catch {
    return undefined;
  }
}

interface Basket {
  readonly found: Found[];
  readonly problems: Problem[];
  readonly waiting: string[];
}

async function lookInto(root: string, inside: string, prefix: string, basket: Basket): Promise<void> {
  const say = (name: string, problem: string) =>
    basket.problems.push({ file: prefix + visible(name), line: 1, severity: 'error', problem });
  const entries = await readdir(join(root, inside), { withFileTypes: true }).catch((error: unknown) => {
    say(inside, `the folder cannot be read (${codeOf(error)}): check its permissions`);
    return [];
  });
  for (const entry of entries) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const markdown = /\.md$/i.test(entry.name);
    if (entry.isSymbolicLink()) say(name, 'a link is refused: put the file itself here');
    else if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') basket.waiting.push(name);
    } else if (markdown && entry.isFile()) basket.found.push({ path: join(root, name), file: prefix + visible(name) });
    else if (markdown) say(name, 'neither a file nor a folder: remove it');
  }
}

function byFile(a: { file: string }, b: { file: string }): number {
  if (a.file === b.file) return 0;
  return a.file < b.file ? -1 : 1;
}

/** Changes whenever the file does; costs no reading. */
export async function stampOf(path: string): Promise<string | undefined> {
  const entry = await lstat(path, { bigint: true }).catch(() => undefined);
  return entry && `${entry.ino}:${entry.size}:${entry.mtimeNs}:${entry.ctimeNs}`;
}

/** @returns the bytes, or what is wrong with the file; undefined when it is gone meanwhile */
export async function readBytes(path: string): Promise<Buffer | string | undefined> {
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK a pipe put in a file's place would be waited for.
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const entry = await handle.stat();
    if (!entry.isFile()) return 'not a file: remove it';
    if (entry.size > MAX_FILE) return `larger than ${MAX_FILE / 1024} KB: split it into several packs`;
    return await readAtMost(handle, Math.min(entry.size, MAX_FILE));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    return code === 'ELOOP'
      ? 'a link is refused: put the file itself here'
      : `cannot be read (${code}): check its permissions`;
  } finally {
    await handle?.close();
  }
}

async function readAtMost(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** How the files of several folders are told apart: by the folder's own name. */
export function prefixOf(folder: string, folders: readonly string[]): string {
  if (folders.length === 1) return '';
  const name = basename(folder) === '' ? basename(dirname(folder)) : basename(folder);
  return `${visible(name)}/`;
}
