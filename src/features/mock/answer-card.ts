/** One answer once more for its author: what was said, to read whole, to keep as a story, to hold a mirror to. */
import { buttons, small, text } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Action, Button, Message } from '../../chat/message.ts';
import { cut, pages, plain, t } from '../../chat/text.ts';
import type { Mock } from './states.ts';
import { button, titled } from './words.ts';

export interface AnswerPage {
  readonly mock: Mock;
  readonly n: number;
  readonly question: string;
  readonly answer: string;
  readonly page: number;
  /** The numbers of all answered questions. */
  readonly answered: readonly number[];
}

/** Half of what a text block holds, so that no counting of characters finds it too long. */
const PAGE = LIMITS.text / 2;

export const ownWordsOf = (mock: Pick<Mock, 'id'>, n: number): string => `mock-answer:${mock.id}.${n}`;

export function answerPage({ mock, n, question, answer, page, answered }: AnswerPage): Message {
  const all = pages(answer, PAGE);
  const at = Math.min(Math.max(0, page), all.length - 1);
  const more: Button[] = at + 1 < all.length ? [button('Next page', 'answer', `${mock.id}:${n}:${at + 1}`)] : [];
  const others = answered.filter((one) => one !== n).slice(0, LIMITS.buttonsPerRow);
  return {
    title: titled(`Your answer ${n}`),
    blocks: [
      small([plain(cut(question, 600))]),
      text([plain(all[at] ?? '')]),
      ...(all.length > 1 ? [small(t`Page ${at + 1} of ${all.length}`)] : []),
      buttons(
        ...more,
        story('Save as story', 'save', mock, n),
        story('Which story was it?', 'told', mock, n),
        story('What this text shows', 'mirror', mock, n),
        button('Other levels', 'shift', `${mock.id}:${n}`),
      ),
      ...(others.length === 0
        ? []
        : [buttons(...others.map((one) => button(`Answer ${one}`, 'answer', `${mock.id}:${one}:0`)))]),
      small(t`Only you see this. A story you save stays in your own bank until you delete it.`),
    ],
  };
}

function story(label: string, name: string, mock: Mock, n: number): Button {
  const on: Action = { feature: 'stories', name, subject: ownWordsOf(mock, n) };
  return { label, on };
}
