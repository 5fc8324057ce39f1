/**
 * Carries the outbox to the platforms: the only place that retries. In one conversation one post at a time and in order; different
 * conversations go in parallel; a post whose fate is unknown is looked for before it is sent again.
 */
import { type Chat, DeliveryError } from '../chat/chat.ts';
import type { Instant, Ref } from '../chat/ids.ts';
import type { Delivery } from '../chat/outgoing.ts';
import { between, plus } from '../chat/world.ts';
import type { Row } from '../store/schema.ts';
import { StoreError } from '../store/store.ts';
import { claim, giveBack, type Lease } from './claims.ts';
import type { Core } from './core.ts';
import { backoff, decide, GIVE_UP_MS, lookAgain, type Step } from './decide.ts';
import { openLanes, type Taken } from './lanes.ts';
import { replayStrays } from './replies.ts';
import { type Claim, endSent, endUnsent, type Unsent } from './settle.ts';
import { lanesOf, type Ready, survey, type Surveyed, teamLane } from './survey.ts';
import { commit } from './turn.ts';

type OutboxRow = Row<'outbox'>;
/** Deliveries under way at once, over all conversations. */
const AT_ONCE = 32;

export interface Deliver {
  /** Start what is due; answers when to look again. */
  drain(): Promise<Instant | undefined>;
  /** When something can go; now, when something can go now. */
  next(): Promise<Instant | undefined>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

interface Scope extends Surveyed {
  readonly underway: Map<string, Promise<void>>;
}

export function openDeliver(core: Core): Deliver {
  const underway = new Map<string, Promise<void>>();
  const scope: Scope = { core, lanes: openLanes(), shared: new Map(), underway };
  const ids = (): ReadonlySet<string> => new Set(underway.keys());

  return {
    async drain() {
      const going: Going[] = [];
      const hasRoom = (): boolean => underway.size + going.length < AT_ONCE;
      const later = await survey(scope, ids(), (ready) => {
        if (hasRoom()) going.push(begin(scope, ready));
        return hasRoom();
      });
      if (going.length > 0) setOut(scope, going);
      return later;
    },
    async next() {
      let now: Instant | undefined;
      const later = await survey(scope, ids(), () => {
        now = core.world.now();
        return false;
      });
      return now ?? later;
    },
    async idle() {
      while (underway.size > 0) await Promise.all(underway.values());
    },
  };
}

/** One that goes now: its lanes are taken, and what is to be done with it is decided. */
interface Going extends Ready {
  readonly taken: Taken;
  readonly step: Step;
}

function begin({ core, lanes }: Scope, ready: Ready): Going {
  const now = core.world.now();
  const step = ready.delivery === 'orphan' ? ORPHANED : decide(ready.row, now, ready.chat);
  return { ...ready, step, taken: lanes.take(lanesOf(ready), now) };
}

/** All of them are claimed together; then each goes its own way. */
function setOut(scope: Scope, all: readonly Going[]): void {
  const { core, underway } = scope;
  const claims = claimAll(core, all);
  all.forEach((going, nth) => {
    const done = carry(scope, going, async () => (await claims)[nth])
      .catch((error: unknown) => core.log.error('a delivery was interrupted', { name: going.row.name, error }))
      .finally(() => {
        underway.delete(going.row.id);
        core.jobs.committed('outbox', core.world.now());
      });
    underway.set(going.row.id, done);
  });
}

const claimAll = (core: Core, going: readonly Going[]): ReturnType<typeof claim> =>
  claim(
    core,
    going.map(({ row, chat, step }) => ({ seen: row, chat, step })),
  );

async function carry(scope: Scope, going: Going, claimed: () => Promise<Lease | undefined>): Promise<void> {
  const { core } = scope;
  const { row: before, chat, delivery, step } = going;
  const mine = await claimed();
  if (!mine) return;
  await core.world.point('claimed');
  if (step.do === 'wait') return giveBack(core, mine, { due: step.until });
  if (step.do === 'end' || delivery === 'orphan')
    return finish(core, mine, before, step.do === 'end' ? step : ORPHANED);
  if (step.do === 'look') return look(core, chat, { mine, before, delivery, since: step.since });
  going.taken.leave(core.world.now());
  await send(scope, chat, { mine, before, delivery });
}

const ORPHANED = { do: 'end', end: 'dead', reason: 'the post it belongs to was never sent' } as const;

interface Held {
  readonly mine: Lease;
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
  await conclude(core, before, (isQuiet) =>
    commit(core, (tx, nudges) => endSent(core, { tx, nudges, claim: mine, row: before, isQuiet }, ref)),
  );
  await core.world.point('marked');
  await replayStrays(core);
}

const finish = async (core: Core, mine: Claim, row: OutboxRow, why: Unsent): Promise<void> => {
  await conclude(core, row, (isQuiet) =>
    commit(core, (tx, nudges) => endUnsent(core, { tx, nudges, claim: mine, row, isQuiet }, why)),
  );
};

/** The feature hears of an end in the transaction that ends it. One that fails at that for a day no longer keeps the row alive. */
async function conclude(core: Core, row: OutboxRow, end: (isQuiet: boolean) => Promise<unknown>): Promise<void> {
  try {
    await end(false);
  } catch (error) {
    if (error instanceof StoreError || between(row.created, core.world.now()) <= GIVE_UP_MS) throw error;
    core.log.error('a feature could not be told how its post ended', { name: row.name, error });
    await end(true);
  }
}

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
  const sinceTry = between(held.before.last_try ?? held.before.created, now);
  await giveBack(core, held.mine, { due: plus(now, lookAgain(sinceTry, core.world.roll())) });
}

/** This try had no effect and none will; an earlier one, still in doubt, may have arrived all the same. */
async function refused(core: Core, chat: Chat, held: Held, reason: string): Promise<void> {
  const { mine, before, delivery } = held;
  const isHarmless = delivery.kind === 'edit' || delivery.kind === 'remove' || delivery.kind === 'thread';
  const doubt = isHarmless ? null : before.maybe_since;
  const found = doubt === null ? undefined : await chat.find(delivery, doubt).catch(() => undefined);
  if (found?.kind === 'found') return sent(core, held, found.ref);
  const isCertain = doubt === null || found?.kind === 'absent';
  await finish(core, mine, before, { end: 'dead', reason, ...(isCertain ? { isCertain } : {}) });
}

/** `none` and never: dead. `none`: the doubt of this try is gone, an older one stays. Anything else: it may be there. */
async function failed({ core, lanes }: Scope, chat: Chat, held: Held, error: unknown): Promise<void> {
  const { mine, before, delivery } = held;
  const known = error instanceof DeliveryError ? error : undefined;
  core.log.warn('a delivery failed', { name: before.name, team: before.team, tries: mine.tries, error });
  if (known?.effect === 'none' && known.retry === 'never') return refused(core, chat, held, known.message);
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
