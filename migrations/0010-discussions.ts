/** Discussions of a scenario, who wrote under them, who leads in turn, and the plans by which they come. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await plans(db);
  await discussions(db);
  await db.schema
    .createTable('discussion_replies')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('discussion', 'text', (c) => c.notNull().references('discussions.id'))
    .addColumn('ref', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('discussion_replies_pk', ['team', 'ref'])
    .execute();
  await db.schema.createIndex('discussion_replies_of').on('discussion_replies').column('discussion').execute();
  await db.schema
    .createTable('discussion_leads')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('willing', 'integer', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('last_asked', 'text')
    .addPrimaryKeyConstraint('discussion_leads_pk', ['team', 'person'])
    .execute();
}

async function plans(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('discussion_plans')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull().references('teams.id'))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('creator', 'text', (c) => c.notNull())
    .addColumn('time', 'text', (c) => c.notNull())
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('weekdays', 'text', (c) => c.notNull())
    .addColumn('every_weeks', 'integer', (c) => c.notNull())
    .addColumn('anchor', 'text', (c) => c.notNull())
    .addColumn('window_days', 'integer', (c) => c.notNull())
    .addColumn('beside', 'text', (c) => c.notNull())
    .addColumn('paused_until', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('failed_days', 'integer', (c) => c.notNull())
    .addColumn('next_run', 'text')
    .addColumn('next_date', 'text')
    .addColumn('last_date', 'text')
    .addColumn('created', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('discussion_plans_by_team').on('discussion_plans').column('team').execute();
}

async function discussions(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('discussions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull().references('teams.id'))
    .addColumn('plan', 'text')
    .addColumn('local_date', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('scenario', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('skills', 'text', (c) => c.notNull())
    .addColumn('levels', 'text', (c) => c.notNull())
    .addColumn('situation', 'text', (c) => c.notNull())
    .addColumn('questions', 'text', (c) => c.notNull())
    .addColumn('starter', 'text')
    .addColumn('lead', 'text')
    .addColumn('leads', 'integer', (c) => c.notNull())
    .addColumn('lead_left', 'integer', (c) => c.notNull())
    .addColumn('opened', 'text', (c) => c.notNull())
    .addColumn('closes', 'text', (c) => c.notNull())
    .addColumn('closed', 'text')
    .addColumn('nudged', 'integer', (c) => c.notNull())
    .addColumn('last_reply', 'text')
    .addColumn('people', 'integer', (c) => c.notNull())
    .addColumn('messages', 'integer', (c) => c.notNull())
    .addColumn('agreed', 'text', (c) => c.notNull())
    .addColumn('open_points', 'text', (c) => c.notNull())
    .addColumn('remember', 'text', (c) => c.notNull())
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('summary_by', 'text')
    .addColumn('summary_at', 'text')
    .addColumn('summary_left', 'integer', (c) => c.notNull())
    .addUniqueConstraint('one_discussion_a_date', ['plan', 'local_date'])
    .execute();
  await db.schema.createIndex('discussions_by_team').on('discussions').columns(['team', 'opened']).execute();
}
