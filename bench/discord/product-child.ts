/** Greenroom as it is served, in a process that tells what it spends; `TAPE=1` also what it does with its database. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { answerAsks } from '../slack/child.ts';
import { fitTape, type Taped } from '../slack/tape.ts';
import { collected } from './memory.ts';

/** What holds it to the pace of the real Discord, and what it is held to instead with `UNPACED=1`. */
const PACES: readonly (readonly [file: string, paced: string, unpaced: string])[] = [
  ['/adapters/discord/lanes.ts', 'ALL_TOGETHER = { limit: 10,', 'ALL_TOGETHER = { limit: 1_000_000,'],
  ['/adapters/discord/share.ts', 'const MOST = 50;', 'const MOST = 1_000_000;'],
];

if (process.env['UNPACED'] === '1') {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const [, paced, unpaced] = PACES.find(([file]) => url.endsWith(file)) ?? [];
      if (paced === undefined || unpaced === undefined) return loaded;
      const source = readFileSync(fileURLToPath(url), 'utf8');
      if (!source.includes(paced)) throw new Error(`${url} is paced in another way by now`);
      return { ...loaded, source: source.replace(paced, unpaced) };
    },
  });
}

const start = process.env['TAPE'] === '1' ? fitTape() : undefined;
let stop: (() => readonly Taped[]) | undefined;

const { makeLog } = await import('../../src/log.ts');
const { readConfig } = await import('../../src/config.ts');
const { serve } = await import('../../src/main.ts');
const greenroom = await serve(readConfig(process.env), 'Etc/UTC', makeLog('error'));

answerAsks(
  {
    collected,
    tape: () => void (stop = start?.()),
    taped: () => stop?.() ?? [],
  },
  () => greenroom.stop(),
);
