import { afterAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/chat/outgoing.ts';
import { formIn, type Someone, textIn } from '../support/someone.ts';
import { read } from '../support/words.ts';
import type { TestWorld } from '../support/world.ts';
import {
  answers,
  closeAll,
  errorsIn,
  inboxOf,
  LONG,
  newTeam,
  opens,
  practice,
  pressIn,
  questionOf,
  questions,
  rounds,
  scheduled,
  schedules,
  shares,
  thread,
  USE,
} from './daily-team.ts';

afterAll(closeAll);

describe('the close', () => {
  it('comes at the same local time on the next working day: the digest counts, asks and reveals, and names nobody', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, LONG);
    await shares(team.someone('Chen'), post, { level: 'staff', answer: 'I asked.' });
    await opens(team.someone('Dee'), post);
    await team.at('2026-11-24T07:59:59.999Z');
    expect(thread(team, post)).toHaveLength(1);
    await team.at('2026-11-24T08:00:00.000Z');
    const digest = thread(team, post).at(-1) ?? '';
    expect(digest).toContain('What good looks like');
    expect(digest).toContain('2 answers. Feedback is asked for now, and goes to each author alone.');
    expect(digest).toMatch(/To discuss here: .{20,}/);
    expect(digest).toContain('**Signs of a good answer (mid)**\n- ');
    expect(digest).toContain('[Model answer]');
    for (const name of ['bo', 'chen', 'dee', '@']) expect(digest.toLowerCase().split(/\W+/)).not.toContain(name);
    expect(read(post.message)).toContain(' · closed');
    expect(read(post.message)).toContain('[Give feedback] [Answer late]');
    expect(errorsIn(team)).toEqual([]);
  });

  it('is calm about a question nobody answered', async () => {
    const team = await practice();
    await team.at('2026-11-24T08:00:00.000Z');
    expect(thread(team, questionOf(team)).at(-1)).toContain('Nobody had time for this one, and that is fine.');
    expect(read(questionOf(team).message)).toContain('No answers.');
  });

  it('of Friday’s question is on Monday, and a public holiday moves it on', async () => {
    const team = await practice();
    await team.store.write((tx) => tx.updateTable('schedules').set({ skip_dates: '2026-11-30' }).execute());
    await team.at('2026-11-27T09:00:00.000Z');
    const closes = Object.fromEntries((await rounds(team)).map((round) => [round.local_date, round.closes]));
    expect(closes['2026-11-26']).toBe('2026-11-27T08:00:00.000Z');
    expect(closes['2026-11-27']).toBe('2026-12-01T08:00:00.000Z');
  });

  it('follows working days, not the schedule’s rhythm: a question every other Friday closes on Monday', async () => {
    const team = await newTeam();
    await scheduled(team, { days: 'Fri' });
    await team.store.write((tx) => tx.updateTable('schedules').set({ every_weeks: 2 }).execute());
    await team.at('2026-11-27T09:00:00.000Z');
    expect((await rounds(team))[0]?.closes).toBe('2026-11-30T08:00:00.000Z');
  });

  it('runs before the post that is due in the same minute', async () => {
    const team = await practice();
    await team.at('2026-11-24T08:00:00.000Z');
    const order = team.chat.arrived
      .filter(({ kind }) => kind !== 'remove')
      .map(({ kind, name }) => `${kind} ${name.split(':')[1]}`);
    const edited = team.chat.arrived.findIndex((one) => one.kind === 'edit' && read(one.message).includes(' · closed'));
    expect(edited).toBeGreaterThan(0);
    expect(order.length).toBeGreaterThan(3);
    const [first, second] = await rounds(team);
    expect([first?.state, second?.state]).toEqual(['closed', 'open']);
    expect(first?.closed).toBe(second?.opened);
    expect((second?.id ?? '') > (first?.id ?? '')).toBe(true);
    const wakes = await team.store.read((tx) => tx.selectFrom('outbox').select(['id', 'name']).orderBy('id').execute());
    const digestAt = wakes.findIndex(({ name }) => name.startsWith('daily:digest:'));
    expect(digestAt).toBeLessThan(wakes.findIndex(({ name }) => name.endsWith(':2026-11-24')));
  });

  it('shows the model answer to whoever asks, at their own level, and the others on request', async () => {
    const team = await practice();
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await shares(bo, post, { level: 'staff', answer: 'I asked.' });
    const [round] = await rounds(team);
    const early = await bo.press({ feature: 'daily', name: 'good', subject: round?.id ?? '' });
    expect(textIn(early)).toContain('shown when the round has closed');
    await team.at('2026-11-24T08:00:00.000Z');
    const shown = await bo.presses('Model answer');
    expect(textIn(shown)).toContain('A model answer, Staff');
    expect(textIn(shown)).toContain('What lifts it to this level');
    expect(textIn(shown)).toContain('Another level (Mid) (Senior) (Principal)');
    expect(textIn(shown)).toContain('the facts in it are invented');
    const choice = shown.kind === 'show' ? shown.message.blocks.find((block) => block.kind === 'choice') : undefined;
    if (choice?.kind !== 'choice') throw new Error('no choice of levels');
    expect(textIn(await bo.choose(choice.on, 'principal'))).toContain('A model answer, Principal');
    expect(textIn(await team.someone('New').presses('Model answer'))).toContain('A model answer, Mid');
    await team.store.write((tx) =>
      tx.updateTable('rounds').set({ questions: '[{"level":"mid","id":"gone","text":"x"}]' }).execute(),
    );
    expect(textIn(await bo.presses('Model answer'))).toContain('no longer in the bank');
  });

  it('survives a pack whose texts are far longer than any message', async () => {
    const huge = (word: string): string => `${word} `.repeat(4000);
    const base = (await practice()).core.questions().bank;
    const questions_ = base.questions.slice(0, 4).map((question) => ({
      ...question,
      skills: [`skill-${'x'.repeat(300)}`],
      facet: 'y'.repeat(300),
      text: huge('Tell me 🙂'),
      title: huge('Title'),
      good: [huge('good'), huge('better')],
      redFlags: [huge('flag')],
      probes: [{ kind: 'why' as const, text: huge('why') }],
      answer: huge('answer 🙂'),
      outline: {
        setup: huge('a'),
        action: huge('b'),
        result: huge('c'),
        reflection: huge('d'),
        level_signal: huge('e'),
      },
    }));
    const bank = { ...base, questions: questions_, get: (id: string) => questions_.find((one) => one.id === id) };
    const team = await practice({ bank: bank as never });
    await team.someone('Bo').replies(questionOf(team).name, LONG);
    await team.at('2026-11-24T08:00:00.000Z');
    expect(thread(team, questionOf(team)).at(-1)).toContain('What good looks like');
    expect(textIn(await team.someone('Bo').presses('Model answer'))).toContain('A model answer');
    expect(errorsIn(team)).toEqual([]);
  });
});

