/** Changing a message where it stands. */
import { ask } from './api.js';
import { h } from './dom.js';
import { trying } from './notice.js';
import { tell } from './state.js';

/** Puts a box with the message's text in its place. Enter saves, Escape leaves everything as it was. */
export function editInPlace(message) {
  const article = document.querySelector(`article[data-ref="${CSS.escape(message.ref)}"]`);
  const body = article.querySelector('.body');
  if (body.querySelector('.editing')) return;
  const was = [...body.children];
  const box = h('textarea', { 'aria-label': 'Your message', rows: 2, dir: 'auto', value: message.typed });
  const back = () => {
    body.replaceChildren(...was);
    tell('edited');
    article.focus();
  };
  const save = () =>
    trying(async () => {
      if (box.value.trim() !== message.typed) await ask('edit', { ref: message.ref, text: box.value });
      back();
    });
  box.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') back();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void save();
  });
  body.replaceChildren(
    h(
      'div',
      { class: 'editing' },
      box,
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'button', class: 'button primary', onclick: save }, 'Save'),
        h('button', { type: 'button', class: 'button', onclick: back }, 'Cancel'),
      ),
    ),
  );
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}
