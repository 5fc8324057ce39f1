/** The card in the channel: posting it and keeping it true. */
import type { Name, PersonId } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import type { Turn } from '../../core/feature.ts';
import { nextRuns } from '../../schedule/recurrence.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { localTime } from '../../schedule/zone.ts';
import { lastSent } from '../../store/posts.ts';
import { roundOn } from '../../store/rounds.ts';
import { saveSchedule, type Schedule } from '../../store/schedules.ts';
import { type Planned, replacedCard, scheduleCard } from './views.ts';

const RUNS = 3;
/** Version of the card that is followed by a question at once. */
export const FIRST = 'first';

/** `by` hears of it when the card cannot be posted. */
const cardPost = (schedule: string, version: string, by: PersonId): Name => `setup:card:${schedule}:${version}:${by}`;

/** What a card's name says; undefined for our other posts. */
export function cardNamed(name: Name): { schedule: string; version: string; by: PersonId } | undefined {
  const [, what, schedule = '', version = '', by = ''] = name.split(':');
  return what === 'card' ? { schedule, version, by: by as PersonId } : undefined;
}

export async function plannedOf(turn: Turn, schedule: Schedule): Promise<Planned> {
  const today = localTime(turn.now, schedule.zone).date;
  const isAsked = await roundOn(turn.tx, turn.team.id, schedule.id, today);
  const runs = nextRuns(await rhythmOf(schedule), turn.now, RUNS + 1).filter(({ date }) => !isAsked || date !== today);
  return { schedule, today, runs: runs.slice(0, RUNS), keepDays: turn.team.retention_days };
}

/** Save it and post its card in place of an older one; a new schedule starts when the card is there. */
export async function announce(turn: Turn, schedule: Schedule, by: PersonId, version = turn.newId()): Promise<void> {
  await saveSchedule(turn.tx, schedule);
  await turn.tell({ kind: 'schedule-set', schedule: schedule.id });
  await editCard(turn, schedule, replacedCard);
  const planned = await plannedOf(turn, schedule);
  // Whoever reads the card in the channel reads it of a schedule that has started.
  const started: Planned =
    schedule.state === 'new' ? { ...planned, schedule: { ...schedule, state: 'active' } } : planned;
  await turn.send({
    kind: 'post',
    name: cardPost(schedule.id, version, by),
    to: { in: 'channel', channel: schedule.channel },
    message: scheduleCard(started),
  });
}

/** Tell who plans, refresh the card in the channel, and give the card to show. */
export async function afterChange(turn: Turn, schedule: Schedule): Promise<Message> {
  await turn.tell({ kind: 'schedule-set', schedule: schedule.id });
  const message = scheduleCard(await plannedOf(turn, schedule));
  await editCard(turn, schedule, message);
  return message;
}

async function editCard(turn: Turn, schedule: Schedule, message: Message): Promise<void> {
  const card = await lastSent(turn.tx, turn.team.id, `setup:card:${schedule.id}:`);
  if (card) await turn.send({ kind: 'edit', name: card, message });
}
