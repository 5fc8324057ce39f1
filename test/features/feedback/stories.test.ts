import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Feature, Turn } from '../../../src/core/feature.ts';
import { beginTurn, commit } from '../../../src/core/turn.ts';
import { feedback } from '../../../src/features/feedback/index.ts';
import { formIn, type Someone, textIn } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import { TEAM, type TestWorld } from '../../support/world.ts';
import {
  answerOf,
  answers,
  cardOf,
  cardSubject,
  CLOSE,
  END,
  full,
  heldOf,
  LATE_END,
  on,
  openReview,
  practice,
  ratesSelf,
  rating,
  requestsTo,
  resultOf,
  reviewId,
  reviewsAll,
} from './team.ts';

/** Run something of a feature's as the core would, in a turn of its own. */
const inTurn = <T>(team: TestWorld, work: (turn: Turn) => Promise<T>, feature: Feature = feedback): Promise<T> =>
  commit(team.core, async (tx, nudges) => {
    const begin = await beginTurn(team.core, tx, nudges, TEAM);
    if (!begin) throw new Error('no team');
    return work(begin(feature));
  });
const erase = async (team: TestWorld, who: Someone): Promise<void> => {
  await inTurn(team, async (turn) => {
    for (const feature of team.core.features) await feature.erases?.(who.id, turn.as(feature));
    await turn.tx.deleteFrom('people').where('id', '=', who.id).execute();
  });
  await team.settle();
};
const exported = (team: TestWorld, who: Someone) => inTurn(team, async (turn) => feedback.exports?.(who.id, turn));
const rows = <T extends 'reviews' | 'results' | 'self_ratings' | 'answers'>(team: TestWorld, table: T) =>
  team.store.read((tx) =>
    tx
      .selectFrom(table as 'reviews')
      .selectAll()
      .execute(),
  );
const selfOf = (team: TestWorld, who: Someone): string =>
  read(team.chat.dms(who.id).find(({ name }) => name.startsWith('feedback:self:'))?.message);

describe('very small teams', () => {
  it('two people swap', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    expect(read(requestsTo(team, ana!)[0]?.message)).toContain('how Bo handled');
    expect(read(requestsTo(team, bo!)[0]?.message)).toContain('how Ana handled');
    expect(requestsTo(team, ana!)).toHaveLength(1);
  });

  it('one person alone reviews the own answer, and it goes to colleagues with the next round', async () => {
    const team = await practice();
    const [ana] = await answers(team, 'Ana');
    await team.at(CLOSE);
    expect(selfOf(team, ana!)).toContain('Nobody else can review it today');
    const form = formIn(await ana!.presses('Review my answer'));
    expect(form.fields.map(({ name }) => name)).toEqual(['setup', 'action', 'result', 'reach', 'note']);
    expect(textIn(await ana!.submits(form, { ...rating(3), note: 'Keep: the list.' }))).toContain('Kept');
    expect(formIn(await ana!.presses('Change my rating')).fields.at(-1)).toMatchObject({ value: 'Keep: the list.' });
    await team.at(END);
    expect(resultOf(team, ana!)).toBe('');

    const bo = team.someone('Bo');
    await bo.replies(cardOf(team, '2026-11-26').name, answerOf('Bo'));
    await team.at('2026-11-27T08:00:00.000Z');
    const ofBo = requestsTo(team, bo).map(({ message }) => read(message));
    expect(ofBo).toHaveLength(1);
    expect(ofBo[0]).toContain('how Ana handled');
    await reviewsAll(team, bo);
    await reviewsAll(team, ana!);
    expect(resultOf(team, ana!)).toContain('I could follow you');
    expect(resultOf(team, ana!)).toContain('Reviewer A');
  });

  it('members who did not answer are asked before anybody gets fewer reviews', async () => {
    const team = await practice();
    const members = ['Cem', 'Dee', 'Eva', 'Fio'].map((name) => team.someone(name));
    for (const one of members) await one.replies(cardOf(team).name, 'Nice one.');
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    const asked = members.map((one) => requestsTo(team, one).length);
    expect(requestsTo(team, ana!)).toHaveLength(1);
    expect(requestsTo(team, bo!)).toHaveLength(1);
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 0, 2, 2]);
  });

  it('whoever presses Give feedback may read the one answer nobody could be asked about', async () => {
    const team = await practice();
    const [ana] = await answers(team, 'Ana');
    await team.at(CLOSE);
    const bo = team.someone('Bo');
    expect(textIn(await bo.press(on('give', cardSubject(team))))).toContain('[Give me one to review]');
    await bo.press(on('volunteer', cardSubject(team)));
    expect(await reviewsAll(team, bo)).toBe(1);
    await ana!.submits(await ana!.presses('Review my answer'), rating(3));
    expect(resultOf(team, ana!)).toContain('I could follow you');
    const again = await ana!.press(on('give', cardSubject(team)));
    expect(textIn(again)).toContain('[Show my feedback]');
    const own = team.chat.named('feedback:result:')[0]!.name.split(':')[2]!;
    expect(textIn(await ana!.press(on('result', own)))).toBe(resultOf(team, ana!));
    expect(textIn(await bo.press(on('result', own)))).toContain('Only the person who gave an answer');
  });

  it('a paused member is left alone', async () => {
    const team = await practice();
    const [cem, dee] = [team.someone('Cem'), team.someone('Dee')];
    for (const one of [cem, dee]) await one.replies(cardOf(team).name, 'Nice one.');
    await team.store.write((tx) =>
      tx
        .updateTable('people')
        .set({ paused_until: '2027-01-01T00:00:00.000Z' as never })
        .where('id', '=', cem.id)
        .execute(),
    );
    await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    expect(requestsTo(team, cem)).toHaveLength(0);
    expect(requestsTo(team, dee)).toHaveLength(2);
  });

  it('nobody answered: nothing is asked, and the button says so', async () => {
    const team = await practice();
    await team.at(CLOSE);
    expect(team.chat.named('feedback:')).toEqual([]);
    const said = textIn(await team.someone('Bo').press(on('give', cardSubject(team))));
    expect(said).toContain('Nobody answered that question');
  });
});

