/** Words and cards of answers: the form, the post in the thread, reading a long one, the level, what needs saying in private. */
import { LEVELS, type Level } from '../../bank/question.ts';
import { capital } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Button, Field, Form, Message } from '../../chat/message.ts';
import { bold, cut, pages, person, plain, t, type Text } from '../../chat/text.ts';
import { type Answer, askedIn, type Round } from '../../store/rounds.ts';
import { type Parts, splitAnswer } from './star.ts';
import { on, questionFor } from './words.ts';

/** An answer longer than this is cut in the thread and read in pages of this length, in characters. */
const PAGE = 2800;

export interface Filled {
  /** Their level; undefined while it was never asked. */
  readonly level: Level | undefined;
  readonly lowest: Level;
  readonly answer: Answer | undefined;
  /** What they wanted to do differently, last time on this skill. */
  readonly resolve: string | undefined;
}

export function answerForm(round: Round, filled: Filled): Form {
  const parts = filled.answer && splitAnswer(filled.answer.text);
  const fits = parts === undefined || Object.values(parts).every((text: string) => text.length <= LIMITS.fieldValue);
  return {
    on: on('answer', round.id),
    title: 'Your answer',
    submit: filled.answer ? 'Save' : round.mode === 'open' ? 'Share' : 'Save',
    intro: [
      ...questionFor(askedIn(round), filled.level),
      ...resolveText(filled.resolve),
      ...(fits ? [] : t`\nYour answer is longer than this form holds. It stands; what you save here takes its place.`),
    ],
    fields: [...levelField(filled), ...answerFields(fits ? parts : undefined)],
  };
}

const resolveText = (resolve: string | undefined): Text =>
  resolve === undefined ? [] : [...t`\n`, bold('Last time you wanted to change: '), plain(cut(resolve, 300))];

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

function answerFields(parts: Parts | undefined): Field[] {
  const paragraph = (name: keyof Parts, label: string, hint?: string): Field => ({
    kind: 'paragraph',
    name,
    label,
    optional: true,
    ...(hint === undefined ? {} : { hint }),
    ...(parts === undefined || parts[name] === '' ? {} : { value: parts[name] }),
  });
  return [
    paragraph('answer', 'Your answer', 'One real event, told in your own words'),
    paragraph('setup', 'Or in parts: situation and task'),
    paragraph('action', 'What you did'),
    paragraph('result', 'What came of it'),
  ];
}

/** To its author, once it is in: what became of it, and what else it is good for. */
export function savedCard(said: Text, answer: string, hasStories: boolean): Message {
  const about = `answer:${answer}`;
  const ofStories = (label: string, name: string): Button => ({
    label,
    on: { feature: 'stories', name, subject: about },
  });
  return {
    blocks: [
      { kind: 'text', text: said },
      {
        kind: 'buttons',
        buttons: [
          ofStories('Save as story', 'save'),
          ofStories('What this text shows', 'mirror'),
          ...(hasStories ? [ofStories('Which story was it?', 'told')] : []),
        ],
      },
    ],
  };
}

/** Someone's answer in the thread, when it was given by the form. */
export function answerMessage(answer: Answer): Message {
  const who = t`${person(answer.person)} · ${cut(answer.level, 20)}${answer.late === 1 ? ' · late' : ''}`;
  const isCut = answer.text.length > PAGE;
  const readAll: Button = { label: 'Read all', on: on('read', `${answer.id}.1`) };
  return {
    blocks: [
      { kind: 'small', text: who },
      { kind: 'text', text: [plain(cut(answer.text, PAGE))] },
      ...(isCut ? [{ kind: 'buttons', buttons: [readAll] } as const] : []),
    ],
  };
}

/** One page of a long answer, to whoever asked; `wanted` counts from 1. */
export function answerPage(answer: Answer, wanted: number): Message {
  const all = pages(answer.text, PAGE);
  const page = Math.min(Math.max(1, Math.trunc(wanted) || 1), all.length);
  const turnTo = (label: string, to: number): Button => ({ label, on: on('read', `${answer.id}.${to}`) });
  const buttons = [
    ...(page > 1 ? [turnTo('Previous page', page - 1)] : []),
    ...(page < all.length ? [turnTo('Next page', page + 1)] : []),
  ];
  return {
    blocks: [
      { kind: 'small', text: t`${person(answer.person)} · page ${page} of ${all.length}` },
      { kind: 'text', text: [plain(all[page - 1] ?? '')] },
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
    ],
  };
}

export const levelQuestion = (round: Round, level: Level): Message => ({
  title: 'Which level do you practise for?',
  blocks: [
    {
      kind: 'text',
      text: t`Your answer in the thread is saved. Reviewers read it against your level; until you choose, that is **${level}**.`,
    },
    {
      kind: 'choice',
      on: on('level', round.id),
      prompt: 'Choose your level',
      options: LEVELS.map((value) => ({ value, label: capital(value) })),
    },
    { kind: 'small', text: t`Asked once. Only you see this; you can change it on your page at any time.` },
  ],
});

const answerButton = (round: Round): Button => ({
  label: round.state === 'open' ? 'Answer' : 'Answer late',
  on: on('answer', round.id),
  style: 'primary',
});

/** To somebody who wrote at length in the thread of a sealed round. */
export const sealedHint = (round: Round): Message => ({
  title: 'Your reply is not your answer yet',
  blocks: [
    {
      kind: 'text',
      text: t`This round is sealed, so only the form counts. What you wrote in the thread stays there, for everyone to read.`,
    },
    { kind: 'buttons', buttons: [answerButton(round)] },
    { kind: 'small', text: t`Said once a round. Only you see this.` },
  ],
});

/** To somebody who answered a question that then could not be posted. */
export const answerKept = (round: Round): Message => ({
  title: 'Your answer has no round',
  blocks: [
    {
      kind: 'text',
      text: t`“${cut(round.title, 200)}” could not be posted in its channel, so nobody else saw it and no feedback comes. Your answer is kept with your data; the next question is a fresh start.`,
    },
  ],
});
