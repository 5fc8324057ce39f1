/** The schedule as a card: what runs, the next three runs, what happens with answers, and what can be changed. */
import { capital } from '../../chat/card.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, cut, person, plain, t, type Text, time } from '../../chat/text.ts';
import { HOLIDAY_CREDIT } from '../../schedule/holidays.ts';
import type { Run } from '../../schedule/recurrence.ts';
import type { Schedule } from '../../store/schedules.ts';
import { levelWords, listOf, pauseWords, rhythmWords, skillsOf, windowWords } from './words.ts';

const on = (name: string, subject: string) => ({ feature: 'setup', name, subject });

/** A schedule with what its card says besides. */
export interface Planned {
  readonly schedule: Schedule;
  /** The next three. */
  readonly runs: readonly Run[];
  /** Local date. */
  readonly today: string;
  readonly keepDays: number;
}

function stateWords({ schedule, today }: Planned): string {
  const pause = pauseWords(schedule, today);
  if (schedule.state === 'active') return pause === undefined ? 'Running' : `Paused until ${pause}`;
  if (schedule.state === 'new') return 'Starts when its card is in the channel';
  return capital(schedule.state);
}

function whoSees({ schedule, keepDays }: Planned): Text {
  const kept = t` Answers are kept for ${keepDays} days.`;
  if (schedule.mode === 'open')
    return [...t`Everyone in the channel can read the answers; feedback goes to each author alone.`, ...kept];
  return schedule.after === 'publish'
    ? [
        ...t`Answers are given by the form and sealed until the round closes, then published in its thread; feedback goes to each author alone.`,
        ...kept,
      ]
    : [
        ...t`Answers are given by the form and sealed: only their reviewers read them. Feedback goes to each author alone.`,
        ...kept,
      ];
}

function runsText({ schedule, runs }: Planned): Text {
  if (schedule.state === 'paused' || schedule.state === 'stopped') return t`No question is planned.`;
  if (runs.length === 0) return t`No day fits these settings: look at the days, the holidays and the pause.`;
  return runs.flatMap((run, i) => [...(i === 0 ? t`Next: ` : t` · `), time(run.at, schedule.zone)]);
}

const changeButtons = (schedule: Schedule): Button[] => [
  { label: 'Change', on: on('edit', schedule.id) },
  { label: 'More', on: on('more', schedule.id) },
];

/** In the channel, and to the person who changed something. */
export function scheduleCard(planned: Planned): Message {
  const { schedule } = planned;
  const maker = schedule.creator === '' ? [] : t` Set up by ${person(schedule.creator)}; admins can change it.`;
  return {
    title: 'A leadership question, every practice day',
    blocks: [
      { kind: 'small', text: t`${stateWords(planned)} · ${rhythmWords(schedule)}` },
      {
        kind: 'text',
        text: t`For ${levelWords(schedule)}, on ${cut(skillsOf(schedule), 500)}. Open ${windowWords(schedule)}.`,
      },
      { kind: 'text', text: runsText(planned) },
      ...(schedule.state === 'stopped' ? [] : [{ kind: 'buttons', buttons: changeButtons(schedule) } as const]),
      { kind: 'small', text: [...whoSees(planned), ...maker] },
    ],
  };
}

/** What an older card says once a newer one is on its way. */
export const replacedCard: Message = {
  title: 'A leadership question, every practice day',
  blocks: [{ kind: 'small', text: t`A newer card has taken the place of this one, here or in another channel.` }],
};

function detailsText(planned: Planned): Text {
  const { schedule } = planned;
  const dates = listOf(schedule.skip_dates).length;
  const packs = listOf(schedule.packs, '\n').length;
  const parts = [
    `${schedule.reviewers} reviewers an answer`,
    schedule.give_first === 1 ? 'give two to see yours' : 'results without giving first',
    ...(packs === 0 ? [] : [packs === 1 ? '1 pack' : `${packs} packs`]),
    ...(schedule.holidays === '' ? [] : [`public holidays of ${schedule.holidays}`]),
    ...(dates === 0 ? [] : [dates === 1 ? '1 date of your own' : `${dates} dates of your own`]),
  ];
  return t`${stateWords(planned)} · ${rhythmWords(schedule)}\n${capital(parts.join(' · '))}`;
}

const onOff = ({ schedule, today }: Planned): Button => {
  if (schedule.state === 'new') return { label: 'Post the card again', on: on('retry', schedule.id), style: 'primary' };
  const isPaused = schedule.state === 'paused' || pauseWords(schedule, today) !== undefined;
  return isPaused
    ? { label: 'Resume', on: on('resume', schedule.id), style: 'primary' }
    : { label: 'Pause', on: on('pause', schedule.id) };
};

export function moreCard(planned: Planned): Message {
  const { schedule } = planned;
  const credit: Block[] = schedule.holidays === '' ? [] : [{ kind: 'small', text: [plain(HOLIDAY_CREDIT)] }];
  return {
    title: 'More settings',
    blocks: [
      { kind: 'text', text: detailsText(planned) },
      { kind: 'text', text: runsText(planned) },
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
          onOff(planned),
          { label: 'Change', on: on('edit', schedule.id) },
          { label: 'Stop for good', on: on('stop', schedule.id), style: 'danger' },
        ],
      },
      ...credit,
    ],
  };
}

export const stopQuestion = (schedule: Schedule): Message => ({
  title: 'Stop this schedule for good?',
  blocks: [
    { kind: 'text', text: t`${rhythmWords(schedule)}. A pause can be ended again; a stop cannot.` },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Stop it', on: on('stop-now', schedule.id), style: 'danger' },
        { label: 'Back to the settings', on: on('more', schedule.id) },
      ],
    },
    { kind: 'small', text: t`Open rounds still close as planned, and everything people wrote stays.` },
  ],
});

export function scheduleList(shown: readonly Planned[], total: number, mayAdd: boolean): Message {
  const blocks = shown.flatMap((planned): Block[] => [
    {
      kind: 'text',
      text: [bold(rhythmWords(planned.schedule)), ...t` · ${stateWords(planned)}\n`, ...runsText(planned)],
    },
    { kind: 'buttons', buttons: changeButtons(planned.schedule) },
  ]);
  const rest = total - shown.length;
  const add: Button = { label: 'Add a schedule', on: on('new', ''), style: 'primary' };
  return {
    title: total === 1 ? 'The schedule' : 'The schedules',
    blocks: [
      ...blocks,
      ...(rest > 0
        ? [{ kind: 'small', text: t`and ${rest} more; open them from the card in their channel.` } as const]
        : []),
      ...(mayAdd ? [{ kind: 'buttons', buttons: [add] } as const] : []),
    ],
  };
}

/** To who looks after the schedule, when a card did not arrive or a channel is gone. */
export const notRunning = (schedule: Schedule, words: { readonly title: string; readonly what: string }): Message => ({
  title: words.title,
  blocks: [
    { kind: 'text', text: [plain(words.what)] },
    {
      kind: 'text',
      text: t`Add me to the channel and press **Post the card again**, or choose another channel. Everything you entered is kept: ${rhythmWords(schedule)}.`,
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Post the card again', on: on('retry', schedule.id), style: 'primary' },
        { label: 'Choose another channel', on: on('edit', schedule.id) },
      ],
    },
    { kind: 'small', text: t`No question is asked until the card is in the channel.` },
  ],
});
