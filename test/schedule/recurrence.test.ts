/** When a schedule runs: told for schedules people choose, and on the days clocks jump. */

import { describe, expect, it } from 'vitest';
import { dueBetween, nextRun, nextRuns, nextWorkingDayClose, plusWorkingDays } from '../../src/schedule/recurrence.ts';
import type { Rhythm } from '../../src/schedule/recurrence.ts';
import { at } from './wall-clock.ts';

/** 09:00 in Berlin, Monday to Friday, changed as a story needs it. 23 November 2026 is a Monday. */
function rhythm(changes: Partial<Rhythm> = {}): Rhythm {
  const usual = { time: '09:00', zone: 'Europe/Berlin', weekdays: [1, 2, 3, 4, 5], everyWeeks: 1 };
  return { ...usual, anchor: '2026-11-23', skipDates: [], ...changes };
}

function dates(chosen: Rhythm, after: string, n: number): readonly string[] {
  return nextRuns(chosen, at(after), n).map((run) => run.date);
}

const monday = '2026-11-23T08:00:00Z';
const daily = [1, 2, 3, 4, 5, 6, 7];

describe('the next run', () => {
  it('is today when its time is still to come, and never the moment asked about', () => {
    expect(nextRun(rhythm(), at('2026-11-23T07:59:59.999Z'))).toEqual({
      at: '2026-11-23T08:00:00.000Z',
      date: '2026-11-23',
    });
    expect(nextRun(rhythm(), at(monday))).toEqual({ at: '2026-11-24T08:00:00.000Z', date: '2026-11-24' });
  });

  it('goes from Friday to Monday on working days', () => {
    expect(dates(rhythm(), '2026-11-26T12:00:00Z', 3)).toEqual(['2026-11-27', '2026-11-30', '2026-12-01']);
  });

  it('knows the weekday of the schedule’s zone, a day ahead of the host’s', () => {
    const kiritimati = rhythm({ zone: 'Pacific/Kiritimati', weekdays: [1], time: '07:00' });
    expect(nextRun(kiritimati, at('2026-11-22T00:00:00Z'))).toEqual({
      at: '2026-11-22T17:00:00.000Z',
      date: '2026-11-23',
    });
  });

  it('counts every second week from the week of its anchor, Monday to Sunday', () => {
    const fortnightly = rhythm({ weekdays: [1, 7], everyWeeks: 2, anchor: '2026-11-25' });
    expect(dates(fortnightly, '2026-11-20T00:00:00Z', 4)).toEqual([
      '2026-11-23',
      '2026-11-29',
      '2026-12-07',
      '2026-12-13',
    ]);
  });

  it('keeps the count of weeks before its anchor and over the end of a year', () => {
    const every3 = rhythm({ weekdays: [3], everyWeeks: 3, anchor: '2026-12-30' });
    expect(dates(every3, '2026-12-01T00:00:00Z', 3)).toEqual(['2026-12-09', '2026-12-30', '2027-01-20']);
  });

  it('leaves out its own dates and public holidays', () => {
    const off = rhythm({
      skipDates: ['2026-12-24'],
      holidays: (date) => (date === '2026-12-25' ? 'Christmas Day' : undefined),
    });
    expect(dates(off, '2026-12-23T12:00:00Z', 2)).toEqual(['2026-12-28', '2026-12-29']);
  });

  it('begins again on the date a pause ends', () => {
    expect(dates(rhythm({ pausedUntil: '2026-12-07' }), monday, 2)).toEqual(['2026-12-07', '2026-12-08']);
    expect(dates(rhythm({ pausedUntil: '2026-11-01' }), monday, 1)).toEqual(['2026-11-24']);
  });

  it('is none when no day is left: no weekday, always a holiday, paused for ten years', () => {
    expect(nextRun(rhythm({ weekdays: [] }), at(monday))).toBeUndefined();
    expect(nextRun(rhythm({ holidays: () => 'a long summer' }), at(monday))).toBeUndefined();
    expect(nextRun(rhythm({ pausedUntil: '2036-11-23' }), at(monday))).toBeUndefined();
    expect(nextRuns(rhythm({ weekdays: [] }), at(monday), 3)).toEqual([]);
  });
});

