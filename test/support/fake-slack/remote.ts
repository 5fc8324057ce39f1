/** A fake Slack in another process, as its users see it: the face of `types.ts`, with a promise wherever something is read. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Address, ChannelSeen, Told, Verb, Verbs, WorkspaceFacts, WorkspaceSeen } from './desk.ts';
import type { FakeSlackOptions } from './index.ts';
import type { FakeCall, FakeHands, FakeMessage, FakeSlack, FakeUser, FakeView, FakeWorkspace } from './types.ts';
import type { Volley, VolleyTold } from './volley.ts';

export interface RemoteWorkspace extends WorkspaceSeen {
  addUser(...args: Parameters<FakeWorkspace['addUser']>): Promise<FakeUser>;
  addChannel(...args: Parameters<FakeWorkspace['addChannel']>): Promise<ChannelSeen>;
  channels(): Promise<readonly ChannelSeen[]>;
  dm(user: string): Promise<ChannelSeen>;
  visible(...args: Parameters<FakeWorkspace['visible']>): Promise<readonly FakeMessage[]>;
  /** Open modals, the top one last. */
  modals(user: string): Promise<readonly FakeView[]>;
  home(user: string): Promise<FakeView | undefined>;
}

export interface RemoteSlack extends Address {
  readonly clock: { now(): Promise<number>; advance(ms: number): Promise<void> };
  /** Files in messages come without their bytes. */
  readonly hands: FakeHands;
  addWorkspace(name: string, facts?: WorkspaceFacts): Promise<RemoteWorkspace>;
  /** One that is there already. */
  workspace(team: string): Promise<RemoteWorkspace>;
  calls(): Promise<readonly FakeCall[]>;
  callCount(): Promise<number>;
  callTimes(...args: Parameters<Verbs['callTimes']>): Promise<readonly number[]>;
  posted(team: string): Promise<readonly FakeMessage[]>;
  fault(...args: Parameters<FakeSlack['fault']>): Promise<void>;
  release(): Promise<void>;
  sendTo(requestUrl: string | undefined): Promise<void>;
  sockets(): Promise<readonly { readonly open: boolean }[]>;
  /** `at` as in `sockets()`. */
  onSocket(...args: Parameters<Verbs['onSocket']>): Promise<void>;
  socketsOpen(count: number): Promise<void>;
  /** Measured where the fake runs. */
  volley(volley: Volley): Promise<VolleyTold>;
  unacked(): Promise<number>;
  complaints(): Promise<readonly string[]>;
  /** Ends the process, when it was started here. */
  close(): Promise<void>;
}

type Ask = <V extends Verb>(verb: V, ...args: Parameters<Verbs[V]>) => Promise<Awaited<ReturnType<Verbs[V]>>>;

function askAt(deskUrl: string): Ask {
  return async (verb, ...args) => {
    const answer = await fetch(`${deskUrl}${verb}`, { method: 'POST', body: JSON.stringify({ args }) });
    const told = (await answer.json()) as Told;
    if ('error' in told) throw new Error(told.error);
    return told.value as never;
  };
}

const handsAt = (ask: Ask): FakeHands =>
  new Proxy({} as FakeHands, {
    get:
      (_, name: keyof FakeHands) =>
      (...args: readonly unknown[]) =>
        ask('hands', name, args),
  });

function workspaceAt(ask: Ask, seen: WorkspaceSeen): RemoteWorkspace {
  const { id } = seen;
  return {
    ...seen,
    addUser: (...args) => ask('addUser', id, ...args),
    addChannel: (...args) => ask('addChannel', id, ...args),
    channels: () => ask('channels', id),
    dm: (user) => ask('dm', id, user),
    visible: (...args) => ask('visible', id, ...args),
    modals: (user) => ask('modals', id, user),
    home: (user) => ask('home', id, user),
  };
}

/** To a fake that runs already. */
export function reachFakeSlack(address: Address, close: () => Promise<void> = async () => {}): RemoteSlack {
  const ask = askAt(address.deskUrl);
  return {
    ...address,
    clock: { now: () => ask('now'), advance: (ms) => ask('advance', ms) },
    hands: handsAt(ask),
    addWorkspace: async (name, facts) => workspaceAt(ask, await ask('addWorkspace', name, facts)),
    workspace: async (team) => workspaceAt(ask, await ask('workspace', team)),
    calls: () => ask('calls'),
    callCount: () => ask('callCount'),
    callTimes: (...args) => ask('callTimes', ...args),
    posted: (team) => ask('posted', team),
    fault: (...args) => ask('fault', ...args),
    release: () => ask('release'),
    sendTo: (requestUrl) => (requestUrl === undefined ? ask('sendTo') : ask('sendTo', requestUrl)),
    sockets: () => ask('sockets'),
    onSocket: (...args) => ask('onSocket', ...args),
    socketsOpen: (count) => ask('socketsOpen', count),
    volley: (volley) => ask('volley', volley),
    unacked: () => ask('unacked'),
    complaints: () => ask('complaints'),
    close,
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the fake has no standard output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the fake Slack ended before it said where it is');
}

/** Starts it as a process of its own; it ends with `close`, or with this process. */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<RemoteSlack> {
  const program = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const address = JSON.parse(await firstLine(child)) as Address;
  return reachFakeSlack(address, async () => {
    const gone = once(child, 'exit');
    child.stdin.end();
    await gone;
  });
}
