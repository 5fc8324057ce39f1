/** The forms of setup, filled with what a schedule has now. */
import type { LoadedBank } from '../../bank/load.ts';
import { LEVELS } from '../../bank/question.ts';
import { slugify } from '../../bank/words.ts';
import { capital } from '../../chat/card.ts';
import type { ChannelId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Field, Form, Option } from '../../chat/message.ts';
import { cut, plain, t } from '../../chat/text.ts';
import { HOLIDAY_CREDIT } from '../../schedule/holidays.ts';
import { describeWeekdays } from '../../schedule/parse.ts';
import type { Schedule } from '../../store/schedules.ts';
import { listOf, skillWords, spansOf } from './words.ts';

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
      hint: '2 weeks, or a date like 24 Dec; empty for no pause',
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
        hint: 'BY, Bayern, Scotland; empty for the whole country',
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

/** Options by slug, in the order of their words. A list has room for so many; what has no slug cannot be chosen. */
function listed(names: Iterable<string>, words: (name: string) => string): Option[] {
  const bySlug = new Map([...names].map((name) => [slugify(name), cut(words(name), LIMITS.optionLabel)]));
  bySlug.delete('');
  return [...bySlug].map(([value, label]) => ({ value, label })).toSorted((a, b) => (a.label < b.label ? -1 : 1));
}

/** Skills, and packs by title, or by category where there are too many titles for one list. */
export function choicesIn(bank: Pick<LoadedBank, 'questions'>): Readonly<Record<'skills' | 'packs', Option[]>> {
  const asked = bank.questions.filter(({ status }) => status === 'reviewed');
  const most = LIMITS.optionsPerChoice;
  const titles = listed(new Set(asked.map(({ title }) => title)), (title) => title);
  const packs = titles.length <= most ? titles : listed(new Set(asked.map(({ category }) => category)), capital);
  const skills = listed(new Set(asked.flatMap((question) => question.skills)), skillWords);
  return { skills: skills.slice(0, most), packs: packs.slice(0, most) };
}

function manyOf(name: string, label: string, choice: readonly Option[], chosen: readonly string[]): Field[] {
  if (choice.length === 0) return [];
  const known = choice.map(({ value }) => value).filter((value) => chosen.includes(value));
  return [{ kind: 'choice', name, label, many: true, optional: true, options: choice, ...filled(known.join(',')) }];
}

/** Undefined while the bank holds nothing to choose from. */
export function questionsForm(schedule: Schedule, bank: Pick<LoadedBank, 'questions'>): Form | undefined {
  const { skills, packs } = choicesIn(bank);
  const fields = [
    ...manyOf('skills', 'Skills', skills, listOf(schedule.skills)),
    ...manyOf(
      'packs',
      'Packs',
      packs,
      listOf(schedule.packs, '\n').map((pack) => slugify(pack)),
    ),
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
