/** The Home tab: shown when somebody opens it, and again after they did something there. */
import type { PersonId } from '../../../src/chat/ids.ts';
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { instant, msOf, plus } from '../../../src/chat/world.ts';
import { PATIENCE_MS } from '../answer/act.ts';
import { withinTime } from '../answer/in-time.ts';
import { reasonOf } from '../answer/reason.ts';
import { type Body, personOf } from '../incoming/read.ts';
import type { Tenant } from '../ports.ts';
import { renderHome } from '../render/index.ts';
import { dropped, hand, type Stage } from './stage.ts';

/** Rejects when the core did; what Slack makes of the view only shows in the log. */
export async function onHome(
  stage: Stage,
  tenant: Tenant,
  { event, eventId, context }: { readonly event: Body; readonly eventId: string; readonly context: Body },
): Promise<void> {
  if (event['tab'] !== 'home') return;
  const until = plus(stage.world.now(), PATIENCE_MS);
  const by = personOf(event['user']);
  if (by === undefined) return dropped(stage, 'home', context);
  const answer = await look(stage, tenant, by, `slack:${eventId}`);
  // The event counts as taken whether the view is there yet or not.
  await withinTime(stage.world, publish(stage, tenant, by, answer), until);
}

/** Never rejects: what was done stands, and the tab is as it was at worst. */
export async function refreshHome(stage: Stage, tenant: Tenant, by: PersonId): Promise<void> {
  try {
    const answer = await look(stage, tenant, by, `slack:${tenant.team}:home:${stage.world.newId()}`);
    await publish(stage, tenant, by, answer);
  } catch (error) {
    stage.log.warn('a Home tab could not be brought up to date', { team: tenant.team, error });
  }
}

function look(stage: Stage, tenant: Tenant, by: PersonId, id: string): Promise<AnswerTo['home']> {
  const at = instant(msOf(stage.world.now()));
  return hand<Extract<Parameters<Stage['onEvent']>[0], { kind: 'home' }>>(stage, tenant, {
    by,
    event: { kind: 'home', id, team: tenant.team, at, place: { in: 'dm', person: by } },
  });
}

async function publish({ log }: Stage, tenant: Tenant, by: PersonId, answer: AnswerTo['home']): Promise<void> {
  // A workspace that is no longer ours answers with nothing to show.
  if (answer.kind !== 'show') return;
  try {
    await tenant.client.views.publish({ user_id: by, view: renderHome(answer.message) });
  } catch (error) {
    log.warn('a Home tab could not be shown', { team: tenant.team, why: reasonOf(error) });
  }
}
