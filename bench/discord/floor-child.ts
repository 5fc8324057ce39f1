/**
 * The least that any bot on discord.js does, with the caches of the product: the statements of a script on raw better-sqlite3 before
 * each command is answered, or no database at all; and posts with their threads, each between two commits.
 */
import Database from 'better-sqlite3';
import { DefaultRestOptions, Events, MessageFlags, Routes } from 'discord.js';
import { makeClient } from '../../adapters/discord/gate/client.ts';
import { answerAsks } from '../slack/child.ts';
import { collected } from './memory.ts';
import type { PostToSend, Script } from './script.ts';

const { TOKEN = '', API_URL = '', DATABASE, SCRIPT } = process.env;

function openDatabase(path: string): Database.Database {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  return db;
}

const db = DATABASE === undefined ? undefined : openDatabase(DATABASE);
const script = SCRIPT === undefined ? undefined : (JSON.parse(SCRIPT) as Script);

/** Runs the statements of the script with this command's own ids. */
function replaying(on: Database.Database, of: Script): (id: string, user: string) => void {
  const steps = of.statements.map(({ sql, values }) => ({ statement: on.prepare(sql), values }));
  return (id, user) => {
    const own = new Map<unknown, unknown>([
      [of.event, `discord:${id}`],
      [of.user, user],
      [of.now, new Date().toISOString()],
    ]);
    for (const { statement, values } of steps) {
      const given = values.map((value) => (own.has(value) ? own.get(value) : value));
      if (statement.reader) statement.all(...given);
      else statement.run(...given);
    }
  };
}

const client = makeClient({
  deps: { apiUrl: API_URL, content: true },
  send: DefaultRestOptions.makeRequest,
  ws: {} as Parameters<typeof makeClient>[0]['ws'],
});
const replay = db && script && replaying(db, script);
client.on(Events.InteractionCreate, (interaction) => {
  if (!interaction.isChatInputCommand() || !script) return;
  replay?.(interaction.id, interaction.user.id);
  const { components } = script.answer as { components: never[] };
  void interaction.reply({ components, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral });
});
const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
await client.login(TOKEN);
await ready;

/** `atOnce` side by side: claimed in one commit, sent, marked and linked in another; its thread in the same way. */
async function sendAll(posts: readonly PostToSend[], atOnce: number): Promise<void> {
  if (!db) throw new Error('posts need a database');
  const claim = db.prepare(`update outbox set state = 'sending', lease_until = ?, lease_token = ?, tries = tries + 1,
    maybe_since = ?, last_try = ? where id = ? and state = 'ready'`);
  const mark = db.prepare(`update outbox set state = 'sent', body = '', lease_token = null, lease_until = null,
    ended = ? where id = ? and lease_token = ?`);
  const link = db.prepare('insert into posts (team, name, ref, conversation, sent) values (?, ?, ?, ?, ?)');
  const claimed = (id: string): void => void claim.run(nowText(), id, nowText(), nowText(), id);
  const settle = db.transaction(({ id, team, name, channel }: PostToSend, ref: string) => {
    mark.run(nowText(), id, id);
    link.run(team, name, ref, channel, nowText());
  });
  const left = [...posts];
  const one = async (post: PostToSend): Promise<void> => {
    claimed(post.id);
    const said = (await client.rest.post(Routes.channelMessages(post.channel), { body: post.body })) as { id: string };
    settle(post, `m:${post.channel}/${said.id}`);
    claimed(post.threadId);
    await client.rest.post(Routes.threads(post.channel, said.id), { body: { name: post.title } });
    mark.run(nowText(), post.threadId, post.threadId);
  };
  const line = async (): Promise<void> => {
    for (let post = left.shift(); post; post = left.shift()) await one(post);
  };
  await Promise.all(Array.from({ length: atOnce }, line));
}

const nowText = (): string => new Date().toISOString();

answerAsks({ collected, sendAll }, async () => {
  await client.destroy();
  db?.close();
});
