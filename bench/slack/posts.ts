/** Posts out of the outbox, by the product and by a bare loop in turns: how many a second reach Slack. */
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { keepInstall } from '../../adapters/slack/installs.ts';
import { renderMessage } from '../../adapters/slack/render/index.ts';
import type { ChannelId, Instant, Name, TeamId } from '../../src/chat/ids.ts';
import type { Message } from '../../src/chat/message.ts';
import { plain, t } from '../../src/chat/text.ts';
import { instant } from '../../src/chat/world.ts';
import { makeCipher } from '../../src/config/cipher.ts';
import { Secret } from '../../src/config/secret.ts';
import { monotonicIds } from '../../src/core/clock.ts';
import { putInOutbox } from '../../src/core/outbox.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Row } from '../../src/store/schema.ts';
import { saveTeam } from '../../src/store/teams.ts';
import { openVault } from '../../src/store/vault.ts';
import type { RemoteSlack, RemoteWorkspace } from '../../test/support/fake-slack/remote.ts';
import { type Child, startChild } from './child.ts';
import type { PostsToSend } from './script.ts';

/** Below what a workspace takes in a minute, and one post for each channel, so that no pace is what is measured. */
const WORKSPACES = 4;
const CHANNELS = 150;
const POSTS = WORKSPACES * CHANNELS;
const KEY = 'ab'.repeat(32);
const on = { feature: 'bench', name: 'answer', subject: '1' };

const messageOf = (n: number): Message => ({
  title: `Question ${n} of the day`,
  blocks: [
    { kind: 'text', text: [plain('A colleague disagrees with you in front of the whole team. '.repeat(6))] },
    { kind: 'small', text: t`Answer in the thread, or by the form. Everybody in this channel sees it.` },
    { kind: 'buttons', buttons: [{ label: 'Answer', on, style: 'primary' }] },
  ],
});

interface Place {
  readonly workspace: RemoteWorkspace;
  readonly channel: string;
}

export interface PostRound {
  readonly perSecond: number;
}

export interface PostRounds {
  readonly floor: PostRound[];
  readonly product: PostRound[];
}

export async function measurePosts(
  { slack, folder, onProgress }: { slack: RemoteSlack; folder: string; onProgress: (doing: string) => void },
  rounds: number,
): Promise<PostRounds> {
  onProgress(`${WORKSPACES} workspaces of ${CHANNELS} channels`);
  const places = await openPlaces(slack);
  const seen: PostRounds = { floor: [], product: [] };
  for (let round = 0; round < rounds; round += 1) {
    onProgress(`posts, round ${round + 1} of ${rounds}`);
    const kinds = round % 2 === 0 ? (['floor', 'product'] as const) : (['product', 'floor'] as const);
    for (const kind of kinds) {
      const at = join(folder, `posts-${kind}-${round}`);
      const rows = await fillOutbox(at, places);
      seen[kind].push(await (kind === 'floor' ? byFloor : byProduct)(slack, at, places, rows));
    }
  }
  return seen;
}

async function openPlaces(slack: RemoteSlack): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (let n = 0; n < WORKSPACES; n += 1) {
    const workspace = await slack.addWorkspace(`Company ${n}`);
    for (let c = 0; c < CHANNELS; c += 1)
      places.push({ workspace, channel: (await workspace.addChannel(`practice-${c}`)).id });
  }
  return places;
}

/** A new database with one post for each channel, all due. */
async function fillOutbox(folder: string, places: readonly Place[]): Promise<readonly Row<'outbox'>[]> {
  const store = await openStore(`sqlite:${join(folder, 'greenroom.db')}`);
  await migrate(store);
  const now = instant(Date.now());
  const newId = monotonicIds(Date.now);
  const vault = openVault(store, makeCipher(new Secret(KEY)), () => now);
  const workspaces = [...new Set(places.map(({ workspace }) => workspace))];
  for (const workspace of workspaces) await keepInstall(vault, installOf(workspace, now));
  const rows = await store.write(async (tx) => {
    for (const workspace of workspaces) {
      const team = teamRow(workspace, now);
      await saveTeam(tx, team);
      for (const [n, { channel }] of places.filter((one) => one.workspace === workspace).entries()) {
        const to = { in: 'channel', channel: channel as ChannelId } as const;
        const post = { kind: 'post', name: `bench:${channel}` as Name, to, message: messageOf(n) } as const;
        await putInOutbox(post, { tx, team, newId, opensThreads: false, now });
      }
    }
    return tx.selectFrom('outbox').selectAll().orderBy('id').execute();
  });
  await store.close();
  return rows;
}

