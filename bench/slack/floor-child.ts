/**
 * The least that any app on Bolt does: `STATEMENTS` in one transaction on raw better-sqlite3 before each command is answered, or no
 * database at all; and posts one after another by a bare WebClient, each between two commits.
 */
import type { Server } from 'node:http';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import Database from 'better-sqlite3';
import { answerAsks } from './child.ts';
import type { PostsToSend, Script } from './script.ts';

const { SIGNING_SECRET = '', DATABASE, SCRIPT = '{}' } = process.env;
const script = JSON.parse(SCRIPT) as Script;

function openDatabase(path: string): Database.Database {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  return db;
}

const db = DATABASE === undefined ? undefined : openDatabase(DATABASE);

/** Runs the statements of the script with this command's own ids. */
function replaying(on: Database.Database): (command: { user_id: string; trigger_id: string }) => void {
  const steps = script.statements.map(({ sql, values }) => ({ statement: on.prepare(sql), values }));
  return ({ user_id, trigger_id }) => {
    const now = new Date().toISOString();
    const own = new Map<unknown, unknown>([
      [script.event, script.event.replace(script.trigger, trigger_id)],
      [script.user, user_id],
      [script.now, now],
    ]);
    for (const { statement, values } of steps) {
      const given = values.map((value) => (own.has(value) ? own.get(value) : value));
      if (statement.reader) statement.all(...given);
      else statement.run(...given);
    }
  };
}

const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  convoStore: false,
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' }),
});
const replay = db && replaying(db);
app.command('/practice', async ({ command, ack }) => {
  replay?.(command);
  await ack(script.answer);
});
app.event('message', async () => {});
const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the floor has no port');

/** One after another: claimed in one commit, posted, marked and linked in another. */
async function sendAll({ apiUrl, posts }: PostsToSend): Promise<void> {
  if (!db) throw new Error('posts need a database');
  const clients = new Map<string, WebClient>();
  const claim = db.prepare(`update outbox set state = 'sending', lease_until = ?, lease_token = ?, tries = tries + 1,
    maybe_since = ?, last_try = ? where id = ? and state = 'ready'`);
  const mark = db.prepare(`update outbox set state = 'sent', body = '', lease_token = null, lease_until = null,
    ended = ? where id = ? and lease_token = ?`);
  const link = db.prepare('insert into posts (team, name, ref, conversation, sent) values (?, ?, ?, ?, ?)');
  const settle = db.transaction((post: PostsToSend['posts'][number], ref: string, now: string) => {
    mark.run(now, post.id, post.id);
    link.run(post.team, post.name, ref, post.channel, now);
  });
  for (const post of posts) {
    const client = clients.get(post.token) ?? new WebClient(post.token, { slackApiUrl: apiUrl, ...BARE });
    clients.set(post.token, client);
    const now = new Date().toISOString();
    claim.run(now, post.id, now, now, post.id);
    const said = await client.chat.postMessage(post.message as never);
    settle(post, `${said.channel}/${said.ts}`, new Date().toISOString());
  }
}

const BARE = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 10_000 } as const;

answerAsks({ url: () => `http://127.0.0.1:${address.port}/slack/events`, sendAll }, async () => {
  await app.stop();
  db?.close();
});
