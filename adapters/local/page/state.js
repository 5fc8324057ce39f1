/** What the page knows, and who wants to hear when it changes. */

/** @type {Record<string, any>} */
export const state = {
  you: { id: '', name: '' },
  team: '',
  zone: 'UTC',
  clock: { now: new Date(0).toISOString(), next: undefined, heard: 0 },
  people: [],
  channels: [],
  rooms: [],
  /** How much is unseen, by place. */
  unread: {},
  surface: { root: 'practice', commands: [], shortcuts: [] },
  /** The open conversation's place key, and the thread beside it. */
  place: '',
  thread: undefined,
};

const listeners = new Map();

/** Calls `listener` whenever one of `topics` changes: people, places, clock, messages, place, thread, link. */
export function hear(topics, listener) {
  for (const topic of topics.split(' ')) listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function tell(topic, news) {
  for (const listener of listeners.get(topic) ?? []) listener(news);
}

export const personOf = (id) => state.people.find((person) => person.id === id);

/** Everything in the list of conversations, in its order. */
export const conversations = () => [
  ...state.channels.map(({ place, name, purpose }) => ({ place, name, about: purpose, kind: 'channel' })),
  {
    place: `dm ${state.you.id}`,
    name: 'Greenroom',
    about: 'Between you and Greenroom: reviews, results, reminders',
    kind: 'dm',
  },
  ...state.rooms.map(({ ref, room }) => ({
    place: `room ${ref}`,
    name: room.title,
    about: room.members.join(', '),
    kind: 'room',
  })),
];

export const hasPlace = (place) => conversations().some((one) => one.place === place);

/** Text that outlives a reload, under a key of this person. */
export const kept = {
  read: (key, person = state.you.id) => localStorage.getItem(`greenroom ${person} ${key}`) ?? '',
  write(key, text, person = state.you.id) {
    if (text === '') localStorage.removeItem(`greenroom ${person} ${key}`);
    else localStorage.setItem(`greenroom ${person} ${key}`, text);
  },
};
