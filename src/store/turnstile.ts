/** Lets many through side by side, and one alone when it must be: waits for those inside and holds back those behind. */
export class Turnstile {
  #inside = 0;
  #emptied: (() => void) | undefined;
  #last: Promise<void> = Promise.resolve();

  async beside<T>(run: () => Promise<T>): Promise<T> {
    await this.#last;
    this.#inside += 1;
    try {
      return await run();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#emptied?.();
    }
  }

  async alone<T>(run: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    if (this.#inside > 0) await new Promise<void>((done) => (this.#emptied = done));
    try {
      return await run();
    } finally {
      resolve();
    }
  }
}
