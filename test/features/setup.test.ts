import { afterAll, describe, expect, it } from 'vitest';
import type { ChannelId } from '../../src/chat/ids.ts';
import type { AnswerTo } from '../../src/chat/outgoing.ts';
import { slugify } from '../../src/bank/words.ts';
import { fieldNames, read } from '../support/words.ts';
import { formIn, type Someone, textIn } from '../support/someone.ts';
import type { TestWorld } from '../support/world.ts';
import {
  closeAll,
  errorsIn,
  inboxOf,
  newTeam,
  practice,
  pressIn,
  questions,
  refuse,
  removeChannel,
  scheduled,
  schedules,
} from './daily-team.ts';

afterAll(closeAll);

const cards = (team: TestWorld, channel = 'C1') =>
  team.chat.channel(channel as ChannelId).filter(({ name }) => name.startsWith('setup:card:'));
const card = (team: TestWorld, channel = 'C1'): string => read(cards(team, channel).at(-1)?.message);
/** What the card says comes next. */
const runs = (text: string): string[] => text.match(/\d{4}-\d\d-\d\dT\d\d:\d\d/g) ?? [];
/** A settings form, opened from More. */
const more = async (admin: Someone, which: string): Promise<AnswerTo['press']> =>
  pressIn(admin, await admin.presses('More'), which);

