import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assign,
  choose,
  inCircle,
  orderOf,
  type Pair,
  repeatCost,
  reviewersEach,
  rotate,
  SHUFFLES,
} from '../../../src/features/feedback/assignment.ts';
import { dealLetters, freeLetter } from '../../../src/features/feedback/anonymity.ts';
import { shuffled } from '../../../src/features/feedback/shuffle.ts';

const numRuns = process.env['LONG'] ? 10_000 : 500;
const names = (n: number, prefix = 'p'): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const never = (): number => 0;
const count = (pairs: readonly Pair[], of: (pair: Pair) => string): Map<string, number> =>
  pairs.reduce((sum, pair) => sum.set(of(pair), (sum.get(of(pair)) ?? 0) + 1), new Map<string, number>());
const hasFavour = (pairs: readonly Pair[]): boolean =>
  pairs.some(({ reviewer, author }) => pairs.some((other) => other.reviewer === author && other.author === reviewer));

const cases = fc.record({
  n: fc.integer({ min: 1, max: 24 }),
  m: fc.integer({ min: 0, max: 6 }),
  k: fc.integer({ min: 1, max: 4 }),
  seed: fc.string(),
});

/** A history in which some pairs met often. */
const historyOf = (seed: string) => (reviewer: string, author: string) =>
  (`${seed}${reviewer}${author}`.length * 7 + reviewer.charCodeAt(1) * 3 + author.charCodeAt(1) * 5) % 4;

describe('assigning reviewers', () => {
  it('gives each answer exactly k reviewers and nobody more than k answers, and never one’s own', () => {
    fc.assert(
      fc.property(cases, ({ n, m, k, seed }) => {
        const authors = names(n);
        const others = names(m, 'o');
        const pairs = assign({ authors, others, k, past: never, seed });
        const each = Math.min(k, inCircle({ authors, others, k }).length - 1);
        const received = count(pairs, ({ author }) => author);
        for (const author of authors) expect(received.get(author) ?? 0).toBe(each);
        for (const given of count(pairs, ({ reviewer }) => reviewer).values()) expect(given).toBeLessThanOrEqual(k);
        expect(pairs.every(({ reviewer, author }) => reviewer !== author)).toBe(true);
        expect(new Set(pairs.map(({ reviewer, author }) => `${reviewer} ${author}`)).size).toBe(pairs.length);
      }),
      { numRuns },
    );
  });

  it('lets each author give exactly as many reviews as they get when nobody else is needed', () => {
    fc.assert(
      fc.property(cases, ({ n, k, seed }) => {
        fc.pre(n > k);
        const given = count(
          assign({ authors: names(n), others: names(5, 'o'), k, past: never, seed }),
          (p) => p.reviewer,
        );
        expect([...given.values()]).toEqual(names(n).map(() => k));
        expect([...given.keys()].some((id) => id.startsWith('o'))).toBe(false);
      }),
      { numRuns },
    );
  });

  it('returns no favours when there are at least 2k+1 people', () => {
    fc.assert(
      fc.property(cases, ({ n, k, seed }) => {
        fc.pre(n >= 2 * k + 1);
        expect(hasFavour(assign({ authors: names(n), others: [], k, past: historyOf(seed), seed }))).toBe(false);
      }),
      { numRuns },
    );
  });

  it('comes out the same for the same seed, in whatever order people are listed', () => {
    fc.assert(
      fc.property(cases, ({ n, m, k, seed }) => {
        const circle = { others: names(m, 'o'), k, past: historyOf(seed), seed };
        const key = (pairs: Pair[]) => pairs.map(({ reviewer, author }) => `${reviewer} ${author}`).toSorted();
        const once = key(assign({ ...circle, authors: names(n) }));
        expect(key(assign({ ...circle, authors: names(n).toReversed() }))).toEqual(once);
      }),
      { numRuns: numRuns / 5 },
    );
  });

  it('repeats earlier pairs no more than any single shuffle of the same seed', () => {
    fc.assert(
      fc.property(cases, fc.nat(SHUFFLES - 1), ({ n, k, seed }, at) => {
        const authors = names(n);
        const past = historyOf(seed);
        const each = reviewersEach(k, n, n);
        const single = rotate(orderOf(authors, seed, at), new Set(authors), each);
        expect(repeatCost(assign({ authors, others: [], k, past, seed }), past)).toBeLessThanOrEqual(
          repeatCost(single, past),
        );
      }),
      { numRuns: numRuns / 5 },
    );
  });

  it('spreads sixty rounds of eight people more evenly than chance', () => {
    const met = new Map<string, number>();
    const random = new Map<string, number>();
    const people = names(8);
    const note = (all: Map<string, number>) => (pair: Pair) =>
      all.set(`${pair.reviewer} ${pair.author}`, (all.get(`${pair.reviewer} ${pair.author}`) ?? 0) + 1);
    for (let round = 0; round < 60; round += 1) {
      const past = (r: string, a: string) => met.get(`${r} ${a}`) ?? 0;
      assign({ authors: people, others: [], k: 3, past, seed: `${round}` }).forEach(note(met));
      rotate(orderOf(people, `${round}`, 0), new Set(people), 3).forEach(note(random));
    }
    const spread = (all: Map<string, number>) => Math.max(...all.values()) - Math.min(...all.values());
    expect(spread(met)).toBeLessThan(spread(random) / 1.5);
  });

  it('swaps between two, and asks nobody when there is one', () => {
    const pairs = assign({ authors: ['ana', 'bo'], others: [], k: 3, past: never, seed: 's' });
    expect(pairs.map(({ reviewer, author }) => `${reviewer}→${author}`).toSorted()).toEqual(['ana→bo', 'bo→ana']);
    expect(assign({ authors: ['ana'], others: [], k: 3, past: never, seed: 's' })).toEqual([]);
  });

  it('invites members without an answer before it asks for fewer reviews, and no more of them than it needs', () => {
    const pairs = assign({ authors: ['ana', 'bo'], others: ['cem', 'dee', 'eva'], k: 3, past: never, seed: 's' });
    expect(pairs).toHaveLength(6);
    expect(new Set(pairs.map(({ reviewer }) => reviewer))).toEqual(new Set(['ana', 'bo', 'cem', 'dee']));
  });

  it('lowers k when there are too few people or too many answers', () => {
    expect(reviewersEach(3, 10, 10)).toBe(3);
    expect(reviewersEach(3, 3, 3)).toBe(2);
    expect(reviewersEach(3, 4, 6)).toBe(2);
    expect(reviewersEach(3, 4, 6, 4)).toBe(2);
    expect(reviewersEach(3, 6, 6, 4)).toBe(3);
    expect(reviewersEach(3, 0, 1)).toBe(0);
    expect(reviewersEach(3, 5, 0)).toBe(0);
  });
});

