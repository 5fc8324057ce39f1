import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadBank } from '../../../src/bank/load.ts';
import { type Level, LEVELS, type Question } from '../../../src/bank/question.ts';
import { choose, isHard, LEAST_SKILLS, needsHard, QUESTIONS } from '../../../src/features/mock/choose.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 200 };
const SKILLS = ['ethics', 'hiring', 'mentorship', 'strategy'];

const question = (n: number, some: Partial<Question>): Question => ({
  id: `q${n}`,
  text: `Question ${n}`,
  level: 'senior',
  skills: ['ethics'],
  facet: 'one',
  title: 'Pack',
  category: 'leadership',
  type: 'behavioural',
  domain: [],
  minutes: 3,
  probes: [],
  good: [],
  redFlags: [],
  focus: [],
  status: 'reviewed',
  file: 'a.md',
  line: 1,
  ...some,
});

const bank = fc
  .array(
    fc.record({
      skills: fc.constantFrom(...SKILLS).map((skill) => [skill]),
      type: fc.constantFrom('behavioural' as const, 'situational' as const),
      level: fc.constantFrom(...LEVELS),
      focus: fc.constantFrom([], ['trade-offs']),
      status: fc.constantFrom('reviewed' as const, 'reviewed' as const, 'draft' as const),
    }),
    { maxLength: 60 },
  )
  .map((all) => all.map((some, i) => question(i, some)));
const wish = fc.record({
  seed: fc.string(),
  level: fc.constantFrom(...LEVELS),
  focus: fc.option(fc.constantFrom(...SKILLS), { nil: undefined }),
  asked: fc
    .dictionary(
      fc.nat(59).map((n) => `q${n}`),
      fc.integer({ min: 1, max: 3 }),
    )
    .map((all) => new Map(Object.entries(all))),
});
/** A bank with two of each type in every skill at every level. */
const full = LEVELS.flatMap((level) =>
  SKILLS.flatMap((skill) =>
    (['behavioural', 'situational'] as const).flatMap((type) => [0, 1].map(() => ({ level, skills: [skill], type }))),
  ),
).map((some, i) => question(i, some));
const situational = (some: readonly Question[]): number => some.filter(({ type }) => type === 'situational').length;
const skillsIn = (some: readonly Question[]): number => new Set(some.map(({ skills }) => skills[0])).size;

describe('the choice of questions', () => {
  it('asks at most four, of that level, each once, and says why when it cannot keep the mix', () => {
    fc.assert(
      fc.property(bank, wish, (questions, asked) => {
        const { questions: chosen, remarks } = choose(questions, asked);
        const pool = questions.filter(({ level, status }) => level === asked.level && status === 'reviewed');
        expect(chosen).toHaveLength(Math.min(QUESTIONS, pool.length));
        expect(new Set(chosen.map(({ id }) => id)).size).toBe(chosen.length);
        expect(chosen.every((one) => pool.includes(one))).toBe(true);
        const isWhole = chosen.length === QUESTIONS && situational(chosen) === 1 && skillsIn(chosen) >= LEAST_SKILLS;
        if (chosen.length > 0 && !isWhole) expect(remarks).not.toEqual([]);
      }),
      runs,
    );
  });

  it('keeps every rule where the bank allows it', () => {
    fc.assert(
      fc.property(wish, (asked) => {
        const { questions: chosen } = choose(full, asked);
        expect(situational(chosen)).toBe(1);
        expect(skillsIn(chosen)).toBeGreaterThanOrEqual(LEAST_SKILLS);
        if (asked.focus !== undefined)
          expect(chosen.some(({ skills }) => skills.includes(asked.focus ?? ''))).toBe(true);
        if (needsHard(asked.level)) expect(chosen.some(isHard)).toBe(true);
      }),
      runs,
    );
  });

  it('is the same for the same seed and history', () => {
    fc.assert(
      fc.property(bank, wish, (questions, asked) => {
        expect(choose(questions, asked)).toEqual(choose(questions.toReversed(), asked));
      }),
      runs,
    );
  });

  it('asks what this person met least, as long as the mix allows it', () => {
    const asked = new Map<string, number>();
    for (let mock = 0; mock < 2; mock += 1) {
      const { questions: chosen } = choose(full, { seed: `m${mock}`, level: 'senior', asked });
      expect(chosen.every(({ id }) => !asked.has(id))).toBe(true);
      for (const { id } of chosen) asked.set(id, 1);
    }
  });

  it.each(LEVELS)('with the shipped bank has four questions of three skills at %s level', async (level: Level) => {
    const { questions } = await loadBank('content');
    const { questions: chosen } = choose(questions, { seed: 'shipped', level, asked: new Map() });
    expect(chosen).toHaveLength(QUESTIONS);
    expect(skillsIn(chosen)).toBeGreaterThanOrEqual(LEAST_SKILLS);
    if (needsHard(level)) expect(chosen.some(isHard)).toBe(true);
  });
});
