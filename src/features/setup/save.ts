/** The five basics: checked one by one, saved, and announced by a card in the channel. */
import { pick } from '../../bank/deck.ts';
import type { ChannelId, PersonId } from '../../chat/ids.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { cut, t } from '../../chat/text.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { parseTime, parseWeekdays, parseZone, splitTime } from '../../schedule/parse.ts';
import { saveSchedule, type Schedule } from '../../store/schedules.ts';
import { afterChange, announce } from './announce.ts';
import { mustBeAdmin, scheduleFor } from './rights.ts';
import { type Basics, columnsOf, levelsIn, newSchedule, stateForCard } from './rules.ts';
import { listOf } from './words.ts';

type Values = Readonly<Record<string, string>>;
type Rejected = Extract<AnswerTo['submit'], { kind: 'reject' }>;

export const saveBasics: Handler<'submit'> = async (event, turn) => {
  const isNew = event.on.subject === '';
  if (isNew) mustBeAdmin(event.from, turn);
  const known = isNew ? undefined : await scheduleFor(event.from, event.on.subject, turn);
  const basics = readBasics(event.values, known?.zone);
  if ('kind' in basics) return basics;
  if (!hasQuestions(turn, { ...(known ?? { skills: '', packs: '' }), levels: basics.levels.join(',') }))
    return reject('levels', 'No question fits these levels yet. Choose more of them.');
  if (known) return changeBasics(turn, known, basics, event.from.id);

  const schedule = newSchedule(basics, { id: turn.newId(), team: turn.team.id, creator: event.from.id, now: turn.now });
  await announce(turn, schedule, event.from.id);
  return {
    kind: 'say',
    text: t`The card is on its way to the channel, and the schedule starts with it. If it cannot be posted, I write to you here.`,
  };
};

async function changeBasics(turn: Turn, known: Schedule, basics: Basics, by: PersonId): Promise<AnswerTo['submit']> {
  const schedule = { ...known, ...columnsOf(basics) };
  if (schedule.channel === known.channel && known.state !== 'new') {
    await saveSchedule(turn.tx, schedule);
    return { kind: 'show', message: await afterChange(turn, schedule) };
  }
  const next = { ...schedule, state: stateForCard(known) };
  await announce(turn, next, by);
  return {
    kind: 'say',
    text:
      next.state === 'paused'
        ? t`Saved. The card goes to the channel; the schedule stays paused until somebody resumes it.`
        : t`Saved. The card is on its way to the channel, and the schedule starts with it.`,
  };
}

function readBasics(values: Values, usualZone: string | undefined): Basics | Rejected {
  const channel = values['channel'] ?? '';
  if (channel === '') return reject('channel', 'Choose the channel that gets the question.');
  const typed = splitTime(values['time'] ?? '');
  if (typed.time === '') return reject('time', 'Write a time and its zone, like 9:00 Europe/Berlin.');
  const time = parseTime(typed.time);
  if ('problem' in time) return reject('time', time.problem);
  const named = typed.zone === '' ? (usualZone ?? '') : typed.zone;
  if (named === '') return reject('time', `Write the zone too, like ${time.value} Europe/Berlin.`);
  const zone = parseZone(named);
  if ('problem' in zone) return reject('time', zone.problem);
  const days = parseWeekdays(values['days'] ?? '');
  if ('problem' in days) return reject('days', days.problem);
  const levels = levelsIn(values['levels'] ?? '');
  if (levels.length === 0) return reject('levels', 'Choose at least one level.');
  const mode = values['mode'] === 'sealed' ? 'sealed' : 'open';
  return { channel: channel as ChannelId, time: time.value, zone: zone.value, weekdays: days.value, levels, mode };
}

/** Whether anything in the bank can be asked with these levels, skills and packs. */
export const hasQuestions = (turn: Turn, of: Pick<Schedule, 'levels' | 'skills' | 'packs'>): boolean =>
  pick(turn.deck, {
    seed: turn.team.seed,
    levels: levelsIn(of.levels),
    skills: listOf(of.skills),
    packs: listOf(of.packs, '\n'),
    asked: [],
  }) !== undefined;

export const reject = (field: string, problem: string): Rejected => ({
  kind: 'reject',
  field,
  problem: cut(problem, 300),
});