describe('finding one more reviewer', () => {
  const by = { author: 'ana', exclude: new Set(['bo']), cap: 4, want: 2, past: never, seed: 's' };
  const candidate = (id: string, load = 0, rank = 1) => ({ id, load, rank });

  it('never asks the author, whoever was asked before, or anybody at the cap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.constantFrom(...'abcdefgh'.split('')), load: fc.nat(6), rank: fc.nat(2) })),
        fc.string(),
        (people, seed) => {
          const candidates = [...new Map(people.map((one) => [one.id, one])).values()];
          const chosen = choose(candidates, { ...by, author: 'a', exclude: new Set(['b']), seed });
          expect(chosen.length).toBeLessThanOrEqual(2);
          expect(chosen).not.toContain('a');
          expect(chosen).not.toContain('b');
          for (const id of chosen) expect(candidates.find((one) => one.id === id)?.load).toBeLessThan(4);
        },
      ),
      { numRuns },
    );
  });

  it('asks by rank, then who has least to do, then who has met this author least', () => {
    const people = [candidate('cem', 1), candidate('dee', 0), candidate('eva', 3, 0), candidate('fio', 0)];
    expect(choose(people, { ...by, want: 3, past: (r) => (r === 'dee' ? 2 : 0) })).toEqual(['eva', 'fio', 'dee']);
  });
});

describe('letters', () => {
  it('are dealt anew for each answer, each once', () => {
    const deals = names(40).map((answer) => dealLetters(3, answer));
    for (const deal of deals) expect(deal.toSorted()).toEqual(['A', 'B', 'C']);
    expect(new Set(deals.map((deal) => deal.join(''))).size).toBe(6);
  });

  it('are used again when one is freed', () => {
    expect(freeLetter(['A', 'C'])).toBe('B');
    expect(freeLetter([])).toBe('A');
    expect(freeLetter('ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split(''))).toBe('AA');
  });

  it('a shuffle loses and doubles nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (items, seed) => {
        expect(shuffled(items, seed).toSorted()).toEqual(items.toSorted());
      }),
      { numRuns },
    );
  });
});
