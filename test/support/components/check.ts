/** Small checks a description of JSON is put together from. Each says what is wrong and where, and nothing when all is well. */

export type Json = Readonly<Record<string, unknown>>;
export type Check = (value: unknown, at: string) => readonly string[];

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Every record within, the outer ones first. */
export function recordsIn(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  return isRecord(value) ? [value, ...Object.values(value).flatMap(recordsIn)] : [];
}

export const wrong = (at: string, what: string): string[] => [`${at === '' ? '/' : at}: ${what}`];

/** Text of at least one character; `min` 0: it may be empty. */
export const str =
  (max: number, min = 1): Check =>
  (value, at) => {
    if (typeof value !== 'string') return wrong(at, 'has to be text');
    if (!value.isWellFormed()) return wrong(at, 'has half a character');
    if (value.length < min) return wrong(at, 'must not be empty');
    return value.length > max ? wrong(at, `${value.length} characters, at most ${max}`) : [];
  };

/** Characters nobody sees. */
const UNSEEN = /[\u200B-\u200F\u2060-\u2064\uFEFF\u3164\u2800]/g;

/** Text people read: Discord takes none that is only blanks. */
export const shown =
  (max: number): Check =>
  (value, at) => [
    ...str(max)(value, at),
    ...(typeof value === 'string' && value !== '' && value.replaceAll(UNSEEN, '').trim() === ''
      ? wrong(at, 'has nothing to show')
      : []),
  ];

export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value, at) =>
    values.includes(value) ? [] : wrong(at, `${JSON.stringify(value)} is none of ${values.join(', ')}`);

export const bool: Check = oneOf(true, false);

export const int =
  (min: number, max: number): Check =>
  (value, at) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? []
      : wrong(at, `has to be a whole number from ${min} to ${max}`);

export const matching =
  (pattern: RegExp): Check =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : wrong(at, `has to look like ${pattern.source}`);

export const list =
  (item: Check, min: number, max: number): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return wrong(at, 'has to be a list');
    const count =
      value.length < min || value.length > max ? wrong(at, `${value.length} items, ${min} to ${max} are allowed`) : [];
    return [...count, ...value.flatMap((each, i) => item(each, `${at}/${i}`))];
  };

type Fields = Readonly<Record<string, Check>>;

/** A record with these fields and no others. */
export const shape =
  (required: Fields, optional: Fields = {}): Check =>
  (value, at) => {
    if (!isRecord(value)) return wrong(at, 'has to be an object');
    const missing = Object.keys(required).filter((key) => value[key] === undefined);
    return [
      ...missing.flatMap((key) => wrong(at, `${key} is missing`)),
      ...Object.entries(value).flatMap(([key, each]) => {
        const check = required[key] ?? optional[key];
        if (!check) return wrong(`${at}/${key}`, 'is not known here');
        return each === undefined ? [] : check(each, `${at}/${key}`);
      }),
    ];
  };

/** A component; its `type` says which check is for it. */
export const byType =
  (checks: Readonly<Record<number, Check>>): Check =>
  (value, at) => {
    const type = isRecord(value) ? value['type'] : undefined;
    const check = typeof type === 'number' ? checks[type] : undefined;
    return check ? check(value, at) : wrong(at, `type ${JSON.stringify(type)} is not known or does not belong here`);
  };

export const both =
  (...checks: readonly Check[]): Check =>
  (value, at) =>
    checks.flatMap((check) => check(value, at));

/** A rule about a record as a whole. */
export const rule =
  (what: string, holds: (record: Json) => boolean): Check =>
  (value, at) =>
    isRecord(value) && !holds(value) ? wrong(at, what) : [];
