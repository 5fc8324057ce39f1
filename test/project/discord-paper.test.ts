/** What the papers say of Discord is what the program says: its permissions, its invitation, and what a person sees at each step. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inviteUrl } from '../../adapters/discord/invite.ts';
import { ALL_PERMISSIONS, PERMISSIONS } from '../../adapters/discord/permissions.ts';
import { testTerminal } from '../cli/terminal.ts';
import { openFakeDiscord } from '../support/fake-discord/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const page = await readFile(join(ROOT, 'docs', 'discord.md'), 'utf8');
const inDiscord = /^## In Discord\n([^]*?)^## /m.exec(readme)?.[1] ?? '';

async function fake() {
  const discord = await openFakeDiscord();
  onTestFinished(() => discord.close());
  discord.contentSwitch = true;
  const acme = discord.addGuild('Acme', { permissions: ALL_PERMISSIONS });
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
  };
  return { acme, env };
}

describe('the page about Discord', () => {
  it('lists every permission with the reason the program gives', () => {
    const table = page.slice(page.indexOf('| permission | what for |')).split('\n\n')[0] ?? '';
    const rows = [...table.matchAll(/^\| ([A-Z][\w ]+) \| (.*) \|$/gm)].map(([, name, reason]) => [name, reason]);
    expect(rows).toEqual(PERMISSIONS.map(({ name, reason }) => [name, reason]));
  });

  it('names commands that are there, with options they take', async () => {
    const { acme, env } = await fake();
    const { greenroom } = await testTerminal(env);
    const said = [
      ...`${readme}${page}`.matchAll(/(?:greenroom -- |`)(discord (?:invite|permissions|register)[^`\n…]*)/g),
    ];
    expect(new Set(said.map(([, command = '']) => command.split(' ')[1]))).toEqual(
      new Set(['invite', 'permissions', 'register']),
    );
    for (const [, command = ''] of said) {
      const { exit, err } = await greenroom(...command.trim().replace('<id>', acme.id).split(' '));
      expect({ command, exit, err }).toEqual({ command, exit: 0, err: '' });
    }
  });

  it('names the permissions to allow as they are called', () => {
    const trouble = page.slice(page.indexOf('## When something is wrong'));
    const named = [...trouble.matchAll(/\ballow (\*[^|]*\*)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/\*([^*]+)\*/g)].map(([, name]) => name),
    );
    expect(named.length).toBeGreaterThan(3);
    // In the settings of a channel there is one channel to view.
    const known = ['View Channel', ...PERMISSIONS.map(({ name }) => name)];
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });
});

it('the troubles are quoted as the program says them', async () => {
  const sources = ['gate/refusal.ts', 'reasons.ts'].map((file) =>
    readFile(join(ROOT, 'adapters', 'discord', file), 'utf8'),
  );
  const said = (await Promise.all(sources)).join('\n');
  const quoted = [...page.matchAll(/^\| (?:it stops with )?“([^”]+)”/gm)].map(([, words = '']) => words);
  const discords = ['The application did not respond'];
  expect(quoted.length).toBeGreaterThan(4);
  expect(quoted.filter((words) => !said.includes(words) && !discords.includes(words))).toEqual([]);
});

describe('the README’s way into Discord', () => {
  it('has at most eight steps, numbered without a gap', () => {
    const steps = [...inDiscord.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThanOrEqual(8);
    expect(page).toContain(`in ${['six', 'seven', 'eight'][steps.length - 6]} steps`);
  });

  it('shows the invitation as it is', async () => {
    const applicationId = '123456789012345678';
    expect(inDiscord).toContain(`discord invite\n   ${inviteUrl({ applicationId })}\n`);
    const { greenroom } = await testTerminal({ DISCORD_APPLICATION_ID: applicationId });
    expect(inDiscord).toContain((await greenroom('discord', 'invite')).out.trim());
  });

  it('shows what the doctor says', async () => {
    const { env } = await fake();
    const { out } = await (await testTerminal(env)).greenroom('doctor');
    const shown = /-- doctor\n([^]*?)```/.exec(inDiscord)?.[1] ?? '';
    const lines = shown.split('\n').map((line) => line.trim());
    const about = (all: readonly string[]) => all.filter((line) => /^ok {4}(?:Discord|configuration) /.test(line));
    expect(about(lines)).toEqual(about(out.split('\n')));
    expect(about(lines).length).toBeGreaterThan(4);
    const topics = (all: readonly string[]) => all.map((line) => line.slice(6, 19).trim()).filter(Boolean);
    expect(topics(lines)).toEqual(topics(out.split('\n').filter((line) => !/^\s+→/.test(line))));
  });
});
