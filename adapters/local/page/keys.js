/** The keyboard: a slash for commands, arrows between messages, Enter for a thread, Escape to close. */
import { h, icon } from './dom.js';

const isTyping = (element) => /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

export function startKeys({ slash, openThread, closeThread, closeSide, lastMessage }) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open], .menu:popover-open'))
      return;
    const { target, key } = event;
    if (key === 'Escape') return void (closeSide() || closeThread());
    const isBox = isTyping(target);
    if (isBox && !(key === 'ArrowUp' && target.tagName === 'TEXTAREA' && target.value === '')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === '/') {
      event.preventDefault();
      slash();
    } else if (key === '?') showKeys();
    else if (key === 'ArrowUp' || key === 'ArrowDown') arrow(event, isBox, lastMessage);
    else if (key === 'Enter' && target.matches('article.message')) openThread(target.dataset.ref);
  });
}

function arrow(event, isBox, lastMessage) {
  if (document.getElementById('side').contains(event.target)) return;
  const list = event.target.closest('ol.messages');
  if (!list) {
    if (!isBox) return;
    event.preventDefault();
    return void lastMessage(event.target);
  }
  const all = [...list.querySelectorAll('article')];
  const at = all.indexOf(event.target.closest('article'));
  const next = all[at + (event.key === 'ArrowUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

const KEYS = [
  ['/', 'Commands'],
  ['↑ ↓', 'From message to message, from conversation to conversation'],
  ['Enter', 'On a message: its thread. In a box: send'],
  ['Shift Enter', 'A new line'],
  ['Tab', 'In a command: take the proposal'],
  ['Esc', 'Close the thread, the form, the menu. A form keeps what you typed'],
];

function showKeys() {
  const dialog = h('dialog', { 'aria-labelledby': 'keys-title' });
  const close = h(
    'button',
    { type: 'button', class: 'icon', 'aria-label': 'Close', onclick: () => dialog.close() },
    icon('close'),
  );
  dialog.append(
    h('header', {}, h('h2', { id: 'keys-title' }, 'Keys'), close),
    h('dl', { class: 'keys' }, ...KEYS.flatMap(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
