/** Rows of discussions and of what was written under them. Every query is bound to its team. */
import type { ChannelId, Instant, PersonId, Ref, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Discussion = Row<'discussions'>;

export const findDiscussion = (tx: Tx, team: TeamId, id: string): Promise<Discussion | undefined> =>
  tx.selectFrom('discussions').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

/** Record it, or return false because its plan has one on that date. */
export const startDiscussion = async (tx: Tx, discussion: Discussion): Promise<boolean> =>
  (await tx
    .insertInto('discussions')
    .values(discussion)
    .onConflict((c) => c.columns(['plan', 'local_date']).doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined;

export async function changeDiscussion(
  tx: Tx,
  { id, team }: Pick<Discussion, 'id' | 'team'>,
  set: Partial<Discussion>,
): Promise<void> {
  await tx.updateTable('discussions').set(set).where('team', '=', team).where('id', '=', id).execute();
}

export const openDiscussions = (tx: Tx, team: TeamId): Promise<Discussion[]> =>
  tx
    .selectFrom('discussions')
    .selectAll()
    .where('team', '=', team)
    .where('state', '=', 'open')
    .orderBy('opened')
    .orderBy('id')
    .execute();

/** Those whose replies are still counted one by one, the closed ones too. */
export const countedDiscussions = (tx: Tx, team: TeamId): Promise<Discussion[]> =>
  tx
    .selectFrom('discussions')
    .selectAll()
    .where('team', '=', team)
    .where('state', '!=', 'missed')
    .where((e) =>
      e.exists(
        e
          .selectFrom('discussion_replies')
          .select('ref')
          .whereRef('discussion_replies.discussion', '=', 'discussions.id'),
      ),
    )
    .execute();

/** What a plan made of a local date. */
export const discussionOn = (tx: Tx, team: TeamId, plan: string, date: string): Promise<Discussion | undefined> =>
  tx
    .selectFrom('discussions')
    .selectAll()
    .where('team', '=', team)
    .where('plan', '=', plan)
    .where('local_date', '=', date)
    .executeTakeFirst();

/** Which scenarios were discussed when and where, oldest first. */
export const discussedSoFar = (tx: Tx, team: TeamId): Promise<Pick<Discussion, 'scenario' | 'channel' | 'opened'>[]> =>
  tx
    .selectFrom('discussions')
    .select(['scenario', 'channel', 'opened'])
    .where('team', '=', team)
    .where('scenario', '!=', '')
    .where('state', '!=', 'missed')
    .orderBy('opened')
    .orderBy('id')
    .execute();

export const openIn = async (tx: Tx, team: TeamId, channel: ChannelId): Promise<Discussion | undefined> =>
  (await openDiscussions(tx, team)).findLast((one) => one.channel === channel && one.plan === null);

export async function noteReply(
  tx: Tx,
  reply: {
    readonly team: TeamId;
    readonly discussion: string;
    readonly ref: Ref;
    readonly person: PersonId;
    readonly at: Instant;
  },
): Promise<void> {
  await tx
    .insertInto('discussion_replies')
    .values(reply)
    .onConflict((c) => c.columns(['team', 'ref']).doNothing())
    .execute();
}

export async function dropReply(tx: Tx, team: TeamId, discussion: string, ref: Ref): Promise<void> {
  await tx
    .deleteFrom('discussion_replies')
    .where('team', '=', team)
    .where('discussion', '=', discussion)
    .where('ref', '=', ref)
    .execute();
}

export interface Counts {
  readonly people: number;
  readonly messages: number;
}

/** How many wrote how much under it; each person once. */
export async function countReplies(
  tx: Tx,
  { id, team, people, messages }: Pick<Discussion, 'id' | 'team' | 'people' | 'messages'>,
): Promise<Counts> {
  const rows = await tx
    .selectFrom('discussion_replies')
    .select((e) => ['person', e.fn.countAll<number>().as('n')])
    .where('team', '=', team)
    .where('discussion', '=', id)
    .groupBy('person')
    .execute();
  return { people: people + rows.length, messages: rows.reduce((sum, { n }) => sum + Number(n), messages) };
}

/** The numbers stay, who they are made of goes. */
export async function foldReplies(tx: Tx, discussion: Discussion): Promise<void> {
  await changeDiscussion(tx, discussion, await countReplies(tx, discussion));
  await tx
    .deleteFrom('discussion_replies')
    .where('team', '=', discussion.team)
    .where('discussion', '=', discussion.id)
    .execute();
}

/** The same for one person alone. */
export async function foldRepliesOf(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  for (const { discussion, messages } of await repliesBy(tx, team, person)) {
    await tx
      .updateTable('discussions')
      .set((e) => ({ people: e('people', '+', 1), messages: e('messages', '+', messages) }))
      .where('team', '=', team)
      .where('id', '=', discussion)
      .execute();
  }
  await tx.deleteFrom('discussion_replies').where('team', '=', team).where('person', '=', person).execute();
}

export async function repliesBy(
  tx: Tx,
  team: TeamId,
  person: PersonId,
): Promise<{ readonly discussion: string; readonly messages: number }[]> {
  const rows = await tx
    .selectFrom('discussion_replies')
    .select((e) => ['discussion', e.fn.countAll<number>().as('n')])
    .where('team', '=', team)
    .where('person', '=', person)
    .groupBy('discussion')
    .orderBy('discussion')
    .execute();
  return rows.map(({ discussion, n }) => ({ discussion, messages: Number(n) }));
}

/** Discussions that know this person: who led them, asked for them or wrote their summary. */
export const discussionsOf = (tx: Tx, team: TeamId, person: PersonId): Promise<Discussion[]> =>
  tx
    .selectFrom('discussions')
    .selectAll()
    .where('team', '=', team)
    .where((e) => e.or([e('lead', '=', person), e('starter', '=', person), e('summary_by', '=', person)]))
    .orderBy('opened')
    .orderBy('id')
    .execute();

/** Notes in which all of these words stand, newest first. Words as {@link Discussion.search} has them. */
export function notesWith(tx: Tx, team: TeamId, words: readonly string[]): Promise<Discussion[]> {
  const notes = tx
    .selectFrom('discussions')
    .selectAll()
    .where('team', '=', team)
    .where('state', '=', 'closed')
    .where('summary_at', 'is not', null);
  return words
    .reduce(
      (found, word) =>
        found.where((e) => e(e.fn<string>('replace', ['search', e.val(word), e.val('')]), '!=', e.ref('search'))),
      notes,
    )
    .orderBy('summary_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
