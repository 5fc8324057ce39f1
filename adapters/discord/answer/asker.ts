/** Somebody who waits for an answer, and the ways to give it. */
import type { Instant, Ref } from '../../../src/chat/ids.ts';
import type { Log, World } from '../../../src/chat/world.ts';
import type { Interaction } from '../incoming/interaction.ts';
import type { Drafts } from '../ports.ts';
import { type Callback, RESPOND } from './callback.ts';
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
  /** The message of ours it was done on. */
  readonly card?: Ref;
}

export const isDm = ({ interaction }: Asker): boolean => interaction.team === undefined;

/** As the first answer. */
export async function tell(asker: Asker, words: Words, button?: Extra): Promise<void> {
  const sent = await asker.callback.respond(RESPOND.message, payloadOf(words, isDm(asker), button));
  if (sent === 'failed') await asker.callback.respond(RESPOND.message, payloadOf(say(NOT_SHOWN), isDm(asker)));
}

/** Shows that an answer follows. False when nobody waits for it any more. */
export async function defer(asker: Asker): Promise<boolean> {
  const body = { flags: flagsFor(isDm(asker)) };
  return (await asker.callback.respond(RESPOND.defer, { body })) === 'sent';
}

/** In the place of "thinking…". */
export async function tellLater(asker: Asker, words: Words, button?: Extra): Promise<void> {
  const sent = await asker.callback.edit(asEdit(payloadOf(words, isDm(asker), button)));
  if (sent === 'failed') await asker.callback.edit(asEdit(payloadOf(say(NOT_SHOWN), isDm(asker))));
}
