/** The forms of peer feedback: a review, a rating of one's own answer, and what to change next time. */
import type { Level } from '../../bank/question.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Field, Form } from '../../chat/message.ts';
import { plain, t } from '../../chat/text.ts';
import type { Comment } from './comment.ts';
import { lensOf } from '../../rubric/lens.ts';
import { CANNOT_TELL, type Item, ITEM_NAMES, ITEMS, type Scores, stepsOf } from './rubric.ts';
import { fit, on } from './views.ts';

/** Where the comment starts from, so that the two parts are plain to see. */
export const COMMENT_TEMPLATE = 'Keep: \n\nChange: ';
/** Characters of an answer shown above its form; the request has all of it. */
const SHOWN_ANSWER = 2400;

const HINTS: Readonly<Record<Item, string>> = {
  setup: 'The situation and the task.',
  action: 'What the author did, and why.',
  result: 'When the two parts differ, the lower step counts.',
  reach: 'When the two parts differ, the lower step counts.',
};

/** One rating, its steps labelled with the anchors of that level. */
export const ratingField = (item: Item, level: Level, value: string | undefined): Field => ({
  kind: 'rating',
  name: item,
  label: ITEM_NAMES[item],
  hint: HINTS[item],
  steps: [
    ...stepsOf(item, level).map((anchor, i) => ({ label: `${i + 1} · ${anchor}`, value: String(i + 1) })),
    { label: 'Can’t tell from this answer', value: CANNOT_TELL },
  ],
  ...(value === undefined ? {} : { value }),
});

/** The four ratings; `earlier` fills them in, with a missing score as “can't tell”. */
const ratingFields = (level: Level, earlier: Scores | undefined): Field[] =>
  ITEMS.map((item) => ratingField(item, level, earlier && String(earlier[item] ?? CANNOT_TELL)));

export interface ReviewForm {
  readonly review: string;
  readonly skill: string;
  readonly level: Level;
  readonly answer: string;
  /** What this reviewer sent before. */
  readonly earlier?: { readonly scores: Scores; readonly comment: Comment };
}

export function reviewForm({ review, skill, level, answer, earlier }: ReviewForm): Form {
  const lens = lensOf(skill);
  const comment = earlier ? `Keep: ${earlier.comment.keep}\n\nChange: ${earlier.comment.change}` : COMMENT_TEMPLATE;
  return {
    on: on('review', review),
    title: 'Review an answer',
    submit: 'Send feedback',
    intro: [...(lens === undefined ? [] : t`What to look for: ${lens}\n\n`), plain(fit(answer, SHOWN_ANSWER))],
    fields: [
      ...ratingFields(level, earlier?.scores),
      {
        kind: 'paragraph',
        name: 'comment',
        label: 'Keep and change',
        hint: 'Two sentences: When you said “…”, it worked because … / Next time, try …',
        value: fit(comment, LIMITS.fieldValue),
      },
    ],
  };
}

/** The author's own rating; `alone`: nobody else could review, so there is room for a note to oneself. */
export const selfForm = (self: {
  readonly answer: string;
  readonly level: Level;
  readonly alone: boolean;
  readonly earlier?: Scores;
  readonly note?: string;
}): Form => ({
  on: on('self', self.answer),
  title: self.alone ? 'Review your answer' : 'Rate your own answer',
  submit: 'Keep my rating',
  intro: self.alone
    ? t`Read your answer as if a colleague had written it. Only you see this.`
    : t`A minute, before you see what your peers say. Only you see this.`,
  fields: [
    ...ratingFields(self.level, self.earlier),
    ...(self.alone
      ? [
          {
            kind: 'paragraph' as const,
            name: 'note',
            label: 'Keep and change',
            hint: 'For yourself: what worked, and what you will try next time.',
            optional: true as const,
            value: fit(self.note ?? COMMENT_TEMPLATE, LIMITS.fieldValue),
          },
        ]
      : []),
  ],
});

export const nextForm = (answer: string, skill: string, earlier: string | null): Form => ({
  on: on('next', answer),
  title: 'Next time',
  submit: 'Keep it',
  intro: t`One small thing is enough. It comes back with the next question on ${skill}; only you see it.`,
  fields: [
    {
      kind: 'paragraph',
      name: 'next',
      label: 'What will you change next time?',
      hint: 'Leave it empty to forget what you wrote before.',
      optional: true,
      ...(earlier === null ? {} : { value: fit(earlier, LIMITS.fieldValue) }),
    },
  ],
});
