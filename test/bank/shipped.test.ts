/** The packs that are shipped: every entry is whole, and each level has what a mock interview needs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LoadedBank, loadBank } from '../../src/bank/load.ts';
import { LEVELS, type Level, type Question } from '../../src/bank/question.ts';
import { skillsIn } from '../../src/bank/skills.ts';

const ROOT = join(import.meta.dirname, '../..');
const SKILLS = ['ethics', 'hiring', 'mentorship', 'stakeholder-management', 'strategy'];
/** Planned follow-ups of an answer, in their order. */
const PROBES: Readonly<Record<Level, readonly string[]>> = {
  mid: ['own-part', 'evidence'],
  senior: ['why', 'evidence'],
  staff: ['why', 'other-side', 'scale'],
  principal: ['other-side', 'scale', 'transfer'],
};

let bank: LoadedBank;
beforeAll(async () => {
  bank = await loadBank(join(ROOT, 'content'));
});

describe('the shipped questions', () => {
  it('are sixty in fifteen packs, without a problem, as the papers say', async () => {
    expect(bank.problems).toEqual([]);
    expect(bank.questions).toHaveLength(60);
    expect(new Set(bank.questions.map(({ file }) => file)).size).toBe(15);
    const papers = await Promise.all(
      ['README.md', 'content/README.md'].map((path) => readFile(join(ROOT, path), 'utf8')),
    );
    for (const paper of papers) expect(paper.replaceAll(/\s+/g, ' ')).toMatch(/fifteen packs(?::| with) 60 questions/);
    expect(papers[0]).toContain('60 in 15 packs');
  });

  it('are about five skills, three facets of each, and a facet has every level', () => {
    expect(skillsIn(bank)).toEqual(SKILLS);
    const cells = Map.groupBy(bank.questions, ({ skills, facet }) => `${skills.join()} ${facet}`);
    expect(cells.size).toBe(15);
    for (const questions of cells.values()) expect(questions.map(({ level }) => level)).toEqual([...LEVELS]);
  });

  it('are whole: probes by level, three good signs, red flags, an outline, what to stress', () => {
    for (const question of bank.questions) {
      const { id, level, probes, good, redFlags, outline, focus, minutes, status, text } = question;
      expect([id, probes.map(({ kind }) => kind)]).toEqual([id, PROBES[level]]);
      expect([id, good.length]).toEqual([id, 3]);
      expect([id, redFlags.length === 2 || redFlags.length === 3]).toEqual([id, true]);
      expect([id, Object.values(outline ?? {}).filter((part: string) => part !== '').length]).toEqual([id, 5]);
      expect([id, focus.length >= 1 && focus.length <= 2]).toEqual([id, true]);
      expect([id, minutes]).toEqual([id, level === 'mid' || level === 'senior' ? 3 : 4]);
      expect([id, status, text.length <= 200]).toEqual([id, 'reviewed', true]);
    }
  });

  describe.each(LEVELS)('at level %s', (level) => {
    const at = (type: Question['type']) => bank.questions.filter((one) => one.level === level && one.type === type);
    const skillsAt = (type: Question['type']) => new Set(at(type).flatMap(({ skills }) => skills));

    it('ask in every skill for something that happened and for something that might', () => {
      expect([...skillsAt('behavioural')].toSorted()).toEqual(SKILLS);
      expect([...skillsAt('situational')].toSorted()).toEqual(SKILLS);
    });

    it('ask for a trade-off or a question of ethics in either kind', () => {
      for (const type of ['behavioural', 'situational'] as const)
        expect(at(type).some(({ skills, focus }) => skills.includes('ethics') || focus.includes('trade-offs'))).toBe(
          true,
        );
    });
  });
});
