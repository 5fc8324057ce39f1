import { afterEach, describe, expect, it } from 'vitest';
import { formIn, textIn } from '../../support/someone.ts';
import { buttonsOf } from '../../support/words.ts';
import { pressIn, refuse } from '../daily-team.ts';
import { readScorecard } from '../../../src/pictures/scorecard-data.ts';
import {
  answers,
  cardOf,
  closeAll,
  filesOf,
  fills,
  FIRST,
  inboxOf,
  lastOf,
  LOOKED,
  mockOf,
  pass,
  playsSolo,
  practice,
  rates,
  rows,
  said,
} from './play.ts';

afterEach(closeAll);

describe('a mock interview alone', () => {
  it('leads from the opening card over four questions to a scorecard and a transcript', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    expect(textIn(await ana.says('mock senior'))).toContain('I have written to you in our direct messages');
    expect(lastOf(ana)).toContain('Four questions, 2 planned follow-ups each, in about 30 minutes');
    expect(lastOf(ana)).toContain('kept for 180 days');
    await ana.presses('Begin');
    for (let n = 1; n <= 4; n += 1) {
      expect(lastOf(ana)).toContain(`Question ${n} of 4`);
      await answers(team, ana, said(n));
    }
    expect(lastOf(ana)).toContain('Looking back');
    await fills(ana, await ana.presses('Look back'), LOOKED);
    expect(lastOf(ana)).toContain('Once more: question 1');
    await ana.writes('The import has not failed since May.');
    await ana.presses('That is my answer');

    const card = cardOf(team, 'mock:card:');
    expect(card).toContain('Scorecard: mock interview, senior level');
    expect(card).toContain('You change: Say what came of it, with a number.');
    expect(card).toContain('After: The import has not failed since May.');
    expect(card).toContain('Action: you 4');
    expect(card).toContain('your own rating alone');
    const [file] = filesOf(team);
    expect(file).toMatchObject({ type: 'text/markdown', to: { in: 'dm', person: 'ana' } });
    for (let n = 1; n <= 4; n += 1) expect(file?.text).toContain(`> ${said(n)}`);
    expect(await rows(team, 'mock_seats')).toEqual([]);
    expect(await mockOf(team)).toMatchObject({ stage: 'done', paused: 0 });
  });

  it.each([
    ['mid', 2, 30],
    ['senior', 2, 30],
    ['staff', 3, 45],
    ['principal', 3, 45],
  ] as const)('at %s level has %i follow-ups and takes %i minutes', async (level, probes, minutes) => {
    const team = await practice();
    const ana = team.someone('Ana');
    await playsSolo(team, ana, level, probes);
    expect(await mockOf(team)).toMatchObject({ stage: 'done', minutes });
    expect(cardOf(team, 'mock:card:')).toContain(`${level} level`);
    expect(await rows(team, 'mock_words')).toHaveLength(4 * (1 + probes) + 1);
    const asked = await rows(team, 'mock_questions');
    expect(new Set(asked.map(({ skill }) => skill)).size).toBeGreaterThanOrEqual(3);
    const has = team.core.questions().bank.questions.some((one) => one.level === level && one.type === 'situational');
    expect(asked.filter(({ type }) => type === 'situational')).toHaveLength(has ? 1 : 0);
  });

  it('collects several messages into one answer and follows their edits and deletions', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    const first = await ana.writes('It was a Monday.');
    const second = await ana.writes('Nobody knew why.');
    await ana.writes('I asked.');
    expect(ana.inbox().filter((card) => card.includes('More messages may follow'))).toHaveLength(1);
    await ana.presses('That is my answer');
    await ana.rewrites(first, 'It was a Tuesday.');
    await ana.rewrites(second, undefined);
    const words = await rows(team, 'mock_words');
    expect(words.map(({ text }) => text).toSorted()).toEqual(['I asked.', 'It was a Tuesday.']);
  });

  it('takes an answer by a form, and the same form sent twice is one answer', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    const form = formIn(await ana.presses('Write it in a form'));
    await ana.submits(form, { answer: 'By the form.' });
    expect(textIn(await ana.submits(form, { answer: 'By the form.' }))).toContain('behind you already');
    expect((await rows(team, 'mock_words')).map(({ text }) => text)).toEqual(['By the form.']);
    expect(lastOf(ana)).toContain('follow-up 1 of 2');
  });

  it('takes a second press of the same button as one', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.writes('An answer.');
    const done = team.chat
      .dms(ana.id)
      .flatMap(({ message }) => buttonsOf(message))
      .findLast(({ label }) => label === 'That is my answer')!;
    await ana.press(done.on);
    expect(textIn(await ana.press(done.on))).toContain('behind you already');
    expect(await mockOf(team)).toMatchObject({ stage: 'answering', question: 1, part: 1 });
  });

  it('wants words before “That is my answer”', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    expect(textIn(await ana.presses('That is my answer'))).toContain('Nothing is written yet');
  });

  it('skips a question with its follow-ups and rating, and a follow-up alone', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.presses('Skip');
    expect(lastOf(ana)).toContain('Question 2 of 4');
    await ana.writes('An answer.');
    await ana.presses('That is my answer');
    await ana.presses('Skip this');
    expect(lastOf(ana)).toContain('follow-up 2 of 2');
    await ana.presses('Skip this');
    await rates(ana);
    expect(lastOf(ana)).toContain('Question 3 of 4');
  });

  it('a rating with an item left out stays open and says which', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.writes('An answer.');
    await ana.presses('That is my answer');
    await ana.presses('Skip this');
    await ana.presses('Skip this');
    const form = await ana.presses('Rate it');
    expect(await fills(ana, form, { ...FIRST, result: '' })).toMatchObject({ kind: 'reject', field: 'result' });
    expect(await rows(team, 'mock_scores')).toEqual([]);
  });
});

