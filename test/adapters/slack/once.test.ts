/** Whatever Slack's calls do, in whatever order: what the core sends is there once. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { markOf } from '../../../adapters/slack/deliver/file.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Fault, FakeMessage } from '../../support/fake-slack/types.ts';
import { carry, dmTo, fileOf, inChannel, type Outside, openOutside, postOf, roomOf } from './outside.ts';

/** Each run talks to a server some ten times. */
const RUNS = { numRuns: process.env['LONG'] ? 2000 : 40 };
const TRIES = 60;

let open: Outside | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const effect = fc.constantFrom('before' as const, 'after' as const);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map((retryAfter) => ({ do: '429', retryAfter }) as const),
  effect.map((when) => ({ do: '500', effect: when }) as const),
  effect.map((when) => ({ do: 'drop', effect: when }) as const),
  effect.map((when) => ({ do: 'cut', effect: when }) as const),
  effect.map((when) => ({ do: 'html', effect: when }) as const),
  effect.map((when) => ({ do: 'hang', effect: when }) as const),
  fc
    .constantFrom('internal_error', 'fatal_error', 'ratelimited', 'token_revoked', 'team_added_to_org')
    .map((error) => ({ do: 'error', error }) as const),
);
/** Calls that say something fail more often than those that look. */
const script = fc.record({
  'chat.postMessage': fc.array(fault, { maxLength: 4 }),
  'files.completeUploadExternal': fc.array(fault, { maxLength: 4 }),
  'conversations.open': fc.array(fault, { maxLength: 2 }),
  'conversations.history': fc.array(fault, { maxLength: 3 }),
  'conversations.replies': fc.array(fault, { maxLength: 3 }),
});
const kind = fc.constantFrom('channel', 'dm', 'thread', 'room', 'file', 'thread file');
type Kind = 'channel' | 'dm' | 'thread' | 'room' | 'file' | 'thread file';

async function deliveryOf(o: Outside, what: Kind, name: string): Promise<Delivery> {
  if (what === 'channel') return postOf(o, name);
  if (what === 'dm') return postOf(o, name, dmTo(o.ana));
  if (what === 'room') return roomOf(o, name, [o.ana, o.bo]);
  if (what === 'file') return fileOf(o, name, dmTo(o.bo));
  const under = await carry(o, postOf(o, `${name}-root`, inChannel(o)), TRIES);
  const to = { in: 'thread', under } as const;
  return what === 'thread' ? postOf(o, name, to) : fileOf(o, name, to);
}

const isIt =
  ({ kind: what, name }: Delivery) =>
  ({ metadata, files }: FakeMessage): boolean =>
    what === 'file'
      ? (files ?? []).some((file) => file.name.includes(markOf(name)))
      : metadata?.event_payload['name'] === name;

describe('a delivery on Slack', () => {
  it('is there exactly once, whatever its calls meet', { timeout: 600_000 }, async () => {
    const o = (open = await openOutside({ timeoutMs: 30 }));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(kind, script, async (what, faults) => {
        const delivery = await deliveryOf(o, what, `run-${++run}`);
        for (const [method, list] of Object.entries(faults)) o.fake.fault(method, ...list);
        const ref = await carry(o, delivery, TRIES);
        const there = o.fake.posted(o.team).filter(isIt(delivery));
        expect(there.map(({ channel, ts }) => `${channel}/${ts}`)).toEqual([ref]);
      }),
      RUNS,
    );
  });
});
