/** Packs from anywhere: none crashes the loader, none runs, each bad one is refused with its line, the good one loads. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import matter from 'gray-matter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatReport } from '../../src/bank/check.ts';
import { loadBank, type LoadedBank } from '../../src/bank/load.ts';
import { readPack } from '../../src/bank/pack.ts';
import { CANARY, CORPUS, GOOD, ODD_ENTRIES, writeCorpus } from './hostile-corpus.ts';

const RUNS = process.env['LONG'] ? 10_000 : 500;
let folder: string;
let bank: LoadedBank;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bank-hostile-'));
  await writeCorpus(folder);
  bank = await loadBank(join(folder, 'packs'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const errorsOf = (file: string) => bank.problems.filter((one) => one.file === file && one.severity === 'error');
const questionsOf = (file: string) => bank.questions.filter((one) => one.file === file);

describe('the hostile corpus', () => {
  it('has more than sixty files, most of them refused', () => {
    expect(CORPUS.length).toBeGreaterThan(60);
    expect(CORPUS.filter(({ fate }) => typeof fate === 'number').length).toBeGreaterThan(60);
    expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
  });

  it.each(CORPUS.map(({ name, fate }) => [name, fate] as const))('%s: %s', (name, fate) => {
    const errors = errorsOf(`${name}.md`);
    if (typeof fate === 'number') {
      expect(questionsOf(`${name}.md`)).toEqual([]);
      expect(errors.map(({ line }) => line)).toEqual([fate]);
      expect(errors[0]?.problem).toMatch(/[a-z]: ?\S|: \S/);
    } else if (fate === 'loaded') {
      expect(errors).toEqual([]);
      const id = 'Does it load?';
      const sameElsewhere = bank.problems.some(
        (one) => one.file === `${name}.md` && one.problem.startsWith('the same question'),
      );
      expect(sameElsewhere || questionsOf(`${name}.md`).some(({ text }) => text === id)).toBe(true);
    } else expect(errors).toHaveLength(1);
  });

  it('would run in a reader without a fence', () => {
    const code = CORPUS.find(({ name }) => name === 'language-0')?.bytes.toString() ?? '';
    expect(matter(code, {}).data).toMatchObject({ title: 'x' });
    expect(CANARY in globalThis).toBe(true);
    Reflect.deleteProperty(globalThis, CANARY);
  });

  it('runs nothing and pollutes nothing', () => {
    expect(CANARY in globalThis).toBe(false);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((bank.bySkill as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('loads the good pack beside them', () => {
    expect(questionsOf(GOOD).map(({ text }) => text)).toEqual(['Still here?']);
  });

  it('refuses links and pipes by name and reads nothing outside', () => {
    for (const name of ODD_ENTRIES) expect(errorsOf(name).map(({ line }) => line)).toEqual([1]);
    expect(bank.questions.some(({ text }) => text === 'Secret?')).toBe(false);
  });

  it('loads packs with odd names and prints the names harmlessly', () => {
    expect(bank.questions.filter(({ text }) => text.endsWith('a name?'))).toHaveLength(9);
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(formatReport(bank)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    for (const { file } of bank.problems) expect(file).not.toMatch(/\n/);
  });
});

describe('memory', () => {
  it('grows by less than 50 MB after a collection, in a process of its own that may not compile code from text', async () => {
    const flags = ['--expose-gc', '--disable-proto=delete', '--disallow-code-generation-from-strings'];
    const script = join(import.meta.dirname, 'load-and-weigh.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, join(folder, 'packs')]);
    const { grown, questions, errors, canary } = JSON.parse(stdout) as Record<string, unknown>;
    expect(grown).toBeLessThan(50_000_000);
    expect(questions).toBe(bank.questions.length);
    expect(errors).toBe(bank.problems.filter(({ severity }) => severity === 'error').length);
    expect(canary).toBe(false);
  });
});

describe('any bytes at all', () => {
  const fragments = fc.constantFrom(
    ...'---~\n~---\n~* **Q**: ~**A**:~### Senior\n~1. ~**~_~[~]~{~}~"~#~`~```\n~> ~<!--~-->~\t~\r\n~\0~\ufeff'.split(
      '~',
    ),
    ...': |- |&a|*a|!!x|?|questions|mid|title|a| |é|💡|ðŸ|\n  |"'.split('|'),
  );

  it('give a pack, a skipped file or an error with a line, and never throw', () => {
    const text = fc.array(fragments, { maxLength: 60 }).map((parts) => parts.join(''));
    const front = fc.tuple(text, text).map(([yaml, body]) => `---\n${yaml}\n---\n${body}`);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.oneof(text, front).map((all) => Buffer.from(all)),
    );
    fc.assert(
      fc.property(bytes, (all) => {
        const pack = readPack(all, 'any.md');
        const lines = Buffer.from(all)
          .toString('latin1')
          .split(/\r\n?|\n/).length;
        for (const { line } of pack.findings) expect(line >= 1 && line <= lines).toBe(true);
        if (pack.state === 'refused')
          expect(pack.findings.filter(({ severity }) => severity === 'error')).toHaveLength(1);
        for (const { id, text: words } of pack.questions) {
          expect(id).toMatch(/^[a-z0-9-]{1,64}$/);
          expect(words.trim()).not.toBe('');
        }
      }),
      { numRuns: RUNS },
    );
  });
});
