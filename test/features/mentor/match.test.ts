/** A matching run, whatever the team: nobody is brought together who must not be, and nobody's room or limit is passed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../src/bank/question.ts';
import type { PersonId } from '../../../src/chat/ids.ts';
import { sharedHoursAt } from '../../../src/features/mentor/hours.ts';
import { propose, settle } from '../../../src/features/mentor/match.ts';
import {
  buddyFit,
  type Ground,
  inLine,
  reasonsFor,
  scoreOf,
  type Someone,
} from '../../../src/features/mentor/rules.ts';
import { pairUp } from '../../../src/matching/pairs.ts';
import { MONDAY } from '../../support/team.ts';

const numRuns = process.env['LONG'] ? 10_000 : 500;
const hours = sharedHoursAt(MONDAY);
const SKILLS = ['hiring', 'ethics', 'strategy'];
const NAMES = Array.from({ length: 10 }, (_, i) => `p${i}` as PersonId);
const ZONES = ['Europe/Berlin', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo'];
const some = <T>(of: readonly T[], most: number) => fc.subarray([...of], { maxLength: most });

const someone = (id: PersonId): fc.Arbitrary<Someone> =>
  fc.record({
    id: fc.constant(id),
    level: fc.constantFrom(...LEVELS),
    zone: fc.constantFrom(...ZONES),
    offers: some(SKILLS, 3),
    wants: some(SKILLS, 3),
    topics: some(['speaking', 'influence', 'delegating', 'staying'], 3),
    never: some(NAMES, 2),
    manager: fc.option(fc.constantFrom(...NAMES), { nil: null, freq: 2 }),
    means: fc.dictionary(fc.constantFrom(...SKILLS), fc.double({ min: 1, max: 5, noNaN: true })),
    capacity: fc.integer({ min: 1, max: 3 }),
    load: fc.nat(3),
    mentored: fc.constant(false),
    offered: fc.nat(4),
    rested: fc.boolean(),
  });

const team = fc
  .record({
    people: fc.tuple(...NAMES.map(someone)),
    apart: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { maxLength: 4 }),
    split: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ people, apart, split }) => {
    const managers = new Map<string, string | null>(people.map(({ id, manager }) => [id, manager]));
    const isApart = (a: string, b: string): boolean =>
      apart.some(([one, other]) => (one === a && other === b) || (one === b && other === a));
    const ground: Ground = {
      hours,
      past: (a, b) => (isApart(a, b) ? undefined : 0),
      managerOf: (person) => managers.get(person),
    };
    // Some are on both sides.
    return { people, mentees: people.slice(0, split), mentors: people.slice(Math.max(0, split - 2)), ground };
  });

const byId = (people: readonly Someone[], id: string): Someone => people.find((one) => one.id === id)!;

/** What must hold for any two who are brought together, said apart from the rules under test. */
function expectApart(a: Someone, b: Someone, ground: Ground): void {
  expect(a.id).not.toBe(b.id);
  expect(a.never).not.toContain(b.id);
  expect(b.never).not.toContain(a.id);
  expect(a.manager).not.toBe(b.id);
  expect(b.manager).not.toBe(a.id);
  expect(inLine(a.id, b.id, ground.managerOf)).toBe(false);
  expect(hours(a.zone, b.zone)).toBeGreaterThanOrEqual(2);
  expect(ground.past(a.id, b.id)).toBeDefined();
}

