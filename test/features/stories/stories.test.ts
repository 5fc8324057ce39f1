/** The story bank: what is kept, found, changed, told and deleted, and that nobody else ever sees it. */
import { afterEach, describe, expect, it } from 'vitest';
import { MOST_STORIES } from '../../../src/features/stories/rules.ts';
import { formIn, textIn } from '../../support/someone.ts';
import { fieldNames } from '../../support/words.ts';
import { inboxOf, opens, pressIn, questionOf } from '../daily-team.ts';
import { TEAM } from '../../support/world.ts';
import { anyRef, bankOf, CANARY, closeAll, goes, keeps, morning, rowsOf, SAVE, WORDS } from './team.ts';

afterEach(closeAll);

const LONG = `${WORDS} ${'And then there was more to tell of it. '.repeat(400)}`;

describe('“Save as story”', () => {
  it('on a message of one’s own opens a form with a title, its text and the skills of the bank', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const under = questionOf(team).name;
    const text = 'A short message about the day the import failed.';
    const form = formIn(await ben.picks(SAVE, await ben.replies(under, text), under, text));
    expect(fieldNames(form)).toEqual(['title', 'text', 'skills', 'note']);
    expect(form.fields.map(({ value }) => value)).toEqual([
      'A short message about the day the import failed',
      text,
      undefined,
      undefined,
    ]);
    const done = await ben.submits(form, { title: 'The import', text, skills: 'hiring,ethics,piracy', note: 'Dates!' });
    expect(textIn(done)).toMatch(/^The import\nOnly you see this[\s\S]*Kept in your story bank\./);
    expect(textIn(done)).toMatch(/ethics and hiring · kept since .* · not told yet/);
    expect((await rowsOf(team, 'stories'))[0]).toMatchObject({ skills: 'ethics,hiring', note: 'Dates!', text });
  });

  it('on one’s answer in the thread knows its skill, and counts the story as told there', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const done = textIn(await keeps(team, ben, WORDS));
    expect(done).toContain('Kept in your story bank, and counted as told in that answer.');
    expect(done).toContain('told 1 time, last on 2026-11-23');
    expect((await rowsOf(team, 'stories'))[0]?.source).toMatch(/^answer:/);
  });

  it('twice on one message shows the story that is there', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const under = questionOf(team).name;
    const ref = await ben.replies(under, 'Too short.');
    const form = formIn(await ben.picks(SAVE, ref, under, 'Too short.'));
    await ben.submits(form, { title: 'One', text: 'Too short.' });
    await ben.submits(form, { title: 'Two', text: 'Too short.' });
    expect(textIn(await ben.picks(SAVE, ref, under, 'Too short.'))).toMatch(/^Two[\s\S]*You kept this one already/);
    expect(await rowsOf(team, 'stories')).toHaveLength(1);
  });

  it('on somebody else’s message, or one without text, says why not', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const under = questionOf(team).name;
    expect(textIn(await ben.picks(SAVE, anyRef('x'), under, 'Words.', 'cleo'))).toContain('not yours');
    expect(textIn(await ben.picks(SAVE, anyRef('y'), under, ' '))).toContain('no text I can read');
    expect(await rowsOf(team, 'stories')).toEqual([]);
  });

  it('on a message longer than a form keeps all of it at once, and it can be read in pages', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const under = questionOf(team).name;
    const shown = await ben.picks(SAVE, await ben.replies(under, LONG), under, LONG);
    expect(textIn(shown)).toContain('Kept whole');
    expect((await rowsOf(team, 'stories'))[0]?.text).toBe(LONG.trim());
    expect(textIn(await pressIn(ben, shown, 'Next page'))).toContain('page 2 of');
    const form = formIn(await pressIn(ben, shown, 'Edit'));
    expect(fieldNames(form)).toEqual(['title', 'skills', 'note']);
    expect(textIn(await ben.submits(form, { title: 'The long one', skills: 'hiring' }))).toContain('The long one');
    expect((await rowsOf(team, 'stories'))[0]).toMatchObject({ text: LONG.trim(), title: 'The long one' });
  });

  it('keeps what was typed when it cannot be taken', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const form = formIn(await goes(ben, 'Write a story'));
    expect(await ben.submits(form, { title: 'One' })).toMatchObject({ kind: 'reject', field: 'text' });
    const long = await ben.submits(form, { title: 'T'.repeat(121), text: 'It was late.' });
    expect(long).toMatchObject({ kind: 'reject', field: 'title' });
    expect(textIn(await ben.submits(form, { text: 'It was late. I called.' }))).toMatch(
      /^It was late\n|^It was late$/m,
    );
  });

  it('ends at a number that a person can still oversee', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS);
    const [first] = await rowsOf(team, 'stories');
    await team.store.write(async (tx) => {
      for (let i = 1; i < MOST_STORIES; i += 1)
        await tx
          .insertInto('stories')
          .values({ ...first!, id: `s${i}`, source: `new:${i}` })
          .execute();
    });
    expect(textIn(await goes(ben, 'Write a story'))).toContain('holds 200 stories');
    expect(await bankOf(ben)).toContain('Page 1 of 40.');
  });
});

