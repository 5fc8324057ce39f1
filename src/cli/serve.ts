/** `serve`: the same as `npm start`. */
import type { Command } from 'commander';
import { environment, readConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { leaveHostZone } from '../schedule/host-zone.ts';
import { Stop } from './terminal.ts';
import type { Exit, Terminal } from './terminal.ts';

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
  const { explainStart, serve } = await import('../main.ts');
  const greenroom = await serve(config, zone, makeLog(terminal.live ? 'warn' : config.logLevel)).catch(
    (error: unknown) => {
      const { text, code } = explainStart(error);
      throw new Stop(text, code as Exit);
    },
  );
  terminal.out(`Greenroom is open: ${greenroom.url}\nStop it with Ctrl-C.\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await greenroom.stop();
}
