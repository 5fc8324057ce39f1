import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../src/core/engine.ts';
import { freshDatabase, postgresUrl } from '../support/postgres.ts';
import { textIn } from '../support/someone.ts';
import { read } from '../support/words.ts';
import {
  answers,
  closeAll,
  errorsIn,
  LONG,
  opens,
  practice,
  pressIn,
  questionOf,
  questions,
  rounds,
  shares,
  thread,
  USE,
} from './daily-team.ts';

describe.runIf(await postgresUrl())('the daily question on PostgreSQL', async () => {
  const database = await freshDatabase();
  afterAll(async () => {
    await closeAll();
    await database.drop();
  });

  it('is asked, answered, changed, closed and asked again as on SQLite, once by two engines', async () => {
    const team = await practice({ url: database.url });
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const chen = team.someone('Chen');
    const ref = await bo.replies(post.name, LONG);
    await bo.edits(ref, post.name, 'NUL \0 and a lone \ud800 surrogate, edited 🙂');
    await shares(chen, post, { level: 'staff', answer: `${'🙂 long '.repeat(6000)}` });
    await bo.picks(USE, ref, post.name, 'I asked.');
    await shares(chen, post, { setup: 'We were late.', action: 'I asked.' });
    await pressIn(team.someone('Dee'), await team.someone('Dee').presses('How to answer'), 'Remind me once');
    expect(read(post.message)).toContain('2 answers so far.');
    const ana = team.someone('Ana');
    const rhythm = await pressIn(ana, await ana.presses('More'), 'Rhythm');
    expect(textIn(await ana.submits(rhythm, { weeks: '2', window: '1' }))).toContain('every 2 weeks');
    await ana.submits(rhythm, { weeks: '1', window: '1' });

    const second = openEngine(team.core);
    const settle = team.engine.settle;
    team.engine.settle = async () => {
      await Promise.all([settle(), second.settle()]);
    };
    await team.at('2026-11-24T08:00:00.000Z');
    team.engine.settle = settle;
    expect(team.someone('Dee').inbox()).toHaveLength(1);
    expect(questions(team).map(({ name }) => name.slice(-10))).toEqual(['2026-11-23', '2026-11-24']);
    expect(thread(team, post).at(-1)).toContain('2 answers. Feedback is asked for now');
    expect(team.chat.named('daily:digest:')).toHaveLength(1);
    expect((await answers(team)).map(({ person, text }) => [person, text.slice(0, 20)])).toEqual([
      ['bo', 'I asked.'],
      ['chen', 'Situation and task: '],
    ]);
    expect(textIn(await opens(bo, post))).toContain('stands as it was');
    expect((await rounds(team)).map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(errorsIn(team)).toEqual([]);
  });
});
