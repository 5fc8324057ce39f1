/** The fake Slack as its users see it: workspaces with people and channels, hands that click, and a script of faults. */

/** Something in a workspace that people read. `ts` is unique in its channel. */
export interface FakeMessage {
  readonly ts: string;
  readonly channel: string;
  /** Absent only on what Slack itself says. */
  readonly user?: string;
  readonly botId?: string;
  text: string;
  blocks?: readonly Readonly<Record<string, unknown>>[];
  readonly threadTs?: string;
  readonly metadata?: { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> };
  edited?: { readonly user: string; readonly ts: string };
  readonly files?: readonly FakeFile[];
  /** Only this person sees it; it has no place in history. */
  readonly ephemeralTo?: string;
  deleted?: true;
  /** `channel_join`, `file_share`, … ; absent on an ordinary message. */
  readonly subtype?: string;
  /** A reply that also shows in its channel. */
  readonly broadcast?: true;
}

export interface FakeFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
}

export interface FakeUser {
  readonly id: string;
  name: string;
  realName: string;
  tz: string;
  admin: boolean;
  /** Messages to them are refused: `cannot_dm_bot`, `user_disabled`, … */
  refusesDms?: string;
}

export interface FakeChannel {
  readonly id: string;
  readonly kind: 'public' | 'private' | 'im' | 'mpim';
  name: string;
  readonly members: Set<string>;
  archived: boolean;
  deleted: boolean;
  readonly messages: FakeMessage[];
}

/** What a modal or a Home tab looks like now. */
export interface FakeView {
  readonly id: string;
  hash: string;
  readonly user: string;
  /** As the app sent it, `type`, `blocks`, `private_metadata` … */
  view: Readonly<Record<string, unknown>>;
  /** What the app refused, by block id. */
  errors: Readonly<Record<string, string>>;
  /** What the person typed into a form that was sent and stayed open, by block id. */
  typed: Readonly<Record<string, string>>;
}

export interface FakeWorkspace {
  readonly id: string;
  name: string;
  readonly appId: string;
  readonly botUser: string;
  readonly botId: string;
  /** Works while `revoked` is false. */
  botToken: string;
  readonly scopes: Set<string>;
  revoked: boolean;
  readonly users: Map<string, FakeUser>;
  readonly channels: Map<string, FakeChannel>;
  /** What was uploaded, by id. */
  readonly files: ReadonlyMap<string, FakeFile>;
  /** Whose Home tab shows what. */
  readonly homes: Map<string, FakeView>;
  /** Open modals, the top one last. */
  readonly modals: Map<string, FakeView[]>;
  /** A member of the public channels that are there. */
  addUser(name: string, facts?: { readonly admin?: boolean; readonly tz?: string }): FakeUser;
  /** With everybody in it; the bot too, unless said otherwise. */
  addChannel(name: string, facts?: { readonly private?: boolean; readonly without?: 'bot' }): FakeChannel;
  /** The im of the bot and this person, made when there is none. */
  dm(user: string): FakeChannel;
  /** What a person sees in a channel, a thread (with its root) or a DM, oldest first, ephemeral ones of theirs included; nothing where they are no member. */
  visible(user: string, channel: string, threadTs?: string): readonly FakeMessage[];
}

/** What happens to a coming call of a method; one is used up a call. */
export type Fault =
  | { readonly do: '429'; readonly retryAfter?: number }
  /** HTTP 500, before or after the call took effect. */
  | { readonly do: '500'; readonly effect: 'before' | 'after' }
  /** `{ok: false, error}`, with no effect. */
  | { readonly do: 'error'; readonly error: string; readonly extra?: Readonly<Record<string, unknown>> }
  /** Never answers; `after`: the effect is there all the same. */
  | { readonly do: 'hang'; readonly effect: 'before' | 'after' }
  /** The connection is cut instead of an answer. */
  | { readonly do: 'drop'; readonly effect: 'before' | 'after' }
  /** Headers and half the body, then the connection is cut. */
  | { readonly do: 'cut'; readonly effect: 'before' | 'after' }
  /** 200 with a page of HTML. */
  | { readonly do: 'html'; readonly effect: 'before' | 'after' }
  /** Answers only when `release()` is called on the fake. */
  | { readonly do: 'hold' };

export interface FakeCall {
  readonly method: string;
  readonly team: string | undefined;
  readonly args: Readonly<Record<string, unknown>>;
  /** By the fake's clock, in ms. */
  readonly at: number;
  /** `ok`, the error it was answered with, or the fault that met it: `500 before`, `hang after`, … ; `pending` until then. */
  readonly outcome: string;
}

