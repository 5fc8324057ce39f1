/** Whatever Discord's answers do, in whatever order, and even when we start anew in between: what the core sends is there once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileMarkOf, markOf } from '../../../adapters/discord/names.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Fault, FakeMessage } from '../../support/fake-discord/types.ts';
import {
  at,
  carry,
  dmTo,
  fileOf,
  inChannel,
  inForum,
  openOutside,
  type Outside,
  postOf,
  posted,
  roomOf,
  threadOf,
} from './outside.ts';

/** Each run talks to a server some ten times. */
const RUNS = { numRuns: process.env['LONG'] ? 1000 : 20 };
const TRIES = 80;

const effect = fc.constantFrom('before' as const, 'after' as const);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map((retryAfter) => ({ do: '429', retryAfter }) as const),
  fc.integer({ min: 1, max: 9 }).map((retryAfter) => ({ do: '429', retryAfter, scope: 'global' }) as const),
  effect.map((when) => ({ do: 'status', status: 502, effect: when }) as const),
  effect.map((when) => ({ do: 'drop', effect: when }) as const),
  effect.map((when) => ({ do: 'empty', effect: when }) as const),
  effect.map((when) => ({ do: 'hang', effect: when }) as const),
  fc.constantFrom(403, 429).map((status) => ({ do: 'html', status }) as const),
  fc.constantFrom(20_028, 40_004).map((code) => ({ do: 'status', status: 400, code, effect: 'before' }) as const),
);
/** Requests that make something fail more often than those that look. */
const script = fc.record({
  'POST /channels/:id/messages': fc.array(fault, { maxLength: 4 }),
  'POST /channels/:id/threads': fc.array(fault, { maxLength: 4 }),
  'POST /channels/:id/messages/:message/threads': fc.array(fault, { maxLength: 3 }),
  'PUT /channels/:id/thread-members/:user': fc.array(fault, { maxLength: 3 }),
  'POST /users/@me/channels': fc.array(fault, { maxLength: 2 }),
  'GET /channels/:id/messages': fc.array(fault, { maxLength: 2 }),
  'GET /channels/:id/messages/:message': fc.array(fault, { maxLength: 2 }),
  'GET /guilds/:id/threads/active': fc.array(fault, { maxLength: 2 }),
});

const KINDS = {
  channel: (o, name) => postOf(o, name),
  dm: (o, name) => postOf(o, name, dmTo(o.ana)),
  'closed dm': (o, name) => {
    o.bo.closedDms = true;
    return postOf(o, name, dmTo(o.bo));
  },
  forum: (o, name) => postOf(o, name, inForum(o)),
  file: (o, name) => fileOf(o, name, dmTo(o.bo)),
  'forum file': (o, name) => fileOf(o, name, inForum(o)),
  room: (o, name) => roomOf(o, name, [o.ana, o.bo]),
  thread: async (o, name) => postOf(o, name, { in: 'thread', under: await carry(o, postOf(o, `${name}-root`), TRIES) }),
} satisfies Record<string, (o: Outside, name: string) => Delivery | Promise<Delivery>>;

const isIt =
  ({ kind, team, name }: Delivery) =>
  ({ attachments, components }: FakeMessage): boolean =>
    kind === 'file'
      ? attachments.some((file) => file.name.includes(fileMarkOf(team, name)))
      : components[0]?.['id'] === markOf(team, name);

/** A world of its own for a run, so that no fault of an earlier one is left in it. */
async function alone(run: (o: Outside) => Promise<void>): Promise<void> {
  const o = await openOutside({ timeoutMs: 250 });
  try {
    await run(o);
    expect(o.fake.complaints).toEqual([]);
  } finally {
    await o.close();
  }
}

describe('a delivery on Discord', () => {
  it('is there exactly once, whatever its requests meet', { timeout: 600_000 }, async () => {
    const kind = fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[]));
    const run = fc.asyncProperty(kind, script, fc.boolean(), (what, faults, isAnew) =>
      alone(async (o) => {
        const delivery = await KINDS[what](o, 'it');
        for (const [route, list] of Object.entries(faults)) o.fake.fault(route, ...list);
        const ref = await carry(isAnew ? o.restarted() : o, delivery, TRIES);
        const there = posted(o).filter(isIt(delivery));
        expect(there).toHaveLength(1);
        expect(delivery.kind === 'room' ? there[0]?.channel : there[0]?.id).toBe(at(ref).id);
        const isThread = what === 'room' || what === 'thread' || what === 'closed dm' || what.startsWith('forum');
        expect(o.fake.threads()).toHaveLength(isThread ? 1 : 0);
        if (delivery.kind === 'room') expect(o.fake.channel(at(ref).id).members.size).toBe(3);
      }),
    );
    await fc.assert(run, RUNS);
  });

  it('opens one thread under a post, whatever its requests meet', { timeout: 600_000 }, async () => {
    const run = fc.asyncProperty(fc.array(fault, { maxLength: 5 }), (faults) =>
      alone(async (o) => {
        const ref = await carry(o, postOf(o, 'it', inChannel(o)), TRIES);
        o.fake.fault('POST /channels/:id/messages/:message/threads', ...faults);
        expect(await carry(o, threadOf(o, ref), TRIES)).toBe(ref);
        expect(o.fake.threads()).toHaveLength(1);
      }),
    );
    await fc.assert(run, RUNS);
  });

  it('is there once although we die and start anew at any moment', { timeout: 600_000 }, async () => {
    const kind = fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[]));
    const run = fc.asyncProperty(kind, script, fc.integer({ min: 1, max: 600 }), (what, faults, minutes) =>
      alone(async (o) => {
        const delivery = await KINDS[what](o, 'it');
        for (const [route, list] of Object.entries(faults)) o.fake.fault(route, ...list);
        const since = o.world.now();
        await o.out.deliver(delivery).catch(() => undefined);
        // Nothing is remembered but that it was tried then.
        await o.fake.clock.advance(minutes * 60_000);
        const ref = await carry(o.restarted(), delivery, TRIES, since);
        expect(posted(o).filter(isIt(delivery))).toHaveLength(1);
        expect(o.fake.threads().length).toBeLessThanOrEqual(1);
        if (delivery.kind === 'room') expect(o.fake.channel(at(ref).id).members.size).toBe(3);
      }),
    );
    await fc.assert(run, RUNS);
  });
});
