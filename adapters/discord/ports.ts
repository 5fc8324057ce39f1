/** What the parts of the Discord adapter hand each other. */
import type { Client } from 'discord.js';
import type { AdapterDeps, Secret } from '../../src/chat/adapter.ts';
import type { Instant, PersonId, Ref, TeamId } from '../../src/chat/ids.ts';
import type { Form } from '../../src/chat/message.ts';

export interface DiscordDeps extends AdapterDeps {
  readonly token: Secret;
  readonly applicationId: string;
  /** `https://discord.com/api`, without version and slash. */
  readonly apiUrl: string;
  /** We may read what people write: the privileged intent MESSAGE_CONTENT is switched on. */
  readonly content: boolean;
}

/** The connection to Discord's gateway, by the real client. */
export interface Gate {
  readonly client: Client<true>;
  /** Resolves when every shard is ready. Rejects with PlatformError, in words, when Discord will not have us. */
  open(): Promise<void>;
  /** No new events; resolves when those under way are answered and the sockets are closed. */
  close(): Promise<void>;
}

/** What the gate tells: what may have been missed, and which servers there are. */
export interface GateHears {
  /** Events of these servers since then may be lost; undefined: of all of them. */
  onDeaf(since: Instant, teams?: readonly TeamId[]): Promise<void>;
  /** We are in this server: at the start, or since just now. */
  onServer(team: TeamId, name: string): Promise<void>;
  /** We were put out of this server. An outage of Discord's is none. */
  onGone(team: TeamId): Promise<void>;
}

/** Forms that people have open, so that one that was rejected can be opened again, filled in. Kept sealed, for an hour. */
export interface Drafts {
  /** What stands behind the modal `person` is shown; the id goes into its custom id. */
  keep(person: PersonId, draft: Draft): Promise<string>;
  read(person: PersonId, id: string): Promise<Draft | undefined>;
  forget(person: PersonId, id: string): Promise<void>;
}
export interface Draft {
  readonly form: Form;
  /** What was typed, by field. */
  readonly values: Readonly<Record<string, string>>;
  /** What was wrong with it when it was sent off last. */
  readonly problem?: { readonly field: string; readonly text: string };
  /** The message of ours it was first opened on. */
  readonly card?: Ref;
}

/** Requests that Discord answered with 401, 403 or 429 count against our address: too many, and nothing more is sent for a while. */
export interface Budget {
  note(status: number): void;
  /** Milliseconds until requests may go out again; 0: now. */
  waitMs(): number;
}
