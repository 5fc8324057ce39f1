import { describe, expect, it } from 'vitest';
import { beginTurn, commit } from '../../src/core/turn.ts';
import { feedback } from '../../src/features/feedback/index.ts';
import { formIn, type Someone, textIn } from '../support/someone.ts';
import { read } from '../support/words.ts';
import { TEAM } from '../support/world.ts';
import {
  CLOSE,
  COMMENT,
  END,
  HAND_ON,
  LATE_END,
  NUDGE,
  answerOf,
  answers,
  cardOf,
  cardSubject,
  full,
  heldOf,
  on,
  openReview,
  practice,
  ratesSelf,
  rating,
  requestsTo,
  resultOf,
  reviewId,
  reviewsAll,
} from './feedback/team.ts';

describe('peer feedback', () => {
  it('goes from the close to the requests, the reviews, the own rating and the result', async () => {
    const team = await practice();
    const people = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee');
    const [ana, bo] = people as [Someone, Someone];
    expect(textIn(await bo.presses('Give feedback'))).toContain('Feedback starts when this question closes');
    await team.at(CLOSE);
    for (const one of people) {
      expect(requestsTo(team, one)).toHaveLength(3);
      expect(one.inbox().join()).not.toContain(`[Review]${answerOf(one.id)}`);
    }
    const request = read(requestsTo(team, bo)[0]?.message);
    expect(request).toContain('This is how');
    expect(request).toContain('With 4 people taking part it is easy to guess');
    expect(request).not.toContain('This is how Bo');
    expect(textIn(await bo.press(on('give', cardSubject(team))))).toContain('[Review 1] [Review 2] [Review 3]');
    const newest = textIn(await bo.presses('Give feedback'));
    expect(newest).toContain('Feedback starts when this question closes');
    expect(newest).toContain('[Review 1] [Review 2] [Review 3]');

    for (const one of people) expect(await reviewsAll(team, one, one === ana ? 3 : 4)).toBe(3);
    expect(resultOf(team, ana)).toBe('');
    expect(textIn(await ratesSelf(team, ana))).toContain('direct messages now');
    const result = resultOf(team, ana);
    expect(result).toContain('I could follow you');
    expect(result).toContain('4, the plain mean of 3 ratings (all 4)');
    expect(result).toContain('You rated yourself 2: 2 below your peers');
    await ratesSelf(team, bo);
    expect(resultOf(team, bo)).toContain('3.7, the plain mean of 3 ratings (3–4)');
    expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);
  });

  it('turns down an empty form, a comment without a quote, and keeps the words that were missing beside their field', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    const form = await openReview(team, bo!);
    expect(await bo!.submits(form, {})).toMatchObject({ kind: 'reject', field: 'setup' });
    expect(await bo!.submits(form, rating(3))).toMatchObject({ kind: 'reject', field: 'comment' });
    expect(
      await bo!.submits(form, { ...rating('none'), comment: COMMENT.replace('we listed', 'they wrote') }),
    ).toMatchObject({
      kind: 'reject',
      field: 'comment',
      problem: expect.stringContaining('Quote at least 3 words'),
    });
    expect(textIn(await bo!.submits(form, { ...rating('none'), comment: COMMENT }))).toContain('Thank you');
    await ratesSelf(team, ana!);
    await reviewsAll(team, ana!);
    expect(resultOf(team, ana!)).toContain('Numbers appear from two ratings on');
  });

  it('takes a verdict on the person with a hint instead of a wall', async () => {
    const team = await practice();
    const [, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    const answer = await bo!.submits(await openReview(team, bo!), {
      ...full(3),
      comment: `${COMMENT} You always do that.`,
    });
    expect(textIn(answer)).toContain('“always” can sound like a verdict');
    expect(textIn(answer)).toContain('[Change it]');
  });

  it('can be changed, signed and unsigned until the author has the result', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    await bo!.submits(await openReview(team, bo!), full(3));
    const again = formIn(await bo!.presses('Change it'));
    expect(again.fields.map(({ value }) => value)).toEqual([
      '3',
      '3',
      '3',
      '3',
      expect.stringContaining('Keep: when you said'),
    ]);
    await bo!.submits(again, { ...full(5), comment: COMMENT.replace('end with', 'close with') });
    expect(textIn(await bo!.presses('Sign it with your name'))).toContain('Signed');
    expect(textIn(await bo!.presses('Take my name off'))).toContain('off it again');
    await bo!.presses('Sign it with your name');
    await ratesSelf(team, ana!);
    await reviewsAll(team, ana!);
    expect(resultOf(team, ana!)).toContain('signed by Bo');
    expect(resultOf(team, ana!)).toContain('close with');
    expect(textIn(await bo!.presses('Change it'))).toContain('author has your feedback already');
    expect(textIn(await bo!.presses('Take my name off'))).toContain('author has your feedback already');
  });

  it('sends the same form twice and keeps one review', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    const form = await openReview(team, bo!);
    await bo!.submits(form, full(3));
    await bo!.submits(form, full(3));
    await reviewsAll(team, ana!);
    await ratesSelf(team, ana!);
    expect(resultOf(team, ana!).match(/Reviewer/g)).toHaveLength(1);
    expect(team.chat.named('feedback:result:')).toHaveLength(1);
  });

  it('refuses what is not theirs, is unknown, or is over, and says what to do', async () => {
    const team = await practice();
    const [ana, bo, cem] = await answers(team, 'Ana', 'Bo', 'Cem');
    await team.at(CLOSE);
    const ofBo = reviewId(requestsTo(team, bo!)[0]!.name);
    const eve = team.someone('Eve');
    expect(textIn(await eve.press(on('review', ofBo)))).toContain('asked of somebody else');
    expect(textIn(await eve.submits({ ...(await openReview(team, bo!)), on: on('review', ofBo) }, full(3)))).toContain(
      'somebody else',
    );
    expect(textIn(await bo!.press(on('review', 'nothing')))).toContain('no longer here');
    expect(textIn(await bo!.press(on('give', 'nothing')))).toContain('no longer here');
    expect(textIn(await bo!.press(on('sign', ofBo)))).toContain('Give the review first');
    const own = team.chat
      .dms(ana!.id)
      .find(({ name }) => name.startsWith('feedback:self:'))!
      .name.split(':')[2]!;
    expect(textIn(await bo!.press(on('self', own)))).toContain('Only the person who gave an answer');
    expect(textIn(await ana!.press(on('next', own)))).toContain('no feedback on that answer yet');
    expect(textIn(await ana!.press(on('comment', `${own}:A:0`)))).toContain('no feedback on that answer yet');
    await reviewsAll(team, cem!);
    await team.at(LATE_END);
    await team.jump('2026-11-29T08:00:01.000Z');
    expect(textIn(await bo!.press(on('review', ofBo)))).toContain('time for this review is over');
    expect(textIn(await ana!.press(on('self', own)))).toContain('feedback is here already');
    expect(read(team.chat.posted.find(({ name }) => name === `feedback:ask:${ofBo}`)?.message)).toContain(
      'Nothing is left to do',
    );
  });

  it('keeps what the author will change and shows it on the card and in the next form', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    await reviewsAll(team, bo!);
    await reviewsAll(team, ana!);
    await ratesSelf(team, ana!);
    const form = formIn(await ana!.presses('What will you change next time?'));
    expect(textIn(await ana!.submits(form, { next: 'Say the cost.' }))).toContain('see it again');
    expect(resultOf(team, ana!)).toContain('Next time: Say the cost.');
    const again = formIn(await ana!.presses('Change my next step'));
    expect(again.fields[0]).toMatchObject({ value: 'Say the cost.' });
    await ana!.submits(again, { next: '' });
    expect(resultOf(team, ana!)).not.toContain('Next time:');
  });
});

