/** A shell in the project's folder, to type what the README says; what it starts ends with the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Shell {
  /** Runs a line of the README; resolves with what it printed when it ended well. */
  run(line: string): Promise<string>;
  /** Starts one that goes on, and resolves once it has said this. */
  start(line: string, until: RegExp): Promise<void>;
  readonly folder: string;
  env: Record<string, string>;
}

export async function openShell(): Promise<Shell> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-steps-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const begin = (line: string) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), PORT: '0', ...shell.env };
    // A group of its own: the shell, npm and Node end together.
    const child = spawn('sh', ['-c', line], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
    const ended = once(child, 'close').then(([exit]) => exit as number | null);
    return { child, said, ended };
  };
  const shell: Shell = {
    folder,
    env: {},
    async run(line) {
      const { said, ended } = begin(line);
      expect({ line, exit: await ended, said: said.text }).toMatchObject({ exit: 0 });
      return said.text;
    },
    async start(line, until) {
      const { child, said, ended } = begin(line);
      onTestFinished(async () => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
        await ended;
      });
      const over = ended.then((exit) => Promise.reject(new Error(`it ended with ${exit}: ${said.text}`)));
      while (!until.test(said.text)) await Promise.race([once(child.stdout, 'data'), over]);
      over.catch(() => undefined);
    },
  };
  return shell;
}
