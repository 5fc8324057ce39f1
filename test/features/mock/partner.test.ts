import { afterEach, describe, expect, it } from 'vitest';
import { textIn } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import { refuse } from '../daily-team.ts';
import { playsTogether, scores, SCORED, SCORED_TOO, together } from './pair.ts';
import { cardOf, closeAll, filesOf, fills, inboxOf, lastOf, mockOf, pass, practice, rows, said } from './play.ts';

afterEach(closeAll);

const inRoom = (team: Awaited<ReturnType<typeof practice>>): string =>
  team.chat
    .shown()
    .filter(({ delivery }) => 'to' in delivery && delivery.to.in === 'room')
    .map(({ message }) => read(message))
    .join('\n---\n');

describe('a mock interview with a partner', () => {
  it.each([
    ['mid', 2],
    ['senior', 2],
    ['staff', 3],
    ['principal', 3],
  ] as const)('at %s level leads from the invitation to a scorecard and two transcripts', async (level, probes) => {
    const pair = await together({ level });
    const { team, ana, bo } = pair;
    await playsTogether(pair, probes);
    expect(await mockOf(team)).toMatchObject({ stage: 'done', kind: 'partner' });
    const card = cardOf(team, 'mock:card:');
    expect(card).toContain('rated by you and 1 other');
    expect(card).toContain('others 4 (4 ratings)');
    expect(card).toContain('(1) When you said “we found it together”');
    expect(filesOf(team).map(({ to }) => to)).toEqual([
      { in: 'dm', person: 'ana' },
      { in: 'dm', person: 'bo' },
    ]);
    expect(filesOf(team)[0]?.text).toContain('Rating by Bo: Setup 3');
    expect(inboxOf(bo)).toContain('Thank you for interviewing');
    expect(inboxOf(ana)).not.toContain('Thank you for interviewing');
    expect(await rows(team, 'mock_seats')).toEqual([]);
  });

  it('begins only when both have agreed to what is kept', async () => {
    const team = await practice();
    const [ana, bo] = [team.someone('Ana'), team.someone('Bo')];
    expect(textIn(await ana.says('mock senior @bo'))).toContain('Asked.');
    await bo.presses('Begin now');
    await ana.presses('I agree, begin');
    expect(inRoom(team)).toContain('Here: @.');
    expect((await mockOf(team)).begun).toBeNull();
    await ana.writes('Too early.', { room: `mock:room:${(await mockOf(team)).id}` });
    expect(await rows(team, 'mock_words')).toEqual([]);
    await bo.presses('I agree, begin');
    expect(inRoom(team)).toMatch(/It ends about 2026-11-23T\d\d:30:00.000Z/);
    expect(inRoom(team)).toContain('Question 1 of 4');
    expect(lastOf(bo)).toContain('For you alone: question 1');
    expect(lastOf(bo)).toContain('Good signs');
    expect(lastOf(bo)).toContain('Red flags');
  });

  it('keeps what the interviewer sees from the candidate, and what the candidate rates from the interviewer', async () => {
    const pair = await together();
    const { team, ana, bo } = pair;
    await playsTogether(pair);
    const panels = (await rows(team, 'mock_questions')).flatMap(({ good, flags }) => [
      ...(JSON.parse(good) as string[]),
      ...(JSON.parse(flags) as string[]),
    ]);
    expect(panels.length).toBeGreaterThan(8);
    const toAna = `${inboxOf(ana)}\n${inRoom(team)}\n${filesOf(team).find(({ to }) => 'person' in to && to.person === ana.id)?.text}`;
    for (const sign of panels) expect(toAna).not.toContain(sign);
    const toBo = `${inboxOf(bo)}\n${inRoom(team)}\n${filesOf(team).find(({ to }) => 'person' in to && to.person === bo.id)?.text}`;
    expect(toBo).not.toContain('Own rating');
    expect(toBo).not.toContain('Say what came of it, with a number.');
    expect(toBo).not.toContain('Scorecard');
  });

  it('only the candidate answers, and what the interviewer writes is not kept', async () => {
    const { team, bo, room } = await together();
    await bo.writes('Interesting, tell me more.', { room });
    expect(await rows(team, 'mock_words')).toEqual([]);
    expect(textIn(await bo.presses('That is my answer'))).toContain('Only the person who is interviewed');
  });

  it('two raters rate apart, and are combined by plain means with their range', async () => {
    const pair = await together({ second: true });
    const { team, bo } = pair;
    const cleo = team.someone('Cleo');
    await pass(team, 1);
    await pair.ana.writes(said(1), { room: pair.room });
    await pair.ana.presses('That is my answer');
    await scores(team, bo);
    await scores(team, cleo, { ...SCORED, action: '2', evidence: 'You said we.' });
    expect(inboxOf(cleo)).not.toContain(SCORED.evidence);
    await pair.ana.presses('Stop');
    const card = cardOf(team, 'mock:card:');
    expect(card).toContain('rated by you and 2 others');
    expect(card).toContain('Action: you not rated · others 3 (2 ratings, 2–4)');
  });

  it('a rating that comes after the end still reaches the scorecard, for three days', async () => {
    const pair = await together();
    const { team, bo } = pair;
    await playsTogether(pair, 2, []);
    expect(cardOf(team, 'mock:card:')).toContain('1 rating may still come');
    await fills(bo, await bo.presses('Rate answer 2'), SCORED);
    expect(cardOf(team, 'mock:card:')).toContain('others 4 (1 rating)');
    await team.at('2026-11-28T09:00:00.000Z');
    expect(textIn(await bo.presses('Rate answer 3'))).toContain('Three days after the end');
  });

  it('a rating needs its evidence, and words beside the numbers', async () => {
    const { team, ana, bo, room } = await together();
    await ana.writes(said(1), { room });
    await ana.presses('That is my answer');
    expect(await fills(bo, await bo.presses('Rate this answer'), { ...SCORED, evidence: '' })).toMatchObject({
      kind: 'reject',
      field: 'evidence',
    });
    await fills(bo, await bo.presses('Rate this answer'), SCORED);
    expect(await fills(bo, await bo.presses('Step 2 of 2'), { ...SCORED_TOO, change: ' ' })).toMatchObject({
      kind: 'reject',
      field: 'change',
    });
    expect(await rows(team, 'mock_scores')).toMatchObject([{ steps: 1, kind: 'rater' }]);
  });

  it('the candidate rates the interviewing, for the interviewer alone', async () => {
    const pair = await together();
    const { ana, bo } = pair;
    await playsTogether(pair);
    const form = await ana.presses('Rate the interviewing');
    await fills(ana, form, { structure: '5', time: '4', neutral: '4', listening: '5', ease: '3' });
    expect(inboxOf(bo)).toContain('Gave time to think: 4 of 5');
    expect(cardOf(pair.team, 'mock:card:')).not.toContain('Gave time to think');
  });

  it('roles swap by one press, and once', async () => {
    const pair = await together();
    const { team, ana, bo } = pair;
    await playsTogether(pair);
    await pass(team, 2);
    expect(textIn(await bo.presses('Swap roles'))).toContain('has an invitation');
    expect(textIn(await bo.presses('Swap roles'))).toContain('swapped already');
    await ana.presses('Begin now');
    expect(await mockOf(team)).toMatchObject({ candidate: 'bo', stage: 'opening' });
  });
});

