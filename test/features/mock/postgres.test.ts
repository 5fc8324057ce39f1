import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, postgresUrl } from '../../support/postgres.ts';
import { cardOf, closeAll, filesOf, mockOf, pass, playsSolo, practice, rows } from './play.ts';
import { playsTogether } from './pair.ts';

const server = await postgresUrl();

describe.runIf(server !== undefined)('mock interviews on PostgreSQL', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(async () => {
    await closeAll();
    await fresh.drop();
  });

  it('go from the first card to the scorecard, alone and with a partner, and are forgotten', async () => {
    const team = await practice({ url: fresh.url });
    const [ana, bo] = [team.someone('Ana'), team.someone('Bo')];
    await playsSolo(team, ana);
    expect(cardOf(team, 'mock:card:')).toContain('your own rating alone');
    await pass(team, 2);
    await ana.says('mock senior @bo');
    await bo.presses('Begin now');
    await ana.presses('I agree, begin');
    await bo.presses('I agree, begin');
    await playsTogether({ team, ana, bo, room: `mock:room:${(await mockOf(team)).id}` });
    expect(cardOf(team, 'mock:card:')).toContain('rated by you and 1 other');
    expect(filesOf(team)).toHaveLength(3);
    await pass(team, 2);
    await ana.press({ feature: 'privacy', name: 'erase', subject: '' });
    expect(await rows(team, 'mocks')).toEqual([]);
    expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);
  });
});
