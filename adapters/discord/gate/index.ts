/** The connection to Discord's gateway, by the real client: opened in words or not at all, kept open, and closed without a rest. */
import { type Client, Events } from 'discord.js';
import { PlatformError } from '../../../src/chat/adapter.ts';
import type { TeamId } from '../../../src/chat/ids.ts';
import type { DiscordDeps, Gate, GateHears } from '../ports.ts';
import type { RefusalBudget } from './budget.ts';
import { makeClient } from './client.ts';
import { askGateway } from './gateway.ts';
import { type Identifies, openIdentifies } from './identifies.ts';
import { addressProblem, NO_TOKEN, TOKEN_GONE } from './refusal.ts';
import { openServers, type Servers } from './servers.ts';
import { openShards } from './shards.ts';
import { watch } from './watch.ts';
import { openWire, type Wire } from './wire.ts';

export { openBudget } from './budget.ts';

export interface GateOptions {
  readonly deps: DiscordDeps;
  readonly budget: RefusalBudget;
  readonly hears: GateHears;
  /** Takes from the client what it wants to hear, before anything is. `stop` then waits for what is under way. */
  register(client: Client<true>): { stop(): Promise<void> } | void;
  readonly patience?: Partial<Patience>;
}

/** Milliseconds. */
export interface Patience {
  /** Between the beginnings of two sessions. */
  readonly identifyMs: number;
  /** From our goodbye to Discord's; then the line is cut. */
  readonly partMs: number;
}
const PATIENCE: Patience = { identifyMs: 5_250, partMs: 2_000 };

export interface OpenGate extends Gate {
  /** Which servers we are in; whole once `open` has resolved. */
  servers(): readonly TeamId[];
}

/** All there is of a gate. */
interface Parts extends GateOptions {
  readonly client: Client<true>;
  readonly wire: Wire;
  readonly servers: Servers;
  readonly identifies: Identifies;
  readonly stop: AbortController;
  /** Rejects when Discord will not have us, or the gate is closed. */
  readonly ended: PromiseWithResolvers<never>;
  /** Said before it was open it is `open` that rejects; later it is told as fatal. */
  onEnd(why: string): void;
}

export function openGate(options: GateOptions): OpenGate {
  const parts = makeParts(options);
  const { client, servers } = parts;
  const listening = options.register(client);
  let closing: Promise<void> | undefined;
  return {
    client,
    servers: servers.all,
    open: () => open(parts),
    close: () => (closing ??= close(parts, listening ?? undefined)),
  };
}

function makeParts(options: GateOptions): Parts {
  const { deps, budget, hears, patience } = options;
  const { world, log, vault, applicationId } = deps;
  const { identifyMs, partMs } = { ...PATIENCE, ...patience };
  const stop = new AbortController();
  const ended = Promise.withResolvers<never>();
  // Nobody may be waiting for it.
  ended.promise.catch(() => {});
  let isOver = false;
  const onEnd = (why: string): void => {
    if (isOver || stop.signal.aborted) return;
    isOver = true;
    ended.reject(new PlatformError(why));
    if (client.isReady()) deps.fatal(why);
  };
  const wire = openWire({ budget, onRefused: () => client.isReady() && onEnd(TOKEN_GONE) });
  const identifies = openIdentifies({ world, log, vault, applicationId, everyMs: identifyMs });
  const shards = openShards({
    world,
    log,
    identifies,
    partMs,
    address: () => wire.held()?.url ?? '',
    onBegun: (shard, there) => servers.begun(shard, there),
  });
  const client = makeClient({ deps, send: wire.send, ws: shards.ws });
  const servers = openServers({ client, hears, world, log });
  watch({ client, log, servers, shards, stop: stop.signal, onEnd });
  return { ...options, client, wire, servers, identifies, stop, ended, onEnd };
}

async function open(parts: Parts): Promise<void> {
  const { deps, client, wire, identifies, stop, ended } = parts;
  const { world, log } = deps;
  const token = readToken(deps);
  const ready = new Promise<void>((resolve) => void client.once(Events.ClientReady, () => resolve()));
  client.rest.setToken(token);
  const facts = await askGateway({ rest: client.rest, world, log, stop: stop.signal });
  const { total, max_concurrency: places } = facts.session_start_limit;
  await identifies.open({ total, places: Math.max(1, places) });
  stop.signal.throwIfAborted();
  wire.hold(facts);
  try {
    await Promise.race([client.login(token), ended.promise]);
    await Promise.race([ready, ended.promise]);
  } catch (error) {
    await client.destroy();
    throw error;
  } finally {
    wire.release();
  }
}

/** Throws PlatformError before the token is sent anywhere it must not go. */
function readToken({ apiUrl, token }: DiscordDeps): string {
  const problem = addressProblem(apiUrl);
  if (problem !== undefined) throw new PlatformError(problem);
  const text = token
    .reveal()
    .trim()
    .replace(/^Bot\s+/i, '');
  if (!/^[\w.-]+$/.test(text)) throw new PlatformError(NO_TOKEN);
  return text;
}

async function close({ client, servers, stop, ended }: Parts, listening?: { stop(): Promise<void> }): Promise<void> {
  await listening?.stop();
  await servers.stop();
  stop.abort(new Error('Closed before Discord was ready.'));
  ended.reject(new Error('Closed before Discord was ready.'));
  await client.destroy();
}
