import { afterAll, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/chat/chat.ts';
import type { ChannelId, Ref } from '../../src/chat/ids.ts';
import { openEngine } from '../../src/core/engine.ts';
import { textIn } from '../support/someone.ts';
import { buttonsOf, read } from '../support/words.ts';
import { CHANNEL, TEAM } from '../support/world.ts';
import {
  closeAll,
  errorsIn,
  inboxOf,
  LONG,
  newTeam,
  practice,
  pressIn,
  questionOf,
  questions,
  refuse,
  remove,
  rounds,
  scheduled,
  schedules,
  shares,
  thread,
} from './daily-team.ts';

afterAll(closeAll);

describe('the question card', () => {
  it('says what is asked, of whom, what happens with an answer, who sees it, until when, and why this one', async () => {
    const team = await practice();
    const post = questionOf(team);
    const [round] = await rounds(team);
    const text = read(post.message);
    expect(post.message?.title).toBe(round?.title);
    expect(text).toContain('open until 2026-11-24T08:00:00.000Z');
    for (const level of ['Mid', 'Senior', 'Staff', 'Principal'])
      expect(text).toMatch(new RegExp(`^${level}  \\S`, 'm'));
    expect(text).toContain('[Answer] [How to answer] [Give feedback]');
    expect(buttonsOf(post.message).map(({ style }) => style)).toEqual(['primary', undefined, undefined]);
    expect(buttonsOf(post.message)[2]?.on).toEqual({ feature: 'feedback', name: 'give', subject: round?.id });
    expect(text.split('\n').at(-1)).toBe(
      `No answer yet. Answer in the thread or by the button, about 3 minutes. The channel sees your answer; feedback on it goes to you alone. You can change it until the close. Kept for 180 days. ${round?.why}`,
    );
    expect(text).toContain('opens the series');
  });

  it('prints how long answers are kept in this team', async () => {
    const team = await newTeam();
    await team.store.write((tx) => tx.updateTable('teams').set({ retention_days: 30 }).execute());
    await scheduled(team);
    await team.at('2026-11-23T08:00:00.000Z');
    expect(read(questionOf(team).message)).toContain('Kept for 30 days.');
  });

  it('does not promise to read threads where the platform hides them', async () => {
    const team = await practice({ at: '2026-11-23T07:00:00.000Z', started: false });
    Object.assign(team.chat, { traits: { ...team.chat.traits, readsThreads: false } });
    await team.chat.emit({ kind: 'installed', id: 'i', team: TEAM, at: team.now(), name: 'T' });
    await scheduled(team);
    await team.at('2026-11-23T08:00:00.000Z');
    expect(read(questionOf(team).message)).toContain(
      'write in the thread and choose “Use as my answer” on your message',
    );
  });

  it('tells how to answer, at the reader’s own level', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    const all = textIn(await bo.presses('How to answer'));
    expect(all).toContain('Principal  ');
    expect(all).toContain('Your first reply of 15 words or more in the thread is your answer');
    await shares(bo, questionOf(team), { level: 'staff', answer: 'I asked.' });
    const own = textIn(await bo.presses('How to answer'));
    expect(own).toMatch(/\nStaff {2}\S/);
    expect(own).not.toContain('Principal  ');
  });
});