describe('the bank', () => {
  it('says what it is for while it is empty', async () => {
    const team = await morning();
    expect(await bankOf(team.someone('Ben'))).toContain('No stories yet.');
  });

  it('lists stories with how often they were told, and the skills without one', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS, { skills: 'hiring' });
    const bank = await bankOf(ben);
    expect(bank).toContain('1 story. Nothing yet on ethics, mentorship, stakeholder management and strategy.');
    expect(bank).toContain('- The import · hiring · told 1 time, last on 2026-11-23');
  });

  it('finds a story by any word of it, whatever its case', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS, { skills: 'stakeholder-management' });
    for (const word of ['IMPORT', 'newest colleagues', 'stakeholder management', 'stakeholder-management'])
      expect(await bankOf(ben, word)).toContain('[The import]');
    expect(await bankOf(ben, 'unicorn')).toContain('No story has “unicorn” in it.');
    expect(await bankOf(ben, 'x'.repeat(300))).toContain('No story has');
  });

  it('goes through its pages, of all stories and of what was looked for', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    for (let i = 0; i < 7; i += 1)
      await ben.submits(formIn(await goes(ben, 'Write a story')), { title: `Day ${i}`, text: 'It was late.' });
    expect(await bankOf(ben)).toMatch(/Day 6[\s\S]*Day 2[\s\S]*Page 1 of 2/);
    const second = await pressIn(ben, await ben.says('stories late'), 'Next page');
    expect(textIn(second)).toMatch(/with “late”[\s\S]*Day 1[\s\S]*Day 0[\s\S]*Page 2 of 2/);
    expect(textIn(await pressIn(ben, second, 'All stories'))).toContain('Page 1 of 2');
  });

  it('lets a story be changed, and deleted only after asking', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS);
    const form = formIn(await goes(ben, 'The import', 'Edit'));
    expect(textIn(await ben.submits(form, { title: 'The check', text: 'I wrote a check.' }))).toContain('Changed.');
    const asks = await goes(ben, 'The check', 'Delete');
    expect(textIn(asks)).toContain('It cannot be undone');
    expect(textIn(await pressIn(ben, asks, 'Keep it'))).toContain('I wrote a check.');
    expect(textIn(await pressIn(ben, asks, 'Delete the story'))).toContain('Deleted.');
    expect(textIn(await pressIn(ben, asks, 'Delete the story'))).toContain('Deleted.');
    expect(await rowsOf(team, 'stories')).toEqual([]);
    expect(await rowsOf(team, 'story_uses')).toEqual([]);
    expect(textIn(await pressIn(ben, asks, 'Keep it'))).toContain('not in your bank');
    expect(await ben.submits(form, { title: 'Again', text: 'Words.' })).toMatchObject({ kind: 'reject' });
  });
});

