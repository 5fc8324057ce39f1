/** What the fake Slack knows: workspaces and what is in them, ids, the clock, and the seams between its two halves. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { EVENTS } from '../../../adapters/slack/scopes.ts';
import { openClock, type AgendaClock, type ClockOptions } from './clock.ts';
import type { FakeChannel, FakeFile, FakeHands, FakeMessage, FakeSocket, FakeWorkspace } from './types.ts';

/** A file on its way in, or in. */
export interface StoredFile extends FakeFile {
  bytes: Uint8Array;
  title: string;
  mimetype: string;
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** What the app said it would send, in bytes. */
  readonly announced: number;
  /** While it is `processing` it is there, and cannot be shown yet. */
  state: 'waiting' | 'uploaded' | 'processing' | 'complete' | 'deleted';
  /** Where it was shared. */
  readonly channels: Set<string>;
}

export interface Workspace extends FakeWorkspace {
  readonly files: Map<string, StoredFile>;
  /** Everything the bot ever wrote, ephemeral and deleted ones too. */
  readonly posted: FakeMessage[];
  /** What its token is told while it is revoked. */
  revokedAs: 'token_revoked' | 'account_inactive';
  /** As in `https://<domain>.slack.com`. */
  readonly domain: string;
}

/** An event as it stands inside an envelope: `{type: 'message', channel, user, text, ts, …}`. */
export type InnerEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface About {
  /** Reaches the app only while its bot is a member of this channel. */
  readonly channel?: FakeChannel;
}

export type Hear = (workspace: Workspace, event: InnerEvent, about: About) => void;

export type TriggerVerdict =
  /** Whose trigger it was, and the modal they acted in, if they did. */
  | { readonly user: string; readonly view?: string }
  | { readonly error: 'expired_trigger_id' | 'exchanged_trigger_id' | 'invalid_trigger_id' };

/** The half of the fake that acts on the app: sockets, event deliveries, hands, response URLs. Made by `plug.ts`. */
export interface Plugs {
  /** `POST /response/<path>`; the body as it came. */
  respond(path: string, contentType: string, body: string): Promise<{ readonly status: number; readonly body: string }>;
  /** A WebSocket handshake, whatever its path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Uses it up. */
  useTrigger(team: string, triggerId: string): TriggerVerdict;
  /** What apps.connections.open answers: an address to connect to, or the error. */
  openConnection(): { readonly url: string } | { readonly error: string };
  readonly hands: FakeHands;
  sendTo(requestUrl: string | undefined): void;
  readonly sockets: readonly FakeSocket[];
  socketsOpen(count: number): Promise<void>;
  readonly unacked: number;
  close(): Promise<void>;
}

export interface AppSecrets {
  readonly appId: string;
  readonly signingSecret: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Model {
  readonly clock: AgendaClock;
  readonly app: AppSecrets;
  /** Where the server listens, `http://127.0.0.1:PORT`; empty before it does. */
  url: string;
  readonly workspaces: Map<string, Workspace>;
  readonly complaints: string[];
  readonly filesReadyAfterMs: number;
  /** Events the app hears, by the names it subscribes to them; undefined: all of them. */
  readonly subscribed: ReadonlySet<string> | undefined;
  /** Tokens of installations that are over, and what they are told. */
  readonly formerTokens: Map<string, string>;
  /** `C…`, `U…`, … : never the same twice, in the order they were made. */
  newId(prefix: string): string;
  /** A timestamp that no message of this channel has, later than all of them. */
  newTs(channel: FakeChannel): string;
  /** Tells whoever listens that something happened which Slack has an event for. */
  announce(workspace: Workspace, event: InnerEvent, about?: About): void;
  onAnnounce(hear: Hear): void;
  /** Throws for a workspace or channel that is not there: a test asked for it. */
  workspace(team: string): Workspace;
  channel(team: string, channel: string): FakeChannel;
}

export interface ModelOptions extends ClockOptions {
  readonly secrets?: Partial<AppSecrets>;
  /** How long Slack looks at a completed file before it shares it and a block may show it; not at all, unless told otherwise. */
  readonly filesReadyAfterMs?: number;
  /** Events the app hears: those of our manifest, unless told otherwise. */
  readonly subscribed?: 'all' | readonly string[];
}

const SECRETS: AppSecrets = {
  appId: 'A0FAKEAPP01',
  signingSecret: 'f1a2c3e4d5b6978812345678deadbeef',
  appToken: 'xapp-1-A0FAKEAPP01-100-fakefakefakefake',
  clientId: '100000000001.200000000002',
  clientSecret: 'c0ffee00c0ffee00c0ffee00c0ffee00',
};

const IN_MANIFEST = EVENTS.map(({ event }) => event);

const MICRO = 1_000_000;
const tsOf = (micros: number): string => `${Math.floor(micros / MICRO)}.${String(micros % MICRO).padStart(6, '0')}`;
const microsOf = (ts: string): number => Number(ts.replace('.', ''));

export function openModel(options: ModelOptions = {}): Model {
  const workspaces = new Map<string, Workspace>();
  const complaints: string[] = [];
  const hearers: Hear[] = [];
  const stamped = new Map<string, number>();
  let counter = 0;
  const clock = openClock(options, (error) => complaints.push(`a job of the fake failed: ${String(error)}`));
  const workspace = (team: string): Workspace => {
    const found = workspaces.get(team);
    if (!found) throw new Error(`no workspace ${team} in the fake`);
    return found;
  };
  return {
    clock,
    app: { ...SECRETS, ...options.secrets },
    url: '',
    workspaces,
    complaints,
    filesReadyAfterMs: options.filesReadyAfterMs ?? 0,
    subscribed: options.subscribed === 'all' ? undefined : new Set(options.subscribed ?? IN_MANIFEST),
    formerTokens: new Map(),
    newId: (prefix) => `${prefix}0${String(++counter).padStart(9, '0')}`,
    newTs: (channel) => {
      const last =
        stamped.get(channel.id) ?? channel.messages.reduce((most, { ts }) => Math.max(most, microsOf(ts)), 0);
      const micros = Math.max(clock.now() * 1000, last + 1);
      stamped.set(channel.id, micros);
      return tsOf(micros);
    },
    announce: (where, event, about = {}) => {
      for (const hear of hearers) hear(where, event, about);
    },
    onAnnounce: (hear) => hearers.push(hear),
    workspace,
    channel: (team, id) => {
      const found = workspace(team).channels.get(id);
      if (!found) throw new Error(`no channel ${id} in ${team}`);
      return found;
    },
  };
}
