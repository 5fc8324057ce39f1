/** Reads what came from outside: nothing is believed to be there, or to be of a kind, before it was looked at. */
import type { ChannelId, Instant, PersonId } from '../../../src/chat/ids.ts';
import type { ActedEvent } from '../../../src/chat/incoming.ts';
import { cut } from '../../../src/chat/text.ts';
import { instant } from '../../../src/chat/world.ts';
import { atOf } from '../refs.ts';

export type Body = Readonly<Record<string, unknown>>;

/** Of a text longer than this, in UTF-16 units, only the beginning is read; Slack itself keeps no more. */
export const LONGEST_TEXT = 40_000;

/** Something somebody did; who they are is looked up after it was read. */
export type Unsigned<E extends ActedEvent = ActedEvent> = E extends ActedEvent
  ? {
      readonly event: Omit<E, 'from'>;
      readonly by: PersonId;
      /** What the payload itself calls them. */
      readonly called?: string;
    }
  : never;

/** What stands at the end of the path; undefined as soon as something on it is no record. */
export function dig(value: unknown, ...path: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of path) at = recordOf(at)?.[name];
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

const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Z0-9]{2,30}$/.test(value) ? value : undefined;

export const personOf = (value: unknown): PersonId | undefined => idOf(value) as PersonId | undefined;
export const channelOf = (value: unknown): ChannelId | undefined => idOf(value) as ChannelId | undefined;

/** A timestamp as Slack writes it, in seconds and microseconds. */
export const tsOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{1,12}\.\d{6}$/.test(value) ? value : undefined;

/** The first of `values` that tells a time: a timestamp, or whole seconds since 1970. */
export function timeOf(now: Instant, ...values: readonly unknown[]): Instant {
  for (const value of values) {
    const ts = tsOf(value);
    if (ts !== undefined) return atOf(ts);
    if (typeof value === 'number' && value > 0 && value < 1e12) return instant(Math.floor(value) * 1000);
  }
  return now;
}

/** Everybody a text in Slack's notation mentions, each once. */
export function mentionedIn(text: string): PersonId[] {
  const ids = [...text.matchAll(/<@([A-Z0-9]{2,30})(?:\|[^>]*)?>/g)].map(([, id = '']) => id as PersonId);
  return [...new Set(ids)];
}
