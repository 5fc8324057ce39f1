/** Where messages and commands are written. Drafts stay with their person and conversation. */
import { act } from './act.js';
import { ask } from './api.js';
import { h, icon } from './dom.js';
import { propose } from './propose.js';
import { kept } from './state.js';

/** @param {{dock: HTMLElement, id: string}} where */
export function makeComposer({ dock, id }) {
  let place = '';
  const box = h('textarea', {
    id,
    rows: 1,
    dir: 'auto',
    'aria-autocomplete': 'list',
    'aria-controls': `${id}-proposals`,
  });
  const list = h('ul', {
    class: 'proposals',
    id: `${id}-proposals`,
    role: 'listbox',
    'aria-label': 'Commands',
    hidden: true,
  });
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const button = h('button', { type: 'button', class: 'icon send', 'aria-label': 'Send message' }, icon('send'));
  const hint = h('span', { class: 'hint', 'aria-hidden': 'true' }, h('kbd', {}, '/'), ' commands');
  dock.append(list, h('div', { class: 'composer' }, box, hint, button), wrong);
  const proposals = makeProposals(box, list, () => place, changed);

  function changed() {
    kept.write(`words ${place}`, box.value);
    wrong.textContent = '';
  }

  async function send() {
    const text = box.value.trim();
    if (text === '' || box.getAttribute('aria-busy') === 'true') return;
    proposals.close();
    const sentFrom = place;
    if (text.startsWith('/') && !text.startsWith('//')) {
      box.setAttribute('aria-busy', 'true');
      const outcome = await act(button, 'command', { place, text });
      box.removeAttribute('aria-busy');
      if (outcome) clear(sentFrom, text);
      return;
    }
    try {
      box.setAttribute('aria-busy', 'true');
      await ask('say', { place, text: text.replace(/^\/\//, '/') });
      clear(sentFrom, text);
    } catch (error) {
      wrong.textContent = error.message;
    } finally {
      box.removeAttribute('aria-busy');
    }
  }

  /** Empties the box, unless somebody typed on meanwhile. */
  function clear(sentFrom, text) {
    if (place === sentFrom && box.value.trim() === text) {
      box.value = '';
      changed();
    } else if (place !== sentFrom) kept.write(`words ${sentFrom}`, '');
  }

  button.addEventListener('click', send);
  box.addEventListener('input', () => {
    changed();
    void proposals.show();
  });
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || proposals.key(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void send();
  });

  return {
    box,
    /** Turns to another conversation and its draft. */
    open(next, words) {
      place = next;
      box.value = kept.read(`words ${place}`);
      box.placeholder = words;
      box.setAttribute('aria-label', words);
      wrong.textContent = '';
      proposals.close();
    },
    /** Begins a command. */
    slash() {
      box.focus();
      if (box.value === '') box.value = '/';
      void proposals.show();
    },
  };
}

function makeProposals(box, list, placeNow, changed) {
  let offered = [];
  let at = 0;
  let asked = 0;

  const close = () => {
    offered = [];
    list.hidden = true;
    box.removeAttribute('aria-activedescendant');
  };
  const take = (one) => {
    box.value = one.insert;
    changed();
    box.focus();
    void show();
  };
  const mark = () => {
    for (const [i, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(i === at));
    box.setAttribute('aria-activedescendant', list.children[at]?.id ?? '');
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  };
  async function show() {
    const turn = ++asked;
    const found = await propose(box.value.slice(0, box.selectionStart), placeNow());
    if (turn !== asked) return;
    if (found.length === 0) return close();
    [offered, at] = [found, 0];
    const items = found.map((one, i) => itemOf(one, `${list.id}-${i}`, () => take(one)));
    list.replaceChildren(...items);
    list.hidden = false;
    mark();
  }
  function key(event) {
    if (offered.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const one = offered[at];
    // Enter runs what is already written in full; otherwise it takes the proposal.
    const isTaking =
      event.key === 'Tab' ||
      (event.key === 'Enter' && one.insert.trim() !== box.value.trim() && !box.value.endsWith(' '));
    if (!step && !isTaking && event.key !== 'Escape') return false;
    event.preventDefault();
    event.stopPropagation();
    if (step) at = (at + step + offered.length) % offered.length;
    if (step) mark();
    else if (isTaking) take(one);
    else close();
    return true;
  }
  box.addEventListener('blur', () => setTimeout(() => document.activeElement !== box && close(), 120));
  return { show, close, key };
}

function itemOf({ label, args, about }, id, take) {
  const item = h(
    'li',
    { role: 'option', id, 'aria-selected': 'false' },
    h('b', {}, label),
    args && h('span', { class: 'args' }, args),
    about && h('span', { class: 'about' }, about),
  );
  // Before the box loses the focus.
  item.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    take();
  });
  return item;
}
