/**
 * Two thousand channels of Discord whose question is due at the same minute, against what its limit of 50 requests a second allows:
 * every post goes before the first thread, and our own pacing never makes Discord refuse a request.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEVELS } from '../src/bank/question.ts';
import type { ChannelId, Instant, PersonId, TeamId } from '../src/chat/ids.ts';
import { instant, MINUTE } from '../src/chat/world.ts';
import { monotonicIds } from '../src/core/clock.ts';
import { newSchedule } from '../src/features/setup/rules.ts';
import { migrate } from '../src/store/migrate.ts';
import { openStore } from '../src/store/open.ts';
import { saveSchedule } from '../src/store/schedules.ts';
import { saveTeam } from '../src/store/teams.ts';
import { type RemoteDiscord, startFakeDiscord } from '../test/support/fake-discord/remote.ts';
import type { FakeCall } from '../test/support/fake-discord/types.ts';
import type { Outcome, Row } from './bench.ts';

const SERVERS = 20;
const CHANNELS = 100;
const A_SECOND = 50;
/** The first post follows the minute by at most this, in ms. */
const FIRST_MS = 2000;
const ROOT = new URL('..', import.meta.url).pathname;

interface Place {
  readonly team: TeamId;
  readonly channel: ChannelId;
}

/** One round takes about three minutes; its clock is the real one. */
export async function benchFanout(rounds = 1, onProgress: (doing: string) => void = () => {}): Promise<Outcome> {
  const seen: Seen[] = [];
  for (let round = 0; round < rounds; round += 1) seen.push(await once2000(onProgress));
  return outcomeOf(seen);
}

interface Seen {
  /** Milliseconds after the minute. */
  readonly first: number;
  readonly lastPost: number;
  readonly firstThread: number;
  readonly lastThread: number;
  readonly posts: number;
  readonly threads: number;
  readonly refused: number;
}

async function once2000(onProgress: (doing: string) => void): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-bench-'));
  const discord = await startFakeDiscord({ globalPerSecond: A_SECOND });
  let program: ChildProcess | undefined;
  try {
    onProgress(`${SERVERS} servers of ${CHANNELS} channels`);
    const places = await openPlaces(discord);
    // The program is up, and has registered its commands, before the minute comes.
    const due = Math.ceil((Date.now() + 1.2 * MINUTE) / MINUTE) * MINUTE;
    await writeSchedules(folder, places, due);
    program = start(discord, folder);
    await discord.ready(1);
    onProgress(`due at ${instant(due)}`);
    return measure(await settled(discord, places.length, due, onProgress), due);
  } finally {
    program?.kill('SIGTERM');
    if (program && program.exitCode === null) await once(program, 'exit');
    await discord.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const openPlaces = async (discord: RemoteDiscord): Promise<Place[]> =>
  (await discord.addGuilds(SERVERS, CHANNELS)).flatMap(({ id, channels }) =>
    channels.map((channel) => ({ team: id as TeamId, channel: channel as ChannelId })),
  );

async function writeSchedules(folder: string, places: readonly Place[], due: number): Promise<void> {
  const store = await openStore(`sqlite:${join(folder, 'greenroom.db')}`);
  await migrate(store);
  const newId = monotonicIds(Date.now);
  const now = instant(Date.now());
  const next = instant(due);
  const basics = {
    time: next.slice(11, 16),
    zone: 'Etc/UTC',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    levels: LEVELS,
    mode: 'open',
  } as const;
  await store.write(async (tx) => {
    for (const id of new Set(places.map(({ team }) => team))) await saveTeam(tx, teamRow(id, now, newId()));
    for (const { team, channel } of places) {
      const about = { id: newId(), team, creator: '' as PersonId, now };
      const schedule = newSchedule({ ...basics, channel }, about);
      await saveSchedule(tx, { ...schedule, state: 'active', next_run: next, next_date: next.slice(0, 10) });
    }
  });
  await store.close();
}

const teamRow = (id: TeamId, created: Instant, seed: string): Parameters<typeof saveTeam>[1] => ({
  id,
  platform: 'discord',
  name: 'A server',
  seed,
  last_admin: null,
  retention_days: 180,
  created,
  gone: null,
});

const start = (discord: RemoteDiscord, folder: string): ChildProcess =>
  spawn(process.execPath, ['--import', './src/node-version.js', 'src/main.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      DISCORD_TOKEN: discord.token,
      DISCORD_APPLICATION_ID: discord.applicationId,
      DISCORD_API_URL: discord.apiUrl,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

const isPost = ({ method, route }: FakeCall): boolean =>
  method === 'POST' && /^\/channels\/:\w+\/messages$/.test(route);
const isThread = ({ method, route }: FakeCall): boolean =>
  method === 'POST' && /\/messages\/:\w+\/threads$/.test(route);

/** Looks now and then, until every channel has its post and its thread, or far too much time is gone. */
async function settled(
  discord: RemoteDiscord,
  channels: number,
  due: number,
  onProgress: (doing: string) => void,
): Promise<readonly FakeCall[]> {
  const longest = due + (2.5 * (2000 * channels)) / A_SECOND;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(5000, due - Date.now() + 5000)));
    const threads = (await discord.threads()).length;
    onProgress(`${threads} threads`);
    if (threads >= channels || Date.now() > longest) return discord.calls();
  }
}

