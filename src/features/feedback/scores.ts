/** Numbers of a result: plain means with their count and range, only from two ratings on. */
import { type Item, ITEMS, type Scores } from './rubric.ts';

/** Fewer ratings than this give no number. */
export const LEAST_RATINGS = 2;

export interface Summary {
  readonly mean: number;
  readonly count: number;
  readonly lowest: number;
  readonly highest: number;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The plain mean of the items that were rated; undefined when none was. */
export function overall(scores: Scores): number | undefined {
  const rated = ITEMS.map((item) => scores[item]).filter((value) => value !== undefined);
  return rated.length === 0 ? undefined : meanOf(rated);
}

/** Undefined below two ratings: one rating is an opinion, not a number. */
export function summarise(values: readonly (number | undefined)[]): Summary | undefined {
  const rated = values.filter((value) => value !== undefined);
  if (rated.length < LEAST_RATINGS) return undefined;
  return { mean: meanOf(rated), count: rated.length, lowest: Math.min(...rated), highest: Math.max(...rated) };
}

export const summariseItem = (ratings: readonly Scores[], item: Item): Summary | undefined =>
  summarise(ratings.map((scores) => scores[item]));

/** One decimal, and none where it would be zero: `3.7`, `4`. */
export const shown = (value: number): string => String(Math.round(value * 10) / 10);

export interface Gap {
  readonly own: number;
  readonly peers: number;
  /** The item where own and peers' ratings differ most, when by half a step or more. */
  readonly widest?: { readonly item: Item; readonly own: number; readonly peers: number };
}

/** Own rating beside the peers' mean; undefined while either is missing. */
export function gapOf(self: Scores | undefined, ratings: readonly Scores[]): Gap | undefined {
  const own = self && overall(self);
  const peers = summarise(ratings.map(overall));
  if (own === undefined || !peers) return undefined;
  const items = ITEMS.flatMap((item) => {
    const summary = summariseItem(ratings, item);
    const mine = self?.[item];
    return summary && mine !== undefined ? [{ item, own: mine, peers: summary.mean }] : [];
  });
  const widest = items.toSorted((a, b) => Math.abs(b.own - b.peers) - Math.abs(a.own - a.peers))[0];
  const isWide = widest !== undefined && Math.abs(widest.own - widest.peers) >= 0.5;
  return { own, peers: peers.mean, ...(isWide ? { widest } : {}) };
}
