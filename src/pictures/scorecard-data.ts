/** What a scorecard shows, and how it is read from what was kept of it. */

export interface ScorecardDimension {
  readonly name: string;
  /** 1 to 5; null where nobody rated. */
  readonly self: number | null;
  /** The mean of the ratings. */
  readonly raters: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Scorecard {
  readonly title: string;
  readonly level: string;
  readonly when: string;
  /** How many people rated. */
  readonly raters: number;
  readonly dimensions: readonly ScorecardDimension[];
  readonly words?: { readonly keep: readonly string[]; readonly change?: string };
}

const MOST_DIMENSIONS = 10;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRating = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && value >= 1 && value <= 5);
const isText = (value: unknown): value is string => typeof value === 'string';

/** Undefined for anything that is no scorecard. */
export function readScorecard(data: unknown): Scorecard | undefined {
  if (!isFields(data)) return undefined;
  const { title, level, when, raters, dimensions, words } = data;
  if (!isText(title) || !isText(level) || !isText(when)) return undefined;
  if (!Number.isSafeInteger(raters) || (raters as number) < 0) return undefined;
  if (!Array.isArray(dimensions) || dimensions.length === 0 || dimensions.length > MOST_DIMENSIONS) return undefined;
  const read = dimensions.flatMap((one) => readDimension(one) ?? []);
  if (read.length < dimensions.length) return undefined;
  const said = words === undefined ? undefined : readWords(words);
  if (words !== undefined && said === undefined) return undefined;
  return { title, level, when, raters: raters as number, dimensions: read, ...(said ? { words: said } : {}) };
}

function readDimension(data: unknown): ScorecardDimension | undefined {
  if (!isFields(data)) return undefined;
  const { name, self, raters, low, high } = data;
  if (!isText(name) || !isRating(self) || !isRating(raters) || !isRating(low) || !isRating(high)) return undefined;
  const isOrdered = (low ?? 1) <= (raters ?? 3) && (raters ?? 3) <= (high ?? 5) && (low ?? 1) <= (high ?? 5);
  return isOrdered ? { name, self, raters, low, high } : undefined;
}

function readWords(data: unknown): Scorecard['words'] {
  if (!isFields(data)) return undefined;
  const { keep, change } = data;
  if (!Array.isArray(keep) || !keep.every(isText)) return undefined;
  if (change !== undefined && !isText(change)) return undefined;
  return { keep, ...(change === undefined ? {} : { change }) };
}