function measure(calls: readonly FakeCall[], due: number): Seen {
  const after = calls.filter(({ at }) => at >= due);
  const posts = after.filter((call) => isPost(call) && call.status === 200).map(({ at }) => at - due);
  const threads = after.filter((call) => isThread(call) && call.status === 201).map(({ at }) => at - due);
  return {
    first: Math.min(...posts),
    lastPost: Math.max(...posts),
    firstThread: Math.min(...threads),
    lastThread: Math.max(...threads),
    posts: posts.length,
    threads: threads.length,
    refused: calls.filter(({ status }) => status === 429).length,
  };
}

function outcomeOf(seen: readonly Seen[]): Outcome {
  const channels = SERVERS * CHANNELS;
  const floor = (requests: number): number => (requests / A_SECOND) * 1000;
  const worst = (of: (one: Seen) => number): number => Math.max(...seen.map(of));
  return {
    rows: [
      rowOf('first post after the minute', seen, ({ first }) => first, 'ms'),
      rowOf('last post', seen, ({ lastPost }) => lastPost / 1000, 's'),
      rowOf('first thread', seen, ({ firstThread }) => firstThread / 1000, 's'),
      rowOf('last thread', seen, ({ lastThread }) => lastThread / 1000, 's'),
      rowOf('posts', seen, ({ posts }) => posts, ''),
      rowOf('threads', seen, ({ threads }) => threads, ''),
      rowOf('refused with 429', seen, ({ refused }) => refused, ''),
    ],
    ratios: [
      { name: 'first post / 2 s', value: worst(({ first }) => first) / FIRST_MS, goal: 1 },
      {
        name: 'last post / (channels / 50 a second)',
        value: worst(({ lastPost }) => lastPost) / floor(channels),
        goal: 1.1,
      },
      {
        name: 'last thread / (2 × channels / 50 a second)',
        value: worst(({ lastThread }) => lastThread) / floor(2 * channels),
        goal: 1.1,
      },
      {
        // The last posts and the first threads leave in one group, and may overtake each other on the way.
        name: 'seconds from the first thread to the last post',
        value: worst(({ firstThread, lastPost }) => (lastPost - firstThread) / 1000),
        goal: 0.25,
      },
      {
        name: 'channels without post or thread',
        value: worst(({ posts, threads }) => 2 * channels - posts - threads),
        goal: 0,
      },
      { name: 'requests refused with 429', value: worst(({ refused }) => refused), goal: 0 },
    ],
  };
}

function rowOf(what: string, seen: readonly Seen[], of: (one: Seen) => number, unit: string): Row {
  const values = seen.map(of).toSorted((a, b) => a - b);
  const median = values[Math.floor(values.length / 2)] ?? NaN;
  return { what, median, min: values[0] ?? NaN, max: values.at(-1) ?? NaN, unit };
}
