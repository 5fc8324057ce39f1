/** Whether a request is Slack's: signed over the bytes as they came, lately, and not seen before. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../src/chat/adapter.ts';
import { type World, msOf } from '../../src/chat/world.ts';

/** How far its time may lie from ours, in seconds, either way: a stamp from the future would be good for ever. */
export const MOST_SKEW_S = 300;
/** How long a signature is remembered, in ms: a little longer than a stamp from the edge of the future can be good. */
const REMEMBERED_MS = 660_000;

/** What a request says of itself, before its body is read. */
export interface Stamp {
  readonly stamp: string;
  readonly signature: string;
}

export type Refusal = 'unsigned' | 'stale' | 'forged';

/** Reads the two headers. A header given twice arrives joined by a comma, and so is no signature. */
export function readStamp(headers: Headers, nowMs: number): Stamp | Refusal {
  const stamp = headers.get('x-slack-request-timestamp') ?? '';
  const signature = headers.get('x-slack-signature') ?? '';
  if (!/^\d{1,11}$/.test(stamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'unsigned';
  return Math.abs(nowMs / 1000 - Number(stamp)) > MOST_SKEW_S ? 'stale' : { stamp, signature };
}

export function isSigned({ stamp, signature }: Stamp, body: Uint8Array, secret: Secret): boolean {
  const expected = createHmac('sha256', secret.reveal()).update(`v0:${stamp}:`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice('v0='.length), 'hex'));
}

export interface Memory<T> {
  /** What became of a request with this signature: still under way, done, or never seen. */
  seen(signature: string): Promise<T> | 'done' | undefined;
  /** From now on it is under way; a failure is forgotten, so that the same request may try again. */
  keep(signature: string, work: Promise<T>): void;
}

/** Signatures of the last minutes. Only what was signed gets in, so nobody but Slack can fill it. */
export function openMemory<T>({ now }: Pick<World, 'now'>): Memory<T> {
  const known = new Map<string, { readonly until: number; work: Promise<T> | 'done' }>();
  const sweep = (nowMs: number): void => {
    for (const [signature, { until }] of known) {
      if (until > nowMs) break;
      known.delete(signature);
    }
  };
  return {
    seen: (signature) => known.get(signature)?.work,
    keep(signature, work) {
      const nowMs = msOf(now());
      sweep(nowMs);
      const entry: { readonly until: number; work: Promise<T> | 'done' } = { until: nowMs + REMEMBERED_MS, work };
      known.set(signature, entry);
      work.then(
        () => (entry.work = 'done'),
        () => known.delete(signature),
      );
    },
  };
}
