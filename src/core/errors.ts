/** Errors by what their catcher does next; a DeliveryError (src/chat) is the third kind, everything else is a bug. */
import type { Text } from '../chat/text.ts';

/** The person asked for something we will not do. The text is shown to them; the turn is rolled back, nothing is logged. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly text: Text;
  constructor(text: Text) {
    super('refused');
    this.text = text;
  }
}

/** A turn failed and nothing of it was kept. `id` is in the log and on the person's screen. */
export class TurnFailed extends Error {
  override readonly name = 'TurnFailed';
  readonly id: string;
  constructor(id: string, cause: unknown) {
    super(`turn failed (${id})`, { cause });
    this.id = id;
  }
}
