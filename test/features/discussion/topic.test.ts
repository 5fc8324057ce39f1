import { afterEach, describe, expect, it } from 'vitest';
import { loadBank } from '../../../src/bank/load.ts';
import type { PersonId } from '../../../src/chat/ids.ts';
import { DAY, plus } from '../../../src/chat/world.ts';
import { textIn } from '../../support/someone.ts';
import { CHANNEL, TEAM } from '../../support/team.ts';
import { buttonsOf, read } from '../../support/words.ts';
import {
  card,
  cards,
  cardText,
  closeAll,
  CLOSES,
  discussing,
  discussions,
  expectNoErrors,
  inboxOf,
  refuse,
  thread,
} from './team.ts';

afterEach(closeAll);

describe('a topic asked for', () => {
  it('comes from the bank, with its situation, its questions and one way to begin', async () => {
    const team = await discussing();
    const said = textIn(await team.someone('Bo').says('mentor topic'));
    expect(said).toContain('from the bank');
    const { bank } = team.core.questions();
    const [row] = await discussions(team);
    const scenario = bank.scenarios.find(({ id }) => id === row?.scenario);
    const text = cardText(team);
    expect(text).toContain(scenario?.title);
    expect(text).toContain(scenario?.situation);
    for (const question of scenario?.questions ?? []) expect(text).toContain(question);
    expect(text).toContain(`open until ${CLOSES}`);
    expect(text).toContain('keep none of the words');
    expect(text).toContain('kept for 180 days');
    expect(buttonsOf(card(team).message).map(({ label, style }) => [label, style])).toEqual([['I’ll lead', 'primary']]);
    expect(card(team).delivery).toMatchObject({ kind: 'post', thread: scenario?.title });
    expectNoErrors(team);
  });

  it('is one the channel has not had, until all were there; then the one that was there longest ago', async () => {
    const team = await discussing();
    const all = team.core.questions().bank.scenarios.length;
    for (let n = 0; n < all + 2; n += 1) {
      await team.someone('Bo').says('mentor topic');
      await team.at(plus(team.now(), 6 * DAY));
    }
    const used = (await discussions(team)).map(({ scenario }) => scenario);
    expect(new Set(used.slice(0, all)).size).toBe(all);
    expect(used.slice(all)).toEqual(used.slice(0, 2));
  });

  it('is found by a word of its title or its skill, or by its name', async () => {
    const team = await discussing();
    await team.someone('Bo').says('mentor topic hiring bar');
    expect((await discussions(team))[0]?.skills).toContain('hiring');
    expect((await discussions(team))[0]?.scenario).toBe('a-hiring-bar-dispute');
    await team.at('2026-12-01T08:00:00.000Z');
    await team.someone('Bo').says('mentor topic on-call-and-worn-out');
    expect((await discussions(team))[1]?.scenario).toBe('on-call-and-worn-out');
  });

  it('may be one’s own, shown as it was typed', async () => {
    const team = await discussing();
    const own = 'How do we **say no** to <@U1> when the idea is good & the time is bad?';
    const said = textIn(await team.someone('Bo').says(`mentor topic ${own}`));
    expect(said).toContain('as your own topic');
    expect(card(team).message?.title).toBe(own);
    expect((await discussions(team))[0]).toMatchObject({ scenario: '', title: own, starter: 'bo' });
    expect(card(team).delivery).toMatchObject({ thread: 'A topic from the team' });
  });

  it('that is one’s own stays so in quotes, and has room for a paragraph', async () => {
    const team = await discussing();
    const long = `"hiring ${'word '.repeat(60)}"`;
    await team.someone('Bo').says(`mentor topic ${long}`);
    expect((await discussions(team))[0]?.scenario).toBe('');
    expect(cardText(team)).toContain('word '.repeat(60).trim());
    await team.at('2026-12-01T08:00:00.000Z');
    await team.someone('Bo').says('mentor topic "hiring"');
    expect((await discussions(team))[1]).toMatchObject({ scenario: '', title: 'hiring' });
  });

  it('is refused where it cannot be: too long, without words, beside an open one, outside a channel', async () => {
    const team = await discussing();
    const bo = team.someone('Bo');
    expect(textIn(await bo.says(`mentor topic ${'word '.repeat(400)}`))).toContain('1500 fit');
    expect(textIn(await bo.says('mentor topic ???'))).toContain('a few words');
    await bo.says('mentor topic');
    expect(textIn(await team.someone('Cleo').says('mentor topic'))).toContain(`still open here, until ${CLOSES}`);
    expect(cards(team)).toHaveLength(1);
  });

  it('that cannot be posted is told to who asked for it, and does not stand in the way of the next', async () => {
    const team = await discussing();
    refuse(team, 'discussion:card', 'not_in_channel');
    await team.someone('Bo').says('mentor topic');
    expect(inboxOf(team.someone('Bo'))).toContain('in the channel: not_in_channel.');
    expect((await discussions(team))[0]).toMatchObject({ state: 'missed' });
    await team.someone('Bo').says('mentor topic');
    expect(cards(team)).toHaveLength(1);
    await team.at('2026-11-30T08:00:00.000Z');
    expect(thread(team)).toHaveLength(2);
    expectNoErrors(team);
  });

  it('is proposed while somebody types', async () => {
    const team = await discussing();
    const about = {
      id: 'typing',
      team: TEAM,
      at: team.now(),
      from: { id: 'bo' as PersonId, name: 'Bo', admin: false },
    };
    const place = { in: 'channel', channel: CHANNEL } as const;
    const typing = { ...about, place, kind: 'complete', command: 'mentor topic', option: 'text' } as const;
    const offered = async (typed: string) =>
      (await team.chat.emit({ ...typing, id: typed, typed })).options.map(({ value }) => value);
    expect(await offered('Say a num')).toEqual(['an-estimate-under-pressure']);
    expect(await offered('')).toHaveLength(team.core.questions().bank.scenarios.length);
    expect(await offered('no such words')).toEqual([]);
  });
});

describe('a bank without scenarios', () => {
  it('says how to write one’s own', async () => {
    const team = await discussing({ bank: await loadBank('content/leadership') });
    expect(textIn(await team.someone('Bo').says('mentor topic'))).toContain('There are no scenarios');
    await team.someone('Bo').says('mentor topic how do we say no to a good idea');
    expect(read(card(team).message)).toContain('how do we say no');
  });
});
