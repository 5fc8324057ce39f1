/**
 * Writes that come together share one commit, as waiting for the disk is most of what a commit costs. Each of them is kept whole or
 * not at all by itself, as if it had come alone; nobody is told that theirs is kept before all of them are on the disk.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledQuery } from 'kysely';
import type { Tx } from './store.ts';

export type Work<T> = (tx: Tx) => Promise<T>;

export interface Ways {
  /** One transaction and one commit. */
  transact<T>(work: Work<T>): Promise<T>;
  /** The same, with everything that can be done when the disk is in the way. */
  alone<T>(work: Work<T>): Promise<T>;
  /** Trouble of the database itself: it is everybody's. */
  isOurs(error: unknown): boolean;
  /** Resolves when what has arrived by now had its chance to come along. */
  gather(): Promise<void>;
}

/** So many share a commit at most, so that the first of them does not wait for ever. */
const MOST = 64;

const BEGIN = CompiledQuery.raw('savepoint one');
/** Also what makes a statement that failed before count. */
export const KEEP = 'release one';
export const UNDO = 'rollback to one';
const KEPT = CompiledQuery.raw(KEEP);
const UNDONE = CompiledQuery.raw(UNDO);

interface Member {
  run(tx: Tx): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export class Together {
  readonly #ways: Ways;
  readonly #waiting: Member[] = [];
  #running: Promise<void> | undefined;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  write<T>(work: Work<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // Each goes on in the context it came from, whoever runs it.
    const inside = AsyncLocalStorage.snapshot();
    this.#waiting.push({ run: (tx) => inside(work, tx), resolve: resolve as Member['resolve'], reject });
    this.#running ??= this.#run();
    return promise;
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#ways.gather();
      const first = this.#waiting.shift();
      if (first) await (this.#waiting.length === 0 ? this.#byItself(first) : this.#sharing(first));
    }
    // In the same breath as the last look, or what comes in between would wait for nobody.
    this.#running = undefined;
  }

  #byItself(member: Member): Promise<void> {
    return this.#ways.alone((tx) => member.run(tx)).then(member.resolve, member.reject);
  }

  async #sharing(first: Member): Promise<void> {
    const open = new Set<Member>();
    const kept: (() => void)[] = [];
    try {
      await this.#ways.transact(async (tx) => {
        for (let next: Member | undefined = first; next; next = this.#next(kept.length)) {
          open.add(next);
          const end = await this.#inOne(tx, next);
          if (end.isKept) kept.push(end.tell);
          else {
            open.delete(next);
            end.tell();
          }
        }
      });
    } catch {
      // Nothing is kept; by itself each learns what is in the way, or is kept after all.
      for (const member of open) await this.#byItself(member);
      return;
    }
    for (const tell of kept) tell();
  }

  #next(already: number): Member | undefined {
    return already < MOST ? this.#waiting.shift() : undefined;
  }

  /** What it throws takes back what it wrote, and nothing of the others. */
  async #inOne(tx: Tx, member: Member): Promise<{ readonly isKept: boolean; tell(): void }> {
    await tx.executeQuery(BEGIN);
    try {
      const value = await member.run(tx);
      await tx.executeQuery(KEPT);
      return { isKept: true, tell: () => member.resolve(value) };
    } catch (error) {
      if (this.#ways.isOurs(error)) throw error;
      await tx.executeQuery(UNDONE);
      await tx.executeQuery(KEPT);
      return { isKept: false, tell: () => member.reject(error) };
    }
  }
}
