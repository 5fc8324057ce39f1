/** Messages and conversations as one person sees them, with names, threads and unread marks. */
import type { PersonId } from '../../src/chat/ids.ts';
import type { Person } from '../../src/chat/incoming.ts';
import type { Surface } from '../../src/chat/surface.ts';
import { encodeAction } from '../../src/chat/wire.ts';
import type { LocalClock, LocalStore, MessageRow } from './ports.ts';
import { isMember } from './sight.ts';
import { viewOf } from './view.ts';
import type { MessageView, TalkView } from './view.ts';
import type { NameOf } from './words.ts';

export interface House {
  readonly store: LocalStore;
  readonly clock: LocalClock;
  readonly team: string;
  readonly zone: string;
}

export async function namesOf(store: LocalStore): Promise<NameOf> {
  const names = new Map((await store.people()).map(({ id, name }) => [id, name]));
  return (id: PersonId) => names.get(id) ?? 'someone who left';
}

/** `rows`, all of which `reader` may see, as they see them. */
export async function viewsOf(store: LocalStore, rows: readonly MessageRow[], reader: string): Promise<MessageView[]> {
  const nameOf = await namesOf(store);
  const talks = await talkUnder(store, rows, reader, nameOf);
  return rows.map((row) => viewOf(row, reader, nameOf, talks.get(row.ref)));
}

async function talkUnder(
  store: LocalStore,
  rows: readonly MessageRow[],
  reader: string,
  nameOf: NameOf,
): Promise<ReadonlyMap<string, TalkView>> {
  const roots = rows.filter(({ place }) => !place.startsWith('thread ')).map(({ ref }) => `thread ${ref}`);
  const talks = await store.talk(roots);
  const unread = talks.length === 0 ? new Map<string, number>() : await unreadOf(store, reader);
  return new Map(
    talks.map(({ place, count, last, authors }) => [
      place.slice('thread '.length),
      { count, last, authors: authors.map((id) => authorName(id, nameOf)), unread: unread.get(place) ?? 0 },
    ]),
  );
}

const authorName = (id: string, nameOf: NameOf): string => (id === 'greenroom' ? 'Greenroom' : nameOf(id as PersonId));

const unreadOf = async (store: LocalStore, person: string): Promise<Map<string, number>> =>
  new Map((await store.unread(person)).map(({ place, count }) => [place, count]));

/** Everything the page needs to begin as `you`. */
export async function startOf(house: House, surface: Surface, you: Person): Promise<Record<string, unknown>> {
  const { store, clock } = house;
  const [people, channels, rooms, unread] = await Promise.all([
    peopleOf(store),
    store.channels(),
    store.rooms(),
    unreadOf(store, you.id),
  ]);
  const nameOf = await namesOf(store);
  const myRooms = rooms.filter((row) => isMember(row, you.id));
  const mine = new Set([`dm ${you.id}`, ...myRooms.map(({ ref }) => `room ${ref}`)]);
  return {
    you: { id: you.id, name: you.name },
    team: house.team,
    zone: house.zone,
    clock: await timeOf(clock),
    people,
    channels: channels.map(({ id, name, purpose }) => ({ place: `channel ${id}`, name, purpose })),
    rooms: myRooms.map((row) => viewOf(row, you.id, nameOf)),
    unread: Object.fromEntries([...unread].filter(([place]) => !/^(?:dm|rooms?) /.test(place) || mine.has(place))),
    surface: { ...surface, shortcuts: surface.shortcuts.map(({ label, on }) => ({ label, on: encodeAction(on) })) },
    cursor: await store.lastSeq(),
  };
}

/** Everybody, with how much waits unseen in their direct messages. */
export async function peopleOf(store: LocalStore): Promise<readonly Record<string, unknown>[]> {
  return Promise.all(
    (await store.people()).map(async ({ id, name, admin, sample }) => ({
      id,
      name,
      admin: admin === 1,
      sample: sample === 1,
      waiting: (await unreadOf(store, id)).get(`dm ${id}`) ?? 0,
    })),
  );
}

export const timeOf = async (clock: LocalClock): Promise<{ now: string; next?: string }> => {
  const next = await clock.nextEvent();
  return { now: clock.now(), ...(next === undefined ? {} : { next }) };
};
