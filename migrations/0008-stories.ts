/** Stories people keep to tell again, and the answers they told them in. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('stories')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('skills', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('edited', 'text')
    .addUniqueConstraint('one_story_a_source', ['team', 'person', 'source'])
    .execute();
  await db.schema
    .createTable('story_uses')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_story_an_answer', ['team', 'person', 'about'])
    .execute();
  await db.schema.createIndex('story_uses_by_story').on('story_uses').column('story').execute();
}
