/** Everything that can be asked of a fake Discord in another process, by name: what goes in and out is JSON. */
import type { Fault, FakeChannel, FakeDiscord, FakeGuild, FakeHands, FakeShard } from './types.ts';

/** What is fixed from the start; `deskUrl` is where the rest is asked for. */
export interface Address extends Pick<FakeDiscord, 'url' | 'apiUrl' | 'token' | 'applicationId' | 'botUser'> {
  readonly deskUrl: string;
}

/** Bit fields as decimal digits. */
export interface GuildChange {
  readonly permissions?: string;
  readonly available?: boolean;
}

const guildFacts = ({ id, name, permissions, available }: FakeGuild) => ({
  id,
  name,
  available,
  permissions: String(permissions),
});
const channelFacts = ({ id, guild, kind, name, parent, archived, locked, deleted, members }: FakeChannel) => ({
  id,
  kind,
  name,
  archived,
  locked,
  deleted,
  members: [...members],
  ...(guild !== undefined && { guild }),
  ...(parent !== undefined && { parent }),
});

export type GuildSeen = ReturnType<typeof guildFacts>;
export type ChannelSeen = ReturnType<typeof channelFacts>;

function guildOf(discord: FakeDiscord, id: string): FakeGuild {
  const found = discord.guilds.get(id);
  if (!found) throw new Error(`no server ${id} in the fake`);
  return found;
}

function placesOf(discord: FakeDiscord) {
  return {
    addGuild: (name: string, facts: { readonly permissions?: string; readonly joined?: false } = {}) => {
      const { permissions, ...rest } = facts;
      const more = permissions === undefined ? rest : { ...rest, permissions: BigInt(permissions) };
      return guildFacts(discord.addGuild(name, more));
    },
    /** Many at once: their ids, each with those of its text channels. */
    addGuilds: (count: number, channels: number) =>
      Array.from({ length: count }, (_, at) => {
        const guild = discord.addGuild(`Server ${at + 1}`);
        const ids = Array.from({ length: channels }, (__, place) => guild.addChannel(`channel-${place + 1}`).id);
        return { id: guild.id, channels: ids };
      }),
    guilds: () => [...discord.guilds.values()].map(guildFacts),
    changeGuild: (id: string, { permissions, available }: GuildChange) => {
      const guild = guildOf(discord, id);
      if (permissions !== undefined) guild.permissions = BigInt(permissions);
      if (available !== undefined) guild.available = available;
    },
    /** What our bot may do in one channel; as in the server again when nothing is given. */
    overwrite: (id: string, channel: string, permissions?: string) => {
      const { overwrites } = guildOf(discord, id);
      if (permissions === undefined) overwrites.delete(channel);
      else overwrites.set(channel, BigInt(permissions));
    },
    addChannel: (guild: string, name: string, kind?: 'text' | 'forum') =>
      channelFacts(guildOf(discord, guild).addChannel(name, kind)),
    channels: (guild: string) => [...guildOf(discord, guild).channels.values()].map(channelFacts),
    channel: (id: string) => channelFacts(discord.channel(id)),
    addUser: (name: string, facts?: { readonly closedDms?: boolean }) => discord.addUser(name, facts),
    join: (guild: string, user: string, facts?: { readonly admin?: boolean }) => discord.join(guild, user, facts),
    dm: (user: string) => channelFacts(discord.dm(user)),
  };
}

type ShardDeed = Exclude<keyof FakeShard, 'open'>;

function gatewayOf(discord: FakeDiscord) {
  return {
    shards: () => discord.shards.map(({ open }) => ({ open })),
    onShard: (at: number, deed: ShardDeed, ...args: readonly unknown[]) =>
      (discord.shards[at]?.[deed] as ((...all: readonly unknown[]) => void) | undefined)?.(...args),
    ready: (count: number) => discord.ready(count),
    refuseGateway: (refused: boolean) => discord.refuseGateway(refused),
    refuseIdentify: (code: number, times?: number) => discord.refuseIdentify(code, times),
    gateway: () => {
      const { intents, contentSwitch, identifies, sessionsLeft } = discord;
      return { intents, contentSwitch, identifies, sessionsLeft };
    },
    setGateway: (facts: { readonly contentSwitch?: boolean; readonly sessionsLeft?: number }) =>
      void Object.assign(discord, facts),
  };
}

const hand = (discord: FakeDiscord, name: keyof FakeHands, args: readonly unknown[]): unknown =>
  (discord.hands[name] as (...all: readonly unknown[]) => unknown)(...given(args));

/** The same deed many times, `atOnce` side by side, done with each of `turns` in turn; ms of real time, each and in all. */
async function burst(
  discord: FakeDiscord,
  how: { readonly count: number; readonly atOnce: number },
  name: keyof FakeHands,
  ...turns: readonly (readonly unknown[])[]
): Promise<{ readonly ms: number; readonly took: readonly number[] }> {
  const took: number[] = [];
  const began = performance.now();
  let left = how.count;
  const line = async (): Promise<void> => {
    while (left-- > 0) {
      const from = performance.now();
      await hand(discord, name, turns[left % turns.length] ?? []);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: how.atOnce }, line));
  return { ms: performance.now() - began, took };
}

const timesOf = ({ calls }: FakeDiscord, end: string): number[] =>
  calls
    .filter(({ method, route, status }) => method === 'POST' && route.endsWith(end) && status >= 200 && status < 300)
    .map(({ at }) => at);

/** What is left out at the end of a call is null in JSON. */
const given = (args: readonly unknown[]): readonly unknown[] => args.map((arg) => arg ?? undefined);

/** The verbs of the desk. */
export function verbsOf(discord: FakeDiscord) {
  return {
    ...placesOf(discord),
    ...gatewayOf(discord),
    now: () => discord.clock.now(),
    advance: (ms: number) => discord.clock.advance(ms),
    visible: (user: string, channel: string) => discord.visible(user, channel),
    modal: (user: string) => modalOf(discord, user),
    posted: () => discord.posted(),
    threads: () => discord.threads().map(channelFacts),
    calls: () => discord.calls,
    /** When those POSTs that ended well arrived whose route ends so, in ms. */
    times: (route: string) => timesOf(discord, route),
    fault: (route: string, ...faults: readonly Fault[]) => discord.fault(route, ...faults),
    release: () => discord.release(),
    hands: (name: keyof FakeHands, args: readonly unknown[]) => hand(discord, name, args),
    burst: (
      how: { readonly count: number; readonly atOnce: number },
      name: keyof FakeHands,
      ...turns: readonly (readonly unknown[])[]
    ) => burst(discord, how, name, ...turns),
    complaints: () => discord.complaints,
  };
}

/** Without what it was opened by. */
function modalOf(discord: FakeDiscord, user: string) {
  const modal = discord.modal(user);
  return modal && { customId: modal.customId, title: modal.title, components: modal.components };
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
