/** A process that has a gate and nothing else: with the gate closed, nothing keeps it. Told over its input what to do. */
import { createInterface } from 'node:readline';
import { Routes } from 'discord.js';
import { openBudget, openGate } from '../../../adapters/discord/gate/index.ts';
import { openClock } from '../../../src/core/clock.ts';
import { makeLog } from '../../../src/log.ts';

const [, , apiUrl = '', token = '', applicationId = ''] = process.argv;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const kept = new Map<string, string>();
const world = openClock();

const gate = openGate({
  deps: {
    world,
    log: makeLog('warn'),
    vault: {
      keep: async (key, text) => void kept.set(key, text),
      read: async (key) => kept.get(key),
      take: async (key) => kept.get(key),
      forget: async (key) => void kept.delete(key),
      keys: async () => [...kept.keys()],
    },
    known: async () => undefined,
    paint: async () => undefined,
    fatal: (why) => void end(3, why),
    token: { reveal: () => token },
    applicationId,
    apiUrl,
    content: true,
  },
  budget: openBudget(world),
  hears: {
    onDeaf: async () => say('DEAF'),
    onServer: async (_, name) => say(`SERVER ${name}`),
    onGone: async () => say('GONE'),
  },
  register(client) {
    client.on('messageCreate', async ({ content }) => {
      if (content === 'throw') throw new Error('a listener failed');
      say(`HEARD ${content}`);
    });
  },
});

async function end(exitCode: number, why: string): Promise<void> {
  say(`ENDS ${why}`);
  process.exitCode = exitCode;
  process.stdin.destroy();
  await gate.close();
  say('CLOSED');
}

createInterface({ input: process.stdin }).on('line', (told) => {
  if (told === 'close') void end(0, 'as told');
  if (told === 'ask') gate.client.rest.get(Routes.user()).catch((error: unknown) => say(`ASKED ${String(error)}`));
});
gate.open().then(
  () => say('OPEN'),
  (error: unknown) => (process.exitCode === undefined ? end(2, String(error)) : undefined),
);