const installOf = (workspace: RemoteWorkspace, at: Instant): Parameters<typeof keepInstall>[1] => ({
  team: workspace.id as TeamId,
  name: workspace.name,
  appId: workspace.appId,
  botToken: workspace.botToken,
  botUser: workspace.botUser,
  botId: workspace.botId,
  scopes: workspace.scopes,
  installedBy: 'U0000000001',
  at,
});

const teamRow = ({ id, name }: RemoteWorkspace, created: Instant): Row<'teams'> => ({
  id: id as TeamId,
  platform: 'slack',
  name,
  seed: id,
  last_admin: null,
  retention_days: 180,
  created,
  gone: null,
});

type By = (
  slack: RemoteSlack,
  folder: string,
  places: readonly Place[],
  rows: readonly Row<'outbox'>[],
) => Promise<PostRound>;

const byFloor: By = async (slack, folder, places, rows) => {
  const tokens = new Map(places.map(({ workspace }) => [workspace.id, workspace.botToken]));
  const posts = rows.map((row, n): PostsToSend['posts'][number] => {
    const { to } = JSON.parse(row.body) as { to: { channel: string } };
    const { text, blocks } = renderMessage(messageOf(n));
    const metadata = { event_type: 'greenroom', event_payload: { name: row.name } };
    const message = { channel: to.channel, text, blocks, metadata, unfurl_links: false, unfurl_media: false };
    return {
      id: row.id,
      team: row.team,
      name: row.name,
      channel: to.channel,
      token: tokens.get(row.team) ?? '',
      message,
    };
  });
  const DATABASE = join(folder, 'greenroom.db');
  const SCRIPT = JSON.stringify({ statements: [] });
  const child = await startChild('floor-child.ts', { SIGNING_SECRET: slack.signingSecret, DATABASE, SCRIPT });
  return timed(slack, child, () => child.ask('sendAll', { apiUrl: slack.apiUrl, posts }));
};

const byProduct: By = async (slack, folder) => {
  const from = await slack.callCount();
  const port = await freePort();
  // It begins to post as soon as it is up, and is told of its own posts from the first on.
  await slack.sendTo(`http://127.0.0.1:${port}/slack/events`);
  const child = await startChild('product-child.ts', {
    PORT: String(port),
    DATA_DIR: folder,
    GREENROOM_KEY: KEY,
    SLACK_CLIENT_ID: slack.clientId,
    SLACK_CLIENT_SECRET: slack.clientSecret,
    PUBLIC_URL: 'https://greenroom.example.org',
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
  });
  return timed(slack, child, async () => undefined, from);
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** From the first post to the last, as Slack saw them. */
async function timed(slack: RemoteSlack, child: Child, run: () => Promise<unknown>, from?: number): Promise<PostRound> {
  try {
    const since = from ?? (await slack.callCount());
    await slack.sendTo(await child.ask('url'));
    await run();
    const times = await settled(slack, since);
    const seconds = ((times.at(-1) ?? NaN) - (times[0] ?? NaN)) / 1000;
    return { perSecond: (POSTS - 1) / seconds };
  } finally {
    await slack.sendTo(undefined);
    await child.close();
  }
}

async function settled(slack: RemoteSlack, since: number): Promise<readonly number[]> {
  const giveUp = performance.now() + 300_000;
  for (;;) {
    const times = await slack.callTimes('chat.postMessage', since);
    if (times.length > POSTS) throw new Error(`${times.length} posts, and only ${POSTS} were asked for`);
    if (times.length === POSTS) return times;
    if (performance.now() > giveUp) throw new Error(`only ${times.length} posts of ${POSTS}`);
    await setTimeout(200);
  }
}
