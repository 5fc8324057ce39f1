/** Cards before a mock: what will happen and what is kept, and the one that is open already. */
import type { Level } from '../../bank/question.ts';
import { buttons, capital, small, text } from '../../chat/card.ts';
import type { PersonId } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import { cut, t, type Text } from '../../chat/text.ts';
import { QUESTIONS } from './choose.ts';
import type { Mock } from './states.ts';
import { button, titled } from './words.ts';

export interface Opening {
  readonly mock: Mock;
  readonly level: Level;
  readonly count: number;
  readonly probes: number;
  readonly retentionDays: number;
  /** Our root command. */
  readonly practice: string;
  readonly remarks: readonly string[];
  /** About the person's own stories. */
  readonly stories?: Text;
  readonly ended?: string;
}

export function openingCard(of: Opening): Message {
  const { mock, level, count, probes, ended } = of;
  return {
    title: titled(`Mock interview, ${level} level`),
    blocks: [
      text(
        t`${count === QUESTIONS ? 'Four' : count} questions, ${probes} planned follow-ups each, in about ${mock.minutes} minutes. After each answer you rate it yourself; feedback comes at the end. Thinking time is fine. You can pause, skip or stop at any time, and go on after a week.`,
      ),
      ...(of.remarks.length === 0 ? [] : [small(t`${cut(of.remarks.join(' '), 900)}`)]),
      ...(of.stories === undefined ? [] : [text(of.stories)]),
      ...(ended === undefined
        ? [
            buttons(button('Begin', 'begin', mock.id, 'primary'), button('Not now', 'stop', mock.id)),
            small(
              t`With *Begin* you agree that your answers, ratings and notes are kept for ${of.retentionDays} days, as text. Only you see them; the transcript is yours. \`/${of.practice} delete\` removes all of it. There is no hire or no-hire, and nobody is told that you practised.`,
            ),
          ]
        : [small(t`${ended}`)]),
    ],
  };
}

/** A person interviews in a live mock. */
const interviewingCard = (mock: Mock): Message => ({
  title: titled(`You interview in a mock, ${cut(mock.level, 20)} level`),
  blocks: [
    text(t`It is still open. Its question cards are in our direct messages.`),
    buttons(button('I have to go', 'quit', mock.id)),
    small(t`It goes on without you; what you rated is kept.`),
  ],
});

/** A person has a live mock already. */
export const liveCard = (mock: Mock, reader: PersonId): Message =>
  reader === mock.candidate ? ownLiveCard(mock) : interviewingCard(mock);

const ownLiveCard = (mock: Mock): Message => ({
  title: titled(`A mock interview is open, ${cut(mock.level, 20)} level`),
  blocks: [
    text(t`${capital(whereWords(mock))} One at a time is enough: go on with it, or end it and begin another.`),
    buttons(button('Go on', 'resume', mock.id, 'primary'), button('End it', 'stop', mock.id)),
  ],
});

function whereWords({ stage, question, paused }: Mock): string {
  const where =
    stage === 'invited'
      ? 'it waits for your partner.'
      : stage === 'opening'
        ? 'it waits for you to begin.'
        : stage === 'answering' || stage === 'rating'
          ? `it is at question ${question}.`
          : 'it is in its debrief.';
  return paused === 1 ? `it is paused; ${where}` : where;
}
