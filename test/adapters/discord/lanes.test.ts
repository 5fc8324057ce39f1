/** How fast we ask Discord: never more than fifty requests in a second over everything, and less in each channel. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_TOGETHER, IN_A_CHANNEL, lanes, NEW_DMS } from '../../../adapters/discord/lanes.ts';
import type { Name, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { instant, msOf } from '../../../src/chat/world.ts';
import { openLanes } from '../../../src/core/lanes.ts';

const RUNS = { numRuns: process.env['LONG'] ? 10_000 : 500 };
const [A, B] = ['100000000000000001', '100000000000000002'] as const;

const team = fc.constantFrom(A, B).map((id) => id as TeamId);
const ref = fc.constantFrom(`m:${A}/${B}`, `f:${B}/${A}`, `r:${A}/${B}`, 'not a ref').map((text) => text as Ref);
const place = fc.oneof(
  fc.constantFrom(A, B).map((channel) => ({ in: 'channel', channel }) as never),
  fc.constantFrom(A, B).map((person) => ({ in: 'dm', person }) as never),
  ref.map((under) => ({ in: 'thread', under }) as never),
  ref.map((room) => ({ in: 'room', room }) as never),
);
const name = fc.constant('daily:one' as Name);
const message = fc.constant({ blocks: [] });
const members = fc.array(fc.constantFrom(A, B), { minLength: 1, maxLength: 8 });
const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  fc.record({ kind: fc.constant('post'), team, name, to: place, message }),
  fc.record({ kind: fc.constant('file'), team, name, to: place, type: fc.constant('text/plain'), text: fc.string() }),
  fc.record({ kind: fc.constant('edit'), team, name, ref, message }),
  fc.record({ kind: fc.constant('remove'), team, name, ref }),
  fc.record({ kind: fc.constant('thread'), team, name, ref, title: fc.string() }),
  fc.record({ kind: fc.constant('room'), team, name, title: fc.string(), members, near: fc.constant(A) }),
) as never;

const keys = (one: Delivery): string[] => lanes(one).map(({ key }) => key);
const post = (to: object): Delivery =>
  ({ kind: 'post', team: A, name: 'daily:one', to, message: { blocks: [] } }) as never;
const thread = (channel: string): Delivery =>
  ({ kind: 'thread', team: A, name: 'daily:one', ref: `m:${channel}/${B}`, title: 'x' }) as never;

/** When each of these may leave, in ms, as the core lets them. */
function timesOf(all: readonly Delivery[]): number[] {
  const paced = openLanes();
  let now = instant(1_700_000_000_000);
  return all.map((one) => {
    now = paced.freeAt(lanes(one), now);
    paced.take(lanes(one), now);
    return msOf(now);
  });
}

const mostWithin = (times: readonly number[], ms: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));

describe('the lanes of a delivery on Discord', () => {
  it('are the same however often they are asked for', () => {
    fc.assert(
      fc.property(delivery, (one) => {
        expect(lanes(one)).toEqual(lanes(structuredClone(one)));
      }),
      RUNS,
    );
  });

  it('all share the one that a limit over all routes holds back', () => {
    fc.assert(
      fc.property(delivery, (one) => {
        expect(keys(one)).toContain('discord global');
      }),
      RUNS,
    );
  });

  it('let no second see more than fifty, not even when some arrive 60 ms late', () => {
    const many = Array.from({ length: 600 }, (_, i) => post({ in: 'channel', channel: `2000000000000${1000 + i}` }));
    expect(mostWithin(timesOf(many), 1060)).toBeLessThanOrEqual(50);
  });

  it('let two thousand posts and their threads out within a tenth of what fifty a second would take', () => {
    const channels = Array.from({ length: 2000 }, (_, i) => `2000000000000${10_000 + i}`);
    const times = timesOf([...channels.map((channel) => post({ in: 'channel', channel })), ...channels.map(thread)]);
    const took = (count: number): number => (times[count - 1] ?? 0) - (times[0] ?? 0);
    expect(took(2000)).toBeLessThan(1.1 * (2000 / 50) * 1000);
    expect(took(4000)).toBeLessThan(1.1 * (4000 / 50) * 1000);
  });

  it('let a channel have five in five seconds, and another channel five at the same time', () => {
    const here = timesOf(Array.from({ length: 11 }, () => post({ in: 'channel', channel: A })));
    expect(mostWithin(here, 5000)).toBe(5);
    const paced = openLanes();
    const now = instant(1_700_000_000_000);
    for (let i = 0; i < 5; i++) paced.take(lanes(post({ in: 'channel', channel: A })), now);
    expect(paced.freeAt(lanes(post({ in: 'channel', channel: B })), now)).toBe(now);
    expect(paced.freeAt(lanes(post({ in: 'channel', channel: A })), now)).toBe(
      instant(1_700_000_000_000 + IN_A_CHANNEL.perMs),
    );
  });

  it('count messages, changes and threads of one channel apart, and a thread as a channel', () => {
    const inChannel = keys(post({ in: 'channel', channel: A }));
    const own = inChannel.filter((key) => key !== 'discord global');
    for (const other of [thread(A), post({ in: 'thread', under: `m:${A}/${B}` })])
      expect(keys(other).filter((key) => own.includes(key))).toEqual([]);
    expect(keys(post({ in: 'room', room: `r:${A}/${B}` }))).toEqual(keys(post({ in: 'thread', under: `m:${A}/${B}` })));
  });

  it('open few direct messages at a time', () => {
    const many = Array.from({ length: 40 }, (_, i) => post({ in: 'dm', person: `3000000000000${1000 + i}` }));
    expect(mostWithin(timesOf(many), NEW_DMS.perMs)).toBe(NEW_DMS.limit);
  });

  it('count every request a room takes', () => {
    const room = { kind: 'room', team: A, name: 'a:b', title: 'x', members: [A, B], near: A } as never as Delivery;
    expect(keys(room).filter((key) => key === 'discord global')).toHaveLength(5);
    expect(ALL_TOGETHER.limit / ALL_TOGETHER.perMs).toBeLessThan(50 / 1000);
  });
});
