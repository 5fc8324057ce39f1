/**
 * What Greenroom costs on Discord beyond what any bot there does: commands and posts against bare discord.js with the same statements
 * on raw better-sqlite3, memory against bare discord.js with the same caches. Every commit is synced to the disk, on both sides.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome, Row } from './bench.ts';
import { measureCommands, type Round, type Rounds } from './discord/commands.ts';
import { measurePosts, type PostRounds } from './discord/posts.ts';
import { openSite } from './discord/site.ts';
import { type Memory, measureMemory } from './discord/thousand.ts';

/** Product and floor take turns, so that what else the machine does meets both. */
export async function benchDiscord(rounds = 7, onProgress: (doing: string) => void = () => {}): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'discord-bench-'));
  try {
    onProgress('a server of many people');
    const site = await openSite(folder);
    const commands = await measureCommands(site, rounds, onProgress).finally(() => site.close());
    const posts = await measurePosts(folder, rounds, onProgress);
    return outcomeOf(commands, posts, await measureMemory(folder, rounds, onProgress));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomeOf({ floor, product, bare }: Rounds, posts: PostRounds, memory: Memory): Outcome {
  const of = (what: string, name: keyof Round, unit: string): Row[] => [
    rowOf(
      `${what}: bare discord.js alone`,
      bare.map((one) => one[name]),
      unit,
    ),
    rowOf(
      `${what}: floor, with the same statements`,
      floor.map((one) => one[name]),
      unit,
    ),
    rowOf(
      `${what}: Greenroom`,
      product.map((one) => one[name]),
      unit,
    ),
  ];
  const rates = { floor: posts.floor.map((one) => one.perSecond), product: posts.product.map((one) => one.perSecond) };
  return {
    rows: [
      ...of('processor for a command', 'cost', 'µs'),
      ...of('ten commands at a time, p50', 'p50', 'ms'),
      ...of('ten commands at a time, p99', 'p99', 'ms'),
      rowOf('posts and threads a second: floor', rates.floor, ''),
      rowOf('posts and threads a second: Greenroom', rates.product, ''),
      rowOf('memory with 1,000 servers: bare discord.js', memory.bare, 'MB'),
      rowOf('memory with 1,000 servers: Greenroom', memory.product, 'MB'),
    ],
    ratios: [
      { name: 'processor for a command / floor', value: ratio(costs(product), costs(floor)), goal: 2 },
      {
        name: 'posts and threads a second of the floor / Greenroom',
        value: ratio(rates.floor, rates.product),
        goal: 1.25,
      },
      { name: 'memory with 1,000 servers / bare discord.js', value: ratio(memory.product, memory.bare), goal: 1.15 },
    ],
  };
}

const costs = (rounds: readonly Round[]): number[] => rounds.map(({ cost }) => cost);

/** Of the rounds that stood side by side. */
const ratio = (over: readonly number[], under: readonly number[]): number =>
  median(over.map((one, round) => one / (under[round] ?? NaN)));

const rowOf = (what: string, values: readonly number[], unit: string): Row => ({
  what,
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
  unit,
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
