/** Picking: nothing comes again before everything was asked, the same seed picks the same, every skill gets its share. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDeck, pick, type Asked, type Pick, type Wanted } from '../../src/bank/deck.ts';
import { LEVELS, type Bank, type Level, type Question } from '../../src/bank/question.ts';

const RUNS = process.env['LONG'] ? 10_000 : 500;

function question(
  id: string,
  skills: readonly string[],
  facet: string,
  level: Level,
  extra: Partial<Question> = {},
): Question {
  const lists = { domain: [], probes: [], good: [], redFlags: [], focus: [] };
  const place = { title: `About ${facet}`, category: 'must', file: 'a.md', line: 1 };
  const rest = { type: 'behavioural', minutes: 3, status: 'reviewed' } as const;
  return { id, text: `${id}?`, level, skills, facet, ...lists, ...place, ...rest, ...extra };
}

function bankOf(questions: readonly Question[]): Bank {
  return { questions, get: (id) => questions.find((one) => one.id === id) };
}

/** A grid of skills × facets × levels with `deep` questions in each cell. */
function grid(skills: number, facets: number, levels: readonly Level[], deep: number): Question[] {
  return Array.from({ length: skills }, (_, s) => s).flatMap((s) =>
    Array.from({ length: facets }, (_, f) => f).flatMap((f) =>
      levels.flatMap((level) =>
        Array.from({ length: deep }, (_, n) =>
          question(`q-${s}-${f}-${level}-${n}`, [`skill-${s}`], `facet-${s}-${f}`, level),
        ),
      ),
    ),
  );
}

function askedOf({ skill, facet, questions }: Pick): Asked {
  return { skill, facet, questions: questions.map(({ id }) => id) };
}

/** Posts one after the other, as a schedule does. */
function run(
  questions: readonly Question[],
  times: number,
  wanted: Partial<Wanted> = {},
  past: readonly Asked[] = [],
): Pick[] {
  const deck = buildDeck(bankOf(questions));
  const asked = [...past];
  const picks: Pick[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const next = pick(deck, { seed: 'team', levels: LEVELS, ...wanted, asked });
    if (!next) return picks;
    picks.push(next);
    asked.push(askedOf(next));
  }
  return picks;
}

const idsOf = (picks: readonly Pick[]) => picks.flatMap((one) => one.questions.map(({ id }) => id));

