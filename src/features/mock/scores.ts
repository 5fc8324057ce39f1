/** Numbers of a mock: six dimensions, plain means with their count and range. A model that corrects for leniency would begin here. */
import { type Dimension, DIMENSIONS } from '../../rubric/anchors.ts';
import type { Score } from './score-queries.ts';

/** 1–5 by dimension; one nobody could tell is missing. */
export type Ratings = { readonly [D in Dimension]?: number };

/** Stands in a form for “can't tell”; stored as a missing rating. */
export const CANNOT_TELL = 'none';
/** What each step of the form asks. */
export const STEPS: readonly (readonly Dimension[])[] = [
  ['setup', 'action', 'result', 'reflection'],
  ['reach', 'trade-offs'],
];
export const dimensionsOf = (step: number): readonly Dimension[] => STEPS[step - 1] ?? [];

export function readRatings(stored: string): Ratings {
  const read: unknown = JSON.parse(stored);
  const of = (dimension: Dimension): unknown =>
    read !== null && typeof read === 'object' ? Reflect.get(read, dimension) : undefined;
  return Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, of(dimension)] as const).filter(
      ([, value]) => typeof value === 'number' && value >= 1 && value <= 5,
    ),
  );
}

/** The ratings of one step of a form, or the first field that was left out. */
export function ratingsIn(
  values: Readonly<Record<string, string>>,
  step: number,
): { readonly ratings: Ratings } | { readonly missing: Dimension } {
  const asked = dimensionsOf(step);
  const missing = asked.find((dimension) => !/^([1-5]|none)$/.test(values[dimension] ?? ''));
  if (missing) return { missing };
  const rated = asked.filter((dimension) => values[dimension] !== CANNOT_TELL);
  return { ratings: Object.fromEntries(rated.map((dimension) => [dimension, Number(values[dimension])])) };
}

export interface Summary {
  readonly mean: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

export interface Row {
  readonly dimension: Dimension;
  /** Mean over the questions the person rated themselves on. */
  readonly self: number | undefined;
  readonly raters: Summary | undefined;
}

const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

const valuesOf = (scores: readonly Score[], dimension: Dimension): number[] =>
  scores.map((score) => readRatings(score.scores)[dimension]).filter((value) => value !== undefined);

/** Plain mean and range of what raters gave, all questions and raters alike; undefined without a rating. */
function summarise(values: readonly number[]): Summary | undefined {
  const mean = meanOf(values);
  return mean === undefined
    ? undefined
    : { mean, count: values.length, low: Math.min(...values), high: Math.max(...values) };
}

export const rowsOf = (scores: readonly Score[]): Row[] =>
  DIMENSIONS.map((dimension) => ({
    dimension,
    self: meanOf(valuesOf(ofKind(scores, 'self'), dimension)),
    raters: summarise(valuesOf(ofKind(scores, 'rater'), dimension)),
  }));

export const ofKind = (scores: readonly Score[], kind: Score['kind']): Score[] =>
  scores.filter((score) => score.kind === kind);

/** How many people rated; those who have left since count as one. */
export const ratersIn = (scores: readonly Score[]): number =>
  new Set(ofKind(scores, 'rater').map(({ rater }) => rater)).size;

/** The answered question rated lowest, by raters where there are any, else by the person; the first when nobody rated. */
export function weakestOf(scores: readonly Score[], answered: readonly number[]): number | undefined {
  const kind = ofKind(scores, 'rater').length > 0 ? 'rater' : 'self';
  const meanAt = (n: number): number =>
    meanOf(
      ofKind(scores, kind)
        .filter((score) => score.n === n)
        .flatMap((score) => Object.values(readRatings(score.scores))),
    ) ?? Infinity;
  return answered.toSorted((a, b) => meanAt(a) - meanAt(b) || a - b)[0];
}

/** The skill with the lowest plain mean of peers' ratings; undefined while none has two. */
export function weakestSkill(
  ratings: readonly { readonly skill: string; readonly scores: string | null }[],
): string | undefined {
  const means = [...Map.groupBy(ratings, ({ skill }) => skill)].flatMap(([skill, given]) => {
    const all = given.flatMap(({ scores }) => {
      const mean = meanOf(numbersIn(scores));
      return mean === undefined ? [] : [mean];
    });
    const mean = all.length < 2 ? undefined : meanOf(all);
    return mean === undefined ? [] : [{ skill, mean }];
  });
  return means.toSorted((a, b) => a.mean - b.mean || (a.skill < b.skill ? -1 : 1))[0]?.skill;
}

const numbersIn = (scores: string | null): number[] =>
  Object.values((scores === null ? {} : JSON.parse(scores)) as object).filter((value) => typeof value === 'number');

/** One decimal, and none where it would be zero: `3.7`, `4`. */
export const shown = (value: number): string => String(Math.round(value * 10) / 10);
