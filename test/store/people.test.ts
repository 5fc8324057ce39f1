/** Teams and people: the newest of what platforms tell, and people's own choices above it. */
import { describe, expect, it } from 'vitest';
import type { Instant, PersonId, TeamId } from '../../src/chat/ids.ts';
import * as people from '../../src/store/people.ts';
import type { Store } from '../../src/store/store.ts';
import { findTeam, saveTeam, setLastAdmin } from '../../src/store/teams.ts';
import { team } from '../contract/store-rows.ts';
import { storeAt } from './folder.ts';

const OURS = 'ours' as TeamId;
const THEIRS = 'theirs' as TeamId;
const ADA = { id: 'ada' as PersonId, name: 'Ada', admin: false };
const day = (n: number): Instant => `2026-11-${String(n).padStart(2, '0')}T09:00:00.000Z` as Instant;

async function teams(): Promise<Store> {
  const store = await storeAt(':memory:');
  await store.write(async (tx) => {
    await saveTeam(tx, team(OURS));
    await saveTeam(tx, team(THEIRS));
  });
  return store;
}
const ada = (store: Store, of = OURS) => store.read((tx) => people.findPerson(tx, of, ADA.id));
const touch = (store: Store, person: Parameters<typeof people.touchPerson>[2], at: Instant, of = OURS) =>
  store.write((tx) => people.touchPerson(tx, of, person, at));

describe('a team', () => {
  it('is found as it was saved last', async () => {
    const store = await teams();
    await store.write((tx) => saveTeam(tx, { ...team(OURS), name: 'Renamed', gone: day(2) }));
    await store.write((tx) => setLastAdmin(tx, OURS, ADA.id));
    const found = await store.read((tx) => findTeam(tx, OURS));
    expect(found).toEqual({ ...team(OURS), name: 'Renamed', gone: day(2), last_admin: 'ada' });
    expect(await store.read((tx) => findTeam(tx, THEIRS))).toEqual(team(THEIRS));
    expect(await store.read((tx) => findTeam(tx, 'none' as TeamId))).toBeUndefined();
  });
});

describe('a person', () => {
  it('is known from the first thing they do, by their newest name and rights', async () => {
    const store = await teams();
    expect(await ada(store)).toBeUndefined();
    await touch(store, ADA, day(1));
    await touch(store, { ...ADA, name: 'Ada L.', admin: true }, day(2));
    expect(await ada(store)).toMatchObject({ name: 'Ada L.', admin: 1, active_at: day(2), level: null, zone: null });
  });

  it('was active when they last were, even when an older event comes late', async () => {
    const store = await teams();
    await touch(store, ADA, day(5));
    await touch(store, ADA, day(3));
    expect(await ada(store)).toMatchObject({ active_at: day(5) });
  });

  it('keeps their own zone and level, whatever the platform says', async () => {
    const store = await teams();
    await touch(store, { ...ADA, zone: 'Europe/London' }, day(1));
    expect(await ada(store)).toMatchObject({ zone: 'Europe/London' });
    await store.write(async (tx) => {
      await people.setZone(tx, OURS, ADA.id, 'Asia/Tokyo');
      await people.setLevel(tx, OURS, ADA.id, 'senior');
    });
    await touch(store, { ...ADA, zone: 'Europe/London' }, day(2));
    expect(await ada(store)).toMatchObject({ zone: 'Asia/Tokyo', level: 'senior' });
    await store.write((tx) => people.setZone(tx, OURS, ADA.id, null));
    await touch(store, { ...ADA, zone: 'Europe/Paris' }, day(3));
    expect(await ada(store)).toMatchObject({ zone: 'Europe/Paris' });
  });

  it('of one team is nobody in another', async () => {
    const store = await teams();
    await touch(store, ADA, day(1));
    await touch(store, { ...ADA, name: 'Other Ada' }, day(1), THEIRS);
    await store.write(async (tx) => {
      await people.setLevel(tx, THEIRS, ADA.id, 'junior');
      await people.pausePerson(tx, THEIRS, ADA.id, day(20));
    });
    expect(await ada(store)).toMatchObject({ name: 'Ada', level: null, paused_until: null });
    expect(await store.read((tx) => people.activePeople(tx, OURS, day(1), day(2)))).toHaveLength(1);
    expect(await store.read((tx) => people.activePeople(tx, THEIRS, day(1), day(2)))).toEqual([]);
  });

  it('is asked while active and not paused', async () => {
    const store = await teams();
    const asked = async (since: Instant, now: Instant): Promise<string[]> =>
      (await store.read((tx) => people.activePeople(tx, OURS, since, now))).map((row) => row.name);
    await touch(store, ADA, day(5));
    await touch(store, { ...ADA, id: 'bo' as PersonId, name: 'Bo' }, day(9));
    await store.write((tx) => people.pausePerson(tx, OURS, ADA.id, day(12)));
    expect(await asked(day(5), day(11))).toEqual(['Bo']);
    expect(await asked(day(5), day(12))).toEqual(['Ada', 'Bo']);
    expect(await asked(day(6), day(12))).toEqual(['Bo']);
    await store.write((tx) => people.pausePerson(tx, OURS, ADA.id, null));
    expect(await asked(day(5), day(11))).toEqual(['Ada', 'Bo']);
  });
});
