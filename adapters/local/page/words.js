/** Words and passages, as the server sent them, to elements. */
import { h } from './dom.js';
import { state } from './state.js';
import { spanTime } from './time.js';

export const words = (list) => list.map(word);

function word(one) {
  switch (one.t) {
    case 'text':
      return one.v;
    case 'typed':
      return h('span', { class: 'typed' }, one.v);
    case 'strong':
    case 'em':
      return h(one.t, {}, ...words(one.c));
    case 'code':
      return h('code', {}, one.v);
    case 'br':
      return h('br');
    case 'link':
      return h('a', { href: one.href, target: '_blank', rel: 'noopener noreferrer' }, ...words(one.c));
    case 'person':
      return h('b', { class: one.id === state.you.id ? 'person you' : 'person' }, one.name);
    case 'time':
      return h('time', { datetime: one.at }, spanTime(one.at, one.show));
    default:
      return '';
  }
}

/** @returns {HTMLElement} with one element a passage */
export function passages(list, kind = 'text') {
  return h('div', { class: kind === 'small' ? 'passages small' : 'passages', dir: 'auto' }, ...list.map(passage));
}

function passage(one) {
  switch (one.t) {
    case 'heading':
      return h('p', { class: 'heading' }, ...words(one.c));
    case 'quote':
      return h('blockquote', { dir: 'auto' }, ...words(one.c));
    case 'list':
      return h(one.ordered ? 'ol' : 'ul', {}, ...one.items.map((item) => h('li', { dir: 'auto' }, ...words(item))));
    case 'pre':
      return h('pre', { tabindex: 0 }, h('code', {}, one.v));
    case 'terms':
      return h(
        'dl',
        { class: 'terms' },
        ...one.rows.flatMap(({ term, c }) => [h('dt', {}, term), h('dd', {}, ...words(c))]),
      );
    default:
      return h('p', { dir: 'auto' }, ...words(one.c));
  }
}

/** The facts line: its parts, the first of them as a tag. */
export function factsLine(list) {
  const parts = [[]];
  for (const one of list) {
    const pieces = one.t === 'text' ? one.v.split(/\s*·\s*/) : undefined;
    if (!pieces) parts.at(-1).push(one);
    for (const [i, v] of (pieces ?? []).entries()) {
      if (i > 0) parts.push([]);
      if (v.trim() !== '') parts.at(-1).push({ t: 'text', v });
    }
  }
  const filled = parts.filter((part) => part.length > 0);
  return h(
    'p',
    { class: 'facts' },
    ...filled.map((part, i) => h('span', { class: i === 0 && filled.length > 1 ? 'tag' : false }, ...words(part))),
  );
}
