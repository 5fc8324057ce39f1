/** What the engine remembers: teams, people, events seen, posts on their way, threads, timers. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('teams')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('seed', 'text', (c) => c.notNull())
    .addColumn('last_admin', 'text')
    .addColumn('retention_days', 'integer', (c) => c.notNull().defaultTo(180))
    .addColumn('created', 'text', (c) => c.notNull())
    .addColumn('gone', 'text')
    .execute();
  await db.schema
    .createTable('people')
    .addColumn('team', 'text', (c) => c.notNull().references('teams.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('admin', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('zone', 'text')
    .addColumn('level', 'text')
    .addColumn('active_at', 'text', (c) => c.notNull())
    .addColumn('paused_until', 'text')
    .addPrimaryKeyConstraint('people_pk', ['team', 'id'])
    .execute();
  await db.schema
    .createTable('inbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('inbox_by_age').on('inbox').column('at').execute();
  await outbox(db);
  await conversations(db);
  await db.schema
    .createTable('wakes')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('feature', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('wakes_pk', ['team', 'feature', 'name', 'subject'])
    .execute();
  await db.schema.createIndex('wakes_due').on('wakes').column('at').execute();
}

async function outbox(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('rank', 'integer', (c) => c.notNull())
    .addColumn('needs', 'text')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('due', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'text')
    .addColumn('lease_token', 'text')
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('maybe_since', 'text')
    .addColumn('last_try', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('reason', 'text')
    .addColumn('created', 'text', (c) => c.notNull())
    .addColumn('ended', 'text')
    .addUniqueConstraint('outbox_one_a_key', ['team', 'key'])
    .execute();
  await db.schema.createIndex('outbox_due').on('outbox').columns(['state', 'due']).execute();
  await db.schema.createIndex('outbox_order').on('outbox').columns(['team', 'conversation', 'state', 'id']).execute();
  await db.schema.createIndex('outbox_by_name').on('outbox').columns(['team', 'name']).execute();
}

async function conversations(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('posts')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('ref', 'text', (c) => c.notNull())
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('sent', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('posts_pk', ['team', 'name'])
    .addUniqueConstraint('posts_one_a_ref', ['team', 'ref'])
    .execute();
  await db.schema
    .createTable('threads')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('post', 'text', (c) => c.notNull())
    .addColumn('cursor', 'text')
    .addColumn('until', 'text', (c) => c.notNull())
    .addColumn('closed', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('read_at', 'text')
    .addPrimaryKeyConstraint('threads_pk', ['team', 'post'])
    .execute();
  await db.schema.createIndex('threads_open').on('threads').columns(['closed', 'until']).execute();
  await db.schema
    .createTable('strays')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('under', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('strays_by_ref').on('strays').columns(['team', 'under']).execute();
  await db.schema
    .createTable('versions')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('ref', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('deleted', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('versions_pk', ['team', 'ref'])
    .execute();
  await db.schema
    .createTable('listeners')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('feature', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('listeners_pk', ['team', 'place'])
    .execute();
}
