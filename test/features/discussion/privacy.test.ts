/** What discussions know of a person: handed over whole, and gone when they leave. */
import { afterEach, describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../src/chat/world.ts';
import { read } from '../../support/words.ts';
import type { TestWorld } from '../../support/world.ts';
import {
  card,
  cardText,
  cards,
  closeAll,
  CLOSES,
  discussing,
  discussions,
  expectNoErrors,
  planned,
  plans,
  SUMMARY,
  summarises,
  thread,
} from './team.ts';

afterEach(closeAll);

const ERASE = { feature: 'privacy', name: 'erase', subject: '' };
const TABLES = [
  'discussions',
  'discussion_replies',
  'discussion_leads',
  'discussion_plans',
  'outbox',
  'posts',
  'wakes',
] as const;
const OWN = 'CANARY-topic: how do we say no to a good idea from the person who hired us all?';
const WROTE = { agreed: 'CANARY-agreed by all of us here', open: 'CANARY-open', remember: 'CANARY-remember this' };

const everything = (team: TestWorld): Promise<string> =>
  team.store.read(async (tx) => {
    const rows: unknown[] = [];
    for (const table of TABLES) rows.push(await tx.selectFrom(table).selectAll().execute());
    return JSON.stringify(rows);
  });
const shown = (team: TestWorld): string =>
  JSON.stringify(team.chat.shown().map(({ name, message }) => [name, message]));

/** Ben starts his own topic, leads it, talks in it and writes its summary; Cleo talks too. */
async function ledByBen(): Promise<TestWorld> {
  const team = await discussing();
  const ben = team.someone('Ben');
  await ben.says('mentor lead on');
  await ben.says(`mentor topic "${OWN}"`);
  for (const who of ['Ben', 'Ben', 'Cleo']) await team.someone(who).replies(card(team).name, 'A thought.');
  await summarises(ben, WROTE);
  return team;
}

describe('a person who leaves', () => {
  it('takes topic, summary and lead along, and the thread says only that someone left', async () => {
    const team = await ledByBen();
    await team.at(CLOSES);
    expect(shown(team)).toContain('CANARY-agreed');
    await team.someone('Ben').press(ERASE);
    await team.settle();
    expect(shown(team)).not.toContain('CANARY');
    expect(shown(team)).not.toMatch(/\bben\b/i);
    expect(thread(team).at(-1)).toBe(
      'What we take along\nSomeone left and took the summary along.\n2 people wrote 3 messages.',
    );
    expect(cardText(team)).toContain('Someone who led this has left. 2 people wrote 3 messages.');
    expect(await everything(team)).not.toContain('CANARY');
    expect(
      read(((await team.someone('Cleo').says('mentor notes canary')) as never as { message: never }).message),
    ).toContain('No note has');
    expectNoErrors(team);
  });

  it('while it is open is followed by the next who offered, and nothing of theirs is posted at the close', async () => {
    const team = await ledByBen();
    await team.someone('Dora').says('mentor lead on');
    await team.someone('Ben').press(ERASE);
    expect((await discussions(team))[0]).toMatchObject({ lead: 'dora', title: '', situation: '', starter: null });
    expect(cardText(team)).toContain('A topic whose words are gone');
    await team.at(CLOSES);
    expect(thread(team).at(-1)).toContain('2 people wrote 3 messages.');
    expect(JSON.stringify(team.chat.posted.slice(-6).map(({ message }) => message))).not.toContain('CANARY');
    expectNoErrors(team);
  });

  it('with nobody after them leaves the lead to anybody', async () => {
    const team = await ledByBen();
    await team.someone('Ben').press(ERASE);
    expect(cardText(team)).toContain('[I’ll lead]\nSomeone who led this has left.');
  });

  it('is in no table two days later, not even by a name', async () => {
    const team = await ledByBen();
    await team.at(CLOSES);
    await team.someone('Ben').press(ERASE);
    await team.at(plus(team.now(), 2 * DAY));
    expect((await everything(team)).match(/[^"]*(?:\bben\b|CANARY)[^"]*/gi)).toBeNull();
    expect(await everything(team)).toMatch(/\bcleo\b/);
  });

  it('leaves the discussions they set up to the admins', async () => {
    const team = await discussing();
    await planned(team);
    await team.someone('Ana', { admin: true }).press(ERASE);
    expect((await plans(team))[0]).toMatchObject({ creator: '', state: 'active' });
    await team.at('2026-11-25T09:00:00.000Z');
    expect(cards(team)).toHaveLength(1);
  });
});

describe('an export', () => {
  it('has what was led, started, written, counted and set up, and nobody else', async () => {
    const team = await ledByBen();
    await team.at('2026-11-24T07:00:00.000Z');
    await team.someone('Ben').says('export');
    const file = team.chat.posted.findLast(({ delivery }) => delivery.kind === 'file')?.delivery;
    const text = file?.kind === 'file' ? file.text : '';
    const kept = JSON.parse(text) as { discussion: unknown };
    expect(kept.discussion).toEqual({
      leadsInTurn: true,
      lastAskedToLead: '2026-11-23T07:00:00.000Z',
      discussions: [
        {
          date: '2026-11-23',
          topic: OWN,
          youAskedForIt: true,
          words: '',
          youLedIt: true,
          summary: WROTE,
          written: '2026-11-23T07:00:00.000Z',
        },
      ],
      messagesCounted: [{ topic: OWN, messages: 2 }],
    });
    expect(text).not.toMatch(/cleo/i);
  });

  it('of somebody who only watched has nothing of it', async () => {
    const team = await ledByBen();
    await team.someone('Dora').says('export');
    const file = team.chat.posted.findLast(({ delivery }) => delivery.kind === 'file')?.delivery;
    expect(file?.kind === 'file' ? file.text : '').not.toContain('"discussion"');
  });
});

describe('retention', () => {
  it('takes the words and the names after 180 days, and keeps dates, scenarios and counts', async () => {
    const team = await ledByBen();
    await team.someone('Ben').says('mentor lead off');
    await team.at(CLOSES);
    await team.someone('Cleo').says('mentor topic');
    await team.someone('Cleo').presses('I’ll lead');
    await summarises(team.someone('Cleo'), SUMMARY);
    await team.jump(plus(CLOSES as never, 3 * DAY + 3_600_000));
    await team.jump(plus('2026-11-23T07:00:00.000Z' as never, 179 * DAY));
    expect(await everything(team)).toContain('CANARY-agreed');
    await team.jump(plus('2026-11-23T07:00:00.000Z' as never, 181 * DAY + 7_200_000));
    const [old, newer] = await discussions(team);
    expect(old).toMatchObject({ title: '', situation: '', agreed: '', summary_by: null, lead: null, starter: null });
    expect(old).toMatchObject({ people: 2, messages: 3, local_date: '2026-11-23' });
    expect(newer).toMatchObject({ agreed: SUMMARY.agreed, summary_by: 'cleo' });
    expect(newer?.scenario).not.toBe('');
    await team.jump(plus(CLOSES as never, 190 * DAY));
    expect((await discussions(team))[1]).toMatchObject({ agreed: '', search: '', scenario: newer?.scenario });
    const leads = await team.store.read((tx) => tx.selectFrom('discussion_leads').selectAll().execute());
    expect(leads).toEqual([]);
  });
});