describe('before a mock', () => {
  it('no argument opens a form that starts one', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const form = formIn(await ana.says('mock'));
    expect(await ana.submits(form, { level: 'mid', minutes: '5' })).toMatchObject({ kind: 'reject', field: 'minutes' });
    await ana.submits(form, { level: 'mid', skill: 'ethics', minutes: '40' });
    expect(await mockOf(team)).toMatchObject({ level: 'mid', skill: 'ethics', minutes: 40 });
    expect((await rows(team, 'mock_questions')).some(({ skill }) => skill === 'ethics')).toBe(true);
  });

  it('an unknown level gets the list of levels and skills', async () => {
    const team = await practice();
    const told = textIn(await team.someone('Ana').says('mock expert'));
    expect(told).toContain('I do not know “expert”');
    expect(told).toContain('`mid`, `senior`, `staff`, `principal`');
    expect(told).toContain('`stakeholder-management`');
    expect(await rows(team, 'mocks')).toEqual([]);
  });

  it('a skill may be begun only, and minutes must make sense', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    expect(textIn(await ana.says('mock senior eth 500'))).toContain('from 10 to 120');
    await ana.says('mock senior eth 30');
    expect(await mockOf(team)).toMatchObject({ skill: 'ethics' });
  });

  it('somebody with a live mock is offered to go on or to end it', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    const shown = await ana.says('mock mid');
    expect(textIn(shown)).toContain('A mock interview is open, senior level');
    expect(textIn(shown)).toContain('[Go on] [End it]');
    await ana.press({ feature: 'mock', name: 'stop', subject: (await mockOf(team)).id });
    await ana.says('mock mid');
    expect(await rows(team, 'mocks')).toHaveLength(2);
  });

  it('what is written before “Begin” is not kept, and nothing is after “Not now”', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.writes('Too early.');
    expect(lastOf(ana)).toContain('Press *Begin* above first');
    await ana.presses('Not now');
    expect(inboxOf(ana)).toContain('Not begun.');
    expect(await rows(team, 'mock_words')).toEqual([]);
    await ana.writes('Hello?');
    expect(lastOf(ana)).toContain('What you can say to Greenroom');
  });
});

