/** The house's rules as data: which room may look into which, who owns a package, who may touch the clock. */

/** Rooms in the order of the floor plan; each names the rooms it may import from, itself apart. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  chat: [],
  matching: [],
  bank: ['chat'],
  rubric: ['bank'],
  pictures: ['chat'],
  mirror: [],
  schedule: ['chat'],
  store: ['chat'],
  core: ['chat', 'bank', 'store', 'schedule'],
  feature: ['chat', 'bank', 'store', 'schedule', 'core', 'matching', 'rubric', 'mirror'],
  /** `src/features/index.ts`, the list of all features. */
  features: ['chat', 'core', 'feature'],
  web: ['store', 'chat', 'core'],
  adapter: ['chat'],
  migrations: [],
  config: [],
  log: ['chat'],
  main: ['*'],
  cli: ['*'],
};

/** Rooms of which another room may know the shape of the data, and nothing that runs. */
export const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  feature: ['pictures'],
};

/** The rooms that may import a package; `types` may import its types only. A package not named here belongs to nobody. */
export const PACKAGES: Readonly<
  Record<string, { readonly in: readonly string[]; readonly types?: readonly string[] }>
> = {
  'gray-matter': { in: ['bank'] },
  yaml: { in: ['bank'] },
  mdast: { in: ['bank'] },
  'mdast-util-from-markdown': { in: ['bank'] },
  'node-cron': { in: ['schedule'] },
  'temporal-polyfill': { in: ['schedule'] },
  'date-holidays': { in: ['schedule'] },
  kysely: { in: ['store', 'migrations'], types: ['core', 'feature'] },
  'better-sqlite3': { in: ['store'] },
  pg: { in: ['store'] },
  hono: { in: ['main', 'web', 'adapter:local'] },
  '@hono/node-server': { in: ['main'] },
  pino: { in: ['log'] },
  zod: { in: ['config'] },
  commander: { in: ['cli'] },
  '@slack/bolt': { in: ['adapter:slack'] },
  '@slack/logger': { in: ['adapter:slack'] },
  '@slack/socket-mode': { in: ['adapter:slack'] },
  '@slack/types': { in: ['adapter:slack'] },
  '@slack/web-api': { in: ['adapter:slack'] },
  'discord.js': { in: ['adapter:discord'] },
  '@resvg/resvg-js': { in: ['pictures'] },
  '@expo-google-fonts/inter': { in: ['pictures', 'adapter:local'] },
};

/** Parts of Node that give time; only the owners of the world may have them. */
export const CLOCK_MODULES: readonly string[] = ['timers', 'timers/promises', 'perf_hooks', 'process'];

/** Names that give chance or ids, wherever they are found. */
export const CHANCE: readonly string[] = [
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
];

/** Global functions that wait. */
export const TIMERS: readonly string[] = ['setTimeout', 'setInterval', 'setImmediate'];

/** `object.member` pairs that give time, chance or settings. */
export const WORLDLY: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now', 'timeOrigin'],
  process: ['env', 'hrtime', 'uptime'],
  AbortSignal: ['timeout'],
  Now: ['instant', 'zonedDateTimeISO', 'plainDateTimeISO', 'plainDateISO', 'plainTimeISO', 'timeZoneId'],
};

/** Files and rooms that own time, ids and chance. */
export const OWNS_THE_WORLD: readonly RegExp[] = [
  /^src\/main(?:\.ts|\/)/,
  /^src\/config(?:\.ts|\/)/,
  /^src\/cli(?:\.ts|\/)/,
  /^src\/core\/clock\.ts$/,
  // Runs in a browser, which has a clock of its own and none of ours.
  /^adapters\/local\/page\//,
];
/** The one reader of `process.env`. */
export const READS_THE_ENVIRONMENT = 'src/config.ts';
/** May import a file whose name is only known when it runs: the numbered migrations, the lazily loaded holidays. */
export const IMPORTS_BY_NAME: readonly string[] = ['src/store/migrate.ts'];

export const LONGEST_FILE = 250;
export const LONGEST_FUNCTION = 40;

/** Files beside `src/main.ts` that belong to its room. */
const MAIN_TOO: readonly string[] = ['serve', 'platforms', 'hand-clock', 'node-version'];

/** The room a file is in; `adapter:local` and `feature:daily` are rooms of their own kind. Undefined: no room at all. */
export function roomOf(path: string): string | undefined {
  const [top, second = '', third] = path.split('/');
  if (top === 'migrations') return 'migrations';
  if (top === 'adapters' && third !== undefined) return `adapter:${second}`;
  if (top !== 'src') return undefined;
  if (second === 'features') return third === 'index.ts' ? 'features' : `feature:${third ?? ''}`;
  const room = second.replace(/\.(?:ts|js)$/, '');
  return room in MAY_IMPORT ? room : MAIN_TOO.includes(room) ? 'main' : undefined;
}

/** `feature:daily` → `feature`. */
export const kindOf = (room: string): string => room.split(':')[0] ?? room;
