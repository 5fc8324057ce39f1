/** What happens after somebody presses, chooses or runs something: busy, then the answer. */
import { ask } from './api.js';
import { openForm } from './form.js';
import { trying } from './notice.js';

/** Sends a request while `control` shows that it works; opens the form that comes back. */
export async function act(control, name, body) {
  if (control?.getAttribute('aria-busy') === 'true') return undefined;
  control?.setAttribute('aria-busy', 'true');
  try {
    return await trying(async () => {
      const outcome = await ask(name, body);
      if (outcome.kind === 'ask') openForm(outcome.form, outcome.place, control);
      return outcome;
    });
  } finally {
    control?.removeAttribute('aria-busy');
  }
}
