/** The forms of setup, filled with what a schedule has now. */
import { LEVELS } from '../../bank/question.ts';
import type { LoadedBank } from '../../bank/load.ts';
import type { ChannelId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Form, Option } from '../../chat/message.ts';
import { cut, t } from '../../chat/text.ts';
import { describeWeekdays } from '../../schedule/describe.ts';
import type { Schedule } from '../../store/schedules.ts';
import { capital, skillWords } from './words.ts';

const on = (name: string, subject: string) => ({ feature: 'setup', name, subject });
const options = (pairs: Readonly<Record<string, string>>): Option[] =>
  Object.entries(pairs).map(([value, label]) => ({ value, label }));
const filled = (value: string | undefined) => (value === undefined || value === '' ? {} : { value });

export function basicsForm(
  schedule: Schedule | undefined,
  usual: { readonly channel: ChannelId | undefined; readonly zone: string | null | undefined },
): Form {
  const zone = schedule?.zone ?? usual.zone ?? '';
  return {
    on: on('basics', schedule?.id ?? ''),
    title: 'Daily question',
    submit: schedule ? 'Save' : 'Start',
    intro: t`A card with the next three runs is posted in the channel; the schedule starts with it.`,
    fields: [
      { kind: 'channel', name: 'channel', label: 'Channel', ...filled(schedule?.channel ?? usual.channel) },
      {
        kind: 'line',
        name: 'time',
        label: 'Time and zone',
        hint: 'For example 9:00 Europe/Berlin',
        value: `${schedule?.time ?? '09:00'} ${zone}`.trim(),
      },
      {
        kind: 'line',
        name: 'days',
        label: 'Days',
        hint: 'Mon–Fri, daily, or Mon, Wed, Fri',
        value: schedule ? describeWeekdays(schedule.weekdays.split(',').map(Number)) : 'Mon–Fri',
      },
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

export const rhythmForm = (schedule: Schedule): Form => ({
  on: on('rhythm', schedule.id),
  title: 'Rhythm',
  submit: 'Save',
  fields: [
    {
      kind: 'choice',
      name: 'weeks',
      label: 'Every',
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
      hint: 'A date like 2026-12-01; empty for no pause',
      optional: true,
      ...filled(schedule.paused_until ?? ''),
    },
  ],
});

export const holidaysForm = (schedule: Schedule): Form => ({
  on: on('holidays', schedule.id),
  title: 'Days without a question',
  submit: 'Save',
  fields: [
    {
      kind: 'line',
      name: 'country',
      label: 'Public holidays of',
      hint: 'A country: Germany, DE, GB',
      optional: true,
      ...filled(schedule.holidays.split('-')[0]),
    },
    {
      kind: 'line',
      name: 'region',
      label: 'Region',
      hint: 'BY, Scotland; empty for the whole country',
      optional: true,
      ...filled(schedule.holidays.split('-').slice(1).join('-')),
    },
    {
      kind: 'paragraph',
      name: 'dates',
      label: 'Own dates',
      hint: '2026-12-24, 2026-12-27 – 2026-12-31',
      optional: true,
      ...filled(schedule.skip_dates.replaceAll(',', ', ')),
    },
  ],
});

/** Skills and packs there are to choose from; a pack with too long a title, or over the number a list can hold, is left out. */
export function questionsForm(schedule: Schedule, bank: Pick<LoadedBank, 'questions'>): Form {
  const asked = bank.questions.filter(({ status }) => status === 'reviewed');
  const skills = [...new Set(asked.flatMap((question) => question.skills))].toSorted();
  const titles = [...new Set(asked.map(({ title }) => title))].filter(
    (title) => title.length <= LIMITS.optionValue && !title.includes(','),
  );
  const listed = (values: readonly string[], words: (value: string) => string): Option[] =>
    values.slice(0, LIMITS.optionsPerChoice).map((value) => ({ value, label: cut(words(value), LIMITS.optionLabel) }));
  return {
    on: on('questions', schedule.id),
    title: 'Which questions',
    submit: 'Save',
    intro: t`Nothing chosen means all of them.`,
    fields: [
      {
        kind: 'choice',
        name: 'skills',
        label: 'Skills',
        many: true,
        optional: true,
        options: listed(skills, skillWords),
        ...filled(schedule.skills),
      },
      {
        kind: 'choice',
        name: 'packs',
        label: 'Packs',
        many: true,
        optional: true,
        options: listed(titles, (title) => title),
        ...filled(schedule.packs.replaceAll('\n', ',')),
      },
    ],
  };
}

export const feedbackForm = (schedule: Schedule): Form => ({
  on: on('feedback', schedule.id),
  title: 'Feedback',
  submit: 'Save',
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
