/** Which outbox rows may go now, and who holds one: a lease with a token that is checked on every write. */
import type { ExpressionBuilder } from 'kysely';
import type { Chat } from '../chat/chat.ts';
import type { Instant } from '../chat/ids.ts';
import { earliest, plus } from '../chat/world.ts';
import type { Row, Schema } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from './core.ts';
import type { Step } from './decide.ts';
import type { Claim } from './settle.ts';
import { LIVE } from './outbox.ts';
import { commit } from './turn.ts';

type OutboxRow = Row<'outbox'>;
/** A lease outlives the platform's own timeout by this much, in ms. */
const LEASE_MARGIN_MS = 30_000;

/** First in its conversation, and what it needs is linked, or can never be. */
function isHead(e: ExpressionBuilder<Schema, 'outbox'>) {
  return e.and([
    e.not(
      e.exists(
        e
          .selectFrom('outbox as earlier')
          .select('earlier.id')
          .whereRef('earlier.team', '=', 'outbox.team')
          .whereRef('earlier.conversation', '=', 'outbox.conversation')
          .where('earlier.state', 'in', LIVE)
          .whereRef('earlier.id', '<', 'outbox.id'),
      ),
    ),
    e.or([
      e('outbox.needs', 'is', null),
      e.exists(
        e
          .selectFrom('posts')
          .select('posts.ref')
          .whereRef('posts.team', '=', 'outbox.team')
          .whereRef('posts.name', '=', 'outbox.needs'),
      ),
      e.not(
        e.exists(
          e
            .selectFrom('outbox as root')
            .select('root.id')
            .whereRef('root.team', '=', 'outbox.team')
            .whereRef('root.key', '=', 'outbox.needs')
            .where('root.state', 'in', LIVE),
        ),
      ),
    ]),
  ]);
}

const heads = (tx: Tx, without: readonly string[]) =>
  tx
    .selectFrom('outbox')
    .where(isHead)
    .$if(without.length > 0, (q) => q.where('outbox.id', 'not in', without));

/** Rows to start apart from those in `without`, first posts before threads and edits, and when the next one falls due. */
export async function findDue(
  core: Core,
  now: Instant,
  without: readonly string[],
  limit: number,
): Promise<{ rows: OutboxRow[]; next: Instant | undefined }> {
  return core.store.read(async (tx) => {
    const rows = await heads(tx, without)
      .selectAll('outbox')
      .where((e) =>
        e.or([
          e.and([e('state', '=', 'ready'), e('due', '<=', now)]),
          e.and([e('state', '=', 'sending'), e('lease_until', '<=', now)]),
        ]),
      )
      .orderBy('rank')
      .orderBy('due')
      .orderBy('id')
      .limit(limit)
      .execute();
    return { rows, next: await nextHead(tx, now, without) };
  });
}

/** When the next row comes back, or a lease ends. */
async function nextHead(tx: Tx, now: Instant, without: readonly string[]): Promise<Instant | undefined> {
  const ready = await heads(tx, without)
    .select('due')
    .where('state', '=', 'ready')
    .where('due', '>', now)
    .orderBy('due')
    .limit(1)
    .executeTakeFirst();
  const leased = await heads(tx, without)
    .select('lease_until')
    .where('state', '=', 'sending')
    .where('lease_until', '>', now)
    .orderBy('lease_until')
    .limit(1)
    .executeTakeFirst();
  return earliest(ready?.due, leased?.lease_until ?? undefined);
}

/** Take the row if it is still as it was seen. Sending stamps the doubt now, before the request can leave. */
export async function claim(
  core: Core,
  seen: OutboxRow,
  chat: Chat,
  step: Step,
): Promise<(Claim & { until: Instant; tries: number }) | undefined> {
  const now = core.world.now();
  const token = core.world.newId();
  const until = plus(now, chat.timeoutMs + LEASE_MARGIN_MS);
  const isTry = step.do === 'send';
  const taken = await commit(core, (tx) =>
    tx
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
      .where((e) =>
        seen.lease_token === null ? e('lease_token', 'is', null) : e('lease_token', '=', seen.lease_token),
      )
      .returning('tries')
      .executeTakeFirst(),
  );
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
