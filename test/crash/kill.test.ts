/**
 * The real program is killed at random moments of its main loop, while people use it, and started again on the same folder: what it
 * had taken is there, nothing is there twice. `CRASH_SEED=<n>` makes the same plan again; what falls into which moment does not repeat.
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPage, type Page } from '../support/local-page.ts';
import { audit } from './audit.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Deed } from './deeds.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { openWire, untilUnmarked, type Wire } from './moments.ts';
import { gather, type People } from './people.ts';
import { type Life, startLife } from './process.ts';

const KILLS = process.env['LONG'] ? 20 : 3;
const SEED = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
/** Days lived after the last kill; after eight every window has ended, late reviews too. */
const DAYS_AFTER = process.env['LONG'] ? 8 : 5;

interface Run {
  readonly folder: string;
  readonly chance: Chance;
  readonly ledger: Ledger;
  readonly people: People;
  readonly starts: number[];
  readonly complaints: string[];
}

it(
  `loses no answer and doubles no post, killed ${KILLS} times`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'greenroom-crash-'));
    process.stdout.write(`crash test: CRASH_SEED=${SEED} in ${folder}\n`);
    const chance = chanceOf(SEED);
    const ledger = openLedger();
    const run: Run = { folder, chance, ledger, people: gather(ledger, chance), starts: [], complaints: [] };
    for (let kill = 0; kill < KILLS; kill += 1) await liveUntilKilled(run);
    await liveOn(run);

    const found = audit(join(folder, 'greenroom.db'), ledger);
    process.stdout.write(
      `${KILLS} kills: ${found.lost.length} answers lost of ${found.answers}, ${found.doubled.length} posts doubled of ${found.posts}` +
        ` (longest start ${Math.round(Math.max(...run.starts))} ms)\n`,
    );
    expect(found).toMatchObject({ integrity: ['ok', []], lost: [], doubled: [], astray: [] });
    expect(found.answers).toBeGreaterThan(3);
    expect(found.results).toBeGreaterThan(0);
    expect(run.complaints).toEqual([]);
    await rm(folder, { recursive: true });
  },
  process.env['LONG'] ? 900_000 : 180_000,
);

async function enter(run: Run, life: Life, wire = openWire()): Promise<Page> {
  const page = openPage(await life.ready, wire.send);
  run.starts.push(life.readyAfter() ?? 0);
  const { clock } = await page.start('ana');
  expect(clock.now >= run.ledger.clock, 'the clock went back').toBe(true);
  return page;
}

/** One life: some of it whole, then death in the middle of something, at times in the middle of its start. */
async function liveUntilKilled(run: Run): Promise<void> {
  const { chance, people } = run;
  const life = startLife(run.folder);
  try {
    if (chance.roll() < 0.15) return await after(chance.below(2500));
    const wire = openWire();
    const page = await enter(run, life, wire);
    const cut = (deeds: readonly Deed[]): Promise<void> => cutOff(run, life, wire, () => people.perform(page, deeds));
    const left = [...people.unfinished];
    if (left.length > 0 && chance.roll() < 0.3) return await cut(left);
    await people.perform(page, left);
    for (let calm = chance.below(6); calm > 0; calm -= 1) await people.perform(page, await people.plan(page));
    await cut(await people.plan(page));
  } finally {
    await life.kill();
    run.complaints.push(...life.complaints());
  }
}

/** Kills at a random moment after `act` has begun, which may be after it has ended, or at one that is hard to hit by chance. */
async function cutOff(run: Run, life: Life, wire: Wire, act: () => Promise<void>): Promise<void> {
  const { chance, folder } = run;
  const what = chance.of(['time', 'sent', 'answered', 'unmarked'] as const);
  const wait = chance.below(what === 'time' || what === 'sent' ? chance.of([40, 250]) : 1);
  const which = 1 + chance.below(4);
  const doing = act().catch(mustBeTheKill);
  if (what === 'unmarked') await untilUnmarked(join(folder, 'greenroom.db'), doing);
  else if (what !== 'time') await Promise.race([wire.until(what, which), doing]);
  if (wait > 0) await after(wait);
  await life.kill();
  await doing;
}

/** Only a broken connection may end what was begun: an answer that is not a 200 is a fault of its own. */
function mustBeTheKill(error: unknown): void {
  if (!(error instanceof TypeError)) throw error;
}

/** The last life is whole and ends as asked. */
async function liveOn(run: Run): Promise<void> {
  const life = startLife(run.folder);
  try {
    const page = await enter(run, life);
    await run.people.perform(page, [...run.people.unfinished]);
    for (let day = 0; day < DAYS_AFTER; day += 1) await run.people.liveADay(page);
    expect(await life.stop()).toBe(0);
  } finally {
    await life.kill();
    run.complaints.push(...life.complaints());
  }
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
