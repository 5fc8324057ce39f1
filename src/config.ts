/** The environment becomes a Config, here and nowhere else; every problem is reported at once with what to do about it. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type DiscordConfig, discordOf, discordProblems, discordVariables } from './config/discord.ts';
import { Secret } from './config/secret.ts';
import { type SlackConfig, slackOf, slackProblems, slackVariables, wantsSlack } from './config/slack.ts';
import { commandName, folder, isLoopback, matching, port, postgresUrl } from './config/values.ts';

export { loadKey } from './config/key.ts';
export { Secret } from './config/secret.ts';
export type { DiscordConfig } from './config/discord.ts';
export type { SlackConfig } from './config/slack.ts';

/** The process's own, for those who hand it on; whoever wants a setting takes the Config. */
export const environment: NodeJS.ProcessEnv = process.env;

/** Names and texts, as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
/** The packs that come with the project. */
const OWN_CONTENT = resolve(import.meta.dirname, '..', 'content');

const variables = z.object({
  PORT: port.prefault('3000'),
  HOST: matching(/^[A-Za-z0-9.:_-]{1,253}$/, 'must be a host name or address, such as 127.0.0.1').default('127.0.0.1'),
  DATA_DIR: folder.default('./data'),
  DATABASE_URL: postgresUrl.optional(),
  CONTENT_DIR: folder.default(OWN_CONTENT),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  GREENROOM_COMMAND: commandName.default('practice'),
  GREENROOM_MOCK_COMMAND: commandName.default('mock'),
  GREENROOM_LOCAL: z.enum(['0', '1'], 'must be 1 to keep the local chat beside a platform, or 0').optional(),
  GREENROOM_KEY: matching(
    /^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9_-]{43})$/,
    'must be 32 random bytes in hex or base64; `openssl rand -hex 32` makes one',
  ).optional(),
  ...slackVariables,
  ...discordVariables,
});
type Variables = z.infer<typeof variables>;

const NAMES: readonly string[] = Object.keys(variables.shape);

/** Variables that look like ours but are none: most likely a slip of the pen, so that a setting is not heard. */
export const strayVariables = (env: Environment = environment): readonly string[] =>
  Object.keys(env).filter((name) => name.startsWith('GREENROOM_') && !NAMES.includes(name));

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  /** `postgres://…`, or `sqlite:` and the absolute path of a file in `dataDir`. May carry a password: not for logs. */
  readonly databaseUrl: string;
  /** Absolute. */
  readonly contentDir: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Names of the slash commands, without the slash. */
  readonly command: string;
  readonly mockCommand: string;
  readonly key: Secret | undefined;
  /** The local chat runs: no platform has a token, or it was asked for beside them. */
  readonly local: boolean;
  readonly slack: SlackConfig | undefined;
  readonly discord: DiscordConfig | undefined;
}

export interface ConfigProblem {
  readonly variable: string;
  /** What is wrong and what to do; never repeats the value. */
  readonly problem: string;
}

/** The environment cannot be used as it is; `problems` lists all that is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super(
      `The configuration needs attention:\n${problems.map(({ variable, problem }) => `  ${variable} ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/**
 * Reads the environment; an empty variable counts as absent. `serve` also checks what only a running
 * server needs, `tool` leaves that out. Throws {@link ConfigError} with every problem.
 */
export function readConfig(env: Environment = environment, purpose: 'serve' | 'tool' = 'serve'): Config {
  const given = Object.fromEntries(NAMES.map((name) => [name, env[name]?.trim() === '' ? undefined : env[name]]));
  const read = variables.safeParse(given);
  if (!read.success) {
    const wrong = problemsOf(read.error);
    throw new ConfigError([
      ...wrong,
      ...problemsBeside(given, new Set(wrong.map(({ variable }) => variable)), purpose),
    ]);
  }
  const problems = togetherProblems(read.data, purpose);
  if (problems.length > 0) throw new ConfigError(problems);
  return asConfig(read.data);
}

