/** A world whose clock moves only when told, and a log that keeps its lines: what the parts of the Slack adapter are tried with. */
import type { Secret } from '../../../src/chat/adapter.ts';
import type { Instant, TeamId } from '../../../src/chat/ids.ts';
import { type Log, type World, msOf, plus } from '../../../src/chat/world.ts';
import type { Tenant, Tenants } from '../../../adapters/slack/ports.ts';

export interface ManualWorld extends World {
  /** Moves the clock; sleepers whose time has come wake in order. */
  advance(ms: number): Promise<void>;
  /** Resolves once somebody sleeps for this long, counted from now, give or take a quarter. */
  asleepFor(ms: number): Promise<void>;
}

interface Sleeper {
  readonly at: Instant;
  wake(): void;
}

export function openManualWorld(at = '2026-11-23T09:00:00.000Z'): ManualWorld {
  let now = at as Instant;
  let ids = 0;
  let sleepers: Sleeper[] = [];
  const lookers = new Set<() => void>();
  return {
    now: () => now,
    newId: () => `id${String(++ids).padStart(8, '0')}`,
    roll: () => 0.5,
    point: () => {},
    sleepUntil: (until, signal) =>
      new Promise((resolve) => {
        const sleeper: Sleeper = { at: until, wake };
        function wake(): void {
          sleepers = sleepers.filter((other) => other !== sleeper);
          resolve();
        }
        if (until <= now || signal?.aborted) return resolve();
        signal?.addEventListener('abort', wake);
        sleepers.push(sleeper);
        for (const look of lookers) look();
      }),
    async advance(ms) {
      const target = plus(now, ms);
      const due = (): Sleeper | undefined =>
        sleepers.filter((sleeper) => sleeper.at <= target).toSorted((a, b) => msOf(a.at) - msOf(b.at))[0];
      for (let next = due(); next; next = due()) {
        now = next.at > now ? next.at : now;
        next.wake();
        await turnOver();
      }
      now = target;
    },
    asleepFor: (ms) =>
      new Promise((resolve) => {
        const look = (): void => {
          const there = sleepers.some((one) => Math.abs(msOf(one.at) - msOf(now) - ms) <= ms / 4);
          if (there && lookers.delete(look)) resolve();
        };
        lookers.add(look);
        look();
      }),
  };
}

/** Lets everything that is ready run. */
export const turnOver = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export interface KeptLog extends Log {
  /** One line an event, `level what {facts}`. */
  readonly lines: string[];
  /** Resolves once a line holds this. */
  said(what: string): Promise<void>;
}

export function keepLog(): KeptLog {
  const lines: string[] = [];
  const lookers = new Set<() => void>();
  const write = (level: string) => (what: string, facts?: Readonly<Record<string, unknown>>) => {
    const shown = JSON.stringify(facts, (_name, value: unknown) => (value instanceof Error ? String(value) : value));
    lines.push(`${level} ${what} ${shown ?? ''}`.trim());
    for (const look of lookers) look();
  };
  return {
    lines,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    said: (what) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.some((line) => line.includes(what)) && lookers.delete(look)) resolve();
        };
        lookers.add(look);
        look();
      }),
  };
}

export const secret = (text: string): Secret => ({ reveal: () => text });

export const TEAM = 'T0001' as TeamId;
/** One workspace that installed us; every other is a stranger. */
export const tenant: Tenant = {
  team: TEAM,
  name: 'Acme',
  botUser: 'U0BOT',
  botId: 'B0BOT',
  // Nobody who takes deliveries in calls Slack.
  client: {} as Tenant['client'],
};
export const tenants: Pick<Tenants, 'of'> = { of: async (team) => (team === TEAM ? tenant : undefined) };

/** Resolves from outside. */
export const gate = <T = void>(): PromiseWithResolvers<T> => Promise.withResolvers<T>();
