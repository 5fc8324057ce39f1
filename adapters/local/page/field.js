/** The fields of a form: each shows its label, hint, control and problem, and knows its value. */
import { h } from './dom.js';
import { state } from './state.js';

/** As long as any platform allows. */
const LONGEST = 3000;

/**
 * @returns {{element: HTMLElement, read: () => string, fill: (value: string) => void, complain: (problem: string) => void, focus: () => void, isOptional: boolean, name: string}}
 */
export function fieldOf(field, i) {
  const id = `field-${i}`;
  const control = controlOf(field, id);
  const hint = field.hint !== undefined && h('p', { class: 'hint', id: `${id}-hint` }, field.hint);
  const problem = h('p', { class: 'problem', id: `${id}-problem`, role: 'alert' });
  const name = [field.label, field.optional && h('span', { class: 'optional' }, ' · optional')];
  const title = control.isGroup ? h('legend', {}, ...name) : h('label', { for: id }, ...name);
  const described = [hint && `${id}-hint`, `${id}-problem`].filter(Boolean).join(' ');
  const under = h('div', { class: 'under' }, problem, control.count);
  const element = h(control.isGroup ? 'fieldset' : 'div', { class: 'field' }, title, hint, control.element, under);
  for (const one of control.inputs) one.setAttribute('aria-describedby', described);
  if (field.value !== undefined) control.write(field.value);
  return {
    name: field.name,
    isOptional: field.optional === true,
    element,
    read: control.read,
    fill: control.write,
    focus: () => (control.inputs.find(({ checked }) => checked) ?? control.inputs[0])?.focus(),
    complain(words) {
      problem.textContent = words;
      element.classList.toggle('wrongly', words !== '');
      for (const one of control.inputs) {
        if (words === '') one.removeAttribute('aria-invalid');
        else one.setAttribute('aria-invalid', 'true');
      }
    },
  };
}

function controlOf(field, id) {
  switch (field.kind) {
    case 'line':
      return typed(h('input', { type: 'text', id, maxlength: LONGEST, autocomplete: 'off', dir: 'auto' }));
    case 'paragraph':
      return counted(h('textarea', { id, maxlength: LONGEST, rows: 5, dir: 'auto' }));
    case 'rating':
      return steps(id, field.steps, { isRating: true });
    case 'choice':
      if (field.many) return steps(id, field.options, { isMany: true });
      return field.options.length <= 6 ? steps(id, field.options, {}) : picked(id, field.options);
    case 'person':
      return picked(
        id,
        state.people.map(({ id: value, name }) => ({ label: name, value })),
      );
    case 'channel':
      return picked(
        id,
        state.channels.map(({ place, name }) => ({ label: `#${name}`, value: place.replace('channel ', '') })),
      );
    default:
      throw new TypeError(`no such field: ${field.kind}`);
  }
}

const typed = (element) => ({
  element,
  inputs: [element],
  read: () => element.value,
  write: (value) => (element.value = value),
});

function counted(element) {
  const count = h('p', { class: 'count' });
  const show = () =>
    (count.textContent = `${element.value.length.toLocaleString('en')} of ${LONGEST.toLocaleString('en')}`);
  element.addEventListener('input', show);
  show();
  const write = (value) => {
    element.value = value;
    show();
  };
  return { ...typed(element), count, write };
}

function picked(id, options) {
  const first = h('option', { value: '' }, 'Choose…');
  const element = h('select', { id }, first, ...options.map(({ label, value }) => h('option', { value }, label)));
  return typed(element);
}

/** Few enough, and short enough, to stand side by side. */
const isShort = (options) => options.length <= 5 && options.every(({ label }) => label.length <= 12);

/** Radio buttons or checkboxes, one a line, each with its own words. */
function steps(id, options, { isMany, isRating }) {
  const inputs = options.map(({ value }, i) =>
    h('input', { type: isMany ? 'checkbox' : 'radio', name: id, id: `${id}-${i}`, value }),
  );
  const lines = options.map(({ label, value }, i) => {
    const isNumbered = isRating && /^\d+$/.test(value) && !label.startsWith(value);
    return h('label', {}, inputs[i], isNumbered && h('span', { class: 'number' }, value), h('span', {}, label));
  });
  return {
    isGroup: true,
    inputs,
    element: h('div', { class: isShort(options) ? 'steps short' : 'steps' }, ...lines),
    read: () =>
      inputs
        .filter(({ checked }) => checked)
        .map(({ value }) => value)
        .join(','),
    write(value) {
      const wanted = isMany ? value.split(',') : [value];
      for (const one of inputs) one.checked = wanted.includes(one.value);
    },
  };
}
