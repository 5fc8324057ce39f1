/** The question card and what belongs to it: how to answer, today's card for one person, the reminder. */
import type { Level } from '../../bank/question.ts';
import { capital } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, cut, t, type Text, time } from '../../chat/text.ts';
import { type Asked, askedIn, type Round } from '../../store/rounds.ts';
import { ANSWER_WORDS, endOf } from './rules.ts';
import { counted, on, questionFor, questionsText, spaced } from './words.ts';

/** What a card says besides its round. */
export interface Around {
  readonly answers: number;
  /** How long answers are kept, in days. */
  readonly keepDays: number;
  /** We can read what people write in threads. */
  readonly readsThreads: boolean;
}

/** The heading: the question itself when there is one, else what the variants have in common. */
const headingOf = (round: Round, asked: readonly Asked[]): string => {
  const only = asked.length === 1 ? asked[0]?.text : undefined;
  return only !== undefined && only.length <= LIMITS.title ? only : cut(round.title, LIMITS.title);
};

const factsLine = (round: Round): Text => {
  const end = round.state === 'open' ? t`open until ${time(round.closes, round.zone)}` : t`closed`;
  return [bold(capital(spaced(round.skill))), ...t` · ${spaced(round.facet)} · `, ...end];
};

function howAndWho(round: Round, { readsThreads }: Around): string {
  if (round.mode === 'sealed' && round.after === 'publish')
    return 'Answer by the button, about 3 minutes; only the form counts here. Nobody sees your answer until the close, then it is published in the thread. Feedback on it goes to you alone.';
  if (round.mode === 'sealed')
    return 'Answer by the button, about 3 minutes; only the form counts here. Only your reviewers see your answer, after the close. Feedback on it goes to you alone.';
  const how = readsThreads
    ? 'Answer in the thread or by the button, about 3 minutes.'
    : 'Answer by the button, about 3 minutes; or write in the thread and choose “Use as my answer” on your message.';
  return `${how} The channel sees your answer; feedback on it goes to you alone.`;
}

function fate(round: Round, around: Around): Text {
  const kept = `Kept for ${around.keepDays} days.`;
  if (round.state !== 'open')
    return t`${counted(around.answers)}. Late ones are taken until ${time(endOf(round), round.zone)} and marked as late. ${kept}`;
  const so = around.answers === 0 ? 'No answer yet.' : `${counted(around.answers)} so far.`;
  return t`${so} ${howAndWho(round, around)} You can change it until the close. ${kept} ${cut(round.why, 300)}`;
}

/** The card in the channel. */
export function questionCard(round: Round, around: Around): Message {
  const asked = askedIn(round);
  const heading = headingOf(round, asked);
  const isWhole = asked.length === 0 || (asked.length === 1 && asked[0]?.text === heading);
  const variants: Block[] = isWhole ? [] : [{ kind: 'text', text: questionsText(asked) }];
  return {
    title: heading,
    blocks: [
      { kind: 'small', text: factsLine(round) },
      ...variants,
      { kind: 'buttons', buttons: cardButtons(round) },
      { kind: 'small', text: fate(round, around) },
    ],
  };
}

function cardButtons(round: Round): Button[] {
  const give = { label: 'Give feedback', on: { feature: 'feedback', name: 'give', subject: round.id } };
  return round.state === 'open'
    ? [
        { label: 'Answer', on: on('answer', round.id), style: 'primary' },
        { label: 'How to answer', on: on('how', round.id) },
        give,
      ]
    : [
        { ...give, style: 'primary' },
        { label: 'Answer late', on: on('answer', round.id) },
      ];
}

/** Today's card for one person: it says whether they have answered. */
export function todayCard(round: Round, around: Around, hasAnswered: boolean): Message {
  const card = questionCard(round, around);
  const own: Text = hasAnswered ? t`You have answered this one. **Answer** opens it again, until the close.` : [];
  return hasAnswered ? { ...card, blocks: [{ kind: 'small', text: own }, ...card.blocks] } : card;
}

const countsFrom = (round: Round, { readsThreads }: Around): string => {
  if (round.mode === 'sealed') return 'This round is sealed, so only the form counts.';
  return readsThreads
    ? `Your first reply of ${ANSWER_WORDS} words or more in the thread is your answer; shorter ones are talk. “Use as my answer” on a message of yours makes it the one that counts.`
    : 'In the thread, “Use as my answer” on a message of yours makes it the one that counts.';
};

export function howTo(round: Round, around: Around, level: Level | undefined): Message {
  const isOpen = round.state === 'open';
  const answer: Button = {
    label: isOpen ? 'Answer' : 'Answer late',
    on: on('answer', round.id),
    style: 'primary',
  };
  const remind: Button[] = isOpen ? [{ label: 'Remind me once', on: on('remind', round.id) }] : [];
  return {
    title: 'How to answer',
    blocks: [
      { kind: 'text', text: questionFor(askedIn(round), level) },
      {
        kind: 'text',
        text: t`- Pick **one event** that happened, and say when.\n- A few sentences of **setup**: the goal, and what was yours to do.\n- Most of it is **action**: your steps in order, each with its reason.\n- End with the **result**, a number or a name for it, and what you do differently since.`,
      },
      {
        kind: 'text',
        text: t`About 300 words, or three minutes if you say it aloud first. ${countsFrom(round, around)}`,
      },
      { kind: 'buttons', buttons: [answer, ...remind] },
    ],
  };
}

export const reminder = (round: Round): Message => ({
  title: 'You wanted to answer this one',
  blocks: [
    { kind: 'small', text: factsLine(round) },
    { kind: 'text', text: questionsText(askedIn(round)) },
    { kind: 'buttons', buttons: [{ label: 'Answer', on: on('answer', round.id), style: 'primary' }] },
    { kind: 'small', text: t`The one reminder you asked for. Nobody else sees it.` },
  ],
});
