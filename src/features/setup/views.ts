/** The schedule as a card: what runs, the next three runs, and what can be changed. */
import type { Block, Message } from '../../chat/message.ts';
import { bold, person, t, type Text, time } from '../../chat/text.ts';
import { describeWeekdays } from '../../schedule/describe.ts';
import type { Run } from '../../schedule/recurrence.ts';
import type { Schedule } from '../../store/schedules.ts';
import { capital, skillWords } from './words.ts';

const on = (name: string, subject: string) => ({ feature: 'setup', name, subject });

const rhythmWords = (schedule: Schedule): string => {
  const days = describeWeekdays(schedule.weekdays.split(',').map(Number));
  const weeks = schedule.every_weeks === 1 ? '' : `, every ${schedule.every_weeks} weeks`;
  return `${schedule.time} ${schedule.zone}, ${days}${weeks}`;
};

const levelWords = (schedule: Schedule): string => schedule.levels.split(',').map(capital).join(', ');
const skillsOf = (schedule: Schedule): string =>
  schedule.skills === '' ? 'all skills' : schedule.skills.split(',').map(skillWords).join(', ');

const STATE: Readonly<Record<Schedule['state'], string>> = {
  new: 'Starts when this card is posted',
  active: 'Running',
  paused: 'Paused',
  stopped: 'Stopped',
};

const whoSees = (schedule: Schedule): Text =>
  schedule.mode === 'open'
    ? t`Answers are open in the thread until the round closes on the next working day; feedback goes to each author alone.`
    : schedule.after === 'publish'
      ? t`Answers are given by the form and sealed until the round closes; then they are published in the thread. Feedback goes to each author alone.`
      : t`Answers are given by the form and sealed; only reviewers see them. Feedback goes to each author alone.`;

function runsText(schedule: Schedule, runs: readonly Run[]): Text {
  if (schedule.state === 'paused' || schedule.state === 'stopped') return t`No question is planned.`;
  if (runs.length === 0) return t`No day fits these settings: check the days, holidays and the pause.`;
  return runs.flatMap((run, i) => [...(i === 0 ? t`Next: ` : t` · `), time(run.at, schedule.zone)]);
}

export const scheduleCard = (schedule: Schedule, runs: readonly Run[]): Message => ({
  title: 'A leadership question, every practice day',
  blocks: [
    { kind: 'small', text: t`${STATE[schedule.state]} · ${rhythmWords(schedule)}` },
    { kind: 'text', text: t`For ${levelWords(schedule)}, on ${skillsOf(schedule)}.` },
    { kind: 'text', text: runsText(schedule, runs) },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Change', on: on('edit', schedule.id) },
        { label: 'More', on: on('more', schedule.id) },
      ],
    },
    {
      kind: 'small',
      text:
        schedule.creator === ''
          ? whoSees(schedule)
          : [...whoSees(schedule), ...t` Set up by ${person(schedule.creator)}; admins can change it.`],
    },
  ],
});

export function moreCard(schedule: Schedule): Message {
  const isRunning = schedule.state === 'active' || schedule.state === 'new';
  return {
    title: 'More settings',
    blocks: [
      {
        kind: 'text',
        text: t`${rhythmWords(schedule)}. ${schedule.reviewers} reviewers an answer${schedule.holidays === '' ? '' : `, public holidays of ${schedule.holidays}`}.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Rhythm', on: on('rhythm', schedule.id) },
          { label: 'Holidays', on: on('holidays', schedule.id) },
          { label: 'Questions', on: on('questions', schedule.id) },
          { label: 'Feedback', on: on('feedback', schedule.id) },
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          isRunning
            ? { label: 'Pause', on: on('pause', schedule.id) }
            : { label: 'Resume', on: on('resume', schedule.id), style: 'primary' },
          { label: 'Stop for good', on: on('stop', schedule.id), style: 'danger' },
        ],
      },
    ],
  };
}

export function scheduleList(
  shown: readonly { readonly schedule: Schedule; readonly runs: readonly Run[] }[],
  total: number,
): Message {
  const blocks = shown.flatMap(({ schedule, runs }): Block[] => [
    {
      kind: 'text',
      text: [bold(rhythmWords(schedule)), ...t` · ${STATE[schedule.state]}\n`, ...runsText(schedule, runs)],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Change', on: on('edit', schedule.id) },
        { label: 'More', on: on('more', schedule.id) },
      ],
    },
  ]);
  const rest: Block[] =
    total > shown.length
      ? [{ kind: 'small', text: t`and ${total - shown.length} more; open theirs from the card in their channel.` }]
      : [];
  return {
    title: total === 1 ? 'Your schedule' : 'Your schedules',
    blocks: [
      ...blocks,
      ...rest,
      { kind: 'buttons', buttons: [{ label: 'Add a schedule', on: on('new', ''), style: 'primary' }] },
    ],
  };
}
