/** `greenroom discord …`: the invitation, what it asks for in words, and the commands as Discord gets them. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ALL_PERMISSIONS, PERMISSIONS } from '../../adapters/discord/permissions.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { openFakeDiscord } from '../support/fake-discord/index.ts';
import type { FakeDiscord } from '../support/fake-discord/types.ts';
import { testTerminal } from './terminal.ts';

const ID = '123456789012345678';
const KEY = 'ab'.repeat(32);

async function fake(): Promise<{ discord: FakeDiscord; env: Record<string, string> }> {
  const discord = await openFakeDiscord();
  onTestFinished(async () => {
    expect(discord.complaints).toEqual([]);
    await discord.close();
  });
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
    GREENROOM_KEY: KEY,
  };
  return { discord, env };
}

const puts = ({ calls }: FakeDiscord) =>
  calls.map(({ method, route, body }) => [method, route, Array.isArray(body) ? body.length : body] as const);

describe('discord invite', () => {
  it('prints the address and nothing else, before there is a token', async () => {
    const { greenroom, json } = await testTerminal({ DISCORD_APPLICATION_ID: ID });
    const url = `https://discord.com/oauth2/authorize?client_id=${ID}&scope=bot+applications.commands&permissions=${ALL_PERMISSIONS}&integration_type=0`;
    expect(await greenroom('discord', 'invite')).toEqual({ exit: 0, out: `${url}\n`, err: '' });
    expect((await json('discord', 'invite')).said).toEqual({ url });
  });

  it('is not kept from it by other settings that are wrong', async () => {
    const { greenroom } = await testTerminal({ DISCORD_APPLICATION_ID: ID, DISCORD_TOKEN: 'not yet', PORT: 'x' });
    expect((await greenroom('discord', 'invite')).exit).toBe(0);
  });

  it.each([
    [{}, 'DISCORD_APPLICATION_ID is missing: see "General Information"'],
    [{ DISCORD_APPLICATION_ID: '' }, 'DISCORD_APPLICATION_ID is missing'],
    [{ DISCORD_APPLICATION_ID: 'ab'.repeat(32) }, 'but this is the public key'],
    [{ DISCORD_APPLICATION_ID: ID, DISCORD_API_URL: 'https://evil.example' }, 'DISCORD_API_URL must be'],
  ])('%j: says what is missing and ends with 2', async (env, words) => {
    const { greenroom } = await testTerminal(env as Record<string, string>);
    const { exit, out, err } = await greenroom('discord', 'invite');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(words);
  });
});

describe('discord permissions', () => {
  it('lists every one with its reason', async () => {
    const { greenroom } = await testTerminal();
    const { exit, out } = await greenroom('discord', 'permissions');
    expect(exit).toBe(0);
    for (const { name, reason } of PERMISSIONS) expect(out).toMatch(new RegExp(`^${name} +${reason}$`, 'm'));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('gives the same as JSON', async () => {
    const { json } = await testTerminal();
    expect((await json('discord', 'permissions')).said).toEqual({
      permissions: PERMISSIONS.map(({ name, bit, reason }) => ({ name, bit: String(bit), reason })),
      bits: String(ALL_PERMISSIONS),
    });
  });
});

describe('discord register', () => {
  it('tells Discord, leaving no database where there was none', async () => {
    const { discord, env } = await fake();
    const { greenroom, dataDir } = await testTerminal(env);
    const { exit, out } = await greenroom('discord', 'register');
    expect({ exit, out }).toEqual({ exit: 0, out: expect.stringMatching(/^Registered for all servers: \/practice/) });
    expect(puts(discord)).toEqual([['PUT', '/applications/:app/commands', expect.any(Number)]]);
    const { existsSync } = await import('node:fs');
    expect(existsSync(`${dataDir}/greenroom.db`)).toBe(false);
  });

  it('tells it once for one list, unless asked to do it anew', async () => {
    const { discord, env } = await fake();
    const { json, dataDir } = await testTerminal(env);
    const store = await openStore(`sqlite:${dataDir}/greenroom.db`);
    await migrate(store);
    await store.close();
    const results = [];
    for (const more of [[], [], ['--anew']]) results.push((await json('discord', 'register', ...more)).said['result']);
    expect(results).toEqual(['registered', 'same', 'registered']);
    expect(puts(discord).length).toBe(2);
  });

  it('names the commands as they are configured', async () => {
    const { env } = await fake();
    const { json } = await testTerminal({ ...env, GREENROOM_COMMAND: 'drill' });
    expect((await json('discord', 'register')).said['commands']).toContain('/drill');
  });

  it('can do so for one server, and take it back', async () => {
    const { discord, env } = await fake();
    const acme = discord.addGuild('Acme');
    const { greenroom } = await testTerminal(env);
    const server = ['--server', acme.id];
    expect((await greenroom('discord', 'register', ...server)).out).toContain(`Registered for server ${acme.id}: /`);
    expect((await greenroom('discord', 'register', ...server, '--none')).out).toBe(
      `The commands of server ${acme.id} are gone; those for all servers stay.\n`,
    );
    const route = '/applications/:app/guilds/:guild/commands';
    expect(puts(discord)).toEqual([
      ['PUT', route, expect.any(Number)],
      ['PUT', route, 0],
    ]);
    expect(puts(discord)[0]?.[2]).toBeGreaterThan(0);
  });

  it.each([
    [['--server', 'Acme'], /--server needs the id of a server/, 2],
    [['--none'], /--none needs --server/, 2],
    [['--server', ID], /^The commands could not be registered: /, 3],
  ])('%j: says what is wrong', async (args, words, exit) => {
    const { env } = await fake();
    const { greenroom } = await testTerminal(env);
    const said = await greenroom('discord', 'register', ...args);
    expect(said).toEqual({ exit, out: '', err: expect.stringMatching(words) });
    expect(said.err.trim().split('\n').length).toBe(1);
  });

  it('needs the token, and says where it is', async () => {
    const { exit, err } = await (await testTerminal()).greenroom('discord', 'register');
    expect({ exit, err }).toEqual({
      exit: 2,
      err: expect.stringContaining('Set DISCORD_TOKEN and DISCORD_APPLICATION_ID'),
    });
  });

  it('never says the token', async () => {
    const { discord, env } = await fake();
    discord.fault('PUT /applications/:app/commands', { do: 'status', status: 401, effect: 'before' });
    const { exit, out, err } = await (await testTerminal(env)).greenroom('discord', 'register');
    expect(exit).toBe(3);
    expect(`${out}${err}`).not.toContain(discord.token.split('.')[2]);
  });
});
