/** A server that workspaces install: a real vault on a real file, a clock in hand, a small Slack, and browsers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import { makeOauth } from '../../../adapters/slack/oauth/index.ts';
import type { Access, SlackDeps, Tenant } from '../../../adapters/slack/ports.ts';
import { openTenants } from '../../../adapters/slack/tenants.ts';
import type { Vault } from '../../../src/chat/adapter.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import { plus, type World } from '../../../src/chat/world.ts';
import { makeCipher, randomToken } from '../../../src/config/cipher.ts';
import { Secret } from '../../../src/config/secret.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open.ts';
import { openVault } from '../../../src/store/vault.ts';
import { ALL_SCOPES, type Json, type Known, openSmallSlack, type SmallSlack } from './small-slack.ts';

export const CLIENT_SECRET = 'c11e57c11e57c11e57c11e57c11e57c1';
export const PUBLIC = 'https://greenroom.example.org';

export interface HandWorld extends World {
  pass(ms: number): void;
  /** How long was slept, in ms, each time. */
  readonly slept: number[];
}

export function handWorld(): HandWorld {
  let now = '2026-11-23T09:00:00.000Z' as Instant;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    newId: () => 'id',
    roll: () => 0.5,
    point: () => {},
    pass: (ms) => void (now = plus(now, ms)),
    sleepUntil: async (at) => {
      slept.push(Date.parse(at) - Date.parse(now));
      now = at;
    },
  };
}

export interface House {
  readonly slack: SmallSlack;
  readonly world: HandWorld;
  readonly vault: Vault;
  readonly deps: SlackDeps;
  readonly tenants: ReturnType<typeof openTenants>;
  readonly heard: Tenant[];
  /** Everything that was logged, facts in full. */
  readonly logged: string[];
  /** The database's file. */
  readonly file: string;
  http(request: Request): Promise<Response | undefined>;
}

export type AccessOf = (slack: SmallSlack) => Access;

export const many =
  (publicUrl = PUBLIC): AccessOf =>
  () => ({ kind: 'many', clientId: '1234.5678', clientSecret: new Secret(CLIENT_SECRET), publicUrl });

export async function openHouse(access: AccessOf = many()): Promise<House> {
  const slack = await openSmallSlack();
  return { slack, ...(await openHouseOn(slack.apiUrl, access(slack))) };
}

/** The same on any Slack. */
export async function openHouseOn(apiUrl: string, access: Access): Promise<Omit<House, 'slack'>> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-install-'));
  const file = join(folder, 'greenroom.db');
  const store = await openStore(`sqlite:${file}`);
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  await migrate(store);
  const world = handWorld();
  const vault = openVault(store, makeCipher(new Secret('ab'.repeat(32))), world.now);
  const logged: string[] = [];
  const note = (what: string, facts?: unknown) => void logged.push(`${what} ${inspect(facts, { depth: 9 })}`);
  const deps: SlackDeps = {
    world,
    vault,
    randomToken,
    apiUrl,
    access,
    mode: { kind: 'http', signingSecret: new Secret('5'.repeat(32)) },
    log: { info: note, warn: note, error: note },
    known: async () => undefined,
    paint: async () => undefined,
    fatal: () => {},
  };
  const tenants = openTenants(deps);
  const heard: Tenant[] = [];
  tenants.onInstalled(async (tenant) => void heard.push(tenant));
  const { http } = makeOauth({ ...deps, deps, tenants });
  return { world, vault, deps, tenants, heard, logged, file, http };
}

/** The same house after a restart, with nothing in memory. */
export const restarted = ({ deps }: Pick<House, 'deps'>): ReturnType<typeof openTenants> => openTenants(deps);

export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One browser with its cookies. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Page>;
  /** Begins an installation; the state Slack is handed. */
  begin(): Promise<string>;
  /** Comes back from Slack. */
  comeBack(query: Readonly<Record<string, string>>): Promise<Page>;
}

export function openBrowser({ http }: Pick<House, 'http'>, at = PUBLIC): Browser {
  const cookies = new Map<string, string>();
  const get = async (path: string): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await http(new Request(`${at}${path}`, cookie === '' ? {} : { headers: { cookie } }));
    if (!response) throw new Error(`nothing answers at ${path}`);
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      if (/Max-Age=0\b/.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    cookies,
    get,
    begin: async () =>
      new URL((await get('/slack/install/go')).headers.get('location') ?? '').searchParams.get('state') ?? '',
    comeBack: (query) => get(`/slack/oauth_redirect?${new URLSearchParams(query).toString()}`),
  };
}

export const ACME = {
  team: 'T0ACME',
  name: 'Acme',
  botUser: 'U0BOT',
  botId: 'B0BOT',
  scopes: ALL_SCOPES,
} satisfies Known;

/** What `oauth.v2.access` answers for a workspace, with whatever is otherwise. */
export const grantOf = (of: Known, token: string, otherwise: Json = {}): Json => ({
  ok: true,
  access_token: token,
  token_type: 'bot',
  app_id: 'A0APP',
  bot_user_id: of.botUser,
  scope: (of.scopes ?? []).join(','),
  team: { id: of.team, name: of.name },
  enterprise: null,
  is_enterprise_install: false,
  authed_user: { id: 'U0ANA' },
  ...otherwise,
});

export interface Installing {
  readonly of?: Known;
  readonly token?: string;
  readonly otherwise?: Json;
  readonly code?: string;
}

/** A person installs it, from the button to the page at the end. */
export async function install(
  house: House,
  { of = ACME, token = 'xoxb-first', otherwise, code = 'code.1' }: Installing = {},
): Promise<Page> {
  const browser = openBrowser(house);
  const state = await browser.begin();
  house.slack.tokens.set(token, of);
  house.slack.codes.set(code, grantOf(of, token, otherwise));
  return browser.comeBack({ code, state });
}
