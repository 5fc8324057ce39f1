/** Builds every part, joins them, and takes them down again. Run it and Greenroom runs. */
import { isDeepStrictEqual } from 'node:util';
import { connectLocal, type Local } from '../adapters/local/index.ts';
import { buildDeck } from './bank/deck.ts';
import { type LoadedBank, loadBank } from './bank/load.ts';
import type { Chat } from './chat/chat.ts';
import type { Platform } from './chat/ids.ts';
import type { Log } from './chat/world.ts';
import { type Config, ConfigError, environment, loadKey, readConfig } from './config.ts';
import { type MovableWorld, openClock } from './core/clock.ts';
import type { Core, Questions } from './core/core.ts';
import { type Engine, openEngine } from './core/engine.ts';
import { embeddedJobs } from './core/jobs.ts';
import { features } from './features/index.ts';
import { handClock, restoreClock } from './hand-clock.ts';
import { makeLog, redactText } from './log.ts';
import { startHeartbeat } from './schedule/heartbeat.ts';
import { leaveHostZone } from './schedule/host-zone.ts';
import { openSite } from './serve.ts';
import { localStore } from './store/local.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open.ts';
import { type Store, StoreError } from './store/store.ts';

export interface Greenroom {
  readonly url: string;
  stop(): Promise<void>;
}

const NO_PLATFORM = {
  variable: 'SLACK_BOT_TOKEN, DISCORD_TOKEN',
  problem: 'set, but this version speaks to no platform yet; unset them, or set GREENROOM_LOCAL=1 for the local chat',
};

/** Start everything. Rejects with ConfigError or StoreError in words for the person who runs it. */
export async function serve(config: Config, zone: string, log: Log): Promise<Greenroom> {
  if (!config.local) throw new ConfigError([NO_PLATFORM]);
  await loadKey(config);
  const store = await openStore(config.databaseUrl, { log, alone: true });
  try {
    return await run(config, zone, log, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function run(config: Config, zone: string, log: Log, store: Store): Promise<Greenroom> {
  const { applied } = await migrate(store);
  if (applied.length > 0) log.info('database prepared', { applied });
  const world = openClock();
  const library = await openLibrary(config, log);
  const local = config.local ? await openLocal({ world, store, log, zone, engine: () => engine }) : undefined;
  const engine: Engine = openEngine(coreOf(config, { world, store, log, library, local }));

  const site = await openSite({
    host: config.host,
    port: config.port,
    log,
    ready: () => store.health(),
    http: local?.http,
  });
  await engine.start();
  void store.recover();
  const heartbeat = startHeartbeat(
    async () => {
      await store.recover();
      await library.reload();
      await engine.beat();
    },
    (error) => log.error('the heartbeat failed', { error }),
  );
  return {
    url: site.url,
    async stop() {
      await heartbeat.stop();
      await engine.stop();
      await site.close();
      await store.close();
    },
  };
}

interface Parts {
  readonly world: MovableWorld;
  readonly store: Store;
  readonly log: Log;
}

function coreOf(
  config: Config,
  { world, store, log, library, local }: Parts & { library: Library; local: Local | undefined },
): Core {
  const chats = new Map<Platform, Chat>();
  if (local) chats.set('local', local.chat);
  return {
    store,
    world,
    log,
    jobs: embeddedJobs(world, (error) => log.error('a queue stumbled and goes on', { error })),
    words: { practice: config.command, mock: config.mockCommand },
    features,
    chats,
    questions: library.current,
  };
}

async function openLocal({
  world,
  store,
  log,
  zone,
  engine,
}: Parts & { zone: string; engine: () => Engine }): Promise<Local> {
  const memory = localStore(store);
  await restoreClock(world, memory);
  return connectLocal({ world, log, store: memory, clock: handClock(world, memory, engine), zone });
}

interface Library {
  current(): Questions;
  /** Read what changed in the folder; the bank and the deck are swapped together. */
  reload(): Promise<void>;
}

async function openLibrary(config: Config, log: Log): Promise<Library> {
  const read = async (previous?: LoadedBank): Promise<LoadedBank> =>
    loadBank(config.contentDir, previous ? { previous } : {});
  const shelve = (bank: LoadedBank): Questions => {
    const errors = bank.problems.filter(({ severity }) => severity === 'error');
    for (const { file, line, problem } of errors) log.warn('a question pack has a problem', { file, line, problem });
    if (bank.questions.length === 0)
      log.warn('there are no questions; nothing can be asked', { folder: config.contentDir });
    log.info('questions loaded', {
      packs: bank.packs,
      questions: bank.questions.length,
      problems: bank.problems.length,
    });
    return { bank, deck: buildDeck(bank) };
  };
  let questions = shelve(await read());
  return {
    current: () => questions,
    async reload() {
      const bank = await read(questions.bank);
      if (!isDeepStrictEqual(bank.questions, questions.bank.questions)) questions = shelve(bank);
    },
  };
}

/** What a person sees who starts Greenroom. */
const greeting = (url: string, isLocal: boolean): string =>
  isLocal ? `\n  Greenroom is open: ${url}\n  Stop it with Ctrl+C.\n\n` : `Greenroom runs; health at ${url}/healthz\n`;

/** Serve until a signal asks to stop. `live`: somebody sits before it, and wants to read only what matters. */
export async function stayOpen(
  config: Config,
  zone: string,
  terminal: { live: boolean; out(text: string): void },
): Promise<void> {
  const greenroom = await serve(config, zone, makeLog(terminal.live ? 'warn' : config.logLevel));
  terminal.out(greeting(greenroom.url, config.local));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await greenroom.stop();
}

/** Exit codes: 0 stopped, 2 the configuration needs attention, 3 it could not start. */
export function explainStart(error: unknown): { readonly text: string; readonly code: 2 | 3 } {
  if (error instanceof ConfigError) return { text: error.message, code: 2 };
  if (error instanceof StoreError) return { text: error.message, code: 3 };
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return { text: 'The port is taken. Stop what uses it, or choose another one: PORT=3001 npm start', code: 3 };
  }
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: redactText(`Greenroom could not start: ${said}`), code: 3 };
}

async function main(): Promise<void> {
  const zone = leaveHostZone(environment);
  const live = process.stdout.isTTY && environment['LOG_LEVEL'] === undefined;
  await stayOpen(readConfig(), zone, { live, out: (text) => void process.stdout.write(text) });
}

if (process.argv[1] === import.meta.filename) {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      const { text, code } = explainStart(error);
      process.stderr.write(`${text}\n`);
      process.exit(code);
    },
  );
}
