/** Lets many through side by side, and one alone when it must be: waits for those inside and holds back those behind. */
export class Turnstile {
  #inside = 0;
  #emptied: (() => void) | undefined;
  /** Settles when the one that is alone has left. */
  #alone: Promise<void> | undefined;

  async beside<T>(run: () => Promise<T>): Promise<T> {
    while (this.#alone) await this.#alone;
    this.#inside += 1;
    try {
      return await run();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#emptied?.();
    }
  }

  async alone<T>(run: () => Promise<T>): Promise<T> {
    while (this.#alone) await this.#alone;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#alone = promise;
    if (this.#inside > 0) await new Promise<void>((done) => (this.#emptied = done));
    try {
      return await run();
    } finally {
      this.#alone = undefined;
      resolve();
    }
  }
}
