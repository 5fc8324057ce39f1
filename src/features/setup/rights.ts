/** The schedule a person means, if it is still there and theirs to change. */
import type { Person } from '../../chat/incoming.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import { findSchedule, type Schedule } from '../../store/schedules.ts';
import { mayChange } from './rules.ts';

export async function scheduleFor(person: Person, id: string, turn: Turn): Promise<Schedule> {
  const schedule = await findSchedule(turn.tx, turn.team.id, id);
  if (!schedule || schedule.state === 'stopped')
    throw new Refusal(t`That schedule was stopped. \`/${turn.words.practice} setup\` shows the ones there are.`);
  if (!mayChange(person, schedule))
    throw new Refusal(
      t`Only admins and the person who set this schedule up can change it. Tell one of them what you would like.`,
    );
  return schedule;
}

/** A new schedule is for admins. */
export function mustBeAdmin(person: Person, turn: Turn): void {
  if (!person.admin)
    throw new Refusal(
      t`Setting up a daily question is for admins. Ask one of them to type \`/${turn.words.practice} setup\`; it takes a minute.`,
    );
}
