/** When a schedule runs next: planned anew when it changes, woken for, and taken up again when a team comes back. */
import type { Fact, Turn } from '../../core/feature.ts';
import { nextRun, type Rhythm } from '../../schedule/recurrence.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { openRounds, roundOn } from '../../store/rounds.ts';
import { changeSchedule, findSchedule, type Schedule, schedulesOf } from '../../store/schedules.ts';

/** A schedule changed. A run that is due at this moment is still posted; the next one follows the change. */
export async function replan(fact: Extract<Fact, { kind: 'schedule-set' }>, turn: Turn): Promise<void> {
  const schedule = await findSchedule(turn.tx, turn.team.id, fact.schedule);
  if (!schedule) return;
  const isDue = schedule.next_run !== null && schedule.next_run <= turn.now;
  if (isDue && schedule.state === 'active') return;
  await planNext(turn, schedule, await rhythmOf(schedule));
}

/** Dates that have their question already are passed over. */
export async function planNext(turn: Turn, schedule: Schedule, rhythm: Rhythm): Promise<void> {
  const { tx, team } = turn;
  let run = schedule.state === 'active' ? nextRun(rhythm, turn.now) : undefined;
  while (run && (await roundOn(tx, team.id, schedule.id, run.date))) run = nextRun(rhythm, run.at);
  await changeSchedule(tx, team.id, schedule.id, { next_run: run?.at ?? null, next_date: run?.date ?? null });
  if (run) await turn.wake('due', schedule.id, run.at);
  else await turn.unwake('due', schedule.id);
}

/** A team that comes back has lost its wakes: what was planned is woken for again, as after a downtime. */
export async function wakeAgain(_: Extract<Fact, { kind: 'installed' }>, turn: Turn): Promise<void> {
  for (const schedule of await schedulesOf(turn.tx, turn.team.id)) {
    if (schedule.state === 'active' && schedule.next_run !== null)
      await turn.wake('due', schedule.id, schedule.next_run);
  }
  for (const round of await openRounds(turn.tx, turn.team.id)) await turn.wake('close', round.id, round.closes);
}
