/** What every listener works with. */
import type { Client } from 'discord.js';
import type { OnEvent } from '../../../src/chat/outgoing.ts';
import type { Surface } from '../../../src/chat/surface.ts';
import type { DiscordDeps, Drafts } from '../ports.ts';
import type { Recent } from './recent.ts';
import type { Spots } from './spots.ts';

export interface Stage {
  readonly client: Client;
  readonly deps: Pick<DiscordDeps, 'world' | 'log' | 'paint'>;
  readonly onEvent: OnEvent;
  readonly surface: Surface;
  readonly drafts: Drafts;
  readonly spots: Spots;
  readonly recent: Recent;
}
