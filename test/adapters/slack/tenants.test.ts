/** Where we may act: one workspace by its token, or those that installed us; and what is said when a token is no good. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Access } from '../../../adapters/slack/ports.ts';
import { openTenants } from '../../../adapters/slack/tenants.ts';
import { PlatformError } from '../../../src/chat/adapter.ts';
import type { TeamId } from '../../../src/chat/ids.ts';
import { makeCipher } from '../../../src/config/cipher.ts';
import { Secret } from '../../../src/config/secret.ts';
import { ACME, type House, install, many, openHouse, restarted } from './install-world.ts';
import { ALL_SCOPES } from './small-slack.ts';

const TEAM = ACME.team as TeamId;
const one =
  (token = 'xoxb-one-canary') =>
  (): Access => ({ kind: 'one', botToken: new Secret(token) });

async function openOne(token?: string): Promise<House> {
  const house = await openHouse(one(token));
  house.slack.tokens.set('xoxb-one-canary', ACME);
  return house;
}

const said = (house: House): Promise<string> =>
  house.tenants.start().then(
    () => 'started',
    (error: unknown) => (error instanceof PlatformError ? error.message : 'no PlatformError'),
  );

describe('one workspace by its token', () => {
  it('is asked who we are there, once, and is where we act from then on', async () => {
    const { tenants, slack } = await openOne();
    expect(await tenants.of(TEAM)).toBeUndefined();
    const [tenant] = await tenants.start();
    expect(tenant).toMatchObject({ team: TEAM, name: 'Acme', botUser: 'U0BOT', botId: 'B0BOT' });
    expect(await tenants.of(TEAM)).toBe(tenant);
    expect(await tenants.of('T0OTHER' as TeamId)).toBeUndefined();
    expect(await tenants.all()).toEqual([tenant]);
    expect(slack.asked.map(({ method, token }) => `${method} ${token}`)).toEqual(['auth.test xoxb-one-canary']);
  });

  it('shows its token to nobody who prints it', async () => {
    const { tenants } = await openOne();
    expect(inspect(await tenants.start(), { depth: 12, showHidden: true })).not.toContain('canary');
  });

  it.each([
    ['invalid_auth', /does not know this bot token.*“OAuth & Permissions”.*SLACK_BOT_TOKEN/],
    ['account_inactive', /was removed from the workspace.*“Install App”/],
    ['token_revoked', /was revoked.*“Install to Workspace”/],
    ['token_expired', /Token rotation is on.*greenroom slack manifest/],
    ['not_allowed_token_type', /another kind of token/],
    ['team_access_not_granted', /a workspace admin can say why/],
    ['some_new_code', /a workspace admin can say why/],
  ])('that answers %s says what to click, and does not ask again', async (error, words) => {
    const house = await openOne();
    house.slack.next.set('auth.test', [{ ok: false, error }]);
    const text = await said(house);
    expect(text).toMatch(words);
    expect(text).toContain(`(Slack says: ${error})`);
    expect(text).not.toContain('canary');
    expect(house.slack.asked).toHaveLength(1);
  });

  it.each(['xoxp-1234-canary', 'xapp-1-canary', 'canary'])(
    'is not asked with a token of another kind: %s',
    async (token) => {
      const house = await openOne(token);
      expect(await said(house)).toMatch(/^(?!.*canary).*another kind of token/);
      expect(house.slack.asked).toEqual([]);
    },
  );

  it('refuses a person’s token and a whole organization’s', async () => {
    const house = await openOne();
    const me = { ok: true, team_id: 'T0ACME', team: 'Acme', user_id: 'U0ANA' };
    house.slack.next.set('auth.test', [me, { ...me, bot_id: 'B1', is_enterprise_install: true }]);
    expect(await said(house)).toMatch(/token of a person/);
    expect(await said(house)).toMatch(/whole organization/);
  });

  it('is waited for while the network or Slack is down, longer each time, and a word is logged', async () => {
    const house = await openOne();
    const html = { status: 200, body: '<html>Sign in to this network</html>' };
    const busy = { status: 429, retryAfter: 30 };
    const down = [
      html,
      { status: 503 },
      'cut',
      { ok: false, error: 'internal_error' },
      busy,
      'cut',
      'cut',
      'cut',
    ] as const;
    house.slack.next.set('auth.test', [...down]);
    expect(await said(house)).toBe('started');
    expect(house.world.slept).toEqual([1000, 2000, 4000, 8000, 30_000, 32_000, 60_000, 60_000]);
    expect(house.logged).toHaveLength(down.length);
    expect(house.logged.join('\n')).not.toMatch(/canary|Sign in/);
  });

  it('warns of scopes it lacks and starts all the same', async () => {
    const house = await openOne();
    house.slack.tokens.set('xoxb-one-canary', {
      ...ACME,
      scopes: ALL_SCOPES.filter((scope) => scope !== 'files:write'),
    });
    expect(await said(house)).toBe('started');
    expect(house.logged).toEqual([expect.stringMatching(/lacks scopes[^]*files:write[^]*Reinstall to Acme/)]);
  });

  it('is forgotten with its token, and no other', async () => {
    const { tenants, logged } = await openOne();
    await tenants.start();
    await tenants.forget('T0OTHER' as TeamId);
    expect(await tenants.of(TEAM)).toBeDefined();
    await tenants.forget(TEAM);
    expect([await tenants.of(TEAM), await tenants.all()]).toEqual([undefined, []]);
    expect(logged).toEqual([expect.stringMatching(/no longer takes the bot token[^]*Install App/)]);
  });
});

describe('workspaces that installed us', () => {
  it('are there at the next start, without asking Slack', async () => {
    const house = await openHouse();
    expect(await house.tenants.start()).toEqual([]);
    await install(house);
    await install(house, { of: { ...ACME, team: 'T0BEE', name: 'Bee' }, token: 'xoxb-second' });
    house.slack.asked.length = 0;
    const started = await restarted(house).start();
    expect(started.map(({ team, name, botUser, botId }) => [team, name, botUser, botId])).toEqual([
      ['T0ACME', 'Acme', 'U0BOT', 'B0BOT'],
      ['T0BEE', 'Bee', 'U0BOT', 'B0BOT'],
    ]);
    expect(house.slack.asked).toEqual([]);
    await started[1]?.client.auth.test();
    expect(house.slack.asked.map(({ token }) => token)).toEqual(['xoxb-second']);
  });

  it('are looked up once, together, and are the same tenant each time', async () => {
    const house = await openHouse();
    await install(house);
    let reads = 0;
    const vault = { ...house.vault, read: (key: string) => (reads++, house.vault.read(key)) };
    const tenants = openTenants({ ...house.deps, vault });
    const got = await Promise.all([tenants.of(TEAM), tenants.of(TEAM), tenants.of(TEAM)]);
    expect(new Set([...got, await tenants.of(TEAM)]).size).toBe(1);
    expect(reads).toBe(1);
  });

  it('that are not there are looked for again after a minute: another process may let them in', async () => {
    const house = await openHouse();
    const other = restarted(house);
    expect(await other.of(TEAM)).toBeUndefined();
    await install(house);
    expect(await other.of(TEAM)).toBeUndefined();
    house.world.pass(60_000);
    expect(await other.of(TEAM)).toMatchObject({ team: TEAM });
    expect(await house.tenants.of(TEAM)).toMatchObject({ team: TEAM });
  });

  it('are none for an id that is none', async () => {
    const { tenants } = await openHouse();
    for (const id of ['', 'E0ORG', '../T0ACME', 'T0ACME/x', 't0acme'])
      expect(await tenants.of(id as TeamId)).toBeUndefined();
  });

  it('are forgotten with all that was kept of them', async () => {
    const house = await openHouse();
    await install(house);
    expect(await house.tenants.of(TEAM)).toBeDefined();
    await house.tenants.forget(TEAM);
    expect(await house.tenants.of(TEAM)).toBeUndefined();
    expect(await house.vault.keys('slack/')).toEqual([]);
    expect(await restarted(house).start()).toEqual([]);
  });

  it('start without the one whose row was damaged, and say so', async () => {
    const house = await openHouse();
    await install(house);
    await house.vault.keep('slack/install/T0BEE', (await house.vault.read('slack/install/T0ACME')) ?? '');
    expect((await restarted(house).start()).map(({ team }) => team)).toEqual(['T0ACME']);
    expect(house.logged.join('\n')).toContain('T0BEE is of another workspace');
  });

  it('with another key none of them start, and the key to put back is named', async () => {
    const house = await openHouse();
    await install(house);
    const { open } = makeCipher(new Secret('cd'.repeat(32)));
    const vault = {
      ...house.vault,
      read: async (key: string) => open(makeCipher(new Secret('ab'.repeat(32))).seal('text', key), key),
    };
    const attempt = openTenants({ ...house.deps, vault }).start();
    await expect(attempt).rejects.toThrow(PlatformError);
    await expect(attempt).rejects.toThrow('put back GREENROOM_KEY');
  });

  it('cannot be had with one token', async () => {
    const { http, tenants } = await openOne();
    expect(await http(new Request('https://greenroom.example.org/slack/install'))).toBeUndefined();
    expect(tenants.workspaces).toBeUndefined();
    expect((await openHouse(many())).tenants.workspaces).toBeDefined();
  });
});
