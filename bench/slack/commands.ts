/** Commands, answered by the product, by the floor and by bare Bolt in turns: what each costs, and how long people wait. */
import type { VolleyTold } from '../../test/support/fake-slack/volley.ts';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { COMMAND, type Site, startProduct } from './site.ts';

/** For the cost: as fast as they are answered, this many at a time. */
const MANY = 1_000;
const AT_ONCE = 20;
/** For the wait: so many a second, whatever the answers do. */
const PACED = 600;
const PER_SECOND = 200;

export const KINDS = ['floor', 'product', 'bare'] as const;
type Kind = (typeof KINDS)[number];

export interface Round {
  /** Processor time for a command, in µs. */
  readonly cost: number;
  /** Of commands at a pace, in ms. */
  readonly p50: number;
  readonly p99: number;
  /** Commands Slack gave up on, after three seconds. */
  readonly unanswered: number;
}

export type Rounds = Readonly<Record<Kind, Round[]>>;

export async function measureCommands(
  site: Site,
  rounds: number,
  onProgress: (doing: string) => void,
): Promise<Rounds> {
  const children = await startAll(site);
  const seen: Rounds = { floor: [], product: [], bare: [] };
  try {
    onProgress('everybody says something once');
    for (const kind of KINDS) await volley(site, children[kind], { count: site.users.length, atOnce: AT_ONCE });
    for (let round = 0; round < rounds; round += 1) {
      onProgress(`commands, round ${round + 1} of ${rounds}`);
      // Nobody is always first.
      for (let n = 0; n < KINDS.length; n += 1) {
        const kind = KINDS[(round + n) % KINDS.length] ?? 'floor';
        seen[kind].push(await measure(site, children[kind]));
      }
    }
  } finally {
    await site.slack.sendTo(undefined);
    for (const child of Object.values(children)) await child.close();
  }
  return seen;
}

async function startAll(site: Site): Promise<Record<Kind, Child>> {
  const { slack, workspace, script } = site;
  const folder = await site.freshFolder('commands-floor');
  const env = { SIGNING_SECRET: slack.signingSecret, SCRIPT: JSON.stringify(script) };
  return {
    floor: await startChild('floor-child.ts', { ...env, DATABASE: join(folder, 'greenroom.db') }),
    product: await startProduct(slack, workspace.botToken, await site.freshFolder('commands-product')),
    bare: await startChild('floor-child.ts', env),
  };
}

interface How {
  readonly count: number;
  readonly atOnce?: number;
  readonly perSecond?: number;
}

async function volley({ slack, workspace, channel, users }: Site, child: Child, how: How): Promise<VolleyTold> {
  await slack.sendTo(await child.ask('url'));
  const { count, ...pace } = how;
  const { command, text } = COMMAND;
  const texts = Array.from({ length: count }, () => text);
  return slack.volley({ team: workspace.id, users, channel, command, texts, ...pace });
}

async function measure(site: Site, child: Child): Promise<Round> {
  const before = await child.spent();
  const many = await volley(site, child, { count: MANY, atOnce: AT_ONCE });
  const cost = ((await child.spent()) - before) / MANY;
  const { tookMs, failed } = await volley(site, child, { count: PACED, perSecond: PER_SECOND });
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
  return { cost, p50: at(0.5), p99: at(0.99), unanswered: many.failed + failed };
}
