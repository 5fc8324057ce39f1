/** The list of conversations, and whom you can be. */
import { h, icon, settle } from './dom.js';
import { avatar } from './message.js';
import { conversations, hear, state } from './state.js';

const nav = document.getElementById('side');
const who = document.getElementById('who');
const menu = document.getElementById('menu');

export function startSide({ goTo, become }) {
  menu.append(icon('menu'));
  menu.addEventListener('click', () => draw(true));
  document.getElementById('shade').addEventListener('click', () => draw(false));
  hear('people places place unread', () => fill(goTo, become));
  who.addEventListener('change', () => become(who.value));
  nav.addEventListener('keydown', move);
}

/** Opens or closes the list where it is a sheet. */
export function draw(isOpen) {
  const was = document.body.classList.contains('drawn');
  document.body.classList.toggle('drawn', isOpen);
  menu.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) nav.querySelector('[aria-current]')?.focus();
  else if (was && nav.contains(document.activeElement)) menu.focus();
}

function fill(goTo, become) {
  const focused = document.activeElement?.closest?.('#side a')?.dataset.key;
  const all = conversations();
  const part = (title, kind) => {
    const here = all.filter((one) => one.kind === kind);
    return here.length === 0 ? [] : [h('h2', {}, title), h('ul', {}, ...here.map((one) => entry(one, goTo)))];
  };
  const people = h('ul', {}, ...state.people.map((person) => personEntry(person, become)));
  settle(nav, [
    ...part('Channels', 'channel'),
    ...part('Direct messages', 'dm'),
    ...part('Rooms', 'room'),
    h('h2', {}, 'You are'),
    people,
    h('p', { class: 'foot' }, h('kbd', {}, '/'), ' for commands, ', h('kbd', {}, '?'), ' for keys'),
  ]);
  who.replaceChildren(...state.people.map(({ id, name }) => h('option', { value: id }, name)));
  who.value = state.you.id;
  if (focused) nav.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

const badge = (count) =>
  count > 0 && h('span', { class: 'badge' }, count > 99 ? '99+' : String(count), h('span', { class: 'sr' }, ' unread'));

function entry({ place, name, kind }, goTo) {
  const count = state.unread[place] ?? 0;
  const isHere = place === state.place;
  const mark =
    kind === 'dm'
      ? avatar({ id: 'greenroom', name }, 'small')
      : h('span', { class: 'hash', 'aria-hidden': 'true' }, kind === 'room' ? '◦' : '#');
  return h(
    'li',
    {},
    h(
      'a',
      {
        href: `#/${state.you.id}/${place.replace(' ', '/')}`,
        class: count > 0 && !isHere ? 'unread' : false,
        'aria-current': isHere && 'page',
        'data-key': place,
        onclick: (event) => {
          event.preventDefault();
          goTo(place);
          draw(false);
        },
      },
      mark,
      h('span', { dir: 'auto' }, name),
      !isHere && badge(count),
    ),
  );
}

function personEntry(person, become) {
  const isYou = person.id === state.you.id;
  return h(
    'li',
    {},
    h(
      'a',
      {
        href: `#/${person.id}`,
        'aria-current': isYou && 'true',
        'data-key': `person ${person.id}`,
        title: isYou ? `You are ${person.name}` : `Go on as ${person.name}`,
        onclick: (event) => {
          event.preventDefault();
          become(person.id);
        },
      },
      avatar(person, 'small'),
      h('span', {}, person.name),
      !isYou && badge(person.waiting),
    ),
  );
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...nav.querySelectorAll('a')];
  event.preventDefault();
  links[(links.indexOf(document.activeElement) + step + links.length) % links.length]?.focus();
}
