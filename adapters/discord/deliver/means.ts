/** What all deliveries share. */
import type { AdapterDeps } from '../../../src/chat/adapter.ts';
import type { Doubts } from './doubts.ts';
import type { Painter } from './pictures.ts';
import type { Places } from './places.ts';

export interface Means {
  readonly places: Places;
  readonly paint: Painter;
  readonly doubts: Doubts;
  readonly known: AdapterDeps['known'];
}
