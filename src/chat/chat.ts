/** The port: what we ask of a chat platform. Five verbs, none optional; what it lacks it renders as the nearest thing it has. */
import type { Instant, Platform, Ref, TeamId } from './ids.ts';
import type { Reply } from './incoming.ts';
import type { Delivery, OnEvent } from './outgoing.ts';
import type { Surface } from './surface.ts';

export interface Chat {
  readonly platform: Platform;
  readonly traits: Traits;
  /** How long after a first try the same delivery may be sent again and still show once, in ms. */
  readonly repeatSafeMs: number;
  /** After this long without an answer a delivery's outcome is unknown, in ms. */
  readonly timeoutMs: number;
  /** How long after a try its effect may still appear, in ms; `find` is only believed after that. */
  readonly lateMs: number;
  /** Connect, and hand every event to `onEvent`. Its answer goes back to that person. */
  open(onEvent: OnEvent, surface: Surface): Promise<void>;
  /** Carry one delivery; the ref of what was posted, or of what was changed. Throws {@link DeliveryError}. */
  deliver(delivery: Delivery): Promise<Ref>;
  /** Look whether a delivery tried since then is there. */
  find(delivery: Delivery, since: Instant): Promise<Found>;
  /** One page of what was said under a post, oldest first, from `cursor` on. Throws {@link DeliveryError}. */
  replies(of: { readonly team: TeamId; readonly under: Ref; readonly cursor?: string }): Promise<Page>;
  /** Stop taking events, finish what is being answered. */
  close(): Promise<void>;
  /** The rate-limited lanes a delivery uses. Pure. Core waits for all of them before it claims. */
  lanes(delivery: Delivery): readonly Lane[];
}

export type Found =
  | { readonly kind: 'found'; readonly ref: Ref }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot tell' };

export interface Page {
  readonly events: readonly Reply[];
  /** Keep it: the next read starts there. Given even when there is no more, as long as anything was read. */
  readonly next?: string;
  /** There is more to read now. */
  readonly more?: true;
  /** The thread no longer exists. */
  readonly gone?: true;
}

/** At most `limit` deliveries in any `perMs`. */
export interface Lane {
  readonly key: string;
  readonly limit: number;
  readonly perMs: number;
  /** Every delivery of this platform takes it: while it is full, nothing of the platform is worth looking at. */
  readonly shared?: true;
}

/** Facts a view may need for its wording. Data, never a branch in a rule. */
export interface Traits {
  /** What people here call a private place for a few of them. */
  readonly roomNoun: 'group message' | 'private thread';
  /** The platform tells people's time zones. */
  readonly knowsZones: boolean;
  /** We can read what people write in threads. */
  readonly readsThreads: boolean;
  /** A thread is not there until it is opened by a call of its own. */
  readonly opensThreads: boolean;
}

/** The platform did not take a delivery, or we cannot know; it answers what its catcher must do next. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /** `none`: nothing was posted, for certain. `unknown`: it may be there. */
  readonly effect: 'none' | 'unknown';
  readonly retry: 'never' | { readonly afterMs: number };
  /** What must wait or stop: this delivery, its lanes, or all of the team's. */
  readonly scope: 'this' | 'lane' | 'team';
  constructor(
    message: string,
    is: Pick<DeliveryError, 'effect' | 'retry'> & { readonly scope?: DeliveryError['scope']; readonly cause?: unknown },
  ) {
    super(message, { cause: is.cause });
    this.effect = is.effect;
    this.retry = is.retry;
    this.scope = is.scope ?? 'this';
  }
}
