/** Posts and their threads out of the outbox, by the product without its pace and by a bare loop in turns: how many a second. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { payloadOf } from '../../adapters/discord/deliver/payload.ts';
import { nonceOf } from '../../adapters/discord/names.ts';
import type { ChannelId, Name, TeamId } from '../../src/chat/ids.ts';
import type { Message } from '../../src/chat/message.ts';
import { plain, t } from '../../src/chat/text.ts';
import { instant } from '../../src/chat/world.ts';
import { monotonicIds } from '../../src/core/clock.ts';
import { putInOutbox } from '../../src/core/outbox.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Row } from '../../src/store/schema.ts';
import { saveTeam } from '../../src/store/teams.ts';
import { type RemoteDiscord, startFakeDiscord } from '../../test/support/fake-discord/remote.ts';
import type { Child } from '../slack/child.ts';
import type { PostToSend } from './script.ts';
import { startFloor, startProduct } from './site.ts';

const SERVERS = 10;
const CHANNELS = 100;
const POSTS = SERVERS * CHANNELS;
/** As many as the product has under way. */
const AT_ONCE = 32;
const on = { feature: 'bench', name: 'answer', subject: '1' };

const messageOf = (n: number): Message => ({
  title: `Question ${n} of the day`,
  blocks: [
    { kind: 'text', text: [plain('A colleague disagrees with you in front of the whole team. '.repeat(6))] },
    { kind: 'small', text: t`Answer in the thread, or by the form. Everybody in this channel sees it.` },
    { kind: 'buttons', buttons: [{ label: 'Answer', on, style: 'primary' }] },
  ],
});

interface Channel {
  readonly team: TeamId;
  readonly channel: ChannelId;
}

export interface PostRound {
  /** Posts and threads together. */
  readonly perSecond: number;
}

export interface PostRounds {
  readonly floor: PostRound[];
  readonly product: PostRound[];
}

export async function measurePosts(
  folder: string,
  rounds: number,
  onProgress: (doing: string) => void,
): Promise<PostRounds> {
  const seen: PostRounds = { floor: [], product: [] };
  for (let round = 0; round < rounds; round += 1) {
    onProgress(`posts, round ${round + 1} of ${rounds}`);
    const kinds = round % 2 === 0 ? (['floor', 'product'] as const) : (['product', 'floor'] as const);
    for (const kind of kinds) seen[kind].push(await measure(join(folder, `posts-${kind}-${round}`), kind));
  }
  return seen;
}

async function measure(folder: string, kind: keyof PostRounds): Promise<PostRound> {
  const discord = await startFakeDiscord({ checked: false, identifyEveryMs: 0 });
  let child: Child | undefined;
  try {
    const places = (await discord.addGuilds(SERVERS, CHANNELS)).flatMap(({ id, channels }) =>
      channels.map((channel) => ({ team: id as TeamId, channel: channel as ChannelId })),
    );
    const posts = await fillOutbox(folder, places);
    child = await (kind === 'product'
      ? startProduct(discord, folder, { UNPACED: '1' })
      : startFloor(discord, { folder }));
    if (kind === 'floor') await child.ask('sendAll', posts, AT_ONCE);
    return { perSecond: await rateOf(discord) };
  } finally {
    await child?.close();
    await discord.close();
  }
}

/** A new database with one post and its thread for each channel, all due. */
async function fillOutbox(folder: string, places: readonly Channel[]): Promise<readonly PostToSend[]> {
  const store = await openStore(`sqlite:${join(folder, 'greenroom.db')}`);
  await migrate(store);
  const now = instant(Date.now());
  const newId = monotonicIds(Date.now);
  const rows = await store.write(async (tx) => {
    for (const id of new Set(places.map(({ team }) => team))) await saveTeam(tx, teamRow(id, now));
    for (const [n, { team, channel }] of places.entries()) {
      const post = {
        kind: 'post',
        name: `bench:${channel}` as Name,
        to: { in: 'channel', channel },
        message: messageOf(n),
        thread: `Question ${n}`,
      } as const;
      await putInOutbox(post, { tx, team: teamRow(team, now), newId, opensThreads: true, now });
    }
    return tx.selectFrom('outbox').selectAll().orderBy('id').execute();
  });
  await store.close();
  return places.map(({ team, channel }, n) => {
    const name = `bench:${channel}` as Name;
    const idOf = (kind: string): string => rows.find((row) => row.name === name && row.kind === kind)?.id ?? '';
    const body = {
      ...payloadOf(team, name, messageOf(n), new Map()).body,
      nonce: nonceOf(team, name),
      enforce_nonce: true,
    };
    return { id: idOf('post'), threadId: idOf('thread'), team, name, channel, body, title: `Question ${n}` };
  });
}

const teamRow = (id: TeamId, created: Row<'teams'>['created']): Row<'teams'> => ({
  id,
  platform: 'discord',
  name: 'A server',
  seed: id,
  last_admin: null,
  retention_days: 180,
  created,
  gone: null,
});

/** From the first post to the last thread, as Discord saw them. */
async function rateOf(discord: RemoteDiscord): Promise<number> {
  const giveUp = performance.now() + 120_000;
  for (;;) {
    const threads = await discord.times('/threads');
    if (threads.length >= POSTS) {
      const all = [...(await discord.times('/channels/:id/messages')), ...threads].toSorted((a, b) => a - b);
      if (all.length !== 2 * POSTS) throw new Error(`${all.length} requests for ${POSTS} posts and their threads`);
      return (all.length - 1) / (((all.at(-1) ?? NaN) - (all[0] ?? NaN)) / 1000);
    }
    if (performance.now() > giveUp) throw new Error(`only ${threads.length} threads of ${POSTS}`);
    await setTimeout(200);
  }
}
