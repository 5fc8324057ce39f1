/** Where messages and commands are written. Drafts stay with their person and conversation. */
import { act } from './act.js';
import { ask } from './api.js';
import { h, icon } from './dom.js';
import { Proposals } from './proposals.js';
import { kept, state } from './state.js';

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

  /** The box is free for the next words at once; what was sent stays kept as a draft until it is taken. */
  async #send() {
    const text = this.box.value.trim();
    if (text === '' || this.box.getAttribute('aria-busy') === 'true') return;
    this.#proposals.close();
    const sent = { place: this.#place, person: state.you.id, text };
    this.box.value = '';
    this.#wrong.textContent = '';
    this.box.setAttribute('aria-busy', 'true');
    try {
      await this.#pass(sent);
      this.#forget(sent);
    } catch (error) {
      this.#putBack(sent);
      this.#wrong.textContent = error.message;
    } finally {
      this.box.removeAttribute('aria-busy');
    }
  }

  /** A line with a slash is a command; two slashes say one. */
  async #pass({ place, text }) {
    const isCommand = text.startsWith('/') && !text.startsWith('//');
    if (!isCommand) return ask('say', { place, text: text.replace(/^\/\//, '/') });
    return act(this.box, await ask('command', { place, text }));
  }

  #isHere = ({ place, person }) => place === this.#place && person === state.you.id;

  /** Lets go of the draft, unless somebody typed on meanwhile. */
  #forget(sent) {
    const key = `words ${sent.place}`;
    if (kept.read(key, sent.person).trim() === sent.text) kept.write(key, '', sent.person);
    // Who went away and came back meanwhile has the draft before them again.
    if (this.#isHere(sent) && this.box.value.trim() === sent.text) this.box.value = '';
  }

  /** Before whatever was typed meanwhile. Elsewhere it waits as the draft it still is. */
  #putBack(sent) {
    const { value } = this.box;
    if (!this.#isHere(sent) || value.trim() === sent.text) return;
    this.box.value = value === '' ? sent.text : `${sent.text}\n${value}`;
    this.#changed();
  }
}
