/** All we ask of Discord is counted together: never too much of it at once, and what people wait for before what we read by ourselves. */
import { instant, msOf, type World } from '../../src/chat/world.ts';
import { later } from './failure.ts';

export interface Share {
  /** Resolves when something people wait for may go: at once, unless what was read or sent just before fills the second. */
  go(): Promise<void>;
  /** Resolves when there is room to read something. Rejects with a DeliveryError when there is none for long. */
  turn(): Promise<void>;
}

/** Discord allows fifty in a second; what leaves may arrive late. */
const WITHIN_MS = 1060;
const MOST = 50;
/** What is read leaves room for something that people wait for. */
const MOST_READ = 46;
const PATIENCE_MS = 8000;

export function openShare(world: Pick<World, 'now' | 'sleepUntil'>): Share {
  let recent: number[] = [];
  /** Milliseconds until fewer than `most` are within the span. */
  function waitMs(nowMs: number, most: number): number {
    recent = recent.filter((at) => at > nowMs - WITHIN_MS);
    const blocking = recent.length < most ? undefined : recent[recent.length - most];
    return blocking === undefined ? 0 : blocking + WITHIN_MS - nowMs;
  }
  return {
    async go() {
      for (;;) {
        const now = msOf(world.now());
        const wait = waitMs(now, MOST);
        if (wait <= 0) return void recent.push(now);
        await world.sleepUntil(instant(now + wait));
      }
    },
    async turn() {
      const began = msOf(world.now());
      for (let now = began; ; now = msOf(world.now())) {
        const wait = waitMs(now, MOST_READ);
        if (wait <= 0) return void recent.push(now);
        if (now - began >= PATIENCE_MS) throw later('there is too much else to send', 'busy', wait);
        await world.sleepUntil(instant(now + wait));
      }
    },
  };
}
