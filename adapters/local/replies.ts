/** What people wrote, as events: the same event with the same id from push and from catch-up. */
import type { Page } from '../../src/chat/chat.ts';
import type { PersonId, Ref } from '../../src/chat/ids.ts';
import type { Person, Reply } from '../../src/chat/incoming.ts';
import { bodyOf, GREENROOM, placeOf, TEAM } from './message.ts';
import type { LocalStore, MessageRow, PersonRow } from './ports.ts';

const PAGE = 100;

export const asPerson = ({ id, name, admin, zone }: PersonRow): Person => ({
  id: id as PersonId,
  name,
  admin: admin === 1,
  ...(zone === null ? {} : { zone }),
});

/** `row` at its newest, or as it was first when `change` is `new`. */
export function replyOf(row: MessageRow, change: Reply['change'], from: Person): Reply {
  const place = placeOf(row.place);
  if (!place) throw new TypeError(`not a place: ${row.place}`);
  const body = bodyOf(row);
  const at = change === 'new' ? row.at : (row.edited ?? row.at);
  return {
    kind: 'reply',
    id: `${row.ref}:${change}:${at}`,
    team: TEAM,
    at,
    from,
    place,
    ref: row.ref as Ref,
    change,
    extras: 0,
    ...(body.kind === 'text' && row.deleted === 0 ? { text: body.text } : {}),
  };
}

/** One page of what was said under a post or in a room. The cursor is the seq of the last write read. */
export async function readReplies(store: LocalStore, under: Ref, cursor?: string): Promise<Page> {
  const root = await store.message(under);
  if (!root || root.deleted === 1) return { events: [], gone: true };
  const rows = await store.writtenAfter(Number(cursor ?? 0), PAGE + 1, [`thread ${under}`, `room ${under}`]);
  const read = rows.slice(0, PAGE);
  const people = new Map((await store.people()).map((row) => [row.id, asPerson(row)]));
  const events = read.filter(({ author }) => author !== GREENROOM).flatMap((row) => eventsOf(row, people));
  const last = read.at(-1);
  return {
    events,
    ...(last ? { next: String(last.seq) } : {}),
    ...(rows.length > PAGE ? { more: true as const } : {}),
  };
}

function eventsOf(row: MessageRow, people: ReadonlyMap<string, Person>): Reply[] {
  const from = people.get(row.author) ?? { id: row.author as PersonId, name: 'Someone who left', admin: false };
  if (row.deleted === 1) return [replyOf(row, 'deleted', from)];
  // An edited message comes with its first moment too: an answer given in time stays in time.
  if (row.edited !== null) return [replyOf(row, 'new', from), replyOf(row, 'edited', from)];
  return [replyOf(row, 'new', from)];
}
