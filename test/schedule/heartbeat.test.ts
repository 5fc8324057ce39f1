/** The heartbeat in processes of their own: every minute counts, whatever the host's clock does. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const CHILD = fileURLToPath(new URL('heartbeat-child.ts', import.meta.url));
const run = promisify(execFile);

interface Heard {
  readonly zone: string;
  readonly offsets: readonly [number, number];
  readonly beats: readonly string[];
  readonly failures: readonly string[];
}

async function listen(hostZone: string, from: string, minutes: number, nap = 0, mood = 'leave'): Promise<Heard> {
  const args = ['--no-warnings', CHILD, from, String(minutes), String(nap), mood];
  const { stdout } = await run(process.execPath, args, { env: { PATH: process.env['PATH'], TZ: hostZone } });
  return JSON.parse(stdout) as Heard;
}

function minutesAfter(from: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => new Date(Date.parse(from) + (n + 1) * 60_000).toISOString());
}

// Two hours before each switch to two hours after it.
const switches = [
  { zone: 'Europe/London', turn: 'spring', from: '2026-03-28T23:00:00.000Z', offsets: [0, -60] },
  { zone: 'Europe/London', turn: 'autumn', from: '2026-10-24T23:00:00.000Z', offsets: [-60, 0] },
  { zone: 'America/New_York', turn: 'spring', from: '2026-03-08T05:00:00.000Z', offsets: [300, 240] },
  { zone: 'America/New_York', turn: 'autumn', from: '2026-11-01T04:00:00.000Z', offsets: [240, 300] },
];

describe('the heartbeat', () => {
  it.each(switches)('beats 240 of 240 minutes over the $turn switch of a host in $zone', async (one) => {
    const heard = await listen(one.zone, one.from, 240);

    expect(heard.zone).toBe(one.zone);
    expect(heard.offsets).toEqual(one.offsets);
    expect(heard.beats).toEqual(minutesAfter(one.from, 240));
    expect(heard.failures).toEqual([]);
  });

  it('says so when the process still follows a clock that changes, and then does fall silent', async () => {
    const heard = await listen('America/New_York', '2026-11-01T05:57:00.000Z', 6, 0, 'stay');

    expect(heard.failures).toEqual([expect.stringContaining('call leaveHostZone')]);
    expect(heard.beats).toEqual(minutesAfter('2026-11-01T05:57:00.000Z', 2));
  });

  it('goes on after a beat that failed, and tells each failure', async () => {
    const heard = await listen('Etc/UTC', '2026-11-23T09:00:00.000Z', 3, 0, 'break');

    expect(heard.beats).toHaveLength(3);
    expect(heard.failures).toEqual(Array.from({ length: 3 }, () => 'Error: the engine is not ready'));
  });

  it('lets a minute go by while the beat before it is still running', async () => {
    const heard = await listen('Etc/UTC', '2026-11-23T09:00:00.000Z', 4.75, 0, 'slow');

    expect(heard.beats.map((beat) => beat.slice(11, 16))).toEqual(['09:01', '09:03']);
  });

  it('beats at once when a machine wakes from sleep, once for all the minutes it slept', async () => {
    const heard = await listen('Etc/UTC', '2026-11-23T09:00:00.000Z', 32, 30.5 * 60_000);

    expect(heard.beats.map((beat) => beat.slice(11, 19))).toEqual(['09:30:30', '09:31:00', '09:32:00']);
  });
});
