/** At a minute with thousands of posts each look at the outbox reads its first rows, and does not sort them all. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('outbox_in_order').on('outbox').columns(['state', 'rank', 'due', 'id']).execute();
}
