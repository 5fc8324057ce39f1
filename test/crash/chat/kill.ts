/**
 * The real program dies between every pair of steps from an event to its post, while people use it: what was
 * acknowledged is there, every message of ours stands once. `CRASH_SEED=<n>` makes the same plan again.
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MINUTE } from '../../../src/chat/world.ts';
import { chanceOf } from '../chance.ts';
import { auditChat } from './audit.ts';
import { type Office, openOffice } from './office.ts';
import type { Workplace } from './workplace.ts';

/** From an event to its post, in the order they come. */
const STEPS = ['received', 'before commit', 'committed', 'acked', 'claimed', 'posted', 'marked'] as const;
const KILLS = process.env['LONG'] ? 30 : 3;
const SEED = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
/** A Monday, 09:30 in Berlin. */
const START = Date.parse('2027-03-01T08:30:00.000Z');
/** A program that was told to die and does not has missed its step, in ms. */
const PATIENCE_MS = 5000;

export function killing(platform: string, open: () => Promise<Workplace>): void {
  it(
    `on ${platform}, loses nothing it acknowledged and says nothing twice, killed ${KILLS} times`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'greenroom-chat-crash-'));
      process.stdout.write(`crash test on ${platform}: CRASH_SEED=${SEED} in ${folder}\n`);
      const place = await open();
      await place.clock.advance(START - place.clock.now());
      const office = openOffice(place, chanceOf(SEED), folder);
      await office.setUp();
      const first = office.chance.below(STEPS.length);
      for (let kill = 0; kill < KILLS; kill += 1) await dieAt(office, STEPS[(first + kill) % STEPS.length] ?? 'posted');
      await office.liveOn();
      const found = auditChat(office);
      process.stdout.write(
        `${KILLS} kills on ${platform}: ${found.lost.length} acts lost of ${found.acts}, ${found.doubled.length} posts doubled of ${found.posts}\n`,
      );
      expect(found).toMatchObject({ lost: [], doubled: [], unsent: [] });
      expect(found.acts).toBeGreaterThan(2);
      expect(office.complaints).toEqual([]);
      expect(place.complaints()).toEqual([]);
      await place.close();
      await rm(folder, { recursive: true });
    },
    process.env['LONG'] ? 900_000 : 180_000,
  );
}

/** People act until the program is dead; if nothing of theirs leads there, the next day's question does. */
async function dieAt(office: Office, step: (typeof STEPS)[number]): Promise<void> {
  const life = await office.start();
  life.tell({ kind: 'die', at: step, nth: 1 + office.chance.below(4) });
  for (let tries = 0; !life.isOver && tries < 40; tries += 1) {
    if (tries % 6 === 5) await office.nextDay();
    else await office.somebodyActs();
    await office.pass(MINUTE);
  }
  const patience = new Promise<string>((resolve) => setTimeout(() => resolve('still alive'), PATIENCE_MS));
  expect(await Promise.race([life.ended, patience]), `it never came to "${step}"`).toBe('SIGKILL');
  office.buried(life);
}
