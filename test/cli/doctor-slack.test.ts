/** `greenroom doctor` with Slack: what it says, in which order, and what it finds out from the database. */
import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { keepInstall } from '../../adapters/slack/installs.ts';
import { SCOPES } from '../../adapters/slack/scopes.ts';
import type { Instant, TeamId } from '../../src/chat/ids.ts';
import { Secret } from '../../src/config.ts';
import { makeCipher } from '../../src/config/cipher.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Row } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { openFakeSlack } from '../support/fake-slack/index.ts';
import type { FakeSlack, FakeWorkspace } from '../support/fake-slack/types.ts';
import { type TestTerminal, testTerminal } from './terminal.ts';

const KEY = 'ab'.repeat(32);
const NOON = '2026-11-23T12:00:00.000Z' as Instant;

let slack: FakeSlack | undefined;
afterEach(async () => {
  await slack?.close();
  slack = undefined;
});

async function fake(): Promise<{ slack: FakeSlack; acme: FakeWorkspace; env: Record<string, string> }> {
  const open = await openFakeSlack();
  slack = open;
  const acme = open.addWorkspace('Acme');
  const env = { SLACK_BOT_TOKEN: acme.botToken, SLACK_APP_TOKEN: open.appToken, SLACK_API_URL: open.apiUrl };
  return { slack: open, acme, env };
}

/** A database of the version that is, with what `fill` puts into it. */
async function filled({ dataDir }: TestTerminal, fill: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(`sqlite:${dataDir}/greenroom.db`);
  await migrate(store);
  await fill(store);
  await store.close();
}

const team = (id: string, platform: 'slack' | 'local', gone: Instant | null = null): Row<'teams'> => ({
  id: id as TeamId,
  platform,
  name: id,
  seed: 'seed',
  last_admin: null,
  retention_days: 365,
  created: NOON,
  gone,
});

