/** How a schedule starts, or does not: its card is there, its card could not be posted, its channel is gone. */
import type { Name } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import type { Fact, Settled, Turn } from '../../core/feature.ts';
import { LEVELS } from '../../bank/question.ts';
import { changeSchedule, findSchedule, schedulesIn, schedulesOf, type Schedule } from '../../store/schedules.ts';
import { newSchedule } from './rules.ts';
import { announce } from './save.ts';

const FIRST = 'first';

/** A platform that brings its own place to practise in starts with a question there, now. */
export async function openFirst({ start }: Extract<Fact, { kind: 'installed' }>, turn: Turn): Promise<void> {
  if (!start || (await schedulesOf(turn.tx, turn.team.id)).length > 0) return;
  const basics = {
    channel: start.channel,
    time: '09:00',
    zone: start.zone,
    weekdays: [1, 2, 3, 4, 5],
    levels: LEVELS,
    mode: 'open',
  } as const;
  const schedule = newSchedule(basics, {
    id: turn.newId(),
    team: turn.team.id,
    creator: start.person.id,
    now: turn.now,
  });
  await announce(turn, schedule, FIRST);
}

export async function cardSettled(post: Settled, turn: Turn): Promise<void> {
  const [, what, id = '', version] = post.name.split(':');
  if (what !== 'card' || post.kind !== 'post') return;
  const schedule = await findSchedule(turn.tx, turn.team.id, id);
  if (!schedule || schedule.state !== 'new') return;
  if (post.end !== 'sent') return sayItFailed(turn, schedule, post);
  await changeSchedule(turn.tx, turn.team.id, id, { state: 'active', failed_days: 0 });
  await turn.tell({ kind: 'schedule-set', schedule: id });
  if (version === FIRST) await turn.tell({ kind: 'question-wanted', schedule: id });
}

async function sayItFailed(turn: Turn, schedule: Schedule, post: Settled): Promise<void> {
  if (schedule.creator === '') return;
  await turn.send({
    kind: 'post',
    name: `setup:failed:${post.name.slice('setup:card:'.length)}` as Name,
    to: { in: 'dm', person: schedule.creator },
    message: {
      title: 'The schedule has not started',
      blocks: [
        { kind: 'text', text: t`I could not post in the channel you chose: ${post.reason ?? 'no reason was given'}.` },
        {
          kind: 'text',
          text: t`Invite me to the channel, or choose another one, and save again. What you entered is kept.`,
        },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Open setup', on: { feature: 'setup', name: 'edit', subject: schedule.id }, style: 'primary' },
          ],
        },
      ],
    },
  });
}

/** A question nobody can see is not asked: schedules of a channel that is gone stop, and their makers hear of it. */
export async function channelRemoved(
  { channel }: Extract<Fact, { kind: 'channel-removed' }>,
  turn: Turn,
): Promise<void> {
  for (const schedule of await schedulesIn(turn.tx, turn.team.id, channel)) {
    await changeSchedule(turn.tx, turn.team.id, schedule.id, { state: 'new' });
    await turn.tell({ kind: 'schedule-set', schedule: schedule.id });
    await sayItFailed(turn, schedule, {
      name: `setup:card:${schedule.id}:${turn.newId()}`,
      kind: 'post',
      end: 'dead',
      reason: 'it was deleted or archived, or I was removed from it',
    });
  }
}
