/** Socket Mode: two connections from the start, each renewed on its own, so that one is open while the other is not. */
import { PlatformError, type Secret } from '../../src/chat/adapter.ts';
import type { Instant } from '../../src/chat/ids.ts';
import { type Log, MINUTE, type World, plus } from '../../src/chat/world.ts';
import { type Connection, type Patience, openConnection } from './connection.ts';
import { type Pace, backOff, makePace } from './pace.ts';
import type { Line, Take } from './ports.ts';
import { Goodbye, adviceFor, readFailure } from './refusal.ts';

export interface SocketDeps {
  readonly appToken: Secret;
  /** `https://slack.com/api/` */
  readonly apiUrl: string;
  readonly take: Take;
  readonly world: World;
  readonly log: Log;
  /** Events come in again; from `since` until now nothing could. */
  onDeaf(since: Instant): Promise<void> | void;
  /** Slack will not have us back. Called once. */
  fatal(why: string): void;
  readonly patience?: Partial<Patience>;
}

const CONNECTIONS = 2;
const PATIENCE: Patience = { helloMs: 60_000, pongMs: 10_000, pingMs: 30_000, partMs: 10_000, closeMs: 2_000 };

interface Side {
  readonly deps: SocketDeps & { readonly patience: Patience };
  readonly pace: Pace;
  /** Aborts when no new connection shall be opened. */
  readonly stop: AbortController;
  readonly all: Set<Connection>;
  /** Those that said hello and are not gone. */
  readonly open: Set<Connection>;
  readonly first: PromiseWithResolvers<void>;
  /** Since when nothing is open. */
  deafSince?: Instant | undefined;
  heard: boolean;
}

export function openSocket(given: SocketDeps): Line {
  const deps = { ...given, patience: { ...PATIENCE, ...given.patience } };
  const side: Side = {
    deps,
    pace: makePace(deps.world),
    stop: new AbortController(),
    all: new Set(),
    open: new Set(),
    first: Promise.withResolvers<void>(),
    heard: false,
  };
  // It may be closed without ever having been opened.
  side.first.promise.catch(() => {});
  let keeping: Promise<void>[] = [];
  const close = async (): Promise<void> => {
    side.stop.abort();
    side.first.reject(new Error('Closed before Slack answered.'));
    await Promise.all([...side.all].map((connection) => connection.end('takes no more')));
    await Promise.all(keeping);
  };
  return {
    async open() {
      keeping = Array.from({ length: CONNECTIONS }, () => keep(side));
      await side.first.promise.catch(async (error: unknown) => {
        await close();
        throw error;
      });
    },
    close,
  };
}

/** Keeps one connection open until the line is stopped. Never rejects. */
async function keep(side: Side): Promise<void> {
  const { signal } = side.stop;
  for (let failures = 0, waitMs = 0; ; waitMs = Math.max(waitMs, backOff(failures, side.deps.world.roll()))) {
    await side.pace.turn({ waitMs, deaf: side.open.size === 0, signal });
    if (signal.aborted) return;
    const connection = add(side);
    const error = await failureOf(side, connection);
    if (error === undefined) {
      failures = 0;
      waitMs = await stay(side, connection);
    } else {
      failures += 1;
      void connection.end();
      weigh(side, error, failures);
      waitMs = error instanceof Goodbye ? advise(side, error.reason) : 0;
    }
  }
}

function add({ deps, all }: Side): Connection {
  const connection = openConnection(deps);
  all.add(connection);
  void connection.gone.then(() => all.delete(connection));
  return connection;
}

/** Undefined when it said hello in time. */
async function failureOf({ deps: { world, patience } }: Side, { hello }: Connection): Promise<unknown> {
  const waiting = new AbortController();
  const late = world.sleepUntil(plus(world.now(), patience.helloMs), waiting.signal);
  try {
    return await Promise.race([hello, late.then(() => new Error('no hello in time'))]);
  } catch (error) {
    return error ?? new Error('no hello');
  } finally {
    waiting.abort();
  }
}

/** Resolves when the connection should be replaced, with how long to wait before that, in ms. */
async function stay(side: Side, connection: Connection): Promise<number> {
  welcome(side, connection);
  const reason = await connection.parting;
  if (side.stop.signal.aborted) return 0;
  void retire(side, connection);
  return advise(side, reason);
}

/** Tells why a connection ends; how long another would be of no use, in ms. */
function advise({ deps: { log } }: Side, reason: string): number {
  const advice = adviceFor(reason);
  if (advice !== undefined) log.error(advice, { reason });
  else log[reason === 'lost' ? 'warn' : 'info']('a connection to Slack ends; another is opened', { reason });
  return advice === undefined ? 0 : MINUTE;
}

function welcome(side: Side, connection: Connection): void {
  const { world, log, onDeaf, patience } = side.deps;
  side.open.add(connection);
  void connection.gone.then(() => {
    side.open.delete(connection);
    if (side.open.size > 0 || side.stop.signal.aborted) return;
    log.warn('no connection to Slack is open');
    // A dead line is noticed only when a few pings have had no answer.
    side.deafSince ??= plus(world.now(), -2 * patience.pongMs);
  });
  log.info('connected to Slack', { connections: side.open.size });
  side.first.resolve();
  side.heard = true;
  const since = side.deafSince;
  side.deafSince = undefined;
  if (since !== undefined)
    (async () => onDeaf(since))().catch((error: unknown) => log.error('a gap could not be told', { error }));
}

/** Slack closes a connection a while after it has said so; until then it may still send there. */
async function retire({ deps, stop }: Side, connection: Connection): Promise<void> {
  const waiting = new AbortController();
  const { world, patience } = deps;
  const signal = AbortSignal.any([stop.signal, waiting.signal]);
  await Promise.race([world.sleepUntil(plus(world.now(), patience.partMs), signal), connection.gone]);
  waiting.abort();
  await connection.end();
}

function weigh(side: Side, error: unknown, failures: number): void {
  if (side.stop.signal.aborted) return;
  const failure = readFailure(error);
  if (failure.kind === 'passing') {
    if (failure.waitMs !== undefined) side.pace.hold(failure.waitMs);
    side.deps.log.warn('Slack gave no connection; it is asked again', { because: failure.what, failures });
    return;
  }
  side.stop.abort();
  if (side.heard) side.deps.fatal(failure.why);
  else side.first.reject(new PlatformError(failure.why));
}
