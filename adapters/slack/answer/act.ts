/** Answers a command, a click or a shortcut: in time where the core is, and after the acknowledgement where it is not. */
import type { Instant } from '../../../src/chat/ids.ts';
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { renderForm } from '../render/index.ts';
import { withinTime } from './in-time.ts';
import { type AnswerDeps, type Asker, FAILED, NOT_OPENED, say, tell, TOO_SLOW, whispered } from './tell.ts';
import { openView, overView } from './views.ts';

/** Slack waits 3 s; an answer that takes longer than this, in ms, follows on its own. */
export const PATIENCE_MS = 2_000;

export type ActAnswer = AnswerTo['command' | 'press' | 'choose' | 'pick'];
export type Ack = (body?: Readonly<Record<string, unknown>>) => Promise<void>;

export interface Acted {
  readonly asker: Asker;
  /** The core's answer; it has committed by then. */
  readonly turn: Promise<ActAnswer>;
  readonly ack: Ack;
  /** When {@link PATIENCE_MS} are over. */
  readonly until: Instant;
  /** The acknowledgement itself can carry words, as that of a command can. */
  readonly carries?: true;
}

/** What was answered. Rejects when nothing was committed in time: without an acknowledgement Slack says so to the person. */
export async function answerAct(deps: AnswerDeps, { asker, turn, ack, until, carries }: Acted): Promise<ActAnswer> {
  const inTime = await withinTime(deps.world, turn, until);
  if (carries && (inTime?.kind === 'say' || inTime?.kind === 'show')) {
    await ack(whispered(inTime));
    return inTime;
  }
  if (inTime !== undefined) {
    // The button shows that it is busy until its answer is there, as long as Slack lets it.
    const given = give(deps, asker, inTime);
    await withinTime(deps.world, given, until);
    await ack();
    await given;
    return inTime;
  }
  await ack();
  const answer = (await lateAnswer(deps, asker, turn)) ?? say(FAILED);
  await give(deps, asker, answer);
  return answer;
}

/** Undefined when the turn failed: after the acknowledgement nobody else tells the person so. */
export async function lateAnswer<A>(
  { log }: AnswerDeps,
  { tenant }: Pick<Asker, 'tenant'>,
  turn: Promise<A>,
): Promise<A | undefined> {
  try {
    return await turn;
  } catch (error) {
    log.error('a late turn failed', { team: tenant.team, error });
    return undefined;
  }
}

/** Never rejects. */
export async function give(deps: AnswerDeps, asker: Asker, answer: ActAnswer): Promise<void> {
  if (answer.kind === 'nothing') return;
  if (answer.kind !== 'ask') return tell(deps, asker, answer);
  const view = renderForm(answer.form, asker.metadata);
  const by = { log: deps.log, tenant: asker.tenant, trigger: asker.trigger };
  const shown = asker.on.kind === 'modal' ? await overView(by, asker.on.view, view) : await openView(by, view);
  if (shown !== 'shown') await tell(deps, asker, say(shown === 'late' ? TOO_SLOW : NOT_OPENED));
}
