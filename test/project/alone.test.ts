/** Two Greenrooms on one folder of data would post for each other; the second one says so and stays out. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { explainStart, type Greenroom, serve } from '../../src/main.ts';

it('a second Greenroom on the same data does not start, and the first goes on until it is stopped', async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'greenroom-two-'));
  onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true, maxRetries: 5 }));
  const start = (): Promise<Greenroom> =>
    serve(readConfig({ DATA_DIR, PORT: '0' }), 'Europe/Berlin', makeLog('silent'));
  const first = await start();
  const refused = await start().then(
    async (second) => second.stop(),
    (error: unknown) => explainStart(error),
  );
  expect(refused).toMatchObject({ code: 3, text: expect.stringContaining('Another Greenroom runs on') });
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  await first.stop();
  await (await start()).stop();
});
