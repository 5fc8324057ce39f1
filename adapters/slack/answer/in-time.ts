/** Waits for something as long as there is time. */
import type { Instant } from '../../../src/chat/ids.ts';
import type { World } from '../../../src/chat/world.ts';

/** Undefined when it took longer; it goes on all the same, and whoever needs its end keeps the promise. */
export async function withinTime<T>(
  world: Pick<World, 'sleepUntil'>,
  work: Promise<T>,
  until: Instant,
): Promise<T | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([work, world.sleepUntil(until, done.signal).then(() => undefined)]);
  } finally {
    // A reason of its own spares making an error that nobody sees.
    done.abort('over');
  }
}
