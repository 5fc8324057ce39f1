/** A fake Discord in another process, as its users see it: the face of `types.ts`, with a promise wherever something is read. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Address, ChannelSeen, GuildSeen, Told, Verb, Verbs } from './desk.ts';
import type { OpenFakeDiscord } from './index.ts';
import type { FakeCall, FakeDiscord, FakeHands, FakeMessage, FakeModal, FakeUser } from './types.ts';

type Asks<V extends Verb> = (...args: Parameters<Verbs[V]>) => Promise<Awaited<ReturnType<Verbs[V]>>>;

export interface RemoteGuild extends GuildSeen {
  addChannel(name: string, kind?: 'text' | 'forum'): Promise<ChannelSeen>;
  channels(): Promise<readonly ChannelSeen[]>;
  change(...args: Parameters<Verbs['changeGuild']> extends [string, ...infer Rest] ? Rest : never): Promise<void>;
}

export interface RemoteDiscord extends Address {
  readonly clock: { now(): Promise<number>; advance(ms: number): Promise<void> };
  /** Files in messages come without their bytes. */
  readonly hands: { readonly [H in Exclude<keyof FakeHands, 'dismiss'>]: FakeHands[H] } & {
    dismiss(user: string): Promise<void>;
  };
  addGuild(...args: Parameters<Verbs['addGuild']>): Promise<RemoteGuild>;
  readonly addGuilds: Asks<'addGuilds'>;
  /** Those that are there already. */
  guilds(): Promise<readonly RemoteGuild[]>;
  addUser(...args: Parameters<FakeDiscord['addUser']>): Promise<FakeUser>;
  readonly join: Asks<'join'>;
  readonly overwrite: Asks<'overwrite'>;
  dm(user: string): Promise<ChannelSeen>;
  channel(id: string): Promise<ChannelSeen>;
  visible(user: string, channel: string): Promise<readonly FakeMessage[]>;
  modal(user: string): Promise<FakeModal | undefined>;
  posted(): Promise<readonly FakeMessage[]>;
  threads(): Promise<readonly ChannelSeen[]>;
  calls(): Promise<readonly FakeCall[]>;
  readonly times: Asks<'times'>;
  fault(...args: Parameters<FakeDiscord['fault']>): Promise<void>;
  release(): Promise<void>;
  shards(): Promise<readonly { readonly open: boolean }[]>;
  /** `at` as in `shards()`: `onShard(0, 'close', 4000)`. */
  readonly onShard: Asks<'onShard'>;
  ready(count: number): Promise<void>;
  refuseGateway(refused: boolean): Promise<void>;
  readonly refuseIdentify: Asks<'refuseIdentify'>;
  readonly gateway: Asks<'gateway'>;
  readonly setGateway: Asks<'setGateway'>;
  readonly burst: Asks<'burst'>;
  complaints(): Promise<readonly string[]>;
  /** Ends the process, when it was started here. */
  close(): Promise<void>;
}

type Ask = <V extends Verb>(verb: V, ...args: Parameters<Verbs[V]>) => ReturnType<Asks<V>>;

function askAt(deskUrl: string): Ask {
  const ask = async (verb: Verb, ...args: readonly unknown[]): Promise<unknown> => {
    const answer = await fetch(`${deskUrl}${verb}`, { method: 'POST', body: JSON.stringify({ args }) });
    const told = (await answer.json()) as Told;
    if ('error' in told) throw new Error(told.error);
    return told.value;
  };
  return ask as Ask;
}

const handsAt = (ask: Ask): RemoteDiscord['hands'] =>
  new Proxy({} as RemoteDiscord['hands'], {
    get:
      (_, name: keyof FakeHands) =>
      (...args: readonly unknown[]) =>
        ask('hands', name, args),
  });

const guildAt = (ask: Ask, seen: GuildSeen): RemoteGuild => ({
  ...seen,
  addChannel: (name, kind) => ask('addChannel', seen.id, name, kind),
  channels: () => ask('channels', seen.id),
  change: (facts) => ask('changeGuild', seen.id, facts),
});

/** Verbs that are asked for as they are. */
const PLAIN = [
  'addGuilds',
  'addUser',
  'join',
  'overwrite',
  'dm',
  'channel',
  'visible',
  'modal',
  'posted',
  'threads',
  'calls',
  'times',
  'fault',
  'release',
  'shards',
  'onShard',
  'ready',
  'refuseGateway',
  'refuseIdentify',
  'gateway',
  'setGateway',
  'burst',
  'complaints',
] as const satisfies readonly Verb[];

type Plain = Pick<RemoteDiscord, (typeof PLAIN)[number]>;

function plainAt(ask: Ask): Plain {
  const asking = (verb: Verb) => [verb, (...args: never) => ask(verb, ...(args as Parameters<Verbs[Verb]>))] as const;
  return Object.fromEntries(PLAIN.map(asking)) as unknown as Plain;
}

/** To a fake that runs already. */
export function reachFakeDiscord(address: Address, close: () => Promise<void> = async () => {}): RemoteDiscord {
  const ask = askAt(address.deskUrl);
  return {
    ...address,
    ...plainAt(ask),
    clock: { now: () => ask('now'), advance: (ms) => ask('advance', ms) },
    hands: handsAt(ask),
    addGuild: async (...args) => guildAt(ask, await ask('addGuild', ...args)),
    guilds: async () => (await ask('guilds')).map((seen) => guildAt(ask, seen)),
    close,
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the fake has no standard output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the fake Discord ended before it said where it is');
}

/** Starts it as a process of its own; it ends with `close`, or with this process. */
export async function startFakeDiscord(options: OpenFakeDiscord = {}): Promise<RemoteDiscord> {
  const program = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const address = JSON.parse(await firstLine(child)) as Address;
  return reachFakeDiscord(address, async () => {
    const gone = once(child, 'exit');
    child.stdin.end();
    await gone;
  });
}
