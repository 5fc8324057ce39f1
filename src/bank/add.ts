/** Takes a folder of packs into the content folder: checked first, copied whole, nothing overwritten. */

import { copyFile, constants, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { codeOf, walkFolder } from './folder.ts';
import { loadBank, type LoadedBank, type Problem } from './load.ts';

export interface Added {
  /** What was found in the folder that came in. */
  readonly bank: LoadedBank;
  /** Paths of the copies, relative to the content folder; empty when nothing was copied. */
  readonly files: readonly string[];
  /** Why nothing was copied; undefined when all went well. */
  readonly refused: string | undefined;
}

/**
 * Copies the packs of `from` into `<to>/<name of from>`; Markdown without front matter stays behind. All or nothing:
 * with an error in a pack, an id that `to` already has for other words, or a folder of that name, nothing is copied.
 * @param options.keepGoing copies the packs without errors although others have some
 */
export async function addFolder(from: string, to: string, options: { keepGoing?: boolean } = {}): Promise<Added> {
  const bank = await loadBank(from);
  const refuse = (refused: string): Added => ({ bank, files: [], refused });
  const errors = bank.problems.filter((problem) => problem.severity === 'error');
  const bad = new Set(errors.map((problem) => problem.file));
  if (errors.length > 0 && !options.keepGoing)
    return refuse(`${errors.length} error${errors.length === 1 ? '' : 's'} in it: mend them first`);
  const read = [...bank.questions, ...bank.scenarios].map(({ file }) => file);
  const files = new Set(read.filter((file) => !bad.has(file)));
  if (files.size === 0) return refuse('no pack with questions in it');
  const inside = await nestingOf(from, to);
  if (inside !== undefined) return refuse(inside);
  const clash = await clashOf(bank, to);
  if (clash !== undefined) return refuse(clash);
  const name = basename(await realpath(from)).replace(/\.md$/i, '');
  return copyPacks(from, to, name, files).then(
    (copied) => ({ bank, files: copied, refused: undefined }),
    (error: unknown) => refuse(explain(error, name)),
  );
}

/** The copies stand in a folder of their own until all of them are there. */
async function copyPacks(from: string, to: string, name: string, files: ReadonlySet<string>): Promise<string[]> {
  const { found } = await walkFolder(from);
  const beside = join(to, `.${name}.adding`);
  await mkdir(to, { recursive: true });
  await rm(beside, { recursive: true, force: true });
  const copied: string[] = [];
  try {
    for (const { path, file } of found.filter((one) => files.has(one.file))) {
      const target = join(beside, ...file.split('/'));
      await mkdir(join(target, '..'), { recursive: true });
      await copyFile(path, target, constants.COPYFILE_EXCL);
      copied.push(`${name}/${file}`);
    }
    await mkdir(join(to, name));
    await rename(beside, join(to, name));
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return copied;
}

async function nestingOf(from: string, to: string): Promise<string | undefined> {
  const source = await realpath(from);
  const target = await realpath(to).catch(() => undefined);
  if (target === undefined) return undefined;
  const within = (inner: string, outer: string) => `${inner}${sep}`.startsWith(`${outer}${sep}`);
  return within(source, target) || within(target, source) ? 'it is in the content folder already' : undefined;
}

async function clashOf(bank: LoadedBank, to: string): Promise<string | undefined> {
  const present = await loadBank(to);
  for (const question of bank.questions) {
    const known = present.get(question.id);
    if (known && known.text !== question.text) {
      return `${sayPlace(question)} has the id ${question.id}, which ${sayPlace(known)} has already: give it another`;
    }
  }
  for (const scenario of bank.scenarios) {
    const known = present.scenarios.find(({ id }) => id === scenario.id);
    if (known) return `${sayPlace(scenario)} has the id ${scenario.id}, which ${sayPlace(known)} has already`;
  }
  return undefined;
}

function sayPlace({ file, line }: Pick<Problem, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

function explain(error: unknown, name: string): string {
  const code = codeOf(error);
  if (code === 'EEXIST') return `the content folder has a folder ${name} already: rename one of them`;
  return `copying failed (${code}): check permissions and space`;
}