/** Banks as they come: uneven cells, questions under several skills, drafts among them. */
const anyBank = fc
  .array(
    fc.record({
      skills: fc.uniqueArray(fc.constantFrom('ethics', 'hiring', 'strategy'), { minLength: 1 }),
      facet: fc.constantFrom('a', 'b', 'c'),
      level: fc.constantFrom(...LEVELS),
      status: fc.constantFrom('reviewed', 'reviewed', 'reviewed', 'draft', 'retired'),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((items) =>
    items.map(({ skills, facet, level, status }, n) =>
      question(`q${n}`, skills, facet, level, { status: status as 'draft' }),
    ),
  );

describe('picking', () => {
  it('asks every question of the pool once before any a second time, in every round', () => {
    fc.assert(
      fc.property(
        anyBank,
        fc.string(),
        fc.uniqueArray(fc.constantFrom(...LEVELS), { minLength: 1 }),
        (questions, seed, levels) => {
          const pool = questions
            .filter(({ status, level }) => status === 'reviewed' && levels.includes(level))
            .map(({ id }) => id);
          const ids = idsOf(run(questions, 70, { seed, levels }));
          for (let at = 0; at + pool.length <= ids.length && pool.length > 0; at += pool.length) {
            expect(ids.slice(at, at + pool.length).toSorted()).toEqual(pool.toSorted());
          }
          expect(ids.length > 0).toBe(pool.length > 0);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('picks the same for the same seed and history, whatever the order of the bank', () => {
    fc.assert(
      fc.property(anyBank, fc.string(), (questions, seed) => {
        const straight = run(questions, 12, { seed }).map(askedOf);
        expect(run(questions.toReversed(), 12, { seed }).map(askedOf)).toEqual(straight);
      }),
      { numRuns: RUNS },
    );
  });

  it('picks in another order for another team, and in another order the next time round', () => {
    const questions = grid(1, 1, ['mid'], 12);
    const one = idsOf(run(questions, 24, { seed: 'one' }));
    const two = idsOf(run(questions, 24, { seed: 'two' }));
    expect(one).not.toEqual(two);
    expect(one.slice(12)).not.toEqual(one.slice(0, 12));
  });

  it('puts at most one question of a level into a post, in the order of levels, all of one skill and facet', () => {
    fc.assert(
      fc.property(anyBank, (questions) => {
        for (const { skill, facet, questions: asked } of run(questions, 40)) {
          expect(asked.length).toBeGreaterThan(0);
          const order = asked.map(({ level }) => LEVELS.indexOf(level));
          expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
          expect(asked.every((one) => one.facet === facet && one.skills.includes(skill))).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps every skill and every facet within one post of its share when the cells are equal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.string(),
        (skills, facets, deep, seed) => {
          const picks = run(grid(skills, facets, ['mid', 'senior'], deep), skills * facets * deep * 2, { seed });
          for (let t = 1; t <= picks.length; t += 1) {
            const past = picks.slice(0, t);
            for (let s = 0; s < skills; s += 1) {
              const mine = past.filter(({ skill }) => skill === `skill-${s}`);
              expect(Math.abs(mine.length - t / skills)).toBeLessThan(1);
              for (let f = 0; f < facets; f += 1) {
                const count = mine.filter(({ facet }) => facet === `facet-${s}-${f}`).length;
                expect(Math.abs(count - mine.length / facets)).toBeLessThan(1);
              }
            }
          }
        },
      ),
      { numRuns: RUNS / 5 },
    );
  });

  it('gives a weak skill up to twice the posts and says so', () => {
    const questions = grid(2, 1, ['mid'], 60);
    const means = { 'skill-0': 2.5, 'skill-1': 3.5 };
    const picks = run(questions, 30, { means });
    expect(picks.filter(({ skill }) => skill === 'skill-0')).toHaveLength(20);
    expect(picks.find(({ skill }) => skill === 'skill-0')?.why).toContain('lowest team mean (2.5)');
    expect(picks.find(({ skill }) => skill === 'skill-1')?.why).not.toContain('mean');
  });

  it('names no target while it is less than one post', () => {
    const questions = ['a', 'b', 'c', 'd', 'e'].flatMap((skill) =>
      Array.from({ length: 3 }, (_, n) => question(`${skill}-${n}`, [skill], 'f', 'mid')),
    );
    const past = [{ skill: 'a', facet: 'f', questions: ['a-0'] }];
    expect(run(questions, 1, {}, past)[0]?.why).toMatch(/^[B-E] is due: 0 of 1 so far\.$/);
  });

  it('says why in one line', () => {
    const questions = ['stakeholder-management', 'ethics'].flatMap((skill) =>
      Array.from({ length: 20 }, (_, n) => question(`${skill}-${n}`, [skill], 'f', 'mid')),
    );
    const past = [
      ...Array.from({ length: 7 }, (_, n) => ({ skill: 'ethics', facet: 'f', questions: [`ethics-${n}`] })),
      ...Array.from({ length: 3 }, (_, n) => ({
        skill: 'stakeholder-management',
        facet: 'f',
        questions: [`stakeholder-management-${n}`],
      })),
    ];
    expect(run(questions, 1, {}, past)[0]?.why).toBe('Stakeholder management is due: 3 of 10 so far, target 5.');
    expect(run(questions, 1)[0]?.why).toMatch(/^(?:Ethics|Stakeholder management) opens the series\.$/);
  });

  it('says when everything has been asked and it begins again', () => {
    const [first, second, third] = run(grid(1, 1, ['mid'], 2), 3);
    expect([first, second, third].map((one) => one?.why.includes('begin again'))).toEqual([false, false, true]);
  });

  it('never says that fewer posts are left than come, and says it to the post when no question has two skills', () => {
    fc.assert(
      fc.property(anyBank, fc.boolean(), (questions, single) => {
        const bank = single ? questions.map((one) => ({ ...one, skills: one.skills.slice(0, 1) })) : questions;
        const picks = run(bank, 40);
        const repeat = picks.findIndex((one, at) =>
          one.questions.some(({ id }) => idsOf(picks.slice(0, at)).includes(id)),
        );
        for (const [at, one] of picks.slice(0, repeat).entries()) {
          const left = repeat - at - 1;
          expect(one.left).toBeLessThanOrEqual(left);
          if (single) expect(one.left).toBe(left);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('lets a new question in without changing the order of the others', () => {
    fc.assert(
      fc.property(anyBank, fc.string(), (questions, seed) => {
        const order = (all: readonly Question[]) => {
          const cells = Map.groupBy(
            run(all, 60, { seed }).flatMap((one) => one.questions),
            ({ facet, level }) => `${facet}/${level}`,
          );
          return [...cells].map(([cell, asked]) => [
            cell,
            [...new Set(asked.map(({ id }) => id))].filter((id) => id !== 'new'),
          ]);
        };
        const one = questions.map((each) => ({ ...each, skills: ['ethics'] }));
        const more = [...one, question('new', ['ethics'], 'a', 'mid')];
        expect(new Map(order(more).filter(([, ids]) => ids!.length > 0) as [string, string[]][])).toEqual(
          new Map(order(one) as [string, string[]][]),
        );
      }),
      { numRuns: RUNS / 5 },
    );
  });

  it('asks a new question before anything comes again, even late in a later round', () => {
    const questions = grid(1, 2, ['mid'], 3);
    const past = run(questions, 9).map(askedOf);
    const [next, after] = run([...questions, question('new', ['skill-0'], 'facet-0-0', 'mid')], 2, {}, past);
    expect(next?.questions.map(({ id }) => id)).toEqual(['new']);
    expect(past.slice(6).flatMap((one) => one.questions)).not.toContain(after?.questions[0]?.id);
  });

  it('counts a question under several skills as asked whichever skill it came under', () => {
    const questions = [question('both', ['ethics', 'hiring'], 'a', 'mid'), question('one', ['ethics'], 'a', 'mid')];
    expect(idsOf(run(questions, 2)).toSorted()).toEqual(['both', 'one']);
  });

  it('never asks drafts and retired questions', () => {
    const questions = [
      question('draft', ['s'], 'a', 'mid', { status: 'draft' }),
      question('old', ['s'], 'a', 'mid', { status: 'retired' }),
    ];
    expect(run(questions, 1)).toEqual([]);
  });

  it('leaves a level out of a post when its cell is exhausted', () => {
    const questions = [
      question('m', ['s'], 'a', 'mid'),
      question('s1', ['s'], 'a', 'senior'),
      question('s2', ['s'], 'a', 'senior'),
    ];
    expect(run(questions, 2).map(({ questions: asked }) => asked.map(({ level }) => level))).toEqual([
      ['mid', 'senior'],
      ['senior'],
    ]);
  });

  it('asks one level, some skills and some packs only, when told so', () => {
    const questions = [
      ...grid(3, 2, LEVELS, 1),
      question('x', ['skill-1'], 'own', 'mid', { title: 'Big Bets', category: 'Extra' }),
    ];
    expect(
      run(questions, 6, { levels: ['staff'] }).every(
        ({ questions: asked }) => asked.length === 1 && asked[0]?.level === 'staff',
      ),
    ).toBe(true);
    expect(new Set(run(questions, 8, { skills: ['skill-1', 'skill-2'] }).map(({ skill }) => skill))).toEqual(
      new Set(['skill-1', 'skill-2']),
    );
    expect(idsOf(run(questions, 2, { packs: ['big bets'] }))).toEqual(['x', 'x']);
    expect(idsOf(run(questions, 2, { packs: ['extra'] }))).toEqual(['x', 'x']);
    expect(run(questions, 1, { skills: ['nothing'] })).toEqual([]);
    expect(run(questions, 1, { levels: [] })).toEqual([]);
    expect(run([], 1)).toEqual([]);
  });

  it('does not let one schedule that repeats early make another one repeat', () => {
    const questions = [...grid(1, 1, ['senior'], 1), ...grid(1, 1, ['mid'], 6)];
    const asked: Asked[] = [];
    const mids: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      asked.push(...run(questions, 1, { levels: ['senior'] }, asked).map(askedOf));
      const [mid] = run(questions, 1, { levels: ['mid'] }, asked);
      mids.push(...idsOf(mid ? [mid] : []));
      asked.push(...(mid ? [askedOf(mid)] : []));
    }
    expect(new Set(mids).size).toBe(6);
  });

  it('picks from a hundred thousand questions', () => {
    const questions = grid(5, 250, LEVELS, 20);
    expect(questions).toHaveLength(100_000);
    const picks = run(questions, 5);
    expect(new Set(picks.map(({ skill }) => skill)).size).toBe(5);
    expect(picks[0]?.left).toBe(5 * 250 * 20 - 1);
  });
});
