/** Posting: planning the next run, recording each due date once, and what happens when a post does not go out. */
import { pick } from '../../bank/deck.ts';
import type { Fact, Settled, Turn } from '../../core/feature.ts';
import { earliest, plus } from '../../chat/world.ts';
import { t } from '../../chat/text.ts';
import { dueBetween, nextRun, type Rhythm, type Run } from '../../schedule/recurrence.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { localTime } from '../../schedule/zone.ts';
import type { Round } from '../../store/rounds.ts';
import { changeSchedule, findSchedule, type Schedule } from '../../store/schedules.ts';
import { tellAdmins } from './admins.ts';
import { askedSoFar, changeRound, roundOn, startRound } from './queries.ts';
import {
  closeOf,
  FAILED_DAYS,
  LATE_ANSWER_MS,
  LATE_POST_MS,
  levelsOf,
  roundNamed,
  roundPost,
  sortDue,
} from './rules.ts';
import { questionCard } from './views.ts';

/** A schedule changed: its next run is computed anew, and woken for. */
export async function replan(fact: Extract<Fact, { kind: 'schedule-set' }>, turn: Turn): Promise<void> {
  const schedule = await findSchedule(turn.tx, turn.team.id, fact.schedule);
  if (schedule) await planNext(turn, schedule, await rhythmOf(schedule));
}

async function planNext(turn: Turn, schedule: Schedule, rhythm: Rhythm): Promise<void> {
  const run = schedule.state === 'active' ? nextRun(rhythm, turn.now) : undefined;
  await changeSchedule(turn.tx, turn.team.id, schedule.id, { next_run: run?.at ?? null, next_date: run?.date ?? null });
  if (run) await turn.wake('due', schedule.id, run.at);
  else await turn.unwake('due', schedule.id);
}

/** A schedule's run is due, perhaps long ago: post the newest one that still makes sense, record the others as missed. */
export async function postDue(subject: string, turn: Turn): Promise<void> {
  const schedule = await findSchedule(turn.tx, turn.team.id, subject);
  if (!schedule || schedule.state !== 'active' || schedule.next_run === null || schedule.next_date === null) return;
  const rhythm = await rhythmOf(schedule);
  const planned: Run = { at: schedule.next_run, date: schedule.next_date };
  const { post, missed } = sortDue([planned, ...dueBetween(rhythm, planned.at, turn.now)], turn.now);
  for (const run of missed) await recordMissed(turn, schedule, run, 'Greenroom was not running');
  if (post) await postRun(turn, schedule, rhythm, post);
  await planNext(turn, schedule, rhythm);
}

/** Today's question of a schedule, now; it counts as today's. False when today already has one. */
export async function postNow(id: string, turn: Turn): Promise<'posted' | 'already' | 'dry'> {
  const schedule = await findSchedule(turn.tx, turn.team.id, id);
  if (!schedule) return 'dry';
  const rhythm = await rhythmOf(schedule);
  const outcome = await postRun(turn, schedule, rhythm, {
    at: turn.now,
    date: localTime(turn.now, schedule.zone).date,
  });
  await planNext(turn, schedule, rhythm);
  return outcome;
}

async function postRun(
  turn: Turn,
  schedule: Schedule,
  rhythm: Rhythm,
  run: Run,
): Promise<'posted' | 'already' | 'dry'> {
  if (await roundOn(turn.tx, turn.team.id, schedule.id, run.date)) return 'already';
  const round = await pickRound(turn, schedule, rhythm, run);
  if (!round) {
    await recordMissed(turn, schedule, run, 'no question fits its skills, packs and levels');
    return 'dry';
  }
  await startRound(turn.tx, round);
  const next = nextRun(rhythm, run.at);
  const expires = earliest(plus(run.at, LATE_POST_MS), next?.at) ?? plus(run.at, LATE_POST_MS);
  await turn.send(
    {
      kind: 'post',
      name: roundPost(round),
      to: { in: 'channel', channel: round.channel },
      message: questionCard(round, 0),
      thread: round.title,
    },
    { expires },
  );
  await turn.wake('close', round.id, round.closes);
  await turn.watch(roundPost(round), plus(round.closes, LATE_ANSWER_MS));
  await turn.tell({ kind: 'round-opened', round: round.id });
  return 'posted';
}

