/** The pack everything began with loads as it is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatReport, report } from '../../src/bank/check.ts';
import { loadBank } from '../../src/bank/load.ts';

const SEED = join(import.meta.dirname, '../fixtures/packs/seed');

describe('the seed pack', () => {
  it('gives three questions of its front matter and four of its body, four with answers', async () => {
    const { problems, ...counts } = report(await loadBank(SEED));
    expect(counts).toEqual({
      packs: 1,
      skipped: 0,
      questions: 7,
      withAnswer: 4,
      scenarios: 0,
      byLevel: { mid: 1, senior: 4, staff: 0, principal: 2 },
      bySkill: { mentorship: 7, strategy: 7, 'stakeholder-management': 7, ethics: 7, hiring: 7 },
    });
    expect(problems.map((problem) => problem.severity)).toEqual(['warning', 'warning', 'warning', 'warning']);
  });

  it('warns of each line with broken characters and says what mends it', async () => {
    const { problems } = await loadBank(SEED);
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(
      [14, 29, 34, 43].map((line) => `behavioral-and-leadership.md:${line}`),
    );
    expect(problems.map(({ problem }) => /read as “(.*?)”/.exec(problem)?.[1])).toEqual(['💡', '📚', '🛠', '🗣']);
    for (const { problem } of problems) expect(problem).toContain('bank check --fix');
  });

  it('keeps the words, the levels and the lines', async () => {
    const { questions } = await loadBank(SEED);
    expect(questions.map(({ level, line, text }) => `${level} ${line} ${text}`)).toEqual([
      'mid 7 Tell me about a time you disagreed with a PM about a model metric.',
      'senior 8 How do you convince leadership to invest in MLOps infrastructure over new features?',
      'principal 9 How do you define the AI strategy for a company that has no prior AI experience?',
      'senior 46 A junior engineer is stuck on a bug for 2 days. What do you do?',
      'senior 51 How do you handle tight deadlines?',
      'senior 57 Describe a time you had to influence without authority.',
      'principal 65 You discover that the model regulating credit limits is biased against a certain demographic. The product launch is tomorrow. What do you do?',
    ]);
  });

  it('keeps each model answer to the letter, without the indentation of its list', async () => {
    const { questions } = await loadBank(SEED);
    const source = (await readFile(join(SEED, 'behavioral-and-leadership.md'), 'utf8')).split('\n');
    const slice = (from: number, to: number) => source.slice(from - 1, to).map((line) => line.replace(/^ {4}/, ''));
    expect(questions.map(({ answer }) => answer)).toEqual([
      undefined,
      undefined,
      undefined,
      ["Don't fix it for them.", ...slice(48, 50)].join('\n'),
      slice(53, 56).join('\n'),
      slice(59, 62).join('\n'),
      slice(67, 70).join('\n'),
    ]);
    for (const answer of questions.slice(3).map((question) => question.answer))
      expect(answer?.length).toBeGreaterThan(150);
  });

  it('reports no error, in words a person reads', async () => {
    const text = formatReport(await loadBank(SEED));
    expect(text).not.toContain('Errors:');
    expect(text.split('\n').slice(-2)).toEqual(['1 pack, 7 questions, 4 with a model answer', '0 errors, 4 warnings']);
  });
});
