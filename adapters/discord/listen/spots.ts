/** Which channel an id stands for: told with the event, known to the client, or asked for, each one once. */
import { type Client, Routes } from 'discord.js';
import { plus, type World } from '../../../src/chat/world.ts';
import { withinTime } from '../answer/in-time.ts';
import { isThreadType, readSpot, type Spot } from '../incoming/place.ts';
import { dig } from '../incoming/read.ts';

export interface Spots {
  /** Without asking anybody. */
  known(id: string): Spot | undefined;
  /** Asks Discord for what is not known, and waits for that so long, in ms. Never rejects. */
  of(id: string, patienceMs: number): Promise<Spot | undefined>;
  /** As an event tells of it. Asks only for what a thread hangs in, when that is not known. */
  told(channel: unknown, patienceMs: number): Promise<Spot | undefined>;
}

export function openSpots(client: Client, world: Pick<World, 'now' | 'sleepUntil'>): Spots {
  const asked = openAsked(client);
  const typeOf = (id: string): unknown => client.channels.cache.get(id)?.type ?? dig(asked.known(id), 'type');
  const ask = (id: string, patienceMs: number): Promise<unknown> =>
    withinTime(world, asked.of(id), plus(world.now(), patienceMs));

  async function told(channel: unknown, patienceMs: number): Promise<Spot | undefined> {
    const parent = dig(channel, 'parent_id');
    const isOpen = isThreadType(dig(channel, 'type')) && typeof parent === 'string' && typeOf(parent) === undefined;
    if (isOpen) await ask(parent, patienceMs);
    return readSpot(channel, typeOf);
  }

  const known = (id: string): Spot | undefined => {
    const channel = client.channels.cache.get(id);
    const raw = channel ? rawOf(channel) : asked.known(id);
    return raw === undefined ? undefined : readSpot(raw, typeOf);
  };
  return { known, told, of: async (id, patienceMs) => known(id) ?? told(await ask(id, patienceMs), patienceMs) };
}

/** What was asked for is remembered for so many channels. */
const KEPT = 2_000;

interface Asked {
  known(id: string): unknown;
  of(id: string): Promise<unknown>;
}

function openAsked(client: Pick<Client, 'rest'>): Asked {
  const all = new Map<string, { readonly found: Promise<unknown>; channel?: unknown }>();
  async function find(id: string): Promise<unknown> {
    try {
      const channel = await client.rest.get(Routes.channel(id));
      const entry = all.get(id);
      if (entry) entry.channel = channel;
      return channel;
    } catch {
      // It may have been a moment without a line: the next time it is asked for again.
      all.delete(id);
      return undefined;
    }
  }
  return {
    known: (id) => all.get(id)?.channel,
    of(id) {
      const before = all.get(id);
      if (before) return before.found;
      const [oldest] = all.keys();
      if (all.size >= KEPT && oldest !== undefined) all.delete(oldest);
      const found = find(id);
      all.set(id, { found });
      return found;
    },
  };
}

type Cached = NonNullable<ReturnType<Client['channels']['cache']['get']>>;

/** As Discord writes it. */
const rawOf = (channel: Cached) => ({
  id: channel.id,
  type: channel.type,
  parent_id: 'parentId' in channel ? channel.parentId : undefined,
  owner_id: 'ownerId' in channel ? channel.ownerId : undefined,
  recipients: 'recipientId' in channel ? [{ id: channel.recipientId }] : undefined,
});