describe('a mock that meets life', () => {
  it('that cannot be opened, as direct messages are closed, keeps nobody from the next one', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    refuse(team, 'mock:open:', 'cannot_dm');
    expect(textIn(await ana.says('mock senior'))).toContain('see whether you let me write to you directly');
    expect(await rows(team, 'mock_seats')).toEqual([]);
    await ana.says('mock senior');
    expect(lastOf(ana)).toContain('[Begin] [Not now]');
  });

  it('takes long texts, files and empty messages with clear words', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.writes('', { extras: 1 });
    expect(lastOf(ana)).toContain('I can only read text');
    await ana.writes('x'.repeat(50_000));
    expect(inboxOf(ana)).toContain('longer than 40000 characters');
    expect((await rows(team, 'mock_words')).map(({ text }) => text.length)).toEqual([40_000]);
  });

  it('nudges once at the end of a question’s time, and never cuts off', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const start = Date.parse(team.now());
    const after = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
    await ana.says('mock senior');
    await ana.presses('Begin');
    await team.at(after(5.4));
    expect(team.chat.named('mock:nudge:')).toHaveLength(0);
    await team.at(after(60));
    expect(team.chat.named('mock:nudge:')).toHaveLength(1);
    await answers(team, ana, said(1));
    await team.at(after(61));
    expect(team.chat.named('mock:nudge:')).toHaveLength(1);
    expect(lastOf(ana)).toContain('Question 2 of 4');
  });

  it('goes on as it was when somebody changes their time zone in the middle', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.writes(said(1));
    const before = await mockOf(team);
    await fills(ana, await ana.press({ feature: 'progress', name: 'zone', subject: '' }), { zone: 'Asia/Kolkata' });
    expect(await mockOf(team)).toEqual(before);
    await pass(team, 5);
    expect(team.chat.named('mock:nudge:')).toHaveLength(0);
    await pass(team, 1);
    expect(team.chat.named('mock:nudge:')).toHaveLength(1);
    await ana.presses('That is my answer');
    expect(lastOf(ana)).toContain('Question 1, follow-up 1 of 2');
    expect((await rows(team, 'mock_words')).map(({ text }) => text)).toEqual([said(1)]);
  });

  it('a question skipped at once gives its time to the next one', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.presses('Skip');
    await pass(team, 6);
    expect(team.chat.named('mock:nudge:').map(({ name }) => name.split(':').at(-1))).toEqual(['2']);
  });

  it('a pause stops the clock, keeps what is written, and goes on where it was', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const start = Date.parse(team.now());
    const after = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
    await ana.says('mock senior');
    await ana.presses('Begin');
    await team.at(after(2));
    await ana.presses('Pause');
    await team.at(after(200));
    expect(team.chat.named('mock:nudge:')).toHaveLength(0);
    await ana.writes('I thought of it just now.');
    expect(lastOf(ana)).toContain('I kept what you wrote');
    await ana.presses('Resume');
    expect(lastOf(ana)).toContain('Question 1 of 4');
    await team.at(after(203.6));
    expect(team.chat.named('mock:nudge:')).toHaveLength(1);
    await ana.presses('That is my answer');
    expect(lastOf(ana)).toContain('follow-up 1 of 2');
  });

  it('a week later asks before it goes on, and loses nothing', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.writes('Half an answer.');
    await team.at('2026-11-30T10:00:00.000Z');
    expect(inboxOf(ana)).toContain('Nothing happened here for a day, so I paused');
    await ana.presses('Resume');
    await ana.writes('The other half.');
    await ana.presses('That is my answer');
    expect((await rows(team, 'mock_words')).map(({ part, text }) => [part, text])).toEqual([
      [0, 'Half an answer.'],
      [0, 'The other half.'],
    ]);
  });

  it('paused for two weeks it ends with what there is', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await answers(team, ana, said(1));
    await team.at('2026-12-20T10:00:00.000Z');
    expect(await mockOf(team)).toMatchObject({ stage: 'stopped' });
    expect(cardOf(team, 'mock:card:')).toContain('It ended early');
    expect(await rows(team, 'mock_seats')).toEqual([]);
  });

  it('stopped early it shows what there is; with nothing said it says so', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.presses('Stop');
    expect(lastOf(ana)).toContain('there was no answer yet');
    expect(filesOf(team)).toHaveLength(0);
  });

  it('what is written between two steps belongs to the answer before', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await ana.says('mock senior');
    await ana.presses('Begin');
    await ana.writes('An answer.');
    await ana.presses('That is my answer');
    await ana.presses('Skip this');
    await ana.presses('Skip this');
    await ana.writes('And one thing more.');
    expect(lastOf(ana)).toContain('Added to your last answer');
    expect((await rows(team, 'mock_words')).at(-1)).toMatchObject({ n: 1, part: 2 });
  });
});

