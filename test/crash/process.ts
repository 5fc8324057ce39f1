/** The real program as a child of the test: started on a folder, asked by HTTP, killed without warning. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A start that takes longer than this has hung, in ms. */
const LONGEST_START_MS = 60_000;

export interface Life {
  /** Resolves when it says its address; rejects when it ends or hangs before that. */
  readonly ready: Promise<string>;
  /** How it ended: its exit code, or the signal. */
  readonly ended: Promise<number | string>;
  /** Milliseconds from the start to its address; undefined before that. */
  readyAfter(): number | undefined;
  /** Lines of its log at level error, and whatever it wrote to standard error. */
  complaints(): readonly string[];
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with how it ended. */
  stop(): Promise<number | string>;
}

export function startLife(folder: string): Life {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', './src/node-version.js', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn', TZ: 'Europe/Berlin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  let readyAfter: number | undefined;
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing')),
  );
  const ready = new Promise<string>((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error(`no address yet\n${said.out}${said.err}`)), LONGEST_START_MS);
    const settle = (how: () => void): void => {
      clearTimeout(patience);
      how();
    };
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)?.[0];
      if (url === undefined || readyAfter !== undefined) return;
      readyAfter = performance.now() - started;
      settle(() => resolve(url));
    });
    void ended.then((how) => settle(() => reject(new Error(`ended (${how}) while starting\n${said.out}${said.err}`))));
  });
  // Whoever kills it while it starts does not wait for its address.
  ready.catch(() => {});
  return {
    ready,
    ended,
    readyAfter: () => readyAfter,
    complaints: () => [
      ...said.out.split('\n').filter((line) => line.includes('"level":"error"')),
      ...linesOf(said.err),
    ],
    kill: () => end(child, 'SIGKILL', ended).then(() => {}),
    stop: () => end(child, 'SIGTERM', ended),
  };
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<number | string>): Promise<number | string> {
  child.kill(signal);
  return ended;
}
