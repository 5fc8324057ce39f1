/** Opening the forms and lists of setup, and pausing, resuming or stopping a schedule. */
import type { Of } from '../../chat/incoming.ts';
import type { Form } from '../../chat/message.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { localTime } from '../../schedule/zone.ts';
import { changeSchedule, type Schedule, schedulesOf } from '../../store/schedules.ts';
import { afterChange, announce, plannedOf } from './announce.ts';
import { basicsForm, feedbackForm, holidaysForm, questionsForm, rhythmForm } from './forms.ts';
import { mustBeAdmin, scheduleFor } from './rights.ts';
import { mayChange } from './rules.ts';
import { moreCard, scheduleList, stopQuestion } from './views.ts';

const SHOWN = 5;

export const openSetup: Handler<'command'> = async (event, turn) => {
  const schedules = await schedulesOf(turn.tx, turn.team.id);
  const mine = schedules.filter((schedule) => mayChange(event.from, schedule));
  if (mine.length === 0) mustBeAdmin(event.from, turn);
  if (mine.length === 0) return { kind: 'ask', form: await newForm(event, turn) };
  const shown = await Promise.all(mine.slice(0, SHOWN).map((schedule) => plannedOf(turn, schedule)));
  return { kind: 'show', message: scheduleList(shown, mine.length, event.from.admin) };
};

export const openNew: Handler<'press'> = async (event, turn) => {
  mustBeAdmin(event.from, turn);
  return { kind: 'ask', form: await newForm(event, turn) };
};

async function newForm(event: Of<'press' | 'command'>, turn: Turn): Promise<Form> {
  const channel = event.place.in === 'channel' ? event.place.channel : undefined;
  const zone = (await turn.person(event.from.id))?.zone ?? event.from.zone;
  return basicsForm(undefined, { channel, zone });
}

const opening =
  (formOf: (schedule: Schedule, turn: Turn) => Form): Handler<'press'> =>
  async (event, turn) => ({ kind: 'ask', form: formOf(await scheduleFor(event.from, event.on.subject, turn), turn) });

export const openBasics = opening((schedule) => basicsForm(schedule, { channel: undefined, zone: undefined }));
export const openRhythm = opening((schedule, turn) => rhythmForm(schedule, localTime(turn.now, schedule.zone).date));
export const openHolidays = opening(holidaysForm);
export const openFeedback = opening(feedbackForm);
export const openQuestions = opening((schedule, turn) => {
  const form = questionsForm(schedule, turn.bank);
  if (form) return form;
  throw new Refusal(t`There are no questions to choose from yet. Add a pack to the question folder first.`);
});

export const openMore: Handler<'press'> = async (event, turn) => {
  const schedule = await scheduleFor(event.from, event.on.subject, turn);
  return { kind: 'show', message: moreCard(await plannedOf(turn, schedule)) };
};

const setState = async (turn: Turn, schedule: Schedule, set: Partial<Schedule>) => {
  await changeSchedule(turn.tx, turn.team.id, schedule.id, set);
  return { kind: 'show', message: await afterChange(turn, { ...schedule, ...set }) } as const;
};

export const pauseNow: Handler<'press'> = async (event, turn) => {
  const schedule = await scheduleFor(event.from, event.on.subject, turn);
  if (schedule.state !== 'active') return { kind: 'show', message: moreCard(await plannedOf(turn, schedule)) };
  return setState(turn, schedule, { state: 'paused', failed_days: 0 });
};

/** One that failing posts paused proves itself by its card first. */
export const resumeNow: Handler<'press'> = async (event, turn) => {
  const schedule = await scheduleFor(event.from, event.on.subject, turn);
  if (schedule.state === 'new' || schedule.failed_days > 0) return startAgain(turn, schedule, event.from.id);
  return setState(turn, schedule, { state: 'active', paused_until: null });
};

export const retry: Handler<'press'> = async (event, turn) => {
  const schedule = await scheduleFor(event.from, event.on.subject, turn);
  if (schedule.state === 'active')
    return { kind: 'say', text: t`The schedule is running already; its card is in the channel.` };
  return startAgain(turn, schedule, event.from.id);
};

async function startAgain(turn: Turn, schedule: Schedule, by: Of<'press'>['from']['id']) {
  await announce(turn, { ...schedule, state: 'new', paused_until: null }, by);
  return {
    kind: 'say',
    text: t`The card is on its way to the channel, and the schedule starts with it. If it cannot be posted, I write to you here.`,
  } as const;
}

export const askToStop: Handler<'press'> = async (event, turn) => ({
  kind: 'show',
  message: stopQuestion(await scheduleFor(event.from, event.on.subject, turn)),
});

export const stopNow: Handler<'press'> = async (event, turn) => {
  await setState(turn, await scheduleFor(event.from, event.on.subject, turn), { state: 'stopped' });
  return { kind: 'say', text: t`Stopped. Open rounds still close as planned; nothing new is asked here.` };
};
