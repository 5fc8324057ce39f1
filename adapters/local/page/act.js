/** What happens after somebody presses, chooses or runs something: busy, then the answer. */
import { ask } from './api.js';
import { openForm } from './form.js';
import { trying } from './notice.js';

/** Sends a request while `control` shows that it works, then does what comes back. */
export async function send(control, name, body) {
  if (control?.getAttribute('aria-busy') === 'true') return;
  control?.setAttribute('aria-busy', 'true');
  await trying(async () => act(control, await ask(name, body)));
  control?.removeAttribute('aria-busy');
}

/** Opens the form that came back; everything else comes by the live stream. */
export function act(control, outcome) {
  if (outcome.kind === 'ask') openForm(outcome.form, outcome.place, control);
}
