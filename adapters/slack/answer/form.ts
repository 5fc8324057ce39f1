/** Answers a form that was sent off: problems beside its fields, words in its place, or it closes. */
import type { ModalView } from '@slack/types';
import type { Instant } from '../../../src/chat/ids.ts';
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { cut, plain, plainOf, t } from '../../../src/chat/text.ts';
import { type Body, dig, recordsOf, textOf } from '../incoming/read.ts';
import type { Tenant } from '../ports.ts';
import { type Ack, lateAnswer } from './act.ts';
import { withinTime } from './in-time.ts';
import { reopened } from './reopen.ts';
import { type AnswerDeps, FAILED, modalOf, say } from './tell.ts';
import { replaceView } from './views.ts';

/** Beside a field there is room for a sentence or two. */
const LONGEST_PROBLEM = 150;
const SAVING = t`Still saving… This takes a moment longer than usual.`;
const SAVED = t`Saved. You can close this.`;

type FormAnswer = AnswerTo['submit'];

export interface Sent {
  readonly tenant: Tenant;
  readonly turn: Promise<FormAnswer>;
  readonly ack: Ack;
  readonly until: Instant;
  /** The modal as it came, with what was typed in its `state`. */
  readonly view: Body;
}

/** Rejects when nothing was committed in time: the form then stays, with Slack's own complaint. */
export async function answerForm(deps: AnswerDeps, sent: Sent): Promise<void> {
  const answer = await withinTime(deps.world, sent.turn, sent.until);
  if (answer !== undefined) return sent.ack(ackOf(answer, sent.view));
  await sent.ack(update(modalOf(say(SAVING), metadataOf(sent.view))));
  const late = await lateAnswer(deps, sent, sent.turn);
  const view = late === undefined ? reopened(sent.view, plainOf(FAILED)) : lateView(late, sent.view);
  const id = textOf(sent.view['id']);
  if (id !== undefined) await replaceView({ log: deps.log, tenant: sent.tenant }, id, view);
}

function ackOf(answer: FormAnswer, view: Body): Readonly<Record<string, unknown>> | undefined {
  if (answer.kind === 'nothing') return undefined;
  if (answer.kind !== 'reject') return update(modalOf(answer, metadataOf(view)));
  const block = blockOf(answer.field, view);
  const problem = cut(answer.problem, LONGEST_PROBLEM);
  if (block === undefined) return update(modalOf(say([plain(problem)]), metadataOf(view)));
  return { response_action: 'errors', errors: { [block]: problem } };
}

const update = (view: ModalView): Readonly<Record<string, unknown>> => ({ response_action: 'update', view });
const metadataOf = (view: Body): string => textOf(view['private_metadata']) ?? '';

/** Problems can only stand beside an input of this form. */
function blockOf(field: string, view: Body): string | undefined {
  const inputs = recordsOf(view['blocks']).filter(({ type }) => type === 'input');
  const names = inputs.flatMap((input) => textOf(input['block_id']) ?? []);
  return names.find((name) => name === field) ?? names[0];
}

/** No call closes a modal, and none puts a problem beside a field: the form comes back with it on top. */
function lateView(answer: FormAnswer, view: Body): ModalView {
  if (answer.kind === 'nothing') return modalOf(say(SAVED), metadataOf(view));
  if (answer.kind !== 'reject') return modalOf(answer, metadataOf(view));
  const label = labelOf(answer.field, view);
  return reopened(view, label === undefined ? answer.problem : `${label}: ${answer.problem}`);
}

function labelOf(field: string, view: Body): string | undefined {
  const input = recordsOf(view['blocks']).find((block) => block['block_id'] === field);
  return textOf(dig(input, 'label', 'text'));
}