describe('offers', () => {
  it('keep every limit', () => {
    fc.assert(
      fc.property(team, ({ people, mentees, mentors, ground }) => {
        const offers = propose(mentees, mentors, ground);
        for (const { mentee, mentor } of offers) {
          const [low, high] = [byId(people, mentee), byId(people, mentor)];
          expectApart(low, high, ground);
          expect(LEVELS.indexOf(high.level)).toBeGreaterThanOrEqual(LEVELS.indexOf(low.level));
          expect(high.load).toBeLessThan(high.capacity);
        }
        for (const { id, capacity, offered } of mentors) {
          const own = offers.filter(({ mentor }) => mentor === id).length;
          expect(own).toBeLessThanOrEqual(Math.max(0, 3 * capacity - offered));
        }
        for (const { id } of mentees) {
          const own = offers.filter(({ mentee }) => mentee === id).map(({ mentor }) => mentor);
          expect(own.length).toBeLessThanOrEqual(3);
          expect(new Set(own).size).toBe(own.length);
        }
      }),
      { numRuns },
    );
  });

  it('name nothing that is private: no list, no manager, no rating', () => {
    fc.assert(
      fc.property(team, ({ mentees, mentors, ground }) => {
        const bare = <T extends Someone>(one: T): T => ({ ...one, never: [], manager: null, means: {} });
        for (const mentee of mentees)
          for (const mentor of mentors)
            expect(reasonsFor(mentee, mentor, ground)).toBe(reasonsFor(bare(mentee), bare(mentor), ground));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is settled', () => {
  it('is among the offers, keeps every limit, and gives nobody two mentors', () => {
    const ranks = fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(team, ranks, ({ people, mentees, mentors, ground }, chosen) => {
        const offers = propose(mentees, mentors, ground).map((offer, i) => ({ ...offer, rank: chosen[i] ?? null }));
        const pairs = settle(offers, mentees, mentors, ground);
        for (const { mentee, mentor } of pairs) {
          expectApart(byId(people, mentee), byId(people, mentor), ground);
          expect(offers.some((offer) => offer.mentee === mentee && offer.mentor === mentor)).toBe(true);
        }
        expect(new Set(pairs.map(({ mentee }) => mentee)).size).toBe(pairs.length);
        for (const { id, capacity, load } of mentors)
          expect(load + pairs.filter(({ mentor }) => mentor === id).length).toBeLessThanOrEqual(
            Math.max(capacity, load),
          );
      }),
      { numRuns },
    );
  });

  it('gives a mentee their first choice where it is free and nearly as good', () => {
    const base = {
      zone: 'Europe/Berlin',
      topics: [],
      never: [],
      manager: null,
      means: {},
      load: 0,
      mentored: false,
      offered: 0,
      rested: true,
    };
    const mentee: Someone = {
      ...base,
      id: 'm' as PersonId,
      level: 'mid',
      wants: ['hiring', 'ethics'],
      offers: [],
      capacity: 1,
    };
    const a: Someone = {
      ...base,
      id: 'a' as PersonId,
      level: 'senior',
      wants: [],
      offers: ['hiring', 'ethics'],
      capacity: 1,
    };
    const b: Someone = { ...a, id: 'b' as PersonId, offers: ['hiring'] };
    const ground: Ground = { hours, past: () => 0, managerOf: () => null };
    const offers = propose([mentee], [a, b], ground);
    expect(offers.map(({ mentor }) => mentor)).toEqual(['a', 'b']);
    const chosen = offers.map((offer) => ({ ...offer, rank: offer.mentor === 'b' ? 1 : 2 }));
    expect(settle(chosen, [mentee], [a, b], ground)).toEqual([{ mentee: 'm', mentor: 'a' }]);
    const clearly = chosen.map((offer) => ({ ...offer, rank: offer.mentor === 'b' ? 1 : null }));
    expect(settle(clearly, [mentee], [a, b], ground)).toEqual([{ mentee: 'm', mentor: 'b' }]);
    expect(offers[0]?.reasons).toBe('strong in hiring and ethics, one level above, 40 shared hours a week');
  });
});

describe('a score', () => {
  it('is between 0 and 1, and higher for what is asked for, and for who is new', () => {
    fc.assert(
      fc.property(team, ({ mentees, mentors, ground }) => {
        for (const mentee of mentees)
          for (const mentor of mentors) {
            const score = scoreOf(mentee, mentor, { ...ground, past: () => 0 });
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1 + 1e-9);
            expect(scoreOf(mentee, mentor, { ...ground, past: () => 3 })).toBeLessThan(score);
          }
      }),
      { numRuns: 100 },
    );
  });
});

describe('buddies', () => {
  it('keep every limit too', () => {
    fc.assert(
      fc.property(team, ({ people, ground }) => {
        const groups = pairUp(people.length, (a, b) => buddyFit(people[a]!, people[b]!, ground));
        for (const group of groups)
          for (const [i, a] of group.entries())
            for (const b of group.slice(i + 1)) expectApart(people[a]!, people[b]!, ground);
      }),
      { numRuns: numRuns / 5 },
    );
  });
});

describe('shared hours', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin', 40],
    ['Europe/Berlin', 'Europe/London', 35],
    ['Europe/Berlin', 'America/New_York', 10],
    ['America/Los_Angeles', 'Europe/Berlin', 0],
    // Tuesday in Auckland is Monday in Los Angeles, so four evenings of five are shared.
    ['Pacific/Auckland', 'America/Los_Angeles', 4 * 5],
    ['Asia/Kolkata', 'Europe/Berlin', 5 * 3.5],
  ])('of %s and %s are %d a week', (a, b, shared) => {
    expect(sharedHoursAt(MONDAY)(a, b)).toBe(shared);
    expect(sharedHoursAt(MONDAY)(b, a)).toBe(shared);
  });

  it('follow the clocks: for two weeks in spring New York is an hour nearer', () => {
    expect(sharedHoursAt('2027-03-17T12:00:00.000Z' as typeof MONDAY)('Europe/Berlin', 'America/New_York')).toBe(15);
  });
});
