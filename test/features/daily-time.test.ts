import { afterAll, describe, expect, it } from 'vitest';
import { localTime } from '../../src/schedule/zone.ts';
import { closeAll, errorsIn, newTeam, questions, rounds, scheduled } from './daily-team.ts';

afterAll(closeAll);

/** Instants of the questions from one day to another, with a schedule every day at that time. */
async function asked(zone: string, time: string, from: string, to: string): Promise<string[]> {
  const team = await newTeam({ at: from });
  await scheduled(team, { time: `${time} ${zone}`, days: 'daily' });
  await team.at(to);
  expect(errorsIn(team)).toEqual([]);
  const all = await rounds(team);
  expect(new Set(all.map(({ local_date }) => local_date)).size).toBe(all.length);
  for (const round of all) {
    expect(localTime(round.opened, zone).date).toBe(round.local_date);
    expect(round.closes > round.opened).toBe(true);
  }
  return questions(team).map(({ at }) => at.slice(0, 16));
}

describe('clock changes', () => {
  it('leave nine o’clock at nine o’clock, in London, New York and on Lord Howe Island', async () => {
    expect(await asked('Europe/London', '9:00', '2026-03-28T00:00:00.000Z', '2026-03-30T23:00:00.000Z')).toEqual([
      '2026-03-28T09:00',
      '2026-03-29T08:00',
      '2026-03-30T08:00',
    ]);
    expect(await asked('America/New_York', '9:00', '2026-10-31T06:00:00.000Z', '2026-11-02T23:00:00.000Z')).toEqual([
      '2026-10-31T13:00',
      '2026-11-01T14:00',
      '2026-11-02T14:00',
    ]);
    expect(await asked('Australia/Lord_Howe', '9:00', '2026-10-02T14:00:00.000Z', '2026-10-04T23:00:00.000Z')).toEqual([
      '2026-10-02T22:30',
      '2026-10-03T22:00',
      '2026-10-04T22:00',
    ]);
  });

  it('ask in the first moment after a gap, and once in the hour that comes twice', async () => {
    expect(await asked('Europe/London', '1:30', '2026-03-28T00:00:00.000Z', '2026-03-30T12:00:00.000Z')).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(await asked('Europe/London', '1:30', '2026-10-24T00:00:00.000Z', '2026-10-26T12:00:00.000Z')).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(await asked('America/New_York', '2:30', '2026-03-07T06:00:00.000Z', '2026-03-09T12:00:00.000Z')).toEqual([
      '2026-03-07T07:30',
      '2026-03-08T07:00',
      '2026-03-09T06:30',
    ]);
    expect(await asked('America/New_York', '1:30', '2026-10-31T05:00:00.000Z', '2026-11-02T12:00:00.000Z')).toEqual([
      '2026-10-31T05:30',
      '2026-11-01T05:30',
      '2026-11-02T06:30',
    ]);
    expect(await asked('Australia/Lord_Howe', '2:10', '2026-10-02T14:00:00.000Z', '2026-10-04T23:00:00.000Z')).toEqual([
      '2026-10-02T15:40',
      '2026-10-03T15:30',
      '2026-10-04T15:10',
    ]);
    expect(await asked('Australia/Lord_Howe', '1:45', '2026-04-03T10:00:00.000Z', '2026-04-05T23:00:00.000Z')).toEqual([
      '2026-04-03T14:45',
      '2026-04-04T14:45',
      '2026-04-05T15:15',
    ]);
  });

  it('do not ask twice when a question was asked now in the hour that comes twice', async () => {
    const team = await newTeam({ at: '2026-10-25T00:10:00.000Z' });
    await scheduled(team, { time: '1:30 Europe/London', days: 'daily' });
    await team.someone('Ana').says('question');
    await team.at('2026-10-25T12:00:00.000Z');
    expect(questions(team)).toHaveLength(1);
    await team.at('2026-10-26T02:00:00.000Z');
    expect(questions(team)).toHaveLength(2);
  });
});
