/** Which outbox rows may go now, in the order they should: read in pages, each row with the ref of the post it hangs on. */
import type { ExpressionBuilder } from 'kysely';
import type { Instant, Platform, Ref } from '../chat/ids.ts';
import { earliest } from '../chat/world.ts';
import type { Row, Schema } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from './core.ts';
import { LIVE } from './outbox.ts';

/** `linked`: where the post it needs stands; null also when it never will. */
export type DueRow = Row<'outbox'> & { readonly linked: Ref | null };
type Spot = Pick<DueRow, 'rank' | 'due' | 'id'>;

export interface Wanted {
  readonly now: Instant;
  readonly platforms: readonly Platform[];
  /** Under way here: their leases end with them. */
  readonly mine: ReadonlySet<string>;
  /** Only rows behind this one. */
  readonly after?: Spot | undefined;
  readonly limit: number;
}

export interface Due {
  /** First posts before threads and edits. */
  readonly rows: readonly DueRow[];
  /** More rows are behind this one. */
  readonly last: Spot | undefined;
  readonly next: Instant | undefined;
}

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
      e.exists(linkOf(e)),
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

const linkOf = (e: ExpressionBuilder<Schema, 'outbox'>) =>
  e
    .selectFrom('posts')
    .select('posts.ref')
    .whereRef('posts.team', '=', 'outbox.team')
    .whereRef('posts.name', '=', 'outbox.needs');

const heads = (tx: Tx, platforms: readonly Platform[]) =>
  tx.selectFrom('outbox').where('platform', 'in', platforms).where(isHead);

/** Those that wait their turn, and those whose holder let its lease end; and with the first page when the next one comes back. */
export async function findDue(core: Core, wanted: Wanted): Promise<Due> {
  const { now, platforms, after, limit } = wanted;
  return core.store.read(async (tx) => {
    const some = heads(tx, platforms)
      .selectAll('outbox')
      .select((e) => linkOf(e).as('linked'))
      .where(isBehind(after))
      .orderBy('rank')
      .orderBy('due')
      .orderBy('id')
      .limit(limit);
    const ready = await some.where('state', '=', 'ready').where('due', '<=', now).execute();
    const left = await some.where('state', '=', 'sending').where('lease_until', '<=', now).execute();
    const found = left.length === 0 ? ready : [...ready, ...left].toSorted(byOrder).slice(0, limit);
    const last = found.length < limit ? undefined : found.at(-1);
    const mayOpen = !found.some(isThread) || !(await areWakesDue(tx, now));
    const rows = mayOpen ? found : found.filter((row) => !isThread(row));
    return { rows, last, next: after === undefined ? await nextDue(tx, wanted) : undefined };
  });
}

const isBehind = (spot: Spot | undefined) => (e: ExpressionBuilder<Schema, 'outbox'>) =>
  spot === undefined ? e.lit(true) : e(e.refTuple('rank', 'due', 'id'), '>', e.tuple(spot.rank, spot.due, spot.id));

const isThread = ({ kind }: DueRow): boolean => kind === 'thread';

/** Posts may still come of them, and all of a minute's posts go before its first thread. */
async function areWakesDue(tx: Tx, now: Instant): Promise<boolean> {
  const due = await tx.selectFrom('wakes').select('at').where('at', '<=', now).limit(1).executeTakeFirst();
  return due !== undefined;
}

const byOrder = (a: Spot, b: Spot): number =>
  a.rank - b.rank || (a.due < b.due ? -1 : a.due > b.due ? 1 : a.id < b.id ? -1 : 1);

/** When the next row comes back, or the lease of one that is not in `mine` ends. */
async function nextDue(tx: Tx, { now, platforms, mine }: Wanted): Promise<Instant | undefined> {
  const ready = await heads(tx, platforms)
    .select('due')
    .where('state', '=', 'ready')
    .where('due', '>', now)
    .orderBy('due')
    .limit(1)
    .executeTakeFirst();
  const leased = await heads(tx, platforms)
    .select(['id', 'lease_until'])
    .where('state', '=', 'sending')
    .where('lease_until', '>', now)
    .orderBy('lease_until')
    .limit(mine.size + 1)
    .execute();
  return earliest(ready?.due, leased.find(({ id }) => !mine.has(id))?.lease_until ?? undefined);
}
