/** Topics that come by themselves: planned for a plan's next free day, woken for, posted once a date. */
import type { ChannelId, Instant } from '../../chat/ids.ts';
import { earliest, plus } from '../../chat/world.ts';
import type { Fact, Turn } from '../../core/feature.ts';
import { closeOf, LATE_POST_MS, sortDue } from '../../schedule/due.ts';
import { describeDate } from '../../schedule/parse.ts';
import { type Rhythm, type Run, runsOn } from '../../schedule/recurrence.ts';
import { rhythmOf } from '../../schedule/saved.ts';
import { schedulesIn } from '../../store/schedules.ts';
import { planRhythm, rhythmIn } from './find.ts';
import { blank, openDiscussion, topicOf, type Where, wakeFor } from './open.ts';
import { tellKeeper } from './keeper.ts';
import { changePlan, findPlan, type Plan, plansOf } from './plan-queries.ts';
import { countedDiscussions, discussionOn, openDiscussions, startDiscussion } from './queries.ts';
import { endOf, nextTopicRun } from './rules.ts';
import { nextIn } from './topic.ts';

/** What a plan's next runs follow from. */
export interface Rule {
  readonly rhythm: Rhythm;
  /** Its first run after `after`, when `last` was its last date. */
  next(after: Instant, last: string | null): Run | undefined;
}

export async function ruleOf(turn: Turn, plan: Plan): Promise<Rule> {
  const rhythm = await planRhythm(turn, plan);
  const asked = plan.beside === 'free' ? await dailyRhythms(turn, plan.channel) : [];
  const isAsked = (date: string): boolean => asked.some((one) => runsOn(one, date));
  return { rhythm, next: (after, last) => nextTopicRun(rhythm, after, { beside: plan.beside, last, isAsked }) };
}

/** When a channel gets its daily questions. */
async function dailyRhythms(turn: Turn, channel: ChannelId): Promise<Rhythm[]> {
  const schedules = await schedulesIn(turn.tx, turn.team.id, channel);
  return Promise.all(schedules.filter(({ state }) => state === 'active').map(rhythmOf));
}

/** The next `n` runs of an active plan. */
export async function runsOf(turn: Turn, plan: Plan, n: number): Promise<Run[]> {
  const { next } = await ruleOf(turn, plan);
  const runs: Run[] = [];
  let [after, last] = [turn.now, plan.last_date];
  while (runs.length < n) {
    const run = next(after, last);
    if (!run) break;
    const isThere = await discussionOn(turn.tx, turn.team.id, plan.id, run.date);
    if (!isThere) runs.push(run);
    [after, last] = [run.at, run.date];
  }
  return runs;
}

export async function planNext(turn: Turn, plan: Plan): Promise<void> {
  const [run] = plan.state === 'active' ? await runsOf(turn, plan, 1) : [];
  await changePlan(turn.tx, plan, { next_run: run?.at ?? null, next_date: run?.date ?? null });
  if (run) await turn.wake('due', plan.id, run.at);
  else await turn.unwake('due', plan.id);
}

/** A plan changed. A run that is due at this moment is still posted; the next one follows the change. */
export async function replanOne(turn: Turn, plan: Plan): Promise<void> {
  const isDue = plan.next_run !== null && plan.next_run <= turn.now;
  if (!isDue || plan.state !== 'active') await planNext(turn, plan);
}

/** A daily question comes, goes or gets other days off: so do the days of plans beside it. */
export async function replanAll(_: Extract<Fact, { kind: 'schedule-set' }>, turn: Turn): Promise<void> {
  for (const plan of await plansOf(turn.tx, turn.team.id)) if (plan.state === 'active') await replanOne(turn, plan);
}

/** A run is due, perhaps long ago: post the newest one that still makes sense, record the others as missed. */
export async function postDue(subject: string, turn: Turn): Promise<void> {
  const plan = await findPlan(turn.tx, turn.team.id, subject);
  if (!plan || plan.state !== 'active' || plan.next_run === null || plan.next_date === null) return;
  const rule = await ruleOf(turn, plan);
  const due: Run[] = [{ at: plan.next_run, date: plan.next_date }];
  for (;;) {
    const last = due.at(-1) ?? { at: plan.next_run, date: plan.next_date };
    const run = rule.next(last.at, last.date);
    if (!run || run.at > turn.now) break;
    due.push(run);
  }
  const { post, missed } = sortDue(due, turn.now);
  await recordMissed(turn, plan, rule, missed, 'Greenroom was not running');
  if (post) await postRun(turn, plan, rule, post);
  const done: Plan = { ...plan, last_date: due.at(-1)?.date ?? plan.last_date };
  await changePlan(turn.tx, plan, { last_date: done.last_date });
  await planNext(turn, done);
}

async function postRun(turn: Turn, plan: Plan, rule: Rule, run: Run): Promise<void> {
  if (await discussionOn(turn.tx, turn.team.id, plan.id, run.date)) return;
  const scenario = await nextIn(turn, plan.channel, turn.bank.scenarios);
  if (!scenario) return recordMissed(turn, plan, rule, [run], 'there is no scenario in the question folder');
  const next = rule.next(run.at, run.date);
  const closes = closeOf(rule.rhythm, run.date, plan.window_days, turn.now);
  const until = earliest(closes, next?.at) ?? closes;
  await openDiscussion(
    turn,
    topicOf(scenario),
    whereOf(plan, rule, run, until > turn.now ? until : closes),
    earliest(plus(run.at, LATE_POST_MS), next?.at) ?? until,
  );
}

const whereOf = (plan: Plan, { rhythm }: Rule, { date }: Run, closes: Instant): Where => ({
  channel: plan.channel,
  rhythm,
  date,
  closes,
  plan: plan.id,
  starter: null,
});

const NO_TOPIC = { scenario: '', title: '', skills: '', levels: '', situation: '', questions: '[]' };

/** Every date gets its row; who looks after the plan gets one message for all of them. */
async function recordMissed(turn: Turn, plan: Plan, rule: Rule, runs: readonly Run[], reason: string): Promise<void> {
  const dates: string[] = [];
  for (const run of runs) {
    const row = { ...blank(turn, NO_TOPIC, whereOf(plan, rule, run, run.at)), state: 'missed', reason } as const;
    if (await startDiscussion(turn.tx, row)) dates.push(run.date);
  }
  const [first] = dates;
  if (first === undefined) return;
  const when = dates.length === 1 ? `on ${describeDate(first)}` : `on ${dates.length} days from ${describeDate(first)}`;
  await tellKeeper(turn, plan, `missed-${first}`, {
    title: 'A discussion did not take place',
    what: `No topic was posted ${when}: ${reason}. The next one comes as planned.`,
  });
}

/** A team that comes back has lost its wakes: what was planned is woken for again, as after a downtime. */
export async function wakeAgain(_: Extract<Fact, { kind: 'installed' }>, turn: Turn): Promise<void> {
  const { tx, team } = turn;
  for (const plan of await plansOf(tx, team.id))
    if (plan.state === 'active' && plan.next_run !== null) await turn.wake('due', plan.id, plan.next_run);
  for (const discussion of await openDiscussions(tx, team.id))
    await wakeFor(turn, discussion, await rhythmIn(turn, discussion.channel, discussion.zone));
  for (const discussion of await countedDiscussions(tx, team.id))
    if (discussion.state === 'closed') await turn.wake('over', discussion.id, endOf(discussion));
}
