/** Which servers we are in, as Discord tells it bit by bit; what changes and what may have been missed is told in order. */
import { type Client, Events, type Guild } from 'discord.js';
import type { Instant, TeamId } from '../../../src/chat/ids.ts';
import type { Log, World } from '../../../src/chat/world.ts';
import type { GateHears } from '../ports.ts';

export interface Servers {
  all(): readonly TeamId[];
  /** A session of this shard began; it tells of all servers there are. */
  begun(shard: number, servers: readonly string[]): void;
  /** This shard listens again; what came since then may be lost. */
  missed(shard: number, since: Instant): void;
  /** Tells no more; resolves when what is being told was taken in. */
  stop(): Promise<void>;
}

export interface ServersDeps {
  readonly client: Client;
  readonly hears: GateHears;
  readonly world: Pick<World, 'now'>;
  readonly log: Log;
}

interface Known {
  readonly shard: number;
  /** Since when Discord cannot reach it. */
  readonly lostAt?: Instant;
}

type Tell = (what: () => Promise<void>) => void;

export function openServers(deps: ServersDeps): Servers {
  const { client, hears, world } = deps;
  const known = new Map<TeamId, Known>();
  const { tell, stop } = openQueue(deps.log);

  function welcome(guild: Guild): void {
    const team = guild.id as TeamId;
    const before = known.get(team);
    known.set(team, { shard: guild.shardId });
    if (!before) tell(() => hears.onServer(team, guild.name));
    const since = before?.lostAt;
    if (since !== undefined) tell(() => hears.onDeaf(since, [team]));
  }
  function leave(team: TeamId): void {
    if (known.delete(team)) tell(() => hears.onGone(team));
  }
  function lose(team: TeamId): void {
    const before = known.get(team);
    if (before) known.set(team, { lostAt: world.now(), ...before });
  }
  listen(client, { welcome, leave, lose });
  const onShard = (shard: number): TeamId[] =>
    [...known].filter(([, one]) => one.shard === shard).map(([team]) => team);
  return {
    all: () => [...known.keys()],
    begun(shard, servers) {
      const there = new Set(servers);
      for (const team of onShard(shard).filter((one) => !there.has(one))) {
        forgetServer(client, team);
        leave(team);
      }
    },
    missed(shard, since) {
      forgetChannels(client, shard);
      const teams = onShard(shard);
      if (teams.length > 0) tell(() => hears.onDeaf(since, teams));
    },
    stop,
  };
}

interface Told {
  welcome(guild: Guild): void;
  leave(team: TeamId): void;
  lose(team: TeamId): void;
}

function listen(client: Client, { welcome, leave, lose }: Told): void {
  client.on(Events.GuildAvailable, welcome);
  client.on(Events.GuildCreate, welcome);
  client.on(Events.GuildDelete, ({ id }) => leave(id as TeamId));
  client.on(Events.GuildUnavailable, ({ id }) => lose(id as TeamId));
}

/** The client keeps what ended while it did not listen. */
function forgetServer(client: Client, team: TeamId): void {
  for (const [id, channel] of client.channels.cache)
    if ('guildId' in channel && channel.guildId === team) client.channels.cache.delete(id);
  client.guilds.cache.delete(team);
}

function forgetChannels(client: Client, shard: number): void {
  for (const [id, channel] of client.channels.cache) {
    const guild = 'guildId' in channel ? client.guilds.cache.get(channel.guildId ?? '') : undefined;
    if (guild?.shardId === shard && !guild.channels.cache.has(id)) client.channels.cache.delete(id);
  }
}

/** One after the other, so that a server that came and went is told in that order. */
function openQueue(log: Log): { readonly tell: Tell; stop(): Promise<void> } {
  let last = Promise.resolve();
  let isOpen = true;
  return {
    tell(what) {
      last = last.then(async () => {
        if (!isOpen) return;
        try {
          await what();
        } catch (error) {
          log.error('what happened to a Discord server could not be taken in', { error });
        }
      });
    },
    stop() {
      isOpen = false;
      return last;
    },
  };
}
