/** What a process keeps, once everything that nobody needs is collected. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Resident memory in MB, after a few collections. */
export async function collected(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await new Promise((done) => setImmediate(done));
  }
  return process.memoryUsage.rss() / 1e6;
}
