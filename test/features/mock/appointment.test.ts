import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/chat/ids.ts';
import { calendarFile, readWhen, whenWords } from '../../../src/features/mock/appointment.ts';

const NOW = '2026-11-23T08:00:00.000Z' as Instant;

describe('a time for two', () => {
  it.each([
    ['tomorrow 14:00', '2026-11-24T13:00:00.000Z'],
    ['Tuesday 9 am', '2026-11-24T08:00:00.000Z'],
    ['24 Nov, 16:30', '2026-11-24T15:30:00.000Z'],
    ['18:15', '2026-11-23T17:15:00.000Z'],
    ['24 Dec at noon', '2026-12-24T11:00:00.000Z'],
  ])('reads “%s” on the clock of who writes it', (typed, at) => {
    expect(readWhen(typed, NOW, 'Europe/Berlin')).toEqual({ value: at });
  });

  it.each([
    ['8:00', 'gone by'],
    ['24 Dec 2028 9:00', 'two months'],
    ['soon', 'Write a day and a time'],
    ['', 'Write a day and a time'],
  ])('says what is wrong with “%s”', (typed, words) => {
    expect(readWhen(typed, NOW, 'Europe/Berlin')).toMatchObject({ problem: expect.stringContaining(words) });
  });

  it('says each clock once', () => {
    expect(whenWords(NOW, ['Europe/Berlin', 'Europe/Berlin'])).toBe('Mon 23 Nov 2026, 09:00 Europe/Berlin');
  });

  it('is one event in a calendar file, whatever its title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (title) => {
        const lines = calendarFile({ id: 'm1', at: NOW, minutes: 30, now: NOW, title }).split('\r\n');
        expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
        expect(lines).toHaveLength(14);
        expect(lines[8]).toBe('DTEND:20261123T083000Z');
      }),
    );
  });
});
