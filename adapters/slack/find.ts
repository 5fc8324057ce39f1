/** Looks whether a delivery is there: by the name in a message's metadata, or by the mark in a file's name, and by its author. */
import type { Found } from '../../src/chat/chat.ts';
import type { Instant } from '../../src/chat/ids.ts';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { markOf } from './deliver/file.ts';
import type { Places } from './deliver/places.ts';
import { scan, type Sign } from './deliver/scan.ts';
import type { Tenant } from './ports.ts';

const CANNOT_TELL = { kind: 'cannot tell' } as const;

/** One look at what was said there since. Never rejects. */
export async function find(places: Places, tenant: Tenant, delivery: Delivery, since: Instant): Promise<Found> {
  // Changing or taking back once more does no harm, so there is nothing to find.
  if (delivery.kind === 'edit' || delivery.kind === 'remove' || delivery.kind === 'thread') return { kind: 'absent' };
  try {
    const where =
      delivery.kind === 'room'
        ? await places.withPeople(tenant, delivery.members)
        : await places.of(tenant, delivery.to);
    return await scan(tenant, where, since, signOf(delivery));
  } catch {
    return CANNOT_TELL;
  }
}

function signOf(delivery: Extract<Delivery, { kind: 'post' | 'room' | 'file' }>): Sign {
  if (delivery.kind !== 'file')
    return ({ metadata }) => metadata?.event_type === 'greenroom' && payloadName(metadata) === delivery.name;
  const mark = markOf(delivery.name);
  return ({ files = [] }) => {
    if (files.some(({ name }) => name?.includes(mark) === true)) return true;
    return files.some(({ name }) => name === undefined) ? 'cannot tell' : false;
  };
}

const payloadName = ({ event_payload: payload }: { event_payload?: object }): unknown =>
  payload !== undefined && 'name' in payload ? payload.name : undefined;
