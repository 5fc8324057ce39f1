/** The doctor's checks: each looks at one thing and changes nothing. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { loadBank } from '../bank/load.ts';
import { ConfigError, readConfig, strayVariables } from '../config.ts';
import { keyFile } from '../config/key.ts';
import { instantOf } from '../schedule/zone.ts';
import { pending } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { checkDiscord } from './discord-check.ts';
import { sayBytes } from './files.ts';
import { type Check, type Finding, fail, ok, warn, withConfig } from './finding.ts';
import { askHealth, whyNotListen } from './health.ts';
import { fileOf } from './open.ts';
import { checkSlack } from './slack-check.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const checkConfig: Check = async (env) => {
  const stray = strayVariables(env).map((name) =>
    warn('configuration', `${name} is no setting of Greenroom`, 'look for a slip of the pen'),
  );
  try {
    const { local, slack, discord } = readConfig(env);
    const speaks = { Slack: slack !== undefined, Discord: discord !== undefined, 'local chat': local };
    const where = Object.entries(speaks).flatMap(([name, does]) => (does ? [name] : []));
    return [ok('configuration', `complete; ${where.join(', ')}`), ...stray];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [
      ...error.problems.map(({ variable, problem }) => ({
        verdict: 'fail' as const,
        about: 'configuration',
        said: `${variable} ${problem}`,
      })),
      ...stray,
    ];
  }
};

/** Whoever reads this runs it already; the check that refuses older ones is loaded before. */
const checkNode: Check = async () => [ok('Node', process.versions.node)];

const MEGABYTE = 1_000_000;

const checkDataDir = withConfig(async ({ dataDir }) => {
  const there = await stat(dataDir).catch(() => undefined);
  if (there !== undefined && !there.isDirectory())
    return [fail('data folder', `${dataDir} is not a folder`, 'set DATA_DIR to a folder')];
  const folder = there === undefined ? await nearest(dataDir) : dataDir;
  const writable = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const mend = 'give it to the user that runs Greenroom, or set DATA_DIR';
  if (!writable) return [fail('data folder', `${folder} cannot be written by this user`, mend)];
  const disk = await statfs(folder);
  const free = disk.bavail * disk.bsize;
  const said = `${dataDir}, ${sayBytes(free)} free${there === undefined ? '; made at the first start' : ''}`;
  if (free < 64 * MEGABYTE) return [fail('data folder', said, 'free some space')];
  return [free < 500 * MEGABYTE ? warn('data folder', said, 'free some space soon') : ok('data folder', said)];
});

/** The closest folder above that exists. */
async function nearest(folder: string): Promise<string> {
  const above = dirname(folder);
  const there = await stat(above).catch(() => undefined);
  return there !== undefined || above === folder ? above : nearest(above);
}

const checkKey = withConfig(async ({ dataDir, key, databaseUrl }) => {
  if (key !== undefined) return [ok('key', 'from GREENROOM_KEY')];
  if (databaseUrl.startsWith('postgres')) return [];
  const file = keyFile(dataDir);
  const there = await stat(file).catch(() => undefined);
  if (there === undefined) return [ok('key', `none yet; made at the first start as ${file}`)];
  const open = process.platform !== 'win32' && (there.mode & 0o077) !== 0;
  if (open) return [warn('key', `${file} can be read by others`, `chmod 600 ${file}`)];
  return [ok('key', `${file}, for its owner only; keep a copy apart from backups`)];
});

const checkDatabase = withConfig(async (config) => {
  const file = fileOf(config);
  const size = file === undefined ? undefined : await sizeOf(file);
  if (file !== undefined && size === undefined) return [ok('database', `none yet; made at the first start as ${file}`)];
  try {
    const store = await openStore(config.databaseUrl);
    try {
      const missing = await pending(store);
      const said = size === undefined ? 'PostgreSQL answers' : `${file}, ${sayBytes(size)}`;
      const late = `${said}, ${missing.length} ${missing.length === 1 ? 'migration' : 'migrations'} behind`;
      if (missing.length > 0) return [warn('database', late, 'start Greenroom, or say `greenroom migrate`')];
      return [(await damage(store)) ?? ok('database', `${said}, whole`), await refused(store)];
    } finally {
      await store.close();
    }
  } catch (error) {
    const mend =
      file === undefined ? 'start PostgreSQL, or correct DATABASE_URL' : '`greenroom restore` brings a backup back';
    return [fail('database', reasonOf(error), mend)];
  }
});

