/** The forms of setup, filled with what a schedule has now. */
import type { LoadedBank } from '../../bank/load.ts';
import { LEVELS } from '../../bank/question.ts';
import type { ChannelId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Field, Form, Option } from '../../chat/message.ts';
import { cut, plain, t } from '../../chat/text.ts';
import { HOLIDAY_CREDIT } from '../../schedule/holidays.ts';
import { describeWeekdays } from '../../schedule/parse.ts';
import type { Schedule } from '../../store/schedules.ts';
import { capital, listOf, skillWords, spansOf } from './words.ts';

const on = (name: string, subject: string) => ({ feature: 'setup', name, subject });
const options = (pairs: Readonly<Record<string, string>>): Option[] =>
  Object.entries(pairs).map(([value, label]) => ({ value, label }));
const filled = (value: string | undefined) => (value === undefined || value === '' ? {} : { value });

interface Usual {
  readonly channel: ChannelId | undefined;
  readonly zone: string | null | undefined;
}

export function basicsForm(schedule: Schedule | undefined, usual: Usual): Form {
  return {
    on: on('basics', schedule?.id ?? ''),
    title: 'Daily question',
    submit: schedule ? 'Save' : 'Start',
    intro: t`A card with the next three runs goes to the channel; the schedule starts when it is there.`,
    fields: [
      ...whereAndWhen(schedule, usual),
      {
        kind: 'choice',
        name: 'levels',
        label: 'Levels',
        many: true,
        options: LEVELS.map((level) => ({ value: level, label: capital(level) })),
        value: schedule?.levels ?? LEVELS.join(','),
      },
      {
        kind: 'choice',
        name: 'mode',
        label: 'Who sees answers',
        options: options({ open: 'Everyone, in the thread', sealed: 'Nobody until the round closes' }),
        value: schedule?.mode ?? 'open',
      },
    ],
  };
}

const whereAndWhen = (schedule: Schedule | undefined, usual: Usual): Field[] => [
  { kind: 'channel', name: 'channel', label: 'Channel', ...filled(schedule?.channel ?? usual.channel) },
  {
    kind: 'line',
    name: 'time',
    label: 'Time and zone',
    hint: 'Like 9:00 Europe/Berlin',
    value: `${schedule?.time ?? '09:00'} ${schedule?.zone ?? usual.zone ?? ''}`.trim(),
  },
  {
    kind: 'line',
    name: 'days',
    label: 'Days',
    hint: 'Mon–Fri, daily, or Mon, Wed, Fri',
    value: schedule ? describeWeekdays(listOf(schedule.weekdays).map(Number)) : 'Mon–Fri',
  },
];

/** `today` is the local date: a pause that is over is not shown. */
export const rhythmForm = (schedule: Schedule, today: string): Form => ({
  on: on('rhythm', schedule.id),
  title: 'Rhythm',
  submit: 'Save',
  fields: [
    {
      kind: 'choice',
      name: 'weeks',
      label: 'Every',
      hint: 'A new rhythm counts from this week',
      options: options({ 1: 'Every week', 2: 'Every 2 weeks', 3: 'Every 3 weeks', 4: 'Every 4 weeks' }),
      value: String(schedule.every_weeks),
    },
    {
      kind: 'choice',
      name: 'window',
      label: 'Time to answer',
      options: options({
        1: 'Until the next working day',
        2: '2 working days',
        3: '3 working days',
        5: '5 working days',
      }),
      value: String(schedule.window_days),
    },
    {
      kind: 'line',
      name: 'until',
      label: 'Pause until',
      hint: '2 weeks, or a date like 2026-12-01; empty for no pause',
      optional: true,
      ...filled(schedule.paused_until !== null && schedule.paused_until > today ? schedule.paused_until : ''),
    },
  ],
});

