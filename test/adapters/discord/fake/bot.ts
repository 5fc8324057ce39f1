/** The real discord.js, unmodified but for where it calls, connected to a fake. */
import { Client, Events, GatewayIntentBits as Intent, Partials, type ClientOptions } from 'discord.js';
import { openFakeDiscord, type OpenFakeDiscord } from '../../../support/fake-discord/index.ts';
import type { FakeChannel, FakeDiscord, FakeGuild, FakeUser } from '../../../support/fake-discord/types.ts';

export const PLAIN = [Intent.Guilds, Intent.GuildMessages, Intent.DirectMessages] as const;
export const WITH_CONTENT = [...PLAIN, Intent.MessageContent] as const;

export interface Town {
  readonly discord: FakeDiscord;
  readonly guild: FakeGuild;
  readonly channel: FakeChannel;
  /** Runs the server. */
  readonly ana: FakeUser;
  readonly ben: FakeUser;
  /** Logged in, every shard ready. */
  connect(options?: Partial<ClientOptions>): Promise<Client<true>>;
  close(): Promise<void>;
}

/** A server with a channel and two people. */
export async function openTown(options: OpenFakeDiscord = {}): Promise<Town> {
  const discord = await openFakeDiscord({ heartbeatMs: 500, ...options });
  const guild = discord.addGuild('Practice');
  const channel = guild.addChannel('questions');
  const ana = discord.addUser('Ana');
  const ben = discord.addUser('Ben');
  discord.join(guild.id, ana.id, { admin: true });
  discord.join(guild.id, ben.id);
  const clients: Client[] = [];
  return {
    discord,
    guild,
    channel,
    ana,
    ben,
    connect: async (more = {}) => {
      const client = new Client({
        intents: [...WITH_CONTENT],
        partials: [Partials.Channel],
        allowedMentions: { parse: [] },
        rest: { api: discord.apiUrl },
        ...more,
      });
      clients.push(client);
      client.on(Events.Error, () => {});
      const ready = new Promise<Client<true>>((resolve) => {
        client.once(Events.ClientReady, resolve);
      });
      await client.login(discord.token);
      return ready;
    },
    close: async () => {
      for (const client of clients) await client.destroy();
      await discord.close();
    },
  };
}

/** The next of an event that fits. */
export function next<T>(client: Client, event: string, fits: (what: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const hear = (what: T): void => {
      if (!fits(what)) return;
      client.off(event, hear);
      resolve(what);
    };
    client.on(event, hear);
  });
}