describe('setting up', () => {
  it('asks five things and starts when its card is in the channel, with the next three runs', async () => {
    const team = await newTeam();
    const ana = team.someone('Ana', { admin: true, zone: 'Europe/Berlin' });
    const form = formIn(await ana.says('setup'));
    expect(fieldNames(form)).toEqual(['channel', 'time', 'days', 'levels', 'mode']);
    expect(form.fields.map(({ value }) => value)).toEqual([
      'C1',
      '09:00 Europe/Berlin',
      'Mon–Fri',
      'mid,senior,staff,principal',
      'open',
    ]);
    const said = await ana.submits(form, {
      channel: 'C2',
      time: '9:30 Europe/Berlin',
      days: 'Mon, Wed',
      levels: 'senior,mid',
      mode: 'sealed',
    });
    expect(textIn(said)).toContain('on its way to the channel');
    expect(card(team, 'C2')).toContain('Running · 09:30 Europe/Berlin, Mon, Wed');
    expect(card(team, 'C2')).toContain('For Mid, Senior, on all skills. Open until the next working day.');
    expect(card(team, 'C2')).toContain('sealed until the round closes, then published');
    expect(card(team, 'C2')).toContain('kept for 180 days');
    expect(runs(card(team, 'C2'))).toEqual(['2026-11-23T08:30', '2026-11-25T08:30', '2026-11-30T08:30']);
    await team.at('2026-11-25T08:30:00.000Z');
    expect(questions(team).map(({ at }) => at)).toEqual(['2026-11-23T08:30:00.000Z', '2026-11-25T08:30:00.000Z']);
    expect(errorsIn(team)).toEqual([]);
  });

  it('takes the zone from the person who sets it up, and asks for it where nobody knows it', async () => {
    const team = await newTeam();
    expect(await scheduled(team, { time: '9am' })).toEqual({
      kind: 'reject',
      field: 'time',
      problem: 'Write the zone too, like 09:00 Europe/Berlin.',
    });
    await scheduled(team, { time: 'Europe/London, at 7.30 am' });
    expect(card(team)).toContain('Running · 07:30 Europe/London');
  });

  it('says beside the field what to write instead', async () => {
    const team = await newTeam();
    const problem = async (values: Record<string, string>): Promise<string> => {
      const answer = await scheduled(team, values);
      return answer.kind === 'reject' ? `${answer.field}: ${answer.problem}` : answer.kind;
    };
    expect(await problem({ channel: '' })).toBe('channel: Choose the channel that gets the question.');
    expect(await problem({ time: '' })).toBe('time: Write a time and its zone, like 9:00 Europe/Berlin.');
    expect(await problem({ time: '25:00 Europe/Berlin' })).toContain('time: “25:00” is not a time of day.');
    expect(await problem({ time: '9:00 Berlin' })).toContain('Did you mean Europe/Berlin?');
    expect(await problem({ time: '9:00 Europe/Atlantis' })).toContain('is not a time zone I know');
    expect(await problem({ days: 'someday' })).toContain(
      'days: I do not know the day “someday”. Write days like Mon–Fri',
    );
    expect(await problem({ days: '' })).toContain('days: No day is named.');
    expect(await problem({ levels: '' })).toBe('levels: Choose at least one level.');
    expect(await problem({ time: `9:00 ${'x'.repeat(5000)}` })).toHaveLength(
      (await problem({ time: `9:00 ${'x'.repeat(6000)}` })).length,
    );
    expect(await schedules(team)).toEqual([]);
  });

  it('starts only when the card could be posted, else tells who saved what to press', async () => {
    const team = await newTeam();
    refuse(team, 'setup:card:', `not_in_channel ${'x'.repeat(5000)}`);
    await scheduled(team);
    const ana = team.someone('Ana', { admin: true });
    expect(inboxOf(ana)).toContain('The schedule has not started');
    expect(inboxOf(ana)).toContain('not_in_channel');
    expect(inboxOf(ana)).toContain('[Post the card again] [Choose another channel]');
    expect(textIn(await ana.says('setup'))).toContain('Starts when its card is in the channel');
    await team.at('2026-11-24T09:00:00.000Z');
    expect(questions(team)).toEqual([]);
    expect(textIn(await ana.presses('Post the card again'))).toContain('on its way');
    expect(card(team)).toContain('Running');
    await team.at('2026-11-25T08:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    expect(textIn(await ana.presses('Post the card again'))).toContain('running already');
    expect(errorsIn(team)).toEqual([]);
  });

  it('tells a failed move to the admin who moved it, and leaves a word in the old channel', async () => {
    const team = await practice();
    const dee = team.someone('Dee', { admin: true });
    const form = formIn(await dee.presses('Change'));
    const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    refuse(team, 'setup:card:');
    expect(textIn(await dee.submits(form, { ...values, channel: 'C9' }))).toContain('starts with it');
    expect(inboxOf(dee)).toContain('has not started');
    expect(inboxOf(team.someone('Ana'))).toBe('');
    expect(card(team)).toContain('A newer card has taken the place of this one');
    await team.at('2026-11-24T09:00:00.000Z');
    expect(questions(team, '2026-11-24')).toEqual([]);
    const again = formIn(await dee.presses('Choose another channel'));
    expect(again.fields.map(({ value }) => value)).toEqual(['C9', ...form.fields.slice(1).map(({ value }) => value)]);
    await dee.submits(again, { ...values, channel: 'C3' });
    await team.at('2026-11-25T08:00:00.000Z');
    expect(questions(team, '2026-11-25')[0]?.delivery).toMatchObject({ to: { channel: 'C3' } });
  });

  it('keeps any number of schedules, each with its own channel and hour', async () => {
    const team = await practice();
    const ana = team.someone('Ana', { admin: true });
    const list = await ana.says('setup');
    expect(textIn(list)).toContain('The schedule\n09:00 Europe/Berlin, Mon–Fri · Running');
    const form = formIn(await pressIn(ana, list, 'Add a schedule'));
    await ana.submits(form, {
      channel: 'C2',
      time: '16:00 America/New_York',
      days: 'daily',
      levels: 'staff',
      mode: 'open',
    });
    expect(textIn(await ana.says('setup'))).toContain('16:00 America/New_York, every day · Running');
    await team.at('2026-11-24T08:00:00.000Z');
    const where = questions(team).map(({ delivery, at }) =>
      'to' in delivery && 'channel' in delivery.to ? [delivery.to.channel, at] : [],
    );
    expect(where).toEqual([
      ['C1', '2026-11-23T07:00:00.000Z'],
      ['C2', '2026-11-23T21:00:00.000Z'],
      ['C1', '2026-11-24T08:00:00.000Z'],
    ]);
    for (let n = 0; n < 6; n++) await scheduled(team, { channel: `D${n}` });
    expect(textIn(await ana.says('setup'))).toContain('and 3 more; open them from the card in their channel.');
  });
});

describe('who may change a schedule', () => {
  it('is every admin, and who made it', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const dee = team.someone('Dee', { admin: true });
    for (const one of [ana, dee]) {
      expect(formIn(await one.presses('Change')).title).toBe('Daily question');
      expect(textIn(await one.says('setup'))).toContain('09:00 Europe/Berlin');
    }
    expect(textIn(await ana.says('setup'))).not.toContain('Add a schedule');
    expect(textIn(await ana.press({ feature: 'setup', name: 'new', subject: '' }))).toContain('is for admins');
  });

  it('is nobody else, who is told kindly, whatever they press or send', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    const before = await schedules(team);
    const id = before[0]?.id ?? '';
    expect(textIn(await bo.says('setup'))).toBe(
      '\nSetting up a daily question is for admins. Ask one of them to type `/practice setup`; it takes a minute.',
    );
    for (const name of [
      'edit',
      'more',
      'rhythm',
      'holidays',
      'questions',
      'feedback',
      'pause',
      'resume',
      'retry',
      'stop',
      'stop-now',
    ]) {
      const said = textIn(await bo.press({ feature: 'setup', name, subject: id }));
      expect(said).toContain('Only admins and the person who set this schedule up can change it.');
    }
    for (const name of ['basics', 'rhythm', 'holidays', 'questions', 'feedback']) {
      const on = { feature: 'setup', name, subject: id };
      const said = await bo.submits({ on, title: '', submit: '', fields: [] }, { weeks: '2', reviewers: '2' });
      expect(textIn(said)).toContain('Only admins and the person');
    }
    const fresh = { on: { feature: 'setup', name: 'basics', subject: '' }, title: '', submit: '', fields: [] };
    expect(textIn(await bo.submits(fresh, { channel: 'C1' }))).toContain('is for admins');
    expect(await schedules(team)).toEqual(before);
    expect(textIn(await bo.says('question'))).toContain('Only admins and the person who made the schedule');
  });
});

