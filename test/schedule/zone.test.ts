/** Local time and instants, on the days clocks did something remarkable and on any other. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateExists, instantOf, isDate, localTime, plusDays, weekdayOf } from '../../src/schedule/zone.ts';
import { at, DAY, HOUR, MINUTE, runsOf, someDate, someInstant, someTime, someZone, wallClock } from './wall-clock.ts';

// Every instant follows from the offset of the zone, as the time zone database tells it.
const remarkable = [
  ['a plain morning', 'Europe/Berlin', '2026-11-23', '09:00', '2026-11-23T08:00:00.000Z'],
  ['the last minute before the gap', 'Europe/London', '2026-03-29', '00:59', '2026-03-29T00:59:00.000Z'],
  ['in the gap: when the clock jumps', 'Europe/London', '2026-03-29', '01:30', '2026-03-29T01:00:00.000Z'],
  ['the first minute after the gap', 'Europe/London', '2026-03-29', '02:00', '2026-03-29T01:00:00.000Z'],
  ['in the fold: the first of the two', 'Europe/London', '2026-10-25', '01:30', '2026-10-25T00:30:00.000Z'],
  ['just after the fold', 'Europe/London', '2026-10-25', '02:00', '2026-10-25T02:00:00.000Z'],
  ['in the gap: when the clock jumps', 'America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00.000Z'],
  ['in the fold: the first of the two', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ['in a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
  ['in a fold of half an hour', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
  ['in the gap: when the clock jumps', 'America/St_Johns', '2026-03-08', '02:30', '2026-03-08T05:30:00.000Z'],
  ['in the fold: the first of the two', 'America/St_Johns', '2026-11-01', '01:30', '2026-11-01T04:00:00.000Z'],
  ['in a gap one minute after midnight', 'America/St_Johns', '2010-03-14', '00:30', '2010-03-14T03:31:00.000Z'],
  ['in a fold back over midnight', 'America/St_Johns', '2010-11-06', '23:30', '2010-11-07T02:00:00.000Z'],
  ['in a gap at midnight', 'Africa/Cairo', '2026-04-24', '00:30', '2026-04-23T22:00:00.000Z'],
  ['in a fold before midnight', 'Africa/Cairo', '2026-10-29', '23:30', '2026-10-29T20:30:00.000Z'],
  ['midnight after that fold', 'Africa/Cairo', '2026-10-30', '00:00', '2026-10-29T22:00:00.000Z'],
  ['the day before the missing day', 'Pacific/Apia', '2011-12-29', '09:00', '2011-12-29T19:00:00.000Z'],
  ['on the missing day: when it was passed over', 'Pacific/Apia', '2011-12-30', '09:00', '2011-12-30T10:00:00.000Z'],
  ['the day after the missing day', 'Pacific/Apia', '2011-12-31', '09:00', '2011-12-30T19:00:00.000Z'],
  ['in a gap over midnight', 'America/Toronto', '1919-03-30', '23:45', '1919-03-31T04:30:00.000Z'],
] as const;

describe('an instant of a local time', () => {
  it.each(remarkable)('%s (%s, %s %s)', (_, zone, date, time, instant) => {
    expect(instantOf(date, time, zone)).toBe(instant);
  });

  it('is the first at which the wall clock shows that time or a later one, in every zone', () => {
    fc.assert(
      fc.property(
        someZone,
        fc.oneof(
          someInstant.map((i) => i.slice(0, 10)),
          someDate,
        ),
        someTime,
        (zone, date, time) => {
          const found = Date.parse(instantOf(date, time, zone));
          const wanted = `${date}T${time}`;

          expect(wallClock(found, zone) >= wanted).toBe(true);
          const earlier = [1, ...Array.from({ length: 104 }, (_, n) => (n + 1) * 15 * MINUTE)];
          for (const ago of earlier) expect(wallClock(found - ago, zone) < wanted).toBe(true);
        },
      ),
      runsOf(),
    );
  });

  it('shows the wanted time again, unless the clock jumped over it', () => {
    fc.assert(
      fc.property(someZone, someInstant, (zone, instant) => {
        const shown = localTime(instant, zone);
        const back = Date.parse(instantOf(shown.date, shown.time, zone));

        expect(wallClock(back, zone)).toBe(`${shown.date}T${shown.time}`);
        expect(back).toBeLessThanOrEqual(Date.parse(instant));
        expect(Date.parse(instant) - back).toBeLessThan(25 * HOUR);
      }),
      runsOf(),
    );
  });

  it('refuses a zone, a date or a time that does not exist', () => {
    expect(() => instantOf('2026-11-23', '09:00', 'Europe/Atlantis')).toThrow(RangeError);
    expect(() => instantOf('2026-02-30', '09:00', 'Europe/Berlin')).toThrow(RangeError);
    expect(() => instantOf('2026-11-23', '25:00', 'Europe/Berlin')).toThrow(RangeError);
  });
});

describe('local time', () => {
  it('shows date, time and weekday of the zone, not of the host', () => {
    expect(localTime(at('2026-11-22T23:30:00Z'), 'Asia/Kolkata')).toEqual({
      date: '2026-11-23',
      time: '05:00',
      weekday: 1,
    });
    expect(localTime(at('2026-11-23T03:59:59.999Z'), 'America/New_York')).toEqual({
      date: '2026-11-22',
      time: '22:59',
      weekday: 7,
    });
  });

  it('agrees with the runtime’s own formatter', () => {
    fc.assert(
      fc.property(someZone, someInstant, (zone, instant) => {
        const shown = localTime(instant, zone);
        expect(`${shown.date}T${shown.time}`).toBe(wallClock(Date.parse(instant), zone));
        expect(shown.weekday).toBe(new Date(`${shown.date}T12:00:00Z`).getUTCDay() || 7);
      }),
      runsOf(),
    );
  });
});

describe('calendar dates', () => {
  it('knows that Samoa never had 30 December 2011, and that every other place did', () => {
    expect(dateExists('2011-12-30', 'Pacific/Apia')).toBe(false);
    expect(dateExists('2011-12-31', 'Pacific/Apia')).toBe(true);
    expect(dateExists('2011-12-30', 'Pacific/Auckland')).toBe(true);
    expect(dateExists('2026-04-24', 'Africa/Cairo')).toBe(true);
  });

  it('tells dates from other texts', () => {
    expect(['2026-02-28', '2028-02-29'].filter(isDate)).toHaveLength(2);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', 'tomorrow', '2026-01-01T00:00'].filter(isDate)).toEqual(
      [],
    );
  });

  it('counts days and weekdays over months, years and leap days', () => {
    expect(plusDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(plusDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(['2026-11-23', '2026-11-29', '1969-12-31'].map(weekdayOf)).toEqual([1, 7, 3]);
  });

  it('goes n days there and n days back', () => {
    fc.assert(
      fc.property(someDate, fc.integer({ min: -9999, max: 9999 }), (date, n) => {
        expect(plusDays(plusDays(date, n), -n)).toBe(date);
        expect(Date.parse(plusDays(date, n)) - Date.parse(date)).toBe(n * DAY);
      }),
      runsOf(),
    );
  });
});
