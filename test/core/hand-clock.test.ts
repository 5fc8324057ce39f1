/** The clock that moves by hand, on a real store. */
import { expect, it } from 'vitest';
import { between, HOUR, plus } from '../../src/chat/world.ts';
import { openClock } from '../../src/core/clock.ts';
import type { Engine } from '../../src/core/engine.ts';
import { handClock, restoreClock } from '../../src/hand-clock.ts';
import { localStore } from '../../src/store/local.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';

/** Nothing is ever due in it. */
const idle: Engine = {
  start: async () => {},
  beat: async () => {},
  settle: async () => {},
  nextDue: async () => undefined,
  nextEvent: async () => undefined,
  stop: async () => {},
};

async function openMemory() {
  const store = await openStore('sqlite::memory:');
  await migrate(store);
  return { store, memory: localStore(store) };
}

it('stands after a restart where it was moved to', async () => {
  const { store, memory } = await openMemory();
  const world = openClock();
  const before = world.now();
  await handClock(world, memory, () => idle).moveTo(plus(before, HOUR));
  const next = openClock();
  await restoreClock(next, memory);
  expect(between(before, next.now())).toBeGreaterThanOrEqual(HOUR);
  await store.close();
});

it('does not move before the move is kept, so a crash cannot turn it back', async () => {
  const { store, memory } = await openMemory();
  const world = openClock();
  const clock = handClock(world, memory, () => idle);
  await store.close();
  await expect(clock.moveTo(plus(world.now(), HOUR))).rejects.toThrow();
  expect(world.offset()).toBe(0);
});
