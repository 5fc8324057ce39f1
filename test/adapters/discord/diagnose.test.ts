/** What the diagnosis finds in a Discord that has been set up well, and in each that has not. */
import fc from 'fast-check';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Patient, diagnose } from '../../../adapters/discord/diagnose.ts';
import { inviteUrl } from '../../../adapters/discord/invite.ts';
import { ALL_PERMISSIONS, PERMISSIONS } from '../../../adapters/discord/permissions.ts';
import { registerCommands } from '../../../adapters/discord/register.ts';
import { makeRest } from '../../../adapters/discord/rest.ts';
import type { ChannelId, TeamId } from '../../../src/chat/ids.ts';
import type { Surface } from '../../../src/chat/surface.ts';
import { plus } from '../../../src/chat/world.ts';
import { Secret } from '../../../src/config.ts';
import { openClock } from '../../../src/core/clock.ts';
import { openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { FakeDiscord, FakeGuild } from '../../support/fake-discord/types.ts';

const SURFACE: Surface = {
  root: 'practice',
  commands: [
    { name: 'setup', summary: 'Choose channel and time', args: [], examples: ['setup'], admin: true },
    {
      name: 'pause',
      summary: 'Nobody asks you meanwhile',
      args: [{ name: 'for', summary: 'How long', kind: 'rest', required: true }],
      examples: ['pause 2 weeks'],
    },
  ],
  shortcuts: [{ label: 'Use as my answer', on: { feature: 'daily', name: 'use', subject: '' } }],
};
const WELL = [
  'ok: the clock agrees with Discord’s',
  'ok: the token is of application “Greenroom”, as @greenroom',
  'ok: Message Content Intent is on: answers in threads are read',
  'ok: the gateway answers; 1000 of 1000 connections are left for the next 24 h',
];

/** What the diagnosis looks for in answers. */
const KEYS = (
  'id name bot username flags flags_new interactions_endpoint_url bot_require_code_grant session_start_limit remaining total ' +
  'reset_after type description options choices value permissions roles owner_id permission_overwrites allow deny required'
).split(' ');

let discord: FakeDiscord;
let acme: FakeGuild;
beforeEach(async () => {
  discord = await openFakeDiscord();
  discord.contentSwitch = true;
  acme = discord.addGuild('Acme', { permissions: ALL_PERMISSIONS });
});
afterEach(async () => {
  expect(discord.complaints).toEqual([]);
  await discord.close();
});

const deps = (more: Partial<Patient['deps']> = {}): Patient['deps'] => ({
  token: new Secret(discord.token),
  applicationId: discord.applicationId,
  apiUrl: discord.apiUrl,
  content: true,
  world: openClock(),
  ...more,
});
const lines = async (patient: Partial<Patient> = {}): Promise<string[]> =>
  (await diagnose({ deps: deps(), ...patient })).map(({ ok, what, mend }) => {
    const verdict = ok ? (mend === undefined ? 'ok' : 'warn') : 'fail';
    return `${verdict}: ${what}${mend === undefined ? '' : ` → ${mend}`}`;
  });
const place = (guild: FakeGuild, channel: { readonly id: string }) => ({
  team: guild.id as TeamId,
  channel: channel.id as ChannelId,
});
const invite = (): string => inviteUrl({ applicationId: discord.applicationId, apiUrl: discord.apiUrl });

async function register(surface: Surface): Promise<void> {
  const vault = { read: () => Promise.resolve(undefined), keep: () => Promise.resolve() };
  const { applicationId } = discord;
  expect(await registerCommands({ rest: makeRest(deps()), applicationId, surface, vault })).toBe('registered');
}

describe('a place that is set up', () => {
  it('is found well, and nothing in it is changed', async () => {
    const channel = acme.addChannel('practice');
    await register(SURFACE);
    const before = discord.calls.length;
    expect(await lines({ surface: SURFACE, channels: [place(acme, channel)] })).toEqual([
      ...WELL,
      'ok: the commands are registered: /practice',
      'ok: in server “Acme”, with all it asks for',
      'ok: in #practice, where questions go',
    ]);
    expect(discord.calls.slice(before).map(({ method }) => method)).toEqual(Array(7).fill('GET'));
  });

  it('may be a forum without a right to threads, which are its posts', async () => {
    const forum = acme.addChannel('questions', 'forum');
    acme.overwrites.set(forum.id, ALL_PERMISSIONS & ~P.CreatePublicThreads & ~P.CreatePrivateThreads);
    expect((await lines({ channels: [place(acme, forum)] })).at(-1)).toBe('ok: in #questions, where questions go');
  });

  it('is one without people’s words, where that was chosen', async () => {
    discord.contentSwitch = false;
    expect(await lines({ deps: deps({ content: false }) })).toContain(
      'ok: threads are not read (DISCORD_MESSAGE_CONTENT=0): answers come by form',
    );
  });
});

describe('the application', () => {
  it('is not known by a token that was reset, and then nothing more is asked', async () => {
    const token = new Secret(`${discord.token.slice(0, -4)}gone`);
    expect(await lines({ deps: deps({ token }) })).toEqual([
      expect.stringMatching(/^fail: Discord does not know the bot token.* → .*Bot → Reset Token/),
    ]);
    expect(discord.calls.length).toBe(1);
  });

  it('is another than the id says', async () => {
    const found = await lines({ deps: deps({ applicationId: '123456789012345678' }) });
    expect(found.at(-1)).toMatch(
      new RegExp(`^fail: the token is of application ${discord.applicationId}, “Greenroom”, .*→ take both from one`),
    );
  });

  it('lacks the switch without which Discord hangs up', async () => {
    discord.contentSwitch = false;
    expect(await lines()).toContainEqual(
      expect.stringMatching(
        /^fail: Message Content Intent is off.* → .*Privileged Gateway Intents.*or set DISCORD_MESSAGE_CONTENT=0/,
      ),
    );
  });

  it.each([
    [3, 'warn: 3 of 1000 connections are left for the next 24 h → look why it starts again and again'],
    [
      0,
      'fail: 0 of 1000 connections are left for the next 24 h → leave it stopped until then, and look why it starts again and again',
    ],
  ])('has %i connections left today', async (left, line) => {
    discord.sessionsLeft = left;
    expect(await lines()).toContain(line);
  });
});

describe('the commands', () => {
  it('are made at the first start', async () => {
    expect(await lines({ surface: SURFACE })).toContain('ok: no commands are registered yet; made at the first start');
  });

  it.each([
    ['another name', { ...SURFACE, root: 'drill' }],
    ['one command less', { ...SURFACE, commands: SURFACE.commands.slice(1) }],
    ['other words', { ...SURFACE, commands: SURFACE.commands.map((one) => ({ ...one, summary: 'Else' })) }],
    ['no argument', { ...SURFACE, commands: SURFACE.commands.map((one) => ({ ...one, args: [] })) }],
    ['no shortcut', { ...SURFACE, shortcuts: [] }],
  ])('are those of a version with %s', async (_, older) => {
    await register(older);
    expect(await lines({ surface: SURFACE })).toContain(
      'warn: the commands that Discord offers are not those of this version → start Greenroom, or say `greenroom discord register`',
    );
  });
});

describe('the servers', () => {
  it('are none yet: here is the way in', async () => {
    await discord.hands.kick(acme.id);
    expect((await lines()).at(-1)).toBe(`warn: in no server yet → open ${invite()}`);
  });

  it('of which one took something away', async () => {
    const globex = discord.addGuild('Glo\u202ebex', { permissions: ALL_PERMISSIONS & ~P.AttachFiles });
    expect(globex.name).toContain('\u202e');
    const reason = PERMISSIONS.find(({ name }) => name === 'Attach Files')?.reason ?? '';
    expect((await lines()).slice(-2)).toEqual([
      'ok: in 2 servers, “Acme” among them',
      `warn: in server “Globex” it lacks: Attach Files (${reason}) → open ${invite()} again, and choose Globex`,
    ]);
  });
});

describe('a channel where questions go', () => {
  it.each(PERMISSIONS.slice(1).map(({ name, bit, reason }) => [name, bit, reason] as const))(
    'lacks %s',
    async (name, bit, reason) => {
      const channel = acme.addChannel('practice');
      acme.overwrites.set(channel.id, ALL_PERMISSIONS & ~bit);
      expect((await lines({ channels: [place(acme, channel)] })).at(-1)).toBe(
        `fail: in #practice, where questions go, it lacks: ${name} (${reason}) → #practice → Edit Channel → Permissions → the role of the bot: allow ${name}`,
      );
    },
  );

  it('cannot be seen', async () => {
    const channel = acme.addChannel('leads');
    acme.overwrites.set(channel.id, 0n);
    expect((await lines({ channels: [place(acme, channel)] })).at(-1)).toMatch(
      /^fail: channel \d+, where questions go, cannot be seen.*→ Edit Channel → Permissions .*\/practice setup$/,
    );
  });

  it('is gone', async () => {
    const channel = acme.addChannel('old');
    await discord.hands.deleteChannel(channel.id);
    expect((await lines({ channels: [place(acme, channel)] })).at(-1)).toMatch(
      /^fail: channel \d+, where questions go, is gone → choose another: \/practice setup$/,
    );
  });

  it('of a server we are not in is left out', async () => {
    const globex = discord.addGuild('Globex');
    const channel = globex.addChannel('practice');
    await discord.hands.kick(globex.id);
    expect((await lines({ channels: [place(globex, channel)] })).at(-1)).toContain('in server “Acme”');
  });
});

describe('the clock', () => {
  const off = (ms: number) => {
    const world = openClock();
    const sleepUntil: typeof world.sleepUntil = (at, signal) => world.sleepUntil(plus(at, -ms), signal);
    return { ...world, now: () => plus(world.now(), ms), sleepUntil };
  };
  it.each([
    [10_000, /^fail: the clock is (9|10|11) s ahead of Discord’s, so that commands and clicks seem too old/],
    [-10_000, /^warn: the clock is (9|10|11) s behind Discord’s → set the clock/],
    [600_000, /^fail: the clock is 10 min ahead of/],
    [-600_000, /^fail: the clock is 10 min behind Discord’s, so that questions come at another time/],
  ])('is %i ms off', async (ms, line) => {
    expect((await lines({ deps: deps({ world: off(ms) }) }))[0]).toMatch(line);
  });
});

describe('an answer that is none', () => {
  it('of nobody at that address is said, with what must be reachable', async () => {
    const server = createServer();
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => void server.close(closed));
    expect(await lines({ deps: deps({ apiUrl: `http://127.0.0.1:${port}/api` }) })).toEqual([
      expect.stringMatching(/^fail: 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\) → .*gateway\.discord\.gg/),
    ]);
  });

  it.each([
    ['GET /applications/@me', 'the application'],
    ['GET /gateway/bot', 'the gateway'],
    ['GET /applications/:app/commands', 'the commands'],
    ['GET /users/@me/guilds', 'its servers'],
    ['GET /guilds/:id', 'server'],
    ['GET /guilds/:id/members/:user', 'its place in server'],
    ['GET /channels/:id', 'channel'],
  ])('to %s is a warning, and the rest is looked at', async (route, what) => {
    const channels = [place(acme, acme.addChannel('practice'))];
    for (const [fault, why] of [
      [{ do: 'status', status: 500, effect: 'before' }, 'HTTP 500'],
      [{ do: '429', retryAfter: 2 }, 'HTTP 429'],
      [{ do: 'html', status: 403 }, 'HTTP 403'],
      [{ do: 'empty', effect: 'before' }, 'the answer is not Discord’s'],
    ] as const) {
      // Without access to a channel Discord says 403 as well, and that is told as such.
      if (route === 'GET /channels/:id' && why === 'HTTP 403') continue;
      discord.fault(route, fault);
      const found = await lines({ surface: SURFACE, channels });
      const verdict = route === 'GET /applications/@me' && why.startsWith('the answer') ? 'fail' : 'warn';
      expect(found, why).toContainEqual(expect.stringMatching(new RegExp(`^${verdict}: .*${why}`)));
      if (verdict === 'warn') expect(found.filter((line) => line.includes(`${what} `)).length).toBeGreaterThan(0);
    }
  });

  it('never has the token in it', async () => {
    for (const content of [true, false]) {
      const said = JSON.stringify(await diagnose({ deps: deps({ content }), surface: SURFACE }));
      expect(said).not.toContain(discord.token.split('.')[2]);
    }
  });

  it('of whatever kind ends in findings a terminal can show', async () => {
    const state = { one: '', list: '' };
    const server = createServer(({ url = '' }, response) => {
      const isList = /(?:guilds\?limit=200|commands)$/.test(url);
      response.writeHead(200).end(isList ? state.list : state.one);
    });
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const { applicationId } = discord;
    const ours = fc.constantFrom(applicationId, acme.id, '0', '8', 15, null);
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.oneof(ours, text, fc.double(), fc.boolean()),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...KEYS), tie('tree'), { maxKeys: 8 }),
      ),
    }));
    const whole = fc.tuple(tree, fc.dictionary(fc.constantFrom(...KEYS), tree)).map(([any, record]) => [any, record]);
    await fc.assert(
      fc.asyncProperty(whole, fc.boolean(), async ([any, record], isRecord) => {
        state.one = JSON.stringify(isRecord ? { ...(record as object), id: applicationId } : any);
        state.list = JSON.stringify(isRecord ? [{ ...(record as object), id: acme.id }, any] : any);
        const channels = [{ team: acme.id as TeamId, channel: applicationId as ChannelId }];
        const found = await diagnose({ deps: deps({ apiUrl }), surface: SURFACE, channels });
        expect(found.length).toBeGreaterThan(0);
        for (const { what, mend } of found)
          expect(`${what}${mend}`).not.toMatch(/[\p{Cc}\u202a-\u202e]|NaN|undefined \w/u);
      }),
      { numRuns: process.env['LONG'] ? 5_000 : 150 },
    );
  });

  it('is not taken from where Discord sends us on to', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())));
    const { port } = server.address() as AddressInfo;
    const [line] = await lines({ deps: deps({ apiUrl: `http://127.0.0.1:${port}/api` }) });
    expect(line).toMatch(/^fail: .* cannot be reached/);
    expect(asked).toEqual(['/api/v10/applications/@me']);
  });
});