describe('more settings', () => {
  it('change the rhythm: every n weeks from this week on, and the time to answer', async () => {
    const team = await practice({ at: '2026-11-24T07:00:00.000Z' });
    const ana = team.someone('Ana');
    const form = formIn(await more(ana, 'Rhythm'));
    expect(fieldNames(form)).toEqual(['weeks', 'window', 'until']);
    const shown = textIn(await ana.submits(form, { weeks: '2', window: '3' }));
    expect(shown).toContain('09:00 Europe/Berlin, Mon–Fri, every 2 weeks');
    expect(shown).toContain('Open for 3 working days.');
    await team.at('2026-11-27T09:00:00.000Z');
    await ana.submits(formIn(await more(ana, 'Rhythm')), { weeks: '2', window: '3' });
    expect(runs(card(team))).toEqual(['2026-12-07T08:00', '2026-12-08T08:00', '2026-12-09T08:00']);
    await ana.submits(formIn(await more(ana, 'Rhythm')), { weeks: '1', window: '3' });
    await team.at('2026-12-01T12:00:00.000Z');
    await ana.submits(formIn(await more(ana, 'Rhythm')), { weeks: '2', window: '3' });
    expect(runs(card(team))).toEqual(['2026-12-02T08:00', '2026-12-03T08:00', '2026-12-04T08:00']);
    const [round] = await team.store.read((tx) =>
      tx.selectFrom('rounds').selectAll().where('local_date', '=', '2026-11-25').execute(),
    );
    expect(round?.closes).toBe('2026-11-30T08:00:00.000Z');
    expect(await ana.submits(form, { weeks: '9', window: '1' })).toMatchObject({ kind: 'reject', field: 'weeks' });
    expect(await ana.submits(form, { weeks: '1', window: '4' })).toMatchObject({ kind: 'reject', field: 'window' });
  });

  it('pause until a date, in words, and not until one that is past', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const form = formIn(await more(ana, 'Rhythm'));
    const rest = { weeks: '1', window: '1' };
    expect(await ana.submits(form, { ...rest, until: '2026-11-20' })).toMatchObject({ kind: 'reject', field: 'until' });
    expect(await ana.submits(form, { ...rest, until: 'some time' })).toMatchObject({
      problem: expect.stringContaining('Write how long, like 2 weeks'),
    });
    expect(textIn(await ana.submits(form, { ...rest, until: '2 weeks' }))).toContain('Paused until Mon 7 Dec 2026');
    expect(runs(card(team))).toEqual(['2026-12-07T08:00', '2026-12-08T08:00', '2026-12-09T08:00']);
    await team.at('2026-12-01T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    expect(formIn(await more(ana, 'Rhythm')).fields[2]?.value).toBe('2026-12-07');
    await pressIn(ana, await ana.presses('More'), 'Resume');
    expect(runs(card(team))[0]).toBe('2026-12-02T08:00');
  });

  it('skip public holidays and own dates, named by words or by code', async () => {
    const team = await practice({ at: '2026-12-21T07:00:00.000Z' });
    const ana = team.someone('Ana');
    const form = formIn(await more(ana, 'Holidays'));
    const shown = textIn(
      await ana.submits(form, { country: 'germany', region: 'bayern', dates: '2026-12-24, 28 Dec to 2026-12-30' }),
    );
    expect(runs(shown)).toEqual(['2026-12-22T08:00', '2026-12-23T08:00', '2026-12-31T08:00']);
    const [schedule] = await schedules(team);
    expect(schedule?.holidays).toBe('DE-BY');
    const again = formIn(await more(ana, 'Holidays'));
    expect(again.fields.map(({ value }) => value)).toEqual(['DE', 'BY', '2026-12-24, 2026-12-28 – 2026-12-30']);
    expect(textIn(await ana.presses('More'))).toContain('public holidays of DE-BY · 4 dates of your own');
    const values = Object.fromEntries(again.fields.map(({ name, value }) => [name, value ?? '']));
    expect(runs(textIn(await ana.submits(again, values)))).toEqual(runs(shown));
    const problem = async (typed: Record<string, string>) => {
      const answer = await ana.submits(form, typed);
      return answer.kind === 'reject' ? answer.field : answer.kind;
    };
    expect(await problem({ country: 'Narnia' })).toBe('country');
    expect(await problem({ country: 'Narnia', region: 'North' })).toBe('country');
    expect(await problem({ country: 'Germany', region: 'North' })).toBe('region');
    expect(await problem({ region: 'BY' })).toBe('country');
    expect(await problem({ dates: '31/31/2026' })).toBe('dates');
    expect(await problem({ country: 'Guinea-Bissau', dates: '2020-01-01' })).toBe('show');
    expect((await schedules(team))[0]).toMatchObject({ holidays: 'GW', skip_dates: '' });
  });

  it('choose skills and packs, and refuse a choice nothing fits', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const form = formIn(await more(ana, 'Questions'));
    expect(fieldNames(form)).toEqual(['skills', 'packs']);
    expect(textIn(await ana.submits(form, { skills: 'ethics,hiring' }))).toContain('on Ethics and Hiring.');
    await team.at('2026-12-04T12:00:00.000Z');
    const asked = await team.store.read((tx) =>
      tx.selectFrom('rounds').select('skill').where('local_date', '>', '2026-11-23').execute(),
    );
    expect(new Set(asked.map(({ skill }) => skill))).toEqual(new Set(['ethics', 'hiring']));
    const again = formIn(await more(ana, 'Questions'));
    expect(again.fields[0]?.value).toBe('ethics,hiring');
    const packs = again.fields[1]?.kind === 'choice' ? again.fields[1].options.map(({ value }) => value) : [];
    const strategy = team.core.questions().bank.questions.find(({ skills }) => skills[0] === 'strategy')?.title ?? '';
    const slug = slugify(strategy);
    expect(packs).toContain(slug);
    expect(await ana.submits(again, { skills: 'ethics', packs: slug })).toMatchObject({
      kind: 'reject',
      field: 'skills',
    });
    expect(textIn(await ana.submits(again, {}))).toContain('on all skills.');
  });

  it('set reviewers, give two to see yours, and what happens with sealed answers', async () => {
    const team = await newTeam();
    await scheduled(team);
    const ana = team.someone('Ana');
    const form = formIn(await more(ana, 'Feedback'));
    expect(form.fields.map(({ value }) => value)).toEqual(['3', 'yes', 'publish']);
    await ana.submits(form, { reviewers: '2', give: 'no', after: 'reviewers' });
    expect((await schedules(team))[0]).toMatchObject({ reviewers: 2, give_first: 0, after: 'reviewers' });
    expect(await ana.submits(form, { reviewers: '7' })).toMatchObject({ kind: 'reject', field: 'reviewers' });
  });
});

