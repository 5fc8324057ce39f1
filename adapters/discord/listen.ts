/** Takes from the client everything that is heard from Discord: what it becomes for the core, and how its answer goes back. */
import { type Client, GatewayDispatchEvents as On } from 'discord.js';
import { openRecent } from './listen/recent.ts';
import { openSpots } from './listen/spots.ts';
import type { Stage } from './listen/stage.ts';
import { onInteraction } from './listen/acts.ts';
import { onChannelDelete, onThreadDelete } from './listen/gone.ts';
import { onCreate, onDelete, onDeleteBulk, onUpdate } from './listen/messages.ts';

export type ListenOptions = Pick<Stage, 'deps' | 'onEvent' | 'surface' | 'drafts'>;

export interface Listening {
  /** Takes no more; resolves when what is under way has ended. */
  stop(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

type Hear = (stage: Stage, data: unknown) => Promise<void>;
const HEARD: readonly (readonly [On, Hear])[] = [
  [On.InteractionCreate, onInteraction],
  [On.MessageCreate, onCreate],
  [On.MessageUpdate, onUpdate],
  [On.MessageDelete, onDelete],
  [On.MessageDeleteBulk, onDeleteBulk],
  [On.ThreadDelete, onThreadDelete],
  [On.ChannelDelete, onChannelDelete],
];

/** Events as they came: those that the client makes of them lack messages it has not in its cache. */
export function listen(client: Client, options: ListenOptions): Listening {
  const { world, log } = options.deps;
  const stage: Stage = { ...options, client, spots: openSpots(client, world), recent: openRecent() };
  const busy = new Set<Promise<void>>();
  let isOpen = true;
  const take = (name: On, hear: Hear, data: unknown): void => {
    if (!isOpen) return;
    const heard: Promise<void> = begin(stage, () => hear(stage, data))
      .catch((error: unknown) => log.error('an event of Discord could not be taken in', { event: name, error }))
      .finally(() => busy.delete(heard));
    busy.add(heard);
  };
  for (const [name, hear] of HEARD) client.ws.on(name, (data: unknown) => take(name, hear, data));
  const idle = async (): Promise<void> => {
    while (busy.size > 0) await Promise.all(busy);
  };
  return {
    idle,
    stop() {
      isOpen = false;
      return idle();
    },
  };
}

/** Begins at once, while the client's memory is still as it was before the event. */
async function begin({ deps: { world } }: Stage, hear: () => Promise<void>): Promise<void> {
  const received = world.point('received');
  if (received) await received;
  await hear();
}
