/** The local chat's clock: it moves forward by hand and stops at everything due on the way, so nothing is skipped. */
import type { LocalClock, LocalStore } from '../adapters/local/ports.ts';
import { msOf } from './chat/world.ts';
import type { MovableWorld } from './core/clock.ts';
import type { Engine } from './core/engine.ts';

const FACT = 'clock offset';

/** Set the clock where it stood when the process ended. */
export async function restoreClock(world: MovableWorld, memory: LocalStore): Promise<void> {
  const kept = Number(await memory.fact(FACT));
  if (Number.isFinite(kept)) world.setOffset(kept);
}

export function handClock(world: MovableWorld, memory: LocalStore, engine: () => Engine): LocalClock {
  let moving = Promise.resolve();
  const setTo = async (at: ReturnType<MovableWorld['now']>): Promise<void> => {
    const ahead = msOf(at) - msOf(world.now());
    if (ahead <= 0) return;
    const offset = world.offset() + ahead;
    // Kept first: what is done at the new time must never find itself in the future after a crash.
    await memory.keepFact(FACT, String(offset));
    world.setOffset(offset);
  };
  async function stepTo(target: ReturnType<MovableWorld['now']>): Promise<void> {
    for (let next = await engine().nextDue(); next !== undefined && next <= target; next = await engine().nextDue()) {
      await setTo(next);
      await engine().settle();
      if ((await engine().nextDue()) === next && next <= world.now()) break;
    }
    await setTo(target);
    await engine().settle();
  }
  return {
    now: () => world.now(),
    nextEvent: () => engine().nextEvent(),
    moveTo(at) {
      moving = moving.catch(() => {}).then(() => stepTo(at));
      return moving;
    },
  };
}