describe('anonymity', () => {
  /** Everything that went out to this person, as it left us. */
  const toThem = (team: TestWorld, who: Someone): Delivery[] => {
    const refs = new Set(
      team.chat.posted
        .filter(({ delivery }) => 'to' in delivery && delivery.to.in === 'dm' && delivery.to.person === who.id)
        .map(({ ref }) => ref),
    );
    return team.chat.arrived.filter(
      (one) => ('ref' in one && refs.has(one.ref)) || ('to' in one && one.to.in === 'dm' && one.to.person === who.id),
    );
  };

  it('nothing an author gets names or numbers a reviewer, at any moment, unless they signed', async () => {
    const team = await practice();
    const spies = ['Xaver', 'Yolanda', 'Zacharias'];
    const [ana, ...others] = await answers(team, 'Ana', ...spies);
    await team.at(CLOSE);
    const seen: string[] = [];
    for (const [i, one] of others.entries()) {
      await reviewsAll(team, one, 3 + (i % 2));
      seen.push(textIn(await ana!.press(on('give', cardSubject(team)))));
    }
    await reviewsAll(team, ana!);
    await ratesSelf(team, ana!);
    const own = team.chat
      .dms(ana!.id)
      .find(({ name }) => name.startsWith('feedback:result:'))!
      .name.split(':')[2]!;
    for (const letter of 'ABC'.split('')) seen.push(textIn(await ana!.press(on('comment', `${own}:${letter}:0`))));
    await ana!.submits(await ana!.presses('What will you change next time?'), { next: 'More numbers.' });
    await team.at(LATE_END);
    const about = toThem(team, ana!).filter(({ name }) => !name.startsWith('feedback:ask:'));
    const all = JSON.stringify([about, seen.filter((text) => !text.includes('[Review')), await exported(team, ana!)]);
    expect(resultOf(team, ana!).match(/Reviewer [A-C]\n/g)).toHaveLength(3);
    for (const spy of spies) expect(all.toLowerCase()).not.toContain(spy.toLowerCase());
  });

  it('a signed review names its reviewer and nobody else', async () => {
    const team = await practice();
    const [ana, xaver, yolanda] = await answers(team, 'Ana', 'Xaver', 'Yolanda');
    await team.at(CLOSE);
    await reviewsAll(team, ana!);
    for (const one of [xaver!, yolanda!]) {
      const ofAna = requestsTo(team, one).find(({ message }) => read(message).includes('how Ana'))!;
      await one.submits(formIn(await one.press(on('review', reviewId(ofAna.name)))), full(3));
      if (one === xaver) await one.press(on('sign', reviewId(ofAna.name)));
    }
    await ratesSelf(team, ana!);
    expect(resultOf(team, ana!)).toContain('signed by Xaver');
    expect(resultOf(team, ana!)).not.toContain('Yolanda');
  });

  it('letters say nothing about who was asked: over many answers everybody has every letter', async () => {
    const team = await practice();
    await answers(team, 'Ana', 'Bo', 'Cem', 'Dee', 'Eva', 'Fio', 'Gus', 'Hal');
    await team.at(CLOSE);
    const reviews = await rows(team, 'reviews');
    const byAnswer = Map.groupBy(reviews, ({ answer }) => answer);
    for (const some of byAnswer.values())
      expect(some.map(({ letter }) => letter).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['A', 'B', 'C']);
    const orders = new Set(
      [...byAnswer.values()].map((some) =>
        some
          .toSorted((a, b) => (a.id < b.id ? -1 : 1))
          .map(({ letter }) => letter)
          .join(''),
      ),
    );
    expect(orders.size).toBeGreaterThan(1);
  });

  it('another author cannot read somebody else’s feedback', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    for (const one of [ana!, bo!]) await reviewsAll(team, one);
    await ratesSelf(team, ana!);
    const own = team.chat
      .dms(ana!.id)
      .find(({ name }) => name.startsWith('feedback:result:'))!
      .name.split(':')[2]!;
    for (const name of ['comment', 'next', 'self'])
      expect(textIn(await bo!.press(on(name, name === 'comment' ? `${own}:A:0` : own)))).toContain(
        'Only the person who gave an answer',
      );
    expect(resultOf(team, bo!)).toBe('');
  });
});

