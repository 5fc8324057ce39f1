/** Who wrote what lately, and when it was changed: a deletion tells neither, and a preview of a link looks like a change. */
import type { Instant } from '../../../src/chat/ids.ts';
import type { Person } from '../../../src/chat/incoming.ts';

/** Messages remembered, over all servers. */
const KEPT = 10_000;

interface Written {
  /** Undefined: we did, or another bot. */
  readonly from: Person | undefined;
  readonly edited?: Instant;
}

export interface Recent {
  note(message: string, written: Written): void;
  of(message: string): Written | undefined;
}

export function openRecent(kept = KEPT): Recent {
  const all = new Map<string, Written>();
  return {
    note(message, written) {
      all.delete(message);
      const [oldest] = all.keys();
      if (all.size >= kept && oldest !== undefined) all.delete(oldest);
      all.set(message, written);
    },
    of: (message) => all.get(message),
  };
}
