/** A ref names a message: the conversation it is in and its timestamp there, as in `C0123456789/1700000000.000100`. */
import type { Instant, Ref } from '../../src/chat/ids.ts';
import { instant } from '../../src/chat/world.ts';

export interface SlackRef {
  /** `C…`, `G…` or `D…`. */
  readonly channel: string;
  /** Seconds and microseconds, as Slack writes them; also the message's id within its channel. */
  readonly ts: string;
}

export const refOf = (channel: string, ts: string): Ref => `${channel}/${ts}` as Ref;

/** Undefined for a ref that no Slack message has. */
export function readRef(ref: Ref): SlackRef | undefined {
  const [, channel, ts] = /^([A-Z0-9]{2,30})\/(\d{1,12}\.\d{6})$/.exec(ref) ?? [];
  return channel === undefined || ts === undefined ? undefined : { channel, ts };
}

/** Slack's timestamp as an instant, cut to milliseconds. */
export const atOf = (ts: string): Instant => instant(Math.floor(Number(ts) * 1000));
