/** Scenarios to discuss: those that are shipped, and what is said of one that is not right. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addFolder } from '../../src/bank/add.ts';
import { formatReport } from '../../src/bank/check.ts';
import { loadBank, type LoadedBank } from '../../src/bank/load.ts';
import type { Scenario } from '../../src/bank/scenario.ts';
import { findings, read } from './read.ts';

const RUNS = process.env['LONG'] ? 10_000 : 500;
const WORDS = 'word '.repeat(100).trim();
const FRONT = '---\ntitle: "Stuck"\nkind: scenario\nid: stuck\nlevels: [mid, senior]\nskills: [mentorship]\n---\n';
const GUIDE =
  "## Lead's guide\n\n### How to open\n\nAsk.\n\n### What to draw out\n\n- This\n\n### Traps\n\n- That\n\n### How to close\n\nAgree.\n";
const BODY = `\n## Situation\n\n${WORDS}\n\n## Questions\n\n1. What first?\n2. What then?\n3. And last?\n\n${GUIDE}`;

const folders: string[] = [];
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

describe('the shipped scenarios', () => {
  let bank: LoadedBank;
  beforeAll(async () => {
    bank = await loadBank('content');
  });
  const each = (check: (scenario: Scenario) => void): void => bank.scenarios.forEach(check);

  it('are at least fourteen, without a complaint, each with its own id and title', () => {
    expect(bank.scenarios.length).toBeGreaterThanOrEqual(14);
    expect(bank.problems.filter(({ file }) => file.startsWith('scenarios/'))).toEqual([]);
    for (const key of ['id', 'title'] as const)
      expect(new Set(bank.scenarios.map((one) => one[key])).size).toBe(bank.scenarios.length);
  });

  it('fit a card and give something to talk about', () => {
    each(({ situation, questions, guide, ...one }) => {
      const words = situation.split(/\s+/).length;
      expect(words).toBeGreaterThanOrEqual(90);
      expect(words).toBeLessThanOrEqual(160);
      expect([3, 4]).toContain(questions.length);
      expect(one.license).toBe('CC-BY-4.0');
      expect(one.file).toBe(`scenarios/${one.id}.md`);
      expect(guide.drawOut.length).toBeGreaterThanOrEqual(3);
      expect(guide.traps.length).toBeGreaterThanOrEqual(3);
      expect(Math.min(guide.open.length, guide.close.length)).toBeGreaterThan(40);
      for (const question of questions) expect(question).toMatch(/[?.]$/);
    });
  });

  it('leave the questions as they are, and are counted beside them', () => {
    expect(bank.questions.some(({ file }) => file.startsWith('scenarios/'))).toBe(false);
    expect(formatReport(bank)).toContain(`; ${bank.scenarios.length} scenarios to discuss`);
  });
});

describe('a scenario', () => {
  it('is read whole: situation, questions, guide', () => {
    const pack = read(FRONT + BODY);
    expect(findings(pack)).toEqual([]);
    expect(pack.scenario).toEqual({
      id: 'stuck',
      title: 'Stuck',
      levels: ['mid', 'senior'],
      skills: ['mentorship'],
      situation: WORDS,
      questions: ['What first?', 'What then?', 'And last?'],
      guide: { open: 'Ask.', drawOut: ['This'], traps: ['That'], close: 'Agree.' },
      status: 'reviewed',
      file: 'packs/example.md',
      line: 2,
    });
  });

  const without = (what: string | RegExp, put = ''): string => (FRONT + BODY).replace(what, put);
  it.each([
    ['no title', without('title: "Stuck"\n'), 'error 1 no `title`'],
    ['an id nobody can type', without('id: stuck', 'id: "Stuck!"'), 'error 4 the id “Stuck!” is refused'],
    ['no situation', without(WORDS), 'error 9 no situation'],
    ['a situation as long as a chapter', without(WORDS, 'x'.repeat(1501)), 'error 9 the situation is longer'],
    ['no questions', without(/1\. [^]*last\?/), 'error 13 no questions to discuss'],
    ['seven questions', without('3. And', '3. A?\n4. B?\n5. C?\n6. D?\n7. And'), 'error 13 7 questions'],
    ['an endless question', without('What first', 'x'.repeat(301)), 'error 13 the question “'],
    ['an endless guide', without('Ask.', 'x'.repeat(901)), 'error 21 the part “How to open” is longer'],
  ])('with %s is refused, and its line is told', (_, text, problem) => {
    const pack = read(text);
    expect(pack).toMatchObject({ state: 'refused', questions: [] });
    expect(pack.scenario).toBeUndefined();
    expect(findings(pack).filter((one) => one.startsWith('error'))).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['no levels', without('levels: [mid, senior]\n'), 'warning 1 no `levels`'],
    ['a level nobody knows', without('[mid, senior]', '[mid, wizard]'), 'warning 5 “wizard” is not a level'],
    ['no skills', without('skills: [mentorship]\n'), 'warning 1 no `skills`'],
    ['few words', without(WORDS, 'Too short to be one.'), 'warning 9 the situation has 5 words'],
    ['a heading of its own', without('### Traps', '### Snags'), 'warning 29 the heading “Snags”'],
    ['no way to close', without('### How to close\n\nAgree.\n'), 'no `### How to close`'],
  ])('with %s is read, and the line is told', (_, text, problem) => {
    const pack = read(text);
    expect(pack.scenario?.title).toBe('Stuck');
    expect(findings(pack).join('\n')).toContain(problem);
  });

  it('under the same rules as questions: nothing runs, nothing unseen, nothing too deep', () => {
    for (const text of [
      without('---\n', '---js\n'),
      without('mid, senior', '*alias'),
      without('title: "Stuck"', '__proto__: x\ntitle: y'),
      without('Ask.', `${'>'.repeat(60)} deep`),
      without('Ask.', 'a\u202eb'),
    ])
      expect(read(text)).toMatchObject({ state: 'refused', findings: [{ severity: 'error' }] });
  });

  it('with the id of another is left out, and both places are told', async () => {
    const bank = await loadBank(await folderOf({ 'a.md': FRONT + BODY, 'b.md': FRONT + BODY }));
    expect(bank.scenarios.map(({ file }) => file)).toEqual(['a.md']);
    expect(formatReport(bank)).toContain('b.md:2  the scenario stuck is a.md:2 already');
  });

  it('comes along when its folder is added, once', async () => {
    const [from, to] = [await folderOf({ 'a.md': FRONT + BODY }), await folderOf({})];
    expect((await addFolder(from, to)).files).toHaveLength(1);
    expect((await loadBank(to)).scenarios.map(({ id }) => id)).toEqual(['stuck']);
    const again = await folderOf({ 'c.md': FRONT + BODY });
    expect((await addFolder(again, to)).refused).toContain('has the id stuck');
  });

  it('never stops the loader, whatever is written into it', () => {
    const lines = fc.array(
      fc.oneof(
        fc.constantFrom(
          '## Situation',
          '## Questions',
          "## Lead's guide",
          '### Traps',
          '- a',
          '1. b?',
          '',
          '> c',
          '---',
        ),
        fc.string({ unit: 'binary', maxLength: 40 }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(lines, lines, (front, body) => {
        const pack = read(`---\nkind: scenario\n${front.join('\n')}\n---\n${body.join('\n')}`);
        if (pack.scenario === undefined) expect(pack.findings.some(({ severity }) => severity === 'error')).toBe(true);
        else expect(pack.scenario.situation).not.toBe('');
      }),
      { numRuns: RUNS },
    );
  });
});
