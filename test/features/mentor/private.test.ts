/** What is private stays private, and who leaves is gone from all of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/chat/ids.ts';
import { DAY, HOUR, plus } from '../../../src/chat/world.ts';
import { type Someone, textIn } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import type { TestWorld } from '../../support/world.ts';
import { agendaIn, gathered, joins, on, openTeam, picksInRoom, ranks, rowsOf, toOthers } from './team.ts';

const ERASE = { feature: 'privacy', name: 'erase', subject: '' };
const SECRET = 'canary-secret-person' as PersonId;
const BOSS = 'canary-manager' as PersonId;

let team: TestWorld;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.close());

const shownTo = (who: Someone): string => who.inbox().join('\n');
const everything = (): Promise<string> => rowsOf(team).then((rows) => JSON.stringify(rows));

/** Ben mentors Cleo, and each has something private. */
async function pair(): Promise<{ ben: Someone; cleo: Someone; id: string }> {
  const ben = await joins(team, 'Ben', { role: 'mentor', never: SECRET });
  const cleo = await joins(team, 'Cleo', { role: 'mentee', manager: BOSS });
  await gathered(team);
  await ranks(team, cleo, 'Ben');
  await team.settle();
  return { ben, cleo, id: (await rowsOf(team)).pairs[0]?.id ?? '' };
}

