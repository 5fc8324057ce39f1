/** One life of the program: started on a folder, told the time and when to die. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order } from './program-child.ts';

const PROGRAM = fileURLToPath(new URL('program-child.ts', import.meta.url));

export interface Life {
  /** Resolves with its address; rejects when it ends before that. */
  readonly ready: Promise<string>;
  /** Resolves with how it ended: exit code or signal. */
  readonly ended: Promise<number | string>;
  readonly isOver: boolean;
  tell(order: Order): void;
  stop(): Promise<number | string>;
  /** Lines of its log at level error, and what it wrote to standard error. */
  complaints(): readonly string[];
}

export function startLife(env: Readonly<Record<string, string>>): Life {
  const child: ChildProcess = fork(PROGRAM, {
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  let said = '';
  let isOver = false;
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => {
      isOver = true;
      resolve(code ?? signal ?? 'nothing');
    }),
  );
  const ready = new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url));
    void ended.then((how) => reject(new Error(`ended (${how}) while starting\n${said}`)));
  });
  ready.catch(() => {});
  return {
    ready,
    ended,
    get isOver() {
      return isOver;
    },
    tell: (order) => void (child.connected && child.send(order, () => {})),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    complaints: () => said.split('\n').filter((line) => line !== '' && !/^\{"level":"(?:warn|info)"/.test(line)),
  };
}
