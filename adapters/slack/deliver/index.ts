/** Everything we say on Slack: carried, looked for, paced, and what people said under it. */
import type { Paint } from '../../../src/chat/adapter.ts';
import type { Chat } from '../../../src/chat/chat.ts';
import type { Ref } from '../../../src/chat/ids.ts';
import { never } from '../../../src/chat/never.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Log, World } from '../../../src/chat/world.ts';
import { failureOf, noAccess } from '../failure.ts';
import { find } from '../find.ts';
import { lanes } from '../lanes.ts';
import type { People, Tenant, Tenants } from '../ports.ts';
import { openReplies } from '../replies.ts';
import { share } from './file.ts';
import { openPainter } from './pictures.ts';
import { openPlaces } from './places.ts';
import { edit, type Means, openRoom, post, remove } from './post.ts';
import type { Trip } from './trip.ts';

export { DELIVERY_TIMEOUT_MS } from './trip.ts';

export interface OutDeps {
  readonly tenants: Pick<Tenants, 'of'>;
  readonly people: Pick<People, 'of'>;
  readonly world: World;
  readonly log: Log;
  readonly paint: Paint;
}

export function openOut(deps: OutDeps): Pick<Chat, 'deliver' | 'find' | 'replies' | 'lanes'> {
  const { tenants, world } = deps;
  const readReplies = openReplies(deps);
  const means: Means = { places: openPlaces(), painter: openPainter(deps) };
  return {
    lanes,
    async deliver(delivery) {
      const began = world.now();
      const tenant = await mustHave(tenants, delivery.team);
      return carry({ tenant, world, began }, means, delivery);
    },
    async find(delivery, since) {
      const tenant = await tenants.of(delivery.team).catch(() => undefined);
      return tenant ? find(means.places, tenant, delivery, since) : { kind: 'cannot tell' };
    },
    async replies(of) {
      return readReplies(await mustHave(tenants, of.team), of);
    },
  };
}

async function mustHave(tenants: OutDeps['tenants'], team: Delivery['team']): Promise<Tenant> {
  const tenant = await tenants.of(team).catch((error: unknown) => {
    throw failureOf(error, 'prepares');
  });
  if (!tenant) throw noAccess();
  return tenant;
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
      // Threads open by themselves here.
      return delivery.ref;
    case 'file':
      return share(trip, means.places, delivery);
    default:
      return never(delivery);
  }
}
