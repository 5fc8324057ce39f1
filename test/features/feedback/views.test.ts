import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../src/bank/question.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import { formOverLimits, LIMITS, overLimits } from '../../../src/chat/limits.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import type { Text } from '../../../src/chat/text.ts';
import { encodeAction } from '../../../src/chat/wire.ts';
import { ANCHORS, DIMENSIONS } from '../../../src/rubric/anchors.ts';
import { nextForm, reviewForm, selfForm } from '../../../src/features/feedback/forms.ts';
import {
  heldCard,
  ratedCard,
  resultCard,
  type ResultView,
  saidText,
  selfCard,
} from '../../../src/features/feedback/result-views.ts';
import { ITEMS, stepsOf } from '../../../src/features/feedback/rubric.ts';
import { lensOf, levelOf } from '../../../src/rubric/lens.ts';
import * as views from '../../../src/features/feedback/views.ts';
import { expectPlatformsTake, expectPlatformsTakeForm } from '../../support/fits-platforms.ts';
import { buttonsOf, read } from '../../support/words.ts';

const numRuns = process.env['LONG'] ? 10_000 : 150;
const UNTIL = '2026-11-26T08:00:00.000Z' as Instant;
const zone = 'Europe/Berlin';
/** Texts as people write them, hostile ones and very long ones among them. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }).map((part) => part.repeat(900)),
  fc.constantFrom('', '😀'.repeat(4000), '**bold** <@U1> [x](http://x)', '\n'.repeat(4000)),
);
const id = fc.stringMatching(/^[0-9A-Z]{26}$/);
const level = fc.constantFrom(...LEVELS);
const fits = (message: Message): void => {
  expect(overLimits(message)).toEqual([]);
  expectPlatformsTake(message);
  for (const button of buttonsOf(message)) expect(encodeAction(button.on).length).toBeLessThanOrEqual(LIMITS.actionId);
};
const formFits = (form: Form): void => {
  expect(formOverLimits(form)).toEqual([]);
  expectPlatformsTakeForm(form);
};
const scores = fc.record(
  { setup: fc.integer({ min: 1, max: 5 }), reach: fc.integer({ min: 1, max: 5 }) },
  { requiredKeys: [] },
);

describe('the rubric', () => {
  it('has five steps for each dimension at each level, none over sixty characters', () => {
    for (const name of LEVELS)
      for (const dimension of DIMENSIONS)
        for (const anchor of ANCHORS[name][dimension]) {
          expect(anchor.length, anchor).toBeLessThanOrEqual(60);
          expect(anchor.length, anchor).toBeGreaterThan(3);
        }
  });

  it('shows five distinct steps and “can’t tell” for each item at each level, within the limits', () => {
    for (const name of LEVELS) {
      const form = reviewForm({ review: 'r', skill: 'ethics', level: name, answer: 'x' });
      formFits(form);
      const ratings = form.fields.filter((field) => field.kind === 'rating');
      expect(ratings.map((field) => field.name)).toEqual([...ITEMS]);
      for (const field of ratings) {
        expect(field.steps.map(({ value }) => value)).toEqual(['1', '2', '3', '4', '5', 'none']);
        expect(new Set(field.steps.map(({ label }) => label)).size).toBe(6);
      }
    }
  });

  it('puts both anchors of a merged item into each step', () => {
    for (const name of LEVELS)
      for (const item of ['result', 'reach'] as const)
        for (const step of stepsOf(item, name)) expect(step, step).toMatch(/[;,]/);
  });

  it('follows the level of the answer, and takes an unknown one as the lowest', () => {
    const all = LEVELS.map((name) => stepsOf('setup', name)[2]);
    expect(new Set(all).size).toBe(4);
    expect(levelOf('staff')).toBe('staff');
    expect(levelOf('boss')).toBe('mid');
  });

  it('has a lens for each skill that needs one, and none for what is not a skill', () => {
    for (const skill of ['mentorship', 'strategy', 'stakeholder-management', 'ethics', 'hiring'])
      expect(lensOf(skill)).toMatch(/^[a-z].{15,}/);
    expect(lensOf('constructor')).toBeUndefined();
  });
});

describe('cards and forms', () => {
  it('fit every platform, whatever people write', () => {
    const asked = fc.record({
      review: id,
      title: anyText,
      skill: anyText,
      level,
      question: anyText,
      answer: anyText,
      people: fc.nat(30),
    });
    fc.assert(
      fc.property(asked, anyText, fc.nat(9), (one, other, n) => {
        fits(views.requestCard({ ...one, until: UNTIL, zone }));
        const named = { id: one.review, title: one.title };
        fits(views.givenCard({ ...named, signed: n % 2 === 0 ? null : other }));
        fits(views.freedCard(named, n % 2 === 0 ? 'declined' : 'time'));
        fits(views.overCard(one.title));
        fits(
          views.nudgeCard(
            Array.from({ length: n + 1 }, () => named),
            UNTIL,
            zone,
          ),
        );
        const open = Array.from({ length: n + 1 }, () => ({ id: one.review, preview: other, level: one.level }));
        fits(views.openCard(open, { title: one.title, until: UNTIL, zone, isLate: n % 2 === 0 }));
        fits(views.volunteerCard(named, n, n % 2 === 0 ? [] : [one.review]));
        fits(
          views.quietCard(
            [{ kind: 'plain', value: 'x' }],
            Array.from({ length: n }, () => one.review),
          ),
        );
        fits(selfCard({ answer: one.review, title: one.title, closes: UNTIL, zone, reviewers: n }));
        fits(ratedCard(one.review, one.title));
        fits(
          heldCard({
            answer: one.review,
            title: other,
            until: UNTIL,
            zone,
            needsSelf: n % 2 === 0,
            owed: 1 + (n % 2),
            round: one.review,
          }),
        );
      }),
      { numRuns },
    );
  });

  it('the result fits as well', () => {
    const said = fc.record({
      letter: fc.constantFrom('A', 'B', 'AA'),
      keep: anyText,
      change: anyText,
      signed: fc.option(anyText),
    });
    const result = fc.record({
      answer: id,
      title: anyText,
      skill: anyText,
      level: anyText,
      said: fc.array(said, { maxLength: 12 }),
      ratings: fc.array(scores),
      people: fc.nat(20),
      isUpdated: fc.boolean(),
      nextTime: fc.option(anyText),
    });
    fc.assert(
      fc.property(result, scores, fc.boolean(), (view, self, isLate) => {
        fits(resultCard({ ...view, self, zone, retentionDays: 180, ...(isLate ? { lateUntil: UNTIL } : {}) }));
      }),
      { numRuns },
    );
  });

  it('forms fit, also when they are filled in from before', () => {
    fc.assert(
      fc.property(id, anyText, anyText, level, scores, (key, one, other, name, given) => {
        const earlier = { scores: given, comment: { keep: one, change: other } };
        formFits(reviewForm({ review: key, skill: one, level: name, answer: other }));
        formFits(reviewForm({ review: key, skill: 'ethics', level: name, answer: other, earlier }));
        formFits(selfForm({ answer: key, level: name, alone: true, earlier: given, note: one }));
        formFits(nextForm(key, views.words(one), other));
      }),
      { numRuns },
    );
  });

  it('long answers are cut on the card and can be read to the end', () => {
    const answer = Array.from({ length: 2000 }, (_, i) => `word${i}`).join(' ');
    const card = views.requestCard({
      review: 'r1',
      title: 'T',
      skill: 'ethics',
      level: 'mid',
      question: 'Q?',
      answer,
      until: UNTIL,
      zone,
      people: 9,
    });
    fits(card);
    expect(read(card)).toContain('[Review] [Read all] [I can’t this time]');
    let text = '';
    for (let page = 0, more = true; more; page += 1) {
      const shown = views.pageCard({ title: 'A', text: answer, page }, (next) => views.on('read', `r1:${next}`), []);
      fits(shown);
      text += ` ${read(shown).split('\n')[1]}`;
      more = buttonsOf(shown).some(({ label }) => label === 'Next page');
    }
    expect(text.trim()).toBe(answer);
  });

  it('what people wrote is never read as markup', () => {
    const hostile = '**x** <!channel> [y](http://z) @everyone';
    const isPlain = (text: Text): boolean =>
      text.every((span) => span.kind === 'plain' || !JSON.stringify(span).includes('everyone'));
    const texts = (message: Message): Text[] =>
      message.blocks.flatMap((block) => ('text' in block ? [block.text] : []));
    const request = views.requestCard({
      review: 'r1',
      title: 'T',
      skill: 'ethics',
      level: 'mid',
      question: 'Q?',
      answer: hostile,
      until: UNTIL,
      zone,
      people: 9,
    });
    const open = views.openCard([{ id: 'r1', preview: hostile, level: 'mid' }], {
      title: 'T',
      until: UNTIL,
      zone,
      isLate: false,
    });
    const page = views.pageCard({ title: 'A', text: hostile, page: 0 }, () => views.on('read', 'r1:1'), []);
    for (const text of [request, open, page].flatMap(texts)) expect(isPlain(text)).toBe(true);
    expect(isPlain(reviewForm({ review: 'r', skill: 'x', level: 'mid', answer: hostile }).intro ?? [])).toBe(true);
    expect(
      saidText({ letter: 'A', keep: hostile, change: hostile, signed: null }, 100).filter(
        ({ kind }) => kind === 'plain',
      ),
    ).toHaveLength(2);
  });

  it.each(LEVELS)('shows every step of the rubric at %s level', (name) => {
    const card = views.stepsCard(name, 'r1');
    fits(card);
    for (const dimension of DIMENSIONS)
      for (const anchor of ANCHORS[name][dimension]) expect(read(card)).toContain(anchor);
  });
});

describe('the result card', () => {
  const view: ResultView = {
    answer: 'a1',
    title: 'Owning an incident',
    skill: 'ethics',
    level: 'senior',
    said: [{ letter: 'B', keep: 'the start', change: 'the end', signed: null }],
    ratings: [
      { setup: 3, reach: 3 },
      { setup: 4, reach: 4 },
      { setup: 4, reach: 4 },
    ],
    self: { setup: 3, reach: 2 },
    people: 7,
    isUpdated: false,
    zone,
    nextTime: null,
    retentionDays: 180,
  };

  it('says words first, then the plain mean with its count and range, then the next step', () => {
    const text = read(resultCard(view));
    const order = [
      'Reviewer B',
      'Keep:',
      'the start',
      'Change:',
      'the end',
      '3.7, the plain mean of 3 ratings (3–4)',
      'What will you change next time?',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('Setup 3.7 (3 ratings, 3–4) · Reach and trade-offs 3.7 (3 ratings, 3–4)');
    expect(text).toContain(
      'You rated yourself 2.5: 1.2 below your peers. Widest apart: Reach and trade-offs, 2 by you and 3.7 by them.',
    );
  });

  it('shows no number from one rating, and none without its count', () => {
    const text = read(resultCard({ ...view, ratings: [{ setup: 5 }] }));
    expect(text).toContain('Numbers appear from two ratings on');
    expect(text).not.toMatch(/mean|\b5\b/);
  });

  it('says so when nobody reviewed, when more may come, and when few take part', () => {
    const text = read(resultCard({ ...view, said: [], ratings: [], lateUntil: UNTIL, people: 4 }));
    expect(text).toContain('Nobody has reviewed this answer in time');
    expect(text).toContain('Late reviews may come until');
    expect(text).toContain('With 4 people taking part it is easy to guess');
    expect(read(resultCard(view))).not.toContain('easy to guess');
  });

  it('offers the whole of a comment that was cut', () => {
    const card = resultCard({ ...view, said: [{ letter: 'B', keep: 'x'.repeat(2000), change: 'y', signed: 'Lena' }] });
    expect(read(card)).toContain('Reviewer B, signed by Lena');
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['What will you change next time?', 'Read all of B']);
  });
});
