/** Words and cards of the daily question. */
import { LEVELS, type Level } from '../../bank/question.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Button, Field, Form, Message } from '../../chat/message.ts';
import { bold, cut, person, t, type Span, type Text, time } from '../../chat/text.ts';
import { type Answer, askedIn, type Asked, type Round, variantFor } from '../../store/rounds.ts';

export const on = (name: string, subject: string) => ({ feature: 'daily', name, subject });
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const spaced = (slug: string): string => slug.replaceAll('-', ' ');

/** The heading: the question itself when there is one, else what the variants have in common. */
const headingOf = (round: Round, asked: readonly Asked[]): string => {
  const only = asked.length === 1 ? asked[0]?.text : undefined;
  return only !== undefined && only.length <= LIMITS.title ? only : cut(round.title, LIMITS.title);
};

const variantLine = (one: Asked, isLast: boolean): Span[] => [
  bold(capital(one.level)),
  { kind: 'markdown', value: '  ' },
  { kind: 'plain', value: cut(one.text, 600) },
  ...(isLast ? [] : t`\n`),
];

export const questionsText = (asked: readonly Asked[]): Text =>
  asked.flatMap((one, i) => variantLine(one, i === asked.length - 1));

const factsLine = (round: Round): Text => {
  const end = round.state === 'open' ? t`open until ${time(round.closes, round.zone)}` : t`closed`;
  return [bold(capital(spaced(round.skill))), ...t` · ${spaced(round.facet)} · `, ...end];
};

const count = (n: number): string =>
  n === 0 ? 'No answer yet.' : n === 1 ? '1 answer so far.' : `${n} answers so far.`;

function fate(round: Round, answers: number): Text {
  if (round.state !== 'open')
    return t`${answers === 1 ? '1 answer' : `${answers} answers`}. Late answers are taken for three days and marked as late.`;
  const how =
    round.mode === 'open'
      ? 'Answer in the thread or by the button, about 3 minutes. Your answer is visible in this channel; feedback on it goes to you alone.'
      : round.after === 'publish'
        ? 'Answer by the button; only the form counts here. Nobody sees your answer until the close, then it is published in the thread; feedback on it goes to you alone.'
        : 'Answer by the button; only the form counts here. Only your reviewers see your answer; feedback on it goes to you alone.';
  return t`${count(answers)} ${how} Kept for 180 days at most. ${round.why}`;
}

/** The card in the channel; `answers` so far. */
export function questionCard(round: Round, answers: number): Message {
  const asked = askedIn(round);
  const heading = headingOf(round, asked);
  const variants: Block[] =
    asked.length === 1 && asked[0]?.text === heading ? [] : [{ kind: 'text', text: questionsText(asked) }];
  return {
    title: heading,
    blocks: [
      { kind: 'small', text: factsLine(round) },
      ...variants,
      { kind: 'buttons', buttons: cardButtons(round) },
      { kind: 'small', text: fate(round, answers) },
    ],
  };
}

function cardButtons(round: Round): Button[] {
  const give = { label: 'Give feedback', on: { feature: 'feedback', name: 'give', subject: round.id } };
  const answer = { label: round.state === 'open' ? 'Answer' : 'Answer late', on: on('answer', round.id) };
  return round.state === 'open'
    ? [{ ...answer, style: 'primary' }, { label: 'How to answer', on: on('how', round.id) }, give]
    : [{ ...give, style: 'primary' }, answer];
}

export interface Filled {
  /** Their level; undefined while it was never asked. */
  readonly level: Level | undefined;
  readonly lowest: Level;
  readonly answer: Answer | undefined;
  /** What they wanted to do differently, last time on this skill. */
  readonly resolve: string | undefined;
}

export function answerForm(round: Round, filled: Filled): Form {
  const asked = askedIn(round);
  const shown =
    filled.level === undefined
      ? questionsText(asked)
      : t`${variantFor(asked, filled.level, LEVELS)?.text ?? round.title}`;
  const resolve: Text =
    filled.resolve === undefined ? [] : t`\nLast time you wanted to change this: “${cut(filled.resolve, 500)}”`;
  return {
    on: on('answer', round.id),
    title: 'Your answer',
    submit: 'Share',
    intro: [...shown, ...resolve],
    fields: [...levelField(filled), ...answerFields(filled.answer)],
  };
}

const levelField = ({ level, lowest }: Filled): Field[] =>
  level !== undefined
    ? []
    : [
        {
          kind: 'choice',
          name: 'level',
          label: 'The level you practise for',
          hint: 'Asked once; change it on your page',
          options: LEVELS.map((value) => ({ value, label: capital(value) })),
          value: lowest,
        },
      ];

const part = (name: string, label: string): Field => ({ kind: 'paragraph', name, label, optional: true });

const answerFields = (answer: Answer | undefined): Field[] => [
  {
    kind: 'paragraph',
    name: 'answer',
    label: 'Your answer',
    hint: 'One real event, told in your own words',
    optional: true,
    ...(answer === undefined ? {} : { value: cut(answer.text, LIMITS.fieldValue) }),
  },
  part('setup', 'Or in parts: situation and task'),
  part('action', 'What you did'),
  part('result', 'What came of it'),
];

/** Someone's answer in the thread, when it was given by the form. */
export const answerMessage = (answer: Answer): Message => ({
  blocks: [
    {
      kind: 'text',
      text: [
        ...t`${person(answer.person)} · ${answer.level}${answer.late === 1 ? ' · late' : ''}\n`,
        { kind: 'plain', value: cut(answer.text, 2900) },
      ],
    },
  ],
});

export const howTo = (round: Round, level: Level | undefined): Message => {
  const asked = askedIn(round);
  const mine = level === undefined ? undefined : variantFor(asked, level, LEVELS);
  return {
    title: 'How to answer',
    blocks: [
      {
        kind: 'text',
        text: mine ? [bold(`${capital(mine.level)}  `), { kind: 'plain', value: mine.text }] : questionsText(asked),
      },
      {
        kind: 'text',
        text: t`- Pick **one event** that happened, and say when.\n- A few sentences of **setup**: the goal, and what was yours to do.\n- Most of it is **action**: your steps in order, each with its reason.\n- End with the **result**, a number or a name for it, and what you do differently since.`,
      },
      {
        kind: 'text',
        text: t`About 300 words, or three minutes if you say it aloud first. An answer in the thread counts from 15 words on.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Answer', on: on('answer', round.id), style: 'primary' },
          { label: 'Remind me once', on: on('remind', round.id) },
        ],
      },
    ],
  };
};

export const levelQuestion = (round: Round, level: Level): Message => ({
  title: 'Which level do you practise for?',
  blocks: [
    {
      kind: 'text',
      text: t`Your answer in the thread is saved. Reviewers read it against your level; I assumed **${level}**.`,
    },
    {
      kind: 'choice',
      on: on('level', round.id),
      prompt: 'Choose your level',
      options: LEVELS.map((value) => ({ value, label: capital(value) })),
    },
    { kind: 'small', text: t`Asked once. You can change it on your page at any time.` },
  ],
});

export const reminder = (round: Round): Message => ({
  title: 'You wanted to answer this one',
  blocks: [
    { kind: 'small', text: factsLine(round) },
    { kind: 'text', text: questionsText(askedIn(round)) },
    { kind: 'buttons', buttons: [{ label: 'Answer', on: on('answer', round.id), style: 'primary' }] },
    { kind: 'small', text: t`The one reminder you asked for. Nobody else sees it.` },
  ],
});