describe('answers that come late, change or go', () => {
  it('a late answer is reviewed in the same window by those with the least to do', async () => {
    const team = await practice();
    const people = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee');
    await team.at('2026-11-24T12:00:00.000Z');
    const eva = team.someone('Eva');
    await eva.replies(cardOf(team).name, answerOf('Eva'));
    const asked = people
      .flatMap((one) => requestsTo(team, one))
      .filter(({ message }) => read(message).includes('how Eva'));
    expect(asked).toHaveLength(3);
    expect(selfOf(team, eva)).toContain('3 colleagues are reading it now');
  });

  it('a late answer after the hand-on waits for the next round', async () => {
    const team = await practice();
    await answers(team, 'Ana', 'Bo');
    await team.at('2026-11-25T20:00:00.000Z');
    const eva = team.someone('Eva');
    await eva.replies(cardOf(team).name, answerOf('Eva'));
    expect(selfOf(team, eva)).toContain('waits for the next round');
    const ofEva = () =>
      ['Ana', 'Bo']
        .flatMap((name) => requestsTo(team, team.someone(name)))
        .filter(({ message }) => read(message).includes('how Eva'));
    expect(ofEva()).toHaveLength(0);
    await team.at('2026-11-26T08:00:00.000Z');
    expect(ofEva()).toHaveLength(2);
  });

  it('an answer that brings a second person wakes the one that waited for a reader', async () => {
    const team = await practice();
    await answers(team, 'Ana');
    await team.at('2026-11-24T12:00:00.000Z');
    const bo = team.someone('Bo');
    await bo.replies(cardOf(team).name, answerOf('Bo'));
    expect(
      requestsTo(team, bo)
        .map(({ message }) => read(message))
        .join(),
    ).toContain('how Ana');
    expect(
      requestsTo(team, team.someone('Ana'))
        .map(({ message }) => read(message))
        .join(),
    ).toContain('how Bo');
  });

  it('the form shows the newest text, and the quote must be in it', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    const ref = await bo.replies(cardOf(team).name, answerOf('Bo'));
    const [ana] = await answers(team, 'Ana');
    await team.at(CLOSE);
    await bo.edits(ref, cardOf(team).name, `${answerOf('Bo')} And then it held for a year.`);
    const form = await openReview(team, ana!);
    expect(JSON.stringify(form.intro)).toContain('held for a year');
    expect(
      textIn(
        await ana!.submits(form, {
          ...full(3),
          comment: full(3).comment.replace('we listed what we had ruled out', 'then it held for a year'),
        }),
      ),
    ).toContain('Thank you');
  });

  it('an answer taken back withdraws its requests, and what was given still counts for who gave it', async () => {
    const team = await practice();
    const bo = team.someone('Bo');
    const ref = await bo.replies(cardOf(team).name, answerOf('Bo'));
    const [ana, cem] = await answers(team, 'Ana', 'Cem');
    await team.at(CLOSE);
    const ofBo = requestsTo(team, ana!).find(({ message }) => read(message).includes('how Bo'))!;
    await cem!.submits(
      formIn(
        await cem!.press(
          on('review', reviewId(requestsTo(team, cem!).find(({ message }) => read(message).includes('how Bo'))!.name)),
        ),
      ),
      full(3),
    );
    await bo.deletes(ref, cardOf(team).name);
    expect(team.chat.named(ofBo.name)).toEqual([]);
    expect(textIn(await ana!.press(on('review', reviewId(ofBo.name))))).toContain('no longer here');
    expect(selfOf(team, bo)).toBe('');
    for (const one of [ana!, cem!]) await reviewsAll(team, one);
    await reviewsAll(team, bo);
    await ratesSelf(team, ana!);
    expect(resultOf(team, ana!)).toContain('I could follow you');
    await team.at(LATE_END);
    expect(resultOf(team, bo)).toBe('');
    expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);
  });

  it('a long answer and long comments can be read to the end', async () => {
    const team = await practice();
    const long = `${answerOf('Ana')} ${'We talked about it again and again, with everybody who had a say. '.repeat(80)}The end.`;
    const ana = team.someone('Ana');
    await ana.replies(cardOf(team).name, long);
    const [bo] = await answers(team, 'Bo');
    await team.at(CLOSE);
    const first = textIn(await bo!.presses('Read all'));
    expect(first).toContain('Page 1 of 4');
    const id = reviewId(requestsTo(team, bo!)[0]!.name);
    expect(textIn(await bo!.press(on('read', `${id}:3`)))).toContain('The end.');
    expect(textIn(await bo!.press(on('steps', id)))).toContain('3 meets the level');
    await bo!.submits(await openReview(team, bo!), {
      ...full(3),
      comment: `${full(3).comment} ${'Say more. '.repeat(300)}Really.`,
    });
    await reviewsAll(team, ana);
    await ratesSelf(team, ana);
    expect(resultOf(team, ana)).toContain('[Read all of A]');
    const own = team.chat
      .named('feedback:result:')
      .find(({ delivery }) => 'to' in delivery && delivery.to.in === 'dm' && delivery.to.person === ana.id)!;
    expect(textIn(await ana.press(on('comment', `${own.name.split(':')[2]}:A:2`)))).toContain('Really.');
  });
});

