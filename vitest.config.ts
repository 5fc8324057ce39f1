/** How the tests run: one process, threads, real parts. `--mode long` (or `LONG=1`) turns samples into the full counts. */
// First: better-sqlite3 ends a Node that is too old without a word.
import './src/node-version.js';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => {
  const long = mode === 'long' || process.env['LONG'] === '1';
  return {
    test: {
      include: ['test/**/*.test.ts'],
      globalSetup: ['test/global-setup.ts'],
      pool: 'threads',
      // Every core: much of the time is spent waiting for processes of its own.
      maxWorkers: '100%',
      isolate: false,
      allowOnly: false,
      // A stop for what hangs, not a measure of speed: machines are busy.
      testTimeout: long ? 900_000 : 120_000,
      hookTimeout: 120_000,
      expect: { poll: { timeout: 20_000, interval: 10 } },
      env: { TZ: 'Etc/UTC', NODE_ENV: 'test', ...(long ? { LONG: '1' } : {}) },
    },
  };
});
