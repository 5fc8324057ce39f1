/** Installing into a workspace: the pages, the state that is good once in one browser, and what Slack may answer. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TeamId } from '../../../src/chat/ids.ts';
import { MINUTE } from '../../../src/chat/world.ts';
import { makeOauth } from '../../../adapters/slack/oauth/index.ts';
import { SCOPES } from '../../../adapters/slack/scopes.ts';
import { ACME, CLIENT_SECRET, grantOf, install, many, openBrowser, openHouse, PUBLIC } from './install-world.ts';
import { ALL_SCOPES, type Answer } from './small-slack.ts';

const TEAM = ACME.team as TeamId;
const RUNS = process.env['LONG'] ? 2000 : 40;

describe('the page that offers an installation', () => {
  it('tells every scope with its reason, and has one button', async () => {
    const { text, status } = await openBrowser(await openHouse()).get('/slack/install');
    expect(status).toBe(200);
    for (const { scope, reason } of SCOPES) {
      expect(text).toContain(`<code>${scope}</code>`);
      expect(text).toContain(reason);
    }
    expect(text.match(/href="[^"]*"/g)).toEqual([`href="${PUBLIC}/slack/install/go"`]);
  });

  it('brings nothing from elsewhere, runs nothing, stands in no frame and is kept nowhere', async () => {
    const { text, headers } = await openBrowser(await openHouse()).get('/slack/install');
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(text).not.toMatch(/<script|<img|<link|src=|url\(|@import|style="/);
  });

  it.each(['/slack/install', '/slack/install/go', '/slack/oauth_redirect'])('only answers GET: %s', async (path) => {
    const { http, vault } = await openHouse();
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
      expect((await http(new Request(PUBLIC + path, { method })))?.status).toBe(405);
    }
    expect(await vault.keys('')).toEqual([]);
  });

  it.each(['/', '/slack', '/slack/events', '/slack/install/', '/slack/INSTALL', '/slack/install/go/x', '/constructor'])(
    'leaves %s to others',
    async (path) => expect(await (await openHouse()).http(new Request(PUBLIC + path))).toBeUndefined(),
  );
});

describe('the way to Slack', () => {
  it('asks Slack’s own page for our scopes, with a state, back to our address', async () => {
    const house = await openHouse();
    const { headers, status } = await openBrowser(house).get('/slack/install/go');
    const to = new URL(headers.get('location') ?? '');
    expect(status).toBe(302);
    expect(`${to.origin}${to.pathname}`).toBe(new URL('/oauth/v2/authorize', house.slack.apiUrl).href);
    expect(Object.fromEntries(to.searchParams)).toEqual({
      client_id: '1234.5678',
      scope: ALL_SCOPES.join(','),
      redirect_uri: `${PUBLIC}/slack/oauth_redirect`,
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('binds the state to this browser by a cookie that only this host gets, over https', async () => {
    const { headers } = await openBrowser(await openHouse()).get('/slack/install/go');
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-greenroom-install=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ]);
  });

  it('does without https on this machine alone', async () => {
    const local = 'http://127.0.0.1:3000';
    const house = await openHouse(many(local));
    const { headers } = await openBrowser(house, local).get('/slack/install/go');
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^greenroom-install=(?!.*Secure).*HttpOnly/)]);
  });

  it('keeps neither the state nor the cookie, only one hash of both', async () => {
    const house = await openHouse();
    const browser = openBrowser(house);
    const state = await browser.begin();
    const [cookie = ''] = browser.cookies.values();
    const keys = await house.vault.keys('');
    expect(keys).toEqual([`slack/state/${createHash('sha256').update(`${state}.${cookie}`).digest('hex')}`]);
  });

  it('is narrow: more than 120 a minute wait, and fill no disk', async () => {
    const house = await openHouse();
    const browser = openBrowser(house);
    const all = [];
    for (let i = 0; i < 130; i++) all.push((await browser.get('/slack/install/go')).status);
    expect(all.filter((status) => status === 503)).toHaveLength(10);
    expect(await house.vault.keys('slack/state/')).toHaveLength(120);
    house.world.pass(MINUTE);
    expect((await browser.get('/slack/install/go')).status).toBe(302);
  });
});

describe('an installation', () => {
  it('ends with the workspace let in, its name on the page, and what to type next', async () => {
    const house = await openHouse();
    const { status, text, headers } = await install(house);
    expect(status).toBe(200);
    expect(text).toContain('Greenroom is in Acme');
    expect(text).toContain('/practice setup');
    expect(headers.getSetCookie()).toEqual([expect.stringContaining('=; Max-Age=0;')]);
    expect(await house.tenants.of(TEAM)).toMatchObject({ name: 'Acme', botUser: 'U0BOT', botId: 'B0BOT' });
    expect(house.heard.map(({ team }) => team)).toEqual([TEAM]);
    expect(await house.vault.keys('')).toEqual(['slack/install/T0ACME']);
  });

  it('shows Slack our secret and the address it comes back to, and nobody a token before that', async () => {
    const house = await openHouse();
    await install(house);
    const [first, second] = house.slack.asked;
    expect(Object.fromEntries(first?.args ?? [])).toEqual({
      client_id: '1234.5678',
      client_secret: CLIENT_SECRET,
      code: 'code.1',
      redirect_uri: `${PUBLIC}/slack/oauth_redirect`,
    });
    expect([first?.method, first?.token, second?.method, second?.token]).toEqual([
      'oauth.v2.access',
      undefined,
      'auth.test',
      'xoxb-first',
    ]);
  });

  it('speaks of the command as it is called here', async () => {
    const house = await openHouse();
    const { http } = makeOauth({ ...house.deps, deps: house.deps, tenants: house.tenants, root: () => 'drill' });
    expect((await install({ ...house, http })).text).toContain('/drill setup');
  });

  it('never lets a name become markup', async () => {
    const house = await openHouse();
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom('<script>', '"><img src=x>', '&lt;'),
    );
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const { text } = await install(house, { of: { ...ACME, name } });
        expect(
          text
            .replace(/<style>[^]*<\/style>/, '')
            .match(
              /<(?!\/?(?:html|head|meta|title|body|main|header|svg|rect|path|h1|ol|li|code|footer|style)\b|!doctype)/g,
            ),
        ).toBeNull();
        house.world.pass(MINUTE);
      }),
      { numRuns: RUNS },
    );
  });

  it('tells what Slack did not grant, and works all the same', async () => {
    const house = await openHouse();
    const scopes = ALL_SCOPES.filter((scope) => scope !== 'files:write');
    const { status, text } = await install(house, { of: { ...ACME, scopes } });
    expect(status).toBe(200);
    expect(text).toMatch(/did not grant everything[^]*<code>files:write<\/code>/);
    expect(house.logged.join()).toContain("missing: [ 'files:write' ]");
  });

  it('that could not be told to the house is told to the person, and a second try mends it', async () => {
    const house = await openHouse();
    let down = true;
    house.tenants.onInstalled(async () => {
      if (down) throw new Error('the store is down');
    });
    const first = await install(house);
    expect([first.status, first.text]).toEqual([500, expect.stringContaining('on our side')]);
    expect(house.logged.join()).toContain('the store is down');
    down = false;
    expect((await install(house)).status).toBe(200);
  });

  it('that somebody declined says so kindly, and uses the state up', async () => {
    const house = await openHouse();
    const browser = openBrowser(house);
    const state = await browser.begin();
    const { status, text } = await browser.comeBack({ error: 'access_denied', state });
    expect([status, text]).toEqual([200, expect.stringContaining('You said no in Slack')]);
    expect(await house.vault.keys('')).toEqual([]);
    expect(house.slack.asked).toEqual([]);
  });
});

describe('a state', () => {
  /** A browser that began, and a code that is worth a token. */
  async function begun() {
    const house = await openHouse();
    house.slack.tokens.set('xoxb-first', ACME);
    house.slack.codes.set('code.1', grantOf(ACME, 'xoxb-first'));
    const browser = openBrowser(house);
    const state = await browser.begin();
    const isIn = async (): Promise<boolean> => (await house.tenants.all()).length > 0;
    return { house, browser, state, isIn, back: { code: 'code.1', state } };
  }

  it.each([
    ['missing', { code: 'code.1' }],
    ['empty', { code: 'code.1', state: '' }],
    ['forged', { code: 'code.1', state: 'A'.repeat(43) }],
    ['no token at all', { code: 'code.1', state: '../install/T0ACME' }],
    ['endless', { code: 'code.1', state: 'A'.repeat(10_000) }],
  ])('that is %s is refused, and Slack is not asked', async (_, query) => {
    const { house, browser, isIn } = await begun();
    const { status, text } = await browser.comeBack(query);
    expect([status, text]).toEqual([400, expect.stringContaining(`href="${PUBLIC}/slack/install"`)]);
    expect([house.slack.asked, await isIn()]).toEqual([[], false]);
  });

  it('that is changed by one letter is refused, and the true one still works', async () => {
    const { browser, state, back } = await begun();
    const other = (state.startsWith('A') ? 'B' : 'A') + state.slice(1);
    expect((await browser.comeBack({ ...back, state: other })).status).toBe(400);
    expect((await browser.comeBack(back)).status).toBe(200);
  });

  it('works once', async () => {
    const { house, browser, back } = await begun();
    const [cookie = ['', '']] = [...browser.cookies];
    expect((await browser.comeBack(back)).status).toBe(200);
    house.slack.codes.set('code.1', grantOf(ACME, 'xoxb-first'));
    browser.cookies.set(...cookie);
    expect((await browser.comeBack(back)).status).toBe(400);
    expect(house.slack.asked.filter(({ method }) => method === 'oauth.v2.access')).toHaveLength(1);
  });

  it('works once of twenty at once', async () => {
    const { house, browser, back } = await begun();
    const [[name, value] = []] = browser.cookies;
    const request = (): Request =>
      new Request(`${PUBLIC}/slack/oauth_redirect?${new URLSearchParams(back).toString()}`, {
        headers: { cookie: `${name}=${value}` },
      });
    const all = await Promise.all(Array.from({ length: 20 }, async () => (await house.http(request()))?.status));
    expect(all.filter((status) => status === 200)).toHaveLength(1);
    expect(all.filter((status) => status === 400)).toHaveLength(19);
    expect(house.slack.asked.filter(({ method }) => method === 'oauth.v2.access')).toHaveLength(1);
    expect(house.heard).toHaveLength(1);
  });

  it.each([
    [10 * MINUTE - 1, 200],
    [10 * MINUTE, 400],
  ])('after %i ms is answered with %i', async (ms, expected) => {
    const { house, browser, back } = await begun();
    house.world.pass(ms);
    expect((await browser.comeBack(back)).status).toBe(expected);
  });

  it('in another browser is refused, with or without a cookie of its own, and is not used up by it', async () => {
    const { house, browser, back, isIn } = await begun();
    const stranger = openBrowser(house);
    expect((await stranger.comeBack(back)).status).toBe(400);
    await stranger.begin();
    const refused = await stranger.comeBack(back);
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([400, []]);
    expect([house.slack.asked, await isIn()]).toEqual([[], false]);
    expect((await browser.comeBack(back)).status).toBe(200);
  });

  it('with two cookies, or given twice, is refused', async () => {
    const { house, browser, state, isIn } = await begun();
    const [[name, value] = []] = browser.cookies;
    const get = async (query: string, cookie: string): Promise<number | undefined> =>
      (await house.http(new Request(`${PUBLIC}/slack/oauth_redirect?${query}`, { headers: { cookie } })))?.status;
    expect(await get(`code=code.1&state=${state}`, `${name}=${value}; ${name}=${value}`)).toBe(400);
    expect(await get(`code=code.1&state=${state}&state=${state}`, `${name}=${value}`)).toBe(400);
    expect(await isIn()).toBe(false);
  });

  it('of an installation that began later in the same browser counts', async () => {
    const { browser, back } = await begun();
    const state = await browser.begin();
    expect((await browser.comeBack(back)).status).toBe(400);
    expect((await browser.comeBack({ ...back, state })).status).toBe(200);
  });

  it('does not go on without a code, or with one that is none', async () => {
    for (const code of [undefined, '', 'two words', 'ü', 'A'.repeat(513)]) {
      const { house, browser, state } = await begun();
      const { status } = await browser.comeBack({ state, ...(code === undefined ? {} : { code }) });
      expect([status, house.slack.asked]).toEqual([400, []]);
    }
  });
});

