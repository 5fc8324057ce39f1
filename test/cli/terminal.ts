/** A terminal that remembers what was said to it, and a folder of its own for the data. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface TestTerminal {
  readonly dataDir: string;
  greenroom(...args: string[]): Promise<Said>;
  /** The one JSON object a command printed. Throws when it printed anything else. */
  json(...args: string[]): Promise<{ exit: number; said: Record<string, unknown> }>;
}

export async function testTerminal(env: Record<string, string> = {}, live = false): Promise<TestTerminal> {
  const dataDir = await mkdtemp(join(tmpdir(), 'greenroom-cli-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const greenroom = async (...args: string[]): Promise<Said> => {
    const said = { out: '', err: '' };
    const terminal: Terminal = {
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      live,
      columns: 100,
      colours: false,
      now: () => 0,
      env: { DATA_DIR: dataDir, PORT: '0', ...env },
    };
    return { exit: await runCli(args, terminal), ...said };
  };
  return {
    dataDir,
    greenroom,
    async json(...args) {
      const { exit, out } = await greenroom(...args, '--json');
      return { exit, said: JSON.parse(out) as Record<string, unknown> };
    },
  };
}
