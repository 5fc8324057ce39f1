import { afterEach, describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../src/chat/world.ts';
import { formIn, textIn } from '../../support/someone.ts';
import { buttonsOf } from '../../support/words.ts';
import type { TestWorld } from '../../support/world.ts';
import {
  ASKED,
  card,
  cardText,
  closeAll,
  CLOSES,
  discussing,
  discussions,
  expectNoErrors,
  inboxOf,
  pressIn,
  SUMMARY,
  summarises,
  thread,
} from './team.ts';

afterEach(closeAll);

/** Bo leads, Cleo and Dora have written. */
async function talked(): Promise<TestWorld> {
  const team = await discussing();
  await team.someone('Ana').says('mentor topic');
  await team.someone('Bo').presses('I’ll lead');
  await team.someone('Cleo').replies(card(team).name, 'I would ask first.');
  await team.someone('Dora').replies(card(team).name, 'So would I.');
  return team;
}

describe('the summary', () => {
  it('is asked for on the last working day, and becomes the last post of the thread and a note', async () => {
    const team = await talked();
    const bo = team.someone('Bo');
    await team.at(plus(ASKED as never, -1));
    expect(inboxOf(bo)).not.toContain('What does the team take along?');
    await team.at(ASKED);
    expect(inboxOf(bo)).toContain('What does the team take along?');
    expect(textIn(await summarises(bo, SUMMARY))).toContain(`${CLOSES}. Until then you can change it`);
    expect(thread(team).join()).not.toContain(SUMMARY.agreed);
    expect(textIn(await team.someone('Cleo').says('mentor notes'))).toContain('There are no notes yet');
    await team.at(CLOSES);
    const last = thread(team).at(-1) ?? '';
    for (const words of [...Object.values(SUMMARY), '2 people wrote 2 messages.', 'Written by @'])
      expect(last).toContain(words);
    expect(cardText(team)).toContain('closed');
    expect(buttonsOf(card(team).message)).toEqual([]);
    expect(textIn(await team.someone('Eve').says('mentor notes GLOSSARY'))).toContain(SUMMARY.remember);
    expectNoErrors(team);
  });

  it('may be changed until the close, and the form has what was written', async () => {
    const team = await talked();
    const bo = team.someone('Bo');
    const kept = await summarises(bo, SUMMARY);
    const again = formIn(await pressIn(bo, kept, 'Change it'));
    expect(again.fields.map(({ value }) => value)).toEqual([SUMMARY.agreed, SUMMARY.open, SUMMARY.remember]);
    await bo.submits(again, { ...SUMMARY, open: '' });
    await team.at(CLOSES);
    expect(thread(team).at(-1)).not.toContain('Still open');
    expect(thread(team).filter((one) => one.includes('What we take along'))).toHaveLength(1);
  });

  it('closes the thread at once when its lead wants that, once', async () => {
    const team = await talked();
    const bo = team.someone('Bo');
    const kept = await summarises(bo, SUMMARY);
    expect(textIn(await pressIn(bo, kept, 'Close the thread now'))).toContain('Closed');
    expect(textIn(await pressIn(bo, kept, 'Close the thread now'))).toContain('closed already');
    await team.at(CLOSES);
    expect(thread(team)).toHaveLength(1);
    await team.someone('Cleo').says('mentor topic');
    expect((await discussions(team)).map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  it('that is missing leaves the count alone; a late one is taken for a week and follows in the thread', async () => {
    const team = await talked();
    const bo = team.someone('Bo');
    await team.at(CLOSES);
    expect(thread(team)).toHaveLength(2);
    expect(thread(team).at(-1)).toBe(
      `This discussion is closed\n2 people wrote 2 messages.\n[Add a summary]\nIts lead may still write one, until ${plus(CLOSES as never, 7 * DAY)}.`,
    );
    expect(textIn(await team.someone('Cleo').presses('Add a summary'))).toContain('for the lead to write');
    await team.at(plus(CLOSES as never, 6 * DAY));
    expect(textIn(await summarises(bo, SUMMARY, 'Add a summary'))).toContain('It stands in the thread now');
    expect(thread(team).at(-1)).toContain(SUMMARY.remember);
    await summarises(bo, { ...SUMMARY, remember: 'Ask sooner.' }, 'Add a summary');
    expect(thread(team).at(-1)).toContain('Ask sooner.');
    expect(thread(team).filter((one) => one.includes('What we take along'))).toHaveLength(1);
    expect(textIn(await bo.says('mentor notes sooner'))).toContain('Ask sooner.');
    await team.at(plus(CLOSES as never, 7 * DAY + 1));
    expect(textIn(await bo.presses('Add a summary'))).toContain('more than a week');
  });

  it('of a thread nobody led may be written by anybody, and is then that person’s', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    await team.someone('Cleo').replies(card(team).name, 'I would ask first.');
    await team.at(CLOSES);
    const [cleo, dora] = [team.someone('Cleo'), team.someone('Dora')];
    const doras = formIn(await dora.presses('Add a summary'));
    await summarises(cleo, SUMMARY, 'Add a summary');
    expect(textIn(await dora.submits(doras, SUMMARY))).toContain('Somebody has written it meanwhile');
    expect(textIn(await dora.presses('Add a summary'))).toContain('Somebody has written it meanwhile');
    expect((await discussions(team))[0]?.summary_by).toBe('cleo');
  });

  it('keeps the form open, and what was typed in it, while something is missing or too long', async () => {
    const team = await talked();
    const bo = team.someone('Bo');
    const form = formIn(await bo.presses('Write the summary'));
    const problem = async (values: Readonly<Record<string, string>>) => {
      const answer = await bo.submits(form, values);
      return answer.kind === 'reject' ? `${answer.field}: ${answer.problem}` : '';
    };
    expect(await problem({ ...SUMMARY, agreed: ' ' })).toContain('agreed: Write one sentence');
    expect(await problem({ ...SUMMARY, remember: '' })).toContain('remember: One line');
    expect(await problem({ ...SUMMARY, agreed: 'x'.repeat(1507) })).toContain('agreed: Shorten it by 7 characters');
    expect(await problem({ ...SUMMARY, open: 'x'.repeat(1001) })).toContain('open: Shorten it by 1 ');
    expect((await discussions(team))[0]?.summary_at).toBeNull();
  });
});

describe('notes', () => {
  it('are found by each of several words, in any case, wherever they stand; newest first', async () => {
    const team = await discussing();
    const notes = [
      { agreed: 'We estimate in ranges.', open: '', remember: 'Straße 100%' },
      { agreed: 'ÉCOUTER d’abord', open: 'Ranges too?', remember: 'b_c' },
    ];
    for (const note of notes) {
      await team.someone('Ana').says('mentor topic');
      await team.someone('Bo').presses('I’ll lead');
      await summarises(team.someone('Bo'), note);
      await team.at(plus(team.now(), 6 * DAY));
    }
    const finds = async (words: string): Promise<number[]> => {
      const text = textIn(await team.someone('Eve').says(`mentor notes ${words}`));
      return notes.map(({ remember }) => text.indexOf(remember)).map((at) => (at < 0 ? -1 : 1));
    };
    expect(await finds('ranges')).toEqual([1, 1]);
    expect(await finds('RANGES écouter')).toEqual([-1, 1]);
    expect(await finds('straße 100')).toEqual([1, -1]);
    expect(await finds('%')).toEqual([-1, -1]);
    expect(await finds('nowhere')).toEqual([-1, -1]);
    const all = textIn(await team.someone('Eve').says('mentor notes'));
    expect(all.indexOf('b_c')).toBeLessThan(all.indexOf('Straße 100%'));
    const [first] = await discussions(team);
    const on = { feature: 'discussion', name: 'note', subject: '' };
    expect(textIn(await team.someone('Eve').choose(on, first?.id ?? ''))).toContain('We estimate in ranges.');
    expect(textIn(await team.someone('Eve').choose(on, 'nothing'))).toContain('no longer kept');
  });

  it('of one team are never another’s', async () => {
    const team = await talked();
    await summarises(team.someone('Bo'), { ...SUMMARY, remember: 'CANARY-T1' });
    await team.at(CLOSES);
    const [note] = await discussions(team);
    await team.store.write(async (tx) => {
      const own = await tx.selectFrom('teams').selectAll().executeTakeFirstOrThrow();
      await tx
        .insertInto('teams')
        .values({ ...own, id: 'T2' as never })
        .execute();
      await tx
        .updateTable('discussion_replies')
        .set({ team: 'T2' as never })
        .execute();
      await tx
        .updateTable('discussions')
        .set({ team: 'T2' as never })
        .execute();
    });
    const told = [
      await team.someone('Eve').says('mentor notes'),
      await team.someone('Eve').says('mentor notes canary'),
      await team.someone('Eve').choose({ feature: 'discussion', name: 'note', subject: '' }, note?.id ?? ''),
    ];
    expect(JSON.stringify(told)).not.toContain('CANARY-T1');
    expect(textIn(told[0] as never)).toContain('There are no notes yet');
  });
});
