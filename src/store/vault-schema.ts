/** Small texts that are sealed before they come here. */
import type { Instant } from '../chat/ids.ts';

export interface VaultSchema {
  vault: {
    /** Names its owner, and is bound into what is sealed. */
    key: string;
    sealed: string;
    /** From then on it counts as forgotten. */
    until: Instant | null;
    at: Instant;
  };
}
