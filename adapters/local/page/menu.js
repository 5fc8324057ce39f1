/** The small menu of a message. */
import { h } from './dom.js';

/** Opens beside `button`; Escape or a click elsewhere closes it and gives the focus back. */
export function openMenu(button, offers) {
  const items = offers.map(({ label, danger, run }) =>
    h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: -1,
        class: danger ? 'danger' : false,
        onclick: () => {
          menu.hidePopover();
          run(button);
        },
      },
      label,
    ),
  );
  const menu = h('div', { class: 'menu', role: 'menu', popover: 'auto', 'aria-label': 'This message' }, ...items);
  menu.addEventListener('keydown', (event) => move(event, items));
  menu.addEventListener('toggle', (event) => {
    button.setAttribute('aria-expanded', String(event.newState === 'open'));
    if (event.newState !== 'closed') return;
    if (menu.contains(document.activeElement)) button.focus();
    menu.remove();
  });
  document.getElementById('main').append(menu);
  menu.showPopover();
  lay(menu, button.getBoundingClientRect());
  items[0].focus();
}

function lay(menu, near) {
  const below = near.bottom + 4;
  const top = below + menu.offsetHeight > innerHeight ? near.top - menu.offsetHeight - 4 : below;
  menu.style.top = `${Math.max(8, top)}px`;
  menu.style.left = `${Math.max(8, Math.min(near.right, innerWidth - 8) - menu.offsetWidth)}px`;
}

function move(event, items) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}
