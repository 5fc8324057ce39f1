/** Who reviews what, what they said, how people rated themselves, and what was told to whom. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('review_windows')
    .addColumn('round', 'text', (c) => c.primaryKey().references('rounds.id'))
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('opens', 'text', (c) => c.notNull())
    .addColumn('closes', 'text', (c) => c.notNull())
    .addColumn('reviewers', 'integer', (c) => c.notNull())
    .addColumn('give_first', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('reviews')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('round', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('reviewer', 'text')
    .addColumn('letter', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('assigned', 'text', (c) => c.notNull())
    .addColumn('done', 'text')
    .addColumn('late', 'integer', (c) => c.notNull())
    .addColumn('nudged', 'integer', (c) => c.notNull())
    .addColumn('scores', 'text')
    .addColumn('keep', 'text')
    .addColumn('change', 'text')
    .addColumn('signed', 'text')
    .addUniqueConstraint('one_review_a_pair', ['answer', 'reviewer'])
    .execute();
  await db.schema.createIndex('reviews_by_reviewer').on('reviews').columns(['team', 'reviewer', 'state']).execute();
  await db.schema.createIndex('reviews_by_round').on('reviews').columns(['round']).execute();
  await db.schema
    .createTable('self_ratings')
    .addColumn('answer', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('scores', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('results')
    .addColumn('answer', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('published', 'text', (c) => c.notNull())
    .addColumn('ratings', 'integer', (c) => c.notNull())
    .addColumn('edited', 'integer', (c) => c.notNull())
    .addColumn('next_time', 'text')
    .addColumn('skill', 'text', (c) => c.notNull())
    .addColumn('shown', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('results_by_person').on('results').columns(['team', 'person']).execute();
}