/** Every word that left for anybody's eyes but the author's own. */
const seenByOthers = (team: TestWorld, author: Someone): string =>
  JSON.stringify(
    team.chat.arrived.filter((one: Delivery) => !('to' in one) || one.to.in !== 'dm' || one.to.person !== author.id),
  );

describe('a sealed round', () => {
  const sealed = async (after: 'publish' | 'reviewers'): Promise<TestWorld> => {
    const team = await newTeam();
    await scheduled(team, { mode: 'sealed' });
    await team.store.write((tx) => tx.updateTable('schedules').set({ after }).execute());
    await team.at('2026-11-23T08:00:00.000Z');
    return team;
  };
  const CANARY = 'CANARY-7f3a';

  it('counts the form alone, says so on the card, and tells who writes in the thread', async () => {
    const team = await sealed('publish');
    const post = questionOf(team);
    expect(read(post.message)).toContain(
      'only the form counts here. Nobody sees your answer until the close, then it is published in the thread.',
    );
    const bo = team.someone('Bo');
    const ref = await bo.replies(post.name, LONG);
    await bo.replies(post.name, `${LONG} More.`);
    await bo.replies(post.name, 'Talk.');
    expect(await answers(team)).toEqual([]);
    expect(bo.inbox()).toHaveLength(1);
    expect(inboxOf(bo)).toContain('This round is sealed, so only the form counts.');
    expect(textIn(await bo.picks(USE, ref, post.name, LONG))).toContain('only the form counts');
    await bo.presses('Answer');
    expect(textIn(await shares(bo, post, { level: 'mid', answer: CANARY }))).toContain('Saved and sealed');
    expect(textIn(await bo.presses('How to answer'))).toContain('This round is sealed, so only the form counts.');
  });

  it.each(['publish', 'reviewers'] as const)('lets no word of an answer out before the close (%s)', async (after) => {
    const team = await sealed(after);
    const post = questionOf(team);
    const bo = team.someone('Bo');
    const chen = team.someone('Chen');
    await shares(bo, post, { level: 'mid', answer: `${CANARY} ${'x'.repeat(5000)}` });
    await shares(bo, post, { answer: `${CANARY} changed ${'x'.repeat(5000)}` });
    const [answer] = await answers(team);
    const others = [
      await chen.says('today'),
      await opens(chen, post),
      await chen.presses('How to answer'),
      await chen.press({ feature: 'daily', name: 'read', subject: `${answer?.id}.1` }),
      await chen.says('question'),
      await team.someone('Ana', { admin: true }).press({ feature: 'daily', name: 'read', subject: `${answer?.id}.2` }),
    ];
    expect(JSON.stringify(others)).not.toContain(CANARY);
    expect(textIn(others[3] ?? { kind: 'nothing' })).toContain('sealed');
    expect(formIn(await opens(bo, post)).fields.length).toBe(4);
    expect(textIn(await bo.press({ feature: 'daily', name: 'read', subject: `${answer?.id}.1` }))).toContain(CANARY);
    await team.at('2026-11-24T07:59:59.999Z');
    expect(seenByOthers(team, bo)).not.toContain(CANARY);
    expect(JSON.stringify(team.logged)).not.toContain(CANARY);
    expect(read(post.message)).toContain('1 answer so far.');
  });

  it('is published in its thread at the close', async () => {
    const team = await sealed('publish');
    const post = questionOf(team);
    await shares(team.someone('Bo'), post, { level: 'mid', answer: `${CANARY} bo` });
    await shares(team.someone('Chen'), post, { level: 'staff', answer: `${CANARY} chen ${'x'.repeat(5000)}` });
    await team.at('2026-11-24T08:00:00.000Z');
    const posts = thread(team, post);
    expect(posts).toHaveLength(3);
    expect(posts[0]).toBe(`\n@ · mid\n${CANARY} bo`);
    expect(posts[1]).toContain('[Read all]');
    expect(posts[2]).toContain('2 answers. Feedback is asked for now');
    expect(textIn(await team.someone('Dee').presses('Read all'))).toContain('page 1 of 2');
    await shares(team.someone('Eve'), post, { level: 'mid', answer: 'Late, and public.' });
    expect(thread(team, post).at(-1)).toBe('\n@ · mid · late\nLate, and public.');
  });

  it('stays with its reviewers when the schedule says so', async () => {
    const team = await sealed('reviewers');
    const post = questionOf(team);
    const bo = team.someone('Bo');
    expect(read(post.message)).toContain('Only your reviewers see your answer, after the close.');
    await shares(bo, post, { level: 'mid', answer: CANARY });
    await team.at('2026-11-24T08:00:00.000Z');
    await shares(team.someone('Eve'), post, { level: 'mid', answer: `${CANARY} late` });
    expect(thread(team, post)).toHaveLength(1);
    expect(thread(team, post)[0]).toContain('1 answer, kept for their reviewers.');
    expect(seenByOthers(team, bo)).not.toContain(CANARY);
  });

  it('is gone before it comes out when its author is forgotten', async () => {
    const team = await sealed('publish');
    const post = questionOf(team);
    const bo = team.someone('Bo');
    await shares(bo, post, { level: 'mid', answer: CANARY });
    const { beginTurn, commit } = await import('../../src/core/turn.ts');
    const daily = team.core.features.find(({ name }) => name === 'daily');
    await commit(team.core, async (tx, nudges) => {
      const begin = await beginTurn(team.core, tx, nudges, 'T1' as never);
      if (begin && daily) await daily.erases?.(bo.id, begin(daily));
    });
    await team.at('2026-11-24T08:00:00.000Z');
    expect(JSON.stringify(team.chat.arrived)).not.toContain(CANARY);
    expect(thread(team, post)[0]).toContain('1 answer.');
  });
});

describe('a schedule that changes', () => {
  it('leaves the round that is open as it was promised on its card', async () => {
    const team = await practice();
    const ana = team.someone('Ana');
    const form = formIn(await ana.presses('Change'));
    const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    await ana.submits(form, { ...values, mode: 'sealed', time: '14:00 America/New_York' });
    expect((await rounds(team))[0]).toMatchObject({ mode: 'open', closes: '2026-11-24T08:00:00.000Z' });
    expect((await schedules(team))[0]?.next_run).toBe('2026-11-24T19:00:00.000Z');
    await team.at('2026-11-24T19:00:00.000Z');
    expect((await rounds(team))[1]).toMatchObject({ mode: 'sealed', closes: '2026-11-25T19:00:00.000Z' });
    expect(questions(team)).toHaveLength(2);
    await pressIn(ana, await ana.presses('More'), 'Pause');
    await team.at('2026-11-25T19:00:00.000Z');
    expect((await rounds(team))[1]?.state).toBe('closed');
  });
});
