/** A process that has a Socket Mode line and nothing else: with the line closed, nothing keeps it. Told over its input what to do. */
import { createInterface } from 'node:readline';
import { openSocket } from '../../../adapters/slack/socket.ts';
import { openClock } from '../../../src/core/clock.ts';
import { makeLog } from '../../../src/log.ts';

const [, , apiUrl = '', appToken = ''] = process.argv;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const line = openSocket({
  appToken: { reveal: () => appToken },
  apiUrl,
  world: openClock(),
  log: makeLog('warn'),
  take: async () => '',
  onDeaf: () => say('DEAF'),
  fatal: (why) => void end(3, why),
});

async function end(exitCode: number, why: string): Promise<void> {
  say(`ENDS ${why}`);
  process.exitCode = exitCode;
  process.stdin.destroy();
  await line.close();
  say('CLOSED');
}

createInterface({ input: process.stdin }).on('line', (told) => void (told === 'close' && end(0, 'as told')));
line.open().then(
  () => say('OPEN'),
  (error: unknown) => end(2, String(error)),
);
