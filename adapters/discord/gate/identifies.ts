/** When a shard may begin a session: one after the other, ever slower when they do not last, and far fewer a day than Discord allows. */
import { PlatformError, type Vault } from '../../../src/chat/adapter.ts';
import { DAY, instant, type Log, msOf, plus, type World } from '../../../src/chat/world.ts';
import { nextAfter, SESSIONS } from './pace.ts';
import { tooManySessions } from './refusal.ts';

export interface Identifies {
  /** Reads what earlier runs did. Rejects with PlatformError when the day's are used up. */
  open(terms: Terms): Promise<void>;
  /** Resolves when this shard may begin one, or `signal` aborts. */
  wait(shard: number, signal: AbortSignal): Promise<void>;
  /** The same, and counts it. Rejects only when `signal` aborts. */
  turn(shard: number, signal: AbortSignal): Promise<void>;
}

/** What Discord told of our sessions. */
export interface Terms {
  /** How many a day. */
  readonly total: number;
  /** Shards that may begin one at the same time. */
  readonly places: number;
}

export interface IdentifiesDeps {
  readonly world: World;
  readonly log: Log;
  readonly vault: Vault;
  readonly applicationId: string;
  /** Between two of one place, in ms; Discord asks for 5 s. */
  readonly everyMs: number;
}

/** Of what Discord allows a day. */
const SHARE = 0.4;
/** Times remembered of one shard. */
const KEPT = 20;

export function openIdentifies(deps: IdentifiesDeps): Identifies {
  const { world, log, everyMs } = deps;
  const day = openDay(deps);
  const byShard = new Map<number, { readonly times: readonly number[]; readonly nextAt: number }>();
  const byPlace = new Map<number, number>();
  let places = 1;

  const nowMs = (): number => msOf(world.now());
  const freeAt = (shard: number): number =>
    Math.max(byShard.get(shard)?.nextAt ?? 0, (byPlace.get(shard % places) ?? -everyMs) + everyMs, day.freeAt());
  async function wait(shard: number, signal: AbortSignal): Promise<void> {
    for (let at = freeAt(shard); at > nowMs() && !signal.aborted; at = freeAt(shard)) {
      if (at === day.freeAt()) log.error(tooManySessions(day.count(), instant(at)));
      await world.sleepUntil(instant(at), signal);
    }
  }
  return {
    wait,
    async open(terms) {
      ({ places } = terms);
      await day.open(terms.total);
      const until = day.freeAt();
      if (until > nowMs()) throw new PlatformError(tooManySessions(day.count(), instant(until)));
    },
    async turn(shard, signal) {
      await wait(shard, signal);
      signal.throwIfAborted();
      const at = nowMs();
      const times = [...(byShard.get(shard)?.times ?? []), at].slice(-KEPT);
      byShard.set(shard, { times, nextAt: nextAfter(times, at, SESSIONS, world.roll()) });
      byPlace.set(shard % places, at);
      await day.note(at);
    },
  };
}

/** When sessions were begun within the last day, by all shards and all runs. */
interface Day {
  open(total: number): Promise<void>;
  count(): number;
  /** When another may be begun, in ms. */
  freeAt(): number;
  note(ms: number): Promise<void>;
}

function openDay(deps: IdentifiesDeps): Day {
  let most = Infinity;
  let times: number[] = [];
  const recent = (): readonly number[] => (times = times.filter((ms) => ms > msOf(deps.world.now()) - DAY));
  return {
    async open(total) {
      most = Math.max(1, Math.floor(total * SHARE));
      times = await readDay(deps);
    },
    count: () => recent().length,
    freeAt() {
      const first = recent().at(-most);
      return first === undefined ? 0 : first + DAY;
    },
    async note(ms) {
      times.push(ms);
      await keepDay(deps, times);
    },
  };
}

const keyOf = ({ applicationId }: IdentifiesDeps): string => `discord/identifies/${applicationId}`;

async function readDay(deps: IdentifiesDeps): Promise<number[]> {
  try {
    const kept: unknown = JSON.parse((await deps.vault.read(keyOf(deps))) ?? '[]');
    return Array.isArray(kept) ? kept.filter((ms): ms is number => Number.isFinite(ms)).toSorted((a, b) => a - b) : [];
  } catch (error) {
    deps.log.warn('how often sessions with Discord were begun cannot be read', { error });
    return [];
  }
}

async function keepDay(deps: IdentifiesDeps, day: readonly number[]): Promise<void> {
  try {
    await deps.vault.keep(keyOf(deps), JSON.stringify(day), plus(deps.world.now(), DAY));
  } catch (error) {
    deps.log.warn('how often sessions with Discord were begun cannot be kept', { error });
  }
}
