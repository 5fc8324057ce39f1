/** A form in a dialog. What is typed is kept until it is taken: through Escape, a problem, a reload. */
import { ask } from './api.js';
import { announce, h, icon } from './dom.js';
import { fieldOf } from './field.js';
import { kept } from './state.js';
import { passages } from './words.js';

/** @param {HTMLElement} [from] gets the focus back when the form closes */
export function openForm(form, place, from) {
  const draft = `draft ${form.on}`;
  const fields = form.fields.map(fieldOf);
  const wide = h('p', { class: 'formwide', role: 'alert' });
  const note = h('span', { class: 'note' });
  const send = h('button', { type: 'submit', class: 'button primary' }, form.submit);
  const dialog = h('dialog', { 'aria-labelledby': 'form-title' });
  const close = () => dialog.close();
  const inside = h(
    'form',
    { method: 'dialog', novalidate: true },
    h(
      'header',
      {},
      h('h2', { id: 'form-title' }, form.title),
      h(
        'button',
        { type: 'button', class: 'icon', 'aria-label': 'Close; what you typed is kept', onclick: close },
        icon('close'),
      ),
    ),
    h('div', { class: 'fields' }, form.intro && passages(form.intro), wide, ...fields.map(({ element }) => element)),
    h('footer', {}, note, h('button', { type: 'button', class: 'button', onclick: close }, 'Cancel'), send),
  );
  const values = () => Object.fromEntries(fields.map(({ name, read }) => [name, read()]));
  const keep = () => kept.write(draft, JSON.stringify(values()));
  inside.addEventListener('input', keep);
  inside.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) inside.requestSubmit();
  });
  inside.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit({ form, place, fields, values, wide, send, done: () => (kept.write(draft, ''), close()) });
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    from?.focus?.();
  });
  dialog.append(inside);
  document.body.append(dialog);
  restore(draft, fields, note);
  dialog.showModal();
  (fields.find(({ read }) => read() === '') ?? fields[0])?.focus();
}

/** Brings back what was typed before, with a way to begin anew. */
function restore(draft, fields, note) {
  const text = kept.read(draft);
  if (text === '') return;
  const before = fields.map(({ read }) => read());
  const typed = JSON.parse(text);
  for (const { name, fill } of fields) if (typeof typed[name] === 'string') fill(typed[name]);
  const anew = () => {
    kept.write(draft, '');
    for (const [i, { fill }] of fields.entries()) fill(before[i]);
    note.replaceChildren();
  };
  note.append('Your draft is back. ', h('button', { type: 'button', class: 'quiet', onclick: anew }, 'Start over'));
}

async function submit({ form, place, fields, values, wide, send, done }) {
  if (send.getAttribute('aria-busy') === 'true') return;
  wide.textContent = '';
  for (const { complain } of fields) complain('');
  const missing = fields.filter(({ isOptional, read }) => !isOptional && read().trim() === '');
  for (const { complain } of missing) complain('Please fill this in.');
  if (missing.length > 0) return missing[0].focus();
  send.setAttribute('aria-busy', 'true');
  try {
    const outcome = await ask('submit', { place, on: form.on, values: values() });
    if (outcome.kind !== 'reject') {
      done();
      return announce('Sent.');
    }
    const wrong = fields.find(({ name }) => name === outcome.field);
    wrong?.complain(outcome.problem);
    wrong?.focus();
    if (!wrong) wide.textContent = outcome.problem;
  } catch (error) {
    wide.textContent = error.message;
  } finally {
    send.removeAttribute('aria-busy');
  }
}
