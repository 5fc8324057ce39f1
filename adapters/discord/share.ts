/** What we read by ourselves leaves room for what people wait for: Discord counts all of it together. */
import { instant, msOf, type World } from '../../src/chat/world.ts';
import { later } from './failure.ts';

export interface Share {
  /** Something people wait for goes out now; its pace is the core's. */
  note(): void;
  /** Resolves when there is room to read something. Rejects with a DeliveryError when there is none for long. */
  turn(): Promise<void>;
}

/** Discord allows fifty in a second; what leaves may arrive late. */
const WITHIN_MS = 1060;
const MOST = 46;
const PATIENCE_MS = 8000;

export function openShare(world: Pick<World, 'now' | 'sleepUntil'>): Share {
  let recent: number[] = [];
  /** Milliseconds until there is room. */
  function waitMs(nowMs: number): number {
    recent = recent.filter((at) => at > nowMs - WITHIN_MS);
    const blocking = recent.length < MOST ? undefined : recent[recent.length - MOST];
    return blocking === undefined ? 0 : blocking + WITHIN_MS - nowMs;
  }
  return {
    note: () => void recent.push(msOf(world.now())),
    async turn() {
      const began = msOf(world.now());
      for (let now = began; ; now = msOf(world.now())) {
        const wait = waitMs(now);
        if (wait <= 0) return void recent.push(now);
        if (now - began >= PATIENCE_MS) throw later('there is too much else to send', 'busy', wait);
        await world.sleepUntil(instant(now + wait));
      }
    },
  };
}
