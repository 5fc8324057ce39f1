/** A card: facts, title, words, and what can be done with it. */
import { send } from './act.js';
import { h } from './dom.js';
import { state } from './state.js';
import { factsLine, passages } from './words.js';

/** Longer than this, a text is folded until somebody wants to read it all. */
const LONG = 1100;
/** Up to so many options are shown side by side. */
const FEW = 4;

/** @param {{ref: string, seq: number, isLive: boolean}} of a card that is not live shows its words alone */
export function cardOf(card, { ref, seq, isLive }) {
  const parts = card.blocks.filter((block) => isLive || (block.kind !== 'buttons' && block.kind !== 'choice'));
  return h(
    'div',
    { class: 'card' },
    card.facts && factsLine(card.facts),
    card.title !== undefined && h('h2', { dir: 'auto' }, card.title),
    ...parts.map((block) => blockOf(block, ref, seq)),
  );
}

function blockOf(block, ref, seq) {
  switch (block.kind) {
    case 'text':
    case 'small':
      return foldable(passages(block.passages, block.kind));
    case 'divider':
      return h('hr');
    case 'buttons':
      return h('div', { class: 'row' }, ...block.buttons.map((button) => buttonOf(button, ref)));
    case 'choice':
      return block.options.length <= FEW ? fewOptions(block, ref) : manyOptions(block, ref);
    case 'image':
      return pictureOf(block, ref, seq);
    default:
      return undefined;
  }
}

/** Asked for anew when the message has changed; a click shows it whole. Where nothing can be painted its words stand instead. */
function pictureOf({ block, alt }, ref, seq) {
  const asked = new URLSearchParams({ person: state.you.id, seq });
  const src = `/pictures/${encodeURIComponent(ref)}/${block}?${asked}`;
  const image = h('img', { src, alt });
  const whole = h('a', { class: 'picture', href: src, target: '_blank', rel: 'noopener' }, image);
  image.addEventListener('error', () => whole.replaceWith(h('p', { class: 'picture' }, alt)));
  return whole;
}

function buttonOf({ label, on, style }, ref) {
  const press = (event) => send(event.currentTarget, 'press', { ref, on });
  return h('button', { type: 'button', class: `button ${style ?? ''}`, 'data-on': on, onclick: press }, label);
}

function fewOptions({ on, prompt, options }, ref) {
  const choose = (value) => (event) => send(event.currentTarget, 'choose', { ref, on, value });
  return h(
    'fieldset',
    { class: 'choice' },
    h('legend', {}, prompt),
    ...options.map(({ label, value }) =>
      h('button', { type: 'button', class: 'button', onclick: choose(value) }, label),
    ),
  );
}

function manyOptions({ on, prompt, options }, ref) {
  const id = `choice-${ref}-${on}`;
  const select = h('select', { id }, ...options.map(({ label, value }) => h('option', { value }, label)));
  const choose = (event) => send(event.currentTarget, 'choose', { ref, on, value: select.value });
  return h(
    'div',
    { class: 'choice' },
    h('label', { for: id }, prompt),
    select,
    h('button', { type: 'button', class: 'button', onclick: choose }, 'Choose'),
  );
}

/** Folds what is very long, with a way to read all of it. */
export function foldable(element) {
  if (element.textContent.length <= LONG) return element;
  element.classList.add('folded');
  const all = h('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false' }, 'Read all');
  all.addEventListener('click', () => {
    const isFolded = element.classList.toggle('folded');
    all.textContent = isFolded ? 'Read all' : 'Show less';
    all.setAttribute('aria-expanded', String(!isFolded));
  });
  return h('div', {}, element, all);
}
