/** From our names to the platform's refs, at the moment of sending. */
import type { Ref } from '../chat/ids.ts';
import type { Delivery, Outgoing } from '../chat/outgoing.ts';
import type { Place } from '../chat/place.ts';
import { never } from '../chat/never.ts';
import type { Row } from '../store/schema.ts';

/** The delivery a row stands for; `linked` is where the post it needs stands. Undefined while that is nowhere. */
export function resolve(row: Row<'outbox'>, linked: Ref | null): Delivery | undefined {
  const out = JSON.parse(row.body) as Outgoing;
  if (row.needs !== null && linked === null) return undefined;
  switch (out.kind) {
    case 'post':
    case 'file':
      return { ...out, team: row.team, to: placeWith(out.to, linked) };
    case 'room':
      return { ...out, team: row.team };
    case 'edit':
    case 'remove':
    case 'thread':
      return { ...out, team: row.team, ref: must(linked) };
    default:
      return never(out);
  }
}

const must = (ref: Ref | null): Ref => {
  if (ref === null) throw new Error('a row that needs a post says which');
  return ref;
};

function placeWith(to: Place, linked: Ref | null): Place<Ref> {
  switch (to.in) {
    case 'channel':
    case 'dm':
      return to;
    case 'thread':
      return { in: 'thread', under: must(linked) };
    case 'room':
      return { in: 'room', room: must(linked) };
    default:
      return never(to);
  }
}
