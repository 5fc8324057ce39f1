import { afterEach, describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../src/chat/world.ts';
import { textIn } from '../../support/someone.ts';
import { buttonsOf, read } from '../../support/words.ts';
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
  refuse,
  remove,
  removeChannel,
  SUMMARY,
  summarises,
  thread,
} from './team.ts';

afterEach(closeAll);

const leading = async (team: TestWorld, ...names: readonly string[]): Promise<void> => {
  for (const name of names) await team.someone(name).says('mentor lead on');
};
const GUIDE = 'only you see this guide';

describe('the lead', () => {
  it('is whoever presses first when nobody has offered; the guide goes to them alone', async () => {
    const team = await discussing();
    const [bo, cleo] = [team.someone('Bo'), team.someone('Cleo')];
    await bo.says('mentor topic');
    expect(textIn(await cleo.presses('I’ll lead'))).toContain('You lead this one, thank you');
    expect(cardText(team)).toContain('Led by @.');
    expect(buttonsOf(card(team).message)).toEqual([]);
    const lead = { feature: 'discussion', name: 'lead', subject: (await discussions(team))[0]?.id ?? '' };
    expect(textIn(await cleo.press(lead))).toContain('The guide is in your direct messages');
    expect(textIn(await bo.press(lead))).toContain('Somebody was quicker');
    expect(inboxOf(cleo)).toContain(GUIDE);
    expect(cleo.inbox()).toHaveLength(1);
  });

  it('comes from those who offered, the one asked longest ago first', async () => {
    const team = await discussing();
    await leading(team, 'Bo', 'Cleo', 'Dora');
    const led: (string | null | undefined)[] = [];
    for (let n = 0; n < 7; n += 1) {
      await team.someone('Ana').says('mentor topic');
      led.push((await discussions(team)).at(-1)?.lead);
      await team.at(plus(team.now(), 6 * DAY));
    }
    expect(led).toEqual(['bo', 'cleo', 'dora', 'bo', 'cleo', 'dora', 'bo']);
  });

  it('is nobody who pauses, and nobody who has stopped offering', async () => {
    const team = await discussing();
    await leading(team, 'Bo', 'Cleo', 'Dora');
    await team.someone('Bo').says('pause 2 weeks');
    await team.someone('Cleo').says('mentor lead off');
    await team.someone('Ana').says('mentor topic');
    expect((await discussions(team))[0]?.lead).toBe('dora');
    expect(inboxOf(team.someone('Bo'))).not.toContain(GUIDE);
  });

  it('may pass it on: to the next who offered, each asked once, then to anybody', async () => {
    const team = await discussing();
    await leading(team, 'Bo', 'Cleo');
    await team.someone('Ana').says('mentor topic');
    expect(textIn(await team.someone('Bo').presses('Somebody else, please'))).toContain('Somebody else is asked now');
    expect((await discussions(team))[0]?.lead).toBe('cleo');
    expect(textIn(await team.someone('Bo').presses('Somebody else, please'))).toContain(
      'do not lead this one any more',
    );
    expect(textIn(await team.someone('Cleo').presses('Somebody else, please'))).toContain('Anybody in the channel');
    expect((await discussions(team))[0]?.lead).toBeNull();
    await team.someone('Bo').presses('I’ll lead');
    expect((await discussions(team))[0]?.lead).toBe('bo');
    expect(
      team
        .someone('Bo')
        .inbox()
        .filter((one) => one.includes(GUIDE)),
    ).toHaveLength(2);
    expectNoErrors(team);
  });

  it('who cannot be written to does not lead', async () => {
    const team = await discussing();
    await leading(team, 'Bo', 'Cleo');
    refuse(team, 'discussion:guide', 'cannot_dm_bot');
    await team.someone('Ana').says('mentor topic');
    expect((await discussions(team))[0]?.lead).toBe('cleo');
    expect(inboxOf(team.someone('Cleo'))).toContain(GUIDE);
  });

  it('has a guide no one else is shown: not in the channel, the thread, a DM, or any answer', async () => {
    const team = await discussing();
    await leading(team, 'Bo');
    const answers = [await team.someone('Ana').says('mentor topic')];
    const scenario = team.core.questions().bank.scenarios.find(({ title }) => cardText(team).includes(title));
    const secrets = [scenario?.guide.open, scenario?.guide.close, ...(scenario?.guide.traps ?? [])].map(
      (one) => one ?? '!',
    );
    for (const person of ['Cleo', 'Ana'])
      answers.push(await team.someone(person).says('mentor notes'), await team.someone(person).says('mentor lead'));
    await team.someone('Cleo').replies(card(team).name, 'A thought.');
    await team.at(plus(team.now(), 12 * DAY));
    const elsewhere = team.chat.arrived.filter(
      (one) => !('to' in one && one.to.in === 'dm' && one.to.person === team.someone('Bo').id),
    );
    for (const secret of secrets) {
      expect(inboxOf(team.someone('Bo'))).toContain(secret);
      expect(JSON.stringify([elsewhere, answers])).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  });

  it('sees how many have offered, and is told nobody’s name', async () => {
    const team = await discussing();
    expect(textIn(await team.someone('Bo').says('mentor lead'))).toContain('Nobody has offered yet');
    await leading(team, 'Bo', 'Cleo');
    const shown = await team.someone('Bo').says('mentor lead');
    expect(textIn(shown)).toContain('2 people have offered');
    expect(JSON.stringify(shown)).not.toMatch(/cleo/i);
  });
});

describe('a thread', () => {
  it('is counted: each person once, messages as they come and go, whatever is written', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    const { name } = card(team);
    const [bo, cleo] = [team.someone('Bo'), team.someone('Cleo')];
    const first = await bo.replies(name, 'CANARY one');
    await bo.replies(name, 'CANARY two');
    await bo.edits(first, name, 'CANARY three');
    await cleo.replies(name, 'CANARY four');
    await bo.deletes(first, name);
    await team.at(CLOSES);
    expect(thread(team).at(-1)).toContain('2 people wrote 2 messages.');
    expect(cardText(team)).toContain('2 people wrote 2 messages.');
    const rows = await team.store.read((tx) => tx.selectFrom('discussion_replies').selectAll().execute());
    expect(JSON.stringify([rows, await discussions(team)])).not.toContain('CANARY');
  });

  it('that was read late is counted right in what was said at the end; a later message is talk', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    const { name } = card(team);
    await team.at(CLOSES);
    expect(thread(team).at(-1)).toContain('Nobody had time for this one');
    const late = { kind: 'reply', id: 'late', team: 'T1', ref: 'late', change: 'new', extras: 0 } as const;
    const from = { id: 'bo', name: 'Bo', admin: false };
    const place = { in: 'thread', under: card(team).ref };
    await team.chat.emit({ ...late, at: ASKED, from, place } as never);
    await team.settle();
    await team.someone('Cleo').replies(name, 'too late to count');
    expect(thread(team).at(-1)).toContain('1 person wrote 1 message.');
    expect(thread(team)).toHaveLength(1 + 1);
  });

  it('forgets a week later who wrote, and keeps the numbers', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    for (const who of ['Bo', 'Cleo', 'Bo']) await team.someone(who).replies(card(team).name, 'A thought.');
    await team.at(plus(team.now(), 11 * DAY));
    expect(await team.store.read((tx) => tx.selectFrom('discussion_replies').selectAll().execute())).toEqual([]);
    expect((await discussions(team))[0]).toMatchObject({ people: 2, messages: 3, state: 'closed' });
  });

  it('is nudged once when it is quiet for a working day, and not while people talk', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    await team.at('2026-11-23T15:00:00.000Z');
    await team.someone('Bo').replies(card(team).name, 'A thought.');
    await team.at('2026-11-24T14:00:00.000Z');
    expect(thread(team)).toEqual([]);
    await team.at('2026-11-24T15:00:00.000Z');
    expect(thread(team)).toEqual([expect.stringContaining('quiet for a day')]);
    expect(thread(team)[0]).not.toContain('@');
    await team.at('2026-11-26T06:00:00.000Z');
    expect(thread(team)).toHaveLength(1);
  });

  it('in which nobody has begun is asked the first question', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    await team.at('2026-11-24T08:00:00.000Z');
    const [first] = JSON.parse((await discussions(team))[0]?.questions ?? '[]') as string[];
    expect(thread(team)).toEqual([expect.stringContaining(`Quiet so far`)]);
    expect(thread(team)[0]).toContain(first);
  });

  it('over a weekend is not nudged on it', async () => {
    const team = await discussing({ at: '2026-11-27T08:00:00.000Z' });
    await team.someone('Ana').says('mentor topic');
    await team.at('2026-11-30T07:59:00.000Z');
    expect(thread(team)).toEqual([]);
    await team.at('2026-11-30T08:00:00.000Z');
    expect(thread(team)).toHaveLength(1);
  });

  it('ends without a word when somebody deletes its card; a summary that was written stays a note', async () => {
    const team = await discussing();
    const cleo = team.someone('Cleo');
    await team.someone('Ana').says('mentor topic');
    await cleo.presses('I’ll lead');
    await summarises(cleo, SUMMARY);
    await remove(team, { kind: 'post', ref: card(team).ref });
    await team.at(CLOSES);
    expect(thread(team)).toEqual([]);
    expect((await discussions(team))[0]).toMatchObject({ state: 'closed', reason: 'its post was deleted' });
    expect(textIn(await cleo.says('mentor notes first day'))).toContain('Ask on the first day.');
    expectNoErrors(team);
  });

  it('ends with its channel', async () => {
    const team = await discussing();
    await team.someone('Ana').says('mentor topic');
    await removeChannel(team, 'C1');
    await team.at(CLOSES);
    expect((await discussions(team))[0]).toMatchObject({ state: 'closed', reason: 'its channel is gone' });
    expect(read(card(team).message)).toContain('open until');
    expectNoErrors(team);
  });
});
