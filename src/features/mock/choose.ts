/** Which questions a mock asks: a seeded choice among those asked this person least, by the mix of an interview. Pure. */
import { keyOf } from '../../bank/order.ts';
import type { Level, Question } from '../../bank/question.ts';

export const QUESTIONS = 4;
const SITUATIONAL = 1;
export const LEAST_SKILLS = 3;
/** Combinations of so many candidates are looked through; more would take a turn too long. */
const CANDIDATES = 24;

export interface Wish {
  readonly seed: string;
  readonly level: Level;
  /** The skill asked for, or else the person's weakest; undefined: neither is known. */
  readonly focus?: string | undefined;
  /** How often each question was asked this person. */
  readonly asked: ReadonlyMap<string, number>;
}

export interface Choice {
  readonly questions: readonly Question[];
  /** What the bank could not give, in words. */
  readonly remarks: readonly string[];
}

/** Staff and principal are asked about ethics or a hard trade-off. */
export const needsHard = (level: Level): boolean => level === 'staff' || level === 'principal';
export const isHard = ({ skills, focus }: Question): boolean =>
  skills.includes('ethics') || focus.includes('trade-offs');

/** At most four questions of that level; fewer, with a remark, when the bank has no more. */
export function choose(bank: readonly Question[], wish: Wish): Choice {
  const pool = bank.filter(({ level, status }) => level === wish.level && status === 'reviewed');
  const ranked = rank(pool, wish);
  const candidates = fewOf(ranked, wish);
  const best = bestOf(candidates, Math.min(QUESTIONS, candidates.length), wish);
  const questions = best.toSorted((a, b) => keyOf(wish.seed, 'order', a.id) - keyOf(wish.seed, 'order', b.id));
  return { questions, remarks: remarksOn(questions, wish) };
}

/** Least asked first; among those a seeded order. */
const rank = (pool: readonly Question[], { seed, asked }: Wish): Question[] =>
  pool.toSorted(
    (a, b) => (asked.get(a.id) ?? 0) - (asked.get(b.id) ?? 0) || keyOf(seed, 'rank', a.id) - keyOf(seed, 'rank', b.id),
  );

/** The first of every kind, then the second of every kind, so that no kind is lost to the cut. */
function fewOf(ranked: readonly Question[], { focus }: Wish): readonly Question[] {
  const kindOf = (one: Question): string =>
    `${one.skills.includes(focus ?? '')} ${one.skills[0] ?? ''} ${one.type} ${isHard(one)}`;
  const kinds = [...Map.groupBy(ranked, kindOf).values()].toSorted(
    (a, b) => Number(b[0]?.skills.includes(focus ?? '')) - Number(a[0]?.skills.includes(focus ?? '')),
  );
  const deepest = Math.max(0, ...kinds.map((kind) => kind.length));
  const dealt = Array.from({ length: deepest }, (_, i) => kinds.flatMap((kind) => kind.slice(i, i + 1))).flat();
  return dealt.slice(0, CANDIDATES);
}

/** The combination that misses least; among equals the one asked least, then the seeded order. */
function bestOf(candidates: readonly Question[], size: number, wish: Wish): readonly Question[] {
  let best: readonly Question[] = [];
  let least = Infinity;
  for (const some of combinations(candidates, size)) {
    const cost = costOf(some, wish);
    if (cost >= least) continue;
    least = cost;
    best = some;
  }
  return best;
}

function* combinations(all: readonly Question[], size: number, from = 0): Generator<readonly Question[]> {
  if (size === 0) return void (yield []);
  for (let i = from; i <= all.length - size; i += 1) {
    const first = all[i];
    if (first === undefined) return;
    for (const rest of combinations(all, size - 1, i + 1)) yield [first, ...rest];
  }
}

const skillsIn = (some: readonly Question[]): number => new Set(some.map(({ skills }) => skills[0])).size;
const situationalIn = (some: readonly Question[]): number => some.filter(({ type }) => type === 'situational').length;

/** Each rule outweighs all after it. */
function costOf(some: readonly Question[], { level, focus, asked }: Wish): number {
  const misses = [
    needsHard(level) && !some.some(isHard) ? 1 : 0,
    focus !== undefined && !some.some(({ skills }) => skills.includes(focus)) ? 1 : 0,
    Math.max(0, LEAST_SKILLS - skillsIn(some)),
    Math.abs(situationalIn(some) - SITUATIONAL),
  ];
  const repeats = some.reduce((sum, { id }) => sum + Math.min(asked.get(id) ?? 0, 20), 0);
  return misses.reduce((cost, miss) => cost * 10 + miss, 0) * 1000 + repeats;
}

function remarksOn(some: readonly Question[], { level, focus, asked }: Wish): string[] {
  if (some.length === 0) return [];
  const repeats = some.filter(({ id }) => asked.has(id)).length;
  return [
    ...(some.length < QUESTIONS
      ? [`The question bank has only ${some.length} at ${level} level, so this is a shorter interview.`]
      : []),
    ...(needsHard(level) && !some.some(isHard)
      ? [`The bank has no question on ethics or trade-offs at ${level} level yet.`]
      : []),
    ...(focus !== undefined && !some.some(({ skills }) => skills.includes(focus))
      ? [`The bank has no question on ${focus.replaceAll('-', ' ')} at ${level} level yet.`]
      : []),
    ...(skillsIn(some) < LEAST_SKILLS ? ['The bank does not have three skills at this level yet.'] : []),
    ...(situationalIn(some) === SITUATIONAL
      ? []
      : ['The mix of past and imagined situations is not the usual one: the bank is small at this level.']),
    ...(repeats > 0
      ? [`You have met ${repeats === some.length ? 'these questions' : `${repeats} of these questions`} before.`]
      : []),
  ];
}
