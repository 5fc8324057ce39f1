/** Discussions go on where they were: after a death at any step, after a team was away, after a second press. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, plus } from '../../../src/chat/world.ts';
import { discussion } from '../../../src/features/discussion/index.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open.ts';
import { openWorld, TEAM, type TestWorld } from '../../support/world.ts';
import { card, cards, closeAll, discussing, discussions, expectNoErrors, planned, thread } from './team.ts';

const START = '2026-11-25T08:59:00.000Z';
const END = '2026-11-30T09:00:00.000Z';
let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'discussions-'));
  const store = await openStore(`sqlite:${join(folder, 'empty.db')}`);
  await migrate(store);
  await store.close();
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(closeAll);

/** Bo leads in turn, a plan runs on Wednesdays: from there to the end, dying at step `at`; a new life goes on. */
async function live(at: number): Promise<{ readonly team: TestWorld; readonly steps: readonly string[] }> {
  const path = join(folder, `${(files += 1)}.db`);
  await copyFile(join(folder, 'empty.db'), path);
  const url = `sqlite:${path}`;
  const first = await openWorld({ features: [discussion], url });
  await first.someone('Bo').says('mentor lead on');
  await planned(first);
  await first.at(START);
  const steps: string[] = [];
  const died = Promise.withResolvers<'died'>();
  const look = first.store.read.bind(first.store);
  first.point = (name) => {
    if (steps.push(name) !== at + 1) return;
    const never = () => new Promise<never>(() => {});
    Object.assign(first.store, { read: never, write: never });
    died.resolve('died');
    throw new Error(`dies at ${name}`);
  };
  const done = first.at(END).then(
    () => 'done' as const,
    () => 'died' as const,
  );
  const how = await Promise.race([done, died.promise.then(async (dead) => (await look(async () => {}), dead))]);
  if (how === 'done') return { team: first, steps };
  await first.close();
  const team = await openWorld({ features: [discussion], url, after: first });
  await team.engine.beat();
  // Long enough for every doubt to be looked into.
  await team.at(plus(team.now(), 2 * MINUTE));
  if (team.now() < END) await team.at(END);
  return { team, steps };
}

const isTried = (steps: readonly string[], at: number): boolean =>
  process.env['LONG'] !== undefined ||
  [steps.indexOf(steps[at] ?? ''), steps.lastIndexOf(steps[at] ?? '')].includes(at);

describe('a discussion', () => {
  it('comes out the same wherever the process dies: one card, one guide, one nudge, one end', async () => {
    const whole = await live(Number.MAX_SAFE_INTEGER);
    const said = (team: TestWorld) =>
      team.chat.posted
        .map(({ name }) => name.replace(/id\d+/g, '·'))
        .filter((name) => !name.startsWith('discussion:plan:'))
        .toSorted();
    const expected = said(whole.team);
    expect(expected).toEqual(
      ['ask:·:1', 'card:·', 'close:·', 'guide:·:1', 'nudge:·'].map((name) => `discussion:${name}`),
    );
    await whole.team.close();
    for (const at of [...whole.steps.keys()].filter((one) => isTried(whole.steps, one))) {
      const { team } = await live(at);
      expect(said(team), `dead at step ${at}, ${whole.steps[at]}`).toEqual(expected);
      expect((await discussions(team)).map(({ state, lead }) => [state, lead])).toEqual([['closed', 'bo']]);
      await team.close();
    }
  });

  it('and its plan go on when a team takes Greenroom out and back', async () => {
    const team = await discussing();
    await planned(team, { days: 'Mon, Thu' });
    await team.at('2026-11-23T10:00:00.000Z');
    const about = { team: TEAM, at: team.now() };
    await team.chat.emit({ ...about, kind: 'removed', id: 'out', what: { kind: 'team', why: 'revoked' } });
    await team.at('2026-11-24T10:00:00.000Z');
    expect(thread(team)).toEqual([]);
    await team.chat.emit({ ...about, kind: 'installed', id: 'back', name: 'Test team' });
    await team.at('2026-11-26T10:00:00.000Z');
    expect((await discussions(team)).map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(thread(team, cards(team)[0])).toHaveLength(2);
    expectNoErrors(team);
  });

  it('heeds the first of two presses: one lead, one guide, one plan', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    const lead = { feature: 'discussion', name: 'lead', subject: (await discussions(team))[0]?.id ?? '' };
    const people = ['Bo', 'Cleo', 'Bo', 'Dora'];
    await Promise.all(people.map((name) => team.someone(name).press(lead)));
    expect(team.chat.named('discussion:guide:')).toHaveLength(1);
    expect(card(team).edits).toBeGreaterThan(0);
    expectNoErrors(team);
  });
});
