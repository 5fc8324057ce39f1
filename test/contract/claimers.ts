/** Starts a process of its own that takes due rows. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('claimer.ts', import.meta.url));

export async function runClaimer(url: string, prefix: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, url, prefix]);
  return JSON.parse(stdout) as string[];
}
