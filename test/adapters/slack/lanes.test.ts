/** How fast we ask Slack: under every published rate, each workspace and each channel for itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { A_MINUTE, lanes, POST_EVERY_MS } from '../../../adapters/slack/lanes.ts';
import type { Name, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Block } from '../../../src/chat/message.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { instant } from '../../../src/chat/world.ts';
import { openLanes } from '../../../src/core/lanes.ts';

const RUNS = { numRuns: process.env['LONG'] ? 10_000 : 500 };
/** What Slack publishes, in calls a minute. */
const PUBLISHED = { 2: 20, 3: 50, 4: 100 } as const;
const TIER = {
  'chat.update': 3,
  'chat.delete': 3,
  'conversations.open': 3,
  'files.getUploadURLExternal': 4,
  'files.completeUploadExternal': 4,
} as const;

const image: Block = { kind: 'image', picture: 'radar', data: {}, alt: 'a radar' };
const team = fc.constantFrom('T0A', 'T0B').map((id) => id as TeamId);
const ref = fc.constantFrom('C0A/1700000000.000100', 'D0A/1700000000.000200', 'not a ref').map((text) => text as Ref);
const message = fc.nat(2).map((count) => ({ blocks: Array.from({ length: count }, () => image) }));
const place = fc.oneof(
  fc.constantFrom('C0A', 'C0B').map((channel) => ({ in: 'channel', channel }) as never),
  fc.constantFrom('U0A', 'U0B').map((person) => ({ in: 'dm', person }) as never),
  ref.map((under) => ({ in: 'thread', under }) as never),
  ref.map((room) => ({ in: 'room', room }) as never),
);
const name = fc.constant('daily:one' as Name);
const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  fc.record({ kind: fc.constant('post'), team, name, to: place, message }),
  fc.record({ kind: fc.constant('file'), team, name, to: place, type: fc.constant('text/plain'), text: fc.string() }),
  fc.record({ kind: fc.constant('edit'), team, name, ref, message }),
  fc.record({ kind: fc.constant('remove'), team, name, ref }),
  fc.record({ kind: fc.constant('room'), team, name, title: fc.string(), members: fc.constant(['U0A', 'U0B']) }),
) as never;

const inTeam = (one: Delivery, id: string): Delivery => ({ ...one, team: id as TeamId });
const keys = (one: Delivery): string[] => lanes(one).map(({ key }) => key);
const post = (to: object, blocks: readonly Block[] = []): Delivery =>
  ({ kind: 'post', team: 'T0A', name: 'daily:one', to, message: { blocks } }) as never;

describe('the lanes of a delivery on Slack', () => {
  it('are the same however often they are asked for', () => {
    fc.assert(
      fc.property(delivery, (one) => {
        expect(lanes(one)).toEqual(lanes(structuredClone(one)));
      }),
      RUNS,
    );
  });

  it('are never shared by two workspaces', () => {
    fc.assert(
      fc.property(delivery, delivery, (one, other) => {
        const theirs = new Set(keys(inTeam(other, 'T0B')));
        expect(keys(inTeam(one, 'T0A')).filter((key) => theirs.has(key))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('let nothing through faster than Slack publishes', () => {
    for (const [method, tier] of Object.entries(TIER))
      expect(A_MINUTE[method as keyof typeof TIER]).toBeLessThan(PUBLISHED[tier]);
    expect(POST_EVERY_MS).toBeGreaterThanOrEqual(1000);
  });

  it('let a channel have a post a second, and another channel one at the same time', () => {
    const paced = openLanes();
    const now = instant(1_700_000_000_000);
    const here = lanes(post({ in: 'channel', channel: 'C0A' }));
    paced.take(here, now);
    expect(paced.freeAt(here, now)).toBe(instant(1_700_000_000_000 + POST_EVERY_MS));
    expect(paced.freeAt(lanes(post({ in: 'channel', channel: 'C0B' })), now)).toBe(now);
  });

  it('count a thread and a room as the channel they are in', () => {
    const channel = keys(post({ in: 'channel', channel: 'C0A' }));
    expect(keys(post({ in: 'thread', under: 'C0A/1700000000.000100' }))).toEqual(channel);
    expect(keys(post({ in: 'room', room: 'C0A/1700000000.000100' }))).toEqual(channel);
  });

  it('count the opening of a direct message and every picture', () => {
    const methods = lanes(post({ in: 'dm', person: 'U0A' }, [image, image])).map(({ key }) => key.split(' ')[2]);
    expect(methods.filter((method) => method === 'conversations.open')).toHaveLength(1);
    expect(methods.filter((method) => method === 'files.completeUploadExternal')).toHaveLength(2);
  });
});