describe('pausing and stopping', () => {
  it('pauses at once and resumes with the next run', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    expect(textIn(await pressIn(ana, await ana.presses('More'), 'Pause'))).toContain('No question is planned.');
    expect(card(team)).toContain('Paused · 09:00');
    await team.at('2026-11-25T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    await pressIn(ana, await ana.presses('More'), 'Resume');
    expect(runs(card(team))[0]).toBe('2026-11-26T08:00');
    await team.at('2026-11-26T08:00:00.000Z');
    expect(questions(team, '2026-11-26')).toHaveLength(1);
    expect(
      (await team.store.read((tx) => tx.selectFrom('rounds').selectAll().execute())).map(({ state }) => state),
    ).not.toContain('missed');
  });

  it('keeps a paused schedule paused when it moves', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await pressIn(ana, await ana.presses('More'), 'Pause');
    const form = formIn(await ana.presses('Change'));
    const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    expect(textIn(await ana.submits(form, { ...values, channel: 'C2' }))).toContain('stays paused');
    expect(card(team, 'C2')).toContain('Paused · 09:00');
    await team.at('2026-11-25T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
  });

  it('stops for good after one more question, and open rounds still close', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const asked = await pressIn(ana, await ana.presses('More'), 'Stop for good');
    expect(textIn(asked)).toContain('Stop this schedule for good?');
    expect((await schedules(team))[0]?.state).toBe('active');
    expect(textIn(await pressIn(ana, asked, 'Stop it'))).toContain('Stopped.');
    expect(card(team)).not.toContain('[Change]');
    await team.at('2026-11-25T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    expect(read(questions(team)[0]?.message)).toContain('closed');
    expect(
      textIn(await ana.press({ feature: 'setup', name: 'edit', subject: (await schedules(team))[0]?.id ?? '' })),
    ).toContain('was stopped');
  });

  it('waits for another channel when its own is gone, and tells its maker', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await removeChannel(team, 'C1');
    expect(inboxOf(ana)).toContain('The daily question has no channel');
    expect(read(questions(team)[0]?.message)).toContain('open until');
    await team.at('2026-11-24T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    const form = formIn(await ana.presses('Choose another channel'));
    const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    await ana.submits(form, { ...values, channel: 'C2' });
    await team.at('2026-11-25T12:00:00.000Z');
    expect(questions(team, '2026-11-25')).toHaveLength(1);
    expect(errorsIn(team)).toEqual([]);
  });
});
