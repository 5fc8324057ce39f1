/** Many channels due at one minute, with the core's own pace and Discord's lanes, on a clock that moves by hand. */
import { afterEach, expect, it } from 'vitest';
import { lanes } from '../../../adapters/discord/lanes.ts';
import type { Name, Ref } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { MINUTE, msOf, plus } from '../../../src/chat/world.ts';
import { type Desk, inChannel, line, openDesk } from '../../core/desk.ts';
import { MONDAY } from '../../support/world.ts';

const CHANNELS = process.env['LONG'] ? 2000 : 250;
/** What fifty a second would take, in ms. */
const floor = (requests: number): number => (requests / 50) * 1000;
const idOf = (n: number): string => `2000000000000${10_000 + n}`;
const cardOf = (n: number) =>
  ({
    kind: 'post',
    name: `desk:${n}` as Name,
    to: inChannel(idOf(n)),
    message: line('What would you do?'),
    thread: 'What would you do?',
  }) as const;

let desk: Desk | undefined;
afterEach(() => desk?.close());

/** What left when, in ms after the minute. */
async function fanOut(): Promise<{ readonly kind: Delivery['kind']; readonly ms: number }[]> {
  const left: { kind: Delivery['kind']; ms: number }[] = [];
  desk = await openDesk({ name: 'SQLite', reset: async () => 'sqlite::memory:', drop: async () => {} });
  const { chat, now } = desk;
  chat.traits.opensThreads = true;
  // The fake's refs are none of Discord's: the lane of a thread is that of its channel all the same.
  chat.lanesOf = (delivery) =>
    lanes(
      delivery.kind === 'thread'
        ? { ...delivery, ref: `m:${idOf(Number(delivery.name.split(':')[1]))}/${idOf(0)}` as Ref }
        : delivery,
    );
  const deliver = chat.deliver.bind(chat);
  chat.deliver = (delivery) => {
    left.push({ kind: delivery.kind, ms: msOf(now()) - msOf(MONDAY) });
    return deliver(delivery);
  };
  await desk.act(async (turn) => {
    for (let n = 0; n < CHANNELS; n += 1) await turn.send(cardOf(n));
  });
  await desk.settle();
  await desk.at(plus(MONDAY, 2 * MINUTE));
  return left;
}

it(
  'every question goes before the first thread, within a tenth of what fifty a second take',
  { timeout: 600_000 },
  async () => {
    const left = await fanOut();
    expect(left.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: CHANNELS }, () => 'post'),
      ...Array.from({ length: CHANNELS }, () => 'thread'),
    ]);
    expect(left[0]?.ms).toBe(0);
    expect(left[CHANNELS - 1]?.ms).toBeLessThanOrEqual(1.1 * floor(CHANNELS));
    expect(left.at(-1)?.ms).toBeLessThanOrEqual(1.1 * floor(2 * CHANNELS));
    for (const { ms: from } of left)
      expect(left.filter(({ ms }) => ms >= from && ms < from + 1060).length).toBeLessThanOrEqual(50);
  },
);
