/** One connection of Socket Mode, by Slack's own client: opened once, never reopened; acknowledges where it was asked. */
import type { Logger } from '@slack/logger';
import { SocketModeClient } from '@slack/socket-mode';
import type { Secret } from '../../src/chat/adapter.ts';
import { type Log, type World, plus } from '../../src/chat/world.ts';
import { makeLogger } from './logger.ts';
import type { Take } from './ports.ts';
import { Goodbye } from './refusal.ts';
import { isRecord } from './stranger.ts';

/** Milliseconds. */
export interface Patience {
  /** From asking for a connection to its hello. */
  readonly helloMs: number;
  /** Without an answer to our pings. */
  readonly pongMs: number;
  /** Without a ping of Slack's. */
  readonly pingMs: number;
  /** From Slack's word that it will close a connection until we do; it says so ten seconds ahead. */
  readonly partMs: number;
  /** From our close to Slack's; then the line is cut. */
  readonly closeMs: number;
}

export interface ConnectionDeps {
  readonly appToken: Secret;
  readonly apiUrl: string;
  readonly take: Take;
  readonly world: World;
  readonly log: Log;
  readonly patience: Patience;
}

export interface Connection {
  /** Resolves with Slack's hello. Rejects when there will be none. */
  readonly hello: Promise<void>;
  /** Resolves once Slack has said why it will close this connection, or it is closed without a word (`lost`). */
  readonly parting: Promise<string>;
  /** Resolves when it carries nothing any more. */
  readonly gone: Promise<void>;
  /** Answers what is under way, then closes. Resolves when it is gone. */
  end(how?: 'takes no more'): Promise<void>;
}

/** What Slack's client hands over for each envelope. */
interface Arrived {
  readonly ack: (body?: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly type: string;
  readonly body: unknown;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

export function openConnection(deps: ConnectionDeps): Connection {
  const stop = new AbortController();
  const client = makeClient(deps, stop.signal);
  const { parting, gone } = watchEnd(client);
  const underWay = new Set<Promise<void>>();
  let takes = true;
  let ending: Promise<void> | undefined;

  readFrames(client, deps.log, parting.resolve);
  client.on('slack_event', (arrived: Arrived) => {
    if (!takes) return;
    const work = answer(deps, arrived).finally(() => underWay.delete(work));
    underWay.add(work);
  });
  const end = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
    takes = false;
    stop.abort();
    await shut(client, gone.promise, deps);
  };
  const started = start(client, stop.signal, gone.resolve);
  return {
    hello: Promise.race([started, untilRefused(client, parting.promise, started)]),
    parting: parting.promise,
    gone: gone.promise,
    end: (how) => {
      if (how !== undefined) takes = false;
      return (ending ??= end());
    },
  };
}

/** Rejects with a goodbye that comes before the hello. */
async function untilRefused(client: SocketModeClient, parting: Promise<string>, started: Promise<void>): Promise<void> {
  let greeted = false;
  client.on('connected', () => (greeted = true));
  const reason = await parting;
  if (reason !== LOST && !greeted) throw new Goodbye(reason);
  await started;
}

/** How a connection ends that Slack said nothing about. */
const LOST = 'lost';

function watchEnd(client: SocketModeClient) {
  const parting = Promise.withResolvers<string>();
  const gone = Promise.withResolvers<void>();
  client.on('disconnected', () => {
    parting.resolve(LOST);
    gone.resolve();
  });
  return { parting, gone };
}

async function start(client: SocketModeClient, stop: AbortSignal, onFailed: () => void): Promise<void> {
  let cause: unknown;
  client.on('error', (error: unknown) => (cause = error));
  // The client goes on to open a socket even when it was stopped while it asked for the address.
  client.on('connecting', () => {
    if (stop.aborted) queueMicrotask(() => void client.disconnect());
  });
  try {
    await client.start();
  } catch (error) {
    onFailed();
    // A socket that closes before its hello ends the start with no error at all.
    const why = error ?? cause;
    throw why instanceof Error ? why : new Error('the connection closed before Slack said hello', { cause: why });
  }
}

async function shut(client: SocketModeClient, gone: Promise<void>, { world, patience }: ConnectionDeps): Promise<void> {
  const waiting = new AbortController();
  void client.disconnect();
  await Promise.race([gone, world.sleepUntil(plus(world.now(), patience.closeMs), waiting.signal)]);
  waiting.abort();
  // Asked a second time it no longer waits for the other side.
  await client.disconnect();
}

function makeClient({ appToken, apiUrl, log, patience }: ConnectionDeps, stop: AbortSignal): SocketModeClient {
  return new SocketModeClient({
    appToken: appToken.reveal(),
    // Its own reconnecting leaves five seconds deaf, drops rejections nobody can catch, and gives up without a word.
    autoReconnectEnabled: false,
    clientPingTimeout: patience.pongMs,
    serverPingTimeout: patience.pingMs,
    logger: makeQuietLogger(log, stop),
    clientOptions: {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 10_000,
      fetch: (url, init) => fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, stop]) : stop }),
    },
  });
}

/** Its errors reach us as errors, and are told once; nothing is told of what we ended ourselves. */
function makeQuietLogger(log: Log, stop: AbortSignal): Logger {
  const loud = makeLogger(log, 'socket');
  return { ...loud, error: () => {}, warn: (...said) => (stop.aborted ? undefined : loud.warn(...said)) };
}

/**
 * Stands between the socket and the client's own reading. A goodbye is told to `onParting` and kept from the client, which
 * would close at once, under answers that are on their way. What the client fails to read is logged, not thrown at nobody.
 */
function readFrames(client: SocketModeClient, log: Log, onParting: (reason: string) => void): void {
  type Read = (data: unknown, isBinary: boolean) => Promise<void> | void;
  const reads = client.listeners('ws_message') as Read[];
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const reason = partingReason(data);
    if (reason !== undefined) return onParting(reason);
    for (const read of reads)
      (async () => read(data, isBinary))().catch((error: unknown) =>
        log.warn('a Slack frame is unreadable', { error }),
      );
  });
}

function partingReason(data: unknown): string | undefined {
  if (typeof data !== 'string' || !/"type"\s*:\s*"disconnect"/.test(data)) return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    // Only at the top: a person may have written the same words.
    if (!isRecord(frame) || frame['type'] !== 'disconnect') return undefined;
    return typeof frame['reason'] === 'string' ? frame['reason'] : 'unknown';
  } catch {
    return undefined;
  }
}

async function answer(
  { take, log, world }: ConnectionDeps,
  { ack, type, body, retry_num, retry_reason }: Arrived,
): Promise<void> {
  if (!isRecord(body)) return log.warn('a Slack envelope without a body', { type });
  const reason = retry_reason ? { reason: retry_reason } : {};
  const retry = retry_num === undefined || retry_num === 0 ? {} : { retry: { count: retry_num, ...reason } };
  let taken;
  try {
    taken = await take({ body, ...retry });
  } catch {
    // The take has logged it. Nothing was committed: unanswered, an event comes again.
    return;
  }
  try {
    await (taken === '' ? ack() : ack(taken));
    await world.point('acked');
  } catch (error) {
    log.warn('an answer came too late: its connection had closed; an event will come again', { type, error });
  }
}
