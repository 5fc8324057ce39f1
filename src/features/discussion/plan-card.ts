/** The card of a plan in its channel: posting it, keeping it true, and what follows when it is there or is not. */
import type { Name } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import { cut } from '../../chat/text.ts';
import type { Settled, Turn } from '../../core/feature.ts';
import { localTime } from '../../schedule/zone.ts';
import { lastSent } from '../../store/posts.ts';
import { tellKeeper } from './keeper.ts';
import { planNext, replanOne, runsOf } from './plan.ts';
import { changePlan, findPlan, type Plan, savePlan } from './plan-queries.ts';
import { planCard, type Planned, replacedPlanCard } from './plan-views.ts';
import { named } from './rules.ts';

const RUNS = 3;

export async function plannedOf(turn: Turn, plan: Plan): Promise<Planned> {
  return {
    plan,
    runs: await runsOf(turn, plan, RUNS),
    today: localTime(turn.now, plan.zone).date,
    keepDays: turn.team.retention_days,
    root: turn.words.practice,
  };
}

const planPost = (plan: string, version: string): Name => `discussion:plan:${plan}:${version}`;

/** Save it and post its card in place of an older one; a new plan starts when the card is there. */
export async function announce(turn: Turn, plan: Plan): Promise<void> {
  await savePlan(turn.tx, plan);
  await planNext(turn, plan);
  await editCard(turn, plan, replacedPlanCard);
  const planned = await plannedOf(turn, plan);
  // Whoever reads the card in the channel reads it of a plan that has started.
  const started: Planned = plan.state === 'new' ? { ...planned, plan: { ...plan, state: 'active' } } : planned;
  await turn.send({
    kind: 'post',
    name: planPost(plan.id, turn.newId()),
    to: { in: 'channel', channel: plan.channel },
    message: planCard(started),
  });
}

/** Plan anew, and let the card in the channel follow. */
export async function afterChange(turn: Turn, plan: Plan): Promise<void> {
  await savePlan(turn.tx, plan);
  await replanOne(turn, plan);
  await editCard(turn, plan, planCard(await plannedOf(turn, plan)));
}

async function editCard(turn: Turn, plan: Plan, message: Message): Promise<void> {
  const card = await lastSent(turn.tx, turn.team.id, `discussion:plan:${plan.id}:`);
  if (card) await turn.send({ kind: 'edit', name: card, message });
}

export async function planSettled(post: Settled, turn: Turn): Promise<void> {
  const id = named(post.name)?.id ?? '';
  const plan = await findPlan(turn.tx, turn.team.id, id);
  if (!plan || plan.state === 'stopped') return;
  if (post.end !== 'sent') return sayItFailed(turn, plan, post);
  if (plan.state !== 'new') return;
  const active: Plan = { ...plan, state: 'active', failed_days: 0 };
  await changePlan(turn.tx, plan, { state: 'active', failed_days: 0 });
  await planNext(turn, active);
}

async function sayItFailed(turn: Turn, plan: Plan, post: Settled): Promise<void> {
  const why = cut(post.reason ?? 'no reason was given', 200);
  await tellKeeper(turn, plan, `unplanned-${turn.newId()}`, {
    title: 'The discussions have not started',
    what: `I could not post in the channel you chose: ${why}. Add me to it, then press Settings and post the card again; or choose another channel there.`,
  });
}
