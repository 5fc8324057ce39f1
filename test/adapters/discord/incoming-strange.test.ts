/** Whatever comes down the line is read or left alone: nothing in it makes a listener fail. */
import { Client, GatewayDispatchEvents as On } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDrafts } from '../../../adapters/discord/drafts.ts';
import { listen } from '../../../adapters/discord/listen.ts';
import { readRef } from '../../../adapters/discord/refs.ts';
import type { Incoming } from '../../../src/chat/incoming.ts';
import { msOf } from '../../../src/chat/world.ts';
import { keepLog, openManualWorld } from '../slack/world.ts';
import { FORM, makeVault, SURFACE } from './inside.ts';

const numRuns = process.env['LONG'] ? 10_000 : 500;
const [APP, GUILD, CHANNEL, THREAD, ANA, BO] = [1, 2, 3, 4, 5, 6].map((at) => `10000000000000000${at}`);
const NOW = '2026-11-23T09:00:00.000Z';
/** Made in the very moment the tests happen in. */
const ID = String(BigInt(msOf(NOW as never) - 1_420_070_400_000) << 22n);

const user = { id: ANA, username: 'ana', global_name: 'Ana', bot: false };
const message = {
  id: '100000000000000009',
  type: 0,
  channel_id: CHANNEL,
  author: user,
  content: `hi <@${BO}>`,
  mentions: [{ id: BO, username: 'bo' }],
  attachments: [{ id: '1' }],
  edited_timestamp: '2026-11-23T09:00:00.000000+00:00',
};
const common = {
  id: ID,
  application_id: APP,
  token: 'a-token',
  version: 1,
  guild_id: GUILD,
  channel_id: THREAD,
  channel: { id: THREAD, type: 11, parent_id: CHANNEL, owner_id: APP },
  member: { user, nick: 'Ana', roles: [GUILD], permissions: '32' },
};
const who = { name: 'who', type: 6, value: BO };
const INTERACTIONS = [
  {
    ...common,
    type: 2,
    data: {
      id: '1',
      name: 'practice',
      type: 1,
      options: [{ type: 2, name: 'mentor', options: [{ type: 1, name: 'add', options: [who] }] }],
    },
  },
  { ...common, type: 2, data: { id: '1', name: 'mock', type: 1, options: [{ name: 'minutes', type: 4, value: 30 }] } },
  {
    ...common,
    type: 4,
    data: {
      id: '1',
      name: 'practice',
      type: 1,
      options: [
        {
          type: 2,
          name: 'mentor',
          options: [{ type: 1, name: 'add', options: [{ name: 'skill', type: 3, value: 'd', focused: true }] }],
        },
      ],
    },
  },
  {
    ...common,
    type: 2,
    data: {
      id: '1',
      name: 'Use as my answer',
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: message } },
    },
  },
  { ...common, type: 3, message, data: { custom_id: 'daily.answer#2:one', component_type: 2 } },
  { ...common, type: 3, message, data: { custom_id: 'daily.level:one', component_type: 3, values: ['mid'] } },
  { ...common, type: 3, message, data: { custom_id: 'again:id00000001', component_type: 2 } },
  {
    ...common,
    type: 5,
    message,
    data: {
      custom_id: 'form:id00000001',
      components: [{ type: 18, component: { type: 4, custom_id: 'text', value: 'mine' } }],
    },
  },
];
const TOLD: readonly (readonly [On, unknown])[] = [
  [On.MessageCreate, { ...message, channel_id: THREAD, guild_id: GUILD, member: { roles: [GUILD] } }],
  [On.MessageCreate, message],
  [On.MessageUpdate, { ...message, guild_id: GUILD, channel_id: THREAD }],
  [On.MessageUpdate, { id: message.id, channel_id: CHANNEL }],
  [On.MessageDelete, { id: message.id, channel_id: THREAD, guild_id: GUILD }],
  [On.MessageDelete, { id: message.id, channel_id: CHANNEL }],
  [On.MessageDeleteBulk, { ids: [message.id, ANA], channel_id: THREAD, guild_id: GUILD }],
  [On.ThreadDelete, { id: THREAD, guild_id: GUILD, parent_id: CHANNEL, type: 11 }],
  [On.ChannelDelete, { id: CHANNEL, guild_id: GUILD, type: 0 }],
];