describe('leaving', () => {
  it('hands out what was given and received, never who gave it', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    await reviewsAll(team, bo!, 4);
    const early = JSON.stringify(await exported(team, ana!));
    expect(early).not.toContain('I could follow you');
    await reviewsAll(team, ana!);
    await ratesSelf(team, ana!);
    const data = (await exported(team, ana!)) as {
      feedbackGiven: unknown[];
      feedbackReceived: { reviews: unknown[] }[];
    };
    expect(data.feedbackGiven).toHaveLength(1);
    expect(data.feedbackReceived[0]?.reviews).toEqual([
      expect.objectContaining({ letter: 'A', scores: { setup: 4, action: 4, result: 4, reach: 4 }, signed: null }),
    ]);
    expect(JSON.stringify(data.feedbackReceived)).not.toMatch(/\bbo\b/i);
  });

  it('erases the feedback and ratings received with the messages that carry the answer, and unlinks what was given', async () => {
    const team = await practice();
    const [ana, bo, cem] = await answers(team, 'Ana', 'Bo', 'Cem');
    await team.at(CLOSE);
    await reviewsAll(team, ana!);
    const ofBo = requestsTo(team, bo!).find(({ message }) => read(message).includes('how Cem'))!;
    await bo!.submits(formIn(await bo!.press(on('review', reviewId(ofBo.name)))), full(4));
    await bo!.press(on('sign', reviewId(ofBo.name)));
    await reviewsAll(team, cem!);
    await ratesSelf(team, cem!);
    expect(resultOf(team, cem!)).toContain('signed by Bo');

    await erase(team, bo!);
    expect(JSON.stringify(team.chat.shown().map(({ message }) => message))).not.toContain('how Bo handled');
    expect(resultOf(team, cem!)).toContain('I could follow you');
    expect(resultOf(team, cem!)).not.toMatch(/Bo\b/);
    const left = await rows(team, 'reviews');
    const answersLeft = new Set((await rows(team, 'answers')).map(({ id }) => id));
    expect(left.every(({ answer }) => answersLeft.has(answer))).toBe(true);
    expect(left.filter(({ reviewer, signed }) => reviewer === bo!.id || signed !== null)).toEqual([]);
    expect(left.filter(({ reviewer }) => reviewer === null)).toHaveLength(1);
    expect(team.chat.dms(bo!.id).filter(({ name }) => name.startsWith('feedback:'))).toEqual([]);
  });

  it('lets an author have their result when the only reviewer still asked leaves', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo', 'Cem');
    const cem = team.someone('Cem');
    await team.at(CLOSE);
    await reviewsAll(team, ana!);
    await reviewsAll(team, cem);
    await ratesSelf(team, ana!);
    expect(resultOf(team, ana!)).toBe('');
    await erase(team, bo!);
    expect(resultOf(team, ana!)).toContain('I could follow you');
    await team.at(END);
    expect(heldOf(team, cem)).toContain('rate your own answer');
  });

  it('nothing is left of an erased person in a second erasure, and the timers that were set do no harm', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    await erase(team, bo!);
    await erase(team, bo!);
    await team.at(LATE_END);
    expect(await exported(team, { ...bo!, id: 'bo' as PersonId })).toEqual({ feedbackGiven: [], feedbackReceived: [] });
    expect(resultOf(team, ana!)).toContain('Nobody has reviewed');
    expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);
  });
});
