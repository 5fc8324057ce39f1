/**
 * Who reviews whom. Everybody stands in a circle and reviews the answers of those just before them, so each answer gets exactly k
 * reviewers and nobody more than k answers; of many seeded circles the one that repeats the fewest earlier pairs is taken.
 */
import { keyOf } from '../../bank/order.ts';
import { shuffled } from './shuffle.ts';

export interface Pair {
  readonly reviewer: string;
  readonly author: string;
}

/** How often this reviewer has reviewed this author before. */
export type Past = (reviewer: string, author: string) => number;

export interface Circle {
  /** People with one answer each. */
  readonly authors: readonly string[];
  /** People without an answer who may review, the most wanted first. */
  readonly others: readonly string[];
  /** Reviewers an answer. */
  readonly k: number;
  readonly past: Past;
  readonly seed: string;
}

export const SHUFFLES = 200;

/** People in the circle: the authors, and as many others as it takes for k reviewers an answer. */
export const inCircle = ({ authors, others, k }: Pick<Circle, 'authors' | 'others' | 'k'>): string[] => [
  ...authors,
  ...others.slice(0, Math.max(0, k + 1 - authors.length)),
];

/** Reviewers an answer gets: k, or as many as there are. `cap` is the most reviews one person is asked for. */
export function reviewersEach(k: number, people: number, answers: number, cap = k): number {
  if (answers === 0) return 0;
  return Math.max(0, Math.min(k, people - 1, Math.floor((cap * people) / answers)));
}

/** The person at position p is reviewed by those at p+1 … p+k. */
export function rotate(order: readonly string[], authors: ReadonlySet<string>, k: number): Pair[] {
  return order.flatMap((author, at) =>
    authors.has(author)
      ? Array.from({ length: k }, (_, i) => ({ reviewer: order[(at + i + 1) % order.length] ?? author, author }))
      : [],
  );
}

export const repeatCost = (pairs: readonly Pair[], past: Past): number =>
  pairs.reduce((sum, { reviewer, author }) => sum + past(reviewer, author), 0);

/** Never oneself; exact k in, at most k out; no favours returned when there are at least 2k+1 people. */
export function assign(circle: Circle): Pair[] {
  const people = inCircle(circle);
  const k = reviewersEach(circle.k, people.length, circle.authors.length);
  const authors = new Set(circle.authors);
  let best: Pair[] = [];
  let least = Infinity;
  for (let i = 0; i < SHUFFLES && least > 0; i += 1) {
    const pairs = rotate(orderOf(people, circle.seed, i), authors, k);
    const cost = repeatCost(pairs, circle.past);
    if (cost < least) [best, least] = [pairs, cost];
  }
  return best;
}

/** The `i`th circle tried for a seed; ids are sorted first, so who is listed first does not matter. */
export const orderOf = (people: readonly string[], seed: string, i: number): string[] =>
  shuffled(people.toSorted(), `${seed} ${i}`);

export interface Candidate {
  readonly id: string;
  /** Reviews already asked of them here. */
  readonly load: number;
  /** Lower is asked first. */
  readonly rank: number;
}

/** Up to `want` more reviewers for one answer: by rank, then the least loaded, then the least repeated. */
export function choose(
  candidates: readonly Candidate[],
  by: {
    readonly author: string;
    readonly exclude: ReadonlySet<string>;
    readonly cap: number;
    readonly want: number;
    readonly past: Past;
    readonly seed: string;
  },
): string[] {
  return candidates
    .filter(({ id, load }) => id !== by.author && !by.exclude.has(id) && load < by.cap)
    .map((one) => ({ ...one, repeats: by.past(one.id, by.author), key: keyOf(by.seed, one.id) }))
    .toSorted((a, b) => a.rank - b.rank || a.load - b.load || a.repeats - b.repeats || a.key - b.key)
    .slice(0, Math.max(0, by.want))
    .map(({ id }) => id);
}
