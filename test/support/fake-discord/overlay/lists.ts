/** Small readings of JSON for the rules. */
import type { Json } from '../model.ts';

export const listOf = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : [];

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const numberOf = (value: unknown, otherwise: number): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : otherwise;
};

/** What stands in a list more than once. */
export const repeatedIn = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

/** The sentences whose test came out true. */
export const toldOf = (...tests: readonly (readonly [wrong: boolean, problem: string])[]): readonly string[] =>
  tests.filter(([wrong]) => wrong).map(([, problem]) => problem);

export const PART = {
  row: 1,
  button: 2,
  select: 3,
  input: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radios: 21,
  checks: 22,
  check: 23,
} as const;

/** Every component, however deep, with those it holds. */
export const partsOf = (components: unknown): readonly Json[] =>
  listOf(components).flatMap((part) => [
    part,
    ...partsOf(part['components']),
    ...partsOf([part['accessory']]),
    ...partsOf([part['component']]),
  ]);
