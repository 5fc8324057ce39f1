/** Mentorship on PostgreSQL: a term with all its rows, somebody leaving, and retention. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../src/chat/world.ts';
import { type FreshDatabase, freshDatabase, postgresUrl } from '../../support/postgres.ts';
import { textIn } from '../../support/someone.ts';
import { gathered, joins, on, openTeam, picksInRoom, ranks, rowsOf } from './team.ts';

const server = await postgresUrl();

describe.runIf(server !== undefined)('mentorship on PostgreSQL', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());

  it('goes from a profile to the end of a pair, and forgets who leaves', async () => {
    const team = await openTeam({ url: fresh.url });
    const ben = await joins(team, 'Ben', { role: 'mentor', never: 'zoe' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee', manager: 'zoe' });
    await cleo.press(on('buddies', 'on'));
    await gathered(team);
    await ranks(team, cleo, 'Ben');
    const id = (await rowsOf(team)).pairs[0]?.id;
    for (const text of ['One', 'One']) await picksInRoom(team, cleo, text);
    await ben.submits(await ben.press(on('note', id)), { text: 'A note of Ben.' });
    await team.at(plus(team.now(), 15 * DAY));
    await cleo.presses('Yes');
    const rows = await rowsOf(team);
    expect(rows.agenda.map(({ text }) => text)).toEqual(['One', 'A note of Ben.']);
    await ben.press({ feature: 'privacy', name: 'erase', subject: '' });
    expect(JSON.stringify(await rowsOf(team))).not.toMatch(/"ben"|A note of Ben/);
    expect(textIn(await cleo.says('mentor'))).toContain('nobody has opted in');
    await team.jump(plus(team.now(), 198 * DAY));
    await team.at(plus(team.now(), 2 * DAY));
    expect((await rowsOf(team)).pairs).toEqual([]);
    expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);
    await team.close();
  });
});
