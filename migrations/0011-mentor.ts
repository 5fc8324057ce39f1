/** Who mentors whom: profiles, offers, requests, pairs, and what a pair has on its agenda. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('mentor_profiles')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('offers', 'text', (c) => c.notNull())
    .addColumn('wants', 'text', (c) => c.notNull())
    .addColumn('topics', 'text', (c) => c.notNull())
    .addColumn('hours', 'integer', (c) => c.notNull())
    .addColumn('capacity', 'integer', (c) => c.notNull())
    .addColumn('never', 'text', (c) => c.notNull())
    .addColumn('manager', 'text')
    .addColumn('buddies', 'integer', (c) => c.notNull())
    .addColumn('ready', 'integer', (c) => c.notNull())
    .addColumn('looking', 'integer', (c) => c.notNull())
    .addColumn('paused_until', 'text')
    .addColumn('near', 'text')
    .addColumn('created', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_mentor_profile_a_person', ['team', 'person'])
    .execute();
  await db.schema
    .createTable('mentor_offers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('mentee', 'text', (c) => c.notNull())
    .addColumn('mentor', 'text', (c) => c.notNull())
    .addColumn('reasons', 'text', (c) => c.notNull())
    .addColumn('rank', 'integer')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('made', 'text', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .addUniqueConstraint('one_mentor_offer_a_run', ['run', 'mentee', 'mentor'])
    .execute();
  await db.schema.createIndex('mentor_offers_by_state').on('mentor_offers').columns(['team', 'state']).execute();
  await db.schema
    .createTable('mentor_requests')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('mentee', 'text', (c) => c.notNull())
    .addColumn('mentor', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('asked', 'text', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('mentor_requests_by_state').on('mentor_requests').columns(['team', 'state']).execute();
  await addPairs(db);
}

async function addPairs(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('mentor_pairs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('started', 'text', (c) => c.notNull())
    .addColumn('ends', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('why', 'text')
    .addColumn('ended', 'text')
    .addColumn('near', 'text')
    .addColumn('rooms', 'integer', (c) => c.notNull())
    .addColumn('room', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('mentor_pairs_by_state').on('mentor_pairs').columns(['team', 'state']).execute();
  await db.schema
    .createTable('mentor_members')
    .addColumn('pair', 'text', (c) => c.notNull().references('mentor_pairs.id'))
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('met', 'text')
    .addColumn('closing', 'text')
    .addPrimaryKeyConstraint('one_membership_a_pair', ['pair', 'person'])
    .execute();
  await db.schema.createIndex('mentor_members_by_person').on('mentor_members').columns(['team', 'person']).execute();
  await db.schema
    .createTable('mentor_agenda')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('pair', 'text', (c) => c.notNull().references('mentor_pairs.id'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('ref', 'text')
    .addColumn('done', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addUniqueConstraint('one_entry_a_message', ['pair', 'ref'])
    .execute();
  await db.schema
    .createTable('mentor_trends')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('offered', 'text')
    .addColumn('off', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_mentor_trend_a_person', ['team', 'person'])
    .execute();
}
