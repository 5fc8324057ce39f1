/** Tables of the local chat: it is a platform, so it keeps messages, persons and its clock by itself. */
import type { Instant } from '../chat/ids.ts';

export interface LocalSchema {
  local_people: { id: string; name: string; admin: 0 | 1; zone: string | null; sample: 0 | 1; position: number };
  local_channels: { id: string; name: string; purpose: string; position: number };
  local_messages: {
    /** The message's ref. */
    ref: string;
    /** Grows with every write to the table; the cursor of catch-up and of the page's stream. */
    seq: number;
    /** The seq it was written with first: its place in the conversation, and what unread marks count from. */
    born: number;
    /** Place key as in `placeKey`, with refs. */
    place: string;
    /** A person's id, or `greenroom`. */
    author: string;
    /** Our name for it, when we posted it; unique. */
    name: string | null;
    kind: 'text' | 'card' | 'file' | 'room';
    /** JSON of what it shows. */
    body: string;
    /** Only this person sees it. */
    only: string | null;
    at: Instant;
    /** The last edit, or the deletion. Later than `at`, and later with each change. */
    edited: Instant | null;
    deleted: 0 | 1;
  };
  /** `seq`: the newest `born` that person has seen there. */
  local_reads: { person: string; place: string; seq: number };
  /** Small facts that outlive a restart: how far the clock was moved, whether the team was announced. */
  local_facts: { name: string; value: string };
}
