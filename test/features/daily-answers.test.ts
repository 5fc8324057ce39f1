import { afterAll, describe, expect, it } from 'vitest';
import type { Ref } from '../../src/chat/ids.ts';
import type { Reply } from '../../src/chat/incoming.ts';
import { LIMITS } from '../../src/chat/limits.ts';
import { formIn, type Someone, textIn } from '../support/someone.ts';
import { fieldNames, read } from '../support/words.ts';
import { TEAM, type TestWorld } from '../support/world.ts';
import {
  answers,
  closeAll,
  errorsIn,
  inboxOf,
  LONG,
  opens,
  practice,
  pressIn,
  questionOf,
  shares,
  thread,
  USE,
} from './daily-team.ts';

afterAll(closeAll);

const FOURTEEN = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen';
const card = (team: TestWorld): string => read(questionOf(team).message);
const textOf = async (team: TestWorld, person: Someone): Promise<string | undefined> =>
  (await answers(team)).find((answer) => answer.person === person.id)?.text;

describe('an answer in the thread', () => {
  it('is the first reply of fifteen words or more; shorter ones are talk', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, FOURTEEN);
    await bo.replies(post.name, `${FOURTEEN} — … !!! ???`);
    expect(card(team)).toContain('No answer yet.');
    await bo.replies(post.name, `${FOURTEEN} fifteen`);
    await bo.replies(post.name, LONG);
    expect(card(team)).toContain('1 answer so far.');
    expect(await textOf(team, bo)).toBe(`${FOURTEEN} fifteen`);
    await team.someone('Chen').replies(post.name, LONG);
    expect(card(team)).toContain('2 answers so far.');
  });

  it('becomes one when a short reply is edited to be long', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    const ref = await bo.replies(questionOf(team).name, 'Wait, more to come.');
    await bo.edits(ref, questionOf(team).name, LONG);
    expect(await textOf(team, bo)).toBe(LONG);
  });

  it('follows edits while late answers are taken, and is gone with its message, even weeks later', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const ref = await bo.replies(post.name, LONG);
    await bo.edits(ref, post.name, 'Short, but still mine.');
    expect(await textOf(team, bo)).toBe('Short, but still mine.');
    await team.at('2026-11-24T09:00:00.000Z');
    await bo.edits(ref, post.name, 'Short, still mine, and as the thread shows it.');
    expect((await answers(team))[0]).toMatchObject({
      text: 'Short, still mine, and as the thread shows it.',
      edited: '2026-11-24T09:00:00.000Z',
      late: 0,
    });
    await team.at('2026-12-15T09:00:00.000Z');
    await bo.edits(ref, post.name, 'Weeks later.');
    expect(await textOf(team, bo)).toBe('Short, still mine, and as the thread shows it.');
    await bo.deletes(ref, post.name);
    expect(await answers(team)).toEqual([]);
    expect(card(team)).toContain('No answers.');
  });

  it('makes room for another one when it is deleted before the close', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const ref = await bo.replies(post.name, LONG);
    await bo.deletes(ref, post.name);
    expect(card(team)).toContain('No answer yet.');
    await bo.replies(post.name, `${LONG} Again.`);
    expect(await textOf(team, bo)).toBe(`${LONG} Again.`);
  });

  it('goes when a moderator deletes it', async () => {
    const team = await practice();
    const post = questionOf(team);
    const ref = await team.someone('Bo').replies(post.name, LONG);
    await team.someone('Dee', { admin: true }).deletes(ref, post.name);
    expect(await answers(team)).toEqual([]);
  });

  it('is not an attachment alone, nor a text the platform hides', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, '', 2);
    const hidden: Reply = {
      kind: 'reply',
      id: 'hidden',
      team: TEAM,
      at: team.now(),
      from: { id: bo.id, name: 'Bo', admin: false },
      place: { in: 'thread', under: post.ref },
      ref: 'r-hidden' as Ref,
      change: 'new',
      extras: 0,
    };
    await team.chat.emit(hidden);
    await team.settle();
    expect(await answers(team)).toEqual([]);
    expect(textIn(await bo.picks(USE, 'r-hidden' as Ref, post.name, ''))).toContain('no text I can read');
    expect(textIn(await bo.picks(USE, 'r-hidden' as Ref, post.name, 'I asked, and it helped.'))).toContain(
      'That is your answer now.',
    );
    expect(await textOf(team, bo)).toBe('I asked, and it helped.');
    expect(errorsIn(team)).toEqual([]);
  });

  it('is whatever message of one’s own one uses as it: a short one, another one, in place of the form', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, LONG);
    const short = await bo.replies(post.name, 'I asked.');
    expect(textIn(await bo.picks(USE, short, post.name, 'I asked.'))).toContain('Edits of the message follow');
    expect(await textOf(team, bo)).toBe('I asked.');
    expect(textIn(await bo.picks(USE, short, post.name, 'I asked.'))).toContain('your answer already');
    await bo.edits(short, post.name, 'I asked twice.');
    expect(await textOf(team, bo)).toBe('I asked twice.');
    await shares(bo, post, { answer: 'By the form.' });
    await bo.picks(USE, short, post.name, 'I asked twice.');
    expect(await textOf(team, bo)).toBe('I asked twice.');
    expect(thread(team, post)).toEqual([]);
    await shares(bo, post, { answer: 'By the form again.' });
    expect(thread(team, post)).toEqual(['\n@ · mid\nBy the form again.']);
    expect(card(team)).toContain('1 answer so far.');
    await bo.edits(short, post.name, 'Talk now.');
    expect(await textOf(team, bo)).toBe('By the form again.');
  });

  it('cannot be somebody else’s message, nor one elsewhere', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const theirs = await team.someone('Chen').replies(post.name, LONG);
    expect(textIn(await bo.picks(USE, theirs, post.name, LONG, 'chen'))).toContain('somebody else’s');
    const cardPost = team.chat.named('setup:card:')[0];
    expect(textIn(await bo.picks(USE, 'x' as Ref, cardPost?.name ?? '', LONG))).toContain('under a daily question');
    expect(await textOf(team, bo)).toBeUndefined();
  });

  it('asks for the level once, by direct message, and takes it for this answer', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, LONG);
    expect(inboxOf(bo)).toContain('until you choose, that is **mid**');
    const question = team.chat.dms(bo.id)[0]?.message?.blocks.find((block) => block.kind === 'choice');
    const on = question?.kind === 'choice' ? question.on : { feature: '', name: '', subject: '' };
    expect(textIn(await bo.choose(on, 'emperor'))).toContain('Choose one of');
    expect(textIn(await bo.choose(on, 'staff'))).toContain('Noted: **staff**. Reviewers read your answers');
    expect((await answers(team))[0]?.level).toBe('staff');
    await team.at('2026-11-24T08:00:00.000Z');
    expect(textIn(await bo.choose(on, 'senior'))).toContain('from your next answer on');
    expect((await answers(team))[0]?.level).toBe('staff');
    await bo.replies(questionOf(team, '2026-11-24').name, LONG);
    expect((await answers(team))[1]?.level).toBe('senior');
    expect(bo.inbox()).toHaveLength(1);
  });

  it('is read again from its thread when it was written while we were away', async () => {
    const team = await practice();
    const post = questionOf(team);
    const event: Reply = {
      kind: 'reply',
      id: 'away',
      team: TEAM,
      at: '2026-11-24T07:59:00.000Z' as Reply['at'],
      from: { id: team.someone('Bo').id, name: 'Bo', admin: false },
      place: { in: 'thread', under: post.ref },
      ref: 'r-away' as Ref,
      change: 'new',
      text: LONG,
      extras: 0,
    };
    await team.at('2026-11-24T10:00:00.000Z');
    await team.chat.emit(event);
    await team.settle();
    expect((await answers(team))[0]).toMatchObject({ late: 0, at: '2026-11-24T07:59:00.000Z' });
    expect(card(team)).toContain('1 answer.');
  });
});

