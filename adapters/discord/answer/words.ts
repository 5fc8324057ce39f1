/** What the person who acted sees, and only they: words and messages as Discord takes them. */
import type { Button, Message } from '../../../src/chat/message.ts';
import type { Answer } from '../../../src/chat/outgoing.ts';
import { t, type Text } from '../../../src/chat/text.ts';
import { renderMessage } from '../render/index.ts';
import { EPHEMERAL, type Payload } from './callback.ts';

export type Words = Extract<Answer, { kind: 'say' | 'show' }>;

/** The form could not open: Discord allows that only as the first answer, within 3 s. */
export const TOO_SLOW = t`That took a moment too long to open. Please press again.`;
export const NOT_OPENED = t`Discord could not open that just now. Please press again.`;
export const NOT_SHOWN = t`That was taken in, but Discord would not show the answer.`;
export const FAILED = t`Something went wrong on our side, and nothing was changed. Please try again.`;
export const OLD = t`That is from an older version and does nothing any more.`;
export const DONE = t`Done.`;
export const SAVED = t`Saved.`;
export const FORM_OVER = t`That form was open for too long, so nothing was saved. Please open it again.`;
export const WRITTEN = t` This is what you wrote:`;

export const say = (text: Text): Words => ({ kind: 'say', text });
export const messageOf = (words: Words): Message =>
  words.kind === 'show' ? words.message : { blocks: [{ kind: 'text', text: words.text }] };

/** In a DM nobody else is there, and what is said stays. */
export const flagsFor = (isDm: boolean): number => (isDm ? 0 : EPHEMERAL);

export interface Extra extends Pick<Button, 'label'> {
  readonly customId: string;
}

/** `button`: one of the adapter's own, below. */
export function payloadOf(words: Words, isDm: boolean, button?: Extra): Payload {
  const { components, flags, files } = renderMessage(messageOf(words));
  const own = button ? [rowOf(button)] : [];
  return {
    body: {
      components: [...components, ...own],
      flags: flags | flagsFor(isDm),
      allowed_mentions: { parse: [] },
    },
    ...(files ? { files } : {}),
  };
}

const rowOf = ({ label, customId }: Extra) => ({
  type: 1,
  components: [{ type: 2, style: 1, label, custom_id: customId }],
});

/** Whether it is seen by one person is settled by the first answer, and an edit may not say so again. */
export const asEdit = ({ body, ...more }: Payload): Payload => ({
  ...more,
  body: { ...body, flags: Number(body['flags'] ?? 0) & ~EPHEMERAL },
});
