/** What people type about a schedule, and the words that come back. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeDate,
  describeRhythm,
  describeWeekdays,
  parseDate,
  parseDates,
  parseDuration,
  parsePause,
  parseRhythm,
  parseTime,
  parseWeekdays,
  parseZone,
} from '../../src/schedule/parse.ts';
import { at, runsOf, someDate, someRhythm } from './wall-clock.ts';

/** A Monday. */
const today = '2026-11-23';

describe('a time of day', () => {
  it.each([
    ['9', '09:00'],
    ['9:00', '09:00'],
    ['09.30', '09:30'],
    ['9am', '09:00'],
    ['9 PM', '21:00'],
    ['9:05 p.m.', '21:05'],
    ['12am', '00:00'],
    ['12:30 pm', '12:30'],
    ['21:15', '21:15'],
    ['0930', '09:30'],
    ['9h30', '09:30'],
    ['18h', '18:00'],
    ['noon', '12:00'],
    [' midnight ', '00:00'],
    ['0:00', '00:00'],
  ])('“%s” is %s', (text, time) => {
    expect(parseTime(text)).toEqual({ value: time });
  });

  it.each(['', '24:00', '9:60', '13pm', '0am', '9:5', 'soon', '9:00 Europe/Berlin', '-1', '123', '９'])(
    '“%s” is none',
    (text) => {
      expect(parseTime(text)).toEqual({ problem: expect.stringContaining('Write a time like 9:00') });
    },
  );
});

describe('weekdays', () => {
  it.each([
    ['Mon-Fri', [1, 2, 3, 4, 5]],
    ['Mon–Fri', [1, 2, 3, 4, 5]],
    ['monday to friday', [1, 2, 3, 4, 5]],
    ['weekdays', [1, 2, 3, 4, 5]],
    ['every working day', [1, 2, 3, 4, 5]],
    ['mon, wed fri', [1, 3, 5]],
    ['Tuesdays and Thursdays', [2, 4]],
    ['tues / thurs', [2, 4]],
    ['daily', [1, 2, 3, 4, 5, 6, 7]],
    ['Every day', [1, 2, 3, 4, 5, 6, 7]],
    ['weekends', [6, 7]],
    ['Fri - Mon', [1, 5, 6, 7]],
    ['Mo-Th, Sa', [1, 2, 3, 4, 6]],
    ['Sun–Thu', [1, 2, 3, 4, 7]],
  ])('“%s” are %j', (text, days) => {
    expect(parseWeekdays(text)).toEqual({ value: days });
  });

  it('names the word it does not know', () => {
    expect(parseWeekdays('Mon, Funday')).toEqual({ problem: expect.stringContaining('“funday”') });
    expect(parseWeekdays('m')).toEqual({ problem: expect.stringContaining('Write days like Mon–Fri') });
    expect(parseWeekdays('Mon-Wed-Fri')).toHaveProperty('problem');
    expect(parseWeekdays(' , ')).toEqual({ problem: expect.stringContaining('No day is named') });
  });

  it('are written as spans and lists, and read back the same', () => {
    expect(describeWeekdays([5, 1, 2, 3, 4])).toBe('Mon–Fri');
    expect(describeWeekdays([1, 2])).toBe('Mon, Tue');
    expect(describeWeekdays([2, 3, 4, 6])).toBe('Tue–Thu, Sat');
    expect(describeWeekdays([1, 2, 3, 4, 5, 6, 7])).toBe('every day');
    for (let choice = 1; choice < 128; choice += 1) {
      const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => choice & (1 << (day - 1)));
      expect(parseWeekdays(describeWeekdays(days))).toEqual({ value: days });
    }
  });
});

