/** Answers a form that was sent off. Discord keeps none open: one with a problem is offered again, filled in. */
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { pages, plain } from '../../../src/chat/text.ts';
import { againId, draftOfAgain } from '../incoming/act.ts';
import type { Draft } from '../ports.ts';
import { modalOf, open } from './act.ts';
import { type AnswerDeps, type Asker, defer, isDm, tell, tellLater } from './asker.ts';
import { RESPOND } from './callback.ts';
import { withinTime } from './in-time.ts';
import { problemOf } from './reopen.ts';
import { type Extra, FAILED, FORM_OVER, payloadOf, SAVED, say, type Words, WRITTEN } from './words.ts';

export interface Sent {
  readonly draftId: string;
  readonly values: Draft['values'];
  /** Hands it to the core. */
  take(draft: Draft): Promise<AnswerTo['submit']>;
}

interface Says {
  readonly words: Words;
  readonly button?: Extra;
  /** Where the form was opened. */
  readonly card?: Draft['card'] | undefined;
  /** Follow it, a message each. */
  readonly more?: readonly Words[];
}

/** Never rejects; the core has committed what it answers. */
export async function answerForm(deps: AnswerDeps, asker: Asker, sent: Sent): Promise<void> {
  const ready = prepare(deps, asker, sent);
  const inTime = await withinTime(deps.world, ready, asker.until);
  if (inTime) return give(asker, inTime);
  const isAwaited = await defer(asker);
  const late = await ready;
  if (!isAwaited) return;
  if (late === 'closes') return tellLater(asker, say(SAVED));
  await tellLater(opener(asker, late), late.words, late.button);
  await tellMore(asker, late);
}

type Ready = 'closes' | Says;

async function prepare(deps: AnswerDeps, asker: Asker, sent: Sent): Promise<Ready> {
  const { from, team } = asker.interaction;
  let draft: Draft | undefined;
  try {
    const kept = await deps.drafts.read(from.id, sent.draftId);
    if (!kept) return returned(sent.values);
    draft = { ...kept, values: sent.values };
    return await settle(deps, asker, { ...sent, draft }, await sent.take(draft));
  } catch (error) {
    deps.log.error('a form could not be taken in', { team, error });
    const again = draft && (await offered(deps, asker, withoutProblem(draft)).catch(() => undefined));
    return again ?? returned(sent.values, FAILED);
  }
}

const opener = (asker: Asker, { card }: Says): Asker => (card === undefined ? asker : { ...asker, card });

const withoutProblem = ({ problem: _before, ...draft }: Draft): Draft => draft;

/** What was typed is kept for as long as it may be needed. */
async function settle(
  deps: AnswerDeps,
  asker: Asker,
  { draft, draftId }: { readonly draft: Draft; readonly draftId: string },
  answer: AnswerTo['submit'],
): Promise<Ready> {
  if (answer.kind === 'reject') {
    return offered(deps, asker, { ...draft, problem: { field: answer.field, text: answer.problem } });
  }
  const { from, team } = asker.interaction;
  await deps.drafts.forget(from.id, draftId).catch((error: unknown) => {
    deps.log.warn('a form that is done with could not be forgotten', { team, error });
  });
  return answer.kind === 'nothing' ? 'closes' : { words: answer, card: draft.card };
}

/** The problem, and a button that opens the form again as it was sent off. */
async function offered({ drafts }: AnswerDeps, { interaction }: Asker, draft: Draft): Promise<Says> {
  const id = await drafts.keep(interaction.from.id, draft);
  const problem = problemOf(draft);
  return {
    words: say(problem === undefined ? FAILED : [plain(problem)]),
    button: { label: 'Open again', customId: againId(id) },
  };
}

/** Fits into one message, whatever of it must be escaped. */
const PAGE = 1_900;

/** Nobody here knows the form any more: what was written comes back in words. */
function returned(values: Draft['values'], why = FORM_OVER): Says {
  const written = Object.values(values).filter((value) => value.trim() !== '');
  if (written.length === 0) return { words: say(why) };
  const more = written.flatMap((value) => pages(value, PAGE)).map((page) => say([plain(page)]));
  return { words: say([...why, ...WRITTEN]), more };
}

async function give(asker: Asker, ready: Ready): Promise<void> {
  if (ready !== 'closes') {
    await tell(opener(asker, ready), ready.words, ready.button);
    return tellMore(asker, ready);
  }
  // Only what was opened on a message has something that may stay as it is.
  if (asker.interaction.message === undefined) return tell(asker, say(SAVED));
  await asker.callback.respond(RESPOND.deferUpdate);
}

async function tellMore(asker: Asker, { more = [] }: Says): Promise<void> {
  for (const words of more) await asker.callback.more(payloadOf(words, isDm(asker)));
}

/** *Open again* under a form that was rejected. */
export async function openAgain(deps: AnswerDeps, asker: Asker): Promise<void> {
  const { from, data } = asker.interaction;
  const id = draftOfAgain(data) ?? '';
  const draft = await deps.drafts.read(from.id, id).catch(() => undefined);
  return draft ? open(asker, modalOf(draft, id)) : tell(asker, say(FORM_OVER));
}
