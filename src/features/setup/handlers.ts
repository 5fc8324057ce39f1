/** Opening the forms and lists of setup, and pausing, resuming or stopping a schedule. */
import type { Form } from '../../chat/message.ts';
import type { Of } from '../../chat/incoming.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { changeSchedule, findSchedule, schedulesOf, type Schedule } from '../../store/schedules.ts';
import { basicsForm, feedbackForm, holidaysForm, questionsForm, rhythmForm } from './forms.ts';
import { mayChange } from './rules.ts';
import { afterChange, runsOf } from './save.ts';
import { moreCard, scheduleList } from './views.ts';

const NOT_YOURS = t`Only admins and the person who made a schedule can change it. Ask one of them, or make a schedule of your own in another channel.`;

export const openSetup: Handler<'command'> = async (event, turn) => {
  const schedules = await schedulesOf(turn.tx, turn.team.id);
  const mine = schedules.filter((schedule) => mayChange(event.from, schedule));
  if (mine.length === 0 && !event.from.admin) throw new Refusal(NOT_YOURS);
  if (schedules.length === 0) return { kind: 'ask', form: await formOf('basics', turn, event, undefined) };
  const shown = await Promise.all(
    mine.slice(0, 5).map(async (one) => ({ schedule: one, runs: await runsOf(turn, one) })),
  );
  return { kind: 'show', message: scheduleList(shown, mine.length) };
};

type Which = 'basics' | 'rhythm' | 'holidays' | 'questions' | 'feedback';

export const openForm =
  (which: Which): Handler<'press'> =>
  async (event, turn) => {
    const isNew = event.on.subject === '';
    const schedule = isNew ? undefined : await mine(event, turn);
    if (isNew && !event.from.admin) throw new Refusal(NOT_YOURS);
    return { kind: 'ask', form: await formOf(which, turn, event, schedule) };
  };

async function formOf(
  which: Which,
  turn: Turn,
  event: Of<'press' | 'command'>,
  schedule: Schedule | undefined,
): Promise<Form> {
  const channel = event.place.in === 'channel' ? event.place.channel : undefined;
  const zone = (await turn.person(event.from.id))?.zone ?? event.from.zone;
  if (which === 'basics' || !schedule) return basicsForm(schedule, { channel, zone });
  if (which === 'rhythm') return rhythmForm(schedule);
  if (which === 'holidays') return holidaysForm(schedule);
  return which === 'questions' ? questionsForm(schedule, turn.bank) : feedbackForm(schedule);
}

async function mine(event: Of<'press'>, turn: Turn): Promise<Schedule> {
  const schedule = await findSchedule(turn.tx, turn.team.id, event.on.subject);
  if (!schedule || schedule.state === 'stopped') throw new Refusal(t`That schedule is no longer here.`);
  if (!mayChange(event.from, schedule)) throw new Refusal(NOT_YOURS);
  return schedule;
}

export const openMore: Handler<'press'> = async (event, turn) => ({
  kind: 'show',
  message: moreCard(await mine(event, turn)),
});

const setState = async (turn: Turn, schedule: Schedule, set: Partial<Schedule>) => {
  await changeSchedule(turn.tx, turn.team.id, schedule.id, set);
  return { kind: 'show', message: await afterChange(turn, { ...schedule, ...set }) } as const;
};

export const pauseNow: Handler<'press'> = async (event, turn) =>
  setState(turn, await mine(event, turn), { state: 'paused' });

export const resumeNow: Handler<'press'> = async (event, turn) =>
  setState(turn, await mine(event, turn), { state: 'active', paused_until: null, failed_days: 0 });

export const stop: Handler<'press'> = async (event, turn) => {
  await setState(turn, await mine(event, turn), { state: 'stopped' });
  return { kind: 'say', text: t`Stopped. Open rounds still close as planned; nothing new is asked here.` };
};
