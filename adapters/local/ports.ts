/** What the local chat needs from outside: a memory of its own, and a clock that can be moved. */
import type { Instant } from '../../src/chat/ids.ts';

/** The clock of the practice team. */
export interface LocalClock {
  now(): Instant;
  /** When something happens next by itself; undefined when nothing is planned. */
  nextEvent(): Promise<Instant | undefined>;
  /** Moves forward only, running everything due on the way; resolves when that is done. */
  moveTo(at: Instant): Promise<void>;
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly admin: 0 | 1;
  readonly zone: string | null;
  /** One of the sample colleagues, who answer and review on request. */
  readonly sample: 0 | 1;
  readonly position: number;
}

export interface ChannelRow {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly position: number;
}

export interface MessageRow {
  readonly ref: string;
  /** Grows with every write; the cursor of catch-up and of the page's stream. */
  readonly seq: number;
  /** The seq it was written with first: its place in the conversation. */
  readonly born: number;
  /** As `placeKey` writes it. */
  readonly place: string;
  /** A person's id, or `greenroom`. */
  readonly author: string;
  readonly name: string | null;
  readonly kind: 'text' | 'card' | 'file' | 'room';
  /** JSON of a Body. */
  readonly body: string;
  /** Only this person sees it. */
  readonly only: string | null;
  readonly at: Instant;
  /** The last edit, or the deletion. */
  readonly edited: Instant | null;
  readonly deleted: 0 | 1;
}

export type NewRow = Omit<MessageRow, 'seq' | 'born' | 'edited' | 'deleted'>;
export type RowChange = Partial<Pick<MessageRow, 'body' | 'edited' | 'deleted'>>;

/** What was said under one place: how much, since when, by whom. */
export interface Talk {
  readonly place: string;
  readonly count: number;
  readonly last: Instant;
  readonly authors: readonly string[];
}

/** The local chat's memory. Every call is one transaction of its own. */
export interface LocalStore {
  /** Puts people and channels in when there are none yet. */
  seed(people: readonly PersonRow[], channels: readonly ChannelRow[]): Promise<void>;
  people(): Promise<readonly PersonRow[]>;
  channels(): Promise<readonly ChannelRow[]>;
  /** Adds a message unless one of its name is there; gives the one that is there now. */
  add(row: NewRow): Promise<{ readonly row: MessageRow; readonly added: boolean }>;
  /** Changes a message by what `how` makes of it; undefined when there is none, or `how` wants no change. */
  change(ref: string, how: (row: MessageRow) => RowChange | undefined): Promise<MessageRow | undefined>;
  message(ref: string): Promise<MessageRow | undefined>;
  named(name: string): Promise<MessageRow | undefined>;
  /** The newest `limit` messages of a place that `person` may see, born before `before`; oldest first. */
  latest(of: {
    readonly place: string;
    readonly person: string;
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly MessageRow[]>;
  /** Writes after `seq`, of all places or of these; oldest first. */
  writtenAfter(seq: number, limit: number, places?: readonly string[]): Promise<readonly MessageRow[]>;
  /** The newest write there is. */
  lastSeq(): Promise<number>;
  /** What was said in public in each of these places; a silent place is missing. */
  talk(places: readonly string[]): Promise<readonly Talk[]>;
  rooms(): Promise<readonly MessageRow[]>;
  /** How many messages of others a person has not seen, by place. */
  unread(person: string): Promise<readonly { readonly place: string; readonly count: number }[]>;
  /** `born` of the newest message a person has seen in a place; 0 for none. */
  readUntil(person: string, place: string): Promise<number>;
  markRead(person: string, place: string, born: number): Promise<void>;
  fact(name: string): Promise<string | undefined>;
  keepFact(name: string, value: string): Promise<void>;
}
