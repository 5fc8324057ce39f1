/** The warning that questions are about to come again, a week of posts ahead. */
import { t } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { lastSent } from '../../store/posts.ts';
import { type Schedule, schedulesOf } from '../../store/schedules.ts';
import { tellAdmins } from './admins.ts';
import { shouldWarn } from './rules.ts';

/** `left`: posts after the one of `date` before anything repeats. All schedules of a team draw on the same history. */
export async function warnOfDryness(turn: Turn, schedule: Schedule, left: number, date: string): Promise<void> {
  const running = (await schedulesOf(turn.tx, turn.team.id)).filter(({ state }) => state === 'active');
  const postsAWeek = running.reduce((sum, one) => sum + one.weekdays.split(',').length / one.every_weeks, 0);
  const warned = await lastSent(turn.tx, turn.team.id, `daily:alert:${schedule.id}:dry-`);
  if (!shouldWarn({ left, postsAWeek, date, warnedOn: warned?.slice(-'2026-11-23'.length) })) return;
  const ahead =
    left === 0
      ? 'From the next post on, questions come again.'
      : `${left === 1 ? 'One post is' : `${left} posts are`} left before questions come again.`;
  await tellAdmins(turn, schedule, `dry-${date}`, {
    title: 'New questions are running out',
    text: t`${ahead} Add a pack, or choose more skills, packs or levels in the settings.`,
  });
}
