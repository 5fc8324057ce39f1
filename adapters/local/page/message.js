/** One message in a list: who, when, what, and what can be done with it. */
import { send } from './act.js';
import { cardOf, foldable } from './card.js';
import { h, icon } from './dom.js';
import { editInPlace } from './edit.js';
import { openMenu } from './menu.js';
import { conversations, state } from './state.js';
import { clockTime, nearTime } from './time.js';
import { words } from './words.js';

export function avatar({ id, name }, size = '') {
  if (id === 'greenroom')
    return h(
      'span',
      { class: `avatar ${size}`, 'aria-hidden': 'true' },
      h('img', { src: '/assets/leaf.svg', alt: '' }),
    );
  const tone =
    Math.max(
      0,
      state.people.findIndex((person) => person.id === id),
    ) % 3;
  return h('span', { class: `avatar tone-${tone} ${size}`, 'aria-hidden': 'true' }, name.slice(0, 1).toUpperCase());
}

/** @param {{isNext: boolean, inThread: boolean, openThread: (message: object) => void}} how */
export function messageOf(message, how) {
  const { author } = message;
  const head = h(
    'p',
    { class: how.isNext ? 'head sr' : 'head' },
    h('b', { dir: 'auto' }, author.name),
    h('time', { datetime: message.at }, clockTime(message.at)),
    message.edited && h('span', { class: 'note' }, 'edited'),
  );
  const body = h('div', { class: 'body' }, head, ...contentOf(message), talkLine(message, how));
  const isCard = message.card && !message.only;
  return h(
    'li',
    { class: 'line', 'data-ref': message.ref },
    h(
      'article',
      {
        class: how.isNext ? 'message next' : 'message',
        tabindex: -1,
        'data-ref': message.ref,
        'aria-label': `${author.name}, ${clockTime(message.at)}${message.only ? ', only you can see this' : ''}`,
      },
      how.isNext ? h('span') : avatar(author),
      body,
      !isCard && !message.deleted && moreButton(message, how),
    ),
  );
}

function contentOf(message) {
  if (message.deleted) return [h('p', { class: 'gone' }, 'This message was deleted.')];
  if (message.only) return [onlyYou(message)];
  if (message.card) return [cardOf(message.card, { ref: message.ref, seq: message.seq, isLive: true })];
  if (message.file) return [fileOf(message)];
  return [foldable(h('div', { class: 'words', dir: 'auto' }, ...words(message.words ?? [])))];
}

function onlyYou(message) {
  const dismiss = (event) => send(event.currentTarget, 'dismiss', { ref: message.ref });
  return h(
    'div',
    { class: 'only' },
    message.said !== undefined && h('p', { class: 'said' }, h('code', {}, message.said)),
    cardOf(message.card, { ref: message.ref, seq: message.seq, isLive: true }),
    h(
      'p',
      { class: 'eyes' },
      icon('eye'),
      'Only you can see this.',
      h('button', { type: 'button', class: 'quiet', onclick: dismiss }, 'Dismiss'),
    ),
  );
}

function fileOf({ ref, file }) {
  const href = `/files/${encodeURIComponent(ref)}?${new URLSearchParams({ person: state.you.id })}`;
  const size = file.size < 1024 ? `${file.size} bytes` : `${Math.ceil(file.size / 1024)} KB`;
  return h(
    'a',
    { class: 'file', href, download: file.name },
    icon('file'),
    h('span', {}, h('b', {}, file.name), h('span', {}, `Download, ${size}`)),
  );
}

/** What was said under a message, or the way to begin. */
function talkLine(message, { inThread, openThread }) {
  if (inThread || message.only || !canHaveThread(message)) return undefined;
  const { talk } = message;
  if (!talk && message.thread === undefined) return undefined;
  const open = () => openThread(message);
  if (!talk) return h('button', { type: 'button', class: 'talk', onclick: open }, 'Reply in the thread');
  const people = state.people.filter(({ name }) => talk.authors.includes(name)).slice(0, 3);
  return h(
    'button',
    { type: 'button', class: 'talk', onclick: open },
    h('span', { class: 'faces' }, ...people.map((person) => avatar(person, 'small'))),
    talk.count === 1 ? '1 reply' : `${talk.count} replies`,
    h('span', { class: 'last' }, `last ${nearTime(talk.last)}`),
    talk.unread > 0 && h('span', { class: 'badge' }, `${talk.unread} new`),
  );
}

/** Posts with a thread of their own, and what people say in channels. */
export function canHaveThread(message) {
  if (message.thread !== undefined || message.talk) return true;
  return message.place.startsWith('channel ') && message.words !== undefined && !message.deleted;
}

/** What the menu of a message offers; empty: there is no menu. */
function offersOf(message, { inThread, openThread }) {
  const isTyped = message.words !== undefined;
  const { ref } = message;
  const isHere = conversations().some(({ place }) => place === message.place);
  return [
    ...(!inThread && isHere && !message.only && canHaveThread(message)
      ? [{ label: 'Reply in the thread', run: () => openThread(message) }]
      : []),
    ...(isTyped
      ? state.surface.shortcuts.map(({ label, on }) => ({ label, run: (from) => send(from, 'pick', { ref, on }) }))
      : []),
    ...(message.mine && isTyped
      ? [
          { label: 'Edit', run: () => editInPlace(message) },
          { label: 'Delete', danger: true, run: (from) => send(from, 'delete', { ref }) },
        ]
      : []),
  ];
}

function moreButton(message, how) {
  const offers = offersOf(message, how);
  if (offers.length === 0) return undefined;
  const label = `More for this message of ${message.author.name}`;
  const button = h(
    'button',
    { type: 'button', class: 'icon more', 'aria-label': label, 'aria-haspopup': 'menu' },
    icon('more'),
  );
  button.addEventListener('click', () => openMenu(button, offers));
  return button;
}
