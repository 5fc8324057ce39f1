/** Zone names: which are real, and what somebody probably meant. */

import { describe, expect, it } from 'vitest';
import { canonicalZone, isZone, knownZones, suggestZones } from '../../src/schedule/zone-names.ts';

describe('a zone name', () => {
  it('has one spelling, today’s', () => {
    expect(
      ['europe/berlin', 'America/new york', 'Asia/Calcutta', 'Europe/Kiev', 'US/Eastern', 'gmt', 'Etc/UTC'].map(
        canonicalZone,
      ),
    ).toEqual(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Europe/Kyiv', 'America/New_York', 'UTC', 'UTC']);
  });

  it('is a place, not an abbreviation, an offset or anything else', () => {
    const wrong = [
      'EST',
      'CET',
      '+02:00',
      'UTC+2',
      'Berlin',
      'Europe/Atlantis',
      '',
      '/',
      'Europe/',
      '2026-01-01T00:00Z[Europe/Berlin]',
    ];
    expect(wrong.filter(isZone)).toEqual([]);
  });

  it('of every known zone is real, its own one spelling, and the first suggestion for itself', () => {
    const zones = knownZones();
    expect(zones.length).toBeGreaterThan(400);
    expect(zones.filter((zone) => canonicalZone(zone) !== zone)).toEqual([]);
    expect(zones.filter((zone) => suggestZones(zone, 1)[0] !== zone)).toEqual([]);
  });
});

describe('what somebody probably meant', () => {
  it.each([
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['Londn', 'Europe/London'],
    ['Europe/Berln', 'Europe/Berlin'],
    ['EST', 'America/New_York'],
    ['PT', 'America/Los_Angeles'],
    ['San Francisco', 'America/Los_Angeles'],
    ['Munich', 'Europe/Berlin'],
    ['germany', 'Europe/Berlin'],
    ['Bangalore', 'Asia/Kolkata'],
    ['Calcutta', 'Asia/Kolkata'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['Buenos Aires', 'America/Argentina/Buenos_Aires'],
    ['Egypt', 'Africa/Cairo'],
    ['kyiv', 'Europe/Kyiv'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['st johns', 'America/St_Johns'],
  ])('by “%s” is %s', (text, zone) => {
    expect(suggestZones(text)[0]).toBe(zone);
  });

  it('is found while still typing, as many as asked for', () => {
    expect(suggestZones('ber')).toContain('Europe/Berlin');
    expect(suggestZones('america', 25)).toHaveLength(25);
  });

  it('is nothing when nothing is near', () => {
    expect(['', '   ', 'Narnia', '🙂', '+02:00', 'q'].map((text) => suggestZones(text))).toEqual([
      [],
      [],
      [],
      [],
      [],
      [],
    ]);
  });
});
