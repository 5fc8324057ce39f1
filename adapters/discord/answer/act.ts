/** Answers a command, a click or a message command: at once where the core is quick, and after a moment of "thinking…" where it is not. */
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { formId } from '../incoming/act.ts';
import { renderForm } from '../render/index.ts';
import type { Draft } from '../ports.ts';
import { type AnswerDeps, type Asker, defer, isDm, tell, tellLater } from './asker.ts';
import { type Payload, RESPOND } from './callback.ts';
import { withinTime } from './in-time.ts';
import { filled } from './reopen.ts';
import { DONE, FAILED, NOT_OPENED, payloadOf, say, TOO_SLOW } from './words.ts';

export type ActAnswer = AnswerTo['command' | 'press' | 'choose' | 'pick'];

type Ready = Exclude<ActAnswer, { kind: 'ask' }> | { readonly kind: 'modal'; readonly modal: Payload };

/** Never rejects; the core has committed what it answers. */
export async function answerAct(deps: AnswerDeps, asker: Asker, turn: Promise<ActAnswer>): Promise<void> {
  const ready = prepare(deps, asker, turn);
  const inTime = await withinTime(deps.world, ready, asker.until);
  if (inTime) return give(asker, inTime);
  const isAwaited = await defer(asker);
  const late = await ready;
  if (isAwaited) await giveLater(asker, late);
}

/** A form is kept before it is shown, so that it can be read when it comes back. */
async function prepare({ drafts, log }: AnswerDeps, asker: Asker, turn: Promise<ActAnswer>): Promise<Ready> {
  const { from, body, team } = asker.interaction;
  try {
    const answer = await turn;
    if (answer.kind !== 'ask') return answer;
    const draft: Draft = { form: answer.form, values: {}, ...(asker.card === undefined ? {} : { card: asker.card }) };
    return { kind: 'modal', modal: modalOf(draft, await drafts.keep(from.id, draft)) };
  } catch (error) {
    log.error('a turn failed', { team, interaction: body['type'], error });
    return say(FAILED);
  }
}

export const modalOf = (draft: Draft, id: string): Payload => ({
  body: renderForm(filled(draft), formId(id)) as unknown as Payload['body'],
});

async function give(asker: Asker, ready: Ready): Promise<void> {
  switch (ready.kind) {
    case 'say':
    case 'show':
      return tell(asker, ready);
    case 'modal':
      return open(asker, ready.modal);
    case 'nothing':
      if (asker.interaction.kind !== 'click') return tell(asker, say(DONE));
      await asker.callback.respond(RESPOND.deferUpdate);
  }
}

/** As the first answer, which is the only one a form can be. */
export async function open(asker: Asker, modal: Payload): Promise<void> {
  const sent = await asker.callback.respond(RESPOND.modal, modal);
  if (sent === 'failed') await asker.callback.respond(RESPOND.message, payloadOf(say(NOT_OPENED), isDm(asker)));
}

async function giveLater(asker: Asker, ready: Ready): Promise<void> {
  if (ready.kind === 'nothing') return void (await asker.callback.remove());
  return tellLater(asker, ready.kind === 'modal' ? say(TOO_SLOW) : ready);
}
