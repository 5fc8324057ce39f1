/** The one real World: the machine's clock (with an offset the local chat may move), its chance, and ids that sort by time. */
import { randomBytes } from 'node:crypto';
import type { Instant } from '../chat/ids.ts';
import { instant, msOf, type World } from '../chat/world.ts';

export interface MovableWorld extends World {
  /** Milliseconds this clock is ahead of the machine's. */
  offset(): number;
  /** Sleepers look at the clock again after a move. */
  setOffset(ms: number): void;
}

/** Resolves once everything that has arrived by now was handed to whoever waits for it. */
export const allHeard = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Timers of the platform overflow above this, in ms. */
const LONGEST_TIMER_MS = 2 ** 30;

export function openClock(): MovableWorld {
  let offset = 0;
  const moved = new Set<() => void>();
  const nowMs = (): number => Date.now() + offset;
  return {
    now: () => instant(nowMs()),
    newId: monotonicIds(nowMs),
    roll: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    point: () => {},
    offset: () => offset,
    setOffset(ms) {
      offset = ms;
      for (const look of moved) look();
    },
    sleepUntil: (at, signal) => sleep(at, signal, nowMs, moved),
  };
}

function sleep(
  at: Instant,
  signal: AbortSignal | undefined,
  nowMs: () => number,
  moved: Set<() => void>,
): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const done = (): void => {
      clearTimeout(timer);
      moved.delete(look);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const look = (): void => {
      clearTimeout(timer);
      const left = msOf(at) - nowMs();
      if (left <= 0 || signal?.aborted) done();
      else timer = setTimeout(look, Math.min(left, LONGEST_TIMER_MS));
    };
    moved.add(look);
    signal?.addEventListener('abort', done);
    look();
  });
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = (value: number, length: number): string =>
  Array.from({ length }, (_, i) => ALPHABET[Math.floor(value / 32 ** (length - 1 - i)) % 32]).join('');

/** Ids of 26 characters: 10 for the millisecond, 4 that count up inside it, 12 of chance. */
export function monotonicIds(nowMs: () => number): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const ms = Math.max(nowMs(), last);
    count = ms === last ? count + 1 : 0;
    last = ms;
    const chance = Array.from(randomBytes(12), (byte) => ALPHABET[byte % 32]).join('');
    return digits(ms, 10) + digits(count, 4) + chance;
  };
}
