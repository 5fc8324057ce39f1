/** Light, dark, or as the system has it. */
import { icon } from './dom.js';

const ORDER = ['auto', 'light', 'dark'];
const NAMES = { auto: 'as your system', light: 'light', dark: 'dark' };

export function startTheme() {
  const button = document.getElementById('theme');
  const show = (theme) => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.replaceChildren(icon(theme));
    button.setAttribute('aria-label', `Colours: ${NAMES[theme]}. Change`);
    button.title = `Colours: ${NAMES[theme]}`;
  };
  let theme = document.documentElement.dataset.theme ?? 'auto';
  show(theme);
  button.addEventListener('click', () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    localStorage.setItem('greenroom theme', theme);
    show(theme);
  });
}