// Each row: zone, time, asked at, and the runs that follow, worked out from the offsets in the time zone database.
const jumps = [
  ['Europe/London', '01:30', '2026-03-28T12:00:00Z', ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']],
  ['Europe/London', '01:30', '2026-10-24T12:00:00Z', ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']],
  ['America/New_York', '02:30', '2026-03-07T12:00:00Z', ['2026-03-08T07:00:00.000Z', '2026-03-09T06:30:00.000Z']],
  ['America/New_York', '01:30', '2026-10-31T12:00:00Z', ['2026-11-01T05:30:00.000Z', '2026-11-02T06:30:00.000Z']],
  ['Australia/Lord_Howe', '02:15', '2026-10-03T12:00:00Z', ['2026-10-03T15:30:00.000Z', '2026-10-04T15:15:00.000Z']],
  ['Australia/Lord_Howe', '01:45', '2026-04-04T12:00:00Z', ['2026-04-04T14:45:00.000Z', '2026-04-05T15:15:00.000Z']],
  ['America/St_Johns', '02:30', '2026-03-07T12:00:00Z', ['2026-03-08T05:30:00.000Z', '2026-03-09T05:00:00.000Z']],
  ['America/St_Johns', '23:30', '2010-11-06T12:00:00Z', ['2010-11-07T02:00:00.000Z', '2010-11-08T03:00:00.000Z']],
  ['Africa/Cairo', '00:30', '2026-04-23T12:00:00Z', ['2026-04-23T22:00:00.000Z', '2026-04-24T21:30:00.000Z']],
  ['Africa/Cairo', '23:30', '2026-10-29T12:00:00Z', ['2026-10-29T20:30:00.000Z', '2026-10-30T21:30:00.000Z']],
  ['Pacific/Apia', '09:00', '2011-12-29T12:00:00Z', ['2011-12-29T19:00:00.000Z', '2011-12-30T19:00:00.000Z']],
  ['Pacific/Apia', '00:00', '2011-12-29T12:00:00Z', ['2011-12-30T10:00:00.000Z', '2011-12-31T10:00:00.000Z']],
  ['America/Toronto', '23:45', '1919-03-30T12:00:00Z', ['1919-03-31T04:30:00.000Z', '1919-04-01T03:45:00.000Z']],
] as const;

describe('the next run when the clock jumps', () => {
  it.each(jumps)('%s at %s, asked %s', (zone, time, after, expected) => {
    const chosen = rhythm({ zone, time, weekdays: daily });
    expect(nextRuns(chosen, at(after), 2).map((run) => run.at)).toEqual(expected);
  });

  it('gives Samoa no run on the day it never had, and one on each day around it', () => {
    const samoa = rhythm({ zone: 'Pacific/Apia', weekdays: daily });
    expect(dates(samoa, '2011-12-28T00:00:00Z', 4)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it('does not run again when the clock shows the same hour a second time', () => {
    const london = rhythm({ zone: 'Europe/London', time: '01:30', weekdays: daily });
    expect(nextRun(london, at('2026-10-25T00:45:00Z'))?.date).toBe('2026-10-26');
    expect(nextRun(london, at('2026-10-25T01:15:00Z'))?.date).toBe('2026-10-26');
  });

  it('does not run again when the clock goes back over midnight to the day before', () => {
    const stJohns = rhythm({ zone: 'America/St_Johns', time: '23:30', weekdays: daily });
    expect(nextRun(stJohns, at('2010-11-07T02:35:00Z'))?.date).toBe('2010-11-07');
  });

  it('keeps the run of a date whose time was lost in a jump over midnight under its own date', () => {
    const toronto = rhythm({ zone: 'America/Toronto', time: '23:45', weekdays: daily });
    expect(dates(toronto, '1919-03-30T12:00:00Z', 2)).toEqual(['1919-03-30', '1919-03-31']);
  });
});

describe('runs that came due during a downtime', () => {
  it('are those after the last seen moment, up to and including now', () => {
    const due = dueBetween(rhythm(), at('2026-11-25T08:00:00Z'), at('2026-11-30T08:00:00Z'));
    expect(due.map((run) => run.date)).toEqual(['2026-11-26', '2026-11-27', '2026-11-30']);
  });

  it('are none when nothing was missed, or the clock went back', () => {
    expect(dueBetween(rhythm(), at(monday), at('2026-11-24T07:59:59.999Z'))).toEqual([]);
    expect(dueBetween(rhythm(), at('2026-11-25T08:00:00Z'), at(monday))).toEqual([]);
  });

  it('come in portions after a very long downtime, and the next portion goes on where one ended', () => {
    const first = dueBetween(rhythm(), at('2020-01-01T00:00:00Z'), at(monday), 100);
    const second = dueBetween(rhythm(), first.at(-1)?.at ?? at(monday), at(monday), 1);
    expect(first).toHaveLength(100);
    expect([first.at(-1)?.date, second[0]?.date]).toEqual(['2020-05-19', '2020-05-20']);
    expect(dueBetween(rhythm(), at('2020-01-01T00:00:00Z'), at(monday))).toHaveLength(400);
  });
});

describe('the close of a round', () => {
  const close = (chosen: Rhythm, date: string): string => nextWorkingDayClose(chosen, date);

  it('is the next morning, and Monday after Friday', () => {
    expect(close(rhythm(), '2026-11-23')).toBe('2026-11-24T08:00:00.000Z');
    expect(close(rhythm(), '2026-11-27')).toBe('2026-11-30T08:00:00.000Z');
  });

  it('keeps local time over a clock change', () => {
    expect(close(rhythm(), '2026-03-27')).toBe('2026-03-30T07:00:00.000Z');
  });

  it('does not wait for the other week of a fortnightly schedule, nor for the end of a pause', () => {
    expect(close(rhythm({ everyWeeks: 2 }), '2026-11-27')).toBe('2026-11-30T08:00:00.000Z');
    expect(close(rhythm({ pausedUntil: '2026-12-24' }), '2026-11-23')).toBe('2026-11-24T08:00:00.000Z');
  });

  it('passes over weekends of a daily schedule, holidays and own dates', () => {
    const holidays = (date: string): string | undefined => (date === '2026-12-25' ? 'Christmas Day' : undefined);
    expect(close(rhythm({ weekdays: daily }), '2026-11-27')).toBe('2026-11-30T08:00:00.000Z');
    expect(close(rhythm({ holidays, skipDates: ['2026-12-28'] }), '2026-12-24')).toBe('2026-12-29T08:00:00.000Z');
  });

  it('is the next day people work, also when the schedule runs on few days or at weekends; five days of its own are its week', () => {
    expect(close(rhythm({ weekdays: [1, 3, 6] }), '2026-11-23')).toBe('2026-11-24T08:00:00.000Z');
    expect(close(rhythm({ weekdays: [6, 7] }), '2026-11-29')).toBe('2026-11-30T08:00:00.000Z');
    expect(close(rhythm({ weekdays: [7, 1, 2, 3, 4] }), '2026-11-26')).toBe('2026-11-29T08:00:00.000Z');
  });

  it('comes at some time even when every day is a holiday', () => {
    expect(close(rhythm({ holidays: () => 'a long summer' }), '2026-11-23')).toBe('2026-11-24T08:00:00.000Z');
  });

  it('is never on a day the calendar left out', () => {
    expect(close(rhythm({ zone: 'Pacific/Apia' }), '2011-12-29')).toBe('2012-01-01T19:00:00.000Z');
  });
});

describe('a window of working days', () => {
  it('ends at the same local time, two working days on', () => {
    expect(plusWorkingDays(rhythm(), at('2026-11-24T08:00:00Z'), 2)).toBe('2026-11-26T08:00:00.000Z');
    expect(plusWorkingDays(rhythm(), at('2026-11-26T15:20:00Z'), 2)).toBe('2026-11-30T15:20:00.000Z');
    expect(plusWorkingDays(rhythm(), at('2026-03-26T08:00:00Z'), 2)).toBe('2026-03-30T07:00:00.000Z');
  });

  it('does not count weekends, holidays and own dates', () => {
    const holidays = (date: string): string | undefined => (date === '2026-12-25' ? 'Christmas Day' : undefined);
    const christmas = rhythm({ holidays, skipDates: ['2026-12-24'] });
    expect(plusWorkingDays(christmas, at('2026-12-23T08:00:00Z'), 2)).toBe('2026-12-29T08:00:00.000Z');
  });

  it('is the team’s week, not the schedule’s: a Monday question is reviewed by Wednesday', () => {
    expect(plusWorkingDays(rhythm({ weekdays: [1] }), at(monday), 2)).toBe('2026-11-25T08:00:00.000Z');
    expect(plusWorkingDays(rhythm({ weekdays: [7, 1, 2, 3, 4] }), at('2026-11-26T08:00:00Z'), 2)).toBe(
      '2026-11-30T08:00:00.000Z',
    );
  });

  it('of no days ends where it begins', () => {
    expect(plusWorkingDays(rhythm(), at('2026-11-28T15:20:30Z'), 0)).toBe('2026-11-28T15:20:30.000Z');
  });
});
