/** Schedules, their rounds, and the answers people give. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await schedules(db);
  await rounds(db);
  await db.schema
    .createTable('answers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('round', 'text', (c) => c.notNull().references('rounds.id'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('ref', 'text')
    .addColumn('chosen', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('edited', 'text')
    .addColumn('late', 'integer', (c) => c.notNull())
    .addColumn('carried', 'integer', (c) => c.notNull().defaultTo(0))
    .addUniqueConstraint('one_answer_a_person', ['round', 'person'])
    .execute();
  await db.schema.createIndex('answers_by_person').on('answers').columns(['team', 'person']).execute();
  await db.schema.createIndex('answers_by_ref').on('answers').columns(['team', 'ref']).execute();
  await db.schema
    .createTable('begun')
    .addColumn('round', 'text', (c) => c.notNull())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('remind', 'integer', (c) => c.notNull())
    .addColumn('reminded', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('begun_pk', ['round', 'person'])
    .execute();
}

async function schedules(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('schedules')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull().references('teams.id'))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('creator', 'text', (c) => c.notNull())
    .addColumn('time', 'text', (c) => c.notNull())
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('weekdays', 'text', (c) => c.notNull())
    .addColumn('every_weeks', 'integer', (c) => c.notNull())
    .addColumn('anchor', 'text', (c) => c.notNull())
    .addColumn('levels', 'text', (c) => c.notNull())
    .addColumn('skills', 'text', (c) => c.notNull())
    .addColumn('packs', 'text', (c) => c.notNull())
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('after', 'text', (c) => c.notNull())
    .addColumn('window_days', 'integer', (c) => c.notNull())
    .addColumn('holidays', 'text', (c) => c.notNull())
    .addColumn('skip_dates', 'text', (c) => c.notNull())
    .addColumn('paused_until', 'text')
    .addColumn('reviewers', 'integer', (c) => c.notNull())
    .addColumn('give_first', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('failed_days', 'integer', (c) => c.notNull())
    .addColumn('next_run', 'text')
    .addColumn('next_date', 'text')
    .addColumn('created', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('schedules_by_team').on('schedules').column('team').execute();
  await db.schema.createIndex('schedules_next').on('schedules').column('next_run').execute();
}

async function rounds(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('rounds')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('schedule', 'text', (c) => c.notNull().references('schedules.id'))
    .addColumn('local_date', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('skill', 'text', (c) => c.notNull())
    .addColumn('facet', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('questions', 'text', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('after', 'text', (c) => c.notNull())
    .addColumn('reviewers', 'integer', (c) => c.notNull())
    .addColumn('give_first', 'integer', (c) => c.notNull())
    .addColumn('opened', 'text', (c) => c.notNull())
    .addColumn('closes', 'text', (c) => c.notNull())
    .addColumn('closed', 'text')
    .addColumn('erased', 'integer', (c) => c.notNull().defaultTo(0))
    .addUniqueConstraint('one_round_a_date', ['schedule', 'local_date'])
    .execute();
  await db.schema.createIndex('rounds_by_team').on('rounds').columns(['team', 'opened']).execute();
}
