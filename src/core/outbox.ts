/** Putting things into the outbox: names, order within a conversation, and edits that replace unsent ones. */
import type { Instant, Name, TeamId } from '../chat/ids.ts';
import { LIMITS, overLimits } from '../chat/limits.ts';
import type { Outgoing } from '../chat/outgoing.ts';
import { placeKey } from '../chat/place.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export interface Sending {
  readonly tx: Tx;
  readonly team: Row<'teams'>;
  readonly newId: () => string;
  /** The platform's threads are opened by a call of their own. */
  readonly opensThreads: boolean;
  readonly now: Instant;
  readonly expires?: Instant | undefined;
}

/** Rows that will still be tried. */
export const LIVE = ['ready', 'sending'] as const;

/** True when there is something new to carry. Throws RangeError for what no platform would take, so a view's own test fails. */
export async function putInOutbox(out: Outgoing, into: Sending): Promise<boolean> {
  checkLimits(out);
  switch (out.kind) {
    case 'post':
      return putPost(out, into);
    case 'file':
      return insert(out, into, { key: out.name, conversation: placeKey(out.to), needs: needsOf(out) });
    case 'room':
      return insert(out, into, { key: out.name, conversation: `room ${out.name}`, needs: null });
    case 'edit':
      return putEdit(out, into);
    case 'thread':
      return putThread(out, into);
    default:
      return putRemove(out, into);
  }
}

function checkLimits(out: Outgoing): void {
  if (out.name.length > LIMITS.name) throw new RangeError(`name over ${LIMITS.name} characters: ${out.name}`);
  const problems = out.kind === 'post' || out.kind === 'edit' ? overLimits(out.message) : [];
  if (problems.length > 0) throw new RangeError(`${out.name}: ${problems.join('; ')}`);
}

const needsOf = (out: Extract<Outgoing, { kind: 'post' | 'file' }>): Name | null =>
  out.to.in === 'thread' ? out.to.under : out.to.in === 'room' ? out.to.room : null;

async function insert(
  out: Outgoing,
  { tx, team, newId, now, expires }: Sending,
  row: { readonly key: string; readonly conversation: string; readonly needs: Name | null },
): Promise<boolean> {
  const rank = out.kind === 'post' && out.to.in === 'channel' ? 0 : 1;
  await freeName(tx, team.id, row.key);
  const inserted = await tx
    .insertInto('outbox')
    .values({
      ...row,
      id: newId(),
      rank,
      team: team.id,
      platform: team.platform,
      name: out.name,
      kind: out.kind,
      body: JSON.stringify(out),
      due: now,
      state: 'ready',
      lease_until: null,
      lease_token: null,
      tries: 0,
      maybe_since: null,
      last_try: null,
      expires_at: expires ?? null,
      reason: null,
      created: now,
      ended: null,
    })
    .onConflict((c) => c.columns(['team', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** A name whose post is certainly not on the platform, and never will be, may be sent again. */
async function freeName(tx: Tx, team: TeamId, key: string): Promise<void> {
  await tx
    .deleteFrom('outbox')
    .where('team', '=', team)
    .where('key', '=', key)
    .where('state', 'in', ['dead', 'expired'])
    .where('maybe_since', 'is', null)
    .execute();
}

/** The thread comes after it, on its own: at a minute with many posts, all of them go before the first thread. */
async function putPost(out: Extract<Outgoing, { kind: 'post' }>, into: Sending): Promise<boolean> {
  const isNew = await insert(out, into, { key: out.name, conversation: placeKey(out.to), needs: needsOf(out) });
  if (isNew && out.thread !== undefined && out.to.in === 'channel' && into.opensThreads)
    await putThread({ kind: 'thread', name: out.name, title: out.thread }, into);
  return isNew;
}

/** First of what is said in it. */
const putThread = (out: Extract<Outgoing, { kind: 'thread' }>, into: Sending): Promise<boolean> =>
  insert(out, into, {
    key: `thread:${out.name}`,
    conversation: placeKey({ in: 'thread', under: out.name }),
    needs: out.name,
  });

async function putEdit(out: Extract<Outgoing, { kind: 'edit' }>, into: Sending): Promise<boolean> {
  const post = await originOf(into, out.name);
  if (!post || post.state === 'dead' || post.state === 'expired') return false;
  if (post.state === 'ready' && post.tries === 0) {
    const merged = { ...(JSON.parse(post.body) as object), message: out.message };
    await into.tx
      .updateTable('outbox')
      .set({ body: JSON.stringify(merged) })
      .where('id', '=', post.id)
      .execute();
    return true;
  }
  const replaced = await into.tx
    .updateTable('outbox')
    .set({ body: JSON.stringify(out) })
    .where('team', '=', into.team.id)
    .where('name', '=', out.name)
    .where('kind', '=', 'edit')
    .where('state', '=', 'ready')
    .executeTakeFirst();
  if (Number(replaced.numUpdatedRows) > 0) return true;
  return insert(out, into, {
    key: `edit:${out.name}:${into.newId()}`,
    conversation: post.conversation,
    needs: out.name,
  });
}

async function putRemove(out: Extract<Outgoing, { kind: 'remove' }>, into: Sending): Promise<boolean> {
  const post = await originOf(into, out.name);
  if (!post || post.state === 'dead' || post.state === 'expired') return false;
  await into.tx
    .deleteFrom('outbox')
    .where('team', '=', into.team.id)
    .where('name', '=', out.name)
    .where('kind', '=', 'edit')
    .where('state', '=', 'ready')
    .execute();
  if (post.state === 'ready' && post.tries === 0) {
    await into.tx
      .updateTable('outbox')
      .set({ state: 'dead', reason: 'taken back before it was sent', body: '', ended: into.now })
      .where('id', '=', post.id)
      .execute();
    return false;
  }
  return insert(out, into, { key: `remove:${out.name}`, conversation: post.conversation, needs: out.name });
}

/** The row that posts (or posted) `name`. */
async function originOf({ tx, team }: Sending, name: Name): Promise<Row<'outbox'> | undefined> {
  const row = await tx
    .selectFrom('outbox')
    .selectAll()
    .where('team', '=', team.id)
    .where('key', '=', name)
    .executeTakeFirst();
  if (!row) throw new Error(`nothing was ever sent under the name ${name}`);
  return row;
}