describe('an answer by the form', () => {
  it('asks for the level once, then only for the answer and its parts', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const form = formIn(await opens(bo, post));
    expect(fieldNames(form)).toEqual(['level', 'answer', 'setup', 'action', 'result']);
    expect(form.fields[0]).toMatchObject({ value: 'mid' });
    expect(await bo.submits(form, { level: 'senior', answer: ' \n ', action: '\t' })).toEqual({
      kind: 'reject',
      field: 'answer',
      problem: 'Write your answer here, or fill in the parts below.',
    });
    expect(textIn(await bo.submits(form, { level: 'senior', answer: 'I asked.' }))).toContain('Shared in the thread.');
    expect(thread(team, post)).toEqual(['\n@ · senior\nI asked.']);
    expect(fieldNames(formIn(await opens(bo, post)))).toEqual(['answer', 'setup', 'action', 'result']);
    await team.at('2026-11-24T08:00:00.000Z');
    expect(fieldNames(formIn(await opens(bo, questionOf(team, '2026-11-24'))))).not.toContain('level');
  });

  it('can be given in parts, which come back in their fields to be changed', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await shares(bo, post, {
      level: 'mid',
      setup: 'We were late.',
      action: 'I asked.\n\nThen I waited.',
      result: 'Two days saved.',
    });
    expect(thread(team, post)[0]).toContain(
      'Situation and task: We were late.\n\nAction: I asked.\n\nThen I waited.\n\nResult: Two days saved.',
    );
    const again = formIn(await opens(bo, post));
    expect(again.fields.map(({ value }) => value)).toEqual([
      undefined,
      'We were late.',
      'I asked.\n\nThen I waited.',
      'Two days saved.',
    ]);
    await bo.submits(again, { answer: 'In short: I asked.', result: 'Two days saved.' });
    expect(formIn(await opens(bo, post)).fields.map(({ value }) => value)).toEqual([
      'In short: I asked.',
      undefined,
      undefined,
      'Two days saved.',
    ]);
    expect(thread(team, post)).toHaveLength(1);
    expect(card(team)).toContain('1 answer so far.');
  });

  it('replaces an answer from the thread, and is shown there in its place', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, LONG);
    expect(formIn(await opens(bo, post)).fields.find(({ name }) => name === 'answer')?.value).toBe(LONG);
    await shares(bo, post, { level: 'mid', answer: 'Better said.' });
    expect(thread(team, post)).toEqual(['\n@ · mid\nBetter said.']);
    expect(await answers(team)).toHaveLength(1);
    await bo.replies(post.name, `${LONG} And this is talk.`);
    expect(await textOf(team, bo)).toBe('Better said.');
  });

  it('sent twice is one answer', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const form = await opens(bo, post);
    for (let n = 0; n < 2; n++)
      expect(textIn(await bo.submits(form, { level: 'mid', answer: 'I asked.' }))).toContain('Shared');
    expect(thread(team, post)).toHaveLength(1);
    expect((await answers(team))[0]?.edited).toBeNull();
  });

  it('of any length is taken whole; the thread shows its beginning and opens the rest', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const long = `${'🙂 I asked again. '.repeat(2400)}END`;
    expect(long.length).toBeGreaterThan(40_000);
    await shares(bo, post, { level: 'mid', answer: long });
    expect(thread(team, post)[0]).toContain('…\n[Read all]');
    const chen = team.someone('Chen');
    let page = await chen.presses('Read all');
    let all = '';
    for (let n = 1; ; n++) {
      expect(textIn(page)).toContain(`page ${n} of`);
      all += textIn(page).split('\n')[2];
      if (!textIn(page).includes('Next page')) break;
      page = await pressIn(chen, page, 'Next page');
    }
    expect(all.replaceAll(/\s+/g, '')).toBe(long.replaceAll(/\s+/g, ''));
    expect(textIn(await pressIn(chen, page, 'Previous page'))).toContain('[Previous page] [Next page]');
    const form = formIn(await opens(bo, post));
    expect(form.fields.every(({ value }) => value === undefined)).toBe(true);
    expect(textIn({ kind: 'say', text: form.intro ?? [] })).toContain('longer than this form holds. It stands;');
    await shares(bo, post, { answer: 'Short now.' });
    expect(thread(team, post)).toEqual(['\n@ · mid\nShort now.']);
    expect(errorsIn(team)).toEqual([]);
  });

  it('keeps every part of a form that was filled to the brim', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const full = (letter: string): string => letter.repeat(LIMITS.fieldValue);
    const values = { answer: full('a'), setup: full('s'), action: full('d'), result: full('r') };
    await shares(bo, post, { level: 'mid', ...values });
    const again = formIn(await opens(bo, post));
    expect(Object.fromEntries(again.fields.map(({ name, value }) => [name, value]))).toEqual(values);
  });

  it('brings back what one wanted to change the last time on this skill', async () => {
    const team = await practice();
    const [round] = await team.store.read((tx) => tx.selectFrom('rounds').selectAll().execute());
    const bo = team.someone('Bo');
    const result = (answer: string, skill: string, published: string, nextTime: string | null) => ({
      answer,
      team: TEAM,
      person: bo.id,
      published: published as never,
      ratings: 2,
      edited: 0 as const,
      next_time: nextTime,
      skill,
      shown: 0 as const,
    });
    const skill = round?.skill ?? '';
    await team.store.write((tx) =>
      tx
        .insertInto('results')
        .values([
          result('a1', skill, '2026-10-01T00:00:00.000Z', 'End with a number.'),
          result('a2', skill, '2026-11-01T00:00:00.000Z', `Say what I did first. ${'x'.repeat(5000)}`),
          result('a3', 'another', '2026-11-02T00:00:00.000Z', 'Not this one.'),
          result('a4', skill, '2026-11-03T00:00:00.000Z', null),
        ])
        .execute(),
    );
    const intro = textIn({ kind: 'say', text: formIn(await opens(bo, questionOf(team))).intro ?? [] });
    expect(intro).toContain('Last time you wanted to change: Say what I did first.');
    expect(intro).not.toContain('End with a number.');
    const other = textIn({
      kind: 'say',
      text: formIn(await opens(team.someone('Chen'), questionOf(team))).intro ?? [],
    });
    expect(other).not.toContain('Last time');
  });
});

