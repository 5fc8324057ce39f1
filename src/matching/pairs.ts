/**
 * Pairs out of one pool, with a trio where somebody is left over: the best pairs first, then people are exchanged between groups as
 * long as that makes the whole better (2-opt). Nearly the best there is, and quick.
 */

/** How well two people go together, 0 or more and the same both ways; undefined: never. */
export type Fit = (a: number, b: number) => number | undefined;

/** What a group with two that never go together is worth: less than anything else. */
const NEVER = -1e6;
/** One beginning may lead into a dead end; of several, the best is kept. */
const STARTS = 24;

/** Everybody of `0 … count − 1` in groups of two, one group of three when the count is odd; alone only who goes with nobody left. */
export function pairUp(count: number, fit: Fit): number[][] {
  if (count < 2) return Array.from({ length: count }, (_, only) => [only]);
  const groups = best(starts(count, fit), fit);
  const alone = groups.filter((group) => worthOf(group, fit) < 0).flatMap((group) => split(group, fit));
  return join(
    groups.filter((group) => worthOf(group, fit) >= 0),
    alone,
    fit,
  );
}

/** People times the mean of their pairs: in a trio nobody counts for more than in a pair. */
export function worthOf(group: readonly number[], fit: Fit): number {
  const pairs = group.flatMap((a, i) => group.slice(i + 1).map((b) => fit(a, b) ?? NEVER));
  return pairs.length === 0 ? 0 : (group.length * pairs.reduce((sum, worth) => sum + worth, 0)) / pairs.length;
}

const sumOf = (groups: readonly (readonly number[])[], fit: Fit): number =>
  groups.reduce((sum, group) => sum + worthOf(group, fit), 0);

/** The best pairs first; and the same again with each of the likeliest partners of the first person already chosen. */
function starts(count: number, fit: Fit): number[][][] {
  const everybody = Array.from({ length: count }, (_, one) => one);
  const ranked = everybody
    .flatMap((a) => everybody.slice(a + 1).map((b) => [a, b]))
    .map((pair) => ({ pair, worth: worthOf(pair, fit) }))
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ pair }) => pair);
  const firsts = ranked.filter(([a]) => a === 0).slice(0, STARTS);
  return [[], ...firsts.map((pair) => [pair])].map((chosen) => greedy(everybody, [...chosen, ...ranked], fit));
}

function greedy(everybody: readonly number[], ranked: readonly number[][], fit: Fit): number[][] {
  const groups: number[][] = [];
  const taken = new Set<number>();
  for (const pair of ranked) {
    if (pair.some((one) => taken.has(one))) continue;
    for (const one of pair) taken.add(one);
    groups.push(pair);
  }
  const over = everybody.filter((one) => !taken.has(one));
  return over.length === 0 ? groups : seated(groups, over, fit);
}

function best(beginnings: readonly number[][][], fit: Fit): number[][] {
  const ends = beginnings.map((groups) => improve(groups, fit));
  return ends.reduce((a, b) => (sumOf(b, fit) > sumOf(a, fit) ? b : a));
}

/** Those left over, in the pair that suffers least. */
function seated(groups: readonly number[][], over: readonly number[], fit: Fit): number[][] {
  const gain = (group: readonly number[]): number => worthOf([...group, ...over], fit) - worthOf(group, fit);
  const [host] = groups.toSorted((a, b) => gain(b) - gain(a));
  return groups.map((group) => (group === host ? [...group, ...over] : group));
}

/** Exchange two people of two groups while the sum grows. */
function improve(groups: readonly number[][], fit: Fit): number[][] {
  const now = groups.map((group) => [...group]);
  let isBetter = true;
  while (isBetter) {
    isBetter = false;
    for (let i = 0; i < now.length; i += 1)
      for (let j = i + 1; j < now.length; j += 1) isBetter = exchange(now, i, j, fit) || isBetter;
  }
  return now;
}

/** The best exchange between two groups, if any makes them better. */
function exchange(groups: number[][], i: number, j: number, fit: Fit): boolean {
  const [one = [], other = []] = [groups[i], groups[j]];
  const before = worthOf(one, fit) + worthOf(other, fit);
  const swaps = one.flatMap((a) =>
    other.map((b) => {
      const next = [
        one.map((person) => (person === a ? b : person)),
        other.map((person) => (person === b ? a : person)),
      ];
      return { next, worth: sumOf(next, fit) };
    }),
  );
  const swap = swaps.reduce((a, b) => (b.worth > a.worth ? b : a));
  if (swap.worth <= before + 1e-9) return false;
  const [first = [], second = []] = swap.next;
  groups.splice(i, 1, first);
  groups.splice(j, 1, second);
  return true;
}

/** A group that cannot be, as the best that can become of it. */
function split(group: readonly number[], fit: Fit): number[][] {
  const pairs = group.flatMap((a, i) => group.slice(i + 1).map((b) => [a, b]));
  const [first] = pairs.toSorted((a, b) => worthOf(b, fit) - worthOf(a, fit));
  const kept = first && worthOf(first, fit) >= 0 ? [first] : [];
  return [...kept, ...group.filter((one) => !kept.flat().includes(one)).map((one) => [one])];
}

/** Those left alone make a trio of a pair they go with, each pair once. */
function join(groups: readonly number[][], rest: readonly number[][], fit: Fit): number[][] {
  let all = [...groups, ...rest.filter((group) => group.length > 1)];
  for (const lone of rest.filter((group) => group.length === 1)) {
    const open = all.filter((group) => group.length === 2 && worthOf([...group, ...lone], fit) >= 0);
    const trio = open.length === 0 ? undefined : seated(open, lone, fit).find((group) => group.length === 3);
    all = trio ? [...all.filter(([one]) => one === undefined || !trio.includes(one)), trio] : [...all, lone];
  }
  return all;
}
