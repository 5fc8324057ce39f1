/**
 * Carries the outbox to the platforms: the only place that retries. In one conversation one post at a time and in order; different
 * conversations go in parallel; a post whose fate is unknown is looked for before it is sent again.
 */
import { type Chat, DeliveryError } from '../chat/chat.ts';
import type { Instant, Ref } from '../chat/ids.ts';
import type { Delivery } from '../chat/outgoing.ts';
import { between, plus } from '../chat/world.ts';
import type { Row } from '../store/schema.ts';
import { findDue } from './claims.ts';
import { claim, giveBack } from './claims.ts';
import type { Core } from './core.ts';
import { backoff, decide, GIVE_UP_MS } from './decide.ts';
import { type Lanes, openLanes } from './lanes.ts';
import { replayStrays } from './replies.ts';
import { resolve } from './resolve.ts';
import { type Claim, endSent, endUnsent } from './settle.ts';
import { commit } from './turn.ts';

type OutboxRow = Row<'outbox'>;
/** Deliveries under way at once, over all conversations. */
const AT_ONCE = 32;

export interface Deliver {
  /** Start what is due; answers when to look again. */
  drain(): Promise<Instant | undefined>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

interface Scope {
  readonly core: Core;
  readonly lanes: Lanes;
}

export function openDeliver(core: Core): Deliver {
  const scope: Scope = { core, lanes: openLanes() };
  const underway = new Map<string, Promise<void>>();

  const start = (row: OutboxRow, delivery: Delivery): void => {
    const done = carry(scope, row, delivery)
      .catch((error: unknown) => core.log.error('a delivery was interrupted', { name: row.name, error }))
      .finally(() => {
        underway.delete(row.id);
        core.jobs.committed('outbox', core.world.now());
      });
    underway.set(row.id, done);
  };

  async function drain(): Promise<Instant | undefined> {
    const now = core.world.now();
    const { rows, next } = await findDue(core, now, [...underway.keys()], AT_ONCE * 2);
    let later: Instant | undefined = next;
    for (const row of rows) {
      if (underway.size >= AT_ONCE) return later;
      const ready = await prepare(scope, row, now);
      if (typeof ready === 'string') later = later === undefined || ready < later ? ready : later;
      else if (ready) start(row, ready);
    }
    return later;
  }

  return {
    drain,
    async idle() {
      while (underway.size > 0) await Promise.all(underway.values());
    },
  };
}

/** The delivery to start now, the instant to come back at, or undefined when the row needs nothing from us. */
async function prepare({ core, lanes }: Scope, row: OutboxRow, now: Instant): Promise<Delivery | Instant | undefined> {
  const chat = core.chats.get(row.platform);
  if (!chat) return undefined;
  const delivery = await core.store.read((tx) => resolve(tx, row));
  if (!delivery) return undefined;
  const used = [...chat.lanes(delivery), teamLane(row)];
  const free = lanes.freeAt(used, now);
  if (free > now) return free;
  lanes.take(used, now);
  return delivery;
}

/** A lane without a rate: it only lets the platform hold back a whole team. */
const teamLane = (row: OutboxRow) => ({ key: `team ${row.team}`, limit: Number.MAX_SAFE_INTEGER, perMs: 0 });

async function carry(scope: Scope, before: OutboxRow, delivery: Delivery): Promise<void> {
  const { core } = scope;
  const chat = core.chats.get(before.platform);
  if (!chat) return;
  const step = decide(before, core.world.now(), chat);
  const mine = await claim(core, before, chat, step);
  if (!mine) return;
  await core.world.point('claimed');
  if (step.do === 'wait') return giveBack(core, mine, { due: step.until });
  if (step.do === 'end') return finish(core, mine, before, step);
  if (step.do === 'look') return look(core, chat, { mine, before, delivery, since: step.since });
  await send(scope, chat, { mine, before, delivery });
}

interface Held {
  readonly mine: Claim & { readonly until: Instant; readonly tries: number };
  readonly before: OutboxRow;
  readonly delivery: Delivery;
}

async function send(scope: Scope, chat: Chat, held: Held): Promise<void> {
  const { core } = scope;
  if (between(core.world.now(), held.mine.until) < chat.timeoutMs) {
    return giveBack(core, held.mine, { due: core.world.now(), maybe_since: held.before.maybe_since });
  }
  let ref: Ref;
  try {
    ref = await chat.deliver(held.delivery);
  } catch (error) {
    return failed(scope, chat, held, error);
  }
  await core.world.point('posted');
  await sent(core, held, ref);
}

async function sent(core: Core, { mine, before }: Held, ref: Ref): Promise<void> {
  await commit(core, (tx, nudges) => endSent(core, { tx, nudges, claim: mine, row: before }, ref));
  await core.world.point('marked');
  await replayStrays(core);
}

const finish = async (
  core: Core,
  mine: Claim,
  row: OutboxRow,
  why: { readonly end: 'expired' | 'dead'; readonly reason: string },
): Promise<void> => {
  await commit(core, (tx, nudges) => endUnsent(core, { tx, nudges, claim: mine, row }, why));
};

async function look(core: Core, chat: Chat, held: Held & { readonly since: Instant }): Promise<void> {
  const now = core.world.now();
  const found = await chat.find(held.delivery, held.since).catch((error: unknown) => {
    core.log.warn('could not look for a post', { name: held.before.name, error });
    return { kind: 'cannot tell' } as const;
  });
  if (found.kind === 'found') return sent(core, held, found.ref);
  if (found.kind === 'absent') return giveBack(core, held.mine, { due: now, maybe_since: null });
  if (between(held.before.created, now) > GIVE_UP_MS) {
    return finish(core, held.mine, held.before, {
      end: 'dead',
      reason: 'nobody could tell for a day whether it arrived',
    });
  }
  await giveBack(core, held.mine, { due: plus(now, backoff(held.mine.tries, core.world.roll())) });
}

/** `none` and never: dead. `none`: the doubt of this try is gone, an older one stays. Anything else: it may be there. */
async function failed({ core, lanes }: Scope, chat: Chat, held: Held, error: unknown): Promise<void> {
  const { mine, before, delivery } = held;
  const known = error instanceof DeliveryError ? error : undefined;
  core.log.warn('a delivery failed', { name: before.name, team: before.team, tries: mine.tries, error });
  if (known?.effect === 'none' && known.retry === 'never') {
    return finish(core, mine, before, { end: 'dead', reason: known.message });
  }
  const asked = known && known.retry !== 'never' ? known.retry.afterMs : 0;
  const wait = known?.effect === 'none' && asked > 0 ? asked : Math.max(asked, backoff(mine.tries, core.world.roll()));
  const due = plus(core.world.now(), wait);
  if (known?.scope === 'lane')
    lanes.hold(
      chat.lanes(delivery).map(({ key }) => key),
      due,
    );
  if (known?.scope === 'team') lanes.hold([teamLane(before).key], due);
  await giveBack(core, mine, { due, ...(known?.effect === 'none' ? { maybe_since: before.maybe_since } : {}) });
}
