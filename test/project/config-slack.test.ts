/** Slack's settings: one workspace or many, by socket or by HTTP, and what is said about every half of it. */
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import type { Environment } from '../../src/config.ts';

const BOT = { SLACK_BOT_TOKEN: 'xoxb-1234567890-canary' };
const APP = { SLACK_APP_TOKEN: 'xapp-1-A0-1234-canary' };
const SIGNING = { SLACK_SIGNING_SECRET: 'ab'.repeat(16) };
const ID = { SLACK_CLIENT_ID: '123456789012.1234567890123' };
const SECRET = { SLACK_CLIENT_SECRET: 'cd'.repeat(16) };
const URL_OF_OURS = { PUBLIC_URL: 'https://greenroom.example.org' };
const MANY = { ...ID, ...SECRET, ...URL_OF_OURS };

function problems(env: Environment): Record<string, string> {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map((p) => [p.variable, p.problem]));
    throw error;
  }
  return {};
}

describe('one workspace', () => {
  it('is its bot token, with Socket Mode or HTTP', () => {
    const socket = readConfig({ ...BOT, ...APP });
    const http = readConfig({ ...BOT, ...SIGNING });
    expect([socket.local, socket.slack?.access.kind, socket.slack?.mode.kind]).toEqual([false, 'one', 'socket']);
    expect(http.slack).toMatchObject({ access: { kind: 'one' }, mode: { kind: 'http' } });
    expect(socket.slack?.apiUrl).toBe('https://slack.com/api/');
    if (socket.slack?.access.kind === 'one') expect(socket.slack.access.botToken.reveal()).toBe(BOT.SLACK_BOT_TOKEN);
  });

  it('takes Socket Mode when both ways are set', () => {
    expect(readConfig({ ...BOT, ...APP, ...SIGNING }).slack?.mode.kind).toBe('socket');
  });
});

describe('many workspaces', () => {
  it('are a client id, its secret and where we are reached', () => {
    const { slack, local } = readConfig({ ...MANY, ...APP });
    expect(local).toBe(false);
    expect(slack).toMatchObject({
      access: { kind: 'many', clientId: ID.SLACK_CLIENT_ID, publicUrl: 'https://greenroom.example.org' },
      mode: { kind: 'socket' },
    });
    if (slack?.access.kind === 'many') expect(slack.access.clientSecret.reveal()).toBe(SECRET.SLACK_CLIENT_SECRET);
    expect(readConfig({ ...MANY, ...SIGNING }).slack?.mode.kind).toBe('http');
  });
});

describe('a value copied with something around it', () => {
  it.each([
    ['SLACK_BOT_TOKEN', ` ${BOT.SLACK_BOT_TOKEN}`],
    ['SLACK_BOT_TOKEN', `"${BOT.SLACK_BOT_TOKEN}"`],
    ['SLACK_APP_TOKEN', `'${APP.SLACK_APP_TOKEN}'`],
    ['SLACK_APP_TOKEN', `${APP.SLACK_APP_TOKEN}\r`],
    ['SLACK_SIGNING_SECRET', `“${SIGNING.SLACK_SIGNING_SECRET}”`],
    ['SLACK_CLIENT_ID', `${ID.SLACK_CLIENT_ID} `],
  ])('is told so: %s=%s', (name, value) => {
    const said = problems({ ...BOT, ...APP, [name]: value })[name];
    expect(said).toMatch(/there are quotes or spaces around it/);
    expect(said).not.toContain('canary');
  });
});

describe('a setting by halves', () => {
  it.each([
    ['a bot token without a line', BOT, 'SLACK_BOT_TOKEN', /needs SLACK_APP_TOKEN .*Socket Mode.* or SLACK_SIGNING/],
    ['an app token alone', APP, 'SLACK_BOT_TOKEN', /is missing.*SLACK_CLIENT_ID/],
    ['a signing secret alone', SIGNING, 'SLACK_BOT_TOKEN', /is missing.*SLACK_CLIENT_ID/],
    ['both ways at once', { ...BOT, ...MANY, ...APP }, 'SLACK_CLIENT_ID', /beside SLACK_BOT_TOKEN/],
    ['a token and a client secret', { ...BOT, ...SECRET, ...APP }, 'SLACK_CLIENT_SECRET', /beside SLACK_BOT_TOKEN/],
    ['no client secret', { ...ID, ...URL_OF_OURS, ...APP }, 'SLACK_CLIENT_SECRET', /is missing/],
    ['no client id', { ...SECRET, ...URL_OF_OURS, ...APP }, 'SLACK_CLIENT_ID', /is missing/],
    ['no address', { ...ID, ...SECRET, ...APP }, 'PUBLIC_URL', /is missing: the https address/],
    ['many without a line', MANY, 'SLACK_CLIENT_ID', /needs SLACK_APP_TOKEN/],
  ])('%s is told precisely, and nothing else with it', (_, env, variable, problem) => {
    const said = problems(env);
    expect(Object.keys(said)).toEqual([variable]);
    expect(said[variable]).toMatch(problem);
  });

  it('is told whole when several are missing', () => {
    expect(Object.keys(problems({ ...ID })).toSorted()).toEqual([
      'PUBLIC_URL',
      'SLACK_CLIENT_ID',
      'SLACK_CLIENT_SECRET',
    ]);
    expect(Object.keys(problems({ ...SECRET })).toSorted()).toEqual([
      'PUBLIC_URL',
      'SLACK_CLIENT_ID',
      'SLACK_CLIENT_SECRET',
    ]);
  });

  it('tells two secrets that are one', () => {
    const same = { SLACK_CLIENT_SECRET: SIGNING.SLACK_SIGNING_SECRET };
    expect(problems({ ...MANY, ...same, ...SIGNING })['SLACK_CLIENT_SECRET']).toContain('the same as');
  });

  it('does not ask for the local chat’s HOST on top', () => {
    expect(Object.keys(problems({ ...APP, HOST: '0.0.0.0' }))).toEqual(['SLACK_BOT_TOKEN']);
  });

  it('an address of ours alone asks for nothing', () => {
    expect(readConfig({ ...URL_OF_OURS })).toMatchObject({ local: true, slack: undefined });
  });
});

