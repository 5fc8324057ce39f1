/** Everything that can be asked of a fake Slack in another process, by name: what goes in and out is JSON. */

import type { Fault, FakeChannel, FakeHands, FakeSlack, FakeWorkspace } from './types.ts';
import { fire, type Volley } from './volley.ts';

export type WorkspaceFacts = NonNullable<Parameters<FakeSlack['addWorkspace']>[1]>;
type UserFacts = NonNullable<Parameters<FakeWorkspace['addUser']>[1]>;
type ChannelFacts = NonNullable<Parameters<FakeWorkspace['addChannel']>[1]>;

/** What is fixed from the start; `deskUrl` is where the rest is asked for. */
export interface Address extends Pick<
  FakeSlack,
  'url' | 'apiUrl' | 'signingSecret' | 'appToken' | 'clientId' | 'clientSecret'
> {
  readonly deskUrl: string;
}

const workspaceFacts = ({ id, name, appId, botUser, botId, botToken, revoked, scopes }: FakeWorkspace) => ({
  id,
  name,
  appId,
  botUser,
  botId,
  botToken,
  revoked,
  scopes: [...scopes],
});
const channelFacts = ({ id, kind, name, archived, deleted, members }: FakeChannel) => ({
  id,
  kind,
  name,
  archived,
  deleted,
  members: [...members],
});

export type WorkspaceSeen = ReturnType<typeof workspaceFacts>;
export type ChannelSeen = ReturnType<typeof channelFacts>;

function of(slack: FakeSlack, team: string): FakeWorkspace {
  const found = slack.workspaces.get(team);
  if (!found) throw new Error(`no workspace ${team} in the fake`);
  return found;
}

function inWorkspace(slack: FakeSlack) {
  return {
    addWorkspace: (name: string, facts?: WorkspaceFacts) => workspaceFacts(slack.addWorkspace(name, facts)),
    workspace: (team: string) => workspaceFacts(of(slack, team)),
    addUser: (team: string, name: string, facts?: UserFacts) => of(slack, team).addUser(name, facts),
    addChannel: (team: string, name: string, facts?: ChannelFacts) =>
      channelFacts(of(slack, team).addChannel(name, facts)),
    channels: (team: string) => [...of(slack, team).channels.values()].map(channelFacts),
    dm: (team: string, user: string) => channelFacts(of(slack, team).dm(user)),
    visible: (team: string, user: string, channel: string, threadTs?: string) =>
      of(slack, team).visible(user, channel, threadTs),
    modals: (team: string, user: string) => of(slack, team).modals.get(user) ?? [],
    home: (team: string, user: string) => of(slack, team).homes.get(user),
  };
}

/** What is left out at the end of a call is null in JSON. */
const given = (args: readonly unknown[]): readonly unknown[] => args.map((arg) => arg ?? undefined);

/** The verbs of the desk. */
export function verbsOf(slack: FakeSlack) {
  return {
    ...inWorkspace(slack),
    now: () => slack.clock.now(),
    advance: (ms: number) => slack.clock.advance(ms),
    calls: () => slack.calls,
    /** When calls of a method took effect, from the `from`th call on. */
    callTimes: (method: string, from: number) =>
      slack.calls
        .slice(from)
        .filter((call) => call.method === method && call.outcome === 'ok')
        .map(({ at }) => at),
    callCount: () => slack.calls.length,
    posted: (team: string) => slack.posted(team),
    fault: (method: string, ...faults: readonly Fault[]) => slack.fault(method, ...faults),
    release: () => slack.release(),
    hands: (name: keyof FakeHands, args: readonly unknown[]) =>
      (slack.hands[name] as (...all: readonly unknown[]) => Promise<unknown>)(...given(args)),
    sendTo: (requestUrl?: string) => slack.sendTo(requestUrl),
    socketsOpen: (count: number) => slack.socketsOpen(count),
    sockets: () => slack.sockets.map(({ open }) => ({ open })),
    onSocket: (at: number, deed: 'drop' | 'mute' | 'disconnect', reason = 'refresh_requested') =>
      slack.sockets[at]?.[deed](reason),
    volley: (volley: Volley) => fire(slack, volley),
    unacked: () => slack.unacked,
    complaints: () => slack.complaints,
  };
}

export type Verbs = ReturnType<typeof verbsOf>;
export type Verb = keyof Verbs;

export interface Asked {
  readonly args: readonly unknown[];
}
export type Told = { readonly value?: unknown } | { readonly error: string };

/** Bytes of files stay where they are: only how many there are is told. */
export const asJson = (told: Told): string =>
  JSON.stringify(told, (_, value: unknown) => (value instanceof Uint8Array ? { length: value.length } : value));

export async function ask(verbs: Verbs, verb: string, { args }: Asked): Promise<Told> {
  if (!Object.hasOwn(verbs, verb)) return { error: `the fake knows no ${verb}` };
  try {
    const value: unknown = await (verbs[verb as Verb] as (...all: readonly unknown[]) => unknown)(...given(args));
    return value === undefined ? {} : { value };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
