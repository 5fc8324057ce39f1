/** Posting: each due date is recorded once, with its question or with the reason why there was none. */
import { pick } from '../../bank/deck.ts';
import { cut, t } from '../../chat/text.ts';
import { earliest, plus } from '../../chat/world.ts';
import type { Turn } from '../../core/feature.ts';
import { closeOf, LATE_POST_MS, sortDue } from '../../schedule/due.ts';
import { describeDate } from '../../schedule/parse.ts';
import { dueBetween, nextRun, type Rhythm, type Run } from '../../schedule/recurrence.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { localTime } from '../../schedule/zone.ts';
import { wasSent } from '../../store/posts.ts';
import { type Round, roundOn } from '../../store/rounds.ts';
import { findSchedule, type Schedule } from '../../store/schedules.ts';
import { tellAdmins } from './admins.ts';
import { warnOfDryness } from './dry.ts';
import { planNext } from './plan.ts';
import { askedSoFar, changeRound, startRound } from './queries.ts';
import { aroundOf } from './round.ts';
import { endOf, levelsOf, roundPost } from './rules.ts';
import { questionCard } from './views.ts';

/** `failed`: today's was tried, and may be there. */
export type Outcome = 'posted' | 'already' | 'failed' | 'dry';

/** A schedule's run is due, perhaps long ago: post the newest one that still makes sense, record the others as missed. */
export async function postDue(subject: string, turn: Turn): Promise<void> {
  const schedule = await findSchedule(turn.tx, turn.team.id, subject);
  if (!schedule || schedule.state !== 'active' || schedule.next_run === null || schedule.next_date === null) return;
  const rhythm = await rhythmOf(schedule);
  const { post, missed } = sortDue(
    dueSince(rhythm, { at: schedule.next_run, date: schedule.next_date }, turn),
    turn.now,
  );
  await recordMissed(turn, schedule, missed, 'Greenroom was not running');
  if (post && (await postRun(turn, schedule, rhythm, post)) === 'dry') await recordDry(turn, schedule, post);
  await planNext(turn, schedule, rhythm);
}

function dueSince(rhythm: Rhythm, planned: Run, turn: Turn): Run[] {
  const due = [planned];
  for (;;) {
    const more = dueBetween(rhythm, due.at(-1)?.at ?? planned.at, turn.now);
    if (more.length === 0) return due;
    due.push(...more);
  }
}

/** Today's question of a schedule, now; it counts as today's. */
export async function postNow(id: string, turn: Turn): Promise<Outcome> {
  const schedule = await findSchedule(turn.tx, turn.team.id, id);
  if (!schedule) return 'dry';
  const rhythm = await rhythmOf(schedule);
  const outcome = await postRun(turn, schedule, rhythm, todayOf(schedule, turn));
  await planNext(turn, schedule, rhythm);
  return outcome;
}

const todayOf = (schedule: Schedule, turn: Turn): Run => ({
  at: turn.now,
  date: localTime(turn.now, schedule.zone).date,
});

/** A new schedule's first question; nobody waits for an answer, so a dry pool is told by message. */
export async function postFirst({ schedule: id }: { readonly schedule: string }, turn: Turn): Promise<void> {
  if ((await postNow(id, turn)) !== 'dry') return;
  const schedule = await findSchedule(turn.tx, turn.team.id, id);
  if (schedule) await recordDry(turn, schedule, todayOf(schedule, turn));
}

async function postRun(turn: Turn, schedule: Schedule, rhythm: Rhythm, run: Run): Promise<Outcome> {
  const before = await roundOn(turn.tx, turn.team.id, schedule.id, run.date);
  if (before && before.state !== 'missed') return 'already';
  if (before && (await wasSent(turn.tx, turn.team.id, roundPost(before)))) return 'failed';
  const picked = await pickRound(turn, schedule, rhythm, run);
  if (!picked) return 'dry';
  const round = { ...picked, id: before?.id ?? picked.id };
  if (before) await changeRound(turn.tx, before, round);
  else if (!(await startRound(turn.tx, round))) return 'already';
  const next = nextRun(rhythm, run.at);
  const latest = plus(run.at, LATE_POST_MS);
  await turn.send(
    {
      kind: 'post',
      name: roundPost(round),
      to: { in: 'channel', channel: round.channel },
      message: questionCard(round, await aroundOf(turn, round)),
      thread: cut(round.title, 100),
    },
    { expires: earliest(latest, next?.at) ?? latest },
  );
  await turn.wake('close', round.id, round.closes);
  await turn.watch(roundPost(round), endOf(round));
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
  await warnOfDryness(turn, schedule, picked.left, run.date);
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

const recordDry = (turn: Turn, schedule: Schedule, run: Run): Promise<void> =>
  recordMissed(turn, schedule, [run], 'no question fits its skills, packs and levels');

/** Every date gets its row; who looks after the schedule gets one message for all of them. */
async function recordMissed(turn: Turn, schedule: Schedule, runs: readonly Run[], reason: string): Promise<void> {
  const dates: string[] = [];
  for (const run of runs) {
    if (await startRound(turn.tx, { ...blank(turn, schedule, run), reason })) dates.push(run.date);
  }
  const last = dates.at(-1);
  if (last === undefined) return;
  const [first = last] = dates;
  const isOne = dates.length === 1;
  const which = isOne
    ? `The question of ${describeDate(last)} was not posted`
    : `${dates.length} questions, from ${describeDate(first)} to ${describeDate(last)}, were not posted`;
  await tellAdmins(turn, schedule, `missed-${last}`, {
    title: isOne ? 'A question was not posted' : 'Questions were not posted',
    text: t`${which}: ${reason}. Nothing else is affected; the next one comes as planned.`,
  });
}