const schedule = (of: string, channel: string, state: Row<'schedules'>['state'] = 'active'): Row<'schedules'> => ({
  id: `${of}-${channel}`,
  team: of as TeamId,
  channel: channel as Row<'schedules'>['channel'],
  creator: 'U1' as Row<'schedules'>['creator'],
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

/** The lines about Slack, with the hints under them. */
const slackLines = (out: string): string[] =>
  [...out.matchAll(/^(\w+) +Slack +(.*)(?:\n +→ (.*))?$/gm)].map(([, verdict = '', said = '', mend]) =>
    mend === undefined ? `${verdict}: ${said}` : `${verdict}: ${said} → ${mend}`,
  );

const WELL = [
  'ok: the clock agrees with Slack’s',
  'ok: Socket Mode can be opened',
  'ok: workspace “Acme”, as @greenroom',
  `ok: all ${SCOPES.length} scopes are granted`,
];

describe('the doctor, with Slack', () => {
  it('finds a fresh place well, and says that Slack is on', async () => {
    const { env } = await fake();
    const { exit, out } = await (await testTerminal(env)).greenroom('doctor');
    expect({ exit, lines: slackLines(out) }).toEqual({ exit: 0, lines: WELL });
    expect(out).toMatch(/^ok {4}configuration {2}complete; Slack$/m);
  });

  it('looks at the channels of running schedules in Slack, and at no others', async () => {
    const { acme, env } = await fake();
    const [inside, outside] = [acme.addChannel('practice'), acme.addChannel('leads', { without: 'bot' })];
    const stopped = acme.addChannel('old', { without: 'bot' });
    const terminal = await testTerminal(env);
    await filled(terminal, (store) =>
      store.write(async (tx) => {
        await tx
          .insertInto('teams')
          .values([team(acme.id, 'slack'), team('local', 'local')])
          .execute();
        const rows = [schedule(acme.id, inside.id), schedule(acme.id, outside.id), schedule('local', 'C0LOCAL')];
        await tx
          .insertInto('schedules')
          .values([...rows, schedule(acme.id, stopped.id, 'stopped')])
          .execute();
      }),
    );
    const { exit, out } = await terminal.greenroom('doctor');
    expect({ exit, lines: slackLines(out) }).toEqual({
      exit: 1,
      lines: [
        ...WELL,
        'ok: in #practice, where questions go',
        'fail: not in #leads, where questions go → type /invite @greenroom in #leads',
      ],
    });
  });

  it('ends with 0 for a warning, and with 1 for what fails', async () => {
    const { slack: open, env } = await fake();
    const terminal = await testTerminal(env);
    open.fault('auth.test', { do: '429', retryAfter: 30 });
    expect((await terminal.greenroom('doctor')).exit).toBe(0);
    open.fault('auth.test', { do: 'error', error: 'token_revoked' });
    const { exit, said } = await terminal.json('doctor');
    expect({ exit, ok: said['ok'] }).toEqual({ exit: 1, ok: false });
    expect(said['findings']).toContainEqual(
      expect.objectContaining({
        verdict: 'fail',
        about: 'Slack',
        mend: expect.stringContaining('Install to Workspace'),
      }),
    );
  });

  it('names a token in the wrong variable before Slack is asked', async () => {
    const { slack: open, env } = await fake();
    const swapped = {
      ...env,
      SLACK_BOT_TOKEN: env['SLACK_APP_TOKEN'] ?? '',
      SLACK_APP_TOKEN: env['SLACK_BOT_TOKEN'] ?? '',
    };
    const { exit, out } = await (await testTerminal(swapped)).greenroom('doctor');
    expect(exit).toBe(1);
    expect(out).toMatch(/^fail {2}configuration {2}SLACK_BOT_TOKEN .*this is an app-level token \(xapp-\)/m);
    expect(open.calls).toEqual([]);
  });

  it('does not ask Slack without one of its tokens', async () => {
    expect(slackLines((await (await testTerminal()).greenroom('doctor')).out)).toEqual([]);
  });
});

describe('the doctor, with many workspaces', () => {
  const many = ({ slack: open }: { slack: FakeSlack }): Record<string, string> => ({
    SLACK_CLIENT_ID: open.clientId,
    SLACK_CLIENT_SECRET: open.clientSecret,
    SLACK_APP_TOKEN: open.appToken,
    SLACK_API_URL: open.apiUrl,
    PUBLIC_URL: 'https://greenroom.example.org',
  });
  const CLIENT = 'ok: the client id and secret belong together';
  const NOBODY =
    'warn: no workspace has installed it yet → open https://greenroom.example.org/slack/install in a browser';

  it('says where the first is to be installed', async () => {
    const terminal = await testTerminal(many(await fake()));
    const { exit, out } = await terminal.greenroom('doctor');
    expect({ exit, lines: slackLines(out) }).toEqual({ exit: 0, lines: [...WELL.slice(0, 2), CLIENT, NOBODY] });
  });

  const kept = async (terminal: TestTerminal, acme: FakeWorkspace): Promise<void> =>
    filled(terminal, (store) =>
      keepInstall(
        openVault(store, makeCipher(new Secret(KEY)), () => NOON),
        {
          team: acme.id as TeamId,
          name: acme.name,
          appId: acme.appId,
          botToken: acme.botToken,
          botUser: acme.botUser,
          botId: acme.botId,
          scopes: [...acme.scopes],
          installedBy: 'U1',
          at: NOON,
        },
      ),
    );

  it('looks at each that did', async () => {
    const { slack: open, acme } = await fake();
    const terminal = await testTerminal({ ...many({ slack: open }), GREENROOM_KEY: KEY });
    await kept(terminal, acme);
    expect(slackLines((await terminal.greenroom('doctor')).out)).toEqual([
      ...WELL.slice(0, 2),
      CLIENT,
      ...WELL.slice(2),
    ]);
  });

  it('says so when the key is another than theirs', async () => {
    const { slack: open, acme } = await fake();
    const terminal = await testTerminal({ ...many({ slack: open }), GREENROOM_KEY: 'cd'.repeat(32) });
    await kept(terminal, acme);
    const { exit, out } = await terminal.greenroom('doctor');
    expect(exit).toBe(1);
    expect(slackLines(out).at(-1)).toMatch(
      /^fail: what is kept of the workspaces cannot be read: .* → put back the key/,
    );
    expect(out).not.toContain(acme.botToken);
  });

  it('makes no key where there is none', async () => {
    const { slack: open, acme } = await fake();
    const terminal = await testTerminal(many({ slack: open }));
    await kept(terminal, acme);
    expect(slackLines((await terminal.greenroom('doctor')).out).at(-1)).toBe(NOBODY);
    expect(await readdir(terminal.dataDir)).not.toContain('key');
  });
});
