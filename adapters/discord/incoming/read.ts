/** Reads what came from outside: nothing is believed to be there, or to be of a kind, before it was looked at. */
import type { ChannelId, Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import { cut } from '../../../src/chat/text.ts';
import { instant } from '../../../src/chat/world.ts';

export type Body = Readonly<Record<string, unknown>>;

/** Of a text longer than this, in UTF-16 units, only the beginning is read; Discord itself keeps no more. */
export const LONGEST_TEXT = 40_000;

/** What stands at the end of the path; undefined as soon as something on it is no record. */
export function dig(value: unknown, ...path: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of path) {
    const record = recordOf(at);
    at = record && Object.hasOwn(record, name) ? record[name] : undefined;
  }
  return at;
}

export const recordOf = (value: unknown): Body | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;

export const recordsOf = (value: unknown): readonly Body[] =>
  Array.isArray(value) ? value.map(recordOf).filter((one) => one !== undefined) : [];

/** A text with something in it. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A text as long as we read one; empty ones too. */
export const longTextOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? cut(value, LONGEST_TEXT) : undefined;

/** An id as Discord makes them. */
export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{17,20}$/.test(value) ? value : undefined;

export const personOf = (value: unknown): PersonId | undefined => idOf(value) as PersonId | undefined;
export const channelOf = (value: unknown): ChannelId | undefined => idOf(value) as ChannelId | undefined;
export const teamOf = (value: unknown): TeamId | undefined => idOf(value) as TeamId | undefined;

/** A time as Discord writes it, in our form. */
export function timeOf(value: unknown): Instant | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : instant(ms);
}

/** A bit field, which Discord writes in digits. */
export const bitsOf = (value: unknown): bigint =>
  typeof value === 'string' && /^\d{1,30}$/.test(value) ? BigInt(value) : 0n;
