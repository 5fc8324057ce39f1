import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../../src/core/engine.ts';
import { DAY, plus } from '../../../src/chat/world.ts';
import { freshDatabase, postgresUrl } from '../../support/postgres.ts';
import { textIn } from '../../support/someone.ts';
import {
  card,
  cards,
  closeAll,
  CLOSES,
  discussing,
  discussions,
  expectNoErrors,
  planned,
  SUMMARY,
  summarises,
  thread,
} from './team.ts';

describe.runIf(await postgresUrl())('discussions on PostgreSQL', async () => {
  const database = await freshDatabase();
  afterAll(async () => {
    await closeAll();
    await database.drop();
  });

  it('come, are led, counted, summarised, found and forgotten as on SQLite, once by two engines', async () => {
    const team = await discussing({ url: database.url });
    const [bo, cleo] = [team.someone('Bo'), team.someone('Cleo')];
    await bo.says('mentor lead on');
    await planned(team, { days: 'Mon', beside: 'other' });
    await cleo.says('mentor topic "NUL \0 and a lone \ud800 surrogate 🙂"');
    expect(card(team).message?.title).toBe('NUL and a lone surrogate 🙂');
    const { name } = card(team);
    const ref = await cleo.replies(name, 'One.');
    for (const who of [bo, cleo]) await who.replies(name, 'Two.');
    await cleo.deletes(ref, name);
    await summarises(bo, { ...SUMMARY, open: 'Écouter, 100 %' });

    const second = openEngine(team.core);
    const { settle } = team.engine;
    team.engine.settle = async () => {
      await Promise.all([settle(), second.settle()]);
    };
    await team.at(CLOSES);
    team.engine.settle = settle;
    expect(cards(team)).toHaveLength(2);
    const own = cards(team).find((one) => one.name === name);
    expect(thread(team, own).at(-1)).toContain('2 people wrote 2 messages.');
    expect(textIn(await cleo.says('mentor notes ÉCOUTER 100'))).toContain(SUMMARY.remember);
    expect(textIn(await cleo.says('mentor notes 101'))).toContain('No note has');
    await bo.press({ feature: 'privacy', name: 'erase', subject: '' });
    expect(thread(team, own).at(-1)).toContain('Someone left');
    await team.at(plus(team.now(), 8 * DAY));
    expect((await discussions(team))[0]).toMatchObject({ people: 2, messages: 2, agreed: '', lead: null });
    expectNoErrors(team);
  });
});
