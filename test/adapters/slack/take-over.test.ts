/** A workspace that is in stays whose it is, and nothing of an installation lies about in the open. */
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TeamId } from '../../../src/chat/ids.ts';
import { makeOauth } from '../../../adapters/slack/oauth/index.ts';
import { openTenants } from '../../../adapters/slack/tenants.ts';
import type { Install } from '../../../adapters/slack/installs.ts';
import { ACME, CLIENT_SECRET, type House, type Installing, install, openBrowser, openHouse } from './install-world.ts';
import { ALL_SCOPES, type Answer, type Known } from './small-slack.ts';

const TEAM = ACME.team as TeamId;
const BEE: Known = { ...ACME, team: 'T0BEE', name: 'Bee' };

const kept = async ({ vault }: House, team: string = ACME.team): Promise<Install | undefined> => {
  const text = await vault.read(`slack/install/${team}`);
  return text === undefined ? undefined : (JSON.parse(text) as Install);
};

/** Acme has installed us, by Ana. */
async function installed(): Promise<House> {
  const house = await openHouse();
  expect((await install(house)).status).toBe(200);
  house.world.pass(60_000);
  return house;
}

/** The same house, whose vault keeps an install only once Slack was asked about two tokens and had time to answer. */
function hesitating(house: House): House {
  const keep: House['vault']['keep'] = async (key, ...rest) => {
    const isAsked = (): boolean => house.slack.asked.filter(({ method }) => method === 'auth.test').length >= 2;
    if (key.startsWith('slack/install/')) {
      while (!isAsked()) await setImmediate();
      for (let turn = 0; turn < 200; turn++) await setImmediate();
    }
    await house.vault.keep(key, ...rest);
  };
  const deps = { ...house.deps, vault: { ...house.vault, keep } };
  const tenants = openTenants(deps);
  return { ...house, deps, tenants, http: makeOauth({ ...deps, deps, tenants }).http };
}

describe('an answer that names another workspace than its token is of', () => {
  it.each<[string, Installing]>([
    ['Bee’s token for Acme', { of: BEE, token: 'xoxb-second', otherwise: { team: { id: 'T0ACME', name: 'Acme' } } }],
    ['another bot’s token', { token: 'xoxb-second', otherwise: { bot_user_id: 'U0OTHER' } }],
  ])('is refused, with nothing changed: %s', async (_, forged) => {
    const house = await installed();
    const before = await kept(house);
    const { status, text } = await install(house, forged);
    expect([status, text]).toEqual([400, expect.stringContaining('not what it says')]);
    expect(await kept(house)).toEqual(before);
    expect(await house.vault.keys('')).toEqual(['slack/install/T0ACME']);
    expect(house.heard).toHaveLength(1);
  });

  it.each<[string, Answer, number]>([
    ['is not known to Slack', { ok: false, error: 'invalid_auth' }, 400],
    [
      'is of a whole organization',
      { ok: true, team_id: 'T0ACME', user_id: 'U0BOT', bot_id: 'B0BOT', is_enterprise_install: true },
      400,
    ],
    ['is of a person', { ok: true, team_id: 'T0ACME', user_id: 'U0BOT' }, 400],
    ['cannot be asked about', { status: 503 }, 502],
  ])('is nothing to keep when the token %s', async (_, answer, expected) => {
    const house = await openHouse();
    house.slack.next.set('auth.test', [answer]);
    expect((await install(house)).status).toBe(expected);
    expect(await house.vault.keys('')).toEqual([]);
  });
});