async function pickRound(turn: Turn, schedule: Schedule, rhythm: Rhythm, run: Run): Promise<Round | undefined> {
  const picked = pick(turn.deck, {
    seed: turn.team.seed,
    levels: levelsOf(schedule),
    asked: await askedSoFar(turn.tx, turn.team.id),
    ...(schedule.skills === '' ? {} : { skills: schedule.skills.split(',') }),
    ...(schedule.packs === '' ? {} : { packs: schedule.packs.split('\n') }),
  });
  if (!picked) return undefined;
  await warnOfDryness(turn, schedule, picked.left, run);
  return {
    ...blank(turn, schedule, run),
    state: 'open',
    skill: picked.skill,
    facet: picked.facet,
    title: picked.title,
    questions: JSON.stringify(picked.questions.map(({ level, id, text }) => ({ level, id, text }))),
    why: picked.why,
    closes: closeOf(rhythm, run.date, schedule.window_days, turn.now),
  };
}

const blank = (turn: Turn, schedule: Schedule, run: Run): Round => ({
  id: turn.newId(),
  team: turn.team.id,
  schedule: schedule.id,
  local_date: run.date,
  state: 'missed',
  reason: null,
  channel: schedule.channel,
  zone: schedule.zone,
  skill: '',
  facet: '',
  title: '',
  questions: '[]',
  why: '',
  mode: schedule.mode,
  after: schedule.after,
  reviewers: schedule.reviewers,
  give_first: schedule.give_first,
  opened: turn.now,
  closes: run.at,
  closed: null,
  erased: 0,
});

async function recordMissed(turn: Turn, schedule: Schedule, run: Run, reason: string): Promise<void> {
  const recorded = await startRound(turn.tx, { ...blank(turn, schedule, run), reason });
  if (!recorded) return;
  await tellAdmins(turn, schedule, `missed-${run.date}`, {
    title: 'A question was not posted',
    text: t`The question of ${run.date} was not posted: ${reason}. Nothing else is affected; the next one comes as planned.`,
  });
}

/** Once, a week of posts before the pool repeats itself. */
async function warnOfDryness(turn: Turn, schedule: Schedule, left: number, run: Run): Promise<void> {
  if (left !== schedule.weekdays.split(',').length) return;
  await tellAdmins(turn, schedule, `dry-${run.date}`, {
    title: 'New questions are running out',
    text: t`After today ${left} posts are left before questions come again. Add a pack, or choose more skills in the settings.`,
  });
}

export async function questionSettled(post: Settled, turn: Turn): Promise<void> {
  const named = roundNamed(post.name);
  if (!named || post.kind !== 'post') return;
  const schedule = await findSchedule(turn.tx, turn.team.id, named.schedule);
  const round = await roundOn(turn.tx, turn.team.id, named.schedule, named.date);
  if (!schedule || !round) return;
  if (post.end === 'sent') return changeSchedule(turn.tx, turn.team.id, schedule.id, { failed_days: 0 });
  const reason = post.reason ?? 'no reason was given';
  await changeRound(turn.tx, round, { state: 'missed', reason, closed: turn.now });
  await turn.unwake('close', round.id);
  const failed = schedule.failed_days + 1;
  const pauses = failed >= FAILED_DAYS;
  await changeSchedule(turn.tx, turn.team.id, schedule.id, {
    failed_days: failed,
    ...(pauses ? { state: 'paused' as const } : {}),
  });
  if (pauses) await planNext(turn, { ...schedule, state: 'paused' }, await rhythmOf(schedule));
  await tellAdmins(turn, schedule, `failed-${named.date}`, {
    title: pauses ? 'The schedule is paused' : 'A question could not be posted',
    text: pauses
      ? t`${FAILED_DAYS} questions in a row could not be posted (${reason}), so the schedule pauses. Check that I am in the channel, then resume it.`
      : t`The question of ${named.date} could not be posted: ${reason}. Check that the channel exists and that I am in it.`,
  });
}

/** Somebody deleted the question itself: what was answered stays, the round closes without a reveal. */
export async function postRemoved({ name }: Extract<Fact, { kind: 'post-removed' }>, turn: Turn): Promise<void> {
  const named = roundNamed(name);
  const round = named && (await roundOn(turn.tx, turn.team.id, named.schedule, named.date));
  if (!round || round.state !== 'open') return;
  await changeRound(turn.tx, round, { reason: 'its post was deleted', closes: turn.now });
  await turn.wake('close', round.id, turn.now);
}
