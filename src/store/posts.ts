/** Our names for posts, and whether they are on the platform. */
import type { Name, Ref, TeamId } from '../chat/ids.ts';
import type { Tx } from './store.ts';

/** The name of the post that a platform knows as `ref`. */
export const nameAt = async (tx: Tx, team: TeamId, ref: Ref): Promise<Name | undefined> =>
  (await tx.selectFrom('posts').select('name').where('team', '=', team).where('ref', '=', ref).executeTakeFirst())
    ?.name;

/** Whether `ref` is the beginning of a room, not a post with a thread. */
export const isRoom = async (tx: Tx, team: TeamId, ref: Ref): Promise<boolean> => {
  const post = await tx
    .selectFrom('posts')
    .select(['name', 'conversation'])
    .where('team', '=', team)
    .where('ref', '=', ref)
    .executeTakeFirst();
  return post !== undefined && post.conversation === `room ${post.name}`;
};

/** The name sent last among those that begin so; undefined when none was. */
export const lastSent = async (tx: Tx, team: TeamId, prefix: string): Promise<Name | undefined> =>
  (
    await tx
      .selectFrom('posts')
      .select('name')
      .where('team', '=', team)
      .where((e) => e(e.fn<string>('substr', ['name', e.lit(1), e.lit(prefix.length)]), '=', prefix))
      .orderBy('sent', 'desc')
      .executeTakeFirst()
  )?.name;

/** Names of posts that begin so and are out or on their way. */
export const namedSo = async (tx: Tx, team: TeamId, prefix: string): Promise<Name[]> => {
  const rows = await tx
    .selectFrom('outbox')
    .select('name')
    .where('team', '=', team)
    .where('kind', '=', 'post')
    .where((e) => e(e.fn<string>('substr', ['key', e.lit(1), e.lit(prefix.length)]), '=', prefix))
    .orderBy('id')
    .execute();
  return rows.map(({ name }) => name);
};

/** Whether that name is out or on its way, or may be; not when the post is certain never to be. */
export const wasSent = async (tx: Tx, team: TeamId, name: Name): Promise<boolean> =>
  (await tx
    .selectFrom('outbox')
    .select('id')
    .where('team', '=', team)
    .where('key', '=', name)
    .where((e) => e.or([e('state', 'not in', ['dead', 'expired']), e('maybe_since', 'is not', null)]))
    .executeTakeFirst()) !== undefined;

/** Whether the platform has shown it: it was sent, and we know where. */
export const isOut = async (tx: Tx, team: TeamId, name: Name): Promise<boolean> =>
  (await tx.selectFrom('posts').select('ref').where('team', '=', team).where('name', '=', name).executeTakeFirst()) !==
  undefined;