describe('a story told', () => {
  it('is counted once an answer, the one said last', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await ben.submits(formIn(await goes(ben, 'Write a story')), { title: 'One', text: 'It was late.' });
    await ben.submits(formIn(await goes(ben, 'Write a story')), { title: 'Two', text: 'It was early.' });
    await ben.replies(questionOf(team).name, WORDS);
    const asked = await pressIn(ben, await ben.says('me'), 'Which story was it?');
    const [two, one] = (await team.store.read((tx) => tx.selectFrom('stories').select('id').execute())).toReversed();
    const choice = asked.kind === 'show' ? asked.message.blocks.find(({ kind }) => kind === 'choice') : undefined;
    if (choice?.kind !== 'choice') throw new Error('nothing to choose from');
    expect(choice.options.map(({ label }) => label)).toEqual(['Two', 'One']);
    expect(textIn(await ben.choose(choice.on, one!.id))).toMatch(/^One[\s\S]*Noted: told in your answer to/);
    expect(textIn(await ben.choose(choice.on, two!.id))).toMatch(/^Two[\s\S]*told 1 time/);
    expect(await bankOf(ben)).toContain('- One · not told yet');
    expect(textIn(await ben.choose(choice.on, 'no-such-story'))).toContain('not in your bank');
  });

  it('is asked about only where there are stories, and only by who answered', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await ben.replies(questionOf(team).name, WORDS);
    const me = await ben.says('me');
    expect(textIn(me)).not.toContain('Which story was it?');
    const [answer] = await team.store.read((tx) => tx.selectFrom('answers').select('id').execute());
    const told = { feature: 'stories', name: 'told', subject: `answer:${answer!.id}` };
    expect(textIn(await ben.press(told))).toContain('Your story bank is empty');
    expect(textIn(await team.someone('Cleo').press(told))).toContain('not yours');
    expect(textIn(await team.someone('Cleo').choose(told, 'x'))).toContain('not yours');
  });

  it('three times in sixty days is named, and rests by itself after them', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS);
    const [story] = await rowsOf(team, 'stories');
    const [use] = await rowsOf(team, 'story_uses');
    await team.store.write(async (tx) => {
      for (const about of ['answer:1', 'answer:2'])
        await tx
          .insertInto('story_uses')
          .values({ ...use!, about })
          .execute();
    });
    expect(story).toBeDefined();
    expect(await bankOf(ben)).toContain('Told 3 times in 60 days: “The import”.');
    await team.jump('2027-01-23T08:00:00.000Z');
    expect(await bankOf(ben)).not.toContain('in 60 days');
    expect(await bankOf(ben)).toContain('told 3 times');
  });
});

describe('a person’s page', () => {
  it('has a line on the bank, and keeps or mirrors the last answer', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    expect(textIn(await ben.says('me'))).toContain('**Story bank** empty so far.');
    await ben.submits(formIn(await opens(ben, questionOf(team))), { answer: WORDS, level: 'mid' });
    const me = await ben.says('me');
    expect(textIn(await pressIn(ben, me, 'What it shows'))).toMatch(
      /Outcome {2}After your last step there is “Since then/,
    );
    const form = formIn(await pressIn(ben, me, 'Save my last answer'));
    expect(form.fields.find(({ name }) => name === 'text')?.value).toBe(WORDS);
    await ben.submits(form, { title: 'The import', text: WORDS, skills: 'hiring' });
    expect(textIn(await ben.says('me'))).toContain(
      '**Story bank** 1 story, nothing yet on ethics, mentorship, stakeholder',
    );
    expect(textIn(await pressIn(ben, me, 'Save my last answer'))).toContain('You kept this one already.');
  });
});

describe('the mirror', () => {
  it('of a story counts without judging, and softening words only when asked', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS);
    const shown = await goes(ben, 'The import', 'What this text shows');
    expect(textIn(shown)).toContain('These counters describe your text. They do not measure quality.');
    expect(textIn(shown)).not.toContain('Softening');
    expect(textIn(await pressIn(ben, shown, 'Count softening words too'))).toContain('Softening');
  });

  it('of a text that is gone, or somebody else’s, shows nothing', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS);
    const [story] = await rowsOf(team, 'stories');
    for (const about of [`story:${story!.id}`, story!.source, '+story:none', 'toString:x', '']) {
      const press = { feature: 'stories', name: 'mirror', subject: about };
      expect(textIn(await team.someone('Cleo').press(press))).toContain('no longer here, or it is not yours');
    }
  });
});

