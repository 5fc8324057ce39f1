/** Every card and form of discussions fits any platform, whatever people, packs and platforms put into it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../src/bank/question.ts';
import type { ChannelId, Instant, PersonId } from '../../../src/chat/ids.ts';
import { formOverLimits, overLimits } from '../../../src/chat/limits.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import { decodeAction, encodeAction } from '../../../src/chat/wire.ts';
import { moreForm, planForm } from '../../../src/features/discussion/forms.ts';
import type { Plan } from '../../../src/features/discussion/plan-queries.ts';
import * as plans from '../../../src/features/discussion/plan-views.ts';
import type { Discussion } from '../../../src/features/discussion/queries.ts';
import * as ends from '../../../src/features/discussion/summary-views.ts';
import * as cards from '../../../src/features/discussion/views.ts';
import { plusDays } from '../../../src/schedule/zone.ts';
import { cleanText } from '../../../src/store/text.ts';
import { expectPlatformsTake, expectPlatformsTakeForm } from '../../support/fits-platforms.ts';
import { buttonsOf, read } from '../../support/words.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 300 };

const id = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), minLength: 26, maxLength: 26 });
const snowflake = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 17, maxLength: 20 });
const typed = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .tuple(fc.constantFrom('🙂', 'word ', 'a', '\n', 'ﷺ', '**x** `', '<@1> '), fc.integer({ min: 1, max: 20_000 }))
      .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length))),
  )
  .map(cleanText);
const at = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
  .map((ms) => new Date(ms).toISOString() as Instant);
const date = fc.integer({ min: 0, max: 4000 }).map((days) => plusDays('2024-01-01', days));
const zone = fc.constantFrom('Europe/Berlin', 'America/Argentina/ComodRivadavia', 'UTC', 'Australia/Lord_Howe');
const flag = fc.constantFrom(0 as const, 1 as const);
const person = fc.option(snowflake as fc.Arbitrary<PersonId>);

const discussion: fc.Arbitrary<Discussion> = fc.record({
  id,
  team: fc.constant('T1' as Discussion['team']),
  plan: fc.constant(null),
  local_date: date,
  state: fc.constantFrom('open', 'closed'),
  reason: fc.constant(null),
  channel: snowflake as fc.Arbitrary<ChannelId>,
  zone,
  scenario: fc.oneof(fc.constant(''), id),
  title: typed,
  skills: fc.array(typed, { maxLength: 5 }).map((all) => all.join(',')),
  levels: fc.oneof(
    fc.subarray([...LEVELS]).map((all) => all.join(',')),
    typed,
  ),
  situation: typed,
  questions: fc.array(typed, { maxLength: 6 }).map((all) => JSON.stringify(all)),
  starter: person,
  lead: person,
  leads: fc.nat(9),
  lead_left: flag,
  opened: at,
  closes: at,
  closed: fc.constant(null),
  nudged: flag,
  last_reply: fc.constant(null),
  people: fc.nat(1000),
  messages: fc.nat(100_000),
  agreed: typed,
  open_points: typed,
  remember: typed,
  search: fc.constant(''),
  summary_by: person,
  summary_at: fc.option(at),
  summary_left: flag,
});

const plan: fc.Arbitrary<Plan> = fc.record({
  id,
  team: fc.constant('T1' as Plan['team']),
  channel: snowflake as fc.Arbitrary<ChannelId>,
  creator: fc.oneof(fc.constant(''), snowflake) as fc.Arbitrary<PersonId>,
  time: fc.constantFrom('09:00', '23:59'),
  zone,
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }).map((days) => days.join(',')),
  every_weeks: fc.constantFrom(1, 2, 3, 4),
  anchor: date,
  window_days: fc.constantFrom(1, 2, 3, 5),
  beside: fc.constantFrom('any', 'free', 'other'),
  paused_until: fc.option(date),
  state: fc.constantFrom('new', 'active', 'paused', 'stopped'),
  failed_days: fc.nat(5),
  next_run: fc.constant(null),
  next_date: fc.constant(null),
  last_date: fc.option(date),
  created: at,
});

const around: fc.Arbitrary<cards.Around> = fc.record({
  people: fc.nat(1000),
  messages: fc.nat(100_000),
  keepDays: fc.integer({ min: 1, max: 10_000 }),
  root: fc.constantFrom('practice', 'a'.repeat(32)),
});
const planned: fc.Arbitrary<plans.Planned> = fc.record({
  plan,
  runs: fc.array(fc.record({ at, date }), { maxLength: 3 }),
  today: date,
  keepDays: fc.integer({ min: 1, max: 10_000 }),
  root: fc.constantFrom('practice', 'a'.repeat(32)),
});
const guide = fc.record({
  guide: fc.record({
    open: typed,
    drawOut: fc.array(typed, { maxLength: 8 }),
    traps: fc.array(typed, { maxLength: 8 }),
    close: typed,
  }),
});

function expectToFit(message: Message): void {
  expect(overLimits(message)).toEqual([]);
  expectPlatformsTake(message);
  for (const { on } of buttonsOf(message)) expect(decodeAction(encodeAction(on))).toEqual(on);
  expect(buttonsOf(message).filter(({ style }) => style === 'primary').length).toBeLessThanOrEqual(1);
}
function expectFormToFit(form: Form): void {
  expect(formOverLimits(form)).toEqual([]);
  expectPlatformsTakeForm(form);
  expect(decodeAction(encodeAction(form.on))).toEqual(form.on);
}

describe('every card of a discussion', () => {
  it('fits, whatever packs and people wrote', () => {
    fc.assert(
      fc.property(discussion, around, fc.option(guide, { nil: undefined }), typed, (one, words, scenario, reason) => {
        expectToFit(cards.topicCard(one, words));
        expectToFit(cards.leadGuide(one, scenario, words.messages % 2 === 0));
        expectToFit(cards.nudge(one, words));
        expectToFit(cards.notPosted(one, reason));
        expectToFit(ends.summaryRequest(one));
        expectToFit(ends.summaryMessage(one, words));
        expectToFit(ends.closeMessage(one, words));
        expectToFit(ends.summaryKept(one));
        expectToFit(ends.noteCard(one, words));
      }),
      runs,
    );
  });

  it('fits as a list of notes, each of them once', () => {
    const many = fc.uniqueArray(discussion, { maxLength: 40, selector: (one) => one.id });
    fc.assert(
      fc.property(many, typed, (all, searched) => expectToFit(ends.noteList(all, searched, 180))),
      { numRuns: runs.numRuns / 10 },
    );
  });

  it('fits when somebody volunteers', () => {
    for (const count of [0, 1, 2, 100_000]) for (const is of [true, false]) expectToFit(cards.leadCard(is, count));
  });

  it('has its form filled with no more than it takes', () => {
    const kept = discussion.map((one) => ({
      ...one,
      agreed: one.agreed.slice(0, ends.LONGEST.agreed).toWellFormed(),
      open_points: one.open_points.slice(0, ends.LONGEST.open).toWellFormed(),
      remember: one.remember.slice(0, ends.LONGEST.remember).replaceAll('\n', ' ').toWellFormed(),
    }));
    fc.assert(
      fc.property(kept, (one) => expectFormToFit(ends.summaryForm(one, 'practice'))),
      runs,
    );
  });

  it('shows the whole situation and every question of what the bank takes', () => {
    const words = (most: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é'), minLength: 1, maxLength: most });
    const whole = fc.tuple(discussion, words(1500), fc.array(words(210), { minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(whole, around, ([one, situation, questions], words_) => {
        const text = read(cards.topicCard({ ...one, situation, questions: JSON.stringify(questions) }, words_));
        for (const part of [situation, ...questions]) expect(text).toContain(part);
      }),
      runs,
    );
  });
});

describe('every card of a plan', () => {
  it('fits', () => {
    fc.assert(
      fc.property(
        planned,
        fc.array(planned, { maxLength: 5 }),
        fc.nat(50),
        fc.boolean(),
        typed,
        (one, all, more, may, what) => {
          expectToFit(plans.planCard(one));
          expectToFit(plans.planSettings(one));
          expectToFit(plans.stopPlan(one.plan));
          expectToFit(plans.planList(all, all.length + more, may));
          expectToFit(plans.planAlert(one.plan, { title: 'x', what }));
          expectFormToFit(planForm(one.plan, { channel: undefined, zone: undefined }));
          expectFormToFit(planForm(undefined, { channel: one.plan.channel, zone: one.plan.zone }));
          expectFormToFit(moreForm(one.plan, one.today));
        },
      ),
      { numRuns: runs.numRuns / 3 },
    );
    expectToFit(plans.replacedPlanCard);
  });
});
