/** What Slack tells of by itself: messages, the Home tab, people who changed, channels and installations that ended. */
import type { Instant } from '../../../src/chat/ids.ts';
import { plus } from '../../../src/chat/world.ts';
import { withinTime } from '../answer/in-time.ts';
import { codeOf } from '../failure.ts';
import { readChannelGone, readTeamGone } from '../incoming/gone.ts';
import { type MessageFacts, readMessage, textIn } from '../incoming/message.ts';
import { type Body, mentionedIn, recordOf, textOf } from '../incoming/read.ts';
import type { Tenant } from '../ports.ts';
import { ACCESS_ENDED } from '../reasons.ts';
import { onHome } from './home.ts';
import { dropped, hand, namesOf, type Stage, teamOf, tenantFor } from './stage.ts';

/** An event as Bolt hands it over. */
export interface Told {
  readonly event: unknown;
  readonly body: unknown;
  readonly context: Body;
}

interface Opened {
  readonly event: Body;
  readonly eventId: string;
  readonly eventTime: unknown;
  readonly context: Body;
  readonly now: Instant;
}

function open(stage: Stage, { event, body, context }: Told): Opened | undefined {
  const inner = recordOf(event);
  const envelope = recordOf(body);
  const eventId = textOf(envelope?.['event_id']);
  if (inner && eventId !== undefined)
    return { event: inner, eventId, eventTime: envelope?.['event_time'], context, now: stage.world.now() };
  dropped(stage, 'event', context);
  return undefined;
}

type Hear = (stage: Stage, tenant: Tenant, opened: Opened) => Promise<void>;

/** For events of workspaces we may act in. Rejects when nothing was committed: Slack then tells again. */
const inTenant =
  (hear: Hear) =>
  async (stage: Stage, told: Told): Promise<void> => {
    const opened = open(stage, told);
    const tenant = opened && (await tenantFor(stage, told.context));
    if (tenant) await hear(stage, tenant, opened);
  };

export const onMessage = inTenant(async (stage, tenant, { event, eventId, now }) => {
  const facts = { team: tenant.team, eventId, now, botUser: tenant.botUser, botId: tenant.botId };
  const nobody: MessageFacts = { ...facts, nameOf: () => undefined };
  const heard = readMessage(event, nobody);
  if (heard === undefined) return;
  if ('signed' in heard) return void (await stage.onEvent(heard.signed));
  // Names are only asked for once it is known that the message is for us.
  const mentioned = mentionedIn(textIn(event));
  const again =
    mentioned.length === 0 ? heard : readMessage(event, { ...facts, nameOf: await namesOf(stage, tenant, mentioned) });
  await hand(stage, tenant, again && 'unsigned' in again ? again.unsigned : heard.unsigned);
});

export const onHomeOpened = inTenant(onHome);

export const onChannelGone = inTenant(async (stage, tenant, opened) => {
  const removed = readChannelGone(opened.event, { ...opened, team: tenant.team, botUser: tenant.botUser });
  if (removed) await stage.onEvent(removed);
});

export const onUserChange = inTenant(async (stage, tenant, { event }) => {
  stage.people.learn(tenant.team, event['user']);
});

/** Tokens may die a moment after Slack says so. It tells a second time at once, and a third time a minute later. */
const CERTAIN = 2;

/** Rejects until it is certain and noted: Slack then tells again. */
export async function onTeamGone(stage: Stage, told: Told): Promise<void> {
  const opened = open(stage, told);
  const team = teamOf(told.context);
  const removed = opened && team && readTeamGone(opened.event, { ...opened, team });
  if (!removed) return;
  if (await stillOurs(stage, await stage.tenants.of(team))) {
    if (Number(told.context['retryNum'] ?? 0) < CERTAIN)
      throw new Error('a token that was said to be over still works');
    return stage.log.warn('an installation that was said to be over works; nothing is deleted', { team });
  }
  await stage.onEvent(removed);
  await stage.tenants.forget(team);
}

/** How long Slack may take to say so, in ms. */
const ASKING_MS = 2_000;

/** News of an end may come after a new beginning. Throws when that cannot be told. */
async function stillOurs({ world }: Stage, tenant: Tenant | undefined): Promise<boolean> {
  if (!tenant) return false;
  const asked = tenant.client.auth.test().then(
    () => true,
    (error: unknown) => {
      if (ACCESS_ENDED.has(codeOf(error) ?? '')) return false;
      throw error;
    },
  );
  const is = await withinTime(world, asked, plus(world.now(), ASKING_MS));
  if (is === undefined) throw new Error('Slack does not say whether our access there has ended');
  return is;
}
