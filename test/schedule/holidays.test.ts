/** Public holidays, with the optional package and without it. */

import { describe, expect, it } from 'vitest';
import { HOLIDAY_CREDIT, listCountries, listRegions, loadHolidays } from '../../src/schedule/holidays.ts';
import { nextRuns } from '../../src/schedule/recurrence.ts';
import type { Holidays } from '../../src/schedule/recurrence.ts';
import { at } from './wall-clock.ts';

async function holidaysOf(country: string, region?: string): Promise<Holidays> {
  const read = await loadHolidays(country, region);
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
}

async function absent(): Promise<never> {
  throw Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' });
}

/** A country with one feast of three days, one of them an hour short because the clock goes forward. */
class SpringFeast {
  getCountries(): Record<string, string> {
    return { SF: 'Springland' };
  }
  getStates(): undefined {
    return undefined;
  }
  getHolidays(year: number): { date: string; start: Date; end: Date; name: string; type: string }[] {
    const [start, end] = [new Date(`${year}-03-28T00:00:00Z`), new Date(`${year}-03-30T23:00:00Z`)];
    return [{ date: `${year}-03-28 00:00:00`, start, end, name: 'Spring Feast', type: 'public' }];
  }
}

describe('public holidays', () => {
  it('are known by country code or name, and by region', async () => {
    const germany = await holidaysOf('Germany');
    const berlin = await holidaysOf('DE', 'Berlin');
    expect(germany('2026-12-25')).toBe('Christmas Day');
    expect(germany('2026-03-08')).toBeUndefined();
    expect(berlin('2026-03-08')).toBe("International Women's Day");
    expect((await holidaysOf('us', 'US-CA'))('2026-03-31')).toBeDefined();
  });

  it('include days in lieu and every day of a long feast, over the new year too', async () => {
    const britain = await holidaysOf('GB');
    const egypt = await holidaysOf('EG');
    const eswatini = await holidaysOf('SZ');
    expect(['2027-12-27', '2027-12-28', '2027-12-29'].map((date) => britain(date) !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(['2026-03-19', '2026-03-20', '2026-03-22', '2026-03-23'].map((date) => egypt(date) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(eswatini('2027-01-02')).toBeDefined();
  });

  it('last all their days when the clock changes during a feast', async () => {
    const read = await loadHolidays('SF', undefined, async () => ({ default: SpringFeast }));
    const off = ['2026-03-27', '2026-03-28', '2026-03-30', '2026-03-31'].map(
      (date) => 'value' in read && read.value(date),
    );
    expect(off).toEqual([undefined, 'Spring Feast', 'Spring Feast', undefined]);
  });

  it('leave half days, observances and school holidays as working days', async () => {
    const iceland = await holidaysOf('IS');
    const britain = await holidaysOf('GB');
    expect([iceland('2026-12-24') === undefined, iceland('2026-12-25') === undefined]).toEqual([true, false]);
    expect(britain('2027-06-20')).toBeUndefined();
  });

  it('keep a schedule quiet on the day', async () => {
    const rhythm = {
      time: '09:00',
      zone: 'Europe/Berlin',
      weekdays: [1, 2, 3, 4, 5],
      everyWeeks: 1,
      anchor: '2026-11-23',
      skipDates: ['2026-12-24'],
    };
    const runs = nextRuns({ ...rhythm, holidays: await holidaysOf('DE') }, at('2026-12-23T12:00:00Z'), 2);
    expect(runs.map((run) => run.date)).toEqual(['2026-12-28', '2026-12-29']);
  });

  it('of an unknown country or region are a problem that says what to write', async () => {
    expect(await loadHolidays('Atlantis')).toEqual({
      problem: expect.stringContaining('Write a country like DE or Germany'),
    });
    expect(await loadHolidays('DE', 'ZZ')).toEqual({ problem: expect.stringContaining('BE (Berlin)') });
    expect(await loadHolidays('EG', 'Cairo')).toEqual({ problem: expect.stringContaining('Leave the region out') });
  });

  it('can be chosen from a list', async () => {
    expect(await listCountries()).toEqual({ value: expect.arrayContaining([{ code: 'DE', name: 'Germany' }]) });
    expect(await listRegions('de')).toEqual({ value: expect.arrayContaining([{ code: 'BE', name: 'Berlin' }]) });
    expect(await listRegions('EG')).toEqual({ value: [] });
  });

  it('name the licence of their data', () => {
    expect(HOLIDAY_CREDIT).toContain('CC BY-SA 3.0');
  });
});

describe('without the optional package', () => {
  it('each question is answered with how to install it, and that own dates work', async () => {
    const problem = expect.stringMatching(/npm install date-holidays.*own dates work without it/);
    expect(await loadHolidays('DE', undefined, absent)).toEqual({ problem });
    expect(await listCountries(absent)).toEqual({ problem });
    expect(await listRegions('DE', absent)).toEqual({ problem });
  });

  it('a package that is there but broken is not taken for a missing one', async () => {
    const broken = async (): Promise<never> => Promise.reject(new Error('unreadable data'));
    await expect(loadHolidays('DE', undefined, broken)).rejects.toThrow('unreadable data');
  });
});
