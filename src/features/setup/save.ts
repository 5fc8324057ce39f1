/** The five basics: checked one by one, saved, and announced by a card in the channel. */
import type { ChannelId } from '../../chat/ids.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { parseTime, parseWeekdays, parseZone } from '../../schedule/parse.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { nextRuns } from '../../schedule/recurrence.ts';
import { lastSent } from '../../store/posts.ts';
import { findSchedule, saveSchedule, type Schedule } from '../../store/schedules.ts';
import { type Basics, columnsOf, levelsIn, mayChange, newSchedule, splitTime } from './rules.ts';
import { scheduleCard } from './views.ts';

type Values = Readonly<Record<string, string>>;
type Rejected = Extract<AnswerTo['submit'], { kind: 'reject' }>;

export const saveBasics: Handler<'submit'> = async (event, turn) => {
  const known = event.on.subject === '' ? undefined : await findSchedule(turn.tx, turn.team.id, event.on.subject);
  if (event.on.subject !== '' && !known) throw new Refusal(t`That schedule is no longer here.`);
  if (!mayChange(event.from, known))
    throw new Refusal(t`Only admins and the person who made a schedule can change it.`);
  const basics = readBasics(event.values, known?.zone);
  if ('kind' in basics) return basics;
  if (known) return changeBasics(turn, known, basics);

  const schedule = newSchedule(basics, { id: turn.newId(), team: turn.team.id, creator: event.from.id, now: turn.now });
  await saveSchedule(turn.tx, schedule);
  await announce(turn, schedule, turn.newId());
  return {
    kind: 'say',
    text: t`The card goes to the channel now. The schedule starts as soon as it is there; if it cannot be posted, I will tell you here.`,
  };
};

async function changeBasics(turn: Turn, known: Schedule, basics: Basics): Promise<AnswerTo['submit']> {
  const schedule = { ...known, ...columnsOf(basics) };
  await saveSchedule(turn.tx, schedule);
  if (schedule.channel !== known.channel || known.state === 'new') {
    await announce(turn, { ...schedule, state: 'new' }, turn.newId());
    return { kind: 'say', text: t`Saved. The card goes to the channel now.` };
  }
  return { kind: 'show', message: await afterChange(turn, schedule) };
}

/** Tell who plans, refresh the card in the channel, and give the card to show. */
export async function afterChange(turn: Turn, schedule: Schedule): Promise<ReturnType<typeof scheduleCard>> {
  await turn.tell({ kind: 'schedule-set', schedule: schedule.id });
  const message = scheduleCard(schedule, await runsOf(turn, schedule));
  const card = await lastSent(turn.tx, turn.team.id, `setup:card:${schedule.id}:`);
  if (card) await turn.send({ kind: 'edit', name: card, message });
  return message;
}

/** Post the card; the schedule starts when it is there. */
export async function announce(turn: Turn, schedule: Schedule, version: string): Promise<void> {
  await saveSchedule(turn.tx, schedule);
  await turn.send({
    kind: 'post',
    name: `setup:card:${schedule.id}:${version}`,
    to: { in: 'channel', channel: schedule.channel },
    message: scheduleCard(schedule, await runsOf(turn, schedule)),
  });
}

export const runsOf = async (turn: Turn, schedule: Schedule) => nextRuns(await rhythmOf(schedule), turn.now, 3);

function readBasics(values: Values, usualZone: string | undefined): Basics | Rejected {
  const channel = values['channel'] ?? '';
  if (channel === '') return reject('channel', 'Choose the channel that gets the question.');
  const typed = splitTime(values['time'] ?? '');
  const time = parseTime(typed.time);
  if ('problem' in time) return reject('time', time.problem);
  const zone = parseZone(typed.zone === '' ? (usualZone ?? '') : typed.zone);
  if ('problem' in zone) return reject('time', `${zone.problem} For example: 9:00 Europe/Berlin`);
  const days = parseWeekdays(values['days'] ?? '');
  if ('problem' in days) return reject('days', days.problem);
  const levels = levelsIn(values['levels'] ?? '');
  if (levels.length === 0) return reject('levels', 'Choose at least one level.');
  const mode = values['mode'] === 'sealed' ? 'sealed' : 'open';
  return { channel: channel as ChannelId, time: time.value, zone: zone.value, weekdays: days.value, levels, mode };
}

export const reject = (field: string, problem: string): Rejected => ({ kind: 'reject', field, problem });
