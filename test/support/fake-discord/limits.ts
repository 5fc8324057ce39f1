/** How often the bot may ask: buckets by route and place, all routes together, and requests that were refused. */
import { limited } from './faults.ts';
import type { Asked, Reply } from './model.ts';

export interface BucketRule {
  readonly limit: number;
  readonly windowMs: number;
}

/** Limits of single routes, as in `{'POST /channels/:id/messages': {limit: 5, windowMs: 5000}}`. */
export type BucketRules = Readonly<Record<string, BucketRule>>;

/** What a route without a rule of its own tells: it is never reached. */
const WIDE: BucketRule = { limit: 10_000, windowMs: 1000 };

const SECOND_MS = 1000;
const INVALID_WINDOW_MS = 600_000;
/** Discord shuts an address out at 10,000 in ten minutes; we stop long before. */
const MOST_INVALID = 1000;

interface Window {
  began: number;
  used: number;
}

export interface Limits {
  /** Headers for the answer, and the refusal when it is one too many. */
  take(asked: Asked, exempt: boolean): { readonly headers: Readonly<Record<string, string>>; readonly refusal?: Reply };
  /** Counts an answer of this status; true when it is the one too many. */
  note(status: number, scope: string | undefined): boolean;
}

const MAJOR = /^\/(?:channels|guilds)\/:id|^\/webhooks\/:app\/:token|^\/interactions\/:id\/:token/;

const hashOf = (text: string): string => {
  let sum = 5381;
  for (const char of text) sum = (Math.imul(sum, 33) ^ (char.codePointAt(0) ?? 0)) >>> 0;
  return sum.toString(16).padStart(16, '0');
};

function majorOf({ route, params }: Asked): string {
  if (!MAJOR.test(route)) return '';
  return params['id'] ?? `${params['app']}/${params['token']}`;
}

export function openLimits(now: () => number, rules: BucketRules, globalPerSecond: number | undefined): Limits {
  const windows = new Map<string, Window>();
  const invalid: number[] = [];
  let complained = false;

  const windowOf = (key: string, lengthMs: number): Window => {
    const known = windows.get(key);
    if (known && now() < known.began + lengthMs) return known;
    const fresh = { began: now(), used: 0 };
    windows.set(key, fresh);
    return fresh;
  };
  const leftMs = (window: Window, lengthMs: number): number => Math.max(1, window.began + lengthMs - now());

  const takeGlobal = (): Reply | undefined => {
    if (globalPerSecond === undefined) return undefined;
    const window = windowOf('global', SECOND_MS);
    if (window.used >= globalPerSecond) return limited(leftMs(window, SECOND_MS) / 1000, 'global');
    window.used += 1;
    return undefined;
  };

  return {
    take: (asked, exempt) => {
      const overall = exempt ? undefined : takeGlobal();
      if (overall) return { headers: {}, refusal: overall };
      const name = `${asked.method} ${asked.route}`;
      // Every interaction has a place of its own: nothing is kept of them unless it is asked for.
      if (exempt && !(name in rules)) return { headers: {} };
      const rule = rules[name] ?? WIDE;
      const window = windowOf(`${name} ${majorOf(asked)}`, rule.windowMs);
      const isOver = window.used >= rule.limit;
      if (!isOver) window.used += 1;
      const seconds = leftMs(window, rule.windowMs) / 1000;
      const headers = {
        'x-ratelimit-bucket': hashOf(name),
        'x-ratelimit-limit': String(rule.limit),
        'x-ratelimit-remaining': String(rule.limit - window.used),
        'x-ratelimit-reset': String(now() / 1000 + seconds),
        'x-ratelimit-reset-after': seconds.toFixed(3),
      };
      return isOver ? { headers, refusal: limited(seconds, 'user') } : { headers };
    },
    note: (status, scope) => {
      if (status !== 401 && status !== 403 && (status !== 429 || scope === 'shared')) return false;
      invalid.push(now());
      while ((invalid[0] ?? Infinity) <= now() - INVALID_WINDOW_MS) invalid.shift();
      if (invalid.length <= MOST_INVALID || complained) return false;
      complained = true;
      return true;
    },
  };
}
