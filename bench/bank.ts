/**
 * How much reading packs costs beyond what it cannot do without: reading the files, cutting off the front matter, the
 * same YAML parser, the same Markdown parser. Floor and product take turns in one run.
 */

import { readFile, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { parse } from 'yaml';
import { loadBank, type LoadedBank } from '../src/bank/load.ts';
import type { Outcome, Row } from './bench.ts';

const FILES = 10_000;
const CHANGED = 10;

/**
 * @param rounds of floor, full load and reload in turn; medians are taken over them
 * @param files how many packs to write; 10,000 is what the goals are about
 * @param onProgress hears what is being done
 */
export async function benchBank(
  rounds = 5,
  files = FILES,
  onProgress: (doing: string) => void = () => {},
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'bank-bench-'));
  try {
    onProgress(`writing ${files} packs`);
    const bytes = await writePacks(folder, files);
    const times = { floor: [] as number[], full: [] as number[], reload: [] as number[] };
    onProgress('measuring memory');
    const memory = await measureMemory(folder);
    for (let round = 0; round < rounds; round += 1) {
      onProgress(`round ${round + 1} of ${rounds}`);
      times.floor.push(await timed(() => readFloor(folder)));
      let bank: LoadedBank | undefined;
      times.full.push(await timed(async () => (bank = await loadBank(folder))));
      await change(folder, round);
      times.reload.push(await timed(() => loadBank(folder, { previous: bank })));
    }
    return sum(times, memory, bytes, files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sum(
  times: Record<'floor' | 'full' | 'reload', number[]>,
  memory: number,
  bytes: number,
  files: number,
): Outcome {
  const rows = [
    rowOf(`floor: read, split, YAML, Markdown of ${files} files`, times.floor),
    rowOf(`load ${files} files`, times.full),
    rowOf(`load again, ${CHANGED} changed`, times.reload),
    { what: 'size of the files', median: bytes / 1e6, min: bytes / 1e6, max: bytes / 1e6, unit: 'MB' },
    { what: 'heap after a collection', median: memory / 1e6, min: memory / 1e6, max: memory / 1e6, unit: 'MB' },
  ];
  const per = (over: readonly number[], under: readonly number[]) =>
    median(over.map((ms, round) => ms / (under[round] ?? NaN)));
  const ratios = [
    { name: 'full load / floor', value: per(times.full, times.floor), goal: 1.5 },
    { name: 'reload with 10 changed / full load', value: per(times.reload, times.full), goal: 0.3 },
    { name: 'heap growth / size of files', value: memory / bytes, goal: 3 },
  ];
  return { rows, ratios };
}

/** The least any loader of such packs does. */
async function readFloor(folder: string): Promise<number> {
  let seen = 0;
  for (const shelf of await readdir(folder)) {
    for (const file of await readdir(join(folder, shelf))) {
      const text = await readFile(join(folder, shelf, file), 'utf8');
      const end = text.indexOf('\n---\n', 4);
      const front = parse(text.slice(4, end)) as { questions: Record<string, unknown[]> };
      seen += Object.keys(front.questions).length + fromMarkdown(text.slice(end + 5)).children.length;
    }
  }
  return seen;
}

/** Bytes a loaded bank keeps; the heap is collected before and after. */
async function measureMemory(folder: string): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      collect();
      await new Promise((done) => setImmediate(done));
    }
  };
  // Once before, so that the parsers' own tables and compiled code do not count.
  await loadBank(folder);
  await settle();
  const before = process.memoryUsage().heapUsed;
  const bank = await loadBank(folder);
  await settle();
  const grown = process.memoryUsage().heapUsed - before;
  if (bank.questions.length === 0 || bank.problems.length > 0)
    throw new Error('the packs of the benchmark do not load');
  return grown;
}

async function change(folder: string, round: number): Promise<void> {
  for (let nth = 0; nth < CHANGED; nth += 1) {
    const number = nth * 7 + round;
    const path = pathOf(folder, number);
    await writeFile(path, packOf(number).replace('Sample pack', `Changed ${round}`));
    await utimes(path, 1 + round, 1 + round);
  }
}

async function writePacks(folder: string, files: number): Promise<number> {
  let bytes = 0;
  for (let number = 0; number < files; number += 1) {
    const path = pathOf(folder, number);
    if (number % 100 === 0) await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, packOf(number));
    bytes += (await stat(path)).size;
  }
  return bytes;
}

function pathOf(folder: string, number: number): string {
  return join(folder, `shelf-${Math.floor(number / 100)}`, `pack-${number}.md`);
}

const LEVELS = ['mid', 'senior', 'staff', 'principal'];

/** A pack as people write them: a few questions in the front matter, a few with answers in the body. */
function packOf(number: number): string {
  const words = (seed: number, count: number) =>
    Array.from({ length: count }, (_, n) => WORDS[(seed * 31 + n * 17 + n * n) % WORDS.length]).join(' ');
  const listed = LEVELS.map((level, n) => `  ${level}: ["Tell me about ${words(number + n, 9)} in case ${number}?"]`);
  const asked = LEVELS.filter((_, n) => n % 2 === number % 2).flatMap((level, n) => [
    `### ${level[0]?.toUpperCase()}${level.slice(1)}-Level`,
    `*   **Q**: How would you ${words(number * 3 + n, 12)} in case ${number}?`,
    `*   **A**: ${words(number + n, 10)}.`,
    ...[1, 2, 3].map((step) => `    ${step}.  **${words(number + step, 1)}**: ${words(number * step + n, 16)}.`),
  ]);
  return [
    '---',
    `title: "Sample pack ${number}"`,
    'category: must',
    'levels: [mid, senior, staff, principal]',
    `skills: [${WORDS[number % 7]}, ${WORDS[7 + (number % 5)]}]`,
    'questions:',
    ...listed,
    '---',
    `# Sample pack ${number}`,
    '',
    '## Core Ideas',
    '',
    `*   **${words(number, 2)}**: ${words(number + 5, 30)}.`,
    `*   **${words(number + 1, 2)}**: ${words(number + 6, 30)}.`,
    '',
    '## Interview Questions',
    '',
    ...asked,
    '',
  ].join('\n');
}

const WORDS = (
  'mentor strategy ethics hiring feedback trust scope people plan review team model risk budget quality notice decide ' +
  'listen explain repair measure delegate ask write share test ship wait learn change support balance question answer ' +
  'before after during without within against toward because although until every another careful honest slow early'
).split(' ');

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function rowOf(what: string, times: readonly number[]): Row {
  return { what, median: median(times), min: Math.min(...times), max: Math.max(...times), unit: 'ms' };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
