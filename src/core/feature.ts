/** What a feature is to the core: a record of handlers, found by name. The core knows nothing else about it. */
import type { LoadedBank } from '../bank/load.ts';
import type { Deck } from '../bank/deck.ts';
import type { Traits } from '../chat/chat.ts';
import type { ChannelId, Instant, Name, PersonId, Ref } from '../chat/ids.ts';
import type { Complete, Incoming, Of, Reply, Start } from '../chat/incoming.ts';
import type { Option } from '../chat/message.ts';
import type { AnswerTo, Outgoing } from '../chat/outgoing.ts';
import type { Place } from '../chat/place.ts';
import type { CommandSpec } from '../chat/surface.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** One event, one transaction, one answer. Nothing a turn does reaches a platform before it commits. */
export interface Turn {
  readonly team: Row<'teams'>;
  readonly tx: Tx;
  /** Stays the same for the whole turn. */
  readonly now: Instant;
  newId(): string;
  readonly bank: LoadedBank;
  readonly deck: Deck;
  readonly traits: Traits;
  /** Names of our two slash commands, without the slash. */
  readonly words: Words;
  /** Put something in the outbox under our own name for it; a name sent before is not sent again. */
  send(outgoing: Outgoing, options?: { readonly expires?: Instant }): Promise<void>;
  /** Wake this feature at `at`; replaces an earlier wake of the same name and subject. */
  wake(name: string, subject: string, at: Instant): Promise<void>;
  unwake(name: string, subject: string): Promise<void>;
  /** Follow what people write under a post of ours until `until`. */
  watch(post: Name, until: Instant): Promise<void>;
  /** Messages in a room or DM come to this feature from now on, with this subject. */
  listen(place: Place, subject: string): Promise<void>;
  unlisten(place: Place): Promise<void>;
  /** Run the other features' handlers of this fact, in this transaction. */
  tell(fact: Fact): Promise<void>;
  /** This turn as another feature's: what it wakes and listens to is that feature's own. */
  as(feature: Feature): Turn;
  person(id: PersonId): Promise<Row<'people'> | undefined>;
}

export interface Words {
  readonly practice: string;
  readonly mock: string;
}

/** What happened that other features may care about. */
export type Fact =
  | { readonly kind: 'installed'; readonly start?: Start }
  | { readonly kind: 'channel-removed'; readonly channel: ChannelId }
  | { readonly kind: 'post-removed'; readonly name: Name }
  /** A schedule may run, or runs differently from now on. */
  | { readonly kind: 'schedule-set'; readonly schedule: string }
  /** A schedule's question of today is wanted now. */
  | { readonly kind: 'question-wanted'; readonly schedule: string }
  | { readonly kind: 'round-opened'; readonly round: string }
  | { readonly kind: 'round-closed'; readonly round: string }
  /** An answer given after its round closed. */
  | { readonly kind: 'answer-late'; readonly round: string; readonly answer: string }
  /** `leaving`: its author leaves and takes everything along. */
  | { readonly kind: 'answer-removed'; readonly round: string; readonly answer: string; readonly leaving: boolean };

export type Handler<K extends Incoming['kind']> = (event: Of<K>, turn: Turn) => Promise<AnswerTo[K]>;

export interface Command extends Omit<CommandSpec, 'name' | 'alias'> {
  /** Which of {@link Words} is also a top-level command of its own for it. */
  readonly alias?: Exclude<keyof Words, 'practice'>;
  readonly run: Handler<'command'>;
  readonly complete?: (event: Complete, turn: Turn) => Promise<readonly Option[]>;
}

/** How something sent came to its end. */
export interface Settled {
  readonly name: Name;
  readonly kind: Outgoing['kind'];
  readonly end: 'sent' | 'expired' | 'dead';
  readonly reason?: string;
  readonly ref?: Ref;
}

/** What a reply is about: the post it hangs under, or what its place's listener asked for. */
export type About = { readonly post: Name } | { readonly subject: string };

export interface Feature {
  /** Also the first part of the names it gives its posts and actions. */
  readonly name: string;
  readonly commands?: Readonly<Record<string, Command>>;
  readonly presses?: Readonly<Record<string, Handler<'press'>>>;
  readonly choices?: Readonly<Record<string, Handler<'choose'>>>;
  readonly forms?: Readonly<Record<string, Handler<'submit'>>>;
  readonly picks?: Readonly<Record<string, { readonly label: string; readonly run: Handler<'pick'> }>>;
  readonly home?: Handler<'home'>;
  readonly replies?: (event: Reply, about: About, turn: Turn) => Promise<void>;
  /** A wake that finds nothing to do does nothing. */
  readonly wakes?: Readonly<Record<string, (subject: string, turn: Turn) => Promise<void>>>;
  /** Names of wakes whose work nobody sees. */
  readonly housekeeping?: readonly string[];
  readonly settled?: (post: Settled, turn: Turn) => Promise<void>;
  readonly facts?: { readonly [K in Fact['kind']]?: (fact: Extract<Fact, { kind: K }>, turn: Turn) => Promise<void> };
  /** Everything it keeps about a person, for that person. */
  readonly exports?: (person: PersonId, turn: Turn) => Promise<Readonly<Record<string, unknown>>>;
  /** Forget a person; what others wrote stays theirs, counts stay. */
  readonly erases?: (person: PersonId, turn: Turn) => Promise<void>;
}
