/** Who may see what: channels everybody, rooms their members, direct messages and only-you messages one person. */
import type { Ref } from '../../src/chat/ids.ts';
import { placeKey } from '../../src/chat/place.ts';
import type { Place } from '../../src/chat/place.ts';
import { bodyOf, NotHere, placeOf } from './message.ts';
import type { LocalStore, MessageRow } from './ports.ts';

/** Whether `person` may read and write in `place`, its key or itself. */
export async function sees(store: LocalStore, person: string, place: string | Place<Ref>): Promise<boolean> {
  const where = typeof place === 'string' ? placeOf(place) : place;
  if (!where) return false;
  switch (where.in) {
    case 'channel':
      return (await store.channels()).some(({ id }) => id === where.channel);
    case 'dm':
      return where.person === person;
    case 'room':
      return isMember(await store.message(where.room), person);
    case 'thread': {
      const root = await store.message(where.under);
      // Threads hang under messages of a conversation, never under a reply.
      return root !== undefined && !root.place.startsWith('thread ') && seesMessage(store, person, root);
    }
  }
}

export async function seesMessage(store: LocalStore, person: string, row: MessageRow): Promise<boolean> {
  if (row.only !== null && row.only !== person) return false;
  if (row.place.startsWith('rooms ')) return isMember(row, person);
  return sees(store, person, row.place);
}

/** The place of a message, or of a key, that `person` may use; throws {@link NotHere} otherwise. */
export async function mustSee(store: LocalStore, person: string, what: MessageRow | Place<Ref>): Promise<Place<Ref>> {
  const isRow = 'ref' in what;
  const place = isRow ? placeOf(what.place) : what;
  const may = isRow ? await seesMessage(store, person, what) : await sees(store, person, placeKey(what));
  if (!place || !may) throw new NotHere(404, 'There is no such conversation for you.');
  return place;
}

export function isMember(row: MessageRow | undefined, person: string): boolean {
  const body = row && bodyOf(row);
  return body?.kind === 'room' && row?.deleted === 0 && body.members.some((id) => id === person);
}
