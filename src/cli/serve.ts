/** `serve`: the same as `npm start`. */
import type { Command } from 'commander';
import { environment, readConfig } from '../config.ts';
import { leaveHostZone } from '../schedule/host-zone.ts';
import { Stop } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export function addServeCommand(root: Command, terminal: Terminal): void {
  root
    .command('serve')
    .description('start Greenroom; without the token of a platform it is the local chat')
    .addHelpText(
      'after',
      `
Settings come from the environment: PORT, HOST, DATA_DIR, DATABASE_URL,
CONTENT_DIR, LOG_LEVEL and others; \`greenroom doctor\` looks at all of them.
Ctrl-C ends it in order.

Examples:
  $ greenroom serve
  $ PORT=8080 DATA_DIR=/var/lib/greenroom greenroom serve`,
    )
    .action(() => start(terminal));
}

async function start(terminal: Terminal): Promise<void> {
  const zone = leaveHostZone(environment);
  const config = readConfig(terminal.env);
  // Loaded late: the other commands need none of it, and start faster.
  const { explainStart, stayOpen } = await import('../main.ts');
  await stayOpen(config, zone, terminal).catch((error: unknown) => {
    const { text, code } = explainStart(error);
    throw new Stop(text, code);
  });
}
