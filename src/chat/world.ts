/** Everything a turn or an adapter may not invent for itself: time, ids, chance, and the places a process may die. */
import type { Instant } from './ids.ts';

export interface World {
  now(): Instant;
  /** A new id; ids made later sort later as text. */
  newId(): string;
  /** A number in [0, 1). */
  roll(): number;
  /** Resolves at `at`, or as soon as `signal` aborts; never rejects. */
  sleepUntil(at: Instant, signal?: AbortSignal): Promise<void>;
  /** Names a step between two effects. Empty in production; crash tests and the simulator hook it. */
  point(name: string): void | Promise<void>;
}

/** One line an event; secrets are redacted behind it. */
export interface Log {
  info(what: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(what: string, facts?: Readonly<Record<string, unknown>>): void;
  error(what: string, facts?: Readonly<Record<string, unknown>>): void;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const instant = (ms: number): Instant => new Date(ms).toISOString() as Instant;
export const msOf = (at: Instant): number => Date.parse(at);
/** `at` moved by `ms` milliseconds. */
export const plus = (at: Instant, ms: number): Instant => instant(msOf(at) + ms);
/** Milliseconds from `a` to `b`. */
export const between = (a: Instant, b: Instant): number => msOf(b) - msOf(a);
export const earliest = (...all: readonly (Instant | undefined)[]): Instant | undefined =>
  all.filter((at) => at !== undefined).toSorted()[0];
