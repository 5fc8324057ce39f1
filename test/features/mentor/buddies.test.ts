/** Practice buddies, and a mentor offered for a low trend. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Instant, PersonId } from '../../../src/chat/ids.ts';
import { DAY, HOUR, plus } from '../../../src/chat/world.ts';
import { nextMonth, nextMorning } from '../../../src/features/mentor/buddies.ts';
import { type Someone, textIn } from '../../support/someone.ts';
import { TEAM } from '../../support/team.ts';
import type { TestWorld } from '../../support/world.ts';
import { gathered, joins, on, openTeam, rowsOf } from './team.ts';

let team: TestWorld;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.close());

const last = (who: Someone): string => who.inbox().at(-1) ?? '';

/** Only to practise, not for a mentor. */
async function practises(name: string): Promise<Someone> {
  const one = team.someone(name, { zone: 'Europe/Berlin' });
  expect(textIn(await one.says('mentor'))).toContain('It is opt-in');
  expect(textIn(await one.press(on('buddies', 'on')))).toContain('One step is left');
  await one.submits(await one.press(on('limits')), { hours: '1', capacity: '1', manager: '', never: '' });
  return one;
}

describe('practice buddies', () => {
  it('are paired the next morning, with the odd one in a trio, and others each month', async () => {
    const all = [];
    for (const name of ['Ana', 'Ben', 'Cleo', 'Dora', 'Emil']) all.push(await practises(name));
    await team.at('2026-11-24T08:00:00.000Z');
    for (const one of all) expect(last(one)).toContain('are practice buddies until');
    const sizes = async () => {
      const { pairs, members } = await rowsOf(team);
      return pairs.map(({ id, state }) => `${state} ${members.filter(({ pair }) => pair === id).length}`);
    };
    expect((await sizes()).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['active 2', 'active 3']);
    await team.at('2027-01-04T08:00:00.000Z');
    expect((await sizes()).filter((one) => one.startsWith('active'))).toHaveLength(2);
    const { pairs, members } = await rowsOf(team);
    expect(pairs.filter(({ state }) => state === 'ended').every(({ why }) => why === 'month')).toBe(true);
    const together = pairs.map(({ id }) =>
      members
        .filter(({ pair }) => pair === id)
        .map(({ person }) => person)
        .join(),
    );
    expect(new Set(together).size).toBe(together.length);
  });

  it('have nobody when nobody is there, and may stop', async () => {
    const ana = await practises('Ana');
    await team.at('2026-11-24T08:00:00.000Z');
    expect(last(ana)).toContain('Nobody fits you as a practice buddy this month');
    expect(textIn(await ana.press(on('buddies', 'off')))).toContain('No new practice buddy');
    await team.at('2027-02-01T09:00:00.000Z');
    expect((await rowsOf(team)).pairs).toEqual([]);
  });

  it('end early by a press, for all of them', async () => {
    const ana = await practises('Ana');
    const ben = await practises('Ben');
    await team.at('2026-11-24T08:00:00.000Z');
    const id = (await rowsOf(team)).pairs[0]?.id;
    expect(textIn(await ana.press(on('end', id)))).toContain('ends for all of you');
    await ana.press(on('end-now', id));
    expect(last(ben)).toContain('has ended early');
    expect(textIn(await ben.press(on('end', id)))).toContain('has ended already');
  });

  it('keep to mornings of working days and to first Mondays, at least two weeks away', () => {
    expect(nextMorning('2026-11-27T10:00:00.000Z' as Instant, 'Europe/Berlin')).toBe('2026-11-30T08:00:00.000Z');
    expect(nextMonth('2026-11-24T08:00:00.000Z' as Instant, 'Europe/Berlin')).toBe('2027-01-04T08:00:00.000Z');
    expect(nextMonth('2026-11-20T08:00:00.000Z' as Instant, 'Europe/Berlin')).toBe('2026-12-07T08:00:00.000Z');
    expect(nextMonth('2027-03-10T08:00:00.000Z' as Instant, 'Europe/Berlin')).toBe('2027-04-05T07:00:00.000Z');
  });
});

describe('a low trend', () => {
  /** A result of an answer on hiring by Ben, with one review that gave this. */
  async function rated(at: Instant, round: string, mean: number): Promise<void> {
    const answer = `a-${round}`;
    const about = { answer, team: TEAM };
    await team.store.write(async (tx) => {
      const row = await tx.selectFrom('rounds').selectAll().executeTakeFirstOrThrow();
      const date = `2020-01-${String(Number(round) + 10)}`;
      await tx
        .insertInto('rounds')
        .values({ ...row, id: round, state: 'closed', local_date: date })
        .execute();
      await tx
        .insertInto('answers')
        .values({
          id: answer,
          team: TEAM,
          round,
          person: 'ben' as PersonId,
          level: 'mid',
          text: 'What I did.',
          source: 'form',
          ref: null,
          chosen: 1,
          at,
          edited: null,
          late: 0,
          carried: 0,
        })
        .execute();
      await tx
        .insertInto('reviews')
        .values({
          ...about,
          id: `v-${round}`,
          round,
          reviewer: null,
          letter: 'A',
          state: 'done',
          assigned: at,
          done: at,
          late: 0,
          nudged: 0,
          scores: JSON.stringify({ setup: mean, action: mean }),
          keep: 'x',
          change: 'y',
          signed: null,
        })
        .execute();
      await tx
        .insertInto('results')
        .values({
          ...about,
          person: 'ben' as PersonId,
          published: at,
          ratings: 1,
          edited: 0,
          next_time: null,
          skill: 'hiring',
          shown: 0,
        })
        .execute();
      await tx
        .insertInto('wakes')
        .values({ team: TEAM, feature: 'mentor', name: 'trend', subject: round, at: plus(at, HOUR), version: 1 })
        .execute();
    });
    await team.at(plus(at, 2 * HOUR));
  }
  const offersTo = (who: Someone) => who.inbox().filter((words) => words.includes('Would a mentor help?'));

  it('offers a mentor once there are three answers under three, never twice in ninety days, never after a no', async () => {
    const ben = team.someone('Ben');
    await ben.says('me');
    await rated(plus(team.now(), DAY), '1', 2);
    await rated(plus(team.now(), DAY), '2', 3);
    expect(offersTo(ben)).toEqual([]);
    await rated(plus(team.now(), DAY), '3', 2);
    expect(offersTo(ben)[0]).toContain('Your last 3 answers on hiring had a plain mean of 2.3 over 3 ratings');
    await rated(plus(team.now(), DAY), '4', 2);
    expect(offersTo(ben)).toHaveLength(1);
    const form = await ben.presses('Find a mentor');
    expect(form.kind === 'ask' ? form.form.fields.find(({ name }) => name === 'wants')?.value : '').toBe('hiring');
    await rated(plus(team.now(), 91 * DAY), '5', 2);
    expect(offersTo(ben)).toHaveLength(2);
    expect(textIn(await ben.presses('No more such offers'))).toContain('No more such offers');
    await rated(plus(team.now(), 91 * DAY), '6', 1);
    expect(offersTo(ben)).toHaveLength(2);
    expect(textIn(await ben.says('export'))).toContain('on its way');
  });

  it('says nothing to whoever is looking for a mentor in it already, or is doing well', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentee' });
    await gathered(team);
    for (const round of ['1', '2', '3', '4']) await rated(plus(team.now(), DAY), round, 2);
    expect(offersTo(ben)).toEqual([]);
  });
});