export function holidaysForm(schedule: Schedule): Form {
  const [country, region] = schedule.holidays.split('-');
  return {
    on: on('holidays', schedule.id),
    title: 'Days without a question',
    submit: 'Save',
    intro: [plain(HOLIDAY_CREDIT)],
    fields: [
      {
        kind: 'line',
        name: 'country',
        label: 'Public holidays of',
        hint: 'A country: Germany, DE, GB',
        optional: true,
        ...filled(country),
      },
      {
        kind: 'line',
        name: 'region',
        label: 'Region',
        hint: 'Bavaria, BY, Scotland; empty for the whole country',
        optional: true,
        ...filled(region),
      },
      {
        kind: 'paragraph',
        name: 'dates',
        label: 'Own dates',
        hint: '2026-12-24, 2026-12-27 – 2026-12-31',
        optional: true,
        ...filled(cut(spansOf(listOf(schedule.skip_dates)), LIMITS.fieldValue)),
      },
    ],
  };
}

/** Values a list can hold: not too long, no comma (a choice of many joins them by one), not too many. */
const listable = (values: Iterable<string>): string[] =>
  [...new Set(values)].filter((value) => value.length <= LIMITS.optionValue && !value.includes(',')).toSorted();

/** Skills, and packs by title, or by category where there are too many titles for one list. */
export function choicesIn(bank: Pick<LoadedBank, 'questions'>): { skills: string[]; packs: string[] } {
  const asked = bank.questions.filter(({ status }) => status === 'reviewed');
  const titles = listable(asked.map(({ title }) => title));
  const packs = titles.length <= LIMITS.optionsPerChoice ? titles : listable(asked.map(({ category }) => category));
  return {
    skills: listable(asked.flatMap(({ skills }) => skills)).slice(0, LIMITS.optionsPerChoice),
    packs: packs.slice(0, LIMITS.optionsPerChoice),
  };
}

function manyOf(
  name: string,
  label: string,
  values: readonly string[],
  of: { readonly chosen: readonly string[]; readonly words: (value: string) => string },
): Field[] {
  if (values.length === 0) return [];
  const chosen = of.chosen.filter((value) => values.includes(value));
  const listed = values.map((value) => ({ value, label: cut(of.words(value), LIMITS.optionLabel) }));
  return [{ kind: 'choice', name, label, many: true, optional: true, options: listed, ...filled(chosen.join(',')) }];
}

/** Undefined while the bank holds nothing to choose from. */
export function questionsForm(schedule: Schedule, bank: Pick<LoadedBank, 'questions'>): Form | undefined {
  const { skills, packs } = choicesIn(bank);
  const fields = [
    ...manyOf('skills', 'Skills', skills, { chosen: listOf(schedule.skills), words: skillWords }),
    ...manyOf('packs', 'Packs', packs, { chosen: listOf(schedule.packs, '\n'), words: (title) => title }),
  ];
  if (fields.length === 0) return undefined;
  return {
    on: on('questions', schedule.id),
    title: 'Which questions',
    submit: 'Save',
    intro: t`Nothing chosen means all of them.`,
    fields,
  };
}

export const feedbackForm = (schedule: Schedule): Form => ({
  on: on('feedback', schedule.id),
  title: 'Feedback',
  submit: 'Save',
  intro: t`These hold from the next question on.`,
  fields: [
    {
      kind: 'choice',
      name: 'reviewers',
      label: 'Reviewers an answer',
      options: options({ 2: '2', 3: '3', 4: '4' }),
      value: String(schedule.reviewers),
    },
    {
      kind: 'choice',
      name: 'give',
      label: 'Give two to see yours',
      options: options({ yes: 'Yes', no: 'No' }),
      value: schedule.give_first === 1 ? 'yes' : 'no',
    },
    {
      kind: 'choice',
      name: 'after',
      label: 'Sealed answers after the close',
      options: options({ publish: 'Published in the thread', reviewers: 'Kept for reviewers only' }),
      value: schedule.after,
    },
  ],
});