/** With the log beside it, where what is newest stands. */
async function sizeOf(file: string): Promise<number | undefined> {
  const [main, log] = await Promise.all([file, `${file}-wal`].map((path) => stat(path).catch(() => undefined)));
  return main === undefined ? undefined : main.size + (log?.size ?? 0);
}

/** What SQLite itself finds wrong with the file, page by page. PostgreSQL keeps checksums of its own. */
async function damage(store: Store): Promise<Finding | undefined> {
  if (store.kind !== 'sqlite') return undefined;
  const found = await store.read((tx) =>
    tx
      .$extendTables<{ pragma_quick_check: { quick_check: string } }>()
      .selectFrom('pragma_quick_check')
      .select('quick_check')
      .limit(3)
      .execute(),
  );
  const wrong = found.map((row) => row.quick_check).filter((line) => line !== 'ok');
  if (wrong.length === 0) return undefined;
  return fail(
    'database',
    `damaged: ${wrong.join('; ')}`,
    'stop Greenroom, keep a copy of the file, and restore a backup',
  );
}

/** Posts that were refused for good, which nobody else may have noticed. */
async function refused(store: Store): Promise<Finding> {
  const row = await store.read((tx) =>
    tx
      .selectFrom('outbox')
      .select((the) => the.fn.countAll().as('count'))
      .where('state', '=', 'dead')
      .executeTakeFirst(),
  );
  const dead = Number(row?.count ?? 0);
  return dead === 0
    ? ok('posts', 'none was refused')
    : warn('posts', `${dead} refused for good`, '`greenroom outbox --state dead` says why');
}

const checkContent = withConfig(async ({ contentDir }) => {
  const there = await stat(contentDir).catch(() => undefined);
  if (there === undefined)
    return [fail('questions', `there is no ${contentDir}`, 'set CONTENT_DIR to a folder of packs')];
  const bank = await loadBank(contentDir);
  const errors = bank.problems.filter(({ severity }) => severity === 'error').length;
  const said = `${bank.questions.length} in ${bank.packs} packs`;
  const mend = '`greenroom bank check` lists what is wrong';
  if (bank.questions.length === 0) return [fail('questions', `none in ${contentDir}`, mend)];
  return [errors > 0 ? warn('questions', `${said}, ${errors} errors`, mend) : ok('questions', said)];
});

/** Noon in places whose rules changed in the last years, as old zone data would get it wrong. */
const NOONS: readonly (readonly [zone: string, utc: string])[] = [
  ['Africa/Cairo', '2026-07-01T09:00:00.000Z'],
  ['America/Mexico_City', '2026-07-01T18:00:00.000Z'],
  ['Europe/London', '2026-07-01T11:00:00.000Z'],
];
const WRITTEN = Date.parse('2026-11-01T00:00:00Z');

const checkTime: Check = async () => {
  const wrong = NOONS.filter(([zone, utc]) => instantOf('2026-07-01', '12:00', zone) !== utc).map(([zone]) => zone);
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date().toISOString();
  return [
    Date.now() < WRITTEN
      ? fail('clock', `${now} is before this version was written`, 'set the clock, and let NTP keep it')
      : ok('clock', `${now}, this machine is in ${zone}`),
    wrong.length > 0
      ? fail('time zones', `wrong in ${wrong.join(', ')}`, 'install a current Node, which brings current zone data')
      : ok('time zones', `data ${process.versions['tz'] ?? 'of the system'}`),
  ];
};

const checkPort = withConfig(async ({ host, port }) => {
  if (port === 0) return [ok('port', 'any free one')];
  const health = await askHealth(host, port, '/readyz');
  if (health.kind === 'well') return [ok('port', `${port}: Greenroom answers and is well`)];
  if (health.kind === 'unwell')
    return [fail('port', `${port}: Greenroom answers, but ${health.why}`, 'look at its log')];
  const why = await whyNotListen(host, port);
  if (why === undefined) return [ok('port', `${port} is free`)];
  const mend = why === 'EACCES' ? 'choose a PORT from 1024 on' : 'stop what listens there, or set another PORT';
  return [fail('port', `${port} on ${host} cannot be used (${why})`, mend)];
});

export const CHECKS: readonly Check[] = [
  checkConfig,
  checkNode,
  checkDataDir,
  checkKey,
  checkDatabase,
  checkContent,
  checkTime,
  checkSlack,
  checkDiscord,
  checkPort,
];
