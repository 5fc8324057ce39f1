/** The process dies at every step between two effects, one after the other, and starts again: each post is there once, nothing taken is lost. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant, PersonId, Ref } from '../../src/chat/ids.ts';
import type { Reply } from '../../src/chat/incoming.ts';
import { MINUTE, plus } from '../../src/chat/world.ts';
import { daily } from '../../src/features/daily/index.ts';
import { setup } from '../../src/features/setup/index.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { formIn } from '../support/someone.ts';
import { read } from '../support/words.ts';
import { openWorld, TEAM, type TestWorld } from '../support/world.ts';

const STEPS = ['begun', 'before commit', 'committed', 'claimed', 'posted', 'marked'];
const LONG =
  'Last spring our release was stuck for two days, so I asked the team to list what they had ruled out, and we found the cause together.';
const FEATURES = [setup, daily];
const NEXT_DAY = '2026-11-24T08:00:00.000Z';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenroom-points-'));
  const empty = await openStore(`sqlite:${join(folder, 'empty.db')}`);
  await migrate(empty);
  await empty.close();
});
afterAll(() => rm(folder, { recursive: true }));

interface Story {
  readonly name: string;
  /** What is done while the process may die; gives whether whoever did it was told that it was taken. */
  readonly act: (team: TestWorld) => Promise<unknown>;
  /** What people and the platform do when it did not go through. */
  readonly again: (team: TestWorld) => Promise<unknown>;
  readonly expect: (team: TestWorld) => Promise<void>;
}

const question = (date: string, team: TestWorld) =>
  team.chat.posted.filter(({ name }) => name.endsWith(`:${date}`) && !name.startsWith('setup:'));
const today = (team: TestWorld) => {
  const post = question('2026-11-23', team)[0];
  if (!post) throw new Error('no question was posted');
  return post;
};

const replyOf = (team: TestWorld): Reply => ({
  kind: 'reply',
  id: 'r1:new:1',
  team: TEAM,
  at: '2026-11-23T07:00:00.000Z' as Instant,
  from: { id: 'bo' as PersonId, name: 'Bo', admin: false },
  place: { in: 'thread', under: today(team).ref },
  ref: 'r1' as Ref,
  change: 'new',
  text: LONG,
  extras: 0,
});

const expectOneAnswer = async (team: TestWorld): Promise<void> => {
  const answers = await team.store.read((tx) => tx.selectFrom('answers').selectAll().execute());
  expect(answers).toMatchObject([{ person: 'bo', text: LONG }]);
  expect(read(today(team).message)).toContain('1 answer so far.');
};

const STORIES: readonly Story[] = [
  {
    name: 'a day that turns: a close, its digest, the card, and the next question',
    act: (team) => team.at(NEXT_DAY),
    again: (team) => team.at(NEXT_DAY),
    async expect(team) {
      expect(question('2026-11-24', team)).toHaveLength(1);
      expect(team.chat.thread(today(team).name).map(({ name }) => name.split(':')[1])).toEqual(['digest']);
      expect(read(today(team).message)).toContain('[Answer late]');
    },
  },
  {
    name: 'a reply in the thread',
    async act(team) {
      team.chat.said.push({ under: today(team).ref, event: replyOf(team) });
      await team.chat.emit(replyOf(team));
      await team.settle();
    },
    // The platform keeps it; it is found by the cursor when the event is lost.
    again: (team) => team.settle(),
    async expect(team) {
      await expectOneAnswer(team);
      expect(team.chat.named('daily:level:bo')).toHaveLength(1);
    },
  },
  {
    name: 'an answer by the form, sent again by whoever saw no thanks',
    act: (team) => answerByForm(team),
    again: (team) => answerByForm(team),
    async expect(team) {
      await expectOneAnswer(team);
      expect(team.chat.named('daily:answer:')).toHaveLength(1);
    },
  },
];

async function answerByForm(team: TestWorld): Promise<void> {
  const bo = team.someone('Bo');
  await bo.submits(formIn(await bo.presses('Answer')), { level: 'mid', answer: LONG });
}

/** Where to die: the nth step of the story. */
interface Death {
  readonly at: number;
  died: Promise<void>;
}

/** A world that counts its steps, and at step `at` stops for good: what it had begun is rolled back, and nobody hears from it again. */
function dieAt(team: TestWorld, at: number): Death & { steps: string[] } {
  const steps: string[] = [];
  const gone = Promise.withResolvers<void>();
  const { store } = team;
  const look = store.read.bind(store);
  team.point = (name) => {
    if (steps.push(name) !== at + 1) return;
    Object.assign(store, { read: () => new Promise(() => {}), write: () => new Promise(() => {}) });
    gone.resolve();
    throw new Error(`dies at ${name}`);
  };
  // A read waits for what is open before it, so that is rolled back by then.
  return { at, steps, died: gone.promise.then(() => look(async () => {})) };
}

/** One life to its death at step `at`, and the next one until everything is done. */
async function runTo(story: Story, at: number): Promise<{ team: TestWorld; steps: string[] }> {
  const path = join(folder, `${(files += 1)}.db`);
  await copyFile(join(folder, 'empty.db'), path);
  const url = `sqlite:${path}`;
  const first = await openWorld({ features: FEATURES, url });
  const death = dieAt(first, at);
  const acted = story.act(first).then(
    () => 'done',
    () => 'refused',
  );
  const how = await Promise.race([acted, death.died.then(() => 'died')]);
  await first.close();
  const team = await openWorld({ features: FEATURES, url, after: first });
  if (how !== 'done') await story.again(team);
  await team.engine.beat();
  // Long enough for every doubt to be looked into.
  await team.at(plus(team.now(), 2 * MINUTE));
  return { team, steps: death.steps };
}

/** Every step in the long run; else the first and the last of each kind. */
const isTried = (steps: readonly string[], at: number): boolean =>
  process.env['LONG'] !== undefined ||
  [steps.indexOf(steps[at] ?? ''), steps.lastIndexOf(steps[at] ?? '')].includes(at);

describe.each(STORIES)('$name', (story) => {
  it('comes out the same wherever the process dies', async () => {
    const whole = await runTo(story, Number.MAX_SAFE_INTEGER);
    await whole.team.close();
    expect(new Set(whole.steps)).toEqual(new Set(STEPS));
    for (const at of [...whole.steps.keys()].filter((one) => isTried(whole.steps, one))) {
      const { team } = await runTo(story, at);
      await expectOnce(team, `dead at step ${at}, ${whole.steps[at]}`);
      await story.expect(team);
      await team.close();
    }
  });
});

async function expectOnce(team: TestWorld, when: string): Promise<void> {
  const names = team.chat.posted.map(({ name }) => name);
  expect(names, when).toEqual([...new Set(names)]);
  const left = await team.store.read((tx) =>
    tx.selectFrom('outbox').select(['name', 'state', 'reason']).where('state', '!=', 'sent').execute(),
  );
  expect(left, when).toEqual([]);
}
