/** Everything we say on Discord: carried, looked for, paced, and what people said under it. */
import { type Client, Routes } from 'discord.js';
import type { AdapterDeps, Paint } from '../../../src/chat/adapter.ts';
import type { Chat } from '../../../src/chat/chat.ts';
import type { Ref } from '../../../src/chat/ids.ts';
import { never } from '../../../src/chat/never.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Log, World } from '../../../src/chat/world.ts';
import { type Api, openApi } from '../api.ts';
import { find } from '../find.ts';
import { idOf } from '../incoming/read.ts';
import { lanes } from '../lanes.ts';
import type { Budget } from '../ports.ts';
import { openReplies } from '../replies.ts';
import { openShare } from '../share.ts';
import { openDoubts } from './doubts.ts';
import type { Means } from './means.ts';
import { openPainter } from './pictures.ts';
import { openPlaces } from './places.ts';
import { edit, openUnder, post, remove, share } from './post.ts';
import { openRoom } from './room.ts';
import type { Trip } from './trip.ts';

export { LATE_MS } from './doubts.ts';
export { DELIVERY_TIMEOUT_MS } from './trip.ts';

/** Discord makes one message of two that are sent within this long, in ms; it says "a few minutes". */
export const REPEAT_SAFE_MS = 100_000;

export interface OutDeps {
  /** The gate's; before it is ready less is known without asking. */
  readonly client: Client;
  readonly world: World;
  readonly log: Log;
  readonly paint: Paint;
  readonly budget: Budget;
  readonly deps: Pick<AdapterDeps, 'known'>;
}

export function openOut(out: OutDeps): Pick<Chat, 'deliver' | 'find' | 'replies' | 'lanes'> {
  const { client, world, budget, deps } = out;
  const api = openApi(client.rest, budget, openShare(world));
  const me = openMe(client, api);
  const { known } = deps;
  const means: Means = {
    places: openPlaces(client),
    paint: openPainter(out),
    doubts: openDoubts(world),
    instead: new Map(),
    known,
  };
  const trip = ({ team }: Pick<Delivery, 'team'>): Trip => ({ team, api, world, began: world.now(), me });
  return {
    lanes,
    deliver: (delivery) => carry(trip(delivery), means, delivery),
    find: (delivery, since) => find(trip(delivery), means, delivery, since),
    replies: openReplies({ client, api, world, known }),
  };
}

function openMe(client: Client, api: Api): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    const id = client.user?.id ?? known ?? idOf((await api.record('get', Routes.user()))['id']);
    if (id === undefined) throw new TypeError('nobody knows who we are');
    return (known = id);
  };
}

async function carry(trip: Trip, means: Means, delivery: Delivery): Promise<Ref> {
  switch (delivery.kind) {
    case 'post':
      return post(trip, means, delivery);
    case 'room':
      return openRoom(trip, means, delivery);
    case 'edit':
      return edit(trip, means, delivery);
    case 'remove':
      return remove(trip, delivery);
    case 'thread':
      return openUnder(trip, delivery);
    case 'file':
      return share(trip, means, delivery);
    default:
      return never(delivery);
  }
}
