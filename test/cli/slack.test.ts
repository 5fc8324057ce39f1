/** `greenroom slack …`: the manifest as Slack takes it, and what it asks for in words. */
import { describe, expect, it } from 'vitest';
import { EVENTS, SCOPES } from '../../adapters/slack/scopes.ts';
import { testTerminal } from './terminal.ts';

interface Manifest {
  readonly display_information: { readonly name: string };
  readonly features: { readonly slash_commands: readonly { readonly command: string; readonly url?: string }[] };
  readonly oauth_config: { readonly redirect_urls?: readonly string[] };
  readonly settings: { readonly socket_mode_enabled: boolean };
}

const HTTP = ['slack', 'manifest', '--mode', 'http', '--url', 'https://greenroom.example.org'] as const;

describe('slack manifest', () => {
  it('prints one JSON object and nothing else, for Socket Mode', async () => {
    const { greenroom } = await testTerminal();
    const { exit, out, err } = await greenroom('slack', 'manifest');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    const manifest = JSON.parse(out) as Manifest;
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(['/practice', '/mock']);
  });

  it('prints the same when asked for JSON', async () => {
    const { greenroom, json } = await testTerminal();
    const { out } = await greenroom('slack', 'manifest');
    expect((await json('slack', 'manifest')).said).toEqual(JSON.parse(out));
  });

  it('names the commands as they are configured, whatever tokens are missing', async () => {
    const { greenroom } = await testTerminal({ GREENROOM_COMMAND: 'drill', SLACK_BOT_TOKEN: 'not yet' });
    const manifest = JSON.parse((await greenroom('slack', 'manifest')).out) as Manifest;
    expect(manifest.features.slash_commands[0]?.command).toBe('/drill');
  });

  it('takes an address for HTTP, and one more place for OAuth', async () => {
    const { greenroom } = await testTerminal();
    const manifest = JSON.parse((await greenroom(...HTTP, '--oauth', '--name', 'Green Test')).out) as Manifest;
    expect(manifest.settings.socket_mode_enabled).toBe(false);
    expect(manifest.display_information.name).toBe('Green Test');
    expect(manifest.features.slash_commands[0]?.url).toBe('https://greenroom.example.org/slack/events');
    expect(manifest.oauth_config.redirect_urls).toEqual(['https://greenroom.example.org/slack/oauth_redirect']);
  });

  it('knows the address from PUBLIC_URL', async () => {
    const { greenroom } = await testTerminal({ PUBLIC_URL: 'https://greenroom.example.org' });
    const { out } = await greenroom('slack', 'manifest', '--oauth');
    expect((JSON.parse(out) as Manifest).oauth_config.redirect_urls).toEqual([
      'https://greenroom.example.org/slack/oauth_redirect',
    ]);
  });

  it.each([
    [['--mode', 'http'], '--mode http needs --url, the address Slack sends events to'],
    [['--oauth'], '--oauth needs --url, the address browsers come back to'],
    [['--mode', 'http', '--url', 'http://greenroom.example.org'], 'must begin with https://'],
    [['--name', 'G'.repeat(36)], 'the name of the app has 36 characters, 35 are allowed'],
    [['--mode', 'pigeon'], 'Allowed choices are socket, http'],
  ])('%j: says what is missing and ends with 2', async (more, words) => {
    const { greenroom } = await testTerminal();
    const { exit, out, err } = await greenroom('slack', 'manifest', ...more);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(words);
  });

  it.each([
    [['slack', 'manifest'], 'App-Level Tokens', 'Bot User OAuth Token'],
    [HTTP, 'Signing Secret', 'Bot User OAuth Token'],
    [[...HTTP, '--oauth'], 'Signing Secret', 'Client Secret'],
  ])('%j: tells a person the next steps, beside the result', async (args, first, second) => {
    const { greenroom } = await testTerminal({}, true);
    const { out, err } = await greenroom(...args);
    expect(() => JSON.parse(out) as unknown).not.toThrow();
    expect(err).toMatch(new RegExp(`1\\. .*From a manifest[^]*2\\. .*${first}[^]*3\\. .*${second}[^]*4\\. .*doctor`));
  });
});

describe('slack scopes', () => {
  it('lists every scope and event with its reason', async () => {
    const { greenroom } = await testTerminal();
    const { exit, out } = await greenroom('slack', 'scopes');
    expect(exit).toBe(0);
    for (const { scope, reason } of SCOPES) expect(out).toMatch(new RegExp(`^${scope} +${reason}$`, 'm'));
    for (const { event, reason } of EVENTS) expect(out).toMatch(new RegExp(`^${event} +${reason}$`, 'm'));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('gives the same as JSON', async () => {
    const { json } = await testTerminal();
    expect((await json('slack', 'scopes')).said).toEqual({ scopes: SCOPES, events: EVENTS });
  });
});
