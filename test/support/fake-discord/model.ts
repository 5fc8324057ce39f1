/** What the fake Discord knows: servers and what is in them, ids, the clock, and the seams between REST and gateway. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { openClock, type AgendaClock, type ClockOptions } from '../fake-slack/clock.ts';
import type {
  FakeChannel,
  FakeDiscordOptions,
  FakeGuild,
  FakeHands,
  FakeMessage,
  FakeModal,
  FakeShard,
  FakeUser,
} from './types.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly description?: string;
}

export interface StoredMessage extends FakeMessage {
  /** 0 what somebody wrote, 1 added to a thread, 18 thread made, 20 answer to a command, 21 first line of a thread; only 0, 19, 20, 23 are seen. */
  readonly type: number;
  attachments: readonly StoredFile[];
  embeds: readonly Json[];
  /** The snowflake of what it replies to, or of what a first line points at. */
  readonly reference?: { readonly channel: string; readonly message: string };
  /** Came with `enforce_nonce`. */
  readonly enforced: boolean;
  /** Came of an interaction: posted by its webhook. */
  readonly interaction?: { readonly id: string; readonly user: string; readonly type: number; readonly name?: string };
  /** Why it is there, when type is 1: who was added. */
  readonly added?: string;
  /** In ms. */
  readonly at: number;
}

export interface StoredChannel extends FakeChannel {
  readonly messages: StoredMessage[];
  /** Of a thread: who made it. */
  readonly owner?: string;
  /** In minutes. */
  autoArchive: number;
  invitable: boolean;
  /** When it was last archived or taken out of the archive, in ms. */
  archivedAt: number;
  readonly createdAt: number;
  /** Of a forum. */
  tags: readonly { readonly id: string; readonly name: string }[];
  requiresTag: boolean;
  /** Of a forum post. */
  appliedTags: readonly string[];
  topic: string;
  position: number;
}

export interface StoredGuild extends FakeGuild {
  readonly channels: Map<string, StoredChannel>;
  /** Our bot is in it. */
  joined: boolean;
  joinedAt: number;
  readonly owner: string;
  /** Role ids: our bot's own, and that of admins. */
  readonly botRole: string;
  readonly adminRole: string;
  addChannel(name: string, kind?: 'text' | 'forum'): StoredChannel;
}

/** A command as it is registered, with the id it was given. */
export type StoredCommand = Json & { readonly id: string; readonly name: string; readonly type: number };

/** Whom a dispatch concerns: one of a DM has no guild. */
export interface About {
  readonly guild?: string;
  readonly channel?: StoredChannel;
}

/** `data` is the whole payload as with every intent; the gateway filters and strips. */
export type Hear = (event: string, data: Json, about: About) => void;

/** A request of the app, read and found well-formed. */
export interface Asked {
  readonly method: string;
  /** `/channels/:id/messages` */
  readonly route: string;
  readonly path: string;
  /** By name, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON; of a multipart request its `payload_json`. */
  readonly body: Json;
  /** As the JSON came, when that is no object (bulk PUT of commands). */
  readonly raw: unknown;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly contentType: string;
  }[];
  /** It came with the bot's token. */
  readonly authorized: boolean;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The half of the fake that acts on the app: gateway, hands, interactions with their callbacks and webhooks. Made by `plug.ts`. */
export interface Plugs {
  /** What `GET /gateway/bot` answers: url, shards, session_start_limit. */
  gatewayBot(): Json;
  /** `POST /interactions/:id/:token/callback` */
  callback(asked: Asked): Reply | Promise<Reply>;
  /** `POST /webhooks/:app/:token`, and GET, PATCH, DELETE `/webhooks/:app/:token/messages/:message` (`@original` too). */
  webhook(asked: Asked): Reply | Promise<Reply>;
  /** A WebSocket handshake at the REST server's own port, if the gateway listens there. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly hands: FakeHands;
  readonly shards: readonly FakeShard[];
  ready(count: number): Promise<void>;
  refuseGateway(refused: boolean): void;
  refuseIdentify(code: number, times?: number): void;
  modal(user: string): FakeModal | undefined;
  readonly intents: number;
  contentSwitch: boolean;
  readonly identifies: number;
  sessionsLeft: number;
  close(): Promise<void>;
}

export interface Model {
  readonly clock: AgendaClock;
  /** Where the REST server listens, `http://127.0.0.1:PORT`; empty before it does. */
  url: string;
  readonly token: string;
  readonly applicationId: string;
  /** The bot itself; not among `users`. */
  readonly bot: FakeUser;
  readonly heartbeatMs: number;
  readonly guilds: Map<string, StoredGuild>;
  readonly users: Map<string, FakeUser>;
  /** Every channel, thread and DM there ever was, by id. */
  readonly channels: Map<string, StoredChannel>;
  /** DMs by the person. */
  readonly dms: Map<string, StoredChannel>;
  /** By `'global'` or guild id, in the order they were registered. */
  readonly commands: Map<string, readonly StoredCommand[]>;
  /** What the bot wrote, ephemeral and deleted ones too. */
  readonly posted: StoredMessage[];
  /** Threads the bot made. */
  readonly threads: StoredChannel[];
  readonly complaints: string[];
  /** A snowflake of the clock's now, larger than all before. */
  newId(): string;
  /** Tells the gateway that something happened. */
  dispatch(event: string, data: Json, about?: About): void;
  onDispatch(hear: Hear): void;
  /** Any channel, thread or DM; undefined when there never was one. */
  find(channel: string): StoredChannel | undefined;
  /** Throws for one that is not there: a test asked for it. */
  channel(id: string): StoredChannel;
  guild(id: string): StoredGuild;
}

export type ModelOptions = ClockOptions & FakeDiscordOptions;

/** Milliseconds from 1970 to the first moment of Discord's ids. */
export const EPOCH_MS = 1_420_070_400_000;

export const madeAtMs = (snowflake: string): number => Number(BigInt(snowflake) >> 22n) + EPOCH_MS;

function makeIds(now: () => number): () => string {
  let last = 0n;
  return () => {
    const least = BigInt(now() - EPOCH_MS) << 22n;
    last = least > last ? least : last + 1n;
    return String(last);
  };
}

const tokenOf = (botUser: string): string =>
  [Buffer.from(botUser).toString('base64url'), 'GfakeG', 'only-the-fake-discord-takes-this-token'].join('.');

export function openModel(options: ModelOptions = {}): Model {
  const complaints: string[] = [];
  const hearers: Hear[] = [];
  const clock = openClock(options, (error) => complaints.push(`a job of the fake failed: ${String(error)}`));
  const newId = makeIds(clock.now);
  const guilds = new Map<string, StoredGuild>();
  const channels = new Map<string, StoredChannel>();
  const bot: FakeUser = { id: newId(), name: 'greenroom', closedDms: false };
  return {
    clock,
    url: '',
    token: tokenOf(bot.id),
    applicationId: newId(),
    bot,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    guilds,
    users: new Map(),
    channels,
    dms: new Map(),
    commands: new Map(),
    posted: [],
    threads: [],
    complaints,
    newId,
    dispatch: (event, data, about = {}) => {
      for (const hear of hearers) hear(event, data, about);
    },
    onDispatch: (hear) => hearers.push(hear),
    find: (id) => channels.get(id),
    channel: (id) => must(channels.get(id), `channel ${id}`),
    guild: (id) => must(guilds.get(id), `server ${id}`),
  };
}

function must<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`no ${what} in the fake`);
  return found;
}
