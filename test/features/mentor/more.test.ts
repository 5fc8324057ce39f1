/** What mentorship does when somebody asks, pauses, has no room, or has no place to meet. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../../src/chat/chat.ts';
import type { ChannelId } from '../../../src/chat/ids.ts';
import { DAY, HOUR, plus } from '../../../src/chat/world.ts';
import { formIn, type Someone, textIn } from '../../support/someone.ts';
import { TEAM } from '../../support/team.ts';
import { fieldNames, read } from '../../support/words.ts';
import type { TestWorld } from '../../support/world.ts';
import { choicesOf, gathered, joins, on, openTeam, picksInRoom, ranks, rowsOf } from './team.ts';

let team: TestWorld;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.close());

const WHY = 'I would like to get better at closing candidates.';
const last = (who: Someone): string => who.inbox().at(-1) ?? '';

describe('the profile', () => {
  it('asks the zone only where the platform does not tell it', async () => {
    const ana = await joins(team, 'Ana', { role: 'mentee' });
    expect(fieldNames(formIn(await ana.press(on('limits'))))).toEqual(['hours', 'capacity', 'manager', 'never']);
    const bo = team.someone('Bo');
    await bo.submits(await bo.says('mentor profile'), { role: 'mentor', level: 'senior', offers: 'ethics' });
    const form = formIn(await bo.press(on('limits')));
    expect(fieldNames(form)).toContain('zone');
    expect(await bo.submits(form, { hours: '1', capacity: '2', zone: 'Atlantis' })).toMatchObject({ field: 'zone' });
    await bo.submits(form, { hours: '1', capacity: '2', zone: 'asia/tokyo' });
    expect(textIn(await bo.says('mentor'))).toContain('Asia/Tokyo');
  });

  it('says what is missing, and keeps what was there', async () => {
    const ana = team.someone('Ana');
    const form = await ana.says('mentor profile');
    const good = { role: 'both', level: 'mid', offers: 'hiring', wants: 'ethics', topics: '' };
    expect(await ana.submits(form, { ...good, role: '' })).toMatchObject({ kind: 'reject', field: 'role' });
    expect(await ana.submits(form, { ...good, level: '' })).toMatchObject({ kind: 'reject', field: 'level' });
    expect(await ana.submits(form, { ...good, offers: '' })).toMatchObject({ kind: 'reject', field: 'offers' });
    expect(await ana.submits(form, { ...good, wants: '' })).toMatchObject({ kind: 'reject', field: 'wants' });
    const four = 'influence,delegating,speaking,staying';
    expect(await ana.submits(form, { ...good, topics: four })).toMatchObject({ kind: 'reject', field: 'topics' });
    expect(textIn(await ana.submits(form, { ...good, topics: 'influence' }))).toContain('One step is left');
    const again = formIn(await ana.says('mentor profile'));
    expect(again.fields.map(({ value }) => value)).toEqual(['both', 'mid', 'hiring', 'ethics', 'influence']);
    await gathered(team);
    expect((await rowsOf(team)).profiles).toMatchObject([{ ready: 0 }]);
  });

  it('adds to the private list one by one, and clears it', async () => {
    const ana = await joins(team, 'Ana', { role: 'mentee', never: 'bo' });
    await ana.submits(await ana.press(on('limits')), { hours: '1', capacity: '1', manager: '', never: 'cleo' });
    expect((await rowsOf(team)).profiles[0]?.never).toBe('bo,cleo');
    expect(await ana.submits(await ana.press(on('limits')), { never: 'ana' })).toMatchObject({ field: 'never' });
    await ana.press(on('clear'));
    expect((await rowsOf(team)).profiles[0]?.never).toBe('');
  });
});

describe('a request to one person', () => {
  it('is accepted, and a pair begins at once', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    expect(textIn(await cleo.says(`mentor ask @ben ${WHY}`))).toContain('has your words');
    expect(textIn(await cleo.says(`mentor ask @ben ${WHY}`))).toContain('asked @ already');
    expect(last(ben)).toContain(WHY);
    expect(textIn(await cleo.press(on('accept', (await rowsOf(team)).requests[0]?.id)))).toContain('has been answered');
    await ben.presses('Accept');
    expect(last(cleo)).toContain('mentors you from now on');
    expect(ben.inbox()[0]).toContain('You accepted.');
    expect(textIn(await ben.press(on('accept', (await rowsOf(team)).requests[0]?.id)))).toContain('All is well');
    expect((await rowsOf(team)).pairs).toHaveLength(1);
  });

  it('is declined without a reason, and put off until later', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const dora = await joins(team, 'Dora', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await cleo.submits(await cleo.says('mentor ask @ben'), { person: 'ben', words: WHY });
    await ben.presses('Not this time');
    expect(last(cleo)).toContain('about their time, not about you');
    await cleo.says(`mentor ask @dora ${WHY}`);
    await dora.presses('Ask me later');
    expect(last(cleo)).toContain('I ask again on');
    await team.at(plus(team.now(), 14 * DAY));
    expect(last(dora)).toContain(WHY);
    await team.at(plus(team.now(), 7 * DAY));
    expect(last(cleo)).toContain('has lapsed');
    expect(last(dora)).toContain('has lapsed');
  });

  it('goes to nobody twice within a week, whoever asks', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor', capacity: 4 });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    const emil = await joins(team, 'Emil', { role: 'mentee' });
    await cleo.says(`mentor ask @ben ${WHY}`);
    await ben.presses('Not this time');
    expect(textIn(await emil.says(`mentor ask @ben ${WHY}`))).toContain('cannot be asked at the moment');
    await team.at(plus(team.now(), 7 * DAY + HOUR));
    if ((await rowsOf(team)).pairs.length > 0) return;
    expect(textIn(await emil.says(`mentor ask @ben ${WHY}`))).toContain('has your words');
  });

  it('settles what was on offer as well, and gives nobody a second mentor', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    await joins(team, 'Dora', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await cleo.says(`mentor ask @ben ${WHY}`);
    await ben.presses('Accept');
    expect(read(team.chat.named('mentor:offers:')[0]?.message)).toContain('Settled: @ mentors you.');
    await team.at(plus(team.now(), 3 * DAY));
    expect((await rowsOf(team)).pairs).toHaveLength(1);
    expect(textIn(await cleo.says(`mentor ask @dora ${WHY}`))).toContain('You have a mentor already');
  });

  it('is not accepted beyond the room somebody has', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    const emil = await joins(team, 'Emil', { role: 'mentee' });
    await cleo.says(`mentor ask @ben ${WHY}`);
    await gathered(team);
    await ranks(team, emil, 'Ben');
    await cleo.presses('None of these');
    await team.at(plus(team.now(), 2 * DAY));
    expect((await rowsOf(team)).pairs).toHaveLength(1);
    expect(textIn(await ben.presses('Accept'))).toContain('You have no room at the moment');
    expect((await rowsOf(team)).pairs).toHaveLength(1);
  });

  it('needs a profile, another person, and one at a time', async () => {
    await joins(team, 'Ben', { role: 'mentor' });
    await joins(team, 'Dora', { role: 'mentor' });
    expect(textIn(await team.someone('Zoe').says(`mentor ask @ben ${WHY}`))).toContain('Say first what you would like');
    const cleo = await joins(team, 'Cleo', { role: 'mentee', never: 'dora' });
    expect(textIn(await cleo.says(`mentor ask @cleo ${WHY}`))).toContain('That is you');
    expect(textIn(await cleo.says(`mentor ask @dora ${WHY}`))).toContain('on your private list');
    await cleo.press(on('clear'));
    await cleo.says(`mentor ask @ben ${WHY}`);
    expect(textIn(await cleo.says(`mentor ask @dora ${WHY}`))).toContain('One at a time');
  });
});

describe('a pause', () => {
  it('keeps somebody out of new matches until it ends by itself', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    expect(textIn(await ben.says('mentor pause 2 weeks'))).toContain('Paused until');
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    expect((await rowsOf(team)).offers).toEqual([]);
    await team.at(plus(team.now(), 15 * DAY));
    expect(choicesOf(team, cleo).options.map(({ label }) => label)).toEqual(['Ben']);
  });

  it('ends when somebody says so, and refuses what is no time', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    expect(textIn(await ben.says('mentor pause for ever and ever'))).toContain('not');
    expect(await ben.submits(await ben.says('mentor pause'), { until: 'soonish' })).toMatchObject({ field: 'until' });
    await ben.submits(await ben.says('mentor pause'), { until: '3 days' });
    expect(textIn(await ben.press(on('resume')))).toContain('Welcome back');
    expect((await rowsOf(team)).profiles[0]?.paused_until).toBe(null);
    expect(textIn(await team.someone('Zoe').says('mentor pause 2 weeks'))).toContain('no mentorship profile');
  });

  it('after the offers takes a mentor out of what is settled', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await ben.says('mentor pause 2 weeks');
    await ranks(team, cleo, 'Ben');
    expect((await rowsOf(team)).pairs).toEqual([]);
    expect(last(cleo)).toContain('did not work out this time');
  });
});

describe('the place of a pair', () => {
  const paired = async (): Promise<{ ben: Someone; cleo: Someone; id: string }> => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await ranks(team, cleo, 'Ben');
    return { ben, cleo, id: (await rowsOf(team)).pairs[0]?.id ?? '' };
  };

  it('that cannot be opened is said to both, and a new one is a press away', async () => {
    const error = new DeliveryError('missing_access', { effect: 'none', retry: 'never' });
    team.chat.troubles.push({ about: 'mentor:room:', trouble: { error, effect: 'before' } });
    const { ben, cleo, id } = await paired();
    for (const who of [ben, cleo]) expect(last(who)).toContain('It could not be opened: missing_access');
    expect(textIn(await cleo.press(on('agenda', id)))).toContain('Next: nothing yet');
    expect(textIn(await cleo.presses('Open a new one'))).toContain('on its way');
    expect(textIn(await ben.press(on('room', id)))).toContain('is there, or on its way');
    expect(team.chat.named('mentor:agenda:')).toHaveLength(1);
  });

  it('that goes with its channel is said to both', async () => {
    const { ben, cleo } = await paired();
    const what = { kind: 'channel', channel: 'C1' as ChannelId } as const;
    await team.chat.emit({ kind: 'removed', id: 'gone', team: TEAM, at: team.now(), what });
    await team.settle();
    for (const who of [ben, cleo]) expect(last(who)).toContain('The channel it was in was deleted');
  });

  it('that somebody deletes is said to both, once', async () => {
    const { cleo } = await paired();
    const ref = team.chat.named('mentor:room:')[0]!.ref;
    for (const id of ['gone1', 'gone2'])
      await team.chat.emit({ kind: 'removed', id, team: TEAM, at: team.now(), what: { kind: 'post', ref } });
    await team.settle();
    expect(cleo.inbox().filter((words) => words.includes('Somebody deleted it.'))).toHaveLength(1);
  });

  it('is where messages become topics, and only there', async () => {
    const { ben, cleo } = await paired();
    await picksInRoom(team, cleo, '');
    expect(
      textIn(await cleo.picks(on('agenda'), 'x1' as never, team.chat.named('setup:')[0]!.name, 'Hello')),
    ).toContain('works in the private thread');
    await picksInRoom(team, cleo, 'One', undefined, 'x2');
    await picksInRoom(team, ben, 'Two', undefined, 'x3');
    const card = () => read(team.chat.named('mentor:agenda:')[0]?.message);
    expect(card()).toContain('Next: One');
    const { agenda, pairs } = await rowsOf(team);
    await ben.choose(on('talked', pairs[0]?.id), agenda[0]!.id);
    expect(card()).toContain('Next: Two');
    expect(textIn(await ben.choose(on('talked', pairs[0]?.id), 'nonsense'))).toContain('no longer on the agenda');
  });
});

describe('a check-in', () => {
  it('asks once more after a week when they have not met', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await ranks(team, cleo, 'Ben');
    await team.at(plus(team.now(), 14 * DAY));
    await ben.presses('Yes');
    expect(textIn(await cleo.presses('Not yet'))).toContain('No harm done');
    const asked = (who: Someone) => who.inbox().filter((words) => words.includes('Did you and')).length;
    await team.at(plus(team.now(), 30 * DAY));
    expect([asked(ben), asked(cleo)]).toEqual([1, 2]);
  });
});

describe('a team that comes back', () => {
  it('goes on where it was', async () => {
    await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await ranks(team, cleo, 'Ben');
    const gone = { kind: 'team', why: 'revoked' } as const;
    await team.chat.emit({ kind: 'removed', id: 'out', team: TEAM, at: team.now(), what: gone });
    await team.jump(plus(team.now(), 20 * DAY));
    await team.chat.emit({ kind: 'installed', id: 'in', team: TEAM, at: team.now(), name: 'Test team' });
    await team.settle();
    expect(cleo.inbox().filter((words) => words.includes('Did you and'))).toHaveLength(1);
    await team.at(plus(team.now(), 70 * DAY));
    expect((await rowsOf(team)).pairs).toMatchObject([{ state: 'ended', why: 'term' }]);
    expect(textIn(await cleo.says('mentor'))).toContain('Your term is over');
    await cleo.press(on('look'));
    await gathered(team);
    expect(choicesOf(team, cleo).options.map(({ label }) => label)).toEqual(['Ben']);
  });
});

describe('retention', () => {
  it('deletes what a pair wrote, and keeps that two wanted somebody else', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor', capacity: 2 });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await joins(team, 'Emil', { role: 'mentee' });
    await gathered(team);
    await team.at(plus(team.now(), 48 * HOUR));
    const { pairs, members } = await rowsOf(team);
    const own = pairs.find(({ id }) => members.some((one) => one.pair === id && one.person === 'cleo'))!;
    await ben.submits(await ben.press(on('note', own.id)), { text: 'OLD note' });
    await cleo.press(on('rematch', own.id));
    await team.at(plus(team.now(), 179 * DAY));
    expect((await rowsOf(team)).agenda).toHaveLength(1);
    await team.at(plus(team.now(), 100 * DAY));
    const left = await rowsOf(team);
    expect(left.agenda).toEqual([]);
    expect(left.pairs.map(({ why }) => why)).toEqual(['rematch']);
  });
});
