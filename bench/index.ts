/** `npm run bench -- <name> [--json] [--rounds n]`: runs a benchmark, shows its table, ends with 1 when a goal is missed. */
import { parseArgs } from 'node:util';
import { judge, showOutcome } from './bench.ts';
import type { Bench } from './bench.ts';

/** Every benchmark of the project. */
const BENCHES: readonly Bench[] = [
  {
    name: 'bank',
    about: 'loading and reloading 10,000 question packs, against reading and parsing them barely; memory kept',
    run: async (rounds, onProgress) => (await import('./bank.ts')).benchBank(rounds, undefined, onProgress),
  },
  {
    name: 'discord',
    about: 'commands, posts and memory on Discord, against bare discord.js with the same statements and caches',
    run: async (rounds, onProgress) => (await import('./discord.ts')).benchDiscord(rounds, onProgress),
  },
  {
    name: 'fanout',
    about: '2,000 Discord channels due at one minute, against the 50 requests a second Discord allows',
    run: async (rounds, onProgress) => (await import('./fanout.ts')).benchFanout(rounds, onProgress),
  },
  {
    name: 'matching',
    about: 'matching 200 mentees with 100 mentors, against one second of CPU',
    run: async (rounds, onProgress) => (await import('./matching.ts')).benchMatching(rounds, onProgress),
  },
  {
    name: 'slack',
    about: 'commands and posts on Slack, against bare Bolt and a bare WebClient with the same commits',
    run: async (rounds, onProgress) => (await import('./slack.ts')).benchSlack(rounds, onProgress),
  },
];

const USAGE = `Usage: npm run bench -- <name> [--json] [--rounds n]

${BENCHES.map(({ name, about }) => `  ${name.padEnd(8)}  ${about}`).join('\n')}

Floor and product take turns in one run; only their ratio has a goal, as a machine
may be busy. Ends with 0 when all goals are met, 1 when one is missed, 2 when the
command is not right, 3 when it could not run.
`;

function readArguments(): { bench: Bench | undefined; json: boolean; rounds: number | undefined; help: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new TypeError('--rounds takes a whole number');
  if (positionals.length > 1) throw new TypeError('one benchmark at a time');
  return { bench: BENCHES.find(({ name }) => name === positionals[0]), json: values.json, rounds, help: values.help };
}

async function main(): Promise<number> {
  const { bench, json, rounds, help } = readArguments();
  if (bench === undefined || help) {
    (help ? process.stdout : process.stderr).write(USAGE);
    return help ? 0 : 2;
  }
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  const begun = performance.now();
  const outcome = await bench.run(rounds, (doing) =>
    process.stderr.write(`  ${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${doing}\n`),
  );
  const judged = judge(bench.name, outcome);
  process.stdout.write(json ? `${JSON.stringify(judged, undefined, 2)}\n` : `\n${showOutcome(judged)}\n`);
  return judged.ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const wrong = error instanceof TypeError;
  process.stderr.write(
    `${error instanceof Error ? (wrong ? error.message : error.stack) : String(error)}\n${wrong ? USAGE : ''}`,
  );
  process.exitCode = wrong ? 2 : 3;
}
