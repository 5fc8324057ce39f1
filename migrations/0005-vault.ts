/** What may only rest sealed: the tokens of workspaces, and what must be remembered of an installation under way. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('vault')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('until', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
}
