/** Where a platform names no team, a message tells it: by its ref, or as the last one in a person's DM. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('posts_by_ref').on('posts').column('ref').execute();
  await db.schema.createIndex('posts_by_conversation').on('posts').columns(['conversation', 'sent']).execute();
}
