/** What became of a question's post: it is there, it could not be posted, somebody deleted it, its channel is gone. */
import { cut, t } from '../../chat/text.ts';
import type { Fact, Settled, Turn } from '../../core/feature.ts';
import { describeDate } from '../../schedule/parse.ts';
import { answersOf, openRounds, type Round } from '../../store/rounds.ts';
import { changeSchedule, findSchedule, type Schedule } from '../../store/schedules.ts';
import { tellAdmins } from './admins.ts';
import { answerKept } from './answer-views.ts';
import { changeRound } from './queries.ts';
import { roundOf } from './round.ts';
import { FAILED_DAYS } from './rules.ts';

export async function questionSettled(post: Settled, turn: Turn): Promise<void> {
  const round = post.kind === 'post' ? await roundOf(turn, post.name) : undefined;
  const schedule = round && (await findSchedule(turn.tx, turn.team.id, round.schedule));
  if (!round || !schedule) return;
  if (post.end === 'sent') return changeSchedule(turn.tx, turn.team.id, schedule.id, { failed_days: 0 });
  const reason = cut(post.reason ?? 'no reason was given', 200);
  await changeRound(turn.tx, round, { state: 'missed', reason, closed: turn.now });
  await turn.unwake('close', round.id);
  await tellAnswerers(turn, round);
  await countFailure(turn, schedule, round, reason);
}

/** Somebody may have answered before the platform refused the post; they should not wait for feedback. */
async function tellAnswerers(turn: Turn, round: Round): Promise<void> {
  for (const { id, person } of await answersOf(turn.tx, turn.team.id, round.id))
    await turn.send({ kind: 'post', name: `daily:kept:${id}`, to: { in: 'dm', person }, message: answerKept(round) });
}

async function countFailure(turn: Turn, schedule: Schedule, round: Round, reason: string): Promise<void> {
  const failed = schedule.failed_days + 1;
  const pauses = failed >= FAILED_DAYS && schedule.state === 'active';
  const state = pauses ? 'paused' : schedule.state;
  await changeSchedule(turn.tx, turn.team.id, schedule.id, { failed_days: failed, state });
  if (pauses) await turn.tell({ kind: 'schedule-set', schedule: schedule.id });
  await tellAdmins(turn, schedule, `failed-${round.local_date}`, {
    title: pauses ? 'The schedule is paused' : 'A question could not be posted',
    text: pauses
      ? t`${FAILED_DAYS} questions in a row could not be posted (${reason}), so the schedule pauses. Add me to its channel and press **Settings**, then **Resume**; or choose another channel there.`
      : t`The question of ${describeDate(round.local_date)} could not be posted: ${reason}. Check that the channel exists and that I am in it; **Settings** lets you choose another. Then \`/${turn.words.practice} question\` asks today’s again; the next one comes as planned.`,
  });
}

/** Somebody deleted the question itself: what was answered stays, the round closes without a reveal. */
export async function postRemoved({ name }: Extract<Fact, { kind: 'post-removed' }>, turn: Turn): Promise<void> {
  const round = await roundOf(turn, name);
  if (round?.state === 'open') await endNow(turn, round, 'its post was deleted');
}

export async function channelRemoved(
  { channel }: Extract<Fact, { kind: 'channel-removed' }>,
  turn: Turn,
): Promise<void> {
  const rounds = await openRounds(turn.tx, turn.team.id);
  for (const round of rounds.filter((one) => one.channel === channel)) await endNow(turn, round, 'its channel is gone');
}

async function endNow(turn: Turn, round: Round, reason: string): Promise<void> {
  await changeRound(turn.tx, round, { reason, closes: turn.now });
  await turn.wake('close', round.id, turn.now);
}