describe('the review window', () => {
  it('nudges once at half time, and only who has something open', async () => {
    const team = await practice();
    const [ana, bo, cem] = await answers(team, 'Ana', 'Bo', 'Cem');
    await team.at(CLOSE);
    await reviewsAll(team, ana!);
    await team.at(NUDGE);
    const nudged = () =>
      team.chat
        .named('feedback:nudge:')
        .map(({ delivery }) => 'to' in delivery && delivery.to.in === 'dm' && delivery.to.person);
    expect(new Set(nudged())).toEqual(new Set([bo!.id, cem!.id]));
    await team.at(LATE_END);
    expect(nudged()).toHaveLength(2);
  });

  it('publishes at its end with what there is, and adds a late review once', async () => {
    const team = await practice();
    const [ana, bo, cem] = await answers(team, 'Ana', 'Bo', 'Cem');
    await team.at(CLOSE);
    await reviewsAll(team, ana!);
    await reviewsAll(team, bo!);
    await ratesSelf(team, ana!);
    expect(resultOf(team, ana!)).toBe('');
    await team.at(END);
    expect(resultOf(team, ana!).match(/Reviewer [A-Z]\n/g)).toHaveLength(1);
    expect(resultOf(team, ana!)).toContain('Late reviews may come until');
    await team.at('2026-11-27T08:00:00.000Z');
    expect(textIn(await cem!.press(on('give', cardSubject(team))))).toContain('late reviews are welcome until');
    await reviewsAll(team, cem!);
    expect(resultOf(team, ana!)).toContain('Feedback, updated');
    expect(resultOf(team, ana!).match(/Reviewer [A-Z]\n/g)).toHaveLength(2);
    expect(resultOf(team, ana!)).not.toContain('Late reviews may come');
    expect(
      team.chat
        .named('feedback:result:')
        .find(({ delivery }) => 'to' in delivery && delivery.to.in === 'dm' && delivery.to.person === ana!.id)?.edits,
    ).toBe(1);
  });

  it('is updated once only: whoever thinks better of it afterwards comes too late, and is told so', async () => {
    const team = await practice();
    const [ana, bo, cem] = await answers(team, 'Ana', 'Bo', 'Cem');
    await team.at(CLOSE);
    const ofAna = (who: Someone) =>
      reviewId(requestsTo(team, who).find(({ message }) => read(message).includes('how Ana'))!.name);
    const [late, never] = [ofAna(bo!), ofAna(cem!)];
    await cem!.press(on('cannot', never));
    await team.at(END);
    await bo!.submits(formIn(await bo!.press(on('review', late))), full(3));
    expect(resultOf(team, ana!)).toContain('Feedback, updated');
    expect(textIn(await cem!.press(on('review', never)))).toContain('time for this review is over');
  });

  it('opens once, however often it is told that a round closed', async () => {
    const team = await practice();
    await answers(team, 'Ana', 'Bo', 'Cem');
    await team.at(CLOSE);
    const before = team.chat.named('feedback:').length;
    await commit(team.core, async (tx, nudges) => {
      const begin = await beginTurn(team.core, tx, nudges, TEAM);
      await begin?.(feedback).tell({ kind: 'round-closed', round: cardSubject(team) });
    });
    await team.settle();
    expect(team.chat.named('feedback:')).toHaveLength(before);
  });

  it('says kindly that nobody came, and shows who came late all the same', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(END);
    expect(resultOf(team, ana!)).toContain('Nobody has reviewed this answer in time');
    await reviewsAll(team, bo!);
    expect(resultOf(team, ana!)).toContain('I could follow you');
  });

  it('shows late reviews at the end of their time when one of several is still missing', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo', 'Cem');
    await team.at(END);
    await reviewsAll(team, bo!);
    expect(resultOf(team, ana!)).toContain('Nobody has reviewed');
    await team.at(LATE_END);
    expect(resultOf(team, ana!)).toContain('I could follow you');
    expect(resultOf(team, ana!)).toContain('Feedback, updated');
  });

  it('holds a result for the own rating 24 hours at most', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo');
    await team.at(CLOSE);
    await reviewsAll(team, ana!);
    await reviewsAll(team, bo!);
    await team.at('2026-11-27T07:59:59.000Z');
    expect(resultOf(team, ana!)).toBe('');
    expect(heldOf(team, ana!)).toContain('To see it now, rate your own answer.');
    await team.at('2026-11-27T08:00:00.000Z');
    expect(resultOf(team, ana!)).toContain('I could follow you');
    expect(heldOf(team, ana!)).toBe('');
  });

  it('asks an author to give two before they see theirs, and never holds it beyond 72 hours', async () => {
    const team = await practice();
    const [ana, bo, cem] = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee');
    await team.at(CLOSE);
    await reviewsAll(team, bo!);
    await reviewsAll(team, cem!);
    await ratesSelf(team, ana!);
    await team.at(END);
    expect(heldOf(team, ana!)).toContain('give 2 more reviews');
    await ana!.submits(await openReview(team, ana!), full(3));
    expect(resultOf(team, ana!)).toBe('');
    await ana!.submits(await openReview(team, ana!), full(3));
    expect(resultOf(team, ana!)).toContain('I could follow you');

    const other = await practice();
    const [eva, fio, gus] = await answers(other, 'Eva', 'Fio', 'Gus');
    await other.at(CLOSE);
    await reviewsAll(other, fio!);
    await reviewsAll(other, gus!);
    await ratesSelf(other, eva!);
    await other.at('2026-11-29T07:59:59.000Z');
    expect(resultOf(other, eva!)).toBe('');
    await other.at(LATE_END);
    expect(resultOf(other, eva!)).toContain('I could follow you');
  });
});

