/** Somebody who waits for an answer, and the ways to give it. */
import type { Instant, Ref } from '../../../src/chat/ids.ts';
import type { Log, World } from '../../../src/chat/world.ts';
import type { Interaction } from '../incoming/interaction.ts';
import { withRoot } from '../incoming/root.ts';
import type { Drafts } from '../ports.ts';
import { type Callback, type Payload, RESPOND } from './callback.ts';
import { asEdit, type Extra, flagsFor, NOT_SHOWN, payloadOf, say, type Words } from './words.ts';

export interface AnswerDeps {
  readonly world: World;
  readonly log: Log;
  readonly drafts: Drafts;
}

export interface Asker {
  readonly interaction: Interaction;
  readonly callback: Callback;
  /** Until then the turn's answer can be the first one. */
  readonly until: Instant;
  /** The message of ours it was done on; below an answer in a DM, the post that it goes back to. */
  readonly card?: Ref;
}

export const isDm = ({ interaction }: Asker): boolean => interaction.team === undefined;

/** What this person is shown. In a DM it remembers the post it goes back to. */
export function payloadFor(asker: Asker, words: Words, button?: Extra): Payload {
  const payload = payloadOf(words, isDm(asker), button);
  const components = payload.body['components'];
  if (!isDm(asker) || asker.card === undefined || !Array.isArray(components)) return payload;
  return { ...payload, body: { ...payload.body, components: withRoot(components, asker.card) } };
}

/** As the first answer. */
export async function tell(asker: Asker, words: Words, button?: Extra): Promise<void> {
  const sent = await asker.callback.respond(RESPOND.message, payloadFor(asker, words, button));
  if (sent === 'failed') await asker.callback.respond(RESPOND.message, payloadOf(say(NOT_SHOWN), isDm(asker)));
}

/** Shows that an answer follows. False when nobody waits for it any more. */
export async function defer(asker: Asker): Promise<boolean> {
  const body = { flags: flagsFor(isDm(asker)) };
  return (await asker.callback.respond(RESPOND.defer, { body })) === 'sent';
}

/** In the place of "thinking…". */
export async function tellLater(asker: Asker, words: Words, button?: Extra): Promise<void> {
  const sent = await asker.callback.edit(asEdit(payloadFor(asker, words, button)));
  if (sent === 'failed') await asker.callback.edit(asEdit(payloadOf(say(NOT_SHOWN), isDm(asker))));
}
