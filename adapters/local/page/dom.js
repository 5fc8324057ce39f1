/** Builds elements from data. Text only ever becomes text: nothing here reads markup. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `class`, `on…` listeners, and true/false/undefined for flags
 * @param {...(Node | string | false | null | undefined)} children
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const SHAPES = {
  menu: ['M4 7h16', 'M4 12h16', 'M4 17h16'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  more: ['M5.500 12h1', 'M11.500 12h1', 'M17.500 12h1'],
  send: ['M5 12h13', 'M12 5.500l6.500 6.500-6.500 6.500'],
  eye: [
    'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z',
    'M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  ],
  file: ['M7 3.500h7l4 4v13H7z', 'M14 3.500v4h4', 'M12.500 11v6', 'M10 14.500l2.500 2.500 2.500-2.500'],
  light: [
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
    'M12 2.500v2',
    'M12 19.500v2',
    'M2.500 12h2',
    'M19.500 12h2',
    'M5.300 5.300l1.400 1.400',
    'M17.300 17.300l1.400 1.400',
    'M5.300 18.700l1.400-1.400',
    'M17.300 6.700l1.400-1.400',
  ],
  dark: ['M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z'],
  auto: ['M12 3.500a8.500 8.500 0 1 0 0 17z', 'M12 3.500a8.500 8.500 0 0 1 0 17'],
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of SHAPES[name]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Makes `parent` hold exactly `wanted`, touching only what differs, so focus and scroll stay where they are. */
export function settle(parent, wanted) {
  for (const child of Array.from(parent.children)) if (!wanted.includes(child)) child.remove();
  for (const [i, element] of wanted.entries())
    if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
}

let sayNext;
/** Says `words` to screen readers, without moving anybody. */
export function announce(words) {
  clearTimeout(sayNext);
  const live = document.getElementById('live');
  live.textContent = '';
  sayNext = setTimeout(() => (live.textContent = words), 60);
}
