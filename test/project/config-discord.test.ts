/** Discord's settings: a token and its application, with people's words or without, and what is said about every half of it. */
import { describe, expect, it } from 'vitest';
import { ConfigError, readApplication, readConfig } from '../../src/config.ts';
import type { Environment } from '../../src/config.ts';

const TOKEN = ['M'.repeat(24), 'canary', 'x'.repeat(38)].join('.');
const ID = '123456789012345678';
const DISCORD = { DISCORD_TOKEN: TOKEN, DISCORD_APPLICATION_ID: ID };

function problems(env: Environment): Record<string, string> {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map((p) => [p.variable, p.problem]));
    throw error;
  }
  return {};
}

describe('Discord', () => {
  it('is a token and its application, and takes the place of the local chat', () => {
    const { discord, local } = readConfig({ ...DISCORD });
    expect(local).toBe(false);
    expect(discord).toMatchObject({ applicationId: ID, apiUrl: 'https://discord.com/api', content: true });
    expect(discord?.token.reveal()).toBe(TOKEN);
  });

  it.each([
    ['0', false],
    ['1', true],
    ['', true],
  ])('with DISCORD_MESSAGE_CONTENT=%s reads what people write: %s', (DISCORD_MESSAGE_CONTENT, content) => {
    expect(readConfig({ ...DISCORD, DISCORD_MESSAGE_CONTENT }).discord?.content).toBe(content);
  });

  it.each(['yes', 'true', '2', ' 1'])(
    'is not guessed at from DISCORD_MESSAGE_CONTENT=%s',
    (DISCORD_MESSAGE_CONTENT) => {
      expect(problems({ ...DISCORD, DISCORD_MESSAGE_CONTENT })).toEqual({
        DISCORD_MESSAGE_CONTENT: 'must be 1 to read answers in threads, or 0 to take them by form alone',
      });
    },
  );

  it('is not switched on by what is no token', () => {
    expect(readConfig({ DISCORD_MESSAGE_CONTENT: '0', DISCORD_API_URL: 'http://127.0.0.1:1' })).toMatchObject({
      local: true,
      discord: undefined,
    });
  });

  it('by halves is told precisely, and nothing else with it', () => {
    expect(problems({ DISCORD_TOKEN: TOKEN })).toEqual({
      DISCORD_APPLICATION_ID: expect.stringMatching(/^is missing: .*"General Information"/),
    });
    expect(problems({ DISCORD_APPLICATION_ID: ID })).toEqual({ DISCORD_TOKEN: expect.stringMatching(/^is missing: /) });
  });
});

describe('the wrong kind', () => {
  it.each([
    ['DISCORD_TOKEN', `Bot ${TOKEN}`, 'it with the word "Bot" before it, which goes away'],
    ['DISCORD_TOKEN', ID, 'an application id, which goes into DISCORD_APPLICATION_ID'],
    ['DISCORD_TOKEN', 'ab'.repeat(32), 'the public key, which is not used'],
    ['DISCORD_TOKEN', 'canary_0'.repeat(4), 'the client secret, which is not used'],
    ['DISCORD_APPLICATION_ID', TOKEN, 'a bot token, which goes into DISCORD_TOKEN'],
    ['DISCORD_APPLICATION_ID', 'ab'.repeat(32), 'the public key, which is not used'],
  ])('in %s is named: %s', (variable, value, kind) => {
    const said = problems({ [variable]: value })[variable] ?? '';
    expect(said).toContain(`, but this is ${kind}`);
    expect(said).toMatch(/^must be .* of the Discord application$/);
    expect(said).not.toMatch(/canary|abab/);
  });

  it.each([
    ['DISCORD_TOKEN', 'MTIz.abc'],
    ['DISCORD_APPLICATION_ID', '1234'],
  ])('is not guessed at where %s is only cut short', (variable, value) => {
    expect(problems({ [variable]: value })[variable]).not.toContain('but this is');
  });
});

describe('the address of the API', () => {
  it.each([
    ['https://discord.com', 'https://discord.com/api'],
    ['https://discord.com/api/', 'https://discord.com/api'],
    ['https://discord.com/api/v10', 'https://discord.com/api'],
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100/api'],
    ['http://127.0.0.1:4100/api', 'http://127.0.0.1:4100/api'],
  ])('%s is read as %s', (DISCORD_API_URL, apiUrl) => {
    expect(readConfig({ ...DISCORD, DISCORD_API_URL }).discord?.apiUrl).toBe(apiUrl);
  });

  it.each([
    'http://discord.com/api',
    'https://discord.com.evil.example',
    'https://me@discord.com',
    'https://ptb.discord.com',
  ])('may not be %s', (DISCORD_API_URL) =>
    expect(problems({ ...DISCORD, DISCORD_API_URL })).toHaveProperty('DISCORD_API_URL'),
  );
});

describe('an application before it has a token', () => {
  it('is read for its invitation', () => {
    expect(readApplication({ DISCORD_APPLICATION_ID: ID })).toEqual({
      applicationId: ID,
      apiUrl: 'https://discord.com/api',
    });
    expect(() => readApplication({})).toThrow(/DISCORD_APPLICATION_ID is missing/);
    expect(() => readApplication({ DISCORD_APPLICATION_ID: TOKEN })).toThrow(/but this is a bot token/);
  });
});
