/** The list above a box: what the command being typed could become. */
import { h } from './dom.js';
import { propose } from './propose.js';

export class Proposals {
  #box;
  #list;
  #place;
  #taken;
  #offered = [];
  #at = 0;
  #asked = 0;

  /** @param {{box: HTMLTextAreaElement, list: HTMLElement, place: () => string, taken: () => void}} of */
  constructor({ box, list, place, taken }) {
    [this.#box, this.#list, this.#place, this.#taken] = [box, list, place, taken];
    box.addEventListener('blur', () => this.close());
  }

  close() {
    this.#asked += 1;
    this.#offered = [];
    this.#list.hidden = true;
    this.#box.removeAttribute('aria-activedescendant');
  }

  async show() {
    const turn = ++this.#asked;
    const found = await propose(this.#box.value.slice(0, this.#box.selectionStart), this.#place());
    if (turn !== this.#asked) return;
    if (found.length === 0) return this.close();
    [this.#offered, this.#at] = [found, 0];
    this.#list.replaceChildren(...found.map((one, i) => this.#item(one, i)));
    this.#list.hidden = false;
    this.#mark();
  }

  /** Whether `event` was for the list. */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const one = this.#offered[this.#at];
    if (!one || (!step && event.key !== 'Escape' && !this.#isTaking(event.key, one))) return false;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') this.close();
    else if (step) this.#move(step);
    else this.#take(one);
    return true;
  }

  /** Enter runs what is written in full already; otherwise it takes the proposal. */
  #isTaking(key, { insert }) {
    const { value } = this.#box;
    return key === 'Tab' || (key === 'Enter' && insert.trim() !== value.trim() && !value.endsWith(' '));
  }

  #move(step) {
    this.#at = (this.#at + step + this.#offered.length) % this.#offered.length;
    this.#mark();
  }

  #mark() {
    const { children } = this.#list;
    for (const [i, item] of [...children].entries()) item.setAttribute('aria-selected', String(i === this.#at));
    this.#box.setAttribute('aria-activedescendant', children[this.#at]?.id ?? '');
    children[this.#at]?.scrollIntoView({ block: 'nearest' });
  }

  #take({ insert }) {
    this.#box.value = insert;
    this.#taken();
    this.#box.focus();
    void this.show();
  }

  #item(one, i) {
    const { label, args, about } = one;
    const item = h(
      'li',
      { role: 'option', id: `${this.#list.id}-${i}`, 'aria-selected': 'false' },
      h('b', {}, label),
      args && h('span', { class: 'args' }, args),
      about && h('span', { class: 'about' }, about),
    );
    // Before the box loses the focus.
    item.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.#take(one);
    });
    return item;
  }
}
