/** `greenroom doctor` with Discord: what it says, in which order, and what it finds out from the database. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ALL_PERMISSIONS } from '../../adapters/discord/permissions.ts';
import type { Instant, TeamId } from '../../src/chat/ids.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Row } from '../../src/store/schema.ts';
import { openFakeDiscord } from '../support/fake-discord/index.ts';
import type { FakeDiscord, FakeGuild } from '../support/fake-discord/types.ts';
import { type TestTerminal, testTerminal } from './terminal.ts';

const NOON = '2026-11-23T12:00:00.000Z' as Instant;

async function fake(): Promise<{ discord: FakeDiscord; acme: FakeGuild; env: Record<string, string> }> {
  const discord = await openFakeDiscord();
  onTestFinished(async () => {
    expect(discord.complaints).toEqual([]);
    await discord.close();
  });
  discord.contentSwitch = true;
  const acme = discord.addGuild('Acme', { permissions: ALL_PERMISSIONS });
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
  };
  return { discord, acme, env };
}

const schedule = (of: string, channel: string, state: Row<'schedules'>['state'] = 'active'): Row<'schedules'> => ({
  id: `${of}-${channel}`,
  team: of as TeamId,
  channel: channel as Row<'schedules'>['channel'],
  creator: '1' as Row<'schedules'>['creator'],
  time: '09:00',
  zone: 'Europe/Berlin',
  weekdays: '1,2,3,4,5',
  every_weeks: 1,
  anchor: '2026-11-23',
  levels: 'mid',
  skills: '',
  packs: '',
  mode: 'open',
  after: 'publish',
  window_days: 1,
  holidays: '',
  skip_dates: '',
  paused_until: null,
  reviewers: 3,
  give_first: 0,
  state,
  failed_days: 0,
  next_run: null,
  next_date: null,
  created: NOON,
});

/** A database in which these schedules run. */
async function scheduled({ dataDir }: TestTerminal, team: string, rows: readonly Row<'schedules'>[]): Promise<void> {
  const store = await openStore(`sqlite:${dataDir}/greenroom.db`);
  await migrate(store);
  await store.write(async (tx) => {
    const about = { name: team, seed: 'seed', last_admin: null, retention_days: 365, created: NOON, gone: null };
    await tx
      .insertInto('teams')
      .values({ id: team as TeamId, platform: 'discord', ...about })
      .execute();
    await tx
      .insertInto('schedules')
      .values([...rows])
      .execute();
  });
  await store.close();
}

/** The lines about Discord, with the hints under them. */
const discordLines = (out: string): string[] =>
  [...out.matchAll(/^(\w+) +Discord +(.*)(?:\n +→ (.*))?$/gm)].map(([, verdict = '', said = '', mend]) =>
    mend === undefined ? `${verdict}: ${said}` : `${verdict}: ${said} → ${mend}`,
  );

const WELL = [
  'ok: the clock agrees with Discord’s',
  'ok: the token is of application “Greenroom”, as @greenroom',
  'ok: Message Content Intent is on: answers in threads are read',
  'ok: the gateway answers; 1000 of 1000 connections are left for the next 24 h',
  'ok: no commands are registered yet; made at the first start',
  'ok: in server “Acme”, with all it asks for',
];

describe('the doctor, with Discord', () => {
  it('finds a fresh place well, and says that Discord is on', async () => {
    const { env } = await fake();
    const { exit, out } = await (await testTerminal(env)).greenroom('doctor');
    expect({ exit, lines: discordLines(out) }).toEqual({ exit: 0, lines: WELL });
    expect(out).toMatch(/^ok {4}configuration {2}complete; Discord$/m);
  });

  it('knows the commands that were registered', async () => {
    const { env } = await fake();
    const { greenroom } = await testTerminal(env);
    await greenroom('discord', 'register');
    expect(discordLines((await greenroom('doctor')).out)).toContain(
      'ok: the commands are registered: /practice, /mock',
    );
  });

  it('looks at the channels of running schedules there, and at no others', async () => {
    const { acme, env } = await fake();
    const [inside, outside] = [acme.addChannel('practice'), acme.addChannel('leads')];
    const stopped = acme.addChannel('old');
    for (const channel of [outside, stopped]) acme.overwrites.set(channel.id, 0n);
    const terminal = await testTerminal(env);
    await scheduled(terminal, acme.id, [
      schedule(acme.id, inside.id),
      schedule(acme.id, outside.id),
      schedule(acme.id, stopped.id, 'stopped'),
    ]);
    const { exit, out } = await terminal.greenroom('doctor');
    expect({ exit, lines: discordLines(out) }).toEqual({
      exit: 1,
      lines: [
        ...WELL,
        'ok: in #practice, where questions go',
        expect.stringMatching(new RegExp(`^fail: channel ${outside.id}, where questions go, cannot be seen`)),
      ],
    });
  });

  it('says what to switch on', async () => {
    const { discord, env } = await fake();
    discord.contentSwitch = false;
    const { exit, said } = await (await testTerminal(env)).json('doctor');
    expect(exit).toBe(1);
    expect(said['findings']).toContainEqual({
      verdict: 'fail',
      about: 'Discord',
      said: 'Message Content Intent is off, and Discord refuses the connection',
      mend: expect.stringContaining('Message Content Intent on; or set DISCORD_MESSAGE_CONTENT=0'),
    });
  });
});