describe('whom somebody never wants to meet, and who their manager is', () => {
  it('is sent to nobody, through a whole term', async () => {
    const { ben, cleo, id } = await pair();
    expect(textIn(await ben.says('mentor'))).toContain('Known to you alone: never with @');
    expect(textIn(await cleo.says('mentor'))).toContain('Known to you alone: your manager @');
    await ben.submits(await ben.press(on('note', id)), { text: 'A note.' });
    await team.at(plus(team.now(), 90 * DAY));
    const sent = team.chat.arrived.map((one) => JSON.stringify(one)).join('\n');
    expect(sent).not.toContain(SECRET);
    expect(sent).not.toContain(BOSS);
    expect(JSON.stringify(team.logged)).not.toMatch(/canary/);
  });

  it('keeps two apart in both directions, and asking reads the same as for anybody who cannot be asked', async () => {
    await joins(team, 'Ben', { role: 'mentor', never: 'cleo' });
    await joins(team, 'Dora', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    expect((await rowsOf(team)).offers.map(({ mentor }) => mentor)).toEqual(['dora']);
    const unwanted = textIn(await cleo.says('mentor ask @ben I would like to learn hiring.'));
    const unknown = textIn(await cleo.says('mentor ask @nobody I would like to learn hiring.'));
    expect(unwanted).toContain('cannot be asked at the moment');
    expect(unwanted).toBe(unknown);
  });

  it('keeps people apart from everybody above them', async () => {
    await joins(team, 'Ben', { role: 'mentor', manager: 'vera' });
    await joins(team, 'Vera', { role: 'mentor', level: 'principal' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee', manager: 'ben' });
    await gathered(team);
    expect((await rowsOf(team)).offers).toEqual([]);
    expect(textIn(await cleo.says('mentor'))).toContain('nobody fits at the moment');
    expect(textIn(await cleo.says('mentor ask @ben I would like to learn hiring.'))).toContain('is your manager');
  });

  it('is in the export of its owner and in nobody else’s', async () => {
    const { ben, cleo } = await pair();
    for (const who of [ben, cleo]) await who.says('export');
    const files = team.chat.arrived.flatMap((one) =>
      one.kind === 'file' && one.to.in === 'dm' ? [[one.to.person, one.text] as const] : [],
    );
    const of = (person: string): string => files.find(([owner]) => owner === person)?.[1] ?? '';
    expect(of('ben')).toContain(SECRET);
    expect(of('ben')).not.toContain(BOSS);
    expect(of('cleo')).toContain(BOSS);
    expect(of('cleo')).not.toContain(SECRET);
    expect(of('cleo')).toContain('"with"');
  });
});

describe('what a pair writes down', () => {
  it('is shown to the people of the pair and to nobody else', async () => {
    const { ben, cleo, id } = await pair();
    const note = await cleo.submits(await cleo.press(on('note', id)), { text: 'CANARY-note about my fears' });
    expect(textIn(note)).toContain('Kept');
    expect(textIn(await ben.press(on('notes', id)))).toContain('CANARY-note');
    const dora = team.someone('Dora', { admin: true });
    for (const name of ['notes', 'agenda', 'note', 'topic', 'decision', 'end', 'room', 'closing', 'rematch', 'end-now'])
      expect(textIn(await dora.press(on(name, id)))).toContain('a pair you are not in');
    expect(toOthers(team, 'cleo')).not.toContain('CANARY-note');
    const entry = (await rowsOf(team)).agenda[0]?.id;
    expect(textIn(await dora.press(on('drop', entry)))).toContain('a pair you are not in');
    expect(textIn(await ben.press(on('drop', entry)))).toContain('deleted by whoever wrote it');
    expect(textIn(await cleo.press(on('drop', entry)))).toContain('No notes yet');
    expect(textIn(await cleo.press(on('drop', entry)))).toContain('is gone');
  });

  it('goes with its writer, also words of theirs that somebody else put on the agenda', async () => {
    const { ben, cleo } = await pair();
    await picksInRoom(team, ben, 'CLEOSAID how do I stay calm', 'cleo' as PersonId, 'r1');
    await picksInRoom(team, ben, 'BENSAID what I learnt', 'ben' as PersonId, 'r2');
    expect(textIn(await picksInRoom(team, ben, 'BENSAID what I learnt', 'ben' as PersonId, 'r2'))).toContain('already');
    expect(agendaIn(team)).toContain('CLEOSAID');
    await cleo.press(ERASE);
    expect(agendaIn(team)).not.toContain('CLEOSAID');
    expect(agendaIn(team)).toContain('BENSAID');
    expect(await everything()).not.toMatch(/CLEOSAID|"cleo"/);
  });
});

describe('somebody who leaves for good', () => {
  it('ends their pair: the other one reads that someone left, never who', async () => {
    const { ben, cleo, id } = await pair();
    await cleo.press(ERASE);
    expect(shownTo(ben)).toContain('Someone left');
    const shown = team.chat.shown().map(({ message }) => JSON.stringify(message));
    expect(shown.join('\n')).not.toMatch(/cleo/i);
    expect(await everything()).not.toMatch(/"cleo"/);
    expect((await rowsOf(team)).pairs).toMatchObject([{ state: 'ended', why: 'left' }]);
    expect(textIn(await ben.press(on('agenda', id)))).toContain('This pair has ended');
    await ben.press(ERASE);
    expect(await everything()).not.toMatch(/"ben"|canary/);
  });

  it('is gone from offers, requests and closing notes as well', async () => {
    const ben = await joins(team, 'Ben', { role: 'mentor' });
    const dora = await joins(team, 'Dora', { role: 'mentor' });
    const cleo = await joins(team, 'Cleo', { role: 'mentee' });
    await gathered(team);
    await cleo.says('mentor ask @dora I would like to learn hiring.');
    expect(dora.inbox().at(-1)).toContain('I would like to learn hiring.');
    await ben.press(ERASE);
    expect(shownTo(cleo)).not.toContain('None of the mentors');
    expect(read(team.chat.named('mentor:offers:')[0]?.message)).toContain('One mentor fits you');
    await dora.press(ERASE);
    expect(shownTo(cleo)).toContain('None of the mentors offered here');
    await cleo.press(ERASE);
    expect(
      team.chat
        .shown()
        .map(({ message }) => JSON.stringify(message))
        .join('\n'),
    ).not.toMatch(/"(ben|dora|cleo)"/);
    expect(await everything()).not.toMatch(/"(ben|dora|cleo)"/);
    const wakes = await team.store.read((tx) =>
      tx.selectFrom('wakes').selectAll().where('feature', '=', 'mentor').execute(),
    );
    expect(JSON.stringify(wakes)).not.toMatch(/ben|dora|cleo/);
  });

  it('takes the closing note along that they wrote', async () => {
    const { ben, cleo, id } = await pair();
    await team.at(plus(team.now(), 84 * DAY + HOUR));
    await cleo.submits(await cleo.press(on('closing', id)), { text: 'CLEOSAID thank you for everything' });
    expect(shownTo(ben)).toContain('CLEOSAID');
    await cleo.press(ERASE);
    expect(shownTo(ben)).not.toContain('CLEOSAID');
    expect(shownTo(ben)).toContain('took their note along');
    expect(await everything()).not.toMatch(/CLEOSAID|"cleo"/);
  });
});

describe('somebody who leaves mentorship only', () => {
  it('ends their pairs without a word about why, and may begin afresh', async () => {
    const { ben, cleo } = await pair();
    expect(textIn(await cleo.press(on('leave')))).toContain('end without a word');
    await cleo.press(on('leave-now'));
    await cleo.press(on('leave-now'));
    expect(shownTo(ben)).toContain('has ended early');
    expect((await rowsOf(team)).profiles.map(({ person }) => person)).toEqual(['ben']);
    expect(textIn(await cleo.says('mentor'))).toContain('It is opt-in');
  });
});
