/** What the papers say of Slack is what the program says: its scopes, its events, and what a person sees at each step. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVENTS, SCOPES } from '../../adapters/slack/scopes.ts';
import { testTerminal } from '../cli/terminal.ts';
import { openFakeSlack } from '../support/fake-slack/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const page = await readFile(join(ROOT, 'docs', 'slack.md'), 'utf8');
const inSlack = /^## In Slack\n([^]*?)^## /m.exec(readme)?.[1] ?? '';

/** The rows of the table under this heading, as pairs. */
const rowsUnder = (heading: string): string[][] => {
  const table = page.slice(page.indexOf(`| ${heading} | what for |`)).split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| `(\S+)` \| (.*) \|$/gm)].map(([, name = '', reason = '']) => [name, reason]);
};

describe('the page about Slack', () => {
  it('lists every scope and every event with the reasons the manifest has', () => {
    expect(rowsUnder('scope')).toEqual(SCOPES.map(({ scope, reason }) => [scope, reason]));
    expect(rowsUnder('event')).toEqual(EVENTS.map(({ event, reason }) => [event, reason]));
  });

  it('names commands that are there, with options they take', async () => {
    const { greenroom } = await testTerminal({ PUBLIC_URL: 'https://greenroom.example.org' });
    const said = [...`${readme}${page}`.matchAll(/(?:greenroom -- |`)(slack (?:manifest|scopes)[^`>\n…]*)/g)];
    expect(said.length).toBeGreaterThan(5);
    for (const [, command = ''] of said) {
      const { exit, err } = await greenroom(
        ...command
          .trim()
          .replace(/ --url$/, '')
          .split(' '),
      );
      expect({ command, exit, err }).toEqual({ command, exit: 0, err: '' });
    }
  });
});

describe('the README’s way into Slack', () => {
  it('has at most eight steps, numbered without a gap', () => {
    const steps = [...inSlack.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThanOrEqual(8);
  });

  it('shows what the doctor says', async () => {
    const slack = await openFakeSlack();
    try {
      const acme = slack.addWorkspace('Acme');
      const tokens = { SLACK_BOT_TOKEN: acme.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl };
      const { exit, out } = await (await testTerminal(tokens)).greenroom('doctor');
      expect(exit).toBe(0);
      const shown = /-- doctor\n([^]*?)```/.exec(inSlack)?.[1] ?? '';
      const lines = shown.split('\n').map((line) => line.trim());
      expect(lines.filter((line) => /^ok {4}(?:Slack|configuration) /.test(line))).toEqual(
        out.split('\n').filter((line) => /^ok {4}(?:Slack|configuration) /.test(line)),
      );
      expect(lines.map((line) => line.slice(6, 19).trim()).filter(Boolean)).toEqual(
        out
          .split('\n')
          .map((line) => line.slice(6, 19).trim())
          .filter(Boolean),
      );
    } finally {
      await slack.close();
    }
  });
});