/** Whose invitation it is, for those who have no token yet. Throws {@link ConfigError} for an id that is none or missing. */
export function readApplication(env: Environment = environment): Pick<DiscordConfig, 'applicationId' | 'apiUrl'> {
  const { DISCORD_APPLICATION_ID, DISCORD_API_URL } = env;
  const given = Object.entries({ DISCORD_APPLICATION_ID, DISCORD_API_URL }).filter(([, text]) => text?.trim() !== '');
  const read = variables.safeParse(Object.fromEntries(given));
  if (!read.success) throw new ConfigError(problemsOf(read.error));
  const { DISCORD_APPLICATION_ID: applicationId, DISCORD_API_URL: apiUrl } = read.data;
  if (applicationId !== undefined) return { applicationId, apiUrl };
  const problem = 'is missing: see "General Information" of the Discord application';
  throw new ConfigError([{ variable: 'DISCORD_APPLICATION_ID', problem }]);
}

const togetherProblems = (read: Variables, purpose: 'serve' | 'tool'): readonly ConfigProblem[] => [
  ...pairProblems(read),
  ...(purpose === 'serve' ? serveProblems(asConfig(read)) : []),
];

/** What is wrong besides single values. Whether a platform is on cannot be judged while one of its own is wrong. */
function problemsBeside(
  given: Environment,
  wrong: ReadonlySet<string>,
  purpose: 'serve' | 'tool',
): readonly ConfigProblem[] {
  if ([...wrong].some((name) => /^(?:SLACK|DISCORD|GREENROOM_LOCAL)/.test(name))) return [];
  const rest = variables.safeParse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
  return rest.success ? togetherProblems(rest.data, purpose).filter(({ variable }) => !wrong.has(variable)) : [];
}

function problemsOf(error: z.ZodError): readonly ConfigProblem[] {
  const first = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const variable = String(path[0]);
    if (!first.has(variable)) first.set(variable, message);
  }
  return [...first].map(([variable, problem]) => ({ variable, problem }));
}

/** Variables that only make sense together. */
function pairProblems(read: Variables): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const needs = (variable: keyof Variables, problem: string): unknown => problems.push({ variable, problem });
  if (read.GREENROOM_COMMAND === read.GREENROOM_MOCK_COMMAND) {
    needs('GREENROOM_MOCK_COMMAND', 'must differ from GREENROOM_COMMAND');
  }
  for (const { variable, problem } of slackProblems(read)) needs(variable, problem);
  for (const { variable, problem } of discordProblems(read)) needs(variable, problem);
  return problems;
}

function serveProblems(config: Config): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (config.local && !isLoopback(config.host)) {
    const problem =
      'must be 127.0.0.1 while the local chat is on, as it has no login: leave HOST out, or set the token of a platform';
    problems.push({ variable: 'HOST', problem });
  }
  if (config.databaseUrl.startsWith('postgres') && config.key === undefined) {
    const problem = 'is required with PostgreSQL, the same for every replica; `openssl rand -hex 32` makes one';
    problems.push({ variable: 'GREENROOM_KEY', problem });
  }
  return problems;
}

const secret = (text: string | undefined): Secret | undefined => (text === undefined ? undefined : new Secret(text));

function asConfig(read: Variables): Config {
  const dataDir = resolve(read.DATA_DIR);
  return {
    port: read.PORT,
    host: read.HOST,
    dataDir,
    databaseUrl: read.DATABASE_URL ?? `sqlite:${join(dataDir, 'greenroom.db')}`,
    contentDir: resolve(read.CONTENT_DIR),
    logLevel: read.LOG_LEVEL,
    command: read.GREENROOM_COMMAND,
    mockCommand: read.GREENROOM_MOCK_COMMAND,
    key: secret(read.GREENROOM_KEY),
    local: read.GREENROOM_LOCAL === '1' || (!wantsSlack(read) && read.DISCORD_TOKEN === undefined),
    slack: slackOf(read),
    discord: discordOf(read),
  };
}
