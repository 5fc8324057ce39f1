/** From our names to the platform's refs, at the moment of sending. */
import type { Name, Ref } from '../chat/ids.ts';
import type { Delivery, Outgoing } from '../chat/outgoing.ts';
import type { Place } from '../chat/place.ts';
import { never } from '../chat/never.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** The delivery a row stands for; undefined while a post it needs is not linked. */
export async function resolve(tx: Tx, row: Row<'outbox'>): Promise<Delivery | undefined> {
  const out = JSON.parse(row.body) as Outgoing;
  const linked = row.needs === null ? undefined : await refOf(tx, row, row.needs);
  if (row.needs !== null && linked === undefined) return undefined;
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

const must = (ref: Ref | undefined): Ref => {
  if (ref === undefined) throw new Error('a row that needs a post says which');
  return ref;
};

function placeWith(to: Place, linked: Ref | undefined): Place<Ref> {
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

const refOf = async (tx: Tx, row: Row<'outbox'>, name: Name): Promise<Ref | undefined> =>
  (await tx.selectFrom('posts').select('ref').where('team', '=', row.team).where('name', '=', name).executeTakeFirst())
    ?.ref;
