/** What the doctor is told of Slack: each thing that can be wrong, in words, with what to click. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeClient } from '../../../adapters/slack/api.ts';
import { type Patient, diagnose } from '../../../adapters/slack/diagnose.ts';
import type { Mode, Tenant } from '../../../adapters/slack/ports.ts';
import { SCOPES } from '../../../adapters/slack/scopes.ts';
import type { Finding, Secret } from '../../../src/chat/adapter.ts';
import type { ChannelId, TeamId } from '../../../src/chat/ids.ts';
import type { FakeSlack, FakeWorkspace } from '../../support/fake-slack/types.ts';
import { bad, scene, secret, secrets, socketWith, told, well, worldAhead } from './diagnose-scene.ts';

const COPY = 'OAuth & Permissions → Bot User OAuth Token';
const GENERATE = 'Basic Information → App-Level Tokens → Generate Token and Scopes, with connections:write';

const CLOCK = well('the clock agrees with Slack’s');
const SOCKET = well('Socket Mode can be opened');
const WORKSPACE = well('workspace “Acme”, as @greenroom');
const GRANTED = well(`all ${SCOPES.length} scopes are granted`);

describe('a Slack where all is well', () => {
  it('says so, line by line, in Socket Mode', async () => {
    const { look, acme } = await scene();
    const found = await look({}, [acme.addChannel('practice').id]);
    expect(found).toEqual([CLOCK, SOCKET, WORKSPACE, GRANTED, well('in #practice, where questions go')]);
  });

  it('says so over HTTP', async () => {
    const { look, slack: open } = await scene();
    expect(await look({ mode: { kind: 'http', signingSecret: secret(open.signingSecret) } })).toEqual([
      CLOCK,
      well('the signing secret looks like one; Slack’s first request proves it'),
      WORKSPACE,
      GRANTED,
    ]);
  });

  it('is left as it was: nothing is posted, opened or joined', async () => {
    const { look, slack: open, acme } = await scene();
    await look({}, [acme.addChannel('practice').id]);
    expect(open.posted(acme.id)).toEqual([]);
    expect(new Set(open.calls.map(({ method }) => method))).toEqual(
      new Set(['api.test', 'apps.connections.open', 'auth.test', 'bots.info', 'conversations.info']),
    );
  });
});

it('a name moves no cursor and turns no text around', async () => {
  const { look, acme } = await scene();
  acme.name = 'Ac\u001b[2Jme\u202e\n';
  const channel = acme.addChannel('practice');
  channel.name = 'prac\u0007tice';
  const found = (await look({}, [channel.id])).map(({ what }) => what);
  expect(found).toContain('workspace “Ac[2Jme”, as @greenroom');
  expect(found).toContain('in #practice, where questions go');
});

describe('the bot token', () => {
  it.each([
    ['xoxp-1-2-3-user', 'the bot token is a user token (xoxp-)'],
    ['xapp-1-A000000000-2-app', 'the bot token is an app-level token (xapp-)'],
    ['secret', 'the bot token is no token of Slack’s'],
  ])('%s: is of another kind, which is named', async (token, what) => {
    const { look } = await scene();
    const found = await look({ access: { kind: 'one', botToken: secret(token) } });
    expect(found).toContainEqual(bad(what, `use the one that starts with xoxb-: ${COPY}`));
  });

  it('is not known to Slack', async () => {
    const { look } = await scene();
    const found = await look({ access: { kind: 'one', botToken: secret('xoxb-1-2-unknown') } });
    expect(found).toEqual([CLOCK, SOCKET, bad('Slack does not know the bot token', `copy it anew: ${COPY}`)]);
  });

  it.each(['token_revoked', 'account_inactive'])('no longer works (%s)', async (error) => {
    const { look, slack: open } = await scene();
    open.fault('auth.test', { do: 'error', error });
    expect(await look()).toContainEqual(
      bad(
        'the bot token no longer works: the app was removed, or its token revoked',
        `Install App → Install to Workspace, then set the new token: ${COPY}`,
      ),
    );
  });

  it('has expired', async () => {
    const { look, slack: open } = await scene();
    open.fault('auth.test', { do: 'error', error: 'token_expired' });
    expect(await look()).toContainEqual(
      bad(
        'the bot token has expired: token rotation is on, which cannot be undone',
        'make the app anew from `greenroom slack manifest`',
      ),
    );
  });

  it('lacks a scope, which is named with its reason and where to add it', async () => {
    const { look } = await scene(SCOPES.map(({ scope }) => scope).filter((scope) => scope !== 'im:write'));
    expect(await look()).toContainEqual(
      bad(
        'missing scope: im:write (opens direct messages: results, reminders, requests to review)',
        'OAuth & Permissions → Bot Token Scopes → add `im:write`, then Reinstall to Acme',
      ),
    );
  });

  it('lacks two', async () => {
    const { look } = await scene(
      SCOPES.map(({ scope }) => scope).filter((scope) => scope !== 'im:write' && scope !== 'commands'),
    );
    const found = (await look()).find(({ ok }) => !ok);
    expect(found?.what).toMatch(/^missing scopes: commands \(.*\); im:write \(.*\)$/);
    expect(found?.mend).toContain('add `commands`, `im:write`, then');
  });

  it.each([
    ['is of a person', {}, 'the bot token is of a person'],
    [
      'is for a whole organization',
      { bot_id: 'B1', is_enterprise_install: true },
      'the bot token is for a whole organization; Greenroom works in one workspace',
    ],
  ])('%s', async (_what, more, what) => {
    const answer = JSON.stringify({ ok: true, team: 'Acme', team_id: 'T1', user: 'ana', user_id: 'U1', ...more });
    const server = createServer((_request, response) => response.end(answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { look } = await scene();
    const found = await look({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/` });
    expect(found.filter(({ ok }) => !ok).map((one) => one.what)).toEqual([what]);
  });

  it('is of another app than the app-level token', async () => {
    const { look, slack: open } = await scene();
    const other = `xapp-1-A0OTHERAPP1-${open.appToken.split('-').slice(3).join('-')}`;
    open.fault('apps.connections.open', { do: '429', retryAfter: 7 });
    const found = await look({ mode: socketWith(other) });
    expect(found.find(({ ok }) => !ok)?.what).toMatch(/^the two tokens are of different apps, A\w+ and A0OTHERAPP1$/);
  });
});

describe('the app-level token', () => {
  it.each([
    ['xoxb-1-2-bot', 'the app-level token is a bot token (xoxb-)'],
    ['xoxp-1-2-3-user', 'the app-level token is a user token (xoxp-)'],
    ['secret', 'the app-level token is no token of Slack’s'],
  ])('%s: is of another kind, which is named', async (token, what) => {
    const { look } = await scene();
    const found = await look({ mode: socketWith(token) });
    expect(found).toContainEqual(bad(what, `use one that starts with xapp-: ${GENERATE}`));
  });

  it('is not known to Slack', async () => {
    const { look } = await scene();
    const found = await look({ mode: socketWith('xapp-1-A0FAKEAPP01-2-unknown') });
    expect(found).toContainEqual(bad('Slack does not know the app-level token', GENERATE));
  });

  it('lacks connections:write', async () => {
    const { look, slack: open } = await scene();
    open.fault('apps.connections.open', { do: 'error', error: 'missing_scope' });
    expect(await look()).toContainEqual(
      bad('the app-level token may not open connections', `a token gets no new scopes, so make another: ${GENERATE}`),
    );
  });

  it('is fine, but Socket Mode is switched off', async () => {
    const { look, slack: open } = await scene();
    open.fault('apps.connections.open', { do: 'error', error: 'socket_mode_not_enabled' });
    expect(await look()).toContainEqual(bad('Socket Mode is switched off', 'Socket Mode → Enable Socket Mode'));
  });
});

describe('the signing secret', () => {
  it('is not one', async () => {
    const { look } = await scene();
    expect(await look({ mode: { kind: 'http', signingSecret: secret('hush') } })).toContainEqual(
      bad('the signing secret is not 32 hexadecimal digits', 'copy it anew: Basic Information → Signing Secret → Show'),
    );
  });
});

describe('a channel that questions go to', () => {
  it('was not joined', async () => {
    const { look, acme } = await scene();
    const { id } = acme.addChannel('practice', { without: 'bot' });
    expect(await look({}, [id])).toContainEqual(
      bad('not in #practice, where questions go', 'type /invite @greenroom in #practice'),
    );
  });

  it.each(['private', 'gone'])('cannot be seen (%s)', async (why) => {
    const { look, acme } = await scene();
    const id = why === 'gone' ? 'C0GONE00001' : acme.addChannel('quiet', { private: true, without: 'bot' }).id;
    expect(await look({}, [id])).toContainEqual(
      bad(
        `channel ${id}, where questions go, cannot be seen: it is private without @greenroom, or gone`,
        'type /invite @greenroom there, or choose another: /practice setup',
      ),
    );
  });

  it('is archived', async () => {
    const { look, acme } = await scene();
    const channel = acme.addChannel('practice');
    channel.archived = true;
    expect(await look({}, [channel.id])).toContainEqual(
      bad('#practice is archived, and questions go there', 'unarchive it, or choose another: /practice setup'),
    );
  });

  it('is not asked for when it is of another workspace', async () => {
    const { look, slack: open } = await scene();
    const bolt = open.addWorkspace('Bolt');
    const { id } = bolt.addChannel('practice');
    const found = await diagnoseWith(open, [{ team: bolt.id as TeamId, channel: id as ChannelId }]);
    expect(found).toEqual(await look());
    expect(open.calls.map(({ method }) => method)).not.toContain('conversations.info');
  });

  it('is not told of when the scope to see it is what is missing', async () => {
    const { look, acme } = await scene(
      SCOPES.map(({ scope }) => scope).filter((scope) => !/channels:read/.test(scope)),
    );
    const found = await look({}, [acme.addChannel('practice').id]);
    expect(found.map(({ what }) => what.slice(0, 28))).toEqual(
      [CLOCK.what, SOCKET.what, WORKSPACE.what, 'missing scope: channels:read'].map((what) => what.slice(0, 28)),
    );
  });
});

describe('the clock', () => {
  const http = (of: FakeSlack): Mode => ({ kind: 'http', signingSecret: secret(of.signingSecret) });
  it.each([
    [58, true, 'the clock agrees with Slack’s', undefined],
    [90, true, 'the clock is 90 s ahead of Slack’s', 'set the clock, and let NTP keep it'],
    [-240, true, 'the clock is 4 min behind Slack’s', 'set the clock, and let NTP keep it'],
    [
      420,
      false,
      'the clock is 7 min ahead of Slack’s, so that every request of Slack is refused',
      'set the clock, and let NTP keep it',
    ],
  ])('%i s off', async (seconds, ok, what, mend) => {
    const { look, slack: open } = await scene();
    const [found] = await look({ mode: http(open), world: worldAhead(open, seconds) });
    expect(found).toEqual({ ok, what, ...(mend === undefined ? {} : { mend }) });
  });

  it('matters otherwise in Socket Mode', async () => {
    const { look, slack: open } = await scene();
    const [found] = await look({ world: worldAhead(open, -7_200) });
    expect(found?.what).toBe('the clock is 120 min behind Slack’s, so that questions come at another time');
  });
});

describe('a Slack that does not answer', () => {
  const NETWORK = 'look at the network and its name server; behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1';

  it('cannot be reached: nothing else is asked', async () => {
    const { look, slack: open } = await scene();
    const found = await look({ apiUrl: 'http://127.0.0.1:1/api/' });
    expect(found).toEqual([
      { ok: false, what: expect.stringMatching(/^127\.0\.0\.1:1 cannot be reached \(\S.*\)$/), mend: NETWORK },
    ]);
    expect(open.calls).toEqual([]);
  });

  it('is given up after ten seconds', async () => {
    const { look, slack: open } = await scene();
    open.fault('api.test', { do: 'hang', effect: 'before' });
    const world = { ...worldAhead(open, 0), sleepUntil: () => Promise.resolve() };
    expect((await look({ world })).map(({ what }) => what)).toEqual([
      `${new URL(open.apiUrl).host} cannot be reached (no answer in 10 s)`,
    ]);
  });

  it.each([
    ['asks to wait', { do: '429', retryAfter: 7 }, 'Slack asks us to slow down [ratelimited]'],
    ['stumbles', { do: '500', effect: 'before' }, 'Slack did not answer as it should [HTTP 500]'],
    ['hangs up', { do: 'drop', effect: 'before' }, 'Slack did not answer as it should [connection lost]'],
    ['shows a page', { do: 'html', effect: 'before' }, 'Slack did not answer as it should [no whole answer]'],
  ] as const)('%s: a warning, as nothing was learnt', async (_how, fault, words) => {
    const { look, slack: open } = await scene();
    open.fault('auth.test', fault);
    expect(await look()).toContainEqual({
      ok: true,
      what: `the bot token could not be looked at: ${words}`,
      mend: 'look again in a minute',
    });
  });
});

/** Acme's token, and channels wherever they are. */
const diagnoseWith = (open: FakeSlack, channels: Patient['channels']): Promise<readonly Finding[]> => {
  const [acme] = open.workspaces.values();
  const access = { kind: 'one', botToken: secret(acme?.botToken ?? '') } as const;
  const deps = { mode: socketWith(open.appToken), access, apiUrl: open.apiUrl, world: worldAhead(open, 0) };
  return diagnose({ deps, ...(channels === undefined ? {} : { channels }) });
};

