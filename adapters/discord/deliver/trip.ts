/** One delivery on its way: whose server it goes to, and how much time is left for it. */
import { DeliveryError } from '../../../src/chat/chat.ts';
import type { Instant, TeamId } from '../../../src/chat/ids.ts';
import { between, plus, type World } from '../../../src/chat/world.ts';
import type { Api } from '../api.ts';

export interface Trip {
  readonly team: TeamId;
  readonly api: Api;
  readonly world: World;
  readonly began: Instant;
  /** Our own user id. Rejects as a request does. */
  me(): Promise<string>;
}

/** A whole delivery, with what leads up to it, is over by then or its outcome is unknown; in ms. */
export const DELIVERY_TIMEOUT_MS = 30_000;
/** What people would see starts before then, so that its own ten seconds fit in; in ms. */
const LAST_START_MS = 15_000;

/** How long the trip takes already, in ms. */
export const taken = ({ began, world }: Trip): number => between(began, world.now());

/** Throws when it is too late to start something that shows. */
export function mustBeInTime(trip: Trip): void {
  if (taken(trip) <= LAST_START_MS) return;
  throw new DeliveryError('Discord is too slow at the moment [no answer in time]', {
    effect: 'none',
    retry: { afterMs: 0 },
  });
}

/** Resolves when `work` is done, or after `ms` milliseconds without it; the work goes on. Rejects only as the work does in time. */
export async function upTo(world: World, ms: number, work: Promise<void>): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([work, world.sleepUntil(plus(world.now(), ms), done.signal)]);
  } finally {
    done.abort();
  }
}
