/** Greenroom as it is served, in a process that tells what it spends; `TAPE=1` also what it does with its database. */
import { makeLog } from '../../src/log.ts';
import { readConfig } from '../../src/config.ts';
import { serve } from '../../src/main.ts';
import { answerAsks } from './child.ts';
import { fitTape, type Taped } from './tape.ts';

const start = process.env['TAPE'] === '1' ? fitTape() : undefined;
let stop: (() => readonly Taped[]) | undefined;

const greenroom = await serve(readConfig(process.env), 'Etc/UTC', makeLog('error'));

answerAsks(
  {
    url: () => `${greenroom.url}/slack/events`,
    tape: () => void (stop = start?.()),
    taped: () => stop?.() ?? [],
  },
  () => greenroom.stop(),
);
