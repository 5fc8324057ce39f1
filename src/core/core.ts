/** What the parts of the engine share: everything is handed over once, at the start. */
import type { Deck } from '../bank/deck.ts';
import type { LoadedBank } from '../bank/load.ts';
import type { Chat } from '../chat/chat.ts';
import type { Instant, Platform } from '../chat/ids.ts';
import type { Log, World } from '../chat/world.ts';
import type { Store } from '../store/store.ts';
import type { Feature, Words } from './feature.ts';
import type { Jobs, Queue } from './jobs.ts';

/** The questions as they are now; a reload swaps them. */
export interface Questions {
  readonly bank: LoadedBank;
  readonly deck: Deck;
}

export interface Core {
  readonly store: Store;
  readonly world: World;
  readonly log: Log;
  readonly jobs: Jobs;
  readonly words: Words;
  readonly features: readonly Feature[];
  readonly chats: ReadonlyMap<Platform, Chat>;
  questions(): Questions;
}

/** Wake-ups asked for inside a transaction, handed to the jobs after its commit. */
export type Nudges = { readonly queue: Queue; readonly at: Instant }[];
