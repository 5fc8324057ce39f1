/** Retention: what is older than the team keeps goes by itself; counts stay. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/chat/ids.ts';
import { DAY, HOUR, plus } from '../../src/chat/world.ts';
import { withoutTexts } from '../../src/features/privacy/rules.ts';
import { MONDAY, TEAM, type TestWorld } from '../support/world.ts';
import { answered, closeAll, everything } from './privacy-world.ts';

afterEach(closeAll);

describe('retention', () => {
  const keepFor = (team: TestWorld, days: number) =>
    team.store.write((tx) => tx.updateTable('teams').set({ retention_days: days }).execute());
  const rounds = (team: TestWorld) =>
    team.store.read((tx) => tx.selectFrom('rounds').selectAll().orderBy('opened').execute());

  it('deletes answers after 180 days, keeps their number, and keeps newer ones', async () => {
    const { team } = await answered();
    const first = await rounds(team);
    await team.jump(plus(MONDAY, 179 * DAY));
    expect(await everything(team)).toContain('CANARY-ben');
    await team.jump(plus(MONDAY, 181 * DAY + 2 * HOUR));
    expect(await everything(team)).not.toMatch(/CANARY-ben|CANARY-cleo/);
    const swept = (await rounds(team)).find(({ id }) => id === first[0]?.id);
    expect(swept?.erased).toBe(2);
    expect(JSON.parse(swept?.questions ?? '[]')).toMatchObject(
      (JSON.parse(first[0]?.questions ?? '[]') as { id: string }[]).map(({ id }) => ({ id, text: '' })),
    );
  });

  it('deletes the reviews, self-ratings and results of those answers with them', async () => {
    const { team } = await answered();
    await keepFor(team, 30);
    await team.store.write(async (tx) => {
      const answer = await tx.selectFrom('answers').selectAll().executeTakeFirstOrThrow();
      const about = { answer: answer.id, team: TEAM };
      await tx
        .insertInto('reviews')
        .values({
          ...about,
          id: 'v1',
          round: answer.round,
          reviewer: null,
          letter: 'A',
          state: 'done',
          assigned: MONDAY,
          done: MONDAY,
          late: 0,
          nudged: 0,
          scores: '{}',
          keep: 'k',
          change: 'c',
          signed: null,
        })
        .execute();
      await tx
        .insertInto('self_ratings')
        .values({ ...about, scores: '{}', at: MONDAY })
        .execute();
      await tx
        .insertInto('results')
        .values({
          ...about,
          person: answer.person,
          published: MONDAY,
          ratings: 2,
          edited: 0,
          next_time: 'n',
          skill: 's',
          shown: 0,
        })
        .execute();
    });
    await team.jump(plus(MONDAY, 32 * DAY));
    const counts = await team.store.read(async (tx) => [
      (await tx.selectFrom('reviews').selectAll().execute()).length,
      (await tx.selectFrom('self_ratings').selectAll().execute()).length,
      (await tx.selectFrom('results').selectAll().execute()).length,
    ]);
    expect(counts).toEqual([0, 0, 0]);
  });

  it('spares an answer whose review window is still open', async () => {
    const { team } = await answered();
    await keepFor(team, 30);
    await team.store.write(async (tx) => {
      const round = await tx.selectFrom('rounds').selectAll().executeTakeFirstOrThrow();
      const closes = '2027-12-01T08:00:00.000Z' as Instant;
      await tx
        .insertInto('review_windows')
        .values({ round: round.id, team: TEAM, opens: MONDAY, closes, reviewers: 3, give_first: 1, state: 'open' })
        .execute();
    });
    await team.jump(plus(MONDAY, 32 * DAY));
    expect(await everything(team)).toContain('CANARY-ben');
  });

  it('follows the number of days the team keeps', async () => {
    const { team } = await answered();
    await keepFor(team, 30);
    await team.jump(plus(MONDAY, 32 * DAY));
    expect(await everything(team)).not.toContain('CANARY-ben');
  });

  it('comes again every day, and once more after the team installs again', async () => {
    const { team } = await answered();
    const next = async () =>
      (
        await team.store.read((tx) =>
          tx.selectFrom('wakes').select('at').where('feature', '=', 'privacy').executeTakeFirst(),
        )
      )?.at;
    await team.jump(plus(MONDAY, DAY + HOUR));
    expect(await next()).toBe(plus(MONDAY, 2 * DAY + HOUR));
    await team.chat.emit({ kind: 'installed', id: 'again', team: TEAM, at: team.now(), name: 'Test team' });
    expect(await next()).toBe(plus(team.now(), HOUR));
  });

  it('empties the words of a round’s questions and nothing else', () => {
    const asked = [{ level: 'mid', id: 'q1', text: 'Tell me' }];
    expect(JSON.parse(withoutTexts(JSON.stringify(asked)))).toEqual([{ level: 'mid', id: 'q1', text: '' }]);
  });
});
