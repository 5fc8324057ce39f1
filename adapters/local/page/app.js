/** The local chat's page: who you are, which conversation is open, and what changes in it. */
import { ask, follow, look } from './api.js';
import { startClock } from './clock.js';
import { Composer } from './composer.js';
import { announce, h } from './dom.js';
import { startKeys } from './keys.js';
import { MessageList } from './list.js';
import { canHaveThread } from './message.js';
import { notice, trying } from './notice.js';
import { draw, startSide } from './side.js';
import { conversations, hasPlace, hear, personOf, state, tell } from './state.js';
import { startTheme } from './theme-switch.js';
import { Thread } from './thread.js';

const at = (id) => document.getElementById(id);
const colleagues = at('colleagues');

const emptyWords = () => {
  const here = conversations().find(({ place }) => place === state.place);
  const words = {
    channel: `${here?.about}. Nothing was said here yet.`,
    dm: 'What needs you comes here: reviews to give, feedback on your answers, reminders you asked for.',
    room: 'Only the people named above read what is said here.',
  };
  const name = here?.kind === 'channel' ? `#${here.name}` : here?.name;
  return h('div', {}, h('b', {}, here?.kind === 'dm' ? 'Nothing waits for you' : name), words[here?.kind] ?? '');
};

const main = new MessageList({
  list: at('messages'),
  scroll: at('scroll'),
  inThread: false,
  openThread,
  empty: emptyWords,
});
const composer = new Composer({ dock: at('dock'), id: 'message' });
const thread = new Thread(() => closeThread());
const newer = h(
  'button',
  { type: 'button', class: 'chip newer', hidden: true, onclick: () => main.toEnd() },
  'New messages',
);
at('dock').append(newer);

function openThread({ ref }) {
  if (state.thread === ref) return thread.focus();
  return go({ place: state.place, thread: ref, isAsked: true });
}

function closeThread() {
  if (state.thread === undefined) return false;
  const ref = state.thread;
  void go({ place: state.place });
  at('messages')
    .querySelector(`article[data-ref="${CSS.escape(ref)}"]`)
    ?.focus();
  return true;
}

/** Shows a conversation, and perhaps a thread beside it. */
async function go({ place, thread: ref, isAsked = false }) {
  const isNew = place !== state.place || main.place !== place;
  [state.place, state.thread] = [place, ref];
  const route = `#/${state.you.id}/${place.replace(' ', '/')}${ref ? `/thread/${ref}` : ''}`;
  if (location.hash !== route) history.pushState(null, '', route);
  localStorage.setItem('greenroom last', route);
  head(isNew);
  tell('place');
  if (!ref) thread.hide();
  await trying(async () => {
    if (isNew) await main.open(place);
    if (ref && thread.ref !== ref) await thread.open(ref);
  });
  if (isAsked) thread.focus();
  seen();
}

function head(isNew) {
  const here = conversations().find(({ place }) => place === state.place);
  const name = here?.kind === 'channel' ? `#${here.name}` : (here?.name ?? '');
  at('place-name').textContent = name;
  at('place-about').textContent = here?.about ?? '';
  document.title = `${name} · Greenroom`;
  const words = here?.kind === 'dm' ? 'Message Greenroom' : `Message ${name}`;
  if (isNew) composer.open(state.place, words);
  const them = state.people.filter(({ id, sample }) => sample && id !== state.you.id).map((person) => person.name);
  colleagues.hidden = them.length === 0;
  colleagues.textContent = 'Let them answer';
  colleagues.title = `${them.join(' and ')} answer today’s question and give the feedback that waits for them, with sample words`;
}

/** Marks what is on the screen as read. */
function seen() {
  newer.hidden = main.isLow() || !hasNewer();
  if (document.visibilityState !== 'visible') return;
  const mark = (place, born) => {
    if (born === 0 || (state.unread[place] ?? 0) === 0) return;
    delete state.unread[place];
    tell('unread');
    void ask('read', { place, born }).catch(() => undefined);
  };
  mark(state.place, main.newest());
  if (!state.thread) return;
  mark(`thread ${state.thread}`, thread.list.newest());
  const root = main.find(state.thread);
  if (root?.talk?.unread > 0) main.take(allSeen(root));
}

/** A message whose thread is open has nothing new under it. */
const allSeen = (message) => (message.talk ? { ...message, talk: { ...message.talk, unread: 0 } } : message);
const hasNewer = () => lowest < main.newest();
let lowest = 0;