describe('a late answer', () => {
  it('is taken for 72 hours and marked; one given in time stands as it was', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const chen = team.someone('Chen');
    const dee = team.someone('Dee');
    await shares(bo, post, { level: 'mid', answer: 'In time.' });
    const opened = await opens(chen, post);
    const boAgain = await opens(bo, post);
    await team.at('2026-11-24T08:00:00.001Z');
    expect(textIn(await chen.submits(opened, { level: 'mid', answer: 'A minute late.' }))).toContain('marked as late');
    expect(thread(team, post).at(-1)).toContain('@ · mid · late\nA minute late.');
    expect(await bo.submits(boAgain, { answer: 'Better now.' })).toMatchObject({
      kind: 'reject',
      problem: expect.stringContaining('your answer stands as it was'),
    });
    expect(textIn(await opens(bo, post))).toContain('your answer stands as it was');
    expect(textIn(await bo.picks(USE, 'r' as Ref, post.name, LONG))).toContain('stands as it was');
    expect(await textOf(team, bo)).toBe('In time.');
    expect(card(team)).toContain('2 answers. Late ones are taken until 2026-11-27T08:00:00.000Z and marked as late.');
    await team.at('2026-11-27T08:00:00.000Z');
    await dee.replies(post.name, LONG);
    expect((await answers(team)).map(({ person, late }) => [person, late])).toEqual([
      ['bo', 0],
      ['chen', 1],
      ['dee', 1],
    ]);
    const tooLate = await opens(team.someone('Eve'), post);
    await team.at('2026-11-27T08:00:00.001Z');
    await team.someone('Fay').replies(post.name, LONG);
    expect(await team.someone('Eve').submits(tooLate, { level: 'mid', answer: 'Days late.' })).toMatchObject({
      kind: 'reject',
      field: 'answer',
      problem: expect.stringContaining('This round is over.'),
    });
    expect(textIn(await opens(team.someone('Gus'), post))).toContain('This round is over.');
    expect(textIn(await team.someone('Fay').picks(USE, 'r' as Ref, post.name, LONG))).toContain('This round is over.');
    expect(await answers(team)).toHaveLength(3);
  });
});

