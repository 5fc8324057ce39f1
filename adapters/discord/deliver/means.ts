/** What all deliveries share. */
import type { AdapterDeps } from '../../../src/chat/adapter.ts';
import type { Doubts } from './doubts.ts';
import type { Painter } from './pictures.ts';
import type { DiscordRef } from '../refs.ts';
import type { Places } from './places.ts';

export interface Means {
  readonly places: Places;
  readonly paint: Painter;
  readonly doubts: Doubts;
  /** Private threads of people whose direct messages are closed, by server and person; some of them. */
  readonly instead: Map<string, DiscordRef>;
  readonly known: AdapterDeps['known'];
}
