/** A person lets the app in; the code they bring back works once, for whom it was made, and not for long. */
import { afterEach, describe, expect, it } from 'vitest';
import { clientOf, closeOffices, errorOf, openOffice, type Office } from './ask.ts';

afterEach(closeOffices);

const BACK = 'https://greenroom.example.org/slack/oauth_redirect';

function pageOf({ fake }: Office, more: Readonly<Record<string, string>> = {}): URL {
  const url = new URL('/oauth/v2/authorize', fake.url);
  const asked = { client_id: fake.clientId, redirect_uri: BACK, scope: 'chat:write,commands', state: 's1', ...more };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url;
}

/** Where a click on the page leads. */
async function click(office: Office, label: string): Promise<URL> {
  const page = await (await fetch(pageOf(office))).text();
  const link = new RegExp(`href="([^"]+)">${label}<`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const answer = await fetch(new URL(link, office.fake.url), { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

const allow = async (office: Office): Promise<string> =>
  (await click(office, 'Ana allows it in Acme')).searchParams.get('code') ?? '';

function redeem({ fake }: Office, code: string, more: Readonly<Record<string, string>> = {}) {
  const { clientId: client_id, clientSecret: client_secret } = fake;
  const args = { client_id, client_secret, code, redirect_uri: BACK, ...more };
  return clientOf(fake.apiUrl, '').oauth.v2.access(args);
}

describe('the page', () => {
  it('sends whoever allows it back with a code and the state', async () => {
    const office = await openOffice();
    const back = await click(office, 'Bo allows it in Acme');
    expect(`${back.origin}${back.pathname}`).toBe(BACK);
    expect(back.searchParams.get('state')).toBe('s1');
    expect(back.searchParams.get('code')).toMatch(/./);
  });

  it('sends whoever does not back with that', async () => {
    const office = await openOffice();
    const back = await click(office, 'Cancel');
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: 'access_denied', state: 's1' });
  });

  it('knows its own app, and where it may send people', async () => {
    const office = await openOffice();
    expect((await fetch(pageOf(office, { client_id: '1.2' }))).status).toBe(400);
    expect((await fetch(pageOf(office, { redirect_uri: 'nowhere' }))).status).toBe(400);
  });
});

describe('a code', () => {
  it('gives the token of the workspace, with what was asked for', async () => {
    const office = await openOffice();
    const { acme, ana } = office;
    expect(await redeem(office, await allow(office))).toMatchObject({
      access_token: acme.botToken,
      bot_user_id: acme.botUser,
      scope: 'chat:write,commands',
      team: { id: acme.id, name: 'Acme' },
      authed_user: { id: ana.id },
    });
  });

  it('works once', async () => {
    const office = await openOffice();
    const code = await allow(office);
    await redeem(office, code);
    expect(await errorOf(redeem(office, code))).toBe('code_already_used');
  });

  it('works for ten minutes', async () => {
    const office = await openOffice();
    const code = await allow(office);
    await office.fake.clock.advance(10 * 60_000 + 1);
    expect(await errorOf(redeem(office, code))).toBe('invalid_code');
  });

  it.each([
    ['that was never made', { code: 'guess' }, 'invalid_code'],
    ['for another address', { redirect_uri: 'https://evil.example' }, 'bad_redirect_uri'],
    ['with another secret', { client_secret: 'guess' }, 'bad_client_secret'],
    ['of another app', { client_id: '1.2' }, 'invalid_client_id'],
  ])('%s is refused, and stays good', async (_what, more, error) => {
    const office = await openOffice();
    const code = await allow(office);
    expect(await errorOf(redeem(office, code, more))).toBe(error);
    expect((await redeem(office, code)).ok).toBe(true);
  });

  it('of a new installation gives a new token; the old one stays dead', async () => {
    const office = await openOffice();
    const { fake, acme } = office;
    const old = acme.botToken;
    await fake.hands.uninstall(acme.id);
    expect(await errorOf(clientOf(fake.apiUrl, old).auth.test())).toBe('account_inactive');
    const { access_token: token = '' } = await redeem(office, await allow(office));
    expect(token).not.toBe(old);
    expect((await clientOf(fake.apiUrl, token).auth.test()).ok).toBe(true);
    expect(await errorOf(clientOf(fake.apiUrl, old).auth.test())).toBe('account_inactive');
  });
});
