/** Reads folders of packs into memory, and reads only what changed when they are read again. */

import { createHash } from 'node:crypto';
import { prefixOf, readBytes, stampOf, walkFolder, type Found } from './folder.ts';
import { readPack, type Pack } from './pack.ts';
import type { Problem } from './problem.ts';
import { LEVELS, type Bank, type Level, type Question } from './question.ts';
import type { Scenario } from './scenario.ts';

export type { Problem } from './problem.ts';

export interface LoadedBank extends Bank {
  /** Situations to discuss, in the order of their files. */
  readonly scenarios: readonly Scenario[];
  /** Files with front matter that were read, apart from scenarios. */
  readonly packs: number;
  /** Markdown without front matter. */
  readonly skipped: number;
  /** Questions with a model answer or an outline of one. */
  readonly withAnswer: number;
  readonly byLevel: Readonly<Record<Level, number>>;
  readonly bySkill: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}

export interface LoadOptions {
  /** The bank before: its files are taken over where nothing changed. */
  readonly previous?: LoadedBank | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What is remembered of a file. */
interface Shelved {
  readonly stamp: string;
  readonly hash: string;
  readonly pack: Omit<Pack, 'findings'>;
  readonly problems: readonly Problem[];
}

const MEMORY = new WeakMap<LoadedBank, ReadonlyMap<string, Shelved>>();
/** Files read at a time, parsed in one go: small, so that others get their turn in between. */
const BATCH = 8;

/** @param folder one folder or several; a single file is fine too. Never throws for what is in them. */
export async function loadBank(folder: string | readonly string[], options: LoadOptions = {}): Promise<LoadedBank> {
  const folders = typeof folder === 'string' ? [folder] : folder;
  const trees = await Promise.all(folders.map((one) => walkFolder(one, prefixOf(one, folders))));
  const found = trees.flatMap((tree) => tree.found);
  const before = options.previous && MEMORY.get(options.previous);
  const shelved = new Map<string, Shelved>();
  for (let at = 0; at < found.length; at += BATCH) {
    const batch = found.slice(at, at + BATCH);
    const fetched = await Promise.all(batch.map((file) => fetchFile(file, before?.get(file.path))));
    for (const [index, file] of batch.entries()) {
      const fresh = fetched[index];
      const one = fresh && ('bytes' in fresh ? shelve(file, fresh) : fresh);
      if (one) shelved.set(file.path, one);
    }
    options.onProgress?.(Math.min(at + BATCH, found.length), found.length);
  }
  const bank = gather(
    [...shelved.values()],
    trees.flatMap((tree) => tree.problems),
  );
  MEMORY.set(bank, shelved);
  return bank;
}

interface Fetched {
  readonly stamp: string;
  readonly hash: string;
  readonly bytes: Buffer | string;
}

/** The file as it was if it did not change, by its stamp or else by its bytes; its bytes if it did. */
async function fetchFile(found: Found, before: Shelved | undefined): Promise<Shelved | Fetched | undefined> {
  const stamp = await stampOf(found.path);
  if (stamp === undefined) return undefined;
  const known = before && before.problems.every((problem) => problem.file === found.file) ? before : undefined;
  if (known?.stamp === stamp) return known;
  const bytes = await readBytes(found.path);
  if (bytes === undefined) return undefined;
  const hash = typeof bytes === 'string' ? '' : createHash('sha256').update(bytes).digest('base64');
  return known && hash !== '' && known.hash === hash ? { ...known, stamp } : { stamp, hash, bytes };
}

function shelve(found: Found, { stamp, hash, bytes }: Fetched): Shelved {
  const { file } = found;
  if (typeof bytes === 'string') {
    const problems: Problem[] = [{ file, line: 1, severity: 'error', problem: bytes }];
    return { stamp, hash, pack: { state: 'refused', questions: [] }, problems };
  }
  const { findings, ...pack } = readSafely(bytes, file);
  const problems = findings.map((finding) => ({ file, ...finding })).toSorted((a, b) => a.line - b.line);
  return { stamp, hash, pack, problems };
}

/** A fault of ours in one file must not keep the others from being read. */
function readSafely(bytes: Buffer, file: string): Pack {
  try {
    return readPack(bytes, file);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'error';
    const problem = `cannot be read, and that is a fault of this program (${name}): please report it with the file`;
    return { state: 'refused', questions: [], findings: [{ line: 1, severity: 'error', problem }] };
  }
}

function gather(files: readonly Shelved[], odd: readonly Problem[]): LoadedBank {
  const byId = new Map<string, Question>();
  const problems = [...odd, ...files.flatMap((file) => file.problems)];
  const byLevel = Object.fromEntries(LEVELS.map((level) => [level, 0])) as Record<Level, number>;
  const bySkill = Object.create(null) as Record<string, number>;
  let withAnswer = 0;
  for (const question of files.flatMap((file) => file.pack.questions)) {
    const first = byId.get(question.id);
    if (first) problems.push(sameId(question, first));
    else {
      byId.set(question.id, question);
      byLevel[question.level] += 1;
      for (const skill of question.skills) bySkill[skill] = (bySkill[skill] ?? 0) + 1;
      if (question.answer !== undefined || question.outline) withAnswer += 1;
    }
  }
  const count = (state: Pack['state']) =>
    files.filter(({ pack }) => pack.state === state && pack.scenario === undefined).length;
  return {
    questions: [...byId.values()],
    get: (id) => byId.get(id),
    scenarios: gatherScenarios(files, problems),
    packs: count('read'),
    skipped: count('skipped'),
    withAnswer,
    byLevel,
    bySkill,
    problems,
  };
}

function gatherScenarios(files: readonly Shelved[], problems: Problem[]): readonly Scenario[] {
  const byId = new Map<string, Scenario>();
  for (const scenario of files.flatMap(({ pack }) => pack.scenario ?? [])) {
    const first = byId.get(scenario.id);
    if (!first) byId.set(scenario.id, scenario);
    else {
      const { file, line, id } = scenario;
      const problem = `the scenario ${id} is ${first.file}:${first.line} already, and this one was left out: give it another id`;
      problems.push({ file, line, severity: 'error', problem });
    }
  }
  return [...byId.values()];
}

function sameId(question: Question, first: Question): Problem {
  const { file, line } = question;
  const place = `${first.file}:${first.line}`;
  if (question.text === first.text) {
    return { file, line, severity: 'warning', problem: `the same question as ${place}, which is kept: remove one` };
  }
  const problem = `the id ${question.id} belongs to ${place} already, and this question was left out: give it another`;
  return { file, line, severity: 'error', problem };
}