/** How the app answered a command, a click or a form. */
export interface Acked {
  /** False: no answer in 3 s, or a refused one; the person saw Slack's own complaint. */
  readonly ok: boolean;
  readonly body: unknown;
  /** What went wrong with a modal or message that was carried in the answer: limits it breaks, a trigger used twice. */
  readonly problem?: string;
  /** By the fake's clock, in ms. */
  readonly tookMs: number;
}

/** A message or a view, as something to click on. */
export type On = { readonly channel: string; readonly ts: string } | { readonly view: string };

/** What people do. Each resolves when the app has answered, or 3 s (of the fake's clock) are over. Events resolve once the app took them, or the first try failed. */
export interface FakeHands {
  command(team: string, user: string, channel: string, command: string, text: string): Promise<Acked>;
  /** The button with this label. */
  press(team: string, user: string, on: On, label: string): Promise<Acked>;
  /** The select that has an option with this value. */
  choose(team: string, user: string, on: On, value: string): Promise<Acked>;
  /** The top modal of this person, with values by block id; what is not named keeps its initial value. */
  submit(team: string, user: string, values: Readonly<Record<string, string>>): Promise<Acked>;
  /** Closes the top modal. */
  dismiss(team: string, user: string): Promise<void>;
  shortcut(
    team: string,
    user: string,
    on: { readonly channel: string; readonly ts: string },
    callbackId: string,
  ): Promise<Acked>;
  /** The ts of what was written. */
  write(
    team: string,
    user: string,
    channel: string,
    text: string,
    more?: { readonly threadTs?: string; readonly files?: number; readonly broadcast?: true },
  ): Promise<string>;
  edit(team: string, user: string, channel: string, ts: string, text: string): Promise<void>;
  erase(team: string, user: string, channel: string, ts: string): Promise<void>;
  openHome(team: string, user: string): Promise<void>;
  archive(team: string, channel: string): Promise<void>;
  deleteChannel(team: string, channel: string): Promise<void>;
  /** The bot is put out of a channel. */
  kick(team: string, channel: string): Promise<void>;
  /** The bot is brought into a channel. */
  invite(team: string, channel: string): Promise<void>;
  react(
    team: string,
    user: string,
    on: { readonly channel: string; readonly ts: string },
    reaction: string,
  ): Promise<void>;
  changeUser(
    team: string,
    user: string,
    facts: { readonly tz?: string; readonly admin?: boolean; readonly realName?: string },
  ): Promise<void>;
  /** Slack tells the app that it had too many events: `app_rate_limited`. */
  holdBack(team: string): Promise<void>;
  uninstall(team: string): Promise<void>;
  revokeTokens(team: string): Promise<void>;
}

/** A socket the app has open. */
export interface FakeSocket {
  readonly open: boolean;
  /** Slack's own words: `warning`, `refresh_requested`, `too_many_websockets`, `link_disabled`. */
  disconnect(reason: string): void;
  /** The TCP connection is cut. */
  drop(): void;
  /** No more pings to it. */
  mute(): void;
}

export interface FakeClock {
  /** Milliseconds since 1970. Runs with real time from where it was put. */
  now(): number;
  /** Moves it on; what fell due on the way (retries, expiries) happens first. */
  advance(ms: number): Promise<void>;
}

export interface FakeSlack {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `${url}/api/`: what the app is pointed at. */
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: FakeClock;
  readonly workspaces: ReadonlyMap<string, FakeWorkspace>;
  /** A workspace with the app installed, every scope the manifest asks for granted. */
  addWorkspace(
    name: string,
    facts?: { readonly scopes?: readonly string[]; readonly installed?: false },
  ): FakeWorkspace;
  /** Web API calls that arrived, oldest first. */
  readonly calls: readonly FakeCall[];
  /** Messages of a workspace that the bot made, deleted ones too, oldest first: the ledger of what took effect. */
  posted(team: string): readonly FakeMessage[];
  fault(method: string, ...faults: readonly Fault[]): void;
  /** Lets calls held by a `hold` fault go on. */
  release(): void;
  readonly hands: FakeHands;
  /** HTTP mode: where the app takes requests. Without it events go to open sockets. */
  sendTo(requestUrl: string | undefined): void;
  readonly sockets: readonly FakeSocket[];
  /** Waits until this many sockets are open. */
  socketsOpen(count: number): Promise<void>;
  /** Event deliveries that are not acknowledged yet, retries of them pending. */
  readonly unacked: number;
  /** Problems with what the app did that Slack would only show a person: limits broken in response_url messages, acks after 3 s, … */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}
