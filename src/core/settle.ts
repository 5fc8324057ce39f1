/** How a delivery ends: sent and linked, expired, or dead; the feature that sent it hears of it in the same transaction. */
import type { Name, Ref, TeamId } from '../chat/ids.ts';
import type { Of } from '../chat/incoming.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Core, Nudges } from './core.ts';
import type { Settled } from './feature.ts';
import { LIVE } from './outbox.ts';
import { beginTurn } from './turn.ts';

type OutboxRow = Row<'outbox'>;

/** The row as its claimer took it. A claimer whose lease was lost holds a stale token and may write nothing. */
export interface Claim {
  readonly id: string;
  readonly token: string;
}

/** Only the holder of the claim writes; false when it was lost. The body is dropped: what was said stands on the platform. */
async function end(tx: Tx, claim: Claim, set: Partial<OutboxRow>): Promise<boolean> {
  const done = await tx
    .updateTable('outbox')
    .set({ ...set, body: '', lease_token: null, lease_until: null })
    .where('id', '=', claim.id)
    .where('lease_token', '=', claim.token)
    .where('state', '=', 'sending')
    .returning('id')
    .executeTakeFirst();
  return done !== undefined;
}

export interface Ending {
  readonly tx: Tx;
  readonly nudges: Nudges;
  readonly claim: Claim;
  readonly row: OutboxRow;
  /** Nobody is told. */
  readonly isQuiet?: boolean;
}

export async function endSent(core: Core, { tx, nudges, claim, row, isQuiet }: Ending, ref: Ref): Promise<boolean> {
  const now = core.world.now();
  if (!(await end(tx, claim, { state: 'sent', reason: null, ended: now }))) return false;
  await link(tx, row, ref, now);
  if (!isQuiet) await tellSettled(core, tx, nudges, row, { end: 'sent', ref });
  return true;
}

export interface Unsent {
  readonly end: 'expired' | 'dead';
  readonly reason: string;
  /** It is not on the platform, for certain: its name may be sent again. */
  readonly isCertain?: true;
}

/** Expired or dead; what hangs on this post can never go and is ended when its turn comes. */
export async function endUnsent(
  core: Core,
  { tx, nudges, claim, row, isQuiet }: Ending,
  why: Unsent,
): Promise<boolean> {
  const now = core.world.now();
  const doubt = why.isCertain ? { maybe_since: null } : {};
  if (!(await end(tx, claim, { state: why.end, reason: why.reason, ended: now, ...doubt }))) return false;
  core.log.warn(`a post ${why.end === 'expired' ? 'came too late to send' : 'could not be sent'}`, {
    team: row.team,
    name: row.name,
    kind: row.kind,
    reason: why.reason,
  });
  if (!isQuiet) await tellSettled(core, tx, nudges, row, why);
  return true;
}

async function link(tx: Tx, row: OutboxRow, ref: Ref, now: OutboxRow['created']): Promise<void> {
  if (row.kind === 'edit' || row.kind === 'remove' || row.kind === 'thread') return;
  await tx
    .insertInto('posts')
    .values({ team: row.team, name: row.name, ref, conversation: row.conversation, sent: now })
    .onConflict((c) => c.doNothing())
    .execute();
}

async function tellSettled(
  core: Core,
  tx: Tx,
  nudges: Nudges,
  row: OutboxRow,
  how: Pick<Settled, 'end' | 'reason' | 'ref'>,
): Promise<void> {
  // A thread is the platform's way of a post that they know of already.
  if (row.kind === 'thread') return;
  const feature = core.features.find(({ name }) => row.name.startsWith(`${name}:`));
  if (!feature?.settled) return;
  const begin = await beginTurn(core, tx, nudges, row.team);
  if (begin) await feature.settled({ name: row.name as Name, kind: row.kind, ...how }, begin(feature));
}

/** Our own post was seen coming back: whatever we believed about that delivery, it is there. */
export async function confirmEcho(core: Core, tx: Tx, nudges: Nudges, team: TeamId, echo: Of<'echo'>): Promise<void> {
  const row = await tx
    .updateTable('outbox')
    .set({ state: 'sent', reason: null, body: '', lease_token: null, lease_until: null, ended: core.world.now() })
    .where('team', '=', team)
    .where('key', '=', echo.name)
    .where('state', 'in', LIVE)
    .where('maybe_since', 'is not', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) return;
  await link(tx, row, echo.ref, core.world.now());
  await tellSettled(core, tx, nudges, row, { end: 'sent', ref: echo.ref });
}
