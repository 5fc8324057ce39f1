/** A gate of the adapter at a fake Discord, with everything it told kept, and the world it is given. */
import type { TestContext } from 'vitest';
import { openBudget, openGate, type OpenGate, type Patience } from '../../../adapters/discord/gate/index.ts';
import type { DiscordDeps } from '../../../adapters/discord/ports.ts';
import type { Vault } from '../../../src/chat/adapter.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import { between, type World } from '../../../src/chat/world.ts';
import { openClock } from '../../../src/core/clock.ts';
import { openFakeDiscord, type OpenFakeDiscord } from '../../support/fake-discord/index.ts';
import type { FakeChannel, FakeDiscord, FakeGuild, FakeShard, FakeUser } from '../../support/fake-discord/types.ts';
import { keepLog, type KeptLog, secret } from '../slack/world.ts';
import { makeVault } from './inside.ts';

/** What the gate told, as it came: `server <name>`, `gone <id>`, `deaf <ids>`, `fatal <why>`, `heard <text or id>`. */
export interface Told {
  readonly all: readonly string[];
  say(what: string): void;
  /** Resolves once so many of those told begin like this. */
  until(start: string, count?: number): Promise<void>;
}

export function keepTold(): Told {
  const all: string[] = [];
  const lookers = new Set<() => void>();
  return {
    all,
    say(what) {
      all.push(what);
      for (const look of lookers) look();
    },
    until: (start, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (all.filter((one) => one.startsWith(start)).length >= count && lookers.delete(look)) resolve();
        };
        lookers.add(look);
        look();
      }),
  };
}

export interface Scene {
  readonly fake: FakeDiscord;
  readonly guild: FakeGuild;
  readonly channel: FakeChannel;
  readonly ana: FakeUser;
  readonly gate: OpenGate;
  readonly told: Told;
  readonly log: KeptLog;
  readonly vault: Vault;
  readonly deps: DiscordDeps;
  readonly budget: ReturnType<typeof openBudget>;
  /** When the gate says it was deaf since, in order. */
  readonly gaps: readonly string[];
  shard(at?: number): FakeShard;
  /** Ana writes in the channel. */
  write(text: string): Promise<string>;
}

export interface SceneOptions {
  readonly fake?: OpenFakeDiscord;
  readonly world?: World;
  readonly vault?: Vault;
  readonly patience?: Partial<Patience>;
  readonly deps?: Partial<DiscordDeps>;
  readonly stop?: () => Promise<void>;
}

/** A world in which nobody waits: who sleeps wakes at once, and the clock has moved that far. */
export function makeLeapingWorld(at = '2026-11-23T09:00:00.000Z'): { readonly world: World; readonly slept: number[] } {
  let now = at as Instant;
  const slept: number[] = [];
  const world: World = {
    ...openClock(),
    now: () => now,
    roll: () => 0.5,
    async sleepUntil(until, signal) {
      if (until <= now || signal?.aborted) return;
      slept.push(between(now, until));
      now = until;
    },
  };
  return { world, slept };
}

/** The test it is for; several may run at the same time. */
export type Finishing = Pick<TestContext, 'onTestFinished'>;

/** Sessions may follow each other at once; in these tests nobody waits for it. */
const QUICK: OpenFakeDiscord = { identifyEveryMs: 0 };
const PATIENCE: Patience = { identifyMs: 0, partMs: 500 };

/** Not opened yet. */
export async function makeScene({ onTestFinished }: Finishing, options: SceneOptions = {}): Promise<Scene> {
  const fake = await openFakeDiscord({ ...QUICK, ...options.fake });
  const guild = fake.addGuild('Acme');
  const channel = guild.addChannel('interview-practice');
  const ana = fake.addUser('Ana');
  fake.join(guild.id, ana.id, { admin: true });
  const world = options.world ?? openClock();
  const [log, vault, told] = [keepLog(), options.vault ?? makeVault(), keepTold()];
  const gaps: string[] = [];
  const deps: DiscordDeps = {
    world,
    log,
    vault,
    known: async () => undefined,
    paint: async () => undefined,
    fatal: (why) => told.say(`fatal ${why}`),
    token: secret(fake.token),
    applicationId: fake.applicationId,
    apiUrl: fake.apiUrl,
    content: true,
    ...options.deps,
  };
  const budget = openBudget(world);
  const gate = openGate({
    deps,
    budget,
    patience: { ...PATIENCE, ...options.patience },
    hears: {
      async onDeaf(since, teams) {
        gaps.push(since);
        told.say(`deaf ${teams?.join(' ') ?? 'everywhere'}`);
      },
      onServer: async (_, name) => told.say(`server ${name}`),
      onGone: async (team) => told.say(`gone ${team}`),
    },
    register(client) {
      client.ws.on('MESSAGE_CREATE' as never, (message: { readonly content: string }) =>
        told.say(`heard ${message.content}`),
      );
      return { stop: options.stop ?? (async () => {}) };
    },
  });
  onTestFinished(async () => {
    await gate.close();
    await fake.close();
  });
  return {
    fake,
    guild,
    channel,
    ana,
    gate,
    told,
    log,
    vault,
    deps,
    budget,
    gaps,
    shard: (at = 0) => fake.shards[at] as FakeShard,
    write: (text) => fake.hands.write(ana.id, channel.id, text),
  };
}

/** Opened; everything so far was told. */
export async function openScene(finishing: Finishing, options: SceneOptions = {}): Promise<Scene> {
  const scene = await makeScene(finishing, options);
  await scene.gate.open();
  await scene.told.until('server Acme');
  return scene;
}
