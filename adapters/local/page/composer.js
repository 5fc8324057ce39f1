/** Where messages and commands are written. Drafts stay with their person and conversation. */
import { act } from './act.js';
import { ask } from './api.js';
import { h, icon } from './dom.js';
import { Proposals } from './proposals.js';
import { kept } from './state.js';

export class Composer {
  box;
  #place = '';
  #wrong = h('p', { class: 'wrong', role: 'alert' });
  #button = h('button', { type: 'button', class: 'icon send', 'aria-label': 'Send message' }, icon('send'));
  #proposals;

  /** @param {{dock: HTMLElement, id: string}} where */
  constructor({ dock, id }) {
    const lists = { 'aria-autocomplete': 'list', 'aria-controls': `${id}-proposals` };
    this.box = h('textarea', { id, rows: 1, dir: 'auto', ...lists });
    const named = { id: `${id}-proposals`, role: 'listbox', 'aria-label': 'Commands' };
    const list = h('ul', { class: 'proposals', hidden: true, ...named });
    const hint = h('span', { class: 'hint', 'aria-hidden': 'true' }, h('kbd', {}, '/'), ' commands');
    dock.append(list, h('div', { class: 'composer' }, this.box, hint, this.#button), this.#wrong);
    const taken = () => this.#changed();
    this.#proposals = new Proposals({ box: this.box, list, place: () => this.#place, taken });
    this.#listen();
  }

  /** Turns to another conversation and its draft. */
  open(place, words) {
    this.#place = place;
    this.box.value = kept.read(`words ${place}`);
    this.box.placeholder = words;
    this.box.setAttribute('aria-label', words);
    this.#wrong.textContent = '';
    this.#proposals.close();
  }

  /** Begins a command. */
  slash() {
    this.box.focus();
    if (this.box.value === '') this.box.value = '/';
    void this.#proposals.show();
  }

  #listen() {
    this.#button.addEventListener('click', () => this.#send());
    this.box.addEventListener('input', () => {
      this.#changed();
      void this.#proposals.show();
    });
    this.box.addEventListener('keydown', (event) => {
      if (event.isComposing || this.#proposals.key(event)) return;
      if (event.key !== 'Enter' || event.shiftKey) return;
      event.preventDefault();
      void this.#send();
    });
  }

  #changed() {
    kept.write(`words ${this.#place}`, this.box.value);
    this.#wrong.textContent = '';
  }

  async #send() {
    const text = this.box.value.trim();
    if (text === '' || this.box.getAttribute('aria-busy') === 'true') return;
    this.#proposals.close();
    const place = this.#place;
    this.box.setAttribute('aria-busy', 'true');
    try {
      await this.#pass(place, text);
      this.#clear(place, text);
    } catch (error) {
      this.#wrong.textContent = error.message;
    } finally {
      this.box.removeAttribute('aria-busy');
    }
  }

  /** A line with a slash is a command; two slashes say one. */
  async #pass(place, text) {
    const isCommand = text.startsWith('/') && !text.startsWith('//');
    if (!isCommand) return ask('say', { place, text: text.replace(/^\/\//, '/') });
    return act(this.box, await ask('command', { place, text }));
  }

  /** Empties the box, unless somebody typed on meanwhile. */
  #clear(place, text) {
    if (place !== this.#place) return kept.write(`words ${place}`, '');
    if (this.box.value.trim() === text) this.box.value = '';
    return this.#changed();
  }
}
