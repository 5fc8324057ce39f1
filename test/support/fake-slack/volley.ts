/** Many commands one after another, and how long the app took to answer each: for measuring. */
import { setTimeout } from 'node:timers/promises';
import type { FakeSlack } from './types.ts';

export interface Volley {
  readonly team: string;
  /** They take turns. */
  readonly users: readonly string[];
  readonly channel: string;
  readonly command: string;
  /** One command each. */
  readonly texts: readonly string[];
  /** Sent at this pace whatever the answers do; or … */
  readonly perSecond?: number;
  /** … so many at a time, each as soon as one before it is answered: 1, unless told otherwise. */
  readonly atOnce?: number;
}

export interface VolleyTold {
  /** Milliseconds from sending to the answer, in the order they were sent. */
  readonly tookMs: readonly number[];
  /** What was not answered, or wrongly. */
  readonly failed: number;
}

export async function fire({ hands }: Pick<FakeSlack, 'hands'>, volley: Volley): Promise<VolleyTold> {
  const { team, users, channel, command, texts } = volley;
  const tookMs: number[] = [];
  let failed = 0;
  const send = async (at: number): Promise<void> => {
    const began = performance.now();
    const user = users[at % users.length] ?? '';
    const { ok } = await hands.command(team, user, channel, command, texts[at] ?? '');
    tookMs[at] = performance.now() - began;
    if (!ok) failed += 1;
  };
  if (volley.perSecond === undefined) await inTurns(texts.length, volley.atOnce ?? 1, send);
  else await atPace(texts.length, volley.perSecond, send);
  return { tookMs, failed };
}

type Send = (at: number) => Promise<void>;

async function inTurns(count: number, atOnce: number, send: Send): Promise<void> {
  let next = 0;
  const turn = async (): Promise<void> => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, turn));
}

async function atPace(count: number, perSecond: number, send: Send): Promise<void> {
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (let at = 0; at < count; at += 1) {
    const wait = began + (at * 1000) / perSecond - performance.now();
    if (wait > 0) await setTimeout(wait);
    sent.push(send(at));
  }
  await Promise.all(sent);
}
