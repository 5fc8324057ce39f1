/** What people do on purpose: commands, clicks, shortcuts and forms, each answered to its person. */
import type { Choose, Press } from '../../../src/chat/incoming.ts';
import { plus } from '../../../src/chat/world.ts';
import { type Ack, answerAct, PATIENCE_MS } from '../answer/act.ts';
import { answerForm } from '../answer/form.ts';
import { openReplyUrl } from '../answer/reply-url.ts';
import type { Asker } from '../answer/tell.ts';
import { readClicks, readForm, readShortcut, spotOf } from '../incoming/act.ts';
import { readCommand } from '../incoming/command.ts';
import { type Origin, packOrigin, readOrigin } from '../incoming/place.ts';
import { type Body, dig, longTextOf, mentionedIn, recordOf, textOf, type Unsigned } from '../incoming/read.ts';
import type { Tenant } from '../ports.ts';
import { refreshHome } from './home.ts';
import { dropped, hand, namesOf, type Stage, tenantFor } from './stage.ts';

export interface Arrived {
  readonly body: Body;
  readonly context: Body;
  readonly ack: Ack;
}

export async function onCommand(stage: Stage, { body, context, ack }: Arrived): Promise<void> {
  const now = stage.world.now();
  const tenant = await tenantFor(stage, context);
  const read = tenant && readCommand(stage.surface, body, { team: tenant.team, now });
  const asker = tenant && read && askerOf(stage, tenant, read, body);
  if (!tenant || !read || !asker) return drop(stage, 'command', { context, ack });
  const turn = hand(stage, tenant, read);
  await answerAct(stage, { asker, turn, ack, until: plus(now, PATIENCE_MS), carries: true });
}

export async function onClick(stage: Stage, { body, context, ack }: Arrived): Promise<void> {
  const now = stage.world.now();
  const tenant = await tenantFor(stage, context);
  const clicks = tenant ? readClicks(body, { team: tenant.team, now }) : [];
  const [first] = clicks;
  if (!tenant || !first) return drop(stage, 'click', { context, ack });
  const shared = ackOnce(ack, clicks.length);
  const answers = await Promise.all(
    clicks.map(async (click) => {
      const asker = askerOf(stage, tenant, click, body);
      const turn = hand<Press | Choose>(stage, tenant, click as Unsigned<Press>);
      return answerAct(stage, { asker, turn, ack: shared, until: plus(now, PATIENCE_MS) });
    }),
  );
  const isDone = answers.some(({ kind }) => kind !== 'ask');
  if (isDone && originOf(body, first).home) await refreshHome(stage, tenant, first.by);
}

export async function onShortcut(stage: Stage, { body, context, ack }: Arrived): Promise<void> {
  const now = stage.world.now();
  const tenant = await tenantFor(stage, context);
  const facts = tenant && { team: tenant.team, now };
  const read = facts && readShortcut(body, { ...facts, nameOf: () => undefined });
  if (!tenant || !read) return drop(stage, 'shortcut', { context, ack });
  const turn = (async () => {
    const mentioned = mentionedIn(longTextOf(dig(body, 'message', 'text')) ?? '');
    const nameOf = await namesOf(stage, tenant, mentioned);
    return hand(stage, tenant, readShortcut(body, { ...facts, nameOf }) ?? read);
  })();
  const asker = askerOf(stage, tenant, read, body);
  await answerAct(stage, { asker, turn, ack, until: plus(now, PATIENCE_MS) });
}

export async function onForm(stage: Stage, { body, context, ack }: Arrived): Promise<void> {
  const now = stage.world.now();
  const tenant = await tenantFor(stage, context);
  const read = tenant && readForm(body, { team: tenant.team, now });
  const view = recordOf(body['view']);
  if (!tenant || !read || !view) return drop(stage, 'form', { context, ack });
  const turn = hand(stage, tenant, read);
  await answerForm(stage, { tenant, turn, ack, until: plus(now, PATIENCE_MS), view });
  if (originOf(body, read).home) await refreshHome(stage, tenant, read.by);
}

/** Slack is content with an empty answer, and nobody waits for one. */
async function drop(stage: Stage, what: string, { context, ack }: Omit<Arrived, 'body'>): Promise<void> {
  dropped(stage, what, context);
  await ack();
}

/** Acknowledges when the last of `count` is ready to. */
function ackOnce(ack: Ack, count: number): Ack {
  let left = count;
  return async () => {
    left -= 1;
    if (left === 0) await ack();
  };
}

type Read = Pick<Unsigned, 'by'> & { readonly event: Pick<Unsigned['event'], 'place'> };

/** A modal tells itself where it was opened; everything else happens where it is seen. */
function originOf(body: Body, { event, by }: Read): Origin {
  const type = dig(body, 'view', 'type');
  if (type === 'home') return { place: event.place, home: true };
  return { place: event.place, home: readOrigin(dig(body, 'view', 'private_metadata'), by).home };
}

function askerOf(stage: Stage, tenant: Tenant, read: Read, body: Body): Asker {
  const trigger = textOf(body['trigger_id']) ?? '';
  const common = { tenant, person: read.by, trigger, metadata: packOrigin(originOf(body, read)) };
  const view = textOf(dig(body, 'view', 'id'));
  if (view !== undefined && dig(body, 'view', 'type') !== 'home') return { ...common, on: { kind: 'modal', view } };
  const channel = textOf(body['channel_id']);
  const spot = spotOf(channel === undefined ? body : { channel: { id: channel } });
  if (!spot) return { ...common, on: { kind: 'home' } };
  const replyUrl = openReplyUrl(stage, body['response_url'], stage.world.now());
  return { ...common, on: { kind: 'chat', spot, replyUrl } };
}
