/** How the tests run: one process, threads, real parts; `LONG=1` turns the samples into the full counts. */
import { defineConfig } from 'vitest/config';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const enough = major > 24 || (major === 24 && minor >= 12) || (major === 22 && minor >= 18);
if (!enough) {
  // better-sqlite3 ends an older Node without a word, so this has to come before any test is loaded.
  process.stderr.write(
    `Greenroom needs Node 22.18 or newer in line 22, 24.12 or newer in line 24, or 26; this is ${process.versions.node}.\n` +
      'Run the tests with `npm test`, which uses the Node that `npm ci` brought, or install Node 24 from https://nodejs.org.\n',
  );
  process.exit(2);
}

const long = process.env['LONG'] === '1';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: long ? 900_000 : 30_000,
    hookTimeout: 60_000,
    fakeTimers: { toFake: [] },
    env: { TZ: 'Etc/UTC' },
  },
});
