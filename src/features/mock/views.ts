/** The cards of a mock under way, one for each step: what is asked, what may be done now, and where one stands. */
import type { Level } from '../../bank/question.ts';
import { buttons, small, text } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, cut, plain, t, type Text } from '../../chat/text.ts';
import { keyOf, type Mock } from './states.ts';
import { button, spaced, titled, typeWords } from './words.ts';

export interface Step {
  readonly mock: Mock;
  readonly level: Level;
  /** Of the whole interview. */
  readonly count: number;
  /** What is asked at this step: the question's number, skill, type and words, and those of the probe it is at. */
  readonly asked?: {
    readonly n: number;
    readonly skill: string;
    readonly type: string;
    readonly text: string;
    readonly probe?: { readonly at: number; readonly of: number; readonly text: string };
    /** What was answered the first time, for the replay. */
    readonly before?: string;
  };
  /** Minutes a spoken answer takes. */
  readonly minutes: number;
  /** How the step ended; while it is open there are buttons instead. */
  readonly ended?: string;
}

const WAIT = 'Thinking time is fine.';

export function stepCard(step: Step): Message {
  switch (step.mock.stage) {
    case 'answering':
      return step.asked?.probe ? probeCard(step) : questionCard(step);
    case 'rating':
      return ratingCard(step);
    case 'replaying':
      return replayCard(step);
    default:
      return reflectCard(step);
  }
}

/** While it is open its buttons and its small line; afterwards how it ended. */
const foot = ({ ended }: Step, row: readonly Button[], words: Text): Block[] =>
  ended === undefined ? [buttons(...row), small(words)] : [small(t`${ended}`)];

/** Everybody in the room sees the buttons; they work for the candidate. */
function answerButtons({ mock }: Step, skip: string): Button[] {
  const subject = `${mock.id}:${keyOf(mock)}`;
  return [
    button('That is my answer', 'done', subject, 'primary'),
    button('Write it in a form', 'write', subject),
    button(skip, 'skip', subject),
    button('Pause', 'pause', mock.id),
    button('Stop', 'stop', mock.id),
  ];
}

function questionCard(step: Step): Message {
  const { asked, count, minutes } = step;
  return {
    title: titled(`Question ${asked?.n ?? 0} of ${count}`),
    blocks: [
      small(t`${spaced(asked?.skill ?? '')} · ${typeWords(asked?.type ?? '')}`),
      text([plain(cut(asked?.text ?? '', LIMITS.text))]),
      ...foot(
        step,
        answerButtons(step, 'Skip'),
        t`Write here, in as many messages as you like, about what you would say in ${minutes} minutes. ${WAIT} Edits count until the end.`,
      ),
    ],
  };
}

function probeCard(step: Step): Message {
  const { asked } = step;
  const probe = asked?.probe;
  return {
    title: titled(`Question ${asked?.n ?? 0}, follow-up ${probe?.at ?? 1} of ${probe?.of ?? 1}`),
    blocks: [
      text([plain(cut(probe?.text ?? '', LIMITS.text))]),
      ...foot(step, answerButtons(step, 'Skip this'), t`About a minute. Everybody gets the planned follow-ups.`),
    ],
  };
}

function ratingCard(step: Step): Message {
  const { mock, asked } = step;
  const subject = `${mock.id}:${keyOf(mock)}`;
  const isFirst = mock.part === 1;
  return {
    title: titled(`Your own rating of answer ${asked?.n ?? 0}`),
    blocks: [
      text(
        isFirst
          ? t`Before anybody says a word about it: where would you put that answer?`
          : t`Four are kept. Two more: reach and trade-offs.`,
      ),
      ...foot(
        step,
        [
          button(isFirst ? 'Rate it' : 'Rate the last two', 'rate', subject, 'primary'),
          button('Go on without', 'unrated', subject),
          button('Pause', 'pause', mock.id),
          button('Stop', 'stop', mock.id),
        ],
        isFirst
          ? t`Against the ${step.level} level, in two short forms. Only you see it, beside others’ ratings at the end. There is no feedback between questions.`
          : t`Only you see it.`,
      ),
    ],
  };
}

function reflectCard(step: Step): Message {
  const { mock } = step;
  const subject = `${mock.id}:${keyOf(mock)}`;
  return {
    title: 'Looking back',
    blocks: [
      text(t`That was the last question. First your own view: the whole, two things to keep, one to change.`),
      ...foot(
        step,
        [
          button('Look back', 'reflect', subject, 'primary'),
          button('Skip', 'skip', subject),
          button('Pause', 'pause', mock.id),
          button('Stop', 'stop', mock.id),
        ],
        t`About five minutes in all: your view, one answer once more, then the scorecard.`,
      ),
    ],
  };
}

function replayCard(step: Step): Message {
  const { asked } = step;
  return {
    title: titled(`Once more: question ${asked?.n ?? 0}`),
    blocks: [
      text([plain(cut(asked?.text ?? '', 1500))]),
      ...(asked?.before === undefined
        ? []
        : [text([bold('You said: '), plain(cut(asked.before.replaceAll(/\s+/g, ' '), 900))])]),
      ...foot(
        step,
        answerButtons(step, 'Skip the replay'),
        t`Of your answers this one was rated lowest, so it gains most from a second try. About 90 seconds; both versions are kept side by side.`,
      ),
    ],
  };
}

/** Right under what was written, so that nobody has to scroll up to go on. */
export const keptCard = (mock: Mock): Message => ({
  blocks: [
    text(t`Kept. More messages may follow; they all belong to this answer.`),
    buttons(button('That is my answer', 'done', `${mock.id}:${keyOf(mock)}`, 'primary')),
  ],
});
export const keptLine = (): Message => ({ blocks: [small(t`Kept.`)] });

export function pausedCard(mock: Mock, why: 'asked' | 'idle' | 'over'): Message {
  if (why === 'over') return { blocks: [small(t`The pause is over.`)] };
  return {
    title: 'Paused',
    blocks: [
      text(
        why === 'asked'
          ? t`Take your time; nothing is lost, and no clock runs.`
          : t`Nothing happened here for a day, so I paused the interview. Everything you wrote is kept. Go on, or end it here?`,
      ),
      buttons(button('Resume', 'resume', mock.id, 'primary'), button('End it here', 'stop', mock.id)),
      small(t`After two weeks it ends by itself, with what there is.`),
    ],
  };
}

/** Something was written during a pause. */
export const stillPausedCard = (mock: Mock): Message => ({
  blocks: [
    text(t`I kept what you wrote. The interview is paused: go on, or end it here?`),
    buttons(button('Resume', 'resume', mock.id, 'primary'), button('End it here', 'stop', mock.id)),
  ],
});
