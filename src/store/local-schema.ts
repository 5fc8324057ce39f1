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
    /** Place key as in `placeKey`, with refs. */
    place: string;
    /** A person's id, or `greenroom`. */
    author: string;
    /** Our name for it, when we posted it; unique. */
    name: string | null;
    /** `text`, `card`, `file` or `room`. */
    kind: string;
    /** JSON of what it shows. */
    body: string;
    /** Only this person sees it. */
    only: string | null;
    at: Instant;
    edited: Instant | null;
    deleted: 0 | 1;
  };
  local_reads: { person: string; place: string; seq: number };
  local_clock: { id: number; offset_ms: number };
}
