/** The README's way into Slack, gone step by step as somebody new would: its own commands, in its order. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Manifest } from '../../adapters/slack/scopes.ts';
import { openFakeSlack } from '../support/fake-slack/index.ts';
import type { FakeSlack } from '../support/fake-slack/types.ts';
import { openShell } from '../support/shell.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const inSlack = /^## In Slack\n([^]*?)^## /m.exec(readme)?.[1] ?? '';
const [MANIFEST = '', DOCTOR = '', START = ''] = [...inSlack.matchAll(/^ +\$ (.*)$/gm)].map(([, command]) => command);

/** What Slack's own pages do: an app made from the manifest and installed, its tokens shown. */
function install(slack: FakeSlack, manifest: Manifest) {
  const acme = slack.addWorkspace('Acme', { scopes: manifest.oauth_config?.scopes?.bot ?? [] });
  return {
    acme,
    tokens: { SLACK_BOT_TOKEN: acme.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
  };
}

it('the README leads from nothing to the set-up form in Slack, and the doctor finds it well', async () => {
  const slack = await openFakeSlack();
  onTestFinished(() => slack.close());
  const shell = await openShell();

  const file = join(shell.folder, 'manifest.json');
  await shell.run(MANIFEST.replace('manifest.json', file));
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const { acme, tokens } = install(slack, manifest);
  shell.env = tokens;
  expect(await shell.run(DOCTOR)).toMatch(/^ok {4}configuration {2}complete; Slack$[^]*all 12 scopes are granted$/m);
  await shell.start(START, /Greenroom runs; health at http:\/\/127\.0\.0\.1:\d+\/healthz/);

  const ana = acme.addUser('Ana', { admin: true });
  const channel = acme.addChannel('practice');
  channel.members.add(ana.id);
  const [command = ''] = manifest.features?.slash_commands?.map((one) => one.command) ?? [];
  expect(await slack.hands.command(acme.id, ana.id, channel.id, command, 'setup')).toMatchObject({ ok: true });
  const form = acme.modals.get(ana.id)?.at(-1)?.view;
  expect(form).toMatchObject({ type: 'modal', title: { text: 'Daily question' } });

  expect(await slack.hands.submit(acme.id, ana.id, { channel: channel.id })).toMatchObject({ ok: true });
  expect(await shell.run(DOCTOR)).toMatch(/^ok {4}Slack {10}in #practice, where questions go$/m);
  expect(slack.complaints).toEqual([]);
}, 60_000);
