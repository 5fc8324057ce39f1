/**
 * What Greenroom costs on Slack beyond what any app there does: commands against bare Bolt with the same statements on raw
 * better-sqlite3, posts against a bare WebClient between two commits. Every commit is synced to the disk, on both sides.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome, Row } from './bench.ts';
import { measureCommands, type Round, type Rounds } from './slack/commands.ts';
import { measurePosts, type PostRound, type PostRounds } from './slack/posts.ts';
import { openSite } from './slack/site.ts';

/** Product and floor take turns, so that what else the machine does meets both. */
export async function benchSlack(rounds = 7, onProgress: (doing: string) => void = () => {}): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'slack-bench-'));
  try {
    const site = await openSite(folder, onProgress);
    try {
      const commands = await measureCommands(site, rounds, onProgress);
      const posts = await measurePosts({ slack: site.slack, folder, onProgress }, rounds);
      return outcomeOf(commands, posts, site.script.statements.length);
    } finally {
      await site.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomeOf(commands: Rounds, posts: PostRounds, statements: number): Outcome {
  const { floor, product, bare } = commands;
  const of = (what: string, name: keyof Round, unit: string): Row[] => [
    rowOf(`${what}: bare Bolt alone`, bare, (one) => one[name], unit),
    rowOf(`${what}: floor, with ${statements} statements`, floor, (one) => one[name], unit),
    rowOf(`${what}: Greenroom`, product, (one) => one[name], unit),
  ];
  const each = ({ perSecond }: PostRound): number => perSecond;
  return {
    rows: [
      ...of('processor for a command', 'cost', 'µs'),
      ...of('200 commands a second, p50', 'p50', 'ms'),
      ...of('200 commands a second, p99', 'p99', 'ms'),
      ...of('commands without an answer in 3 s', 'unanswered', ''),
      rowOf('posts a second: floor, one after another', posts.floor, each, ''),
      rowOf('posts a second: Greenroom', posts.product, each, ''),
    ],
    ratios: [
      { name: 'processor for a command / floor', value: ratio(product, floor, ({ cost }) => cost), goal: 2 },
      { name: 'p99 at 200 a second / floor', value: ratio(product, floor, ({ p99 }) => p99), goal: 3 },
      {
        name: 'posts a second of the floor / Greenroom',
        value: ratio(posts.floor, posts.product, ({ perSecond }) => perSecond),
        goal: 1.25,
      },
    ],
  };
}

/** Of the rounds that stood side by side. */
const ratio = <T>(over: readonly T[], under: readonly T[], of: (one: T) => number): number =>
  median(over.map((one, round) => of(one) / of(under[round] as T)));

function rowOf<T>(what: string, seen: readonly T[], of: (one: T) => number, unit: string): Row {
  const values = seen.map(of);
  return { what, median: median(values), min: Math.min(...values), max: Math.max(...values), unit };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] ?? NaN;
  return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
