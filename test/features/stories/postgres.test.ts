/** The story bank on PostgreSQL does what it does on SQLite. */
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase, postgresUrl } from '../../support/postgres.ts';
import { formIn, textIn } from '../../support/someone.ts';
import { pressIn } from '../daily-team.ts';
import { bankOf, closeAll, goes, keeps, morning, rowsOf, WORDS } from './team.ts';

describe.runIf(await postgresUrl())('the story bank on PostgreSQL', async () => {
  const database = await freshDatabase();
  afterAll(async () => {
    await closeAll();
    await database.drop();
  });

  it('keeps, finds, counts, changes and deletes a story', async () => {
    const team = await morning({ url: database.url });
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS, { skills: 'hiring,ethics', note: 'NUL \0 and a lone \ud800 surrogate' });
    expect(await bankOf(ben, 'IMPORT')).toContain('ethics and hiring · told 1 time');
    expect(textIn(await ben.says('me'))).toContain('1 story, nothing yet on mentorship');
    const again = await pressIn(ben, await ben.says('me'), 'Save my last answer');
    expect(textIn(again)).toContain('You kept this one already.');
    const form = formIn(await goes(ben, 'The import', 'Edit'));
    expect(textIn(await ben.submits(form, { title: 'The check', text: '🙂 '.repeat(900) }))).toContain('Changed.');
    await pressIn(ben, await goes(ben, 'The check', 'Delete'), 'Delete the story');
    expect([...(await rowsOf(team, 'stories')), ...(await rowsOf(team, 'story_uses'))]).toEqual([]);
    await keeps(team, team.someone('Cleo'), WORDS);
    await team.someone('Cleo').press({ feature: 'privacy', name: 'erase', subject: '' });
    expect(await rowsOf(team, 'stories')).toEqual([]);
  });
});