describe('a second installer', () => {
  const byBo = { authed_user: { id: 'U0BO' } };

  it('renews the token, and does not become the installer', async () => {
    const house = await installed();
    const before = await kept(house);
    expect((await install(house, { token: 'xoxb-second', otherwise: byBo })).status).toBe(200);
    expect(await kept(house)).toEqual({ ...before, botToken: 'xoxb-second' });
    await (await house.tenants.of(TEAM))?.client.auth.test();
    expect(house.slack.asked.at(-1)?.token).toBe('xoxb-second');
  });

  it.each([
    ['through another app', { of: ACME, token: 'xoxb-second', otherwise: { ...byBo, app_id: 'A0OTHER' } }],
    ['as another bot', { of: { ...ACME, botUser: 'U0OTHER' }, token: 'xoxb-second', otherwise: byBo }],
  ])('%s takes nothing over while the first works', async (_, theirs) => {
    const house = await installed();
    const before = await kept(house);
    const { status, text } = await install(house, theirs);
    expect([status, text]).toEqual([409, expect.stringContaining('in this workspace already')]);
    expect(await kept(house)).toEqual(before);
    expect(house.heard).toHaveLength(1);
  });

  it('through another app is let in once the first no longer works, and not before that is certain', async () => {
    const house = await installed();
    const theirs = { token: 'xoxb-second', otherwise: { ...byBo, app_id: 'A0OTHER' } };
    house.slack.tokens.delete('xoxb-first');
    house.slack.next.set('auth.test', [await whoIs(ACME), { status: 503 }]);
    expect((await install(house, theirs)).status).toBe(502);
    expect((await kept(house))?.appId).toBe('A0APP');
    expect((await install(house, theirs)).status).toBe(200);
    expect((await kept(house))?.appId).toBe('A0OTHER');
  });

  it('cannot leave it with less than it has', async () => {
    const house = await installed();
    const lesser = { of: { ...ACME, scopes: ['commands'] }, token: 'xoxb-second', otherwise: byBo };
    const { status, text } = await install(house, lesser);
    expect([status, text]).toEqual([409, expect.stringContaining('take something away')]);
    expect((await kept(house))?.botToken).toBe('xoxb-first');
  });

  it('can give it more than it had', async () => {
    const house = await openHouse();
    await install(house, { of: { ...ACME, scopes: ['commands', 'chat:write'] } });
    expect((await install(house, { token: 'xoxb-second' })).status).toBe(200);
    expect((await kept(house))?.scopes).toEqual(ALL_SCOPES);
  });

  it('at the same moment, through another app, is the one that is refused', async () => {
    const house = hesitating(await openHouse());
    const theirs = { token: 'xoxb-second', otherwise: { ...byBo, app_id: 'A0OTHER' }, code: 'code.2' };
    const [ana, bo] = await Promise.all([install(house), install(house, theirs)]);
    expect([ana.status, bo.status].toSorted((a, b) => a - b)).toEqual([200, 409]);
    const { botToken, appId } = (await kept(house)) ?? {};
    expect([botToken, appId]).toEqual(ana.status === 200 ? ['xoxb-first', 'A0APP'] : ['xoxb-second', 'A0OTHER']);
  });

  it('never writes another workspace’s row', async () => {
    const house = await installed();
    const before = await kept(house);
    expect((await install(house, { of: BEE, token: 'xoxb-second' })).status).toBe(200);
    expect(await kept(house)).toEqual(before);
    expect((await kept(house, 'T0BEE'))?.botToken).toBe('xoxb-second');
  });
});

const whoIs = async ({ team, name, botUser, botId = '' }: Known): Promise<Answer> => ({
  ok: true,
  team_id: team,
  team: name,
  user_id: botUser,
  bot_id: botId,
});

describe('after installations that went well and badly', () => {
  it('neither the database’s files nor the log hold a token, a secret, a code, a state or a cookie', async () => {
    const house = await openHouse();
    const browser = openBrowser(house);
    const states = [await browser.begin(), await browser.begin()];
    const cookies = [...browser.cookies.values()];
    const token = 'xoxb-117-very-secret-canary';
    await browser.comeBack({ code: 'code-canary', state: states[1] ?? '' });
    await install(house, { token });
    await install(house, { token, otherwise: { app_id: 'A0OTHER' } });
    await openBrowser(house).comeBack({ code: 'code-canary', state: states[0] ?? '' });
    const files = await Promise.all(
      ['', '-wal', '-shm'].map((end) => readFile(house.file + end).catch(() => Buffer.alloc(0))),
    );
    const lying = Buffer.concat(files);
    expect(lying.includes('slack/install/T0ACME')).toBe(true);
    expect(lying.includes('slack/state/')).toBe(true);
    const log = house.logged.join('\n');
    for (const secret of [token, CLIENT_SECRET, 'canary', 'code.1', 'xoxb-', ...states, ...cookies]) {
      expect(lying.includes(secret), `${secret} lies in the database`).toBe(false);
      expect(log.includes(secret), `${secret} stands in the log`).toBe(false);
    }
    expect((await kept(house))?.botToken).toBe(token);
  });
});
