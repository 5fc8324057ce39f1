/** A team with a fake platform, the real core on a real store, and a clock that moves only when told. */
import { buildDeck } from '../../src/bank/deck.ts';
import { type LoadedBank, loadBank } from '../../src/bank/load.ts';
import type { Instant, PersonId, Platform } from '../../src/chat/ids.ts';
import type { Chat } from '../../src/chat/chat.ts';
import { instant, type Log, msOf, type World } from '../../src/chat/world.ts';
import type { Core } from '../../src/core/core.ts';
import { type Engine, openEngine } from '../../src/core/engine.ts';
import type { Feature } from '../../src/core/feature.ts';
import type { Jobs } from '../../src/core/jobs.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeChat } from './fake-chat.ts';
import { someoneOf, type Someone } from './someone.ts';
import { CHANNEL, MONDAY, TEAM } from './team.ts';

export { CHANNEL, MONDAY, TEAM };

export interface TestWorld {
  readonly chat: FakeChat;
  readonly core: Core;
  readonly engine: Engine;
  readonly store: Store;
  /** One line an event, as `[level, what, facts]`. */
  readonly logged: (readonly [string, string, unknown])[];
  now(): Instant;
  /** Jump to a time, then do what is due. */
  jump(to: string): Promise<void>;
  /** Go to a time, stopping at everything due on the way. */
  at(to: string): Promise<void>;
  settle(): Promise<void>;
  someone(name: string, facts?: { readonly admin?: boolean; readonly zone?: string }): Someone;
  /** The world's hook for steps between two effects; replace it to crash there. */
  point: (name: string) => void | Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly features: readonly Feature[];
  readonly at?: string;
  /** A database url; a new one in memory by default. */
  readonly url?: string;
  readonly bank?: LoadedBank;
  /** Begin with Ana, an admin, having a schedule in the channel: 09:00 Berlin, Mon–Fri. Default true. */
  readonly started?: boolean;
  /** A world that died on the same `url`: its platform, its time and its ids go on. */
  readonly after?: TestWorld;
}

let shipped: Promise<LoadedBank> | undefined;
const shippedBank = (): Promise<LoadedBank> => (shipped ??= loadBank('content'));

export async function openWorld(options: WorldOptions): Promise<TestWorld> {
  let now = (options.at ?? options.after?.now() ?? MONDAY) as Instant;
  const logged: (readonly [string, string, unknown])[] = [];
  const test = { point: (_name: string): void | Promise<void> => {} };
  const world = manualWorld(
    () => now,
    (name) => test.point(name),
    options.after?.core.world.newId(),
  );
  const store = await openStore(options.url ?? 'sqlite::memory:');
  await migrate(store);
  const chat = options.after?.chat ?? new FakeChat(world);
  const bank = options.bank ?? (await shippedBank());
  const deck = buildDeck(bank);
  const core: Core = {
    store,
    world,
    log: logInto(logged),
    jobs: noJobs,
    words: { practice: 'practice', mock: 'mock' },
    features: options.features,
    chats: new Map<Platform, Chat>([['local', chat]]),
    questions: () => ({ bank, deck }),
  };
  const engine = openEngine(core);
  await engine.start();
  const team: TestWorld = Object.assign(test, {
    chat,
    core,
    engine,
    store,
    logged,
    now: () => now,
    settle: () => engine.settle(),
    async jump(to: string) {
      now = instant(msOf(to as Instant));
      await engine.settle();
    },
    async at(to: string) {
      const target = instant(msOf(to as Instant));
      for (let next = await engine.nextDue(); next !== undefined && next <= target; next = await engine.nextDue()) {
        if (next > now) now = next;
        await engine.settle();
      }
      now = target;
      await engine.settle();
    },
    someone: (name: string, facts?: { readonly admin?: boolean; readonly zone?: string }) =>
      someoneOf(team, name, facts),
    close: () => store.close(),
  });
  if (options.started !== false && !options.after) await install(team);
  return team;
}

async function install(team: TestWorld): Promise<void> {
  const ana = { id: 'ana' as PersonId, name: 'Ana', admin: true };
  await team.chat.emit({
    kind: 'installed',
    id: 'installed',
    team: TEAM,
    at: team.now(),
    name: 'Test team',
    start: { channel: CHANNEL, person: ana, zone: 'Europe/Berlin' },
  });
  await team.settle();
}

/** Ids count up, chance is a fixed cycle: the same test runs the same way twice. */
function manualWorld(now: () => Instant, point: (name: string) => void | Promise<void>, lastId = 'id0'): World {
  let ids = Number(lastId.slice(2));
  let rolls = 0;
  return {
    now,
    newId: () => `id${String(++ids).padStart(8, '0')}`,
    roll: () => (rolls++ % 10) / 10,
    sleepUntil: () => new Promise(() => {}),
    point,
  };
}

const noJobs: Jobs = { enqueue: async () => {}, committed: () => {}, work: () => {}, stop: async () => {} };

const logInto = (lines: (readonly [string, string, unknown])[]): Log => ({
  info: (what, facts) => void lines.push(['info', what, facts]),
  warn: (what, facts) => void lines.push(['warn', what, facts]),
  error: (what, facts) => void lines.push(['error', what, facts]),
});
