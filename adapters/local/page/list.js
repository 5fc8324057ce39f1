/** A list of messages that stays what it is while it changes: scroll, focus and the words being read keep their place. */
import { look } from './api.js';
import { h, settle } from './dom.js';
import { messageOf } from './message.js';
import { trying } from './notice.js';
import { hear, state } from './state.js';
import { dateOf, dayName } from './time.js';

/** Messages of one person this close together stand under one name. */
const TOGETHER_MS = 5 * 60_000;
/** This close to the end, in pixels, the reader follows what comes. */
const LOW = 80;

export class MessageList {
  place = '';
  #with;
  #messages = new Map();
  #elements = new Map();
  #hasEarlier = false;
  #isAtEnd = true;
  #freshFrom = Infinity;

  /** @param {{list: HTMLElement, scroll: HTMLElement, inThread: boolean, openThread: Function, empty: () => HTMLElement}} parts */
  constructor(parts) {
    this.#with = parts;
    // Who reads the end goes on reading the end when the room around it changes.
    parts.scroll.addEventListener('scroll', () => (this.#isAtEnd = this.isLow()));
    new ResizeObserver(() => this.#isAtEnd && this.toEnd()).observe(parts.scroll);
    // Neither a picture nor the words in its place push the end away from who reads it; such events do not bubble.
    for (const came of ['load', 'error'])
      parts.list.addEventListener(came, () => requestAnimationFrame(() => this.#isAtEnd && this.toEnd()), true);
    hear('edited', () => this.#draw());
    // The clock was moved: what was today has another name now.
    hear('clock', () => this.#messages.size > 0 && this.#draw());
  }

  /** Shows another place; what is unread there begins under a line. */
  async open(place) {
    this.place = place;
    [this.#messages, this.#elements, this.#hasEarlier, this.#freshFrom] = [new Map(), new Map(), false, Infinity];
    this.#with.list.replaceChildren();
    const got = await this.#load();
    const [first, ...later] = this.#inOrder();
    const isBegun = first && (first.mine || first.born <= got.readUntil);
    this.#freshFrom = (isBegun && later.find(({ mine, born }) => !mine && born > got.readUntil)?.born) || Infinity;
    this.#draw();
    this.toEnd();
    const fresh = this.#with.list.querySelector('.fresh, .unseen');
    if (fresh) this.#with.scroll.scrollTop = Math.min(this.#with.scroll.scrollTop, fresh.offsetTop - 8);
    return got;
  }

  /** Takes a new or changed message of this place. */
  take(message) {
    const wasLow = this.isLow();
    const isNew = !this.#messages.has(message.ref);
    this.#keep(message);
    this.#draw();
    if (wasLow || (isNew && (message.mine || message.only))) this.toEnd();
  }

  find = (ref) => this.#messages.get(ref);
  newest = () => this.#inOrder().at(-1)?.born ?? 0;

  isLow() {
    const { scroll } = this.#with;
    return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < LOW;
  }

  toEnd() {
    this.#with.scroll.scrollTop = this.#with.scroll.scrollHeight;
  }

  #inOrder = () => [...this.#messages.values()].toSorted((a, b) => a.born - b.born);

  async #load(more = {}) {
    const { place } = this;
    const { scroll } = this.#with;
    const got = await look('messages', { person: state.you.id, place, ...more });
    if (place !== this.place) return got;
    const height = scroll.scrollHeight;
    for (const message of got.messages) this.#keep(message);
    this.#hasEarlier = got.more;
    this.#draw();
    if (more.before !== undefined) scroll.scrollTop += scroll.scrollHeight - height;
    return got;
  }

  #keep(message) {
    const known = this.#messages.get(message.ref);
    if (known && known.seq > message.seq) return;
    if (message.deleted && !message.talk) this.#messages.delete(message.ref);
    else this.#messages.set(message.ref, message);
  }

  #draw() {
    const wanted = this.#hasEarlier ? [this.#earlier()] : [];
    let before;
    for (const message of this.#inOrder()) {
      const isNewDay = !before || dateOf(before.at) !== dateOf(message.at);
      const isFresh = before && before.born < this.#freshFrom && message.born >= this.#freshFrom;
      if (isNewDay) wanted.push(h('li', { class: isFresh ? 'day unseen' : 'day' }, dayName(message.at)));
      else if (isFresh) wanted.push(h('li', { class: 'fresh' }, 'New'));
      wanted.push(this.#elementOf(message, !isNewDay && !isFresh && isTogether(before, message)));
      before = message;
    }
    settle(this.#with.list, before ? wanted : [h('li', { class: 'empty' }, this.#with.empty())]);
    this.#rove();
  }

  #elementOf(message, isNext) {
    const sign = `${message.seq} ${isNext} ${JSON.stringify(message.talk ?? '')}`;
    const known = this.#elements.get(message.ref);
    // A message being edited is left alone until that is over.
    if (known && (known.sign === sign || known.element.querySelector('.editing'))) return known.element;
    const { inThread, openThread } = this.#with;
    const element = messageOf(message, { isNext, inThread, openThread });
    if (known?.element.contains(document.activeElement)) refocus(document.activeElement.dataset.on, element);
    this.#elements.set(message.ref, { sign, element });
    return element;
  }

  #earlier() {
    const more = () => trying(() => this.#load({ before: this.#inOrder()[0]?.born }));
    return h('li', { class: 'earlier' }, h('button', { type: 'button', class: 'chip', onclick: more }, 'Show earlier'));
  }

  /** One message is in the tab order: the one last visited, or the newest. */
  #rove() {
    const all = [...this.#with.list.querySelectorAll('article')];
    const current = all.find((one) => one.matches(':focus')) ?? all.at(-1);
    for (const one of all) one.tabIndex = one === current ? 0 : -1;
  }
}

function isTogether(before, message) {
  if (!before || before.author.id !== message.author.id || before.deleted) return false;
  if (message.card || before.card || before.talk || before.file || message.file) return false;
  return new Date(message.at) - new Date(before.at) < TOGETHER_MS;
}

/** A redrawn message takes the focus of the one it replaces: the same button, or the message. */
function refocus(on, element) {
  const same = on && element.querySelector(`[data-on="${CSS.escape(on)}"]`);
  queueMicrotask(() => (same ?? element.querySelector('article')).focus({ preventScroll: true }));
}
