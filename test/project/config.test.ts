/** The environment becomes a Config, or a list of everything that is wrong with it. */
import { mkdtemp, readFile, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, loadKey, readConfig } from '../../src/config.ts';
import type { Environment } from '../../src/config.ts';

const KEY = 'ab'.repeat(32);
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1234567890-canary', SLACK_APP_TOKEN: 'xapp-1-A0-1234-canary' };
const DISCORD = {
  DISCORD_TOKEN: `${'M'.repeat(24)}.canary.${'x'.repeat(38)}`,
  DISCORD_APPLICATION_ID: '123456789012345678',
};

function problems(env: Environment, purpose: 'serve' | 'tool' = 'serve'): Record<string, string> {
  try {
    readConfig(env, purpose);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map((p) => [p.variable, p.problem]));
    throw error;
  }
  return {};
}

describe('with nothing set', () => {
  it('the local chat runs on this machine, with its data beside it', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      databaseUrl: `sqlite:${resolve('data/greenroom.db')}`,
      contentDir: resolve('content'),
      logLevel: 'info',
      command: 'practice',
      mockCommand: 'mock',
      key: undefined,
      local: true,
      slack: undefined,
      discord: undefined,
    });
  });

  it('an empty variable counts as one that is not there', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', SLACK_BOT_TOKEN: '' })).toEqual(readConfig({}));
  });
});

describe('a platform', () => {
  it('switches the local chat off, unless it is asked for', () => {
    expect(readConfig({ ...SLACK }).local).toBe(false);
    expect(readConfig({ ...DISCORD, GREENROOM_LOCAL: '1' }).local).toBe(true);
  });

  it('needs all of its variables', () => {
    expect(problems({ DISCORD_TOKEN: DISCORD.DISCORD_TOKEN })).toHaveProperty('DISCORD_APPLICATION_ID');
    expect(problems({ DISCORD_APPLICATION_ID: DISCORD.DISCORD_APPLICATION_ID })).toHaveProperty('DISCORD_TOKEN');
  });

  it('lets the server listen to the world, which the local chat does not', () => {
    expect(problems({ HOST: '0.0.0.0' })['HOST']).toContain('local chat');
    expect(problems({ HOST: '0.0.0.0', ...SLACK, GREENROOM_LOCAL: '1' })).toHaveProperty('HOST');
    expect(problems({ HOST: '0.0.0.0', ...SLACK })).toEqual({});
    expect(problems({ HOST: '0.0.0.0' }, 'tool')).toEqual({});
    for (const HOST of ['localhost', '127.0.0.1', '127.8.8.8', '::1']) expect(problems({ HOST })).toEqual({});
  });
});

describe('the address of an API', () => {
  it.each([
    'https://slack.com/api/',
    'https://slack.com',
    'http://127.0.0.1:4100/api/',
    'http://localhost:4100',
    'http://[::1]:9',
  ])('may be %s', (SLACK_API_URL) => expect(problems({ SLACK_API_URL })).toEqual({}));

  it.each([
    'http://slack.com/api/',
    'https://slack.com.evil.example/api/',
    'https://evil.example/slack.com',
    'https://slack.com@evil.example/',
    'https://user:pass@slack.com/',
    'https://slack.com:8443/',
    'https://127.0.0.1.evil.example/',
    'https://api.slack.com/',
    'ftp://127.0.0.1/',
    'http://169.254.169.254/',
    'http://3232235777/',
    'https://slack.com/?x=',
    'slack.com',
    '//slack.com',
  ])('may not be %s', (SLACK_API_URL) => expect(problems({ SLACK_API_URL })).toHaveProperty('SLACK_API_URL'));
});