describe('a date', () => {
  it.each([
    ['2026-12-24', '2026-12-24'],
    ['24 Dec 2026', '2026-12-24'],
    ['24. December', '2026-12-24'],
    ['24th of December, 2027', '2027-12-24'],
    ['Dec 24, 2026', '2026-12-24'],
    ['sept 1', '2027-09-01'],
    ['24.12.2026', '2026-12-24'],
    ['1.2.', '2027-02-01'],
    ['29 Feb', '2028-02-29'],
    ['23 nov', '2026-11-23'],
    ['today', '2026-11-23'],
    ['Tomorrow', '2026-11-24'],
    ['Monday', '2026-11-30'],
    ['next fri', '2026-11-27'],
  ])('“%s” is %s', (text, date) => {
    expect(parseDate(text, today)).toEqual({ value: date });
  });

  it.each(['', '31 Feb', '2026-02-29', '24', 'Dec', '24 Foo 2026', 'yesterday'])('“%s” is none', (text) => {
    expect(parseDate(text, today)).toEqual({ problem: expect.stringContaining('Write a date like 2026-12-24') });
  });

  it('is not guessed when it can be read two ways', () => {
    expect(parseDate('03/04/2027', today)).toEqual({ problem: expect.stringContaining('two ways') });
  });

  it('may be one of many, and a span is every day of it', () => {
    expect(parseDates('Dec 24, 2026, 1 Jan\n2027-01-06; 24 Dec', today)).toEqual({
      value: ['2026-12-24', '2027-01-01', '2027-01-06'],
    });
    expect(parseDates('2026-12-30 to 2 Jan', today)).toEqual({
      value: ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02'],
    });
    expect(parseDates('24 Dec – 25 Dec', today)).toEqual({ value: ['2026-12-24', '2026-12-25'] });
    expect(parseDates('2026-12-24, 2027-01-01', today)).toEqual({ value: ['2026-12-24', '2027-01-01'] });
    expect(parseDates(' ', today)).toEqual({ value: [] });
  });

  it('of many that cannot be read is named', () => {
    expect(parseDates('2026-12-24, soon', today)).toEqual({ problem: expect.stringContaining('“soon”') });
    expect(parseDates('2026-12-24 to 2026-12-20', today)).toEqual({
      problem: expect.stringContaining('ends before it begins'),
    });
    expect(parseDates('2026-01-01 to 2028-01-01', today)).toEqual({
      problem: expect.stringContaining('longer than a year'),
    });
    expect(parseDates('2026-12-01 to 2026-12-03 to 2026-12-05', today)).toHaveProperty('problem');
  });

  it('is written with its weekday', () => {
    expect(describeDate('2026-11-23')).toBe('Mon 23 Nov 2026');
    expect(describeDate('2027-01-03')).toBe('Sun 3 Jan 2027');
  });

  it('written with its weekday cut off reads back the same', () => {
    fc.assert(
      fc.property(someDate, (date) => {
        expect(parseDate(describeDate(date).slice(4), today)).toEqual({ value: date });
      }),
      runsOf(),
    );
  });
});

describe('a length of time', () => {
  it.each([
    ['2 weeks', { months: 0, days: 14 }],
    ['a week', { months: 0, days: 7 }],
    ['3 days', { months: 0, days: 3 }],
    ['ten days', { months: 0, days: 10 }],
    ['2w', { months: 0, days: 14 }],
    ['1 Month', { months: 1, days: 0 }],
  ])('“%s” is %j', (text, length) => {
    expect(parseDuration(text)).toEqual({ value: length });
  });

  it.each(['', '0 days', 'week', '2 hours', '-1 days', 'some weeks', '5'])('“%s” is none', (text) => {
    expect(parseDuration(text)).toEqual({ problem: expect.stringContaining('Write 3 days, 2 weeks or 1 month') });
  });
});

describe('a pause', () => {
  it.each([
    ['2 weeks', '2026-12-07'],
    ['for 3 days', '2026-11-26'],
    ['1 month', '2026-12-23'],
    ['until 2026-12-01', '2026-12-01'],
    ['till Monday', '2026-11-30'],
    ['7 Dec', '2026-12-07'],
  ])('of “%s” ends on %s', (text, date) => {
    expect(parsePause(text, today)).toEqual({ value: date });
  });

  it('ends in the future, within three years', () => {
    expect(parsePause('until 2026-11-23', today)).toEqual({ problem: expect.stringContaining('after today') });
    expect(parsePause('until 2020-01-01', today)).toEqual({ problem: expect.stringContaining('after today') });
    expect(parsePause('until 2031-01-01', today)).toEqual({ problem: expect.stringContaining('three years') });
    expect(parsePause('a while', today)).toEqual({ problem: expect.stringContaining('like 2 weeks') });
  });

  it('of a month ends on the last day of a shorter one', () => {
    expect(parsePause('1 month', '2027-01-31')).toEqual({ value: '2027-02-28' });
  });
});

describe('a zone', () => {
  it('is read under its one name', () => {
    expect(parseZone(' europe/berlin ')).toEqual({ value: 'Europe/Berlin' });
  });

  it('that is wrong comes with the nearest ones', () => {
    expect(parseZone('Berlin')).toEqual({ problem: expect.stringContaining('Did you mean Europe/Berlin?') });
    expect(parseZone('Narnia')).toEqual({ problem: expect.stringContaining('Write a zone like Europe/Berlin') });
    expect(parseZone('x'.repeat(500))).toEqual({ problem: expect.stringMatching(/^.{1,140}$/) });
  });
});