hear('message', (message) => {
  if (message.room) return takeRoom(message);
  const isOthers = !message.mine && !message.deleted && !message.edited && message.born === message.seq;
  if (isOthers) state.unread[message.place] = (state.unread[message.place] ?? 0) + 1;
  if (message.place === state.place) main.take(message.ref === state.thread ? allSeen(message) : message);
  if (message.place === `thread ${state.thread}`) thread.list.take(message);
  if (message.ref === state.thread) thread.showRoot(message);
  if (isOthers) announce(summary(message));
  tell('unread');
  return seen();
});

function takeRoom(message) {
  state.rooms = [...state.rooms.filter(({ ref }) => ref !== message.ref), ...(message.deleted ? [] : [message])];
  tell('places');
}

const summary = ({ author, words, card, only }) => {
  const said = words?.map(({ v, c }) => v ?? c?.[0]?.v ?? '').join('') ?? card?.title ?? 'a message';
  return `${author.name}${only ? ', only to you' : ''}: ${said.slice(0, 140)}`;
};

hear('people', (people) => {
  if (people) state.people = people;
});
hear('anew', () => begin(state.you.id));

/** Where the address, or the last visit, leads. */
function wanted() {
  const route = location.hash.startsWith('#/') ? location.hash : (localStorage.getItem('greenroom last') ?? '');
  const [, person, kind, id, , ref] = decodeURIComponent(route).split('/');
  return { person, place: kind && id ? `${kind} ${id}` : '', ref };
}

const FIRST = 'ana';

/** Begins as somebody: everything is read again. */
async function begin(person) {
  const start = await look('start', { person }).catch((error) => error);
  if (start instanceof Error) {
    if (start.status === 403 && person !== FIRST) return begin(FIRST);
    notice('Greenroom does not answer yet. Trying again…', { trouble: true, ms: Infinity });
    return setTimeout(() => begin(person), 1500);
  }
  notice('', { ms: Infinity });
  Object.assign(state, { ...start, clock: state.clock, place: '', thread: undefined });
  tell('clock', start.clock);
  at('team').textContent = `${start.team} · sample people`;
  tell('people');
  follow(start.you.id, start.cursor);
  const to = wanted();
  const isThere = to.person === state.you.id && hasPlace(to.place);
  await go(isThere ? { place: to.place, thread: to.ref } : { place: state.channels[0].place });
}

/** Goes on as another person, in the same conversation where they may. */
async function become(person) {
  notice('');
  if (person === state.you.id) return draw(false);
  const place = state.place.startsWith('channel ') ? state.place : `dm ${person}`;
  history.pushState(null, '', `#/${person}/${place.replace(' ', '/')}`);
  await begin(person);
  draw(false);
  announce(`You are ${personOf(person)?.name}.`);
}

async function letThemAnswer() {
  if (colleagues.getAttribute('aria-busy') === 'true') return;
  colleagues.setAttribute('aria-busy', 'true');
  const got = await trying(() => ask('colleagues'));
  colleagues.removeAttribute('aria-busy');
  if (!got) return;
  const did = got.done.map(deeds).filter((words) => words !== '');
  const names = got.done.map(({ name }) => name).join(' and ');
  notice(did.length > 0 ? did.join(' ') : `Nothing waits for ${names} right now. Move the clock, then ask again.`);
}

/** `Chen gave an answer and filled in 2 forms.` */
function deeds({ name, answers, forms }) {
  const did = [answers > 0 && 'gave an answer', forms > 0 && `filled in ${forms === 1 ? 'a form' : `${forms} forms`}`];
  const words = did.filter(Boolean).join(' and ');
  return words === '' ? '' : `${name} ${words}.`;
}

startTheme();
startClock();
startSide({ goTo: (place) => go({ place }), become });
startKeys({
  slash: () => composer.slash(),
  openThread: (ref) => {
    const message = main.find(ref);
    if (message && canHaveThread(message)) void openThread(message);
  },
  closeThread,
  closeSide: () => {
    const isOpen = document.body.classList.contains('drawn');
    draw(false);
    return isOpen;
  },
  lastMessage: (box) =>
    [...document.querySelectorAll(box.id === 'reply' ? '#thread article' : '#messages article')].at(-1)?.focus(),
});
colleagues.addEventListener('click', letThemAnswer);
at('skip').addEventListener('click', (event) => {
  event.preventDefault();
  composer.box.focus();
});
at('scroll').addEventListener('scroll', () => {
  if (main.isLow()) [lowest, newer.hidden] = [main.newest(), true];
});
document.addEventListener('visibilitychange', seen);
addEventListener('popstate', () => {
  const to = wanted();
  if (to.person !== state.you.id) void begin(to.person);
  else if (hasPlace(to.place)) void go({ place: to.place, thread: to.ref });
});

void begin(wanted().person || FIRST);
