/** What matching 200 mentees with 100 mentors costs, in seconds of CPU, against the second it may take. */
import { assign, type Worth } from '../src/matching/assign.ts';
import type { Outcome, Row } from './bench.ts';

const MENTEES = 200;
const MENTORS = 100;
const GOAL_S = 1;

/** Each round is another team, drawn from its number alone. */
export async function benchMatching(rounds = 5, onProgress: (doing: string) => void = () => {}): Promise<Outcome> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    onProgress(`round ${round + 1} of ${rounds}`);
    const { worth, room } = teamOf(round + 1);
    const before = process.cpuUsage();
    assign(worth, { room });
    const { user, system } = process.cpuUsage(before);
    seconds.push((user + system) / 1e6);
  }
  return {
    rows: [rowOf(`assign ${MENTEES} mentees to ${MENTORS} mentors`, seconds)],
    ratios: [{ name: 'slowest round / 1 s of CPU', value: Math.max(...seconds) / GOAL_S, goal: 1 }],
  };
}

/** Three of four pairs are possible; each mentor has room for one to three. */
function teamOf(seed: number): { worth: Worth[][]; room: number[] } {
  let state = seed;
  const roll = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const worth = Array.from({ length: MENTEES }, () =>
    Array.from({ length: MENTORS }, () => (roll() < 0.25 ? undefined : roll())),
  );
  return { worth, room: Array.from({ length: MENTORS }, () => 1 + Math.floor(roll() * 3)) };
}

function rowOf(what: string, values: readonly number[]): Row {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return { what, median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN, unit: 's of CPU' };
}