/** `value` with the parts on some paths replaced by anything, or gone. */
const bent = (value: unknown): fc.Arbitrary<unknown> =>
  fc
    .array(
      fc.tuple(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.option(fc.oneof(fc.jsonValue(), fc.constantFrom(ANA, 'x', '', 0, -1, 1e21, '__proto__')), {
          nil: undefined,
        }),
      ),
      { maxLength: 4 },
    )
    .map((changes) => changes.reduce<unknown>((now, [at, to]) => replaced(now, at, to), structuredClone(value)));

function replaced(value: unknown, at: number, to: unknown): unknown {
  const paths = pathsIn(value);
  const path = paths[Math.floor(at * paths.length)] ?? [];
  if (path.length === 0) return to;
  const copy = structuredClone(value);
  const last = path.at(-1) ?? '';
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (into, name) => into[name] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
  if (to === undefined) delete parent[last];
  else Object.defineProperty(parent, last, { value: to, enumerable: true, configurable: true, writable: true });
  return copy;
}

const pathsIn = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))]
    : [path];

/** Every request is answered as though all was well. */
const makeRequest = async (url: string) => {
  const channel = { id: THREAD, type: 11, parent_id: CHANNEL, owner_id: APP };
  if (url.includes('/callback') || url.includes('/webhooks/')) return new Response(null, { status: 204 });
  return new Response(JSON.stringify(channel), { headers: { 'content-type': 'application/json' } });
};

const ANSWERS: Partial<Record<Incoming['kind'], unknown>> = {
  complete: { kind: 'offer', options: [{ label: 'One', value: '1' }] },
  submit: { kind: 'reject', field: 'text', problem: 'No.' },
};

async function hear(name: On, payload: unknown) {
  const world = openManualWorld(NOW);
  const log = keepLog();
  const vault = makeVault();
  const events: Incoming[] = [];
  const client = new Client({ intents: [], rest: { makeRequest: makeRequest as never } });
  client.rest.setToken('none');
  const drafts = openDrafts({ vault, world });
  await drafts.keep(ANA as never, { form: FORM, values: {} });
  const listening = listen(client, {
    deps: { world, log, paint: async () => undefined },
    surface: SURFACE,
    drafts,
    onEvent: async (event) => {
      events.push(event);
      return (ANSWERS[event.kind] ?? { kind: 'ask', form: FORM }) as never;
    },
  });
  client.ws.emit(name, payload);
  await listening.idle();
  await client.destroy();
  return { events, errors: log.lines.filter((line) => line.startsWith('error')) };
}

function expectSound({ events, errors }: Awaited<ReturnType<typeof hear>>): void {
  expect(errors).toEqual([]);
  for (const event of events) {
    expect(event.id).toMatch(/^discord:/);
    expect(msOf(event.at)).not.toBeNaN();
    if ('from' in event)
      expect(event.from).toMatchObject({ id: expect.stringMatching(/^\d+$/), name: expect.stringMatching(/./s) });
    if ('ref' in event) expect(readRef(event.ref)).toBeDefined();
    if (event.kind === 'command')
      expect(Object.values(event.args).every((value) => typeof value === 'string')).toBe(true);
  }
}

describe('an interaction of any shape', () => {
  it('is heard or left alone', async () => {
    const any = fc.oneof(...INTERACTIONS.map(bent), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(any, async (payload) => expectSound(await hear(On.InteractionCreate, payload))),
      { numRuns },
    );
  });

  it.each(INTERACTIONS.map((payload, at) => [at, payload] as const))(
    'as Discord sends it is heard: %i',
    async (_at, payload) => {
      const heard = await hear(On.InteractionCreate, payload);
      expectSound(heard);
      expect(heard.events).toHaveLength(JSON.stringify(payload).includes('again:') ? 0 : 1);
    },
  );
});

describe('news of any shape', () => {
  it.each(TOLD.map(([name, payload], at) => [name, at, payload] as const))(
    'are heard or left alone: %s %i',
    async (name, _at, payload) => {
      const any = fc.oneof(bent(payload), bent(payload), fc.jsonValue());
      await fc.assert(
        fc.asyncProperty(any, async (told) => expectSound(await hear(name, told))),
        { numRuns: numRuns / 5 },
      );
    },
  );
});
