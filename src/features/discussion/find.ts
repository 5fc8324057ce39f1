/** Finding a discussion and what its cards need to know, and letting the card follow. */
import type { ChannelId } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import type { Rhythm } from '../../schedule/recurrence.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { localTime } from '../../schedule/zone.ts';
import { schedulesIn } from '../../store/schedules.ts';
import { type Plan, plansIn } from './plan-queries.ts';
import { countReplies, type Discussion, findDiscussion } from './queries.ts';
import { cardPost } from './rules.ts';
import { type Around, topicCard } from './views.ts';

export async function mustFind(turn: Turn, id: string): Promise<Discussion> {
  const discussion = await findDiscussion(turn.tx, turn.team.id, id);
  if (discussion && discussion.state !== 'missed') return discussion;
  throw new Refusal(t`That discussion is no longer here. \`/${turn.words.practice} mentor topic\` starts another.`);
}

/** What its cards say besides the discussion. */
export const aroundOf = async (turn: Turn, discussion: Discussion): Promise<Around> => ({
  ...(await countReplies(turn.tx, discussion)),
  keepDays: turn.team.retention_days,
  root: turn.words.practice,
});

/** Somebody deleted its card, or its channel is gone: there is nothing left to edit or to write under. */
export const isGone = ({ reason }: Pick<Discussion, 'reason'>): boolean => reason !== null;

export async function refreshCard(turn: Turn, discussion: Discussion): Promise<void> {
  if (isGone(discussion)) return;
  const message = topicCard(discussion, await aroundOf(turn, discussion));
  await turn.send({ kind: 'edit', name: cardPost(discussion.id), message });
}

/** When a plan runs; never on what is a day off for its channel's daily question. */
export async function planRhythm(turn: Turn, plan: Plan): Promise<Rhythm> {
  const [schedule] = await schedulesIn(turn.tx, turn.team.id, plan.channel);
  return rhythmOf({ ...plan, holidays: schedule?.holidays ?? '', skip_dates: schedule?.skip_dates ?? '' });
}

/** The working days of a channel: its plan's, its daily question's, else Monday to Friday in `zone`. */
export async function rhythmIn(turn: Turn, channel: ChannelId, zone: string | undefined): Promise<Rhythm> {
  const [plan] = await plansIn(turn.tx, turn.team.id, channel);
  if (plan) return planRhythm(turn, plan);
  const [schedule] = await schedulesIn(turn.tx, turn.team.id, channel);
  if (schedule) return rhythmOf(schedule);
  return {
    time: '09:00',
    zone: zone ?? 'UTC',
    weekdays: [1, 2, 3, 4, 5],
    everyWeeks: 1,
    anchor: localTime(turn.now, zone ?? 'UTC').date,
    skipDates: [],
  };
}
