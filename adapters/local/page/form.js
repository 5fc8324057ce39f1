/** A form in a dialog. What is typed is kept until it is taken: through Escape, a problem, a reload. */
import { ask } from './api.js';
import { announce, h, icon } from './dom.js';
import { fieldOf } from './field.js';
import { kept } from './state.js';
import { passages } from './words.js';

/** @param {HTMLElement} [from] gets the focus back when the form closes */
export function openForm(form, place, from) {
  new FormDialog(form, place, from).show();
}

class FormDialog {
  #form;
  #place;
  #from;
  #fields;
  #draft;
  #dialog = h('dialog', { 'aria-labelledby': 'form-title' });
  #wide = h('p', { class: 'formwide', role: 'alert' });
  #note = h('span', { class: 'note' });
  #send;

  constructor(form, place, from) {
    [this.#form, this.#place, this.#from] = [form, place, from];
    this.#fields = form.fields.map(fieldOf);
    this.#draft = `draft ${form.on}`;
    this.#send = h('button', { type: 'submit', class: 'button primary' }, form.submit);
  }

  show() {
    this.#dialog.append(this.#inside());
    this.#dialog.addEventListener('close', () => {
      this.#dialog.remove();
      this.#from?.focus?.();
    });
    document.body.append(this.#dialog);
    this.#restore();
    this.#dialog.showModal();
    (this.#fields.find(({ read }) => read() === '') ?? this.#fields[0])?.focus();
  }

  #inside() {
    const { title, intro } = this.#form;
    const close = { type: 'button', onclick: () => this.#dialog.close() };
    const shut = h('button', { ...close, class: 'icon', 'aria-label': 'Close; what you typed is kept' }, icon('close'));
    const elements = this.#fields.map(({ element }) => element);
    const inside = h(
      'form',
      { method: 'dialog', novalidate: true },
      h('header', {}, h('h2', { id: 'form-title' }, title), shut),
      h('div', { class: 'fields' }, intro && passages(intro), this.#wide, ...elements),
      h('footer', {}, this.#note, h('button', { ...close, class: 'button' }, 'Cancel'), this.#send),
    );
    inside.addEventListener('input', () => kept.write(this.#draft, JSON.stringify(this.#values())));
    inside.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) inside.requestSubmit();
    });
    inside.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    return inside;
  }

  #values = () => Object.fromEntries(this.#fields.map(({ name, read }) => [name, read()]));

  /** Brings back what was typed before, with a way to begin anew. */
  #restore() {
    const text = kept.read(this.#draft);
    if (text === '') return;
    const before = this.#fields.map(({ read }) => read());
    const typed = JSON.parse(text);
    for (const { name, fill } of this.#fields) if (typeof typed[name] === 'string') fill(typed[name]);
    const anew = () => {
      kept.write(this.#draft, '');
      for (const [i, { fill }] of this.#fields.entries()) fill(before[i]);
      this.#note.replaceChildren();
      this.#fields[0]?.focus();
    };
    const button = h('button', { type: 'button', class: 'quiet', onclick: anew }, 'Start over');
    this.#note.append('Your draft is back. ', button);
  }

  async #submit() {
    if (this.#send.getAttribute('aria-busy') === 'true' || this.#isIncomplete()) return;
    this.#send.setAttribute('aria-busy', 'true');
    try {
      const asked = { place: this.#place, on: this.#form.on, values: this.#values() };
      this.#take(await ask('submit', asked));
    } catch (error) {
      this.#wide.textContent = error.message;
      this.#wide.scrollIntoView({ block: 'nearest' });
    } finally {
      this.#send.removeAttribute('aria-busy');
    }
  }

  #isIncomplete() {
    this.#wide.textContent = '';
    for (const { complain } of this.#fields) complain('');
    const missing = this.#fields.filter(({ isOptional, read }) => !isOptional && read().trim() === '');
    for (const { complain } of missing) complain('Please fill this in.');
    missing[0]?.focus();
    return missing.length > 0;
  }

  #take(outcome) {
    if (outcome.kind === 'reject') {
      const wrong = this.#fields.find(({ name }) => name === outcome.field);
      wrong?.complain(outcome.problem);
      wrong?.focus();
      wrong?.element.querySelector('.problem').scrollIntoView({ block: 'nearest' });
      if (!wrong) this.#wide.textContent = outcome.problem;
      return;
    }
    kept.write(this.#draft, '');
    this.#dialog.close();
    announce('Sent.');
  }
}