describe('the daily question', () => {
  it('is asked at once when practice starts, also at a weekend, and counts as today’s', async () => {
    const saturday = await practice({ at: '2026-11-21T10:00:00.000Z' });
    expect(questions(saturday, '2026-11-21')).toHaveLength(1);
    expect(read(questionOf(saturday, '2026-11-21').message)).toContain('open until 2026-11-23T08:00:00.000Z');
    const team = await practice();
    const card = read(team.chat.named('setup:card:')[0]?.message);
    expect(card.match(/\d{4}-\d\d-\d\dT\d\d:\d\d/g)?.[0]).toBe('2026-11-24T08:00');
    await team.at('2026-11-23T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
  });

  it('comes at nine local time on working days, and not at weekends', async () => {
    const team = await practice();
    await team.at('2026-11-30T08:00:00.000Z');
    const sent = team.chat.channel(CHANNEL).filter(({ name }) => name.startsWith('daily:'));
    expect(sent.map(({ at }) => at)).toEqual([
      '2026-11-23T07:00:00.000Z',
      '2026-11-24T08:00:00.000Z',
      '2026-11-25T08:00:00.000Z',
      '2026-11-26T08:00:00.000Z',
      '2026-11-27T08:00:00.000Z',
      '2026-11-30T08:00:00.000Z',
    ]);
    expect(errorsIn(team)).toEqual([]);
  });

  it('does not repeat a question before all were asked', async () => {
    const team = await practice();
    await team.at('2026-12-04T12:00:00.000Z');
    const asked = (await rounds(team)).flatMap(({ questions: list }) =>
      (JSON.parse(list) as { id: string }[]).map(({ id }) => id),
    );
    expect(asked.length).toBeGreaterThan(30);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('can be asked now, once a day, by who made the schedule', async () => {
    const team = await newTeam();
    await scheduled(team);
    const ana = team.someone('Ana');
    expect(textIn(await ana.says('question'))).toBe('\nOn its way. It counts as today’s question.');
    expect(questions(team)).toHaveLength(1);
    expect(textIn(await ana.says('question'))).toContain('one a day is enough');
    expect((await schedules(team))[0]?.next_run).toBe('2026-11-24T08:00:00.000Z');
    await team.at('2026-11-23T20:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    await team.at('2026-11-24T09:00:00.000Z');
    expect(questions(team)).toHaveLength(2);
  });

  it('is asked of each schedule of the channel in turn', async () => {
    const team = await newTeam();
    await scheduled(team);
    await scheduled(team, { time: '15:00 Europe/Berlin', levels: 'staff' });
    const ana = team.someone('Ana');
    for (let n = 1; n <= 2; n++) {
      expect(textIn(await ana.says('question'))).toContain('On its way.');
      expect(new Set(questions(team).map(({ name }) => name)).size).toBe(n);
    }
    expect(textIn(await ana.says('question'))).toContain('one a day is enough');
    await team.at('2026-11-23T18:00:00.000Z');
    expect(questions(team)).toHaveLength(2);
  });

  it('needs a schedule before it can be asked', async () => {
    const team = await newTeam();
    expect(textIn(await team.someone('Ana', { admin: true }).says('question'))).toContain('There is no schedule yet.');
    expect(textIn(await team.someone('Bo').says('today'))).toContain('No question is planned yet.');
  });

  it('is shown to one person by today, with what they have done', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    const shown = await bo.says('today');
    expect(textIn(shown)).toContain('[Answer] [How to answer] [Give feedback]');
    expect(textIn(shown)).not.toContain('You have answered');
    await shares(bo, questionOf(team), { level: 'mid', answer: 'I asked.' });
    expect(textIn(await bo.says('today'))).toContain('You have answered this one.');
    await pressIn(bo, shown, 'Answer');
    await pressIn(team.someone('Ana'), await team.someone('Ana').presses('More'), 'Pause');
    await team.at('2026-11-25T12:00:00.000Z');
    expect(textIn(await bo.says('today'))).toContain('the schedule is paused');
  });

  it('is due where it stands in the line: today says when the next one comes', async () => {
    const team = await newTeam();
    await scheduled(team);
    expect(textIn(await team.someone('Bo').says('today'))).toContain('The next one comes 2026-11-23T08:00:00.000Z');
  });

  it('is still posted when its schedule is changed in the very minute it is due', async () => {
    const team = await practice();
    await team.at('2026-11-24T07:59:00.000Z');
    const ana = team.someone('Ana');
    const rhythm = await pressIn(ana, await ana.presses('More'), 'Rhythm');
    const events = team.engine.settle;
    let held = true;
    team.engine.settle = async () => (held ? undefined : events());
    await team.jump('2026-11-24T08:00:00.000Z');
    await ana.submits(rhythm, { weeks: '1', window: '2' });
    held = false;
    await team.settle();
    expect(questions(team, '2026-11-24')).toHaveLength(1);
    await team.at('2026-11-25T08:00:00.000Z');
    expect(questions(team, '2026-11-25')).toHaveLength(1);
  });

  it('is posted once by two engines on one store', async () => {
    const team = await practice();
    const second = openEngine(team.core);
    const both = async (to: string): Promise<void> => {
      const settle = team.engine.settle;
      team.engine.settle = async () => {
        await Promise.all([settle(), second.settle()]);
      };
      await team.jump(to);
      team.engine.settle = settle;
    };
    await both('2026-11-24T08:00:00.000Z');
    await both('2026-11-25T08:00:00.000Z');
    expect(questions(team, '2026-11-24')).toHaveLength(1);
    expect(questions(team, '2026-11-25')).toHaveLength(1);
    expect(team.chat.named('daily:digest:')).toHaveLength(2);
  });

  it('goes on after Greenroom was taken out of the team and came back', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    await bo.replies(questionOf(team).name, LONG);
    await remove(team, { kind: 'team', why: 'revoked' });
    await team.at('2026-11-26T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    await team.chat.emit({ kind: 'installed', id: 'again', team: TEAM, at: team.now(), name: 'Test team' });
    await team.settle();
    expect(questions(team, '2026-11-26')).toHaveLength(1);
    expect(read(questionOf(team).message)).toContain('closed');
    await team.at('2026-11-27T08:00:00.000Z');
    expect(questions(team, '2026-11-27')).toHaveLength(1);
  });
});

describe('questions that run out', () => {
  it('are announced a week of posts ahead, once, and then begin again', async () => {
    const team = await practice();
    await team.at('2026-11-27T12:00:00.000Z');
    const ana = team.someone('Ana');
    const { bank } = team.core.questions();
    const pools = new Set(bank.questions.map(({ title }) => title)).size;
    const warnings = () => team.chat.dms(ana.id).filter(({ name }) => name.includes(':dry-'));
    await team.at('2026-12-18T12:00:00.000Z');
    expect(warnings()).toHaveLength(1);
    const warned = warnings()[0];
    expect(read(warned?.message)).toContain('5 posts are left before questions come again. Add a pack');
    expect(questions(team).findIndex(({ at }) => at === warned?.at) + 1).toBe(pools - 5);
    const all = await rounds(team);
    expect(all.filter(({ state }) => state === 'missed')).toEqual([]);
    expect(all.some(({ why }) => why.includes('they begin again'))).toBe(true);
  });

  it('leave a note instead of a question when none fits, and one can still be asked that day', async () => {
    const team = await practice();
    await team.store.write((tx) => tx.updateTable('schedules').set({ skills: 'no-such-skill' }).execute());
    await team.at('2026-11-24T09:00:00.000Z');
    const ana = team.someone('Ana');
    expect(inboxOf(ana)).toContain(
      'The question of Tue 24 Nov 2026 was not posted: no question fits its skills, packs and levels.',
    );
    expect(textIn(await ana.says('question'))).toContain('No question fits');
    await team.store.write((tx) => tx.updateTable('schedules').set({ skills: '' }).execute());
    expect(textIn(await ana.says('question'))).toContain('On its way');
    expect(questions(team, '2026-11-24')).toHaveLength(1);
    expect((await rounds(team)).map(({ local_date, state }) => `${local_date} ${state}`)).toEqual([
      '2026-11-23 closed',
      '2026-11-24 open',
    ]);
  });
});

describe('after a downtime', () => {
  it('is caught up within twelve hours', async () => {
    const team = await practice();
    await team.jump('2026-11-24T19:59:00.000Z');
    expect(questions(team, '2026-11-24').map(({ at }) => at)).toEqual(['2026-11-24T19:59:00.000Z']);
    expect(read(questionOf(team, '2026-11-24').message)).toContain('open until 2026-11-25T08:00:00.000Z');
    await team.at('2026-11-25T08:00:00.000Z');
    expect(questions(team, '2026-11-25')).toHaveLength(1);
  });

  it('is recorded as missed after more than twelve hours, and said so in one message', async () => {
    const team = await practice();
    await team.jump('2026-11-25T21:30:00.000Z');
    expect(questions(team)).toHaveLength(1);
    const ana = team.someone('Ana');
    expect(ana.inbox()).toHaveLength(1);
    expect(inboxOf(ana)).toContain(
      '2 questions, from Tue 24 Nov 2026 to Wed 25 Nov 2026, were not posted: Greenroom was not running.',
    );
    expect((await rounds(team)).map(({ local_date, state }) => `${local_date} ${state}`)).toEqual([
      '2026-11-23 closed',
      '2026-11-24 missed',
      '2026-11-25 missed',
    ]);
    await team.at('2026-11-26T08:00:00.000Z');
    expect(questions(team, '2026-11-26')).toHaveLength(1);
  });

  it('is never caught up past the next run: the newest one alone is posted', async () => {
    const team = await practice();
    await team.jump('2026-11-26T10:00:00.000Z');
    expect(questions(team).map(({ name }) => name.slice(-10))).toEqual(['2026-11-23', '2026-11-26']);
    expect(inboxOf(team.someone('Ana'))).toContain('2 questions, from Tue 24 Nov 2026');
  });

  it('is not sent late by the outbox either: what could not go out in twelve hours counts as failed', async () => {
    const team = await practice();
    const down = new DeliveryError('service unavailable', { effect: 'none', retry: { afterMs: 1_800_000 } });
    for (let n = 0; n < 100; n++)
      team.chat.troubles.push({ about: 'daily:', trouble: { error: down, effect: 'before' } });
    await team.at('2026-11-24T20:30:00.000Z');
    team.chat.troubles.length = 0;
    await team.at('2026-11-24T23:00:00.000Z');
    expect(questions(team, '2026-11-24')).toEqual([]);
    expect(inboxOf(team.someone('Ana'))).toContain('The question of Tue 24 Nov 2026 could not be posted');
    await team.at('2026-11-25T08:00:00.000Z');
    expect(questions(team, '2026-11-25')).toHaveLength(1);
  });

  it('records a downtime of a year and a half, every date once', async () => {
    const team = await practice();
    await team.jump('2028-05-24T23:00:00.000Z');
    const all = await rounds(team);
    expect(all.length).toBeGreaterThan(390);
    expect(new Set(all.map(({ local_date }) => local_date)).size).toBe(all.length);
    expect(team.someone('Ana').inbox()).toHaveLength(1);
    expect(errorsIn(team)).toEqual([]);
  });
});

describe('a question that cannot be posted', () => {
  it('is told to who made the schedule; after three in a row the schedule pauses, and resumes with a card that arrives', async () => {
    const team = await practice();
    const schedule = (await schedules(team))[0]?.id ?? '';
    for (const date of ['2026-11-24', '2026-11-25', '2026-11-26'])
      refuse(team, `daily:${schedule}:${date}`, `channel_not_found ${'y'.repeat(4000)}`);
    await team.at('2026-11-30T12:00:00.000Z');
    const ana = team.someone('Ana');
    expect(ana.inbox()).toHaveLength(3);
    expect(ana.inbox()[0]).toContain('The question of Tue 24 Nov 2026 could not be posted: channel_not_found');
    expect(ana.inbox()[2]).toContain('so the schedule pauses. Add me to its channel');
    expect(ana.inbox()[2]).toContain('[Settings]');
    expect(questions(team)).toHaveLength(1);
    // The older card is edited first, then the new one is posted.
    for (let n = 0; n < 2; n++) refuse(team, 'setup:card:');
    await pressIn(ana, await ana.presses('Settings'), 'Resume');
    expect(inboxOf(ana)).toContain('The schedule has not started');
    await ana.presses('Post the card again');
    await team.at('2026-12-01T08:00:00.000Z');
    expect(questions(team, '2026-12-01')).toHaveLength(1);
    expect((await schedules(team))[0]).toMatchObject({ state: 'active', failed_days: 0 });
    expect(errorsIn(team)).toEqual([]);
  });

  it('does not pause for failures with a good day between them', async () => {
    const team = await practice();
    const schedule = (await schedules(team))[0]?.id ?? '';
    for (const date of ['2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30'])
      refuse(team, `daily:${schedule}:${date}`);
    await team.at('2026-12-01T12:00:00.000Z');
    expect((await schedules(team))[0]).toMatchObject({ state: 'active' });
    expect(questions(team, '2026-12-01')).toHaveLength(1);
  });

  it('is not shown by today, and comes when it is asked for again', async () => {
    const team = await practice();
    const schedule = (await schedules(team))[0]?.id ?? '';
    refuse(team, `daily:${schedule}:2026-11-24`);
    await team.at('2026-11-24T12:00:00.000Z');
    expect(textIn(await team.someone('Bo').says('today'))).toContain('No question is open right now.');
    expect(textIn(await team.someone('Ana', { admin: true }).says('question'))).toContain('On its way');
    expect(questions(team, '2026-11-24')).toHaveLength(1);
    expect((await rounds(team)).at(-1)).toMatchObject({ local_date: '2026-11-24', state: 'open', reason: null });
    await team.at('2026-11-25T12:00:00.000Z');
    expect(questions(team, '2026-11-24')).toHaveLength(1);
    expect((await rounds(team)).map(({ state }) => state)).toEqual(['closed', 'closed', 'open']);
  });

  it('is not tried again while nobody can tell whether it arrived', async () => {
    const team = await practice();
    const schedule = (await schedules(team))[0]?.id ?? '';
    team.chat.findAnswers = 'cannot tell';
    const error = new DeliveryError('no answer', { effect: 'unknown', retry: { afterMs: 0 } });
    team.chat.troubles.push({ about: `daily:${schedule}:2026-11-24`, trouble: { error, effect: 'after' } });
    await team.at('2026-11-25T08:30:00.000Z');
    expect(questions(team, '2026-11-24')).toHaveLength(1);
    expect((await rounds(team)).filter(({ local_date: date }) => date === '2026-11-24')).toHaveLength(1);
  });

  it('leaves nobody waiting who answered it before it failed', async () => {
    const team = await practice();
    const schedule = (await schedules(team))[0]?.id ?? '';
    const down = new DeliveryError('slow', { effect: 'none', retry: { afterMs: 3_600_000 } });
    for (let n = 0; n < 30; n++)
      team.chat.troubles.push({ about: `daily:${schedule}:2026-11-24`, trouble: { error: down, effect: 'before' } });
    await team.at('2026-11-24T09:00:00.000Z');
    const bo = team.someone('Bo');
    expect(textIn(await bo.says('today'))).toContain('No question is open right now.');
    const round = (await rounds(team)).find(({ local_date }) => local_date === '2026-11-24');
    const on = { feature: 'daily', name: 'answer', subject: round?.id ?? '' };
    await bo.submits({ on, title: '', submit: '', fields: [] }, { level: 'mid', answer: 'I asked early.' });
    await team.at('2026-11-25T07:00:00.000Z');
    expect(inboxOf(bo)).toContain('could not be posted in its channel, so nobody else saw it');
    expect(textIn(await bo.press(on))).toContain('no longer here');
    expect(errorsIn(team)).toEqual([]);
  });

  it('is told to the last admin when its maker has left', async () => {
    const team = await practice();
    await team.someone('Dee', { admin: true }).says('setup');
    await team.store.write((tx) =>
      tx
        .updateTable('schedules')
        .set({ creator: '' as never })
        .execute(),
    );
    await team.jump('2026-11-25T21:30:00.000Z');
    expect(inboxOf(team.someone('Dee'))).toContain('were not posted');
    expect(team.someone('Ana').inbox()).toEqual([]);
  });
});

describe('a question deleted in the chat', () => {
  it('closes its round without a reveal; what people wrote stays theirs', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await shares(bo, post, { level: 'mid', answer: 'I asked.' });
    const before = thread(team, post);
    await remove(team, { kind: 'post', ref: post.ref });
    expect((await rounds(team))[0]).toMatchObject({ state: 'closed', reason: 'its post was deleted' });
    expect(thread(team, post)).toEqual(before);
    await team.at('2026-11-24T12:00:00.000Z');
    expect(thread(team, post)).toEqual(before);
    expect(questions(team, '2026-11-24')).toHaveLength(1);
    expect(team.logged.filter(([level]) => level !== 'info')).toEqual([]);
  });

  it('is the same when the whole channel is gone', async () => {
    const team = await practice();
    await remove(team, { kind: 'channel', channel: 'C1' as ChannelId });
    expect((await rounds(team))[0]).toMatchObject({ state: 'closed', reason: 'its channel is gone' });
    await remove(team, { kind: 'post', ref: 'unknown' as Ref });
    expect(errorsIn(team)).toEqual([]);
  });
});
