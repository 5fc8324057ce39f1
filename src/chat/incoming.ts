/** What reaches us from a platform, in one vocabulary. */
import type { ChannelId, Instant, Name, PersonId, Ref, TeamId } from './ids.ts';
import type { Action } from './message.ts';
import type { Place } from './place.ts';

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** May change settings, as the platform sees it. */
  readonly admin: boolean;
  /** IANA zone, where the platform knows it. */
  readonly zone?: string;
}

interface Base {
  /** The same id twice is the same event. Replies: message ref + change + edit stamp, the same from push and from catch-up. */
  readonly id: string;
  /** Absent where the platform names no team (a Discord DM): the message acted on, a listener, or who wrote to them last then tells. */
  readonly team?: TeamId;
  /** The platform's own time of the event. */
  readonly at: Instant;
}

interface Acted extends Base {
  readonly from: Person;
  readonly place: Place<Ref>;
  /** The message of ours it was done on, where the platform tells. */
  readonly card?: Ref;
}

export interface Command extends Acted {
  readonly kind: 'command';
  /** Name of a command of the surface: `setup`, `mentor topic`. Empty when none was given. */
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}
/** Someone is typing a command's option and wants proposals. */
export interface Complete extends Acted {
  readonly kind: 'complete';
  readonly command: string;
  readonly option: string;
  readonly typed: string;
}
export interface Press extends Acted {
  readonly kind: 'press';
  readonly on: Action;
}
export interface Choose extends Acted {
  readonly kind: 'choose';
  readonly on: Action;
  readonly value: string;
}
export interface Submit extends Acted {
  readonly kind: 'submit';
  readonly on: Action;
  /** By field name; a field left empty is absent or ''. */
  readonly values: Readonly<Record<string, string>>;
}
/** A message in a thread of ours, a room, or a DM. */
export interface Reply extends Acted {
  readonly kind: 'reply';
  /** The message itself. */
  readonly ref: Ref;
  readonly change: 'new' | 'edited' | 'deleted';
  /** Absent when the platform hides it from us, or it was deleted. */
  readonly text?: string;
  /** How many attachments it carries. */
  readonly extras: number;
}
/** A message shortcut was used on somebody's message. */
export interface Pick extends Acted {
  readonly kind: 'pick';
  readonly on: Action;
  readonly ref: Ref;
  readonly author: PersonId;
  readonly text?: string;
}
export interface Home extends Acted {
  readonly kind: 'home';
}
/** Our own post seen coming back, with the name we gave it. */
export interface Echo extends Base {
  readonly kind: 'echo';
  readonly name: Name;
  readonly ref: Ref;
}
/** Events since then may have been lost. */
export interface Deaf extends Base {
  readonly kind: 'deaf';
  readonly since: Instant;
}
export interface Installed extends Base {
  readonly kind: 'installed';
  readonly name: string;
  /** Where the platform already knows a place to practise in, a first schedule starts there at once. */
  readonly start?: Start;
}
export interface Start {
  readonly channel: ChannelId;
  readonly person: Person;
  readonly zone: string;
}
export interface Removed extends Base {
  readonly kind: 'removed';
  readonly what:
    /** `uninstalled`: for good, what is kept of the team goes too. `revoked`: our access ended; it may come back. */
    | { readonly kind: 'team'; readonly why: 'uninstalled' | 'revoked' }
    | { readonly kind: 'channel'; readonly channel: ChannelId }
    | { readonly kind: 'post'; readonly ref: Ref };
}

export type Incoming =
  | Command
  | Complete
  | Press
  | Choose
  | Submit
  | Reply
  | Pick
  | Home
  | Echo
  | Deaf
  | Installed
  | Removed;

export type Of<K extends Incoming['kind']> = Extract<Incoming, { kind: K }>;
/** An event somebody caused on purpose. */
export type ActedEvent = Extract<Incoming, { from: Person }>;
