import { afterEach, describe, expect, it } from 'vitest';
import { formIn, textIn } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import type { TestWorld } from '../../support/world.ts';
import {
  ADMIN,
  card,
  cards,
  closeAll,
  discussing,
  discussions,
  expectNoErrors,
  inboxOf,
  planned,
  plans,
  pressIn,
  refuse,
  removeChannel,
} from './team.ts';

afterEach(closeAll);

const dates = async (team: TestWorld): Promise<string[]> =>
  (await discussions(team)).filter(({ state }) => state !== 'missed').map(({ local_date: date }) => date);
const planOn = async (team: TestWorld, name: string) => ({
  feature: 'discussion',
  name,
  subject: (await plans(team))[0]?.id ?? '',
});

describe('discussions that come by themselves', () => {
  it('start with their card in the channel, and come at their hour on their days', async () => {
    const team = await discussing();
    expect(textIn(await planned(team, { days: 'Mon, Thu' }))).toContain('on its way to the channel');
    const [shown] = team.chat.named('discussion:plan:');
    expect(read(shown?.message)).toContain('Running · 10:00 Europe/Berlin, Mon, Thu');
    expect(read(shown?.message)).toContain('Next: 2026-11-23T09:00:00.000Z · 2026-11-26T09:00:00.000Z · 2026-11-30');
    expect((await plans(team))[0]).toMatchObject({ state: 'active', next_date: '2026-11-23', creator: 'ana' });
    await team.at('2026-12-03T09:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-11-23', '2026-11-26', '2026-11-30', '2026-12-03']);
    expect(cards(team)[0]?.at).toBe('2026-11-23T09:00:00.000Z');
    const closes = (await discussions(team)).map((one) => one.closes);
    expect(closes.slice(0, 2)).toEqual(['2026-11-26T09:00:00.000Z', '2026-11-30T09:00:00.000Z']);
    expectNoErrors(team);
  });

  it('never come twice on a date, whatever is changed, paused or pressed in between', async () => {
    const team = await discussing();
    await planned(team, { days: 'daily' });
    await team.at('2026-11-23T09:00:00.000Z');
    const ana = team.someone('Ana', ADMIN);
    await ana.press(await planOn(team, 'pause'));
    await ana.press(await planOn(team, 'resume'));
    const form = formIn(await ana.press(await planOn(team, 'edit')));
    await ana.submits(form, { channel: 'C1', time: '11:00 Europe/Berlin', days: 'daily', weeks: '1', beside: 'any' });
    await team.at('2026-11-23T20:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-11-23']);
    await team.at('2026-11-24T10:00:00.000Z');
    expect(cards(team).map(({ at }) => at)).toEqual(['2026-11-23T09:00:00.000Z', '2026-11-24T10:00:00.000Z']);
  });

  it('leave out the days of a daily question in the same channel when asked to', async () => {
    const team = await discussing();
    await planned(team, { days: 'daily', beside: 'free' });
    expect((await plans(team))[0]?.next_date).toBe('2026-11-28');
    await team.at('2026-12-06T20:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-11-28', '2026-11-29', '2026-12-05', '2026-12-06']);
    await team.store.write((tx) => tx.updateTable('schedules').set({ weekdays: '1,3,5' }).execute());
    const more = { feature: 'setup', name: 'pause', subject: '' };
    const schedule = await team.store.read((tx) => tx.selectFrom('schedules').select('id').executeTakeFirstOrThrow());
    await team.someone('Ana', ADMIN).press({ ...more, subject: schedule.id });
    expect((await plans(team))[0]?.next_date).toBe('2026-12-07');
    await team.someone('Ana', ADMIN).press({ ...more, name: 'resume', subject: schedule.id });
    expect((await plans(team))[0]?.next_date).toBe('2026-12-08');
  });

  it('have the days off of the daily question in their channel', async () => {
    const team = await discussing({ at: '2026-12-22T07:00:00.000Z' });
    await planned(team, { days: 'daily' });
    const ana = team.someone('Ana', ADMIN);
    const schedule = await team.store.read((tx) => tx.selectFrom('schedules').select('id').executeTakeFirstOrThrow());
    const form = formIn(await ana.press({ feature: 'setup', name: 'holidays', subject: schedule.id }));
    await ana.submits(form, { country: 'DE', region: '', dates: '27 Dec' });
    await team.at('2026-12-29T20:00:00.000Z');
    expect((await dates(team)).map((date) => date.slice(-2))).toEqual(['22', '23', '24', '28', '29']);
  });

  it('take every other of their days when asked to', async () => {
    const team = await discussing();
    await planned(team, { days: 'Mon–Fri', beside: 'other' });
    await team.at('2026-12-04T20:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-11-23', '2026-11-25', '2026-11-27', '2026-12-01', '2026-12-03']);
  });

  it('keep their local hour through both clock changes of the year', async () => {
    const spring = await discussing({ at: '2027-03-22T07:00:00.000Z' });
    await planned(spring, { days: 'Fri, Mon', time: '10:00 Europe/Berlin' });
    await spring.at('2027-03-29T20:00:00.000Z');
    expect(cards(spring).map(({ at }) => at)).toEqual([
      '2027-03-22T09:00:00.000Z',
      '2027-03-26T09:00:00.000Z',
      '2027-03-29T08:00:00.000Z',
    ]);
    const gap = await discussing({ at: '2027-03-27T07:00:00.000Z' });
    await planned(gap, { days: 'Sun', time: '2:30 Europe/Berlin' });
    await gap.at('2027-03-28T20:00:00.000Z');
    expect(cards(gap).map(({ at }) => at)).toEqual(['2027-03-28T01:00:00.000Z']);
    const fold = await discussing({ at: '2027-10-30T07:00:00.000Z' });
    await planned(fold, { days: 'Sun', time: '2:30 Europe/Berlin' });
    await fold.at('2027-10-31T20:00:00.000Z');
    expect(cards(fold).map(({ at }) => at)).toEqual(['2027-10-31T00:30:00.000Z']);
  });

  it('after a stop catch up once, as long as it makes sense, and tell what was missed', async () => {
    const team = await discussing();
    await planned(team, { days: 'daily' });
    await team.jump('2026-11-25T15:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-11-25']);
    expect(inboxOf(team.someone('Ana'))).toContain('No topic was posted on 2 days from Mon 23 Nov 2026');
    await team.jump('2026-11-26T22:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-11-25']);
    expect(cards(team)).toHaveLength(1);
    await team.at('2026-11-27T10:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-11-25', '2026-11-27']);
  });

  it('pause after three that could not be posted, and start again with their card', async () => {
    const team = await discussing();
    await planned(team, { days: 'daily' });
    for (let day = 0; day < 3; day += 1) refuse(team, 'discussion:card', 'is_archived');
    await team.at('2026-11-25T10:00:00.000Z');
    expect((await plans(team))[0]).toMatchObject({ state: 'paused', failed_days: 3, next_run: null });
    const ana = team.someone('Ana', ADMIN);
    expect(ana.inbox().filter((one) => one.includes('A topic could not be posted'))).toHaveLength(2);
    expect(inboxOf(ana)).toContain('The discussions are paused');
    const settings = await ana.presses('Settings');
    expect(textIn(await pressIn(ana, settings, 'Resume'))).toContain('The card is on its way');
    expect((await plans(team))[0]).toMatchObject({ state: 'active', failed_days: 0, next_date: '2026-11-26' });
  });

  it('wait without a channel, and say so to who looks after them', async () => {
    const team = await discussing();
    await planned(team);
    await removeChannel(team, 'C1');
    expect((await plans(team))[0]).toMatchObject({ state: 'new', next_run: null });
    const ana = team.someone('Ana', ADMIN);
    expect(inboxOf(ana)).toContain('The discussions have no channel');
    await team.at('2026-11-26T10:00:00.000Z');
    expect(cards(team)).toEqual([]);
    const form = formIn(await pressIn(ana, await ana.press(await planOn(team, 'plan')), 'Change'));
    await ana.submits(form, { channel: 'C2', time: '10:00 Europe/Berlin', days: 'Wed', weeks: '1', beside: 'any' });
    await team.at('2026-12-02T10:00:00.000Z');
    expect(card(team).delivery).toMatchObject({ to: { in: 'channel', channel: 'C2' } });
  });

  it('do not start when their card cannot be posted, and say what to do', async () => {
    const team = await discussing();
    refuse(team, 'discussion:plan', 'not_in_channel');
    await planned(team);
    expect((await plans(team))[0]).toMatchObject({ state: 'new', next_run: null });
    expect(inboxOf(team.someone('Ana'))).toContain('I could not post in the channel you chose: not_in_channel');
  });

  it('are for admins to set up; who set them up and admins change them', async () => {
    const team = await discussing();
    const bo = team.someone('Bo');
    expect(textIn(await bo.says('mentor schedule'))).toContain('for admins to set up');
    await planned(team);
    expect(textIn(await bo.press(await planOn(team, 'edit')))).toContain('Only admins and the person who set this up');
    const former = team.someone('Ana');
    expect(textIn(await former.says('mentor schedule'))).toContain('Running');
    expect(textIn(await former.press(await planOn(team, 'stop')))).toContain('Stop these discussions for good?');
    await former.press(await planOn(team, 'stop-now'));
    expect(textIn(await former.press(await planOn(team, 'plan')))).toContain('Those discussions were stopped');
    await team.at('2026-11-26T10:00:00.000Z');
    expect(cards(team)).toEqual([]);
  });

  it('stay open as long as the settings say, and pause until a date', async () => {
    const team = await discussing();
    await planned(team, { days: 'Mon' });
    const ana = team.someone('Ana', ADMIN);
    const more = formIn(await ana.press(await planOn(team, 'more')));
    expect(textIn(await ana.submits(more, { window: '5', until: '1 Dec' }))).toContain('Paused until Tue 1 Dec 2026');
    expect(textIn(await ana.submits(more, { window: '4' }))).toContain('1, 2, 3 or 5');
    await team.at('2026-12-07T09:00:00.000Z');
    expect(await dates(team)).toEqual(['2026-12-07']);
    expect((await discussions(team)).at(-1)?.closes).toBe('2026-12-14T09:00:00.000Z');
  });

  it.each([
    ['channel', { channel: '' }, 'Choose the channel'],
    ['time', { time: 'soon' }, 'Write a time'],
    ['time', { time: '9:00 Nowhere/Land' }, 'zone'],
    ['days', { days: 'someday' }, 'day'],
    ['weeks', { weeks: '9' }, 'Every 1, 2, 3 or 4 weeks'],
  ])('ask again for %s', async (field, wrong, words) => {
    const team = await discussing();
    const answer = await planned(team, wrong);
    expect(answer).toMatchObject({ kind: 'reject', field });
    expect(textIn(answer).toLowerCase()).toContain(words.toLowerCase());
    expect(await plans(team)).toEqual([]);
  });
});
