/** What the parts of the Slack adapter hand each other. */
import type { WebClient } from '@slack/web-api';
import type { AdapterDeps, Secret } from '../../src/chat/adapter.ts';
import type { PersonId, TeamId } from '../../src/chat/ids.ts';
import type { Person } from '../../src/chat/incoming.ts';

/** How events reach us. Slack sends them one way or the other, never both. */
export type Mode =
  | { readonly kind: 'socket'; readonly appToken: Secret }
  | { readonly kind: 'http'; readonly signingSecret: Secret };

/** Whose tokens we act with: one workspace by its token, or every workspace that installed us. */
export type Access =
  | { readonly kind: 'one'; readonly botToken: Secret }
  | {
      readonly kind: 'many';
      readonly clientId: string;
      readonly clientSecret: Secret;
      /** Where browsers reach us, without a slash at the end: `https://greenroom.example.org`. */
      readonly publicUrl: string;
    };

export interface SlackDeps extends AdapterDeps {
  readonly mode: Mode;
  readonly access: Access;
  /** `https://slack.com/api/`, with the slash. */
  readonly apiUrl: string;
  /** 128 bits of chance or more, in letters that fit into an address; never the same twice. */
  randomToken(): string;
}

/** A workspace we may act in. */
export interface Tenant {
  readonly team: TeamId;
  readonly name: string;
  /** Our own user there, `U…`. */
  readonly botUser: string;
  /** Our own bot there, `B…`. */
  readonly botId: string;
  readonly client: WebClient;
}

export interface Tenants {
  /** Learn who we are where we may act. Throws with what to do when a token is no good. */
  start(): Promise<readonly Tenant[]>;
  /** Where we may act now. */
  all(): Promise<readonly Tenant[]>;
  /** Undefined: we have no token for that workspace. */
  of(team: TeamId): Promise<Tenant | undefined>;
  /** Its tokens no longer work: they are forgotten. */
  forget(team: TeamId): Promise<void>;
  /** A workspace that installed us while we run. */
  onInstalled(hear: (tenant: Tenant) => Promise<void>): void;
}

/** Who people are: from memory, from Slack, or as the core last knew them, whichever is there in time. */
export interface People {
  /** `name`: what the event itself called them. Never rejects, answers within a second. */
  of(tenant: Tenant, id: PersonId, name?: string): Promise<Person>;
  /** Slack told us about them anew (`user_change`): the user object as it came. */
  learn(team: TeamId, user: unknown): void;
}

/** One delivery of Slack's, however it came: the JSON body of a command, an interaction or an event envelope. */
export interface Envelope {
  readonly body: Readonly<Record<string, unknown>>;
  readonly retry?: { readonly count: number; readonly reason?: string };
}

/**
 * Takes an envelope in; resolves after the commit, with the body of the acknowledgement ('' when it is empty). Rejects
 * when nothing was committed: it must not be acknowledged, so that Slack sends it again.
 */
export type Take = (envelope: Envelope) => Promise<AckBody>;
export type AckBody = '' | Readonly<Record<string, unknown>>;

/** A way events come in. */
export interface Line {
  /** Resolves when events come in. Rejects with what to do when Slack will not have us. */
  open(): Promise<void>;
  /** No new events; resolves when those under way are answered. */
  close(): Promise<void>;
}
