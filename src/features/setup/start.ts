/** How a schedule starts, or does not: its card is there, its card could not be posted, its channel is gone. */
import { LEVELS } from '../../bank/question.ts';
import type { Name, PersonId } from '../../chat/ids.ts';
import { cut } from '../../chat/text.ts';
import type { Fact, Settled, Turn } from '../../core/feature.ts';
import {
  changeSchedule,
  findSchedule,
  keeperOf,
  type Schedule,
  schedulesIn,
  schedulesOf,
} from '../../store/schedules.ts';
import { afterChange, announce, cardNamed, FIRST } from './announce.ts';
import { newSchedule } from './rules.ts';
import { notRunning } from './views.ts';

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
  const creator = start.person.id;
  const schedule = newSchedule(basics, { id: turn.newId(), team: turn.team.id, creator, now: turn.now });
  // One person tries it out: asking for two reviews before the first result would end the story early.
  await announce(turn, { ...schedule, give_first: 0 }, creator, FIRST);
}

export async function cardSettled(post: Settled, turn: Turn): Promise<void> {
  const named = post.kind === 'post' ? cardNamed(post.name) : undefined;
  const schedule = named && (await findSchedule(turn.tx, turn.team.id, named.schedule));
  if (!named || !schedule || schedule.state === 'stopped') return;
  if (post.end !== 'sent') return sayItFailed(turn, schedule, named, post.reason);
  if (schedule.state !== 'new') return;
  const active: Schedule = { ...schedule, state: 'active', failed_days: 0 };
  await changeSchedule(turn.tx, turn.team.id, schedule.id, { state: 'active', failed_days: 0 });
  await turn.tell({ kind: 'schedule-set', schedule: schedule.id });
  if (named.version !== FIRST) return;
  await turn.tell({ kind: 'question-wanted', schedule: schedule.id });
  await afterChange(turn, active);
}

async function sayItFailed(
  turn: Turn,
  schedule: Schedule,
  card: { readonly version: string; readonly by: PersonId },
  reason = 'no reason was given',
): Promise<void> {
  const message = notRunning(schedule, {
    title: 'The schedule has not started',
    what: `I could not post in the channel you chose: ${cut(reason, 200)}.`,
  });
  const name: Name = `setup:failed:${schedule.id}:${card.version}`;
  await turn.send({ kind: 'post', name, to: { in: 'dm', person: card.by }, message });
}

/** A question nobody can see is not asked: schedules of a channel that is gone wait for another, and their makers hear of it. */
export async function channelRemoved(
  { channel }: Extract<Fact, { kind: 'channel-removed' }>,
  turn: Turn,
): Promise<void> {
  for (const schedule of await schedulesIn(turn.tx, turn.team.id, channel)) {
    await changeSchedule(turn.tx, turn.team.id, schedule.id, { state: 'new' });
    await turn.tell({ kind: 'schedule-set', schedule: schedule.id });
    const person = keeperOf(schedule, turn.team);
    if (person === undefined) continue;
    const message = notRunning(schedule, {
      title: 'The daily question has no channel',
      what: 'Its channel was deleted or archived, or I was removed from it, so the schedule waits.',
    });
    const name: Name = `setup:gone:${schedule.id}:${turn.newId()}`;
    await turn.send({ kind: 'post', name, to: { in: 'dm', person }, message });
  }
}
