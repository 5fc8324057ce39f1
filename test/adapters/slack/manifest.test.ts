/** The manifest: what Slack is told of the app, made from the features and within every limit. */
import { describe, expect, it } from 'vitest';
import { listen } from '../../../adapters/slack/listen.ts';
import { manifestOf } from '../../../adapters/slack/manifest.ts';
import { EVENTS, SCOPES } from '../../../adapters/slack/scopes.ts';
import type { CommandSpec, Surface } from '../../../src/chat/surface.ts';
import { decodeAction } from '../../../src/chat/wire.ts';
import { surfaceOf } from '../../../src/core/help.ts';
import { features } from '../../../src/features/index.ts';

const surface = surfaceOf({ features, words: { practice: 'practice', mock: 'mock' } });
const URL = 'https://greenroom.example.org';

const command = (name: string, more: Partial<CommandSpec> = {}): CommandSpec => ({
  name,
  summary: 'Does it',
  args: [],
  examples: [name],
  ...more,
});
const surfaceWith = (more: Partial<Surface>): Surface => ({
  root: 'practice',
  commands: [command('today')],
  shortcuts: [],
  ...more,
});

describe('the manifest of the features', () => {
  const manifest = manifestOf({ surface, mode: 'socket' });

  it('has the root command and every alias, and nothing else', () => {
    const aliases = surface.commands.flatMap(({ alias }) => (alias === undefined ? [] : [alias]));
    expect(manifest.features?.slash_commands?.map((one) => one.command)).toEqual(
      ['practice', ...aliases].map((name) => `/${name}`),
    );
    expect(manifest.features?.slash_commands?.every((one) => one.should_escape === true)).toBe(true);
  });

  it('hints at every command there is', () => {
    const hint = manifest.features?.slash_commands?.[0]?.usage_hint ?? '';
    for (const { name } of surface.commands) expect(hint.split(' | ').some((part) => part.startsWith(name))).toBe(true);
  });

  it('has every message shortcut, under the action it stands for', () => {
    const shortcuts = manifest.features?.shortcuts ?? [];
    expect(shortcuts.map(({ callback_id: id }) => decodeAction(id))).toEqual(surface.shortcuts.map(({ on }) => on));
    expect(shortcuts.map(({ type, name }) => [type, name])).toEqual(
      surface.shortcuts.map(({ label }) => ['message', label]),
    );
    expect(shortcuts.length).toBeGreaterThan(0);
  });

  it('asks for the scopes and events of the lists, each told with a reason', () => {
    expect(manifest.oauth_config?.scopes).toEqual({ bot: SCOPES.map(({ scope }) => scope) });
    expect(manifest.settings?.event_subscriptions?.bot_events).toEqual(EVENTS.map(({ event }) => event));
    for (const { reason } of [...SCOPES, ...EVENTS]) expect(reason).toMatch(/^\S.{10,}[^.]$/);
  });

  it('lets people write to the app, and shows its Home tab', () => {
    expect(manifest.features?.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('is for single workspaces, with tokens that do not expire', () => {
    expect(manifest.settings).toMatchObject({ org_deploy_enabled: false, token_rotation_enabled: false });
  });

  it('is whole when read back from its JSON', () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  it('has a long description as long as Slack wants it', () => {
    expect(manifest.display_information.long_description?.length).toBeGreaterThanOrEqual(174);
  });
});

describe('the modes', () => {
  it('Socket Mode names no address', () => {
    const manifest = manifestOf({ surface, mode: 'socket', publicUrl: URL });
    expect(manifest.settings?.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('https://');
  });

  it('HTTP sends events, clicks and commands to one address', () => {
    const manifest = manifestOf({ surface, mode: 'http', publicUrl: `${URL}/` });
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: `${URL}/slack/events` },
      interactivity: { is_enabled: true, request_url: `${URL}/slack/events` },
    });
    const urls = manifest.features?.slash_commands?.map(({ url }) => url);
    expect(new Set(urls)).toEqual(new Set([`${URL}/slack/events`]));
    expect(manifest.oauth_config?.redirect_urls).toBeUndefined();
  });

  it.each(['socket', 'http'] as const)('OAuth over %s names where browsers come back to', (mode) => {
    const manifest = manifestOf({ surface, mode, publicUrl: URL, oauth: true });
    expect(manifest.oauth_config?.redirect_urls).toEqual([`${URL}/slack/oauth_redirect`]);
  });

  it.each([
    ['HTTP without an address', { mode: 'http' }, 'HTTP needs the address'],
    ['OAuth without an address', { mode: 'socket', oauth: true }, 'OAuth needs the address'],
    ['http://', { mode: 'http', publicUrl: 'http://greenroom.example.org' }, 'must begin with https://'],
    ['a password', { mode: 'http', publicUrl: 'https://a:b@greenroom.example.org' }, 'must begin with https://'],
    ['a query', { mode: 'http', publicUrl: `${URL}/?a=b` }, 'must begin with https://'],
    ['no address', { mode: 'http', publicUrl: 'greenroom' }, 'must begin with https://'],
  ] as const)('%s is refused in words', (_what, asked, words) => {
    expect(() => manifestOf({ surface, ...asked })).toThrow(words);
  });
});

describe('an alias', () => {
  it('is a command of its own, hinted by what it takes', () => {
    const level = { name: 'level', summary: '', kind: 'choice', options: ['mid', 'senior'].map(optionOf) } as const;
    const topic = { name: 'topic', summary: '', kind: 'rest', required: true } as const;
    const commands = [command('mock', { alias: 'mock', summary: 'A mock interview', args: [topic, level] })];
    const slash = manifestOf({ surface: surfaceWith({ commands }), mode: 'socket' }).features?.slash_commands;
    expect(slash?.[1]).toEqual({
      command: '/mock',
      description: 'A mock interview',
      usage_hint: '<topic> [mid|senior]',
      should_escape: true,
    });
  });
  const optionOf = (value: string): { label: string; value: string } => ({ label: value, value });
});

describe('what Slack would refuse', () => {
  const shortcut = (name: string, label = name): Surface['shortcuts'][number] => ({
    label,
    on: { feature: 'daily', name, subject: '' },
  });
  const letters = [...'abcdefghijk'];
  it.each([
    [
      'a long name of the app',
      surfaceWith({}),
      'G'.repeat(36),
      'the name of the app has 36 characters, 35 are allowed',
    ],
    ['a long command', surfaceWith({ root: 'p'.repeat(32) }), 'Greenroom', 'has 33 characters, 32 are allowed'],
    ['11 shortcuts', surfaceWith({ shortcuts: letters.map((l) => shortcut(l)) }), 'Greenroom', '11 shortcuts, 10 are'],
    [
      'a long shortcut',
      surfaceWith({ shortcuts: [shortcut('use', 'u'.repeat(25))] }),
      'Greenroom',
      '25 characters, 24',
    ],
    ['one shortcut twice', surfaceWith({ shortcuts: [shortcut('a'), shortcut('a')] }), 'Greenroom', 'stands twice'],
    [
      '51 commands',
      surfaceWith({ commands: Array.from({ length: 50 }, (_, i) => command(`c${i}`, { alias: `c${i}` })) }),
      'Greenroom',
      '51 slash commands, 50 are allowed',
    ],
    [
      'one command twice',
      surfaceWith({ commands: [command('a', { alias: 'practice' })] }),
      'Greenroom',
      'stands twice',
    ],
    ['a long hint', surfaceWith({ commands: [command('c'.repeat(1_001))] }), 'Greenroom', '1001 characters, 1000'],
    [
      'a long description',
      surfaceWith({ commands: [command('a', { alias: 'b', summary: 's'.repeat(2_001) })] }),
      'Greenroom',
      '2001 characters, 2000',
    ],
    ['no name', surfaceWith({}), '', 'the name of the app is empty'],
  ])('%s is refused in words', (_what, wrong, appName, words) => {
    expect(() => manifestOf({ surface: wrong, mode: 'socket', appName })).toThrow(words);
  });

  it('tells all of it at once', () => {
    const wrong = surfaceWith({ root: 'p'.repeat(40), shortcuts: letters.map((l) => shortcut(l)) });
    expect(() => manifestOf({ surface: wrong, mode: 'socket' })).toThrow(/shortcuts.*; .*41 characters/);
  });
});

describe('the name of the bot', () => {
  it.each([
    ['Greenroom', 'greenroom'],
    ['Green Room (test)', 'green-room-test'],
    ['練習', 'greenroom'],
  ])('of %s is %s', (appName, bot) => {
    const manifest = manifestOf({ surface: surfaceWith({}), mode: 'socket', appName });
    expect(manifest.features?.bot_user?.display_name).toBe(bot);
  });
});

describe('the scopes and events', () => {
  it('stand once each, and an event’s own scope is asked for', () => {
    const scopes = SCOPES.map(({ scope }) => scope);
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(new Set(EVENTS.map(({ event }) => event)).size).toBe(EVENTS.length);
    expect(EVENTS.flatMap(({ needs }) => (needs === undefined || scopes.includes(needs) ? [] : [needs]))).toEqual([]);
  });

  it('are what the adapter listens to, no more and no less', () => {
    const heard: string[] = [];
    const deaf = (): void => {};
    const app = { event: (name: string) => heard.push(name), command: deaf, action: deaf, shortcut: deaf, view: deaf };
    listen(app as unknown as Parameters<typeof listen>[0], {} as Parameters<typeof listen>[1]);
    // Messages come under one name, whatever kind of conversation they are from.
    const subscribed = new Set<string>(EVENTS.map(({ event }) => event.replace(/\..*/, '')));
    expect(heard.toSorted()).toEqual([...subscribed].toSorted());
  });
});
