/** The fake Discord as its users see it: servers with people and channels, hands that click, and a script of faults. */

type Json = Readonly<Record<string, unknown>>;

export interface FakeMessage {
  readonly id: string;
  readonly channel: string;
  /** The author's user id. */
  readonly author: string;
  content: string;
  components: readonly Json[];
  flags: number;
  readonly nonce?: string;
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  edited?: string;
  /** Only this person sees it. */
  readonly ephemeralTo?: string;
  deleted?: true;
}

export interface FakeUser {
  readonly id: string;
  name: string;
  /** Their DMs are closed: 50007. */
  closedDms: boolean;
}

export interface FakeChannel {
  readonly id: string;
  readonly guild?: string;
  readonly kind: 'text' | 'forum' | 'public thread' | 'private thread' | 'dm';
  name: string;
  /** Of a thread: where it hangs. */
  readonly parent?: string;
  /** Of a private thread or DM: who is in it. */
  readonly members: Set<string>;
  archived: boolean;
  locked: boolean;
  deleted: boolean;
  readonly messages: FakeMessage[];
}

export interface FakeGuild {
  readonly id: string;
  name: string;
  readonly channels: Map<string, FakeChannel>;
  /** User ids, and whether they may manage the server. */
  readonly members: Map<string, { admin: boolean }>;
  /** What our bot may do here, as a bit field; may differ in one channel. */
  permissions: bigint;
  readonly overwrites: Map<string, bigint>;
  available: boolean;
  addChannel(name: string, kind?: 'text' | 'forum'): FakeChannel;
}

export interface FakeModal {
  readonly customId: string;
  readonly title: string;
  readonly components: readonly Json[];
}

/** What happens to a coming request of a route, as in `POST /channels/:id/messages`; one is used up a request. */
export type Fault =
  | { readonly do: '429'; readonly retryAfter?: number; readonly scope?: 'user' | 'global' | 'shared' }
  | { readonly do: 'status'; readonly status: number; readonly code?: number; readonly effect: 'before' | 'after' }
  /** Never answers. */
  | { readonly do: 'hang'; readonly effect: 'before' | 'after' }
  /** The connection is cut instead of an answer. */
  | { readonly do: 'drop'; readonly effect: 'before' | 'after' }
  /** 200 with nothing in it. */
  | { readonly do: 'empty'; readonly effect: 'before' | 'after' }
  /** A page of HTML with status 403 or 429, as from in front of Discord. */
  | { readonly do: 'html'; readonly status: number }
  /** Answers only when `release()` is called on the fake. */
  | { readonly do: 'hold' };

export interface FakeCall {
  /** `POST`, … */
  readonly method: string;
  /** The route with its parameters named: `/channels/:id/messages`. */
  readonly route: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  /** By the fake's clock, in ms. */
  readonly at: number;
}

/** What a person saw come of a command, a click or a form. */
export interface Answered {
  /** False: "the application did not respond". */
  readonly ok: boolean;
  /** The callback's type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal. */
  readonly type?: number;
  readonly data?: Json;
  /** By the fake's clock, in ms. */
  readonly tookMs: number;
}

/** What people do. Each resolves when the app has answered, or 3 s (of the fake's clock) are over; messages once they are on the gateway. */
export interface FakeHands {
  /** `options` by name; `sub` for `/practice setup`: the words after the root, `['mentor', 'topic']`. */
  command(
    guild: string,
    user: string,
    channel: string,
    name: string,
    sub: readonly string[],
    options?: Json,
  ): Promise<Answered>;
  complete(
    guild: string,
    user: string,
    channel: string,
    name: string,
    sub: readonly string[],
    option: string,
    typed: string,
  ): Promise<Answered>;
  /** The button with this label; `message` may be an ephemeral one. */
  press(user: string, channel: string, message: string, label: string): Promise<Answered>;
  /** The select with an option of this value. */
  choose(user: string, channel: string, message: string, value: string): Promise<Answered>;
  /** The modal this person has open, with values by the custom id of its inputs; what is not named keeps its initial value. */
  submit(user: string, values: Readonly<Record<string, string | readonly string[]>>): Promise<Answered>;
  dismiss(user: string): void;
  /** A message command. */
  pick(guild: string, user: string, channel: string, message: string, name: string): Promise<Answered>;
  /** The id of what was written. */
  write(
    user: string,
    channel: string,
    text: string,
    more?: { readonly files?: number; readonly mentions?: boolean },
  ): Promise<string>;
  edit(user: string, channel: string, message: string, text: string): Promise<void>;
  erase(user: string, channel: string, message: string): Promise<void>;
  deleteChannel(channel: string): Promise<void>;
  archive(thread: string, locked?: boolean): Promise<void>;
  /** The bot is put out of a server, or asked in again. */
  kick(guild: string): Promise<void>;
  invite(guild: string): Promise<void>;
}

export interface FakeShard {
  readonly open: boolean;
  close(code: number): void;
  /** The TCP connection is cut. */
  drop(): void;
  /** op 7 */
  reconnect(): void;
  /** op 9 */
  invalidate(resumable: boolean): void;
  /** Heartbeats are no longer answered. */
  mute(): void;
}

export interface FakeDiscord {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `${url}/api`: what the app is pointed at. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  /** The bot's user id. */
  readonly botUser: string;
  readonly clock: { now(): number; advance(ms: number): Promise<void> };
  readonly guilds: ReadonlyMap<string, FakeGuild>;
  readonly users: ReadonlyMap<string, FakeUser>;
  addGuild(name: string, facts?: { readonly permissions?: bigint; readonly joined?: false }): FakeGuild;
  addUser(name: string, facts?: { readonly closedDms?: boolean }): FakeUser;
  join(guild: string, user: string, facts?: { readonly admin?: boolean }): void;
  /** The DM of the bot and this person, made when there is none. */
  dm(user: string): FakeChannel;
  channel(id: string): FakeChannel;
  /** What a person sees there, oldest first, ephemeral ones of theirs included; nothing where they may not look. */
  visible(user: string, channel: string): readonly FakeMessage[];
  modal(user: string): FakeModal | undefined;
  /** Messages the bot made, deleted ones too, oldest first: the ledger of what took effect. */
  posted(): readonly FakeMessage[];
  /** Threads the bot made. */
  threads(): readonly FakeChannel[];
  readonly calls: readonly FakeCall[];
  fault(route: string, ...faults: readonly Fault[]): void;
  release(): void;
  readonly hands: FakeHands;
  readonly shards: readonly FakeShard[];
  /** Waits until this many shards are ready or resumed. */
  ready(count: number): Promise<void>;
  /** New connections are refused (ECONNREFUSED) while this is true. */
  refuseGateway(refused: boolean): void;
  /** The next IDENTIFY is closed with this code. */
  refuseIdentify(code: number, times?: number): void;
  /** What the app asked for with IDENTIFY; content is stripped without the intent for it. */
  readonly intents: number;
  /** The portal's switch for MESSAGE_CONTENT; off: an IDENTIFY that asks for it is closed with 4014. */
  contentSwitch: boolean;
  readonly identifies: number;
  sessionsLeft: number;
  /** Requests or answers that the OpenAPI file with its overlay does not allow, limits broken, acks after 3 s, … */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface FakeDiscordOptions {
  /** ms; 500 makes zombie tests fast. */
  readonly heartbeatMs?: number;
  /** Requests a second over all routes but callbacks; undefined: none. */
  readonly globalPerSecond?: number;
}
