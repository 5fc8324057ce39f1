import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, postgresUrl } from '../../support/postgres.ts';
import { textIn } from '../../support/someone.ts';
import { answers, cardSubject, CLOSE, LATE_END, on, practice, ratesSelf, resultOf, reviewsAll } from './team.ts';

const server = await postgresUrl();

describe.runIf(server !== undefined)('peer feedback on PostgreSQL', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());

  it('goes from the close to the result, with a nudge, a hand-on and a late review', async () => {
    const team = await practice(fresh.url);
    const [ana, bo, cem] = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee');
    await team.at(CLOSE);
    expect(await reviewsAll(team, ana!)).toBe(3);
    expect(await reviewsAll(team, bo!)).toBe(3);
    expect(textIn(await team.someone('Zoe').press(on('volunteer', cardSubject(team))))).toContain('direct messages');
    await ratesSelf(team, ana!);
    await team.at('2026-11-26T09:00:00.000Z');
    await reviewsAll(team, cem!);
    await team.at(LATE_END);
    expect(resultOf(team, ana!)).toContain('I could follow you');
    expect(resultOf(team, bo!)).toContain('I could follow you');
    expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);
    await team.close();
  });
});
