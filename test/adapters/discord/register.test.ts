/** What people can type is told to Discord once, in the form it takes, and again only when it changed. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { commandsOf, registerCommands } from '../../../adapters/discord/register.ts';
import { PlatformError } from '../../../src/chat/adapter.ts';
import type { TeamId } from '../../../src/chat/ids.ts';
import type { CommandSpec, Surface } from '../../../src/chat/surface.ts';
import { surfaceOf } from '../../../src/core/help.ts';
import { features } from '../../../src/features/index.ts';
import { type Inside, makeVault, openInside, SURFACE } from './inside.ts';

const spec = (name: string, more: Partial<CommandSpec> = {}): CommandSpec => ({
  name,
  summary: `About ${name}`,
  args: [],
  examples: [],
  ...more,
});
const surface = (...commands: readonly CommandSpec[]): Surface => ({ root: 'practice', commands, shortcuts: [] });
const many = (count: number, more?: Partial<CommandSpec>): readonly CommandSpec[] =>
  Array.from({ length: count }, (_, at) => spec(`c${at}`, more));

describe('the commands', () => {
  it('are the root with its words, those of their own, and the message commands', () => {
    expect(commandsOf(SURFACE)).toMatchObject([
      {
        type: 1,
        name: 'practice',
        contexts: [0],
        integration_types: [0],
        options: [
          { type: 1, name: 'today' },
          { type: 1, name: 'pause', options: [{ type: 3, name: 'until' }] },
          {
            type: 2,
            name: 'mentor',
            options: [
              {
                type: 1,
                name: 'add',
                options: [
                  { type: 6, name: 'who', required: true },
                  { type: 3, name: 'note' },
                  { type: 3, name: 'skill', autocomplete: true },
                ],
              },
            ],
          },
          { type: 1, name: 'mock' },
        ],
      },
      {
        type: 1,
        name: 'mock',
        options: [
          { type: 3, name: 'level', choices: [{ name: 'Senior', value: 'senior' }] },
          { type: 4, name: 'minutes' },
        ],
      },
      { type: 3, name: 'Use as my answer', contexts: [0, 1], integration_types: [0] },
    ]);
  });

  it('that stand alone and begin others are the home of their group', () => {
    const [root] = commandsOf(surface(spec('mentor add'), spec('mentor')));
    expect(root?.options).toMatchObject([
      {
        type: 2,
        name: 'mentor',
        options: [
          { type: 1, name: 'add' },
          { type: 1, name: 'home' },
        ],
      },
    ]);
  });

  it('of every feature fit', () => {
    const all = surfaceOf({ features, words: { practice: 'practice', mock: 'mock' } });
    expect(() => commandsOf(all)).not.toThrow();
  });

  it.each<[string, Surface]>([
    ['has 26 options', surface(...many(26))],
    [
      'has 26 options',
      surface(
        spec('c', { args: Array.from({ length: 26 }, (_, at) => ({ name: `a${at}`, summary: 's', kind: 'word' })) }),
      ),
    ],
    ['not a name', surface(spec('ä b c'))],
    ['not a name', { ...SURFACE, root: 'Practice' }],
    ['one name', surface(spec('a', { alias: 'mock' }), spec('b', { alias: 'mock' }))],
    ['two commands of one name', surface(spec('mentor'), spec('mentor home'))],
    [
      '8000 fit',
      surface(...many(25, { args: many(4).map(({ name }) => ({ name, summary: 's'.repeat(100), kind: 'word' })) })),
    ],
    [
      '15 message',
      {
        ...SURFACE,
        shortcuts: Array.from({ length: 16 }, (_, at) => ({
          label: `L${at}`,
          on: { feature: 'a', name: 'b', subject: '' },
        })),
      },
    ],
  ])('that Discord would refuse are refused here: %s', (why, refused) => {
    expect(() => commandsOf(refused)).toThrow(RangeError);
    expect(() => commandsOf(refused)).toThrow(why);
  });

  it('have no description that is empty or too long', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (summary) => {
        const [root] = commandsOf(surface(spec('a', { summary })));
        const length = root?.options?.[0]?.description.length ?? 0;
        return length >= 1 && length <= 100;
      }),
      { numRuns: process.env['LONG'] ? 10_000 : 500 },
    );
  });
});

describe('registering', () => {
  let discord: Inside | undefined;
  afterEach(async () => {
    expect(discord?.fake.complaints ?? []).toEqual([]);
    await discord?.close();
    discord = undefined;
  });
  const putsIn = ({ fake }: Inside) => fake.calls.filter(({ method }) => method === 'PUT');

  it('happens once for the same commands, and again for others', async () => {
    discord = await openInside();
    const { client, fake, vault } = discord;
    const asked = { rest: client.rest, applicationId: fake.applicationId, vault };
    expect(await registerCommands({ ...asked, surface: SURFACE })).toBe('same');
    expect(await registerCommands({ ...asked, surface: SURFACE, anew: true })).toBe('registered');
    expect(await registerCommands({ ...asked, surface: surface(spec('today')) })).toBe('registered');
    expect(await registerCommands({ ...asked, surface: surface(spec('today')) })).toBe('same');
    expect(putsIn(discord)).toHaveLength(3);
  });

  it('on one server leaves the others alone', async () => {
    discord = await openInside();
    const { client, fake, vault, guild } = discord;
    const asked = { rest: client.rest, applicationId: fake.applicationId, vault, surface: SURFACE };
    expect(await registerCommands({ ...asked, guild: guild.id as TeamId })).toBe('registered');
    expect(await registerCommands({ ...asked, guild: guild.id as TeamId })).toBe('same');
    expect(await registerCommands(asked)).toBe('same');
    expect(putsIn(discord).map(({ path }) => path)).toEqual([
      expect.not.stringContaining('/guilds/'),
      expect.stringContaining(`/guilds/${guild.id}/`),
    ]);
  });
});

const failed = (status: number, code: number): DiscordAPIError =>
  new DiscordAPIError({ code, message: 'No' }, code, status, 'PUT', 'https://discord.com/api/v10/x', {});

describe('a registration that fails', () => {
  it.each<[unknown, string]>([
    [failed(400, 30_034), 'tomorrow'],
    [failed(403, 50_001), 'invitation link'],
    [failed(404, 10_004), 'no such server'],
    [failed(404, 10_002), 'DISCORD_APPLICATION_ID'],
    [failed(403, 20_012), 'another application'],
    [failed(400, 50_035), 'mistake'],
    [failed(401, 0), 'token'],
    [failed(400, 12_345), '12345'],
    [new HTTPError(503, 'no', 'PUT', 'https://discord.com', {}), 'minute'],
    [new TypeError('fetch failed'), 'minute'],
  ])('says what to do: %s', async (error, what) => {
    const vault = makeVault();
    const rest = { put: () => Promise.reject(error) };
    const trying = registerCommands({ rest, applicationId: '100000000000000009', surface: SURFACE, vault });
    await expect(trying).rejects.toThrow(what);
    await expect(trying).rejects.toBeInstanceOf(PlatformError);
    expect(await vault.keys('')).toEqual([]);
  });

  it('says how long to wait', async () => {
    const limit = {
      timeToReset: 0,
      limit: 1,
      method: 'PUT',
      hash: '',
      url: '',
      route: '',
      majorParameter: '',
      global: false,
      retryAfter: 4200,
      sublimitTimeout: 0,
      scope: 'user',
    } as const;
    const rest = { put: () => Promise.reject(new RateLimitError(limit)) };
    const trying = registerCommands({
      rest,
      applicationId: '100000000000000009',
      surface: SURFACE,
      vault: makeVault(),
    });
    await expect(trying).rejects.toThrow('5 seconds');
  });
});
