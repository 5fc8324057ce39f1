/** Tells the person who acted, and nobody else: at the address of their click, in a modal, or as an only-you message. */
import type { ModalView } from '@slack/types';
import type { PersonId } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { Answer } from '../../../src/chat/outgoing.ts';
import { t, type Text } from '../../../src/chat/text.ts';
import type { Spot } from '../incoming/act.ts';
import type { SlackDeps, Tenant } from '../ports.ts';
import { renderMessage, renderModal } from '../render/index.ts';
import { reasonOf } from './reason.ts';
import type { ReplyUrl } from './reply-url.ts';
import { openView, overView } from './views.ts';

export type AnswerDeps = Pick<SlackDeps, 'world' | 'log' | 'apiUrl'>;
export type Words = Extract<Answer, { kind: 'say' | 'show' }>;

/** The form did not open in time: Slack allows 3 s for that. */
export const TOO_SLOW = t`That took a moment too long to open. Please press again.`;
export const NOT_OPENED = t`Slack could not open that just now. Please try again.`;
export const FAILED = t`Something went wrong on our side, and nothing was changed. Please try again.`;

/** Somebody who waits for an answer, and where. */
export interface Asker {
  readonly tenant: Tenant;
  readonly person: PersonId;
  readonly trigger: string;
  /** For the modals that open here: where they come from. */
  readonly metadata: string;
  readonly on:
    | { readonly kind: 'chat'; readonly spot: Spot; readonly replyUrl: ReplyUrl | undefined }
    | { readonly kind: 'modal'; readonly view: string }
    | { readonly kind: 'home' };
}

export const say = (text: Text): Words => ({ kind: 'say', text });
export const messageOf = (words: Words): Message =>
  words.kind === 'show' ? words.message : { blocks: [{ kind: 'text', text: words.text }] };

/** A small modal with the words; buttons in it remember where it was opened. */
export const modalOf = (words: Words, metadata: string): ModalView => ({
  ...renderModal(messageOf(words)),
  private_metadata: metadata,
});

/** As the acknowledgement of a command or a post to the address of a click carries it. */
export function whispered(words: Words): Readonly<Record<string, unknown>> {
  const { blocks, text } = renderMessage(messageOf(words));
  return { response_type: 'ephemeral', text, blocks };
}

/** Never rejects: when no way works the answer is lost, and a line in the log says so. */
export async function tell({ log }: AnswerDeps, asker: Asker, words: Words): Promise<void> {
  const { on, metadata, tenant, trigger } = asker;
  try {
    if (on.kind === 'chat') return await whisper(log, asker, on, words);
    const view = modalOf(words, metadata);
    const by = { log, tenant, trigger };
    const shown = on.kind === 'home' ? await openView(by, view) : await overView(by, on.view, view);
    if (shown !== 'shown') log.warn('an answer could not be shown', { team: tenant.team, why: shown });
  } catch (error) {
    log.error('an answer could not be made into what Slack shows', { team: tenant.team, error });
  }
}

type InChat = Extract<Asker['on'], { kind: 'chat' }>;

async function whisper(log: AnswerDeps['log'], { tenant, person }: Asker, to: InChat, words: Words): Promise<void> {
  const { channel, thread, ts } = to.spot;
  const inThread = thread === undefined || thread === ts ? {} : { thread_ts: thread };
  try {
    if (!to.replyUrl) throw new TypeError('no address to answer at');
    return await to.replyUrl.post({ ...whispered(words), ...inThread, replace_original: false });
  } catch (error) {
    const why = error instanceof Error ? error.message : '?';
    log.warn('an answer goes as an only-you message instead', { team: tenant.team, why });
  }
  const { blocks, text } = renderMessage(messageOf(words));
  try {
    await tenant.client.chat.postEphemeral({ channel, user: person, text, blocks, ...inThread });
  } catch (error) {
    log.warn('an answer could not be shown', { team: tenant.team, why: reasonOf(error) });
  }
}