describe('a whole rhythm', () => {
  const usual = { zone: 'Europe/Berlin', weekdays: [1, 2, 3, 4, 5], anchor: today };
  const plain = {
    time: '09:00',
    zone: 'Europe/Berlin',
    weekdays: [1, 2, 3, 4, 5],
    everyWeeks: 1,
    anchor: today,
    skipDates: [],
  };

  it.each([
    ['9:00', {}],
    ['at 9am on weekdays', {}],
    ['9', {}],
    ['Mon–Fri 9:00 europe/berlin', {}],
    [
      '10.15 America/New_York, Mon, Wed, every other week',
      { time: '10:15', zone: 'America/New_York', weekdays: [1, 3], everyWeeks: 2 },
    ],
    ['every 3 weeks on Tuesday at 2 pm', { time: '14:00', weekdays: [2], everyWeeks: 3 }],
    [
      'every day 18h UTC, paused until 2026-12-01',
      { time: '18:00', zone: 'UTC', weekdays: [1, 2, 3, 4, 5, 6, 7], pausedUntil: '2026-12-01' },
    ],
    [
      'Fridays 09:30 weekly America/Argentina/Buenos_Aires',
      { time: '09:30', weekdays: [5], zone: 'America/Argentina/Buenos_Aires' },
    ],
  ])('“%s”', (text, changes) => {
    expect(parseRhythm(text, usual)).toEqual({ value: { ...plain, ...changes } });
  });

  it('says which part it cannot read', () => {
    expect(parseRhythm('Mon–Fri', usual)).toEqual({ problem: expect.stringContaining('No time of day') });
    expect(parseRhythm('9:00 Europe/Berln', usual)).toEqual({ problem: expect.stringContaining('Europe/Berlin') });
    expect(parseRhythm('9:00 Funday', usual)).toEqual({ problem: expect.stringContaining('“funday”') });
    expect(parseRhythm('9:00 every 90 weeks', usual)).toEqual({ problem: expect.stringContaining('52') });
    expect(parseRhythm('9:00 paused until 2026-02-30', usual)).toEqual({
      problem: expect.stringContaining('2026-02-30'),
    });
    expect(parseRhythm('25:00', usual)).toHaveProperty('problem');
  });

  it('is written in words', () => {
    expect(describeRhythm(plain)).toBe('09:00 Europe/Berlin, Mon–Fri');
    expect(describeRhythm({ ...plain, weekdays: [1, 3], everyWeeks: 2, pausedUntil: '2026-12-01' })).toBe(
      '09:00 Europe/Berlin, Mon, Wed, every 2 weeks, paused until 2026-12-01',
    );
  });

  it('in words reads back the same', () => {
    fc.assert(
      fc.property(someRhythm(at('2026-11-23T09:00:00Z')), (rhythm) => {
        const same = { ...rhythm, weekdays: rhythm.weekdays.toSorted((a, b) => a - b), skipDates: [] };
        const other = { zone: 'Asia/Tokyo', weekdays: [6], anchor: rhythm.anchor };
        expect(parseRhythm(describeRhythm(rhythm), other)).toEqual({ value: same });
      }),
      runsOf(),
    );
  });

  it('never breaks on what people type', () => {
    const words = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('every', 'weeks', 'Mon', '-', '9', ':', '/', 'until', 'UTC', 'a', '.')),
    );
    fc.assert(
      fc.property(words, (typed) => {
        const text = typed.join(' ');
        for (const read of [parseRhythm(text, usual), parseDates(text, today), parsePause(text, today)]) {
          expect('value' in read || read.problem.length < 300).toBe(true);
        }
      }),
      runsOf(),
    );
  });
});

describe('what is suggested for a pause', () => {
  it.each(['2026-11-25', '2026-12-30', '2030-05-05'])('can be typed on %s', (day) => {
    const found = parsePause('banana', day);
    const [, long, date] =
      /like ([^,]+), or until when, like (.+)\.$/.exec('problem' in found ? found.problem : '') ?? [];
    expect([parsePause(long ?? '', day), parsePause(date ?? '', day)]).toEqual([
      { value: expect.any(String) },
      { value: expect.any(String) },
    ]);
  });
});
