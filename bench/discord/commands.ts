/** Commands, answered by the product, by the floor and by bare discord.js in turns: what each costs, and how long people wait. */
import { type Kind, KINDS, type Site } from './site.ts';

/** Before it is measured, and then, so many at a time. */
const WARM_UP = 1_000;
const MANY = 2_000;
const AT_ONCE = 10;

export interface Round {
  /** Processor time for a command, in µs. */
  readonly cost: number;
  /** Of commands that come so many at a time, in ms. */
  readonly p50: number;
  readonly p99: number;
}

export type Rounds = Readonly<Record<Kind, Round[]>>;

export async function measureCommands(
  site: Site,
  rounds: number,
  onProgress: (doing: string) => void,
): Promise<Rounds> {
  const seen: Rounds = { floor: [], product: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    onProgress(`commands, round ${round + 1} of ${rounds}`);
    // Nobody is always first.
    for (let n = 0; n < KINDS.length; n += 1) {
      const kind = KINDS[(round + n) % KINDS.length] ?? 'floor';
      seen[kind].push(await measure(site, kind));
    }
  }
  return seen;
}

async function measure({ discord, turns, start }: Site, kind: Kind): Promise<Round> {
  const child = await start(kind);
  try {
    await discord.burst({ count: WARM_UP, atOnce: AT_ONCE }, 'command', ...turns);
    const answered = await countAnswers(discord);
    const before = await child.spent();
    const { took } = await discord.burst({ count: MANY, atOnce: AT_ONCE }, 'command', ...turns);
    const cost = ((await child.spent()) - before) / MANY;
    const all = (await countAnswers(discord)) - answered;
    if (all !== MANY) throw new Error(`${MANY - all} commands were not answered`);
    const sorted = took.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
    return { cost, p50: at(0.5), p99: at(0.99) };
  } finally {
    await child.close();
  }
}

const countAnswers = async (discord: Site['discord']): Promise<number> => (await discord.times('/callback')).length;
