/** Every card and form of mentorship fits any platform, whatever people and packs put into it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelId, Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import { formOverLimits, overLimits } from '../../../src/chat/limits.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import { t } from '../../../src/chat/text.ts';
import { decodeAction, encodeAction } from '../../../src/chat/wire.ts';
import * as ask from '../../../src/features/mentor/ask-views.ts';
import * as forms from '../../../src/features/mentor/forms.ts';
import * as offers from '../../../src/features/mentor/offer-views.ts';
import type { Entry, Pair } from '../../../src/features/mentor/pair-queries.ts';
import * as pairs from '../../../src/features/mentor/pair-views.ts';
import type { Profile, Request } from '../../../src/features/mentor/queries.ts';
import * as trend from '../../../src/features/mentor/trend-views.ts';
import * as page from '../../../src/features/mentor/views.ts';
import { cleanText } from '../../../src/store/text.ts';
import { expectPlatformsTake, expectPlatformsTakeForm } from '../../support/fits-platforms.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 200 };

const id = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), minLength: 26, maxLength: 26 });
const person = fc.string({
  unit: fc.constantFrom(...'0123456789'),
  minLength: 17,
  maxLength: 20,
}) as fc.Arbitrary<PersonId>;
const typed = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .tuple(fc.constantFrom('🙂', 'word ', 'a', '\n', 'ﷺ', '**x** `', '<@1> '), fc.integer({ min: 1, max: 3000 }))
      .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)).slice(0, 3000)),
  )
  .map(cleanText);
const at = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
  .map((ms) => new Date(ms).toISOString() as Instant);
const zone = fc.constantFrom('Europe/Berlin', 'America/Argentina/ComodRivadavia', 'UTC', 'Australia/Lord_Howe');
const flag = fc.constantFrom(0, 1);
const slug = fc.oneof(fc.constantFrom('hiring', 'ethics', 'stakeholder-management'), typed);
const slugs = fc.array(slug, { maxLength: 25 }).map((all) => all.join(','));
const people = fc.array(person, { maxLength: 20 });
const team = fc.constant('T1' as TeamId);

const profile: fc.Arbitrary<Profile> = fc.record({
  team,
  person,
  role: fc.constantFrom('mentor', 'mentee', 'both', 'none'),
  offers: slugs,
  wants: slugs,
  topics: fc.subarray(Object.keys(forms.TOPICS), { maxLength: 3 }).map((all) => all.join(',')),
  hours: fc.nat(9),
  capacity: fc.nat(9),
  never: people.map((all) => all.join(',')),
  manager: fc.option(person),
  buddies: flag,
  ready: flag,
  looking: flag,
  paused_until: fc.option(at),
  near: fc.constant('C1' as ChannelId),
  created: at,
}) as fc.Arbitrary<Profile>;

const pair: fc.Arbitrary<Pair> = fc.record({
  id,
  team,
  kind: fc.constantFrom('mentor', 'buddies'),
  about: slug,
  started: at,
  ends: at,
  state: fc.constantFrom('active', 'ended'),
  why: fc.constant(null),
  ended: fc.constant(null),
  near: fc.constant(null),
  rooms: fc.nat(20),
  room: fc.constantFrom('none', 'coming', 'open', 'failed'),
}) as fc.Arbitrary<Pair>;

const entry: fc.Arbitrary<Entry> = fc.record({
  id,
  team,
  pair: id,
  person,
  kind: fc.constantFrom('topic', 'decision', 'note'),
  text: typed,
  ref: fc.constant(null),
  done: flag,
  at,
}) as fc.Arbitrary<Entry>;
const entries = fc.uniqueArray(entry, { maxLength: 40, selector: (one) => one.id });

function fits(message: Message): void {
  expect(overLimits(message)).toEqual([]);
  expectPlatformsTake(message);
  const actions = message.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ on }) => on) : block.kind === 'choice' ? [block.on] : [],
  );
  for (const action of actions) expect(decodeAction(encodeAction(action))).toEqual(action);
  const styles = message.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ style }) => style) : [],
  );
  expect(styles.filter((style) => style === 'primary').length).toBeLessThanOrEqual(1);
}

function formFits(form: Form): void {
  expect(formOverLimits(form)).toEqual([]);
  expectPlatformsTakeForm(form);
  for (const field of form.fields) {
    if (field.kind !== 'choice' || field.value === undefined) continue;
    const known = field.options.map(({ value }) => value);
    for (const value of field.many ? field.value.split(',') : [field.value]) expect(known).toContain(value);
  }
}

describe('every card of mentorship fits', () => {
  it('the page', () => {
    const line: fc.Arbitrary<page.PairLine> = fc.record({
      id,
      kind: fc.constantFrom('mentor', 'buddies'),
      others: fc.array(person, { maxLength: 2 }),
      ends: at,
      as: fc.constantFrom('mentor', 'mentee', 'buddy'),
    });
    const whole = fc.record({
      said: fc.constantFrom(t`Saved.`, undefined),
      profile,
      level: fc.constantFrom('', 'mid', 'principal'),
      zone,
      pausedUntil: fc.option(at, { nil: undefined }),
      pairs: fc.array(line, { maxLength: 8 }),
      waiting: fc.constantFrom('offers', 'resting', 'no mentors', 'full', 'no match', 'soon', undefined),
      rankUntil: fc.option(at, { nil: undefined }),
      root: fc.constantFrom('practice', 'p'.repeat(32)),
      keepDays: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(whole, ({ said, ...of }) => fits(page.pageCard({ ...of, ...(said ? { said } : {}) } as page.Page))),
      runs,
    );
    fits(page.welcomeCard(180));
  });

  it('offers, whoever is in them', () => {
    const offer = fc.record({ id, mentor: person, name: typed, reasons: typed, rank: fc.constantFrom(null, 1, 2, 3) });
    fc.assert(
      fc.property(id, fc.array(offer, { maxLength: 3 }), at, zone, person, (run, all, until, where, mentor) => {
        fits(offers.offersCard(run, all, until, where));
        fits(offers.settledCard(mentor));
      }),
      runs,
    );
    fits(offers.passedCard());
    fits(offers.unpairedCard());
  });

  it('requests and their answers', () => {
    const request: fc.Arbitrary<Request> = fc.record({
      id,
      team,
      mentee: person,
      mentor: person,
      words: typed,
      state: fc.constant('asked' as const),
      asked: at,
      until: at,
    });
    fc.assert(
      fc.property(request, zone, (one, where) => {
        fits(ask.requestCard(one, where, 'Principal'));
        fits(ask.answeredCard(one.mentee, t`You accepted.`));
        fits(ask.laterCard(one.mentor, one.until, where));
        fits(ask.declinedCard(one.mentor));
        fits(ask.lapsedCard(one.mentor));
      }),
      runs,
    );
  });

  it('the agenda, its notes, and what is said around a pair', () => {
    const about = fc.record({
      topics: entries,
      decision: fc.option(entry, { nil: undefined }),
      notes: fc.nat(500),
      prompts: fc.array(typed, { maxLength: 3 }),
      zone,
      keepDays: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(pair, about, fc.array(person, { maxLength: 2 }), (one, words, others) => {
        fits(pairs.agendaCard({ pair: one, ...words }));
        fits(pairs.notesCard(one, words.topics, words.topics[0]?.person ?? ('1' as PersonId)));
        for (const as of ['mentor', 'mentee', 'buddy'] as const) {
          const intro = { pair: one, others, as, reasons: words.prompts[0] ?? '', zone: words.zone };
          fits(pairs.introCard({ ...intro, roomNoun: 'private thread' }));
        }
        fits(pairs.checkInCard(one.id, others));
        fits(pairs.closingCard(one.id, others, 'practice'));
        fits(pairs.noRoomCard(one.id, `It could not be opened: ${'x'.repeat(200)}.`, 'group message'));
        for (const why of ['term', 'rematch', 'stopped', 'left', 'month'] as const)
          fits(pairs.endedCard(why, others, one.ends, words.zone));
        for (const text of words.prompts) fits(pairs.closingNote('1' as PersonId, text));
        expect(pairs.roomTitle(one).length).toBeLessThanOrEqual(80);
      }),
      runs,
    );
  });

  it('a low trend, and nobody to practise with', () => {
    const low = fc.record({
      skill: slug.map((one) => one.slice(0, 200)),
      mean: fc.double({ min: 1, max: 2.99, noNaN: true }),
      answers: fc.constant(3),
      ratings: fc.nat(40),
    });
    fc.assert(
      fc.property(low, fc.boolean(), (one, isMentee) => {
        const card = trend.trendCard({ ...one, skill: 'hiring' }, isMentee);
        fits(card);
      }),
      { numRuns: 50 },
    );
    fits(trend.loneCard());
  });
});

describe('every form of mentorship fits', () => {
  it('filled with anything', () => {
    const bank = fc
      .array(fc.record({ status: fc.constant('reviewed'), skills: fc.array(slug, { minLength: 1, maxLength: 3 }) }), {
        maxLength: 40,
      })
      .map((questions) => ({ questions }) as never);
    fc.assert(
      fc.property(profile, bank, zone, typed, (one, loaded, where, words) => {
        const skills = forms.skillsIn(loaded);
        formFits(forms.aboutForm(one, { skills, level: 'mid' }));
        formFits(forms.aboutForm(undefined, { skills, level: '', wants: 'hiring' }));
        formFits(forms.limitsForm(one, where));
        formFits(forms.askForm(one.person));
        for (const form of [forms.topicForm, forms.decisionForm, forms.noteForm, forms.closingForm])
          formFits(form('0'.repeat(26), words));
      }),
      runs,
    );
    formFits(forms.pauseForm());
  });
});