describe('finding together', () => {
  it('another time is proposed on both clocks, agreed, put into calendars, and the room opens then', async () => {
    const team = await practice();
    const ana = team.someone('Ana', { zone: 'Europe/Berlin' });
    const bo = team.someone('Bo', { zone: 'America/New_York' });
    await bo.says('me');
    await ana.says('mock senior @bo');
    const form = await bo.presses('Another time');
    expect(await fills(bo, form, { when: 'yesterday' })).toMatchObject({ kind: 'reject', field: 'when' });
    await fills(bo, form, { when: 'tomorrow 9:00' });
    expect(inboxOf(ana)).toContain(
      'Tue 24 Nov 2026, 15:00 Europe/Berlin; that is Tue 24 Nov 2026, 09:00 America/New_York',
    );
    await ana.presses('That time suits me');
    const calendars = filesOf(team).filter(({ type }) => type === 'text/calendar');
    expect(calendars).toHaveLength(2);
    expect(calendars[0]?.text).toContain('DTSTART:20261124T140000Z\r\nDTEND:20261124T143000Z');
    expect(await rows(team, 'mock_seats')).toEqual([]);
    await team.at('2026-11-24T14:00:00.000Z');
    expect(inRoom(team)).toContain('[I agree, begin]');
    expect(await rows(team, 'mock_seats')).toHaveLength(2);
  });

  it('a no needs no reason, and the candidate may go on alone', async () => {
    const team = await practice();
    const [ana, bo] = [team.someone('Ana'), team.someone('Bo')];
    await ana.says('mock senior @bo');
    expect(textIn(await bo.presses('I can’t'))).toContain('No reason is needed');
    expect(inboxOf(ana)).toContain('can’t this time');
    await ana.presses('Do it alone');
    expect(lastOf(ana)).toContain('[Begin] [Not now]');
    await ana.presses('Begin');
    expect(lastOf(ana)).toContain('Question 1 of 4');
  });

  it('who does not come in ten minutes is not blamed: alone, another time, or called off', async () => {
    const team = await practice();
    const [ana, bo] = [team.someone('Ana'), team.someone('Bo')];
    await ana.says('mock senior @bo');
    await bo.presses('Begin now');
    await ana.presses('I agree, begin');
    await pass(team, 9);
    expect(inRoom(team)).not.toContain('something may have come up');
    await pass(team, 2);
    expect(inRoom(team)).toContain('something may have come up');
    await ana.presses('Go on alone');
    expect(lastOf(ana)).toContain('[Begin] [Not now]');
    expect(await rows(team, 'mock_seats')).toMatchObject([{ person: 'ana' }]);
  });

  it('somebody in another mock is not taken out of it', async () => {
    const team = await practice();
    const [ana, bo] = [team.someone('Ana'), team.someone('Bo')];
    await bo.says('mock mid');
    await ana.says('mock senior @bo');
    expect(textIn(await bo.presses('Begin now'))).toContain('is in another mock interview right now');
    expect(await rows(team, 'mock_seats')).toHaveLength(2);
  });

  it('two presses at once open one room', async () => {
    const team = await practice();
    const [ana, bo] = [team.someone('Ana'), team.someone('Bo')];
    await ana.says('mock senior @bo');
    await bo.presses('Begin now');
    await Promise.all([ana.presses('I agree, begin'), bo.presses('I agree, begin')]);
    expect(team.chat.posted.filter(({ delivery }) => delivery.kind === 'room')).toHaveLength(1);
    expect(inRoom(team).match(/Question 1 of 4/g)).toHaveLength(1);
  });

  it('a partner who cannot be written to is no dead end', async () => {
    const team = await practice();
    refuse(team, 'mock:invite:', 'cannot_dm');
    const ana = team.someone('Ana');
    await ana.says('mock senior @bo');
    expect(inboxOf(ana)).toContain('I could not write to');
    await ana.presses('Do it alone');
    expect(lastOf(ana)).toContain('[Begin] [Not now]');
  });

  it('a partner who has to go leaves the mock to its candidate', async () => {
    const { team, bo, ana, room } = await together();
    const shown = await bo.says('mock');
    expect(textIn(shown)).toContain('You interview in a mock');
    await bo.press({ feature: 'mock', name: 'quit', subject: (await mockOf(team)).id });
    expect(inRoom(team)).toContain('had to go');
    await ana.writes(said(1), { room });
    await ana.presses('That is my answer');
    expect(inRoom(team)).toContain('follow-up 1 of 2');
    expect(await rows(team, 'mock_seats')).toMatchObject([{ person: 'ana' }]);
  });

  it('a partner who deletes their data leaves their ratings without a name', async () => {
    const pair = await together();
    const { team, bo } = pair;
    await playsTogether(pair);
    await bo.press({ feature: 'privacy', name: 'erase', subject: '' });
    expect(cardOf(team, 'mock:card:')).toContain('A rater who has left');
    expect((await rows(team, 'mock_scores')).filter(({ kind }) => kind === 'rater').map(({ rater }) => rater)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(team.chat.named('mock:panel:')).toEqual([]);
  });

  it('a candidate who deletes their data takes everything along, the partner’s cards too', async () => {
    const pair = await together();
    const { team, ana } = pair;
    await playsTogether(pair);
    await ana.press({ feature: 'privacy', name: 'erase', subject: '' });
    expect(team.chat.named('mock:').map(({ name }) => name)).toEqual([pair.room]);
    expect(await rows(team, 'mock_scores')).toEqual([]);
  });

  it('nobody interviews themselves', async () => {
    const team = await practice();
    expect(textIn(await team.someone('Ana').says('mock senior @ana'))).toContain('You cannot interview yourself');
  });
});
