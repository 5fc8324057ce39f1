/** A fake with a server in it, asked over REST alone, by the library the real bot uses. */
import { send } from '../../../../adapters/discord/send.ts';
import { DiscordAPIError, HTTPError, REST, type RequestData, type RequestMethod, type RouteLike } from 'discord.js';
import { openFakeDiscord, type OpenFakeDiscord } from '../../../support/fake-discord/index.ts';
import type { FakeChannel, FakeDiscord, FakeGuild, FakeUser } from '../../../support/fake-discord/types.ts';

/** The body of an answer, or the code of a refusal. */
export type Told = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly code?: number | string;
  readonly status?: number;
};

export interface Desk {
  readonly discord: FakeDiscord;
  readonly guild: FakeGuild;
  readonly channel: FakeChannel;
  readonly forum: FakeChannel;
  readonly ana: FakeUser;
  readonly ben: FakeUser;
  readonly rest: REST;
  /** `GET /users/@me`; a refusal is told by its code. */
  ask(what: `${RequestMethod} ${string}`, body?: unknown, more?: RequestData): Promise<Told>;
  /** As `ask`, and says something in the channel: words, nobody called. */
  say(channel: string, content: string, more?: object): Promise<Told>;
  close(): Promise<void>;
}

export const QUIET = { allowed_mentions: { parse: [] } };

function refusalOf(error: unknown): Told {
  if (error instanceof DiscordAPIError) return { id: '', code: error.code, status: error.status };
  if (error instanceof HTTPError) return { id: '', status: error.status };
  throw error;
}

export async function openDesk(options: OpenFakeDiscord = {}): Promise<Desk> {
  const discord = await openFakeDiscord(options);
  const guild = discord.addGuild('Practice');
  const [ana, ben] = [discord.addUser('Ana'), discord.addUser('Ben')];
  for (const { id } of [ana, ben]) discord.join(guild.id, id);
  const rest = new REST({ api: discord.apiUrl, retries: 0, rejectOnRateLimit: () => true, makeRequest: send }).setToken(
    discord.token,
  );
  const ask: Desk['ask'] = async (what, body, more = {}) => {
    const [method = 'GET', path = '/'] = what.split(' ');
    const request = { ...more, ...(body !== undefined && { body }) };
    try {
      const fullRoute = path as RouteLike;
      return (await rest.request({ ...request, method: method as RequestMethod, fullRoute })) as Told;
    } catch (error) {
      return refusalOf(error);
    }
  };
  return {
    discord,
    guild,
    channel: guild.addChannel('questions'),
    forum: guild.addChannel('posts', 'forum'),
    ana,
    ben,
    rest,
    ask,
    say: (channel, content, more = {}) => ask(`POST /channels/${channel}/messages`, { content, ...QUIET, ...more }),
    close: async () => {
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
      await discord.close();
    },
  };
}
