/** Builds every part, joins them, and takes them down again. Run it and Greenroom runs. */
import { isDeepStrictEqual } from 'node:util';
import { connectLocal, type Local } from '../adapters/local/index.ts';
import { buildDeck } from './bank/deck.ts';
import { type LoadedBank, loadBank } from './bank/load.ts';
import type { Chat } from './chat/chat.ts';
import type { Platform } from './chat/ids.ts';
import type { Log } from './chat/world.ts';
import { type Config, ConfigError, loadKey, readConfig } from './config.ts';
import { type MovableWorld, openClock } from './core/clock.ts';
import type { Core, Questions } from './core/core.ts';
import { type Engine, openEngine } from './core/engine.ts';
import { embeddedJobs } from './core/jobs.ts';
import { features } from './features/index.ts';
import { handClock, restoreClock } from './hand-clock.ts';
import { makeLog } from './log.ts';
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

/** Start everything. Rejects with ConfigError or StoreError in words for the person who runs it. */
export async function serve(config: Config, zone: string, log: Log): Promise<Greenroom> {
  await loadKey(config);
  const store = await openStore(config.databaseUrl, { log });
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
  let engine: Engine | undefined;
  const started = (): Engine => {
    if (!engine) throw new Error('the engine is not there yet');
    return engine;
  };
  const local = config.local ? await openLocal({ world, store, log, zone, engine: started }) : undefined;
  engine = openEngine(coreOf(config, { world, store, log, library, local }));

  const site = await openSite({
    host: config.host,
    port: config.port,
    log,
    ready: () => store.health(),
    http: local?.http,
  });
  await engine.start();
  const heartbeat = startHeartbeat(
    async () => {
      await store.recover();
      await library.reload();
      await started().beat();
    },
    (error) => log.error('the heartbeat failed', { error }),
  );
  return {
    url: site.url,
    async stop() {
      await heartbeat.stop();
      await started().stop();
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

/** What a person sees who starts Greenroom by hand; the log goes beside it. */
function greet(url: string, isLocal: boolean): void {
  process.stdout.write(
    isLocal
      ? `\n  Greenroom is open: ${url}\n  Stop it with Ctrl+C.\n\n`
      : `Greenroom runs; health at ${url}/healthz\n`,
  );
}

/** Exit codes: 0 stopped, 2 the configuration needs attention, 3 it could not start. */
async function main(): Promise<void> {
  const zone = leaveHostZone(process.env);
  const config = readConfig(process.env);
  const isByHand = process.stdout.isTTY && process.env['LOG_LEVEL'] === undefined;
  const log = makeLog(isByHand ? 'warn' : config.logLevel);
  const greenroom = await serve(config, zone, log);
  greet(greenroom.url, config.local);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void greenroom.stop().then(() => process.exit(0));
    });
  }
}

export function explainStart(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof ConfigError) return { text: error.message, code: 2 };
  if (error instanceof StoreError) return { text: error.message, code: 3 };
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return { text: 'The port is taken. Stop what uses it, or choose another one: PORT=3001 npm start', code: 3 };
  }
  return {
    text: `Greenroom could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    code: 3,
  };
}

if (process.argv[1] === import.meta.filename) {
  main().catch((error: unknown) => {
    const { text, code } = explainStart(error);
    process.stderr.write(`${text}\n`);
    process.exit(code);
  });
}
