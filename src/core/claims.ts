/** Who holds an outbox row: a lease with a token that is checked on every write. */
import type { Chat } from '../chat/chat.ts';
import type { Instant } from '../chat/ids.ts';
import { plus } from '../chat/world.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from './core.ts';
import type { Step } from './decide.ts';
import type { Claim } from './settle.ts';
import { commit } from './turn.ts';

type OutboxRow = Row<'outbox'>;
/** A lease outlives the platform's own timeout by this much, in ms. */
const LEASE_MARGIN_MS = 30_000;

export interface Wish {
  readonly seen: OutboxRow;
  readonly chat: Chat;
  readonly step: Step;
}
export type Lease = Claim & { readonly until: Instant; readonly tries: number };

/** Takes each of these rows that is still as it was seen, all in one transaction; undefined for the others. */
export const claim = (core: Core, wishes: readonly Wish[]): Promise<(Lease | undefined)[]> =>
  commit(core, async (tx) => {
    const held: (Lease | undefined)[] = [];
    for (const wish of wishes) held.push(await take(core, tx, wish));
    return held;
  });

/** Sending stamps the doubt now, before the request can leave. */
async function take(core: Core, tx: Tx, { seen, chat, step }: Wish): Promise<Lease | undefined> {
  const now = core.world.now();
  const token = core.world.newId();
  const until = plus(now, chat.timeoutMs + LEASE_MARGIN_MS);
  const isTry = step.do === 'send';
  const taken = await tx
    .updateTable('outbox')
    .set((e) => ({
      state: 'sending',
      lease_until: until,
      lease_token: token,
      tries: isTry ? e('tries', '+', 1) : e.ref('tries'),
      maybe_since: isTry ? e.fn.coalesce('maybe_since', e.val(now)) : e.ref('maybe_since'),
      last_try: isTry ? now : e.ref('last_try'),
    }))
    .where('id', '=', seen.id)
    .where('state', '=', seen.state)
    .where('tries', '=', seen.tries)
    // Words that came since it was read would be lost: they go into a row that waits, and end with it.
    .where('body', '=', seen.body)
    .where((e) => (seen.lease_token === null ? e('lease_token', 'is', null) : e('lease_token', '=', seen.lease_token)))
    .returning('tries')
    .executeTakeFirst();
  return taken && { id: seen.id, token, until, tries: taken.tries };
}

/** Back into the queue. Writes nothing when the lease was lost meanwhile. */
export async function giveBack(
  core: Core,
  claim: Claim,
  set: { readonly due: Instant; readonly maybe_since?: Instant | null },
): Promise<void> {
  await commit(core, (tx) =>
    tx
      .updateTable('outbox')
      .set({ ...set, state: 'ready', lease_until: null, lease_token: null })
      .where('id', '=', claim.id)
      .where('lease_token', '=', claim.token)
      .where('state', '=', 'sending')
      .execute(),
  );
}

/** A process that owns its database finds only its own dead leases at the start: they end now. Their doubt stays. */
export async function endDeadLeases(core: Core): Promise<void> {
  if (core.store.kind !== 'sqlite') return;
  await core.store.write((tx) =>
    tx.updateTable('outbox').set({ lease_until: core.world.now() }).where('state', '=', 'sending').execute(),
  );
}
