/** A process of the benchmark: asked by messages, so that it answers for its own processor time. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

type Answer = (...args: never[]) => unknown;

interface Asked {
  readonly id: number;
  readonly verb: string;
  readonly args: readonly unknown[];
}
interface Told {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export interface Child {
  ask<T>(verb: string, ...args: readonly unknown[]): Promise<T>;
  /** User and system time of the process so far, in µs. */
  spent(): Promise<number>;
  /** Ends it, and waits until it is gone. */
  close(): Promise<void>;
}

/** Starts a file of this folder; resolves when it is ready. */
export async function startChild(file: string, env: Readonly<Record<string, string>>): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', TZ: 'Etc/UTC', ...env },
    execArgv: [],
  });
  const waiting = new Map<number, (told: Told) => void>();
  child.on('message', (told: Told) => waiting.get(told.id)?.(told));
  const gone = once(child, 'exit');
  const ready = new Promise<Told>((resolve) => waiting.set(0, resolve));
  await Promise.race([ready, gone.then(() => failed(file))]);
  return {
    ask: (verb, ...args) => askOf(child, waiting, { verb, args }),
    spent: () => askOf(child, waiting, { verb: 'spent', args: [] }),
    async close() {
      if (child.connected) child.send({ id: -1, verb: 'end', args: [] });
      await gone;
    },
  };
}

let lastId = 0;

async function askOf<T>(
  child: ChildProcess,
  waiting: Map<number, (told: Told) => void>,
  { verb, args }: Omit<Asked, 'id'>,
): Promise<T> {
  const id = ++lastId;
  const answer = new Promise<Told>((resolve) => waiting.set(id, resolve));
  child.send({ id, verb, args });
  const { value, error } = await answer;
  waiting.delete(id);
  if (error !== undefined) throw new Error(error);
  return value as T;
}

function failed(file: string): never {
  throw new Error(`${file} ended before it was ready`);
}

/** In the child: it is ready, answers these verbs, and ends by `close` when it is told to. */
export function answerAsks(verbs: Readonly<Record<string, Answer>>, close: () => Promise<void>): void {
  const tell = (told: Told): void => void process.send?.(told);
  const all: Readonly<Record<string, Answer>> = { ...verbs, spent };
  process.on('message', ({ id, verb, args }: Asked) => {
    if (verb === 'end') return void close().then(() => process.exit(0));
    return void Promise.resolve()
      .then(() => all[verb]?.(...(args as never[])))
      .then(
        (value) => tell({ id, value }),
        (error: unknown) => tell({ id, error: String(error) }),
      );
  });
  process.once('disconnect', () => process.exit(1));
  tell({ id: 0 });
}

function spent(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