describe('the reminder', () => {
  const ask = async (one: Someone): Promise<string> =>
    textIn(await pressIn(one, await one.presses('How to answer'), 'Remind me once'));

  it('comes once, two hours before the close, to who asked and has not answered', async () => {
    const team = await practice();
    const [bo, chen, dee] = [team.someone('Bo'), team.someone('Chen'), team.someone('Dee')];
    expect(await ask(bo)).toContain('I will remind you once');
    await ask(bo);
    await ask(chen);
    await opens(dee, questionOf(team));
    await shares(chen, questionOf(team), { level: 'mid', answer: 'I asked.' });
    expect(await ask(chen)).toContain('You have answered already');
    await team.at('2026-11-24T05:59:59.000Z');
    expect(bo.inbox()).toEqual([]);
    await team.at('2026-11-24T06:00:00.000Z');
    expect(bo.inbox()).toHaveLength(1);
    expect(inboxOf(bo)).toContain('You wanted to answer this one');
    expect(await ask(bo)).toContain('it stays at that');
    await bo.presses('Answer');
    await team.at('2026-11-24T12:00:00.000Z');
    expect([bo.inbox().length, chen.inbox().length, dee.inbox().length]).toEqual([1, 0, 0]);
  });

  it('comes halfway when little time is left, and not after the close', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    await team.at('2026-11-24T07:00:00.000Z');
    const how = await bo.presses('How to answer');
    await ask(bo);
    await team.at('2026-11-24T07:30:00.000Z');
    expect(bo.inbox()).toHaveLength(1);
    await team.at('2026-11-24T08:00:00.000Z');
    expect(textIn(await pressIn(team.someone('Chen'), how, 'Remind me once'))).toContain('This round has closed.');
  });

  it('is forgotten with the person who asked for it', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    await ask(bo);
    const daily = team.core.features.find(({ name }) => name === 'daily');
    const { beginTurn, commit } = await import('../../src/core/turn.ts');
    await commit(team.core, async (tx, nudges) => {
      const begin = await beginTurn(team.core, tx, nudges, TEAM);
      if (begin && daily) await daily.erases?.(bo.id, begin(daily));
    });
    const wakes = await team.store.read((tx) => tx.selectFrom('wakes').selectAll().execute());
    expect(JSON.stringify(wakes)).not.toContain(' bo');
    await team.at('2026-11-24T12:00:00.000Z');
    expect(bo.inbox()).toEqual([]);
  });
});
