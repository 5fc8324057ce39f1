/** The house's rules hold in every file, and the check that says so can fail. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBreaches } from './support/find-breaches.ts';
import { LONGEST_FILE, LONGEST_FUNCTION, MAY_IMPORT, MAY_IMPORT_TYPES, PACKAGES } from './support/house.ts';

const ROOT = join(import.meta.dirname, '..');

async function project(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const path of glob('{src,adapters,migrations}/**/*.{ts,js}', { cwd: ROOT })) {
    files.set(path.replaceAll('\\', '/'), await readFile(join(ROOT, path), 'utf8'));
  }
  return files;
}

/** What is said of one file; it opens with a comment unless told otherwise. */
function said(path: string, source: string, open = '/** What it is for. */\n'): string[] {
  return findBreaches(new Map([[path, open + source]])).map(({ at, what }) => `${at} ${what}`);
}

describe('the project', () => {
  it('keeps every rule of the house', async () => {
    const files = await project();
    expect(files.size).toBeGreaterThan(40);
    expect(findBreaches(files).map(({ at, what }) => `${at}  ${what}`)).toEqual([]);
  });

  it('has no package without a room, and no room for a package it does not have', async () => {
    const about = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const has = Object.keys({ ...about['dependencies'], ...about['optionalDependencies'] });
    const owned = Object.keys(PACKAGES);
    expect(has.filter((name) => name !== 'node' && !owned.includes(name))).toEqual([]);
    expect(owned.filter((name) => name !== 'mdast' && !has.includes(name))).toEqual([]);
  });
});

/** A file of each room, to look out of and into. */
const FILE_IN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(MAY_IMPORT).map((room) => [room, `src/${room}/one.ts`])),
  feature: 'src/features/daily/rules.ts',
  features: 'src/features/index.ts',
  adapter: 'adapters/slack/render.ts',
  migrations: 'migrations/0001-first.ts',
  main: 'src/main.ts',
  cli: 'src/cli/bank.ts',
  config: 'src/config.ts',
  log: 'src/log.ts',
};
const climb = (from: string): string => '../'.repeat(from.split('/').length - 1) || './';

describe.each(Object.keys(MAY_IMPORT))('the room %s', (room) => {
  const from = FILE_IN[room] ?? '';
  const allowed = MAY_IMPORT[room] ?? [];
  it.each(Object.keys(MAY_IMPORT).filter((other) => other !== room))('looks into %s only if it may', (other) => {
    const target = `${climb(from)}${FILE_IN[other]}`;
    const isOpen = allowed.includes('*') || allowed.includes(other);
    const isShown = MAY_IMPORT_TYPES[room]?.includes(other) ?? false;
    for (const source of [
      `import { a } from '${target}';`,
      `import type { A } from '${target}';`,
      `import '${target}';`,
      `export * from '${target}';`,
      `export { a } from '${target}';`,
      `const a = await import('${target}');`,
      `type A = import('${target}').A;`,
    ]) {
      const isType = /^(?:import )?type /.test(source);
      expect(said(from, source), source).toHaveLength(isOpen || (isShown && isType) ? 0 : 1);
    }
  });
});

describe('an import', () => {
  it.each([
    ['src/features/daily/rules.ts', '../feedback/rules.ts', 'feature:daily may not import feature:feedback'],
    ['src/features/daily/rules.ts', '../index.ts', 'feature:daily may not import features'],
    ['adapters/slack/render.ts', '../local/render.ts', 'adapter:slack may not import adapter:local'],
    ['src/core/turn.ts', '../../test/support/world.ts', 'in no room of the house'],
    ['src/core/turn.ts', './claims', 'does not end in .ts'],
    ['src/chat/wire.ts', 'node:path', 'chat imports nothing'],
    ['src/store/open.ts', 'node:timers/promises', 'belongs to the owners of the world'],
    ['src/store/open.ts', 'node:process', 'belongs to the owners of the world'],
    ['src/core/turn.ts', 'pg', 'the package pg belongs to store'],
    ['src/core/turn.ts', 'kysely', 'the package kysely belongs to store'],
    ['adapters/slack/index.ts', 'hono', 'the package hono belongs to'],
    ['src/web/page.ts', '@hono/node-server', 'the package @hono/node-server belongs to main'],
    ['src/bank/load.ts', 'left-pad', 'the package left-pad belongs to no room'],
  ])('in %s of %s is a breach', (path, target, what) => {
    const breaches = said(path, `import { a } from '${target}';`);
    expect(breaches).toEqual([expect.stringContaining(what)]);
    expect(breaches[0]).toMatch(new RegExp(`^${path}:2 `));
  });

  it.each([
    ['src/core/turn.ts', `import type { Kysely } from 'kysely';`],
    ['src/features/daily/queries.ts', `import { type Kysely } from 'kysely';`],
    ['src/features/daily/handlers.ts', `import { a } from './rules.ts';`],
    ['src/store/open.ts', `import pg from 'pg';`],
    ['adapters/local/index.ts', `import { html } from 'hono/html';`],
    ['src/main.ts', `import { serve } from '@hono/node-server';`],
    ['src/store/migrate.ts', 'await import(file);'],
  ])('in %s is fine: %s', (path, source) => expect(said(path, source)).toEqual([]));

  it('of a name only known later is a breach', () => {
    expect(said('src/core/turn.ts', 'await import(file);')).toEqual([
      expect.stringContaining('by a name only known later'),
    ]);
  });
});