describe('every problem', () => {
  const wrong = {
    PORT: '70000',
    HOST: 'http://x',
    DATABASE_URL: 'mysql://canary:canary@x/y',
    LOG_LEVEL: 'loud',
    GREENROOM_COMMAND: '/Practice',
    GREENROOM_KEY: 'canary',
    GREENROOM_LOCAL: 'yes',
    SLACK_BOT_TOKEN: 'canary',
    SLACK_APP_TOKEN: 'xoxb-canary-canary',
    SLACK_SIGNING_SECRET: 'canary',
    SLACK_CLIENT_ID: 'canary',
    SLACK_CLIENT_SECRET: 'canary',
    PUBLIC_URL: 'canary',
    SLACK_API_URL: 'https://canary.example',
    DISCORD_TOKEN: 'canary',
    DISCORD_APPLICATION_ID: 'canary',
    DISCORD_API_URL: 'https://canary.example',
  };

  it('is told at once, each with what to do', () => {
    expect(Object.keys(problems(wrong)).toSorted()).toEqual(Object.keys(wrong).toSorted());
    for (const problem of Object.values(problems(wrong))) expect(problem).toMatch(/^must /);
  });

  it('is told together with what is missing beside it', () => {
    const both = problems({ PORT: 'abc', DATABASE_URL: 'postgres://u:p@127.0.0.1/g', HOST: '0.0.0.0' });
    expect(Object.keys(both).toSorted()).toEqual(['GREENROOM_KEY', 'HOST', 'PORT']);
  });

  it('is told without the value, as that may be a secret in the wrong place', () => {
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    try {
      readConfig(wrong);
    } catch (error) {
      expect(inspect(error, { depth: 9 })).not.toMatch(/canary/);
    }
  });

  it.each(['-1', '3000.5', '0x10', '65536', 'http', '١٢'])('is found in PORT=%s', (PORT) =>
    expect(problems({ PORT })).toHaveProperty('PORT'),
  );

  it('is found where two variables do not go together', () => {
    expect(problems({ GREENROOM_COMMAND: 'mock' })).toHaveProperty('GREENROOM_MOCK_COMMAND');
    expect(problems({ DATABASE_URL: 'postgres://u:p@db/x' })).toHaveProperty('GREENROOM_KEY');
    expect(problems({ DATABASE_URL: 'postgres://u:p@db/x', GREENROOM_KEY: KEY })).toEqual({});
  });
});

describe('a secret in the Config', () => {
  it('does not show itself in JSON, in text or to a debugger', () => {
    const config = readConfig({ ...SLACK, ...DISCORD, GREENROOM_KEY: KEY });
    const shown = `${JSON.stringify(config)} ${inspect(config, { depth: 9, showHidden: true })} ${String(config.key)}`;
    expect(shown).not.toMatch(/canary|abab/);
  });
});

describe('the encryption key', () => {
  let dataDir: string;
  beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'greenroom-key-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));
  const made = (folder = dataDir): Promise<string> =>
    loadKey({ dataDir: folder, key: undefined }).then((key) => key.reveal());

  it('is made once, and only its owner can read it', async () => {
    const first = await made(join(dataDir, 'deeper'));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await made(join(dataDir, 'deeper'))).toBe(first);
    expect((await stat(join(dataDir, 'deeper', 'key'))).mode & 0o777).toBe(0o600);
  });

  it('is the same for two first starts at once', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => made()));
    expect(new Set(keys).size).toBe(1);
  });

  it('comes from the environment if that names one, in hex or base64', async () => {
    const base64 = Buffer.from(KEY, 'hex').toString('base64');
    for (const text of [KEY, KEY.toUpperCase(), base64, base64.replace('=', '')]) {
      const { key } = readConfig({ GREENROOM_KEY: text });
      expect((await loadKey({ dataDir, key })).reveal()).toBe(KEY);
    }
    await expect(readFile(join(dataDir, 'key'))).rejects.toThrow('ENOENT');
  });

  it('is closed to others again if somebody opened the file', async () => {
    await made();
    await chmod(join(dataDir, 'key'), 0o644);
    await made();
    expect((await stat(join(dataDir, 'key'))).mode & 0o777).toBe(0o600);
  });

  it('is never replaced when the file is damaged, and the error does not show what is left', async () => {
    await writeFile(join(dataDir, 'key'), 'canary');
    await expect(made()).rejects.toThrow(/^(?!.*canary).*damaged.*GREENROOM_KEY/);
    expect(await readFile(join(dataDir, 'key'), 'utf8')).toBe('canary');
  });
});
