/** Builds every part, joins them, and takes them down again. Run it and Greenroom runs. */
import { isDeepStrictEqual } from 'node:util';
import { buildDeck } from './bank/deck.ts';
import { type LoadedBank, loadBank } from './bank/load.ts';
import { PlatformError } from './chat/adapter.ts';
import type { Log } from './chat/world.ts';
import { type Config, ConfigError, environment, loadKey, readConfig } from './config.ts';
import { allHeard, type MovableWorld, openClock } from './core/clock.ts';
import type { Core, Questions } from './core/core.ts';
import { type Engine, openEngine } from './core/engine.ts';
import { embeddedJobs } from './core/jobs.ts';
import { features } from './features/index.ts';
import { makeLog, redactText } from './log.ts';
import { openPlatforms, type PlatformParts, type Platforms } from './platforms.ts';
import { startHeartbeat } from './schedule/heartbeat.ts';
import { leaveHostZone } from './schedule/host-zone.ts';
import { type Listening, openSite } from './serve.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open.ts';
import { type Store, StoreError } from './store/store.ts';

export interface Greenroom {
  readonly url: string;
  /** Rejects with a PlatformError when a platform will not have us any more; never resolves. */
  readonly ended: Promise<never>;
  stop(): Promise<void>;
}

/** Start everything. Rejects with ConfigError, PlatformError or StoreError in words for the person who runs it. */
export async function serve(
  config: Config,
  zone: string,
  log: Log,
  world: MovableWorld = openClock(),
): Promise<Greenroom> {
  await loadKey(config);
  const store = await openStore(config.databaseUrl, { log, alone: true, gather: allHeard });
  try {
    return await run(config, { world, store, log, zone });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function run(config: Config, given: Omit<PlatformParts, 'engine' | 'fatal'>): Promise<Greenroom> {
  const { world, store, log } = given;
  const { applied } = await migrate(store);
  if (applied.length > 0) log.info('database prepared', { applied });
  const library = await openLibrary(config, log);
  const { ended, fatal } = endings(log);
  const platforms = await openPlatforms(config, { ...given, engine: () => engine, fatal });
  const engine: Engine = openEngine(coreOf(config, { world, store, log, library, platforms }));

  const site = await openSite({
    host: config.host,
    port: config.port,
    log,
    ready: () => store.health(),
    http: platforms.http,
  });
  await startOrClose(engine, site);
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
    ended,
    async stop() {
      await heartbeat.stop();
      await engine.stop();
      await site.close();
      await store.close();
    },
  };
}

/** A platform that will not have us leaves nothing open behind. */
async function startOrClose(engine: Engine, site: Listening): Promise<void> {
  try {
    await engine.start();
  } catch (error) {
    await engine.stop();
    await site.close();
    throw error;
  }
}

/** What a platform says when it will never have us again, as a promise that rejects with it. */
function endings(log: Log): { ended: Promise<never>; fatal: (why: string) => void } {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  // Nobody may be listening yet, or any more.
  ended.catch(() => undefined);
  const fatal = (why: string): void => {
    log.error('a platform will not have us any more', { why });
    reject(new PlatformError(why));
  };
  return { ended, fatal };
}

interface Parts {
  readonly world: MovableWorld;
  readonly store: Store;
  readonly log: Log;
  readonly library: Library;
  readonly platforms: Platforms;
}

const coreOf = (config: Config, { world, store, log, library, platforms }: Parts): Core => ({
  store,
  world,
  log,
  jobs: embeddedJobs(world, (error) => log.error('a queue stumbled and goes on', { error })),
  words: { practice: config.command, mock: config.mockCommand },
  features,
  chats: platforms.chats,
  questions: library.current,
});

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
      const isSame =
        isDeepStrictEqual(bank.questions, questions.bank.questions) &&
        isDeepStrictEqual(bank.scenarios, questions.bank.scenarios);
      if (!isSame) questions = shelve(bank);
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
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    await Promise.race([asked, greenroom.ended]);
  } finally {
    await greenroom.stop();
  }
}

/** Exit codes: 0 stopped, 2 the configuration or what a platform was told needs attention, 3 it could not start. */
export function explainStart(error: unknown): { readonly text: string; readonly code: 2 | 3 } {
  if (error instanceof ConfigError || error instanceof PlatformError) return { text: error.message, code: 2 };
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