describe('the wrong kind', () => {
  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-1234567890-canary', 'a user token (xoxp-)'],
    ['SLACK_BOT_TOKEN', 'xoxa-1234567890-canary', 'a workspace token of the old kind (xoxa-)'],
    ['SLACK_BOT_TOKEN', 'xapp-1-A0-1234-canary', 'an app-level token (xapp-), which goes into SLACK_APP_TOKEN'],
    ['SLACK_BOT_TOKEN', 'xoxe.xoxb-1-canary', 'a token that expires (xoxe), as token rotation is on'],
    ['SLACK_BOT_TOKEN', 'xoxc-1234567890-canary', 'a token of somebody’s own sign-in'],
    ['SLACK_BOT_TOKEN', 'ab'.repeat(16), 'a secret, which goes into SLACK_SIGNING_SECRET or SLACK_CLIENT_SECRET'],
    ['SLACK_APP_TOKEN', 'xoxb-1234567890-canary', 'a bot token (xoxb-), which goes into SLACK_BOT_TOKEN'],
    ['SLACK_SIGNING_SECRET', 'xoxb-1234567890-canary', 'a bot token (xoxb-), which goes into SLACK_BOT_TOKEN'],
    ['SLACK_SIGNING_SECRET', '1234567890.1234567890', 'a client id, which goes into SLACK_CLIENT_ID'],
    ['SLACK_CLIENT_ID', 'ab'.repeat(16), 'a secret, which goes into'],
    ['SLACK_CLIENT_SECRET', '1234567890.1234567890', 'a client id, which goes into SLACK_CLIENT_ID'],
  ])('in %s is named: %s', (variable, value, kind) => {
    const said = problems({ [variable]: value })[variable] ?? '';
    expect(said).toContain(`, but this is ${kind}`);
    expect(said).toMatch(/^must be .* of the Slack app$/);
    expect(said).not.toMatch(/canary|abab/);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxb-1'],
    ['SLACK_APP_TOKEN', 'xapp-1'],
    ['SLACK_SIGNING_SECRET', 'ab'],
    ['SLACK_CLIENT_ID', 'A0123'],
  ])('is not guessed at where %s is only cut short', (variable, value) => {
    expect(problems({ [variable]: value })[variable]).not.toContain('but this is');
  });
});

describe('the address of ours', () => {
  it.each([
    ['https://greenroom.example.org/', 'https://greenroom.example.org'],
    ['https://Greenroom.example.org:8443', 'https://greenroom.example.org:8443'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('may be %s', (PUBLIC_URL, origin) => {
    expect(readConfig({ ...MANY, ...APP, PUBLIC_URL }).slack?.access).toMatchObject({ publicUrl: origin });
  });

  it.each([
    'http://greenroom.example.org',
    'https://greenroom.example.org/app',
    'https://greenroom.example.org/?',
    'https://greenroom.example.org/#x',
    'https://user@greenroom.example.org',
    'https:\\\\greenroom.example.org',
    'https:greenroom.example.org',
    'ftp://greenroom.example.org',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1',
    'greenroom.example.org',
    'https://',
    ' https://greenroom.example.org',
  ])('may not be %s', (PUBLIC_URL) => {
    expect(problems({ ...MANY, ...APP, PUBLIC_URL })['PUBLIC_URL']).toMatch(/^must be an https address/);
  });
});

describe('the address of the API', () => {
  it.each([
    ['https://slack.com', 'https://slack.com/api/'],
    ['https://slack.com/api', 'https://slack.com/api/'],
    ['http://127.0.0.1:4100/', 'http://127.0.0.1:4100/api/'],
    ['http://127.0.0.1:4100/api/', 'http://127.0.0.1:4100/api/'],
  ])('%s is read as %s', (SLACK_API_URL, apiUrl) => {
    expect(readConfig({ ...BOT, ...APP, SLACK_API_URL }).slack?.apiUrl).toBe(apiUrl);
  });
});
