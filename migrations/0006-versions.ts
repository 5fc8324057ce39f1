/** What people wrote is known by the post it stands under, so that a whole reread tells what was deleted meanwhile. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('versions').addColumn('under', 'text').execute();
  await db.schema.alterTable('versions').addColumn('person', 'text').execute();
  await db.schema.createIndex('versions_by_post').on('versions').columns(['team', 'under']).execute();
}
