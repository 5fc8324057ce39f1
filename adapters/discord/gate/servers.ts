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

type Tell = (what: () => Promise<void>) => void;

export function openServers(deps: ServersDeps): Servers {
  const { client, hears, world } = deps;
  /** Those that were told, and since when Discord cannot reach one of them. */
  const told = new Map<TeamId, { readonly lostAt?: Instant }>();
  const { tell, stop } = openQueue(deps.log);

  function welcome({ id, name }: Guild): void {
    const team = id as TeamId;
    // Without a name it cannot be reached yet.
    if (!name) return;
    const before = told.get(team);
    told.set(team, {});
    if (!before) tell(() => hears.onServer(team, name));
    const since = before?.lostAt;
    if (since !== undefined) tell(() => hears.onDeaf(since, [team]));
  }
  function leave(team: TeamId): void {
    told.delete(team);
    tell(() => hears.onGone(team));
  }
  const lose = (team: TeamId): void =>
    void (told.has(team) && told.set(team, { lostAt: world.now(), ...told.get(team) }));
  listen(client, { welcome, leave, lose });
  return {
    all: () => teamsOf(client),
    begun(shard, servers) {
      for (const team of teamsOf(client, shard).filter((one) => !servers.includes(one))) {
        forgetServer(client, team);
        leave(team);
      }
    },
    missed(shard, since) {
      forgetChannels(client, shard);
      const teams = teamsOf(client, shard);
      if (teams.length > 0) tell(() => hears.onDeaf(since, teams));
    },
    stop,
  };
}

/** Those that Discord cannot reach now too. */
const teamsOf = ({ guilds }: Client, shard?: number): readonly TeamId[] =>
  [...guilds.cache.values()].filter(({ shardId }) => (shard ?? shardId) === shardId).map(({ id }) => id as TeamId);

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
