/** Forms of a mock with a partner: another time, a rating in two steps with its evidence, and a rating of the interviewing. */
import type { Level } from '../../bank/question.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Field, Form } from '../../chat/message.ts';
import { cut, plain, t } from '../../chat/text.ts';
import { lensOf } from '../../rubric/lens.ts';
import { ratingFields } from './forms.ts';
import type { Score } from './score-queries.ts';
import { readRatings } from './scores.ts';
import { on } from './words.ts';

export const timeForm = (mock: string, zone: string): Form => ({
  on: on('time', mock),
  title: 'Another time',
  submit: 'Propose it',
  intro: t`On your clock, ${zone}. The others see it on theirs, and say whether it suits them.`,
  fields: [{ kind: 'line', name: 'when', label: 'When', hint: 'tomorrow 14:00, Monday 9:30, 24 Nov 16:00' }],
});

const note = (name: string, label: string, hint: string, value: string | null, optional: boolean): Field => ({
  kind: 'paragraph',
  name,
  label,
  hint,
  ...(optional ? { optional: true as const } : {}),
  ...(value === null || value === '' ? {} : { value: cut(value, LIMITS.fieldValue) }),
});

export const scoreForm = (of: {
  readonly subject: string;
  readonly step: number;
  readonly level: Level;
  readonly skill: string;
  readonly answer: string;
  readonly earlier: Score | undefined;
}): Form => {
  const { earlier, step } = of;
  const lens = lensOf(of.skill);
  const isGiven = earlier !== undefined && earlier.steps >= step;
  return {
    on: on('score', of.subject),
    title: `Rate this answer, ${step} of 2`,
    submit: 'Keep my rating',
    intro: [
      ...(lens === undefined
        ? t`Against the ${of.level} level.`
        : t`Against the ${of.level} level. What to look for: ${lens}`),
      ...(of.answer === '' ? [] : [...t`\n\n`, plain(cut(of.answer, 2200))]),
    ],
    fields: [
      ...ratingFields(step, of.level, isGiven ? readRatings(earlier.scores) : undefined),
      ...(step === 1
        ? [note('evidence', 'Evidence', 'Their words that made you choose so.', earlier?.evidence ?? null, false)]
        : [
            note('keep', 'Keep', 'When you said “…”, it worked because …', earlier?.keep ?? null, false),
            note('change', 'Change', 'At “…” I missed …; next time, try …', earlier?.change ?? null, false),
            note('notes', 'The follow-ups', 'What they brought out.', earlier?.notes ?? null, true),
          ]),
    ],
  };
};

/** What makes an interview fair and useful, in five short items. */
export const INTERVIEWING: Readonly<Record<string, string>> = {
  structure: 'Kept to the questions and the order',
  time: 'Gave time to think',
  neutral: 'Asked without leading or judging',
  listening: 'Listened to what was said',
  ease: 'Made it easy to do one’s best',
};

export const interviewingForm = (subject: string): Form => ({
  on: on('interviewing', subject),
  title: 'About the interviewing',
  submit: 'Send it',
  intro: t`Five short items. Your interviewer sees them, and nobody else.`,
  fields: Object.entries(INTERVIEWING).map(([name, label]) => ({
    kind: 'rating' as const,
    name,
    label,
    steps: ['Not really', 'A little', 'Mostly', 'Well', 'Very well'].map((word, i) => ({
      label: `${i + 1} · ${word}`,
      value: String(i + 1),
    })),
  })),
});