describe('the world outside', () => {
  it.each([
    'Date.now();',
    'const at = new Date();',
    'const at = new Date;',
    'const at = Date();',
    'const { now } = Date;',
    `Date['now']();`,
    'globalThis.Date.now();',
    'Math.random();',
    'setTimeout(run, 1);',
    'globalThis.setTimeout(run, 1);',
    'window.setInterval(run, 1);',
    'setInterval(run, 1);',
    'setImmediate(run);',
    'run(setTimeout);',
    'crypto.randomUUID();',
    `crypto['getRandomValues'](bytes);`,
    `import { randomBytes } from 'node:crypto';`,
    'performance.now();',
    'Temporal.Now.instant();',
    'AbortSignal.timeout(5);',
    'process.hrtime();',
    'process.env.PORT;',
    `process['env'];`,
    'const { env } = process;',
  ])('is not touched by a feature: %s', (source) => {
    expect(said('src/features/daily/handlers.ts', source)).toHaveLength(1);
    expect(said('adapters/slack/index.ts', source)).toHaveLength(1);
  });

  it.each(['src/main.ts', 'src/cli/doctor.ts', 'src/core/clock.ts', 'adapters/local/page/app.js'])(
    'is there for %s',
    (path) => {
      expect(said(path, 'Date.now(); new Date(); setTimeout(run, Math.random()); crypto.randomUUID();')).toEqual([]);
    },
  );

  it('shows its settings to src/config.ts alone', () => {
    expect(said('src/config.ts', 'process.env.PORT;')).toEqual([]);
    for (const path of ['src/main.ts', 'src/cli.ts', 'src/core/clock.ts']) {
      expect(said(path, 'process.env.PORT;')).toEqual([expect.stringContaining('src/config.ts alone')]);
    }
  });

  it.each([
    'new Date(0); Date.parse(text); new Date(text);',
    '// Date.now() and setTimeout are for others',
    `const words = 'Date.now()' + \`setTimeout(\${words})\`;`,
    'clock.setTimeout(run); const timers = { setTimeout: 1 };',
    'interface Clock { setTimeout(): void }',
    'process.exitCode = 1;',
  ])('is not taken for touched: %s', (source) => expect(said('src/core/turn.ts', source)).toEqual([]));
});

describe('the shape of a file', () => {
  it.each([
    ['a default export', 'src/core/a.ts', 'export default 1;'],
    ['a default export', 'src/core/a.ts', 'const a = 1; export { a as default };'],
    ['`any`', 'src/core/a.ts', 'let a: any;'],
    ['`any`', 'src/core/a.ts', 'const a = <T = any>(b: T[]) => b;'],
    ['kebab-case', 'src/core/someThing.ts', ''],
    ['kebab-case', 'src/core/some_thing.ts', ''],
    ['says nothing', 'src/core/text-utils.ts', ''],
    ['says nothing', 'src/core/a.ts', 'class RoundManager {}'],
    ['says nothing', 'src/core/a.ts', 'const textHelper = 1;'],
    ['stands in no room', 'src/shared/a.ts', ''],
    ['stands in no room', 'adapters/a.ts', ''],
    ['does not parse', 'src/core/a.ts', 'const = ;'],
  ])('shows %s in %s: %s', (what, path, source) => {
    expect(said(path, source)).toEqual(expect.arrayContaining([expect.stringContaining(what)]));
  });

  it('has to open with what it is for', () => {
    expect(said('src/core/a.ts', `import './b.ts';\n// too late\n`, '')).toEqual([
      expect.stringContaining('open with'),
    ]);
    expect(said('src/cli.ts', '', '#!/usr/bin/env node\n/** The command line. */\n')).toEqual([]);
  });

  it(`has at most ${LONGEST_FILE} lines`, () => {
    const filled = (lines: number): string => 'a();\n'.repeat(lines - 1);
    expect(said('src/core/a.ts', filled(LONGEST_FILE))).toEqual([]);
    expect(said('src/core/a.ts', filled(LONGEST_FILE + 1))).toHaveLength(1);
  });

  it.each(['function a() {', 'const a = () => {', 'const a = function () {', 'class A { a() {'])(
    `has functions of at most ${LONGEST_FUNCTION} lines: %s`,
    (open) => {
      const filled = (lines: number): string =>
        `${open}\n${'b();\n'.repeat(lines - 2)}}${open.startsWith('class') ? '}' : ''}`;
      expect(said('src/core/a.ts', filled(LONGEST_FUNCTION))).toEqual([]);
      expect(said('src/core/a.ts', filled(LONGEST_FUNCTION + 1))).toHaveLength(1);
      expect(said('migrations/0001-first.ts', filled(LONGEST_FUNCTION + 1))).toEqual([]);
    },
  );
});
