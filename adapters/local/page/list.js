/** A list of messages that stays what it is while it changes: scroll, focus and the words being read keep their place. */
import { look } from './api.js';
import { h, settle } from './dom.js';
import { messageOf } from './message.js';
import { trying } from './notice.js';
import { state } from './state.js';
import { dateOf, dayName } from './time.js';

/** Messages of one person this close together stand under one name. */
const TOGETHER_MS = 5 * 60_000;

/**
 * @param {{list: HTMLElement, scroll: HTMLElement, inThread: boolean, openThread: Function, empty: () => HTMLElement}} with_
 */
export function makeList({ list, scroll, inThread, openThread, empty }) {
  let place = '';
  let messages = new Map();
  let elements = new Map();
  let hasEarlier = false;
  let freshFrom = Infinity;

  const inOrder = () => [...messages.values()].toSorted((a, b) => a.born - b.born);
  const isLow = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const toEnd = () => (scroll.scrollTop = scroll.scrollHeight);

  function elementOf(message, before) {
    const isNext = isTogether(before, message);
    const sign = `${message.seq} ${isNext} ${JSON.stringify(message.talk ?? '')} ${dateOf(message.at)}`;
    const known = elements.get(message.ref);
    // A message being edited is left alone until that is over.
    if (known && (known.sign === sign || known.element.querySelector('.editing textarea:focus'))) return known.element;
    const element = messageOf(message, { isNext, inThread, openThread });
    if (known?.element.contains(document.activeElement)) refocus(document.activeElement.dataset.on, element);
    elements.set(message.ref, { sign, element });
    return element;
  }

  function draw() {
    const wanted = [];
    let before;
    for (const message of inOrder()) {
      if (!before || dateOf(before.at) !== dateOf(message.at)) wanted.push(line('day', dayName(message.at)));
      if (message.born >= freshFrom && (before?.born ?? 0) < freshFrom && before) wanted.push(line('fresh', 'New'));
      wanted.push(elementOf(message, wanted.at(-1)?.className === 'line' ? before : undefined));
      before = message;
    }
    if (hasEarlier) wanted.unshift(earlier());
    settle(list, wanted.length > 0 ? wanted : [h('li', { class: 'empty' }, empty())]);
    rove();
  }

  function earlier() {
    const more = () => trying(() => load({ before: inOrder()[0]?.born }));
    return h('li', { class: 'earlier' }, h('button', { type: 'button', class: 'chip', onclick: more }, 'Show earlier'));
  }

  /** One message is in the tab order: the one last visited, or the newest. */
  function rove() {
    const all = [...list.querySelectorAll('article')];
    const current = all.find((one) => one.tabIndex === 0 && one.matches(':focus')) ?? all.at(-1);
    for (const one of all) one.tabIndex = one === current ? 0 : -1;
  }

  async function load(more = {}) {
    const wanted = place;
    const got = await look('messages', { person: state.you.id, place, ...more });
    if (wanted !== place) return got;
    const height = scroll.scrollHeight;
    for (const message of got.messages) keep(message);
    hasEarlier = got.more;
    draw();
    if (more.before === undefined) toEnd();
    else scroll.scrollTop += scroll.scrollHeight - height;
    return got;
  }

  function keep(message) {
    const known = messages.get(message.ref);
    if (known && known.seq > message.seq) return;
    if (message.deleted && !message.talk) messages.delete(message.ref);
    else messages.set(message.ref, message);
  }

  return {
    /** Shows another place; what is unread there begins under a line. */
    async open(next, unread = 0) {
      place = next;
      [messages, elements, hasEarlier, freshFrom] = [new Map(), new Map(), false, Infinity];
      list.replaceChildren();
      const got = await load();
      const others = inOrder().filter(({ mine }) => !mine);
      if (unread > 0 && unread < others.length) {
        freshFrom = others.at(-unread).born;
        draw();
      }
      toEnd();
      return got;
    },
    /** Takes a new or changed message of this place; tells whether the reader sees the end. */
    take(message) {
      const wasLow = isLow();
      keep(message);
      draw();
      if (wasLow || message.mine || message.only) toEnd();
      return wasLow;
    },
    draw,
    toEnd,
    isLow,
    newest: () => inOrder().at(-1)?.born ?? 0,
    find: (ref) => messages.get(ref),
    place: () => place,
  };
}

const line = (kind, words) => h('li', { class: kind }, words);

function isTogether(before, message) {
  if (!before || before.author.id !== message.author.id || before.deleted) return false;
  if (message.card || before.card || message.only || before.only || before.talk || before.file) return false;
  return new Date(message.at) - new Date(before.at) < TOGETHER_MS;
}

/** A redrawn message takes the focus of the one it replaces: the same button, or the message. */
function refocus(on, element) {
  const same = on && element.querySelector(`[data-on="${CSS.escape(on)}"]`);
  queueMicrotask(() => (same ?? element.querySelector('article')).focus({ preventScroll: true }));
}
