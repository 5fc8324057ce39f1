/** The laws of discussions: what is up next, who leads next, when things happen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/bank/scenario.ts';
import type { Instant, PersonId } from '../../../src/chat/ids.ts';
import { DAY, plus } from '../../../src/chat/world.ts';
import type { Lead } from '../../../src/features/discussion/lead-queries.ts';
import {
  askAt,
  folded,
  nextLead,
  nextScenario,
  nextTopicRun,
  ownTopic,
  quietAt,
  scenariosFor,
  type Used,
} from '../../../src/features/discussion/rules.ts';
import { nextRun, type Rhythm } from '../../../src/schedule/recurrence.ts';
import { weekdayOf } from '../../../src/schedule/zone.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 300 };
const MONDAY = '2026-11-23T07:00:00.000Z' as Instant;

const scenario = (id: string): Scenario => ({
  id,
  title: `About ${id}`,
  levels: ['mid'],
  skills: ['mentorship'],
  situation: 'x',
  questions: ['y'],
  guide: { open: '', drawOut: [], traps: [], close: '' },
  status: 'reviewed',
  file: 'a.md',
  line: 1,
});
const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
});
const rhythm: fc.Arbitrary<Rhythm> = fc.record({
  time: fc.constantFrom('09:00', '02:30', '23:30'),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'),
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  everyWeeks: fc.constantFrom(1, 2, 3),
  anchor: fc.constant('2026-11-23'),
  skipDates: fc.constant([]),
});
const moment = fc.integer({ min: 0, max: 700 * 24 }).map((hours) => plus(MONDAY, (hours * DAY) / 24));

describe('the next scenario', () => {
  it('is each one once before any a second time, in an order of the seed alone', () => {
    fc.assert(
      fc.property(names, fc.string(), fc.integer({ min: 0, max: 11 }), (ids, seed, turn) => {
        const all = ids.map(scenario);
        const used: Used[] = [];
        for (let n = 0; n < 2 * all.length; n += 1) {
          const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)];
          const next = nextScenario(turned, used, seed);
          expect(next?.id).toBe(nextScenario(all, used, seed)?.id);
          used.push({ scenario: next?.id ?? '', opened: plus(MONDAY, n) });
        }
        const first = used.slice(0, all.length).map((one) => one.scenario);
        expect(new Set(first).size).toBe(all.length);
        expect(used.slice(all.length).map((one) => one.scenario)).toEqual(first);
      }),
      runs,
    );
  });

  it('is never a draft or a retired one', () => {
    expect(nextScenario([{ ...scenario('a'), status: 'draft' }], [], '')).toBeUndefined();
    expect(nextScenario([{ ...scenario('a'), status: 'retired' }, scenario('b')], [], '')?.id).toBe('b');
  });
});

describe('words after the command', () => {
  it('never break the search, and what they find has all of them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), names, (text, ids) => {
        for (const found of scenariosFor(text, ids.map(scenario)))
          for (const word of folded(text).split(' '))
            expect(folded(`${found.title} ${found.id} mentorship`)).toContain(word);
        expect(ownTopic(`"${text}"`).length).toBeLessThanOrEqual(text.length + 2);
      }),
      runs,
    );
  });
});

describe('the next lead', () => {
  const lead = (person: string): Lead => ({
    team: 'T1' as Lead['team'],
    person: person as PersonId,
    willing: 1,
    since: MONDAY,
    last_asked: null,
  });

  it('keeps everybody within one turn of everybody else, and never asks anyone twice about one discussion', () => {
    fc.assert(
      fc.property(names, fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }), (people, passes) => {
        const leads = new Map(people.map((person) => [person, lead(person)]));
        const asked = new Map(people.map((person) => [person, 0]));
        passes.forEach((most, n) => {
          const opened = plus(MONDAY, n * DAY);
          const here = new Set<string>();
          for (let pass = 0; pass <= most; pass += 1) {
            const next = nextLead([...leads.values()], opened, null)?.person;
            if (next === undefined) break;
            expect(here.has(next)).toBe(false);
            here.add(next);
            asked.set(next, (asked.get(next) ?? 0) + 1);
            leads.set(next, { ...lead(next), last_asked: plus(opened, pass) });
          }
        });
        const turns = [...asked.values()];
        expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });
});

describe('the days of a plan', () => {
  it('are days of its rhythm, later each time, none that has a daily question, at most every other', () => {
    fc.assert(
      fc.property(rhythm, moment, fc.constantFrom('any', 'free', 'other'), (one, after, beside) => {
        const isAsked = (date: string): boolean => weekdayOf(date) === 3;
        let [from, last]: [Instant, string | null] = [after, null];
        for (let n = 0; n < 6; n += 1) {
          const run = nextTopicRun(one, from, { beside, last, isAsked });
          if (!run) expect(beside).toBe('free');
          if (!run) return;
          expect(run.at > from).toBe(true);
          expect(nextRun(one, plus(run.at, -1))).toEqual(run);
          if (beside === 'free') expect(weekdayOf(run.date)).not.toBe(3);
          if (beside === 'other' && last !== null) expect(nextRun(one, from)?.date).not.toBe(run.date);
          [from, last] = [run.at, run.date];
        }
      }),
      runs,
    );
  });
});

describe('the moments of a thread', () => {
  it('come in order: the summary is asked for while it is open, and quiet is never seen after the close', () => {
    const length = fc.integer({ min: 60_000, max: 20 * DAY });
    fc.assert(
      fc.property(rhythm, moment, length, fc.option(fc.nat(20 * DAY)), (one, opened, open, said) => {
        const closes = plus(opened, open);
        const asked = askAt(one, opened, closes);
        expect(asked > opened && asked < closes).toBe(true);
        const last = said === null ? null : plus(opened, said);
        const quiet = quietAt(one, { opened, closes, last_reply: last });
        if (quiet !== undefined) expect(quiet > (last ?? opened) && quiet < closes).toBe(true);
      }),
      runs,
    );
  });
});
