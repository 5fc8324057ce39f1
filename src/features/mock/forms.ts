/** The forms of a mock: starting one, an answer, a rating in two steps, looking back. */
import { LEVELS, type Level } from '../../bank/question.ts';
import { capital } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Field, Form } from '../../chat/message.ts';
import { cut, plain, t } from '../../chat/text.ts';
import { ANCHORS, type Dimension, DIMENSION_NAMES } from '../../rubric/anchors.ts';
import { lensOf } from '../../rubric/lens.ts';
import { CANNOT_TELL, dimensionsOf, type Ratings } from './scores.ts';
import { on, spaced } from './words.ts';

const HINTS: Readonly<Record<Dimension, string>> = {
  setup: 'The situation and the task.',
  action: 'What was done, and why.',
  result: 'What came of it, and how one knows.',
  reflection: 'What was learned and used since.',
  reach: 'How far it went beyond one’s own work.',
  'trade-offs': 'What was weighed and given up.',
};

/** No field for a bank without skills. */
const skillField = (skills: readonly string[]): Field[] =>
  skills.length === 0
    ? []
    : [
        {
          kind: 'choice',
          name: 'skill',
          label: 'A skill you want in it',
          optional: true,
          options: skills
            .slice(0, LIMITS.optionsPerChoice)
            .map((value) => ({ label: capital(spaced(value)), value: cut(value, LIMITS.optionValue) })),
        },
      ];

export const startForm = (skills: readonly string[], level: Level | undefined): Form => ({
  on: on('start', ''),
  title: 'A mock interview',
  submit: 'Start',
  intro: t`Alone with me in our direct messages, or with a colleague who interviews you.`,
  fields: [
    {
      kind: 'choice',
      name: 'level',
      label: 'Level',
      options: LEVELS.map((value) => ({ label: capital(value), value })),
      ...(level === undefined ? {} : { value: level }),
    },
    ...skillField(skills),
    { kind: 'line', name: 'minutes', label: 'Minutes', hint: 'Empty: 30, for staff and principal 45', optional: true },
    { kind: 'person', name: 'partner', label: 'Who interviews you', hint: 'Empty: nobody', optional: true },
    { kind: 'person', name: 'second', label: 'Who else rates', hint: 'Two raters tell more than one', optional: true },
  ],
});

export const answerForm = (subject: string, asked: string, written: string): Form => ({
  on: on('write', subject),
  title: 'Your answer',
  submit: 'That is my answer',
  intro: [plain(cut(asked, LIMITS.text))],
  fields: [
    {
      kind: 'paragraph',
      name: 'answer',
      label: 'Answer',
      hint: 'Longer than 3,000 characters? Write messages in the chat instead.',
      ...(written === '' ? {} : { value: cut(written, LIMITS.fieldValue) }),
    },
  ],
});

/** One rating, its steps labelled with the anchors of that level. */
const ratingField = (dimension: Dimension, level: Level, value: string | undefined): Field => ({
  kind: 'rating',
  name: dimension,
  label: DIMENSION_NAMES[dimension],
  hint: HINTS[dimension],
  steps: [
    ...ANCHORS[level][dimension].map((anchor, i) => ({ label: `${i + 1} · ${anchor}`, value: String(i + 1) })),
    { label: 'Can’t tell from this answer', value: CANNOT_TELL },
  ],
  ...(value === undefined ? {} : { value }),
});

export const ratingFields = (step: number, level: Level, earlier: Ratings | undefined): Field[] =>
  dimensionsOf(step).map((dimension) =>
    ratingField(dimension, level, earlier && String(earlier[dimension] ?? CANNOT_TELL)),
  );

export const selfForm = (of: {
  readonly subject: string;
  readonly step: number;
  readonly level: Level;
  readonly skill: string;
}): Form => {
  const lens = lensOf(of.skill);
  return {
    on: on('rate', of.subject),
    title: of.step === 1 ? 'Your own rating, 1 of 2' : 'Your own rating, 2 of 2',
    submit: 'Keep my rating',
    intro:
      lens === undefined
        ? t`Against the ${of.level} level; 3 meets it.`
        : t`Against the ${of.level} level; 3 meets it. What to look for: ${lens}`,
    fields: ratingFields(of.step, of.level, undefined),
  };
};

const OVERALL = ['Not yet', 'Partly', 'About at the level', 'Strong', 'Beyond it in places'];

export const reflectForm = (subject: string, level: Level): Form => ({
  on: on('reflect', subject),
  title: 'Looking back',
  submit: 'Keep it',
  intro: t`Your own view first. Only you see it, and it stands in your transcript.`,
  fields: [
    {
      kind: 'rating',
      name: 'overall',
      label: `The whole, against the ${level} level`,
      steps: OVERALL.map((label, i) => ({ label: `${i + 1} · ${label}`, value: String(i + 1) })),
    },
    { kind: 'paragraph', name: 'keep', label: 'Keep: what worked?' },
    { kind: 'paragraph', name: 'keep-too', label: 'Keep: what else?', optional: true },
    { kind: 'paragraph', name: 'change', label: 'Change: one thing for next time' },
  ],
});