describe('an app for many workspaces', () => {
  const accessTo = (open: FakeSlack, more: { clientId?: string; clientSecret?: Secret } = {}) => ({
    kind: 'many' as const,
    clientId: open.clientId,
    clientSecret: secret(open.clientSecret),
    publicUrl: 'https://greenroom.example.org',
    ...more,
  });
  const CLIENT = well('the client id and secret belong together');
  const CREDENTIALS = 'copy it anew: Basic Information → App Credentials';

  it('says where the first is to be installed', async () => {
    const { look, slack: open } = await scene();
    const nobody = {
      ok: true,
      what: 'no workspace has installed it yet',
      mend: 'open https://greenroom.example.org/slack/install in a browser',
    };
    expect(await look({ access: accessTo(open) })).toEqual([CLOCK, SOCKET, CLIENT, nobody]);
  });

  it('has another client id, or another secret', async () => {
    const { look, slack: open } = await scene();
    expect(await look({ access: accessTo(open, { clientId: '1.2' }) })).toContainEqual(
      bad('Slack does not know the client id', CREDENTIALS),
    );
    expect(await look({ access: accessTo(open, { clientSecret: secret('ab'.repeat(16)) }) })).toContainEqual(
      bad('the client secret is not that of this client id', CREDENTIALS),
    );
  });

  it('does not send browsers back here', async () => {
    const { look, slack: open } = await scene();
    open.fault('oauth.v2.access', { do: 'error', error: 'bad_redirect_uri' });
    expect(await look({ access: accessTo(open) })).toContainEqual(
      bad(
        'the app does not send browsers back here after an install',
        'OAuth & Permissions → Redirect URLs → add https://greenroom.example.org/slack/oauth_redirect',
      ),
    );
  });

  it.each([
    ['hangs up', { do: 'drop', effect: 'before' }, /^the client secret could not be looked at: \S/],
    ['shows a page', { do: 'html', effect: 'before' }, /^the client secret could not be looked at: HTTP 200$/],
  ] as const)('%s: a warning', async (_how, fault, words) => {
    const { look, slack: open } = await scene();
    open.fault('oauth.v2.access', fault);
    const found = await look({ access: accessTo(open) });
    expect(found).toContainEqual({ ok: true, what: expect.stringMatching(words), mend: 'look again in a minute' });
  });

  it('looks at each of them, and at its own channels there', async () => {
    const { slack: open, acme } = await scene();
    const bolt = open.addWorkspace('Bolt', {
      scopes: SCOPES.map(({ scope }) => scope).filter((s) => s !== 'im:write'),
    });
    const { id } = bolt.addChannel('practice', { without: 'bot' });
    const access = accessTo(open);
    const deps = { mode: socketWith(open.appToken), access, apiUrl: open.apiUrl, world: worldAhead(open, 0) };
    const tenants = { all: () => Promise.resolve([acme, bolt].map((one) => tenantOf(open, one))) };
    const found = await diagnose({ deps, tenants, channels: [{ team: bolt.id as TeamId, channel: id as ChannelId }] });
    expect(found.map(({ ok, what }) => [ok, what.split(',')[0]?.split(' (')[0]])).toEqual([
      [true, CLOCK.what],
      [true, SOCKET.what],
      [true, CLIENT.what],
      [true, 'workspace “Acme”'],
      [true, GRANTED.what],
      [true, 'workspace “Bolt”'],
      [false, 'missing scope: im:write'],
      [false, 'not in #practice'],
    ]);
  });

  it('looks at the first twenty-five, and says how many are left', async () => {
    const { slack: open, acme } = await scene();
    const deps = { mode: socketWith(open.appToken), access: accessTo(open), apiUrl: open.apiUrl };
    const tenants = { all: () => Promise.resolve(Array.from({ length: 28 }, () => tenantOf(open, acme))) };
    const found = await diagnose({ deps: { ...deps, world: worldAhead(open, 0) }, tenants });
    expect(found.filter(({ what }) => what === WORKSPACE.what)).toHaveLength(25);
    expect(found.at(-1)).toEqual(well('3 more workspaces were not looked at'));
  });

  const tenantOf = (open: FakeSlack, { id, name, botUser, botId, botToken }: FakeWorkspace): Tenant => ({
    team: id as TeamId,
    name,
    botUser,
    botId,
    client: makeClient({ token: secret(botToken), apiUrl: open.apiUrl }),
  });
});

describe('what the doctor is told', () => {
  it('has no token in it, whatever was wrong', () => {
    expect(told.length).toBeGreaterThan(60);
    const leaked = told.filter(
      (text) => [...secrets].some((one) => text.includes(one)) || /xox[bp]-\w|xapp-\w/.test(text),
    );
    expect(leaked).toEqual([]);
  });
});