describe('a schedule that does not ask to give first', () => {
  it('lets authors read without having given', async () => {
    const team = await practice();
    const [ana, bo] = await answers(team, 'Ana', 'Bo', 'Cem');
    await team.store.write((tx) => tx.updateTable('rounds').set({ give_first: 0 }).execute());
    const cem = team.someone('Cem');
    await team.at(CLOSE);
    await reviewsAll(team, bo!);
    await reviewsAll(team, cem);
    await ratesSelf(team, ana!);
    expect(resultOf(team, ana!)).toContain('I could follow you');
  });
});

describe('handing reviews on', () => {
  it('gives a review that cannot be given to somebody else at once, and takes it back if they find time after all', async () => {
    const team = await practice();
    const people = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee', 'Eva');
    await team.at(CLOSE);
    const bo = people[1]!;
    const before = people.map((one) => requestsTo(team, one).length);
    expect(before).toEqual([3, 3, 3, 3, 3]);
    const id = reviewId(requestsTo(team, bo)[0]!.name);
    expect(textIn(await bo.press(on('cannot', id)))).toContain('Somebody else is asked');
    expect(people.map((one) => requestsTo(team, one).length).reduce((a, b) => a + b)).toBe(15);
    expect(Math.max(...people.map((one) => requestsTo(team, one).length))).toBe(4);
    expect(textIn(await bo.press(on('cannot', id)))).toContain('handed on already');
    expect(textIn(await bo.submits(formIn(await bo.presses('Review it after all')), full(3)))).toContain('Thank you');
    expect(textIn(await bo.press(on('cannot', id)))).toContain('given this review already');
  });

  it('at 85 % frees what nobody began, volunteers first, and never loads anybody over k + 1', async () => {
    const team = await practice();
    const people = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee', 'Eva');
    const [ana, bo, cem, dee, eva] = people as [Someone, Someone, Someone, Someone, Someone];
    await team.at(CLOSE);
    for (const one of [bo, cem, dee, eva]) await reviewsAll(team, one);
    const lying = requestsTo(team, ana).length;
    expect(lying).toBe(3);
    await team.at(HAND_ON);
    const reads = team.chat.dms(ana.id).map(({ message }) => read(message));
    expect(reads.filter((text) => text.includes('somebody else was asked as well'))).toHaveLength(3);
    const asked = [bo, cem, dee, eva].map((one) => requestsTo(team, one).length);
    expect(asked.reduce((a, b) => a + b)).toBe(3);
    expect(Math.max(...asked)).toBe(1);
    for (const one of [bo, cem, dee, eva]) await reviewsAll(team, one);
    await team.at(END);
    await team.at(LATE_END);
    expect(resultOf(team, bo).match(/Reviewer [A-Z]\n/g)).toHaveLength(3);
  });

  it('never asks anybody for more than k + 1, however much lies about', async () => {
    const team = await practice();
    const people = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee', 'Eva', 'Fio', 'Gus', 'Hal');
    const [, bo] = people;
    await team.at(CLOSE);
    expect(await reviewsAll(team, bo!)).toBe(3);
    await team.at(HAND_ON);
    expect(requestsTo(team, bo!)).toHaveLength(1);
    expect(people.filter((one) => one !== bo).map((one) => requestsTo(team, one).length)).not.toContain(4);
  });

  it('asks nobody who has less than four waking hours left', async () => {
    const team = await practice();
    const far = team.someone('Far', { zone: 'America/Los_Angeles' });
    const lost = team.someone('Lost', { zone: 'Mars/Olympus' });
    for (const one of [far, lost]) await one.replies(cardOf(team).name, 'Hi');
    const near = await answers(team, 'Bo', 'Cem', 'Dee', 'Eva', 'Fio');
    const [ana] = await answers(team, 'Ana');
    await team.at(CLOSE);
    for (const one of near) await reviewsAll(team, one);
    await team.jump('2026-11-25T19:30:00.000Z');
    expect(requestsTo(team, far)).toHaveLength(3);
    for (const one of [...near, lost]) expect(requestsTo(team, one)).toHaveLength(0);
    expect(requestsTo(team, ana!)).toHaveLength(0);
  });

  it('a volunteer gets one at once, or is first in line when slots are freed', async () => {
    const team = await practice();
    const people = await answers(team, 'Ana', 'Bo', 'Cem', 'Dee');
    await team.at(CLOSE);
    const zoe = team.someone('Zoe');
    const subject = cardSubject(team);
    const offer = textIn(await zoe.press(on('give', subject)));
    expect(offer).toContain('Nothing was asked of you');
    expect(offer).toContain('[Give me one to review]');
    expect(textIn(await zoe.press(on('volunteer', subject)))).toContain('in your direct messages');
    expect(requestsTo(team, zoe)).toHaveLength(1);
    expect(textIn(await zoe.press(on('volunteer', subject)))).toContain('Open until');
    for (let i = 0; i < 3; i += 1) {
      await reviewsAll(team, zoe);
      await zoe.press(on('volunteer', subject));
    }
    await reviewsAll(team, zoe);
    const yan = team.someone('Yan');
    expect(textIn(await yan.press(on('volunteer', subject)))).toContain('you are asked first');
    await reviewsAll(team, people[1]!);
    await team.at(HAND_ON);
    expect(requestsTo(team, yan).length).toBeGreaterThan(0);
  });

  it('a request that cannot be delivered goes to somebody else', async () => {
    const team = await practice();
    await answers(team, 'Ana', 'Bo', 'Cem', 'Dee', 'Eva');
    const { DeliveryError } = await import('../../src/chat/chat.ts');
    const error = new DeliveryError('cannot dm this user', { effect: 'none', retry: 'never' });
    team.chat.troubles.push({ about: 'feedback:ask:', trouble: { error, effect: 'before' } });
    await team.at(CLOSE);
    expect(team.chat.named('feedback:ask:')).toHaveLength(15);
  });
});
