/** Mock interviews: who takes part, what is asked, what is said, and each rater's plain ratings. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await mocks(db);
  await people(db);
  await db.schema
    .createTable('mock_questions')
    .addColumn('mock', 'text', (c) => c.notNull().references('mocks.id'))
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('skill', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('probes', 'text', (c) => c.notNull())
    .addColumn('good', 'text', (c) => c.notNull())
    .addColumn('flags', 'text', (c) => c.notNull())
    .addColumn('asked', 'text')
    .addColumn('answered', 'text')
    .addColumn('skipped', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('mock_questions_pk', ['mock', 'n'])
    .execute();
  await db.schema
    .createTable('mock_words')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('mock', 'text', (c) => c.notNull().references('mocks.id'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('ref', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addUniqueConstraint('one_message_once', ['team', 'ref'])
    .execute();
  await db.schema.createIndex('mock_words_by_mock').on('mock_words').columns(['mock', 'n', 'part']).execute();
  await scores(db);
}

async function mocks(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('mocks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull().references('teams.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('candidate', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('skill', 'text')
    .addColumn('minutes', 'integer', (c) => c.notNull())
    .addColumn('seed', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('question', 'integer', (c) => c.notNull())
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('paused', 'integer', (c) => c.notNull())
    .addColumn('pauses', 'integer', (c) => c.notNull())
    .addColumn('left_ms', 'integer')
    .addColumn('nudge_at', 'text')
    .addColumn('replayed', 'integer', (c) => c.notNull())
    .addColumn('overall', 'integer')
    .addColumn('keep', 'text')
    .addColumn('keep_too', 'text')
    .addColumn('change', 'text')
    .addColumn('remarks', 'text', (c) => c.notNull())
    .addColumn('starts', 'text')
    .addColumn('swapped', 'text')
    .addColumn('next_at', 'text')
    .addColumn('created', 'text', (c) => c.notNull())
    .addColumn('begun', 'text')
    .addColumn('ended', 'text')
    .execute();
  await db.schema.createIndex('mocks_by_candidate').on('mocks').columns(['team', 'candidate']).execute();
}

async function people(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('mock_people')
    .addColumn('mock', 'text', (c) => c.notNull().references('mocks.id'))
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('consent', 'text', (c) => c.notNull())
    .addColumn('at', 'text')
    .addPrimaryKeyConstraint('mock_people_pk', ['mock', 'person'])
    .execute();
  await db.schema.createIndex('mock_people_by_person').on('mock_people').columns(['team', 'person']).execute();
  await db.schema
    .createTable('mock_seats')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('mock', 'text', (c) => c.notNull().references('mocks.id'))
    .addPrimaryKeyConstraint('one_live_mock_a_person', ['team', 'person'])
    .execute();
}

async function scores(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('mock_scores')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('mock', 'text', (c) => c.notNull().references('mocks.id'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('rater', 'text')
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('scores', 'text', (c) => c.notNull())
    .addColumn('evidence', 'text')
    .addColumn('keep', 'text')
    .addColumn('change', 'text')
    .addColumn('notes', 'text')
    .addColumn('steps', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addUniqueConstraint('one_score_a_rater', ['mock', 'n', 'rater', 'about'])
    .execute();
}
