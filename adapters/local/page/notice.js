/** The line above the messages: what went wrong, and that it is over. */
import { hear } from './state.js';

const line = document.getElementById('notice');
let fade;

/** Shows `words` until something else is to say, or for `ms`. */
export function notice(words, { trouble = false, ms = 5000 } = {}) {
  clearTimeout(fade);
  line.textContent = words;
  line.classList.toggle('trouble', trouble);
  if (ms !== Infinity) fade = setTimeout(() => (line.textContent = ''), ms);
}

/** Runs `work`; what goes wrong is said on the line. */
export async function trying(work) {
  try {
    return await work();
  } catch (error) {
    notice(error.message, { trouble: true, ms: 9000 });
    return undefined;
  }
}

let isLost = false;
hear('link', (isUp) => {
  if (!isUp) notice('The connection to Greenroom is lost. Trying again…', { trouble: true, ms: Infinity });
  else if (isLost) notice('Connected again. Nothing was missed.', { ms: 2500 });
  isLost = !isUp;
});
