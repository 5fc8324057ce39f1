/**
 * A ref names a message or a private thread: `m:<channel>/<message>`, `f:<forum>/<post>` (its thread and its first message have one
 * id), `r:<channel>/<thread>` (a room). In each the second id is the thread's, where there is one.
 */
import type { Instant, Ref } from '../../src/chat/ids.ts';
import { instant } from '../../src/chat/world.ts';

export interface DiscordRef {
  readonly kind: 'message' | 'forum post' | 'room';
  /** The channel it stands in; of a forum post and a room: what they hang in. */
  readonly channel: string;
  /** The message, or the thread. */
  readonly id: string;
}

const MARKS = { message: 'm', 'forum post': 'f', room: 'r' } as const;
const KINDS = { m: 'message', f: 'forum post', r: 'room' } as const;

export const refOf = (kind: DiscordRef['kind'], channel: string, id: string): Ref =>
  `${MARKS[kind]}:${channel}/${id}` as Ref;

/** Undefined for a ref that nothing on Discord has. */
export function readRef(ref: Ref): DiscordRef | undefined {
  const [, mark, channel, id] = /^([mfr]):(\d{17,20})\/(\d{17,20})$/.exec(ref) ?? [];
  if (mark === undefined || channel === undefined || id === undefined) return undefined;
  return { kind: KINDS[mark as keyof typeof KINDS], channel, id };
}

/** The channel its words are sent to, edited in and read from. */
export const homeOf = (ref: DiscordRef): string => (ref.kind === 'message' ? ref.channel : ref.id);

/** Milliseconds from 1970 to the first moment of Discord's ids. */
const EPOCH_MS = 1_420_070_400_000;

/** When something was made, told by its id. */
export const madeAt = (snowflake: string): Instant => instant(Number(BigInt(snowflake) >> 22n) + EPOCH_MS);

/** The smallest id of that moment: what was made later has a larger one. */
export const idFrom = (ms: number): string => String(BigInt(Math.max(0, ms - EPOCH_MS)) << 22n);
