/** Installing, leaving and coming back on the fake Slack, which checks codes, secrets and addresses as Slack does. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { PlatformError } from '../../../src/chat/adapter.ts';
import type { TeamId } from '../../../src/chat/ids.ts';
import { Secret } from '../../../src/config/secret.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeSlack, FakeUser, FakeWorkspace } from '../../support/fake-slack/types.ts';
import { type Browser, openBrowser, openHouseOn, type Page, PUBLIC, restarted } from './install-world.ts';

type House = Awaited<ReturnType<typeof openHouseOn>>;

interface Town {
  readonly fake: FakeSlack;
  readonly house: House;
  readonly acme: FakeWorkspace;
  readonly ana: FakeUser;
  readonly bo: FakeUser;
}

async function openTown(clientSecret?: string): Promise<Town> {
  const fake = await openFakeSlack();
  onTestFinished(() => fake.close());
  const acme = fake.addWorkspace('Acme', { installed: false });
  const access = { kind: 'many', clientId: fake.clientId, publicUrl: PUBLIC } as const;
  const house = await openHouseOn(fake.apiUrl, {
    ...access,
    clientSecret: new Secret(clientSecret ?? fake.clientSecret),
  });
  return { fake, house, acme, ana: acme.addUser('Ana', { admin: true }), bo: acme.addUser('Bo') };
}

/** Where Slack sends the browser back to, once this person has said yes or no on Slack's page. */
async function decide(browser: Browser, answer: Readonly<Record<string, string>>): Promise<string> {
  const page = new URL((await browser.get('/slack/install/go')).headers.get('location') ?? '');
  for (const [name, value] of Object.entries(answer)) page.searchParams.set(name, value);
  const response = await fetch(page, { redirect: 'manual' });
  const back = new URL(response.headers.get('location') ?? '');
  expect(back.origin).toBe(PUBLIC);
  return back.pathname + back.search;
}

async function installBy({ house, acme }: Town, person: FakeUser, more = {}): Promise<Page> {
  const browser = openBrowser(house);
  return browser.get(await decide(browser, { into: acme.id, by: person.id, ...more }));
}

const teamOf = ({ acme }: Town): TeamId => acme.id as TeamId;
const keptOf = async (town: Town): Promise<Record<string, unknown>> =>
  JSON.parse((await town.house.vault.read(`slack/install/${town.acme.id}`)) ?? '{}') as Record<string, unknown>;

describe('on the fake Slack', () => {
  it('a workspace is let in by one click, and we act there with its own token', async () => {
    const town = await openTown();
    const { status, text } = await installBy(town, town.ana);
    expect([status, text]).toEqual([200, expect.stringContaining('Greenroom is in Acme')]);
    expect(text).not.toContain('did not grant');
    const tenant = await town.house.tenants.of(teamOf(town));
    expect(tenant).toMatchObject({ botUser: town.acme.botUser, botId: town.acme.botId });
    expect((await tenant?.client.auth.test())?.team_id).toBe(town.acme.id);
    expect(await keptOf(town)).toMatchObject({ installedBy: town.ana.id, botToken: town.acme.botToken });
  });

  it('whoever says no leaves everything as it was', async () => {
    const town = await openTown();
    const browser = openBrowser(town.house);
    const { text } = await browser.get(await decide(browser, { deny: '1' }));
    expect(text).toContain('Nothing was installed');
    expect(await town.house.vault.keys('')).toEqual([]);
  });

  it('the way back works once, and a stolen code is worth nothing with another state', async () => {
    const town = await openTown();
    const browser = openBrowser(town.house);
    const back = await decide(browser, { into: town.acme.id, by: town.ana.id });
    const code = new URL(back, PUBLIC).searchParams.get('code') ?? '';
    expect((await browser.get(back)).status).toBe(200);
    expect((await browser.get(back)).status).toBe(400);
    const thief = openBrowser(town.house);
    expect((await thief.comeBack({ code, state: await thief.begin() })).text).toContain('has run out');
  });

  it('somebody who trims the list of scopes in the address takes nothing away', async () => {
    const town = await openTown();
    await installBy(town, town.ana);
    const before = await keptOf(town);
    await installBy(town, town.bo, { scope: 'commands' });
    expect(await keptOf(town)).toEqual(before);
  });

  it('a second person of the workspace renews it, and the first stays the installer', async () => {
    const town = await openTown();
    await installBy(town, town.ana);
    expect((await installBy(town, town.bo)).status).toBe(200);
    expect(await keptOf(town)).toMatchObject({ installedBy: town.ana.id });
  });

  it('a workspace that left and comes back has a new token, now and after a restart', async () => {
    const town = await openTown();
    await installBy(town, town.ana);
    const first = town.acme.botToken;
    await town.fake.hands.uninstall(town.acme.id);
    await town.house.tenants.forget(teamOf(town));
    expect(await town.house.vault.keys('')).toEqual([]);
    expect(await town.house.tenants.of(teamOf(town))).toBeUndefined();
    expect((await installBy(town, town.bo)).status).toBe(200);
    expect(town.acme.botToken).not.toBe(first);
    for (const tenants of [town.house.tenants, restarted(town.house)]) {
      expect((await (await tenants.of(teamOf(town)))?.client.auth.test())?.ok).toBe(true);
    }
  });

  it('a server with a wrong secret says so in its log alone', async () => {
    const town = await openTown('0'.repeat(32));
    const { status, text } = await installBy(town, town.ana);
    expect([status, text]).toEqual([500, expect.stringContaining('does not fit its Slack app')]);
    expect(town.house.logged.join()).toContain('bad_client_secret');
  });

  it('Slack that falls silent after it gave the token leaves nothing behind, and a second try works', async () => {
    const town = await openTown();
    town.fake.fault('auth.test', { do: 'drop', effect: 'after' });
    expect((await installBy(town, town.ana)).status).toBe(502);
    expect(await town.house.vault.keys('')).toEqual([]);
    expect((await installBy(town, town.ana)).status).toBe(200);
  });

  it('one workspace whose app was removed says what to click', async () => {
    const town = await openTown();
    await installBy(town, town.ana);
    const botToken = new Secret(town.acme.botToken);
    await town.fake.hands.uninstall(town.acme.id);
    const { tenants } = await openHouseOn(town.fake.apiUrl, { kind: 'one', botToken });
    await expect(tenants.start()).rejects.toThrow(PlatformError);
    await expect(tenants.start()).rejects.toThrow(/“Install App”.*account_inactive/);
  });
});
