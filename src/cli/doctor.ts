/** `doctor`: looks at everything that has to be right, and says how to mend what is not. */
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { EXIT, Stop, paint, say, startProgress } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { CHECKS } from './checks.ts';
import type { Finding } from './finding.ts';
import { askHealth } from './health.ts';

interface Options {
  readonly alive?: boolean;
  readonly json?: boolean;
}

export function addDoctorCommand(root: Command, terminal: Terminal, ended: (exit: number) => void): void {
  root
    .command('doctor')
    .description('look at everything that has to be right, and say how to mend what is not')
    .option('--alive', 'only ask the running server whether it is well (for health checks)')
    .option('--json', 'one JSON object: ok, findings')
    .addHelpText(
      'after',
      `
Looks at the configuration, Node, the data folder, the key, the database, the
questions, clock and time zones, and the port. With a token of Slack or Discord
it asks there too: what the tokens are good for, which scopes, intents or
permissions are missing, and which channels of schedules it cannot use. It
changes nothing.
Ends with 0 when nothing failed (a warning is fine), with 1 when something did.

Examples:
  $ greenroom doctor
  $ greenroom doctor --json | jq '.findings[] | select(.verdict != "ok")'`,
    )
    .action(async ({ alive, json }: Options) => {
      if (alive === true) await isAlive(terminal, json);
      else ended(await examine(terminal, json));
    });
}

async function isAlive(terminal: Terminal, json: boolean | undefined): Promise<void> {
  const { host, port } = readConfig(terminal.env, 'tool');
  const health = await askHealth(host, port, '/healthz');
  if (health.kind !== 'well') throw new Stop(`Greenroom is not well on port ${port}: ${health.why}.`, EXIT.problems);
  say(terminal, json, { ok: true }, () => `Greenroom is well on port ${port}.`);
}

async function examine(terminal: Terminal, json: boolean | undefined): Promise<number> {
  const findings: Finding[] = [];
  const progress = startProgress(terminal, 'Looking');
  for (const [index, check] of CHECKS.entries()) {
    progress.at(index, CHECKS.length);
    findings.push(...(await check(terminal.env)));
  }
  progress.end();
  const ok = findings.every(({ verdict }) => verdict !== 'fail');
  say(terminal, json, { ok, findings }, () => findings.map((finding) => line(terminal, finding)).join('\n'));
  return ok ? EXIT.ok : EXIT.problems;
}

const STYLE = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

function line(terminal: Terminal, { verdict, about, said, mend }: Finding): string {
  const head = `${paint(terminal, STYLE[verdict], verdict.padEnd(4))}  ${about.padEnd(13)}  ${said}`;
  return mend === undefined ? head : `${head}\n${' '.repeat(21)}→ ${mend}`;
}
