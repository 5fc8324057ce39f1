/** The forms of a plan, filled with what it has now. */
import type { ChannelId } from '../../chat/ids.ts';
import type { Field, Form, Option } from '../../chat/message.ts';
import { t } from '../../chat/text.ts';
import { describeWeekdays } from '../../schedule/parse.ts';
import type { Plan } from './plan-queries.ts';
import { listOf, on } from './words.ts';

const options = (pairs: readonly (readonly [string, string])[]): Option[] =>
  pairs.map(([value, label]) => ({ value, label }));
const filled = (value: string | undefined) => (value === undefined || value === '' ? {} : { value });

interface Usual {
  readonly channel: ChannelId | undefined;
  readonly zone: string | null | undefined;
}

export const planForm = (plan: Plan | undefined, usual: Usual): Form => ({
  on: on('plan', plan?.id ?? ''),
  title: 'Mentorship discussions',
  submit: plan ? 'Save' : 'Start',
  intro: t`A card with the next three goes to the channel; they start when it is there.`,
  fields: [
    ...whereAndWhen(plan, usual),
    {
      kind: 'choice',
      name: 'weeks',
      label: 'Every',
      hint: 'A new rhythm counts from this week',
      options: options([
        ['1', 'Every week'],
        ['2', 'Every 2 weeks'],
        ['3', 'Every 3 weeks'],
        ['4', 'Every 4 weeks'],
      ]),
      value: String(plan?.every_weeks ?? 1),
    },
    {
      kind: 'choice',
      name: 'beside',
      label: 'Beside the daily question',
      options: options([
        ['any', 'On each of these days'],
        ['free', 'Only on days without a daily question here'],
        ['other', 'On every other of these days'],
      ]),
      value: plan?.beside ?? 'any',
    },
  ],
});

const whereAndWhen = (plan: Plan | undefined, usual: Usual): Field[] => [
  { kind: 'channel', name: 'channel', label: 'Channel', ...filled(plan?.channel ?? usual.channel) },
  {
    kind: 'line',
    name: 'time',
    label: 'Time and zone',
    hint: 'Like 10:00 Europe/Berlin',
    value: `${plan?.time ?? '10:00'} ${plan?.zone ?? usual.zone ?? ''}`.trim(),
  },
  {
    kind: 'line',
    name: 'days',
    label: 'Days',
    hint: 'Wed, or Mon, Thu, or Mon–Fri',
    value: plan ? describeWeekdays(listOf(plan.weekdays).map(Number)) : 'Wed',
  },
];

/** `today` is the local date: a pause that is over is not shown. */
export const moreForm = (plan: Plan, today: string): Form => ({
  on: on('more', plan.id),
  title: 'Length and pause',
  submit: 'Save',
  fields: [
    {
      kind: 'choice',
      name: 'window',
      label: 'A thread stays open for',
      options: options([
        ['1', 'One working day'],
        ['2', '2 working days'],
        ['3', '3 working days'],
        ['5', '5 working days'],
      ]),
      value: String(plan.window_days),
    },
    {
      kind: 'line',
      name: 'until',
      label: 'Pause until',
      hint: '2 weeks, or a date like 24 Dec; empty for no pause',
      optional: true,
      ...filled(plan.paused_until !== null && plan.paused_until > today ? plan.paused_until : ''),
    },
  ],
});
