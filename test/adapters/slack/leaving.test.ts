/** A workspace that removes Greenroom: nothing of it is left in the files, and a return begins afresh. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, openPractice, type Practice } from './practice.ts';
import { wordsIn } from './words.ts';

const SAID =
  'Nobody had asked the people on call what the canary-of-ana alert was for, so I sat with them for a morning, ' +
  'wrote down what each of them did when it rang, and we took two of the three steps out the same week.';

let practice: Practice;
afterEach(() => practice.close());

/** Files of the data folder that hold this text. */
async function holding(text: string): Promise<readonly string[]> {
  const names = (await readdir(practice.folder)).filter((name) => /^greenroom\.db(?:-wal)?$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(practice.folder, name))] as const),
  );
  return files.flatMap(([name, bytes]) => (bytes.includes(text) ? [name] : []));
}

async function begun(): Promise<void> {
  practice = await openPractice('socket');
  const ana = practice.someone('Canary Ana', { admin: true });
  await ana.says('setup');
  await ana.form();
  await ana.fills({ channel: practice.channel.id });
  await ana.sees('Running · 09:00');
  await ana.says('question');
  const question = await ana.sees(/open until/);
  await ana.replies(question, SAID);
  await ana.sees(/1 answer/);
  expect(await holding('canary-of-ana')).not.toEqual([]);
}

describe('a workspace that removed the app', () => {
  it.each([
    ['told of it at once', ['uninstall'] as const],
    ['told of the tokens first', ['revokeTokens', 'uninstall'] as const],
  ])(
    'leaves nothing in the database file, %s',
    async (_what, deeds) => {
      await begun();
      for (const deed of deeds) await practice.fake.hands[deed](practice.workspace.id);
      await eventually(() => practice.fake.unacked, 0);
      await practice.greenroom.stop();
      for (const trace of ['canary-of-ana', 'Canary Ana', 'Acme'])
        expect([trace, await holding(trace)]).toEqual([trace, []]);
    },
    30_000,
  );

  it('and comes back begins afresh', async () => {
    await begun();
    await practice.fake.hands.uninstall(practice.workspace.id);
    await eventually(() => practice.fake.unacked, 0);
    await practice.restart(async () => void (practice.workspace.revoked = false));
    const bo = practice.someone('Bo', { admin: true });
    expect(wordsIn((await bo.says('today')).body as never)).toContain('No question is planned yet.');
    expect(await bo.home()).not.toContain('canary-of-ana');
    practice.channel.members.add(practice.workspace.botUser);
    await bo.says('setup');
    await bo.form();
    await bo.fills({ channel: practice.channel.id });
    await bo.sees('Running · 09:00');
  }, 30_000);

  it('whose tokens were revoked goes on with its next token where it was', async () => {
    await begun();
    await practice.fake.hands.revokeTokens(practice.workspace.id);
    await eventually(() => practice.fake.unacked, 0);
    const said = practice.fake.calls.length;
    await practice.goTo('2027-03-01T15:00:00.000Z');
    expect(practice.fake.calls.slice(said)).toEqual([]);
    await practice.restart(async () => void (practice.workspace.revoked = false));
    const bo = practice.someone('Bo');
    expect(wordsIn((await bo.says('today')).body as never)).toContain('1 answer so far.');
    await practice.goTo('2027-03-02T08:00:30.000Z');
    await bo.sees(/open until Wed 3 Mar/);
  }, 30_000);
});
