/** The README's way into Discord, gone step by step as somebody new would: its own commands, in its order. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ALL_PERMISSIONS } from '../../adapters/discord/permissions.ts';
import { openFakeDiscord } from '../support/fake-discord/index.ts';
import type { FakeDiscord } from '../support/fake-discord/types.ts';
import { openShell } from '../support/shell.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const inDiscord = /^## In Discord\n([^]*?)^## /m.exec(readme)?.[1] ?? '';
const [INVITE = '', DOCTOR = '', START = ''] = [...inDiscord.matchAll(/^ +\$ (.*)$/gm)].map(([, command]) => command);

const [, TIME = ''] = /`(\d\d:\d\d [\w/]+)`/.exec(inDiscord) ?? [];

/** What Discord's own pages do with the address: the server has the bot, with what was asked for. */
function authorize(discord: FakeDiscord, address: string) {
  const url = new URL(address);
  expect(url.pathname).toBe('/oauth2/authorize');
  expect(url.searchParams.get('client_id')).toBe(discord.applicationId);
  expect(url.searchParams.get('scope')?.split(' ')).toEqual(['bot', 'applications.commands']);
  return discord.addGuild('Acme', { permissions: BigInt(url.searchParams.get('permissions') ?? 0) });
}

async function walk(content: boolean): Promise<void> {
  const discord = await openFakeDiscord();
  onTestFinished(() => discord.close());
  discord.contentSwitch = content;
  const shell = await openShell();
  shell.env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
    ...(content ? {} : { DISCORD_MESSAGE_CONTENT: '0' }),
  };

  const [address = ''] = /^http\S+$/m.exec(await shell.run(INVITE)) ?? [];
  const acme = authorize(discord, address);
  expect(acme.permissions).toBe(ALL_PERMISSIONS);
  expect(await shell.run(DOCTOR)).toMatch(
    /^ok {4}configuration {2}complete; Discord$[^]*in server “Acme”, with all it asks for$/m,
  );
  await shell.start(START, /Greenroom runs; health at http:\/\/127\.0\.0\.1:\d+\/healthz/);

  const ana = discord.addUser('Ana');
  discord.join(acme.id, ana.id, { admin: true });
  const channel = acme.addChannel('practice');
  expect(await discord.hands.command(acme.id, ana.id, channel.id, 'practice', ['setup'])).toMatchObject({
    ok: true,
    type: 9,
  });
  expect(discord.modal(ana.id)).toMatchObject({ title: 'Daily question' });
  expect(await discord.hands.submit(ana.id, { channel: channel.id, time: TIME })).toMatchObject({ ok: true });
  const after = await shell.run(DOCTOR);
  expect(after).toMatch(/^ok {4}Discord {8}in #practice, where questions go$/m);
  expect(after).toMatch(/^ok {4}Discord {8}the commands are registered: \/practice/m);
  expect(discord.complaints).toEqual([]);
}

it.each([
  ['with the Message Content Intent', true],
  ['without people’s words', false],
])(
  'the README leads from nothing to the set-up form in Discord, and the doctor finds it well: %s',
  (_, content) => walk(content),
  60_000,
);
