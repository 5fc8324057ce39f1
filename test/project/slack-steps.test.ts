/** The README's way into Slack, gone step by step as somebody new would: its own commands, in its order. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Manifest } from '../../adapters/slack/scopes.ts';
import { openFakeSlack } from '../support/fake-slack/index.ts';
import type { FakeSlack } from '../support/fake-slack/types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const inSlack = /^## In Slack\n([^]*?)^## /m.exec(readme)?.[1] ?? '';
const [MANIFEST = '', DOCTOR = '', START = ''] = [...inSlack.matchAll(/^ +\$ (.*)$/gm)].map(([, command]) => command);

interface Shell {
  /** Runs a line of the README; resolves with what it printed when it ended well. */
  run(line: string): Promise<string>;
  /** Starts one that goes on, and resolves once it has said this. */
  start(line: string, until: RegExp): Promise<void>;
  readonly folder: string;
  env: Record<string, string>;
}

async function openShell(): Promise<Shell> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-steps-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const begin = (line: string) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), PORT: '0', ...shell.env };
    // A group of its own: the shell, npm and Node end together.
    const child = spawn('sh', ['-c', line], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
    const ended = once(child, 'close').then(([exit]) => exit as number | null);
    return { child, said, ended };
  };
  const shell: Shell = {
    folder,
    env: {},
    async run(line) {
      const { said, ended } = begin(line);
      expect({ line, exit: await ended, said: said.text }).toMatchObject({ exit: 0 });
      return said.text;
    },
    async start(line, until) {
      const { child, said, ended } = begin(line);
      onTestFinished(async () => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
        await ended;
      });
      const over = ended.then((exit) => Promise.reject(new Error(`it ended with ${exit}: ${said.text}`)));
      while (!until.test(said.text)) await Promise.race([once(child.stdout, 'data'), over]);
      over.catch(() => undefined);
    },
  };
  return shell;
}

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