describe('after a mock', () => {
  it('an answer can be read, kept as a story and held to the mirror, by its author alone', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await playsSolo(team, ana);
    const shown = await ana.presses('My answers');
    expect(textIn(shown)).toContain(said(1));
    expect(textIn(await pressIn(ana, shown, 'What this text shows'))).toContain('They do not measure quality');
    const form = formIn(await pressIn(ana, shown, 'Save as story'));
    await ana.submits(form, { title: 'The stale cache', text: said(1), skills: 'ethics' });
    const theirs = await team.store.read((tx) => tx.selectFrom('stories').selectAll().execute());
    expect(theirs).toMatchObject([{ person: 'ana', text: said(1) }]);
    const bo = team.someone('Bo');
    expect(
      textIn(await bo.press({ feature: 'mock', name: 'answer', subject: `${(await mockOf(team)).id}:1:0` })),
    ).toContain('Only the person who is interviewed');
    await ana.says('mock senior');
    expect(lastOf(ana)).toContain('Your story bank has nothing yet on hiring');
  });

  it('the scorecard is also a picture, with the same numbers in words', async () => {
    const team = await practice();
    await playsSolo(team, team.someone('Ana'));
    const image = team.chat.named('mock:card:')[0]?.message?.blocks.find(({ kind }) => kind === 'image');
    expect(image).toMatchObject({ picture: 'scorecard', alt: expect.stringContaining('Action: you 4') });
    expect(readScorecard((image as { data: unknown }).data)).toMatchObject({
      level: 'Senior',
      when: '2026-11-23',
      raters: 0,
    });
  });

  it('shows what the same answer would need at the levels around', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await playsSolo(team, ana);
    const shown = textIn(await ana.presses('Other levels'));
    expect(shown).toContain('Mid');
    expect(shown).toContain('Senior, where you practised');
    expect(shown).toContain('Staff');
    expect(shown).toContain('Own key decision, options seen, reason given');
    expect(shown).toContain('not where you stand');
  });

  it('reminds of the next practice at the same hour a week later, once, and begins it by one press', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await playsSolo(team, ana);
    await ana.presses('Remind me in a week');
    await team.at('2026-11-30T10:00:00.000Z');
    expect(lastOf(ana)).toContain('You wanted to change: Say what came of it');
    expect(team.chat.named('mock:again:')).toHaveLength(1);
    await ana.presses('Begin now');
    expect(lastOf(ana)).toContain('Mock interview, senior level');
    expect(await rows(team, 'mocks')).toHaveLength(2);
    const asked = await rows(team, 'mock_questions');
    expect(new Set(asked.map(({ question }) => question)).size).toBeGreaterThanOrEqual(7);
  });

  it('is handed out to the person, and forgotten with them everywhere', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    await playsSolo(team, ana);
    await ana.says('export');
    const out = filesOf(team).at(-1)?.text ?? '';
    expect(out).toContain(said(1));
    expect(out).toContain('Say what came of it');
    await ana.press({ feature: 'privacy', name: 'erase', subject: '' });
    expect(team.chat.named('mock:')).toEqual([]);
    for (const table of ['mocks', 'mock_words', 'mock_scores', 'mock_questions', 'mock_people', 'mock_seats'] as const)
      expect(await rows(team, table)).toEqual([]);
  });

  it('leaves with what is older than the team keeps', async () => {
    const team = await practice();
    await playsSolo(team, team.someone('Ana'));
    await team.jump('2027-06-18T10:00:00.000Z');
    await team.at('2027-06-20T10:00:00.000Z');
    expect(await rows(team, 'mocks')).toEqual([]);
    expect(await rows(team, 'mock_words')).toEqual([]);
  });
});
