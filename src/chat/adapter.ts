/** What an adapter is given by whoever builds it, and what it gives back beside its chat. */
import type { Chat } from './chat.ts';
import type { Instant, PersonId, TeamId } from './ids.ts';
import type { Person } from './incoming.ts';
import type { Log, World } from './world.ts';

/** A text that shows itself only when asked. */
export interface Secret {
  reveal(): string;
}

/** Small texts kept encrypted at rest; a key names its owner, and what was sealed under one key opens under no other. */
export interface Vault {
  /** Replaces what was there. After `until` it counts as forgotten. */
  keep(key: string, text: string, until?: Instant): Promise<void>;
  read(key: string): Promise<string | undefined>;
  /** Reads and forgets in one step: of two takers one gets it. */
  take(key: string): Promise<string | undefined>;
  forget(key: string): Promise<void>;
  /** Keys that begin so, in order. */
  keys(prefix: string): Promise<readonly string[]>;
}

/** One line of `doctor`. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** What to click or set, when it is not ok. */
  readonly mend?: string;
}

/** A picture as PNG bytes; undefined when nobody paints such a picture, so that its `alt` stands instead. */
export type Paint = (picture: string, data: unknown) => Promise<Uint8Array | undefined>;

export interface AdapterDeps {
  readonly world: World;
  readonly log: Log;
  readonly vault: Vault;
  /** What the core last knew of a person, for when the platform is slow to tell. */
  known(team: TeamId, person: PersonId): Promise<Person | undefined>;
  readonly paint: Paint;
  /** The platform will never talk to us again like this: the process should end, saying `why`. */
  fatal(why: string): void;
}

export interface Adapter {
  readonly chat: Chat;
  /** Answers what is this platform's; undefined for any other address. */
  http?(request: Request): Promise<Response | undefined>;
  diagnose(): Promise<readonly Finding[]>;
}

/** A platform will not have us; the message says what to click or set, for the person who runs Greenroom. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
}