describe('Slack’s answer to a code', () => {
  it.each<[string, Answer, number, RegExp]>([
    ['an unknown code', { ok: false, error: 'invalid_code' }, 400, /has run out/],
    ['a spent code', { ok: false, error: 'code_already_used' }, 400, /has run out/],
    ['a wrong secret', { ok: false, error: 'bad_client_secret' }, 500, /does not fit its Slack app/],
    ['a wrong address', { ok: false, error: 'bad_redirect_uri' }, 500, /does not fit its Slack app/],
    ['a passing failure', { ok: false, error: 'internal_error' }, 502, /did not answer/],
    ['a page of HTML', { status: 200, body: '<html>canary</html>' }, 502, /did not answer/],
    ['a 500', { status: 500, body: 'canary' }, 502, /did not answer/],
    ['a 429', { status: 429, retryAfter: 5 }, 502, /did not answer/],
    ['nothing', 'cut', 502, /did not answer/],
    ['no team', grantOf(ACME, 'xoxb-first', { team: null, is_enterprise_install: true }), 400, /One workspace/],
    ['a whole organization', grantOf(ACME, 'xoxb-first', { is_enterprise_install: true }), 400, /One workspace/],
    [
      'a token that expires',
      grantOf(ACME, 'xoxb-first', { expires_in: 43_200, refresh_token: 'xoxe-1' }),
      500,
      /expire/,
    ],
    ['a person’s token', grantOf(ACME, 'xoxp-first', { token_type: 'user' }), 400, /another kind/],
    ['said to be a person’s', grantOf(ACME, 'xoxb-first', { token_type: 'user' }), 400, /another kind/],
    ['no token', grantOf(ACME, ''), 400, /another kind/],
    ['no bot', grantOf(ACME, 'xoxb-first', { bot_user_id: undefined }), 400, /not what it says/],
    ['a strange id', grantOf(ACME, 'xoxb-first', { team: { id: '../T0ACME', name: 'x' } }), 400, /not what it says/],
  ])('that is %s is a page in words, and nothing is kept', async (_, answer, status, words) => {
    const house = await openHouse();
    house.slack.next.set('oauth.v2.access', [answer]);
    const page = await install(house);
    expect([page.status, page.text]).toEqual([status, expect.stringMatching(words)]);
    expect(await house.vault.keys('')).toEqual([]);
    expect(`${page.text}${house.logged.join('\n')}`).not.toMatch(/canary|code\.1|xox|c11e57/);
    expect(house.heard).toEqual([]);
  });

  it('names what to set in the log alone', async () => {
    const house = await openHouse();
    house.slack.next.set('oauth.v2.access', [{ ok: false, error: 'bad_client_secret' }]);
    const page = await install(house);
    expect(page.text).not.toContain('SLACK_CLIENT_SECRET');
    expect(house.logged.join()).toContain('SLACK_CLIENT_SECRET: see “Basic Information”');
  });
});
