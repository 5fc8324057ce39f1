/** Mentorship from the first profile to the closing note. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, plus } from '../../../src/chat/world.ts';
import { textIn } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import type { TestWorld } from '../../support/world.ts';
import { agendaIn, choicesOf, gathered, joins, on, openTeam, picksInRoom, ranks, rowsOf } from './team.ts';

let team: TestWorld;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(async () => {
  expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);
  await team.close();
});

describe('mentorship', () => {
  it('leads from a profile to a pair, an agenda, a check-in and a closing note', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor', offers: 'hiring,ethics' });
    const dora = await joins(team, 'Dora', { role: 'mentor', offers: 'strategy' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee', wants: 'hiring' });
    expect(textIn(await cleo.says('mentor'))).toContain('Your offers are being put together');
    await gathered(team);
    const offers = cleo.inbox().at(-1) ?? '';
    expect(offers).toContain('strong in hiring, two levels above… '.slice(0, 30));
    expect(offers).toContain('40 shared hours a week');
    expect(choicesOf(team, cleo).options.map(({ label }) => label)).toEqual(['Ben', 'Dora']);
    expect(textIn(await cleo.says('mentor'))).toContain('Your offers wait for you until');

    await ranks(team, cleo, 'Ben', 'Dora');
    await team.settle();
    expect(ben.inbox().at(-1)).toContain('You mentor @ from now on');
    expect(cleo.inbox().join('\n')).toContain('@ mentors you from now on');
    expect(dora.inbox()).toEqual([]);
    const room = team.chat.named('mentor:room:')[0]?.delivery;
    expect(room).toMatchObject({ kind: 'room', title: 'Mentorship: hiring', members: ['cleo', 'ben'], near: 'C1' });
    expect(agendaIn(team)).toContain('Next: nothing yet');
    expect(agendaIn(team)).toContain('Three to pick from');

    await picksInRoom(team, cleo, 'How do I say no to a candidate I like?');
    expect(agendaIn(team)).toContain('Next: How do I say no');
    const decision = await ben.press(on('decision', (await rowsOf(team)).pairs[0]?.id));
    await ben.submits(decision, { text: 'Cleo shadows two interviews.' });
    expect(agendaIn(team)).toContain('decided: Cleo shadows two interviews.');
    expect(agendaIn(team)).toContain('Next: nothing yet');

    await team.at(plus(team.now(), 14 * DAY));
    expect(cleo.inbox().at(-1)).toContain('Did you and @ meet?');
    expect(textIn(await cleo.presses('Yes'))).toContain('Good.');
    await team.at(plus(team.now(), 70 * DAY + HOUR));
    expect(ben.inbox().at(-1)).toContain('has come to its end');
    await ben.submits(await ben.presses('Write a closing note'), { text: 'You ask better questions than I did.' });
    expect(cleo.inbox().at(-1)).toContain('You ask better questions than I did.');
    expect((await rowsOf(team)).pairs).toMatchObject([{ state: 'ended', why: 'term' }]);
    expect(agendaIn(team)).toContain('This pair has ended');
  });

  it('matches afresh without fault, and never the same two again', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await ranks(team, cleo, 'Ben');
    await team.at(plus(team.now(), 14 * DAY));
    const before = ben.inbox().length;
    const sure = await cleo.presses('I’d rather have somebody else');
    expect(textIn(sure)).toContain('never with each other again');
    const pair = (await rowsOf(team)).pairs[0]?.id;
    await cleo.press(on('rematch', pair));
    await cleo.press(on('rematch', pair));
    expect(ben.inbox().slice(before).join('\n')).toContain('nobody’s fault');
    await gathered(team);
    expect((await rowsOf(team)).offers.filter(({ state }) => state === 'open')).toEqual([]);
    expect(textIn(await cleo.says('mentor'))).toContain('nobody fits at the moment');
    const dora = await joins(team, 'Dora', { role: 'mentor' });
    await gathered(team);
    expect(choicesOf(team, cleo).options.map(({ label }) => label)).toEqual(['Dora']);
    await ranks(team, cleo, 'Dora');
    expect(dora.inbox().at(-1)).toContain('You mentor @');
  });

  it('takes the best match that is free when nobody chooses within 48 hours', async () => {
    await joins(team, 'Ben', { role: 'mentor', offers: 'ethics' });
    await joins(team, 'Dora', { role: 'mentor', offers: 'hiring' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await team.at(plus(team.now(), 47 * HOUR));
    expect((await rowsOf(team)).pairs).toEqual([]);
    await team.at(plus(team.now(), 1 * HOUR));
    expect((await rowsOf(team)).members.map(({ person }) => person)).toEqual(['cleo', 'dora']);
    expect(read(team.chat.named('mentor:offers:')[0]?.message)).toContain('Settled: @ mentors you.');
    expect(textIn(await cleo.says('mentor'))).toContain('Your mentor: @');
  });

  it('gives two who want the same mentor the best for both, and the other one the next free', async () => {
    await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    const emil = await joins(team, 'Emil', { role: 'mentee', level: 'senior' });
    await gathered(team);
    await ranks(team, emil, 'Ben');
    await ranks(team, cleo, 'Ben');
    await team.settle();
    const { pairs, members } = await rowsOf(team);
    expect(pairs).toHaveLength(1);
    const left = members.some(({ person }) => person === 'emil') ? cleo : emil;
    expect(left.inbox().at(-1)).toContain('did not work out this time');
    expect(textIn(await left.says('mentor'))).toContain('everyone who mentors is full');
    await joins(team, 'Dora', { role: 'mentor' });
    await gathered(team);
    expect(choicesOf(team, left).options.map(({ label }) => label)).toEqual(['Dora']);
  });

  it('passes over offers nobody wants, and offers them no more', async () => {
    await joins(team, 'Ben', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    expect(textIn(await cleo.presses('None of these'))).toContain('None of these, then');
    await gathered(team);
    expect((await rowsOf(team)).offers.map(({ state }) => state)).toEqual(['passed']);
    await expect(cleo.press(on('none', (await rowsOf(team)).offers[0]?.run))).resolves.toMatchObject({ kind: 'say' });
  });
});