describe('nobody else', () => {
  it('is ever shown a story, whatever they press, and no post carries one', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const cleo = team.someone('Cleo', { admin: true });
    await ben.submits(formIn(await goes(ben, 'Write a story')), {
      title: `${CANARY} title`,
      text: WORDS,
      note: CANARY,
    });
    const [story] = await rowsOf(team, 'stories');
    const before = team.chat.arrived.length;
    const seen: string[] = [await bankOf(cleo), await bankOf(cleo, CANARY)];
    for (const name of ['open', 'edit', 'remove', 'drop', 'save', 'list', 'mirror', 'told'])
      for (const subject of [story!.id, `${story!.id}.1`, story!.source, `story:${story!.id}`, '1.CANARY'])
        seen.push(JSON.stringify(await cleo.press({ feature: 'stories', name, subject })));
    expect(seen.join('\n').replaceAll('1.CANARY', '')).not.toContain(CANARY);
    expect(await rowsOf(team, 'stories')).toHaveLength(1);
    await team.at('2026-11-27T18:00:00.000Z');
    expect(JSON.stringify(team.chat.arrived.slice(before))).not.toContain(CANARY);
    const outbox = await team.store.read((tx) => tx.selectFrom('outbox').selectAll().execute());
    expect(JSON.stringify(outbox)).not.toContain(CANARY);
  });

  it('can save over somebody’s story by its name', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const form = formIn(await goes(ben, 'Write a story'));
    await ben.submits(form, { title: 'Mine', text: WORDS });
    await team.someone('Cleo').submits(form, { title: 'Hers', text: 'Other words.' });
    expect((await rowsOf(team, 'stories')).map(({ person, title }) => `${person} ${title}`)).toEqual([
      'ben Mine',
      'cleo Hers',
    ]);
    const [story] = await rowsOf(team, 'stories');
    const edit = { ...form, on: { feature: 'stories', name: 'edit', subject: story!.id } };
    expect(await team.someone('Cleo').submits(edit, { title: 'X', text: 'X' })).toMatchObject({ kind: 'reject' });
  });
});

describe('what is kept', () => {
  it('stays when old answers go, and leaves in the export', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    await keeps(team, ben, WORDS, { note: 'Mind the date.' });
    await team.jump('2027-06-08T12:00:00.000Z');
    await team.at('2027-06-10T12:00:00.000Z');
    expect(await team.store.read((tx) => tx.selectFrom('answers').selectAll().execute())).toEqual([]);
    expect(await bankOf(ben)).toContain('The import');
    await ben.says('export');
    const file = team.chat.arrived.findLast(({ kind }) => kind === 'file');
    const text = file?.kind === 'file' ? file.text : '';
    expect(JSON.parse(text)).toMatchObject({
      stories: { stories: [{ title: 'The import', text: WORDS, note: 'Mind the date.', told: [{}] }] },
    });
  });

  it('goes with its person, and with the team', async () => {
    const team = await morning();
    const ben = team.someone('Ben');
    const cleo = team.someone('Cleo');
    await keeps(team, ben, WORDS);
    await keeps(
      team,
      cleo,
      'Somebody else asked me to help them, and so I sat down and we looked at all of it at once.',
    );
    await ben.press({ feature: 'privacy', name: 'erase', subject: '' });
    expect((await rowsOf(team, 'stories')).map(({ person }) => person)).toEqual(['cleo']);
    expect((await rowsOf(team, 'story_uses')).map(({ person }) => person)).toEqual(['cleo']);
    expect(inboxOf(ben)).not.toContain(CANARY);
    await team.chat.emit({
      kind: 'removed',
      id: 'gone',
      team: TEAM,
      at: team.now(),
      what: { kind: 'team', why: 'uninstalled' },
    });
    expect(await rowsOf(team, 'stories')).toEqual([]);
  });
});
