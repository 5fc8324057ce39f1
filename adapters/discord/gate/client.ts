/** The real client, as we want it: it keeps little, mentions nobody, repeats nothing and queues nothing. */
import { Client, GatewayIntentBits as Intent, Options, Partials, type RESTOptions } from 'discord.js';
import type { DiscordDeps } from '../ports.ts';
import type { Shards } from './shards.ts';

export interface ClientParts {
  readonly deps: Pick<DiscordDeps, 'apiUrl' | 'content'>;
  readonly send: RESTOptions['makeRequest'];
  readonly ws: Shards['ws'];
}

/** In ms. */
const PATIENCE = 10_000;

/** What we look up is read afresh, or is on the event itself. Servers, channels, threads and roles may not be limited. */
const NOTHING = {
  ApplicationCommandManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildSoundboardSoundManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
  VoiceStateManager: 0,
} as const;
const PEOPLE = 1_000;

export function makeClient({ deps, send, ws }: ClientParts): Client<true> {
  const isUs = ({ id, client }: { readonly id: string; readonly client: Client }): boolean => id === client.user?.id;
  return new Client<true>({
    intents: [
      Intent.Guilds,
      Intent.GuildMessages,
      Intent.DirectMessages,
      ...(deps.content ? [Intent.MessageContent] : []),
    ],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    // As many as Discord asks for: one below some thousand servers.
    shards: 'auto',
    makeCache: Options.cacheWithLimits({
      ...NOTHING,
      GuildMemberManager: { maxSize: 0, keepOverLimit: isUs },
      UserManager: { maxSize: PEOPLE, keepOverLimit: isUs },
    }),
    sweepers: Options.DefaultSweeperSettings,
    ws,
    rest: {
      version: '10',
      api: deps.apiUrl,
      retries: 0,
      timeout: PATIENCE,
      // A limit is told at once to whoever asked: the outbox waits, not the client.
      rejectOnRateLimit: () => true,
      globalRequestsPerSecond: 1_000_000,
      makeRequest: send,
    },
  });
}
