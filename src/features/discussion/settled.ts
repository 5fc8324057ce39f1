/** What became of a post: it is there, it could not be posted, somebody deleted it, its channel is gone. */
import { cut } from '../../chat/text.ts';
import type { Fact, Settled, Turn } from '../../core/feature.ts';
import { closeDiscussion } from './close.ts';
import { tellKeeper } from './keeper.ts';
import { passOn, sendGuide } from './lead.ts';
import { planNext } from './plan.ts';
import { planSettled } from './plan-card.ts';
import { changePlan, findPlan, type Plan, plansIn } from './plan-queries.ts';
import { changeDiscussion, type Discussion, findDiscussion, openDiscussions } from './queries.ts';
import { FAILED_DAYS, named } from './rules.ts';
import { notPosted } from './views.ts';

export async function postSettled(post: Settled, turn: Turn): Promise<void> {
  const about = post.kind === 'post' ? named(post.name) : undefined;
  if (about?.what === 'plan') return planSettled(post, turn);
  if (about?.what !== 'card' && about?.what !== 'guide') return;
  const discussion = await findDiscussion(turn.tx, turn.team.id, about.id);
  if (!discussion) return;
  if (about.what === 'card') return cardSettled(post, discussion, turn);
  const isUnread = post.end !== 'sent' && discussion.state === 'open' && discussion.leads === about.n;
  // Whoever cannot be told that they lead does not lead.
  if (isUnread && discussion.lead !== null) await passOn(turn, discussion, discussion.lead);
}

async function cardSettled(post: Settled, discussion: Discussion, turn: Turn): Promise<void> {
  const plan = discussion.plan === null ? undefined : await findPlan(turn.tx, turn.team.id, discussion.plan);
  if (post.end === 'sent') {
    if (plan && plan.failed_days > 0) await changePlan(turn.tx, plan, { failed_days: 0 });
    return sendGuide(turn, discussion, true);
  }
  const reason = cut(post.reason ?? 'no reason was given', 200);
  await changeDiscussion(turn.tx, discussion, { state: 'missed', reason, closed: turn.now });
  for (const wake of ['nudge', 'ask', 'close']) await turn.unwake(wake, discussion.id);
  if (plan) return countFailure(turn, plan, discussion, reason);
  const person = discussion.starter;
  if (person === null) return;
  await turn.send({
    kind: 'post',
    name: `discussion:failed:${discussion.id}`,
    to: { in: 'dm', person },
    message: notPosted(discussion, reason),
  });
}

async function countFailure(turn: Turn, plan: Plan, discussion: Discussion, reason: string): Promise<void> {
  const failed = plan.failed_days + 1;
  const pauses = failed >= FAILED_DAYS && plan.state === 'active';
  const next: Plan = { ...plan, failed_days: failed, state: pauses ? 'paused' : plan.state };
  await changePlan(turn.tx, plan, { failed_days: next.failed_days, state: next.state });
  if (pauses) await planNext(turn, next);
  await tellKeeper(turn, plan, `failed-${discussion.local_date}`, {
    title: pauses ? 'The discussions are paused' : 'A topic could not be posted',
    what: pauses
      ? `${FAILED_DAYS} topics in a row could not be posted (${reason}), so they pause. Add me to the channel and press Settings, then Resume; or choose another channel there.`
      : `The topic of today could not be posted: ${reason}. Check that the channel exists and that I am in it; Settings lets you choose another. The next one comes as planned.`,
  });
}

/** Somebody deleted the card: the thread ends without another word, and a summary that was written stays a note. */
export async function postRemoved({ name }: Extract<Fact, { kind: 'post-removed' }>, turn: Turn): Promise<void> {
  const about = name.startsWith('discussion:') ? named(name) : undefined;
  const discussion = about?.what === 'card' ? await findDiscussion(turn.tx, turn.team.id, about.id) : undefined;
  if (discussion?.state === 'open') await endNow(turn, discussion, 'its post was deleted');
}

/** Discussions there end; plans wait for another channel, and who looks after them hears of it. */
export async function channelRemoved(
  { channel }: Extract<Fact, { kind: 'channel-removed' }>,
  turn: Turn,
): Promise<void> {
  for (const discussion of await openDiscussions(turn.tx, turn.team.id))
    if (discussion.channel === channel) await endNow(turn, discussion, 'its channel is gone');
  for (const plan of await plansIn(turn.tx, turn.team.id, channel)) {
    const waiting: Plan = { ...plan, state: 'new' };
    await changePlan(turn.tx, plan, { state: 'new' });
    await planNext(turn, waiting);
    await tellKeeper(turn, waiting, `gone-${turn.newId()}`, {
      title: 'The discussions have no channel',
      what: 'Their channel was deleted or archived, or I was removed from it, so they wait. Settings lets you choose another.',
    });
  }
}

async function endNow(turn: Turn, discussion: Discussion, reason: string): Promise<void> {
  await changeDiscussion(turn.tx, discussion, { reason });
  await closeDiscussion(turn, { ...discussion, reason });
}
