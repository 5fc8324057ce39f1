/** The lines of all shards, built on the client's own: what a listener makes of their events cannot break them. */
import {
  type IIdentifyThrottler,
  type IShardingStrategy,
  SimpleShardingStrategy,
  type GatewayReadyDispatchData,
  type WebSocketShardStatus,
} from 'discord.js';
import { PlatformError } from '../../../src/chat/adapter.ts';
import { type Log, plus } from '../../../src/chat/world.ts';
import { type Line, type LineDeps, openLine } from './line.ts';
import { isFinal, wordsForClose } from './refusal.ts';

/** The one of `@discordjs/ws`; discord.js has another under the same name. */
type Wiring = ConstructorParameters<typeof SimpleShardingStrategy>[0];

export interface ShardsDeps extends LineDeps {
  readonly log: Log;
  /** From our goodbye to Discord's, in ms; then a line is cut. */
  readonly partMs: number;
  /** Where sessions are begun. */
  address(): string;
  /** A session of this shard began; it names the servers there are. */
  onBegun(shard: number, servers: readonly string[]): void;
}

export interface Shards {
  /** What the client is given to build. */
  readonly ws: {
    buildStrategy(manager: Wiring): IShardingStrategy;
    buildIdentifyThrottler(): Promise<IIdentifyThrottler>;
  };
  line(id: number): Line | undefined;
}

export function openShards(deps: ShardsDeps): Shards {
  const lines = new Map<number, Line>();
  return {
    line: (id) => lines.get(id),
    ws: {
      buildStrategy: (manager) => buildStrategy(deps, manager, lines),
      buildIdentifyThrottler: async () => ({
        waitForIdentify: async (id, closed) => lines.get(id)?.turn(closed),
      }),
    },
  };
}

function buildStrategy(deps: ShardsDeps, manager: Wiring, lines: Map<number, Line>): IShardingStrategy {
  const strategy = new SimpleShardingStrategy(guard(manager, deps.log));
  keepSessions(deps, manager, strategy, lines);
  listen(deps, listenTo(manager), lines);
  return {
    spawn: (ids) => strategy.spawn(ids),
    connect: () => connect(listenTo(manager), strategy),
    destroy: (options) => end(deps, strategy, lines, options),
    send: (id, payload) => strategy.send(id, payload),
    fetchStatus: () => strategy.fetchStatus(),
  };
}

type Emit = (event: string, payload: unknown) => boolean;

/** The same, but that what its listeners throw goes no further: it would end the process. */
function guard(manager: Wiring, log: Log): Wiring {
  const emit = manager.emit.bind(manager) as unknown as Emit;
  const guarded: Emit = (event, payload) => {
    try {
      return emit(event, payload);
    } catch (error) {
      log.error('what Discord sent could not be taken in', { event, error });
      return true;
    }
  };
  return Object.create(manager, { emit: { value: guarded } }) as Wiring;
}

function keepSessions(
  deps: ShardsDeps,
  manager: Wiring,
  strategy: SimpleShardingStrategy,
  lines: Map<number, Line>,
): void {
  const { retrieveSessionInfo: read, updateSessionInfo: write } = manager.options;
  const lineOf = (id: number): Line => {
    const made =
      lines.get(id) ??
      openLine(deps, id, {
        read: () => read(id),
        write: (session) => write(id, session),
        status: () => insideOf(strategy).get(id)?.status,
        address: deps.address,
      });
    lines.set(id, made);
    return made;
  };
  Object.assign(manager.options, {
    retrieveSessionInfo: (id: number) => lineOf(id).readSession(),
    updateSessionInfo: (id: number, session: Parameters<typeof write>[1]) => lineOf(id).writeSession(session),
  });
}

/** What is told of each shard; the client's own names for it are hidden behind those of discord.js. */
interface Told {
  readonly hello: object;
  readonly dispatch: object;
  readonly heartbeat: object;
  readonly ready: { readonly data: GatewayReadyDispatchData };
  readonly resumed: object;
  readonly closed: { readonly code: number };
}
type On = <E extends keyof Told>(event: E, hear: (told: Told[E] & { readonly shardId: number }) => void) => void;

const listenTo = (manager: Wiring): On => manager.on.bind(manager) as unknown as On;

function listen({ onBegun }: ShardsDeps, on: On, lines: ReadonlyMap<number, Line>): void {
  on('hello', ({ shardId }) => lines.get(shardId)?.greet());
  on('dispatch', ({ shardId }) => lines.get(shardId)?.hear());
  on('heartbeat', ({ shardId }) => lines.get(shardId)?.hear());
  on('ready', ({ data, shardId }) =>
    onBegun(
      shardId,
      data.guilds.map(({ id }) => id),
    ),
  );
}

/** The client's own promise gives up at a passing failure, though it goes on to open lines: here only a final one counts. */
function connect(on: On, strategy: SimpleShardingStrategy): Promise<void> {
  const waiting = new Set(insideOf(strategy).keys());
  return new Promise((resolve, reject) => {
    const settle = ({ shardId }: { readonly shardId: number }): void => {
      waiting.delete(shardId);
      if (waiting.size === 0) resolve();
    };
    on('ready', settle);
    on('resumed', settle);
    on('closed', ({ code }) => {
      if (isFinal(code)) reject(new PlatformError(wordsForClose(code)));
    });
    strategy.connect().catch(() => {});
  });
}

type EndOptions = Parameters<IShardingStrategy['destroy']>[0];

async function end(
  { world, partMs }: ShardsDeps,
  strategy: SimpleShardingStrategy,
  lines: ReadonlyMap<number, Line>,
  options: EndOptions,
): Promise<void> {
  for (const line of lines.values()) line.end();
  const sockets = [...insideOf(strategy).values()].map(({ connection }) => connection);
  const waiting = new AbortController();
  const parted = strategy.destroy(options).catch(() => {});
  await Promise.race([parted, world.sleepUntil(plus(world.now(), partMs), waiting.signal)]);
  waiting.abort();
  for (const socket of sockets) cut(socket);
}

interface Socket {
  on(event: 'error', hear: () => void): void;
  terminate(): void;
}
interface Inside {
  readonly status: WebSocketShardStatus;
  readonly connection: Socket | null;
}

/** The client tells nobody its shards, leaves a socket that is not open yet to itself, and waits half a minute for a goodbye. */
const insideOf = (strategy: SimpleShardingStrategy): ReadonlyMap<number, Inside> =>
  (strategy as unknown as { readonly shards: ReadonlyMap<number, Inside> }).shards;

function cut(socket: Socket | null): void {
  // One that is cut while it is opened fails, with nobody listening.
  socket?.on('error', () => {});
  socket?.terminate();
}
