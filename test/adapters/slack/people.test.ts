/** Who people are on Slack: remembered, asked for once, and never waited for long. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClient } from '../../../adapters/slack/api.ts';
import { openPeople } from '../../../adapters/slack/people.ts';
import type { People, Tenant } from '../../../adapters/slack/ports.ts';
import type { PersonId, TeamId } from '../../../src/chat/ids.ts';
import type { Person } from '../../../src/chat/incoming.ts';
import { HOUR } from '../../../src/chat/world.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeSlack, FakeUser, FakeWorkspace } from '../../support/fake-slack/types.ts';
import { keepLog, type KeptLog, type ManualWorld, openManualWorld, secret } from './world.ts';

let fake: FakeSlack;
let workspace: FakeWorkspace;
let tenant: Tenant;
let world: ManualWorld;
let log: KeptLog;
let people: People;
let known: Person | Error | undefined;
let ana: FakeUser;
const asked = (): number => fake.calls.filter(({ method }) => method === 'users.info').length;
const idOf = (user: FakeUser): PersonId => user.id as PersonId;

beforeEach(async () => {
  fake = await openFakeSlack();
  workspace = fake.addWorkspace('Acme');
  ana = workspace.addUser('Ana', { admin: true, tz: 'Europe/Berlin' });
  tenant = {
    team: workspace.id as TeamId,
    name: workspace.name,
    botUser: workspace.botUser,
    botId: workspace.botId,
    client: makeClient({ token: secret(workspace.botToken), apiUrl: fake.apiUrl }),
  };
  world = openManualWorld();
  log = keepLog();
  known = undefined;
  people = openPeople({
    world,
    log,
    known: async () => {
      if (known instanceof Error) throw known;
      return known;
    },
  });
});
afterEach(() => fake.close());

describe('a person on Slack', () => {
  it('is who Slack says: name, admin, zone', async () => {
    expect(await people.of(tenant, idOf(ana))).toEqual({
      id: ana.id,
      name: 'ana',
      admin: true,
      zone: 'Europe/Berlin',
    });
  });

  it('is asked for once in an hour', async () => {
    await people.of(tenant, idOf(ana));
    await people.of(tenant, idOf(ana));
    expect(asked()).toBe(1);
    await world.advance(HOUR);
    ana.admin = false;
    expect((await people.of(tenant, idOf(ana))).admin).toBe(false);
    expect(asked()).toBe(2);
  });

  it('is asked for once by many at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => people.of(tenant, idOf(ana))));
    expect(new Set(all.map(({ name }) => name))).toEqual(new Set(['ana']));
    expect(asked()).toBe(1);
  });

  it('is as the core knew them when Slack takes its time', async () => {
    fake.fault('users.info', { do: 'hold' });
    known = { id: idOf(ana), name: 'Ana of old', admin: true, zone: 'Europe/Paris' };
    const of = people.of(tenant, idOf(ana), 'ana');
    await world.asleepFor(750);
    await world.advance(1_000);
    expect(await of).toEqual(known);
    fake.release();
  });

  it('is what the event called them when nobody knows in time, and never an admin', async () => {
    fake.fault('users.info', { do: 'hold' });
    const of = people.of(tenant, idOf(ana), 'ana.k');
    await world.asleepFor(750);
    await world.advance(1_000);
    expect(await of).toEqual({ id: ana.id, name: 'ana.k', admin: false });
    fake.release();
  });

  it('is someone new when nothing at all is known, and the reason stands in the log once', async () => {
    fake.fault('users.info', { do: 'error', error: 'user_not_found' });
    known = new Error('the database is away');
    expect(await people.of(tenant, 'U0NOBODY' as PersonId)).toEqual({
      id: 'U0NOBODY',
      name: 'Someone new',
      admin: false,
    });
    await people.of(tenant, 'U0NOBODY' as PersonId);
    expect(asked()).toBe(1);
    expect(log.lines.filter((line) => line.includes('user_not_found'))).toHaveLength(1);
  });

  it('is asked for again half a minute after Slack would not say', async () => {
    fake.fault('users.info', { do: '500', effect: 'before' });
    expect((await people.of(tenant, idOf(ana), 'hint')).name).toBe('hint');
    await world.advance(30_000);
    expect((await people.of(tenant, idOf(ana), 'hint')).name).toBe('ana');
  });

  it('stays as they were last seen while Slack is away', async () => {
    await people.of(tenant, idOf(ana));
    await world.advance(HOUR);
    fake.fault('users.info', { do: 'drop', effect: 'before' });
    expect(await people.of(tenant, idOf(ana), 'hint')).toMatchObject({ name: 'ana', admin: true });
  });
});

const told = (facts: object): object => ({
  id: ana.id,
  name: 'ana',
  team_id: workspace.id,
  tz: 'Asia/Tokyo',
  ...facts,
});

describe('news of a person', () => {
  it('counts at once, without asking', async () => {
    await people.of(tenant, idOf(ana));
    people.learn(tenant.team, told({ profile: { display_name: 'Ana K.' }, is_owner: true }));
    expect(await people.of(tenant, idOf(ana))).toEqual({
      id: ana.id,
      name: 'Ana K.',
      admin: true,
      zone: 'Asia/Tokyo',
    });
    expect(asked()).toBe(1);
  });

  it('of somebody we never met is not kept', async () => {
    people.learn(tenant.team, told({ real_name: 'Somebody else' }));
    expect((await people.of(tenant, idOf(ana))).name).toBe('ana');
  });

  it.each([
    ['display name', { profile: { display_name: 'A', real_name: 'B' }, real_name: 'C' }, 'A'],
    ['real name', { profile: { display_name: ' ', real_name: 'B' }, real_name: 'C' }, 'C'],
    ['name in the profile', { profile: { display_name: '', real_name: 'B' } }, 'B'],
    ['user name', {}, 'ana'],
    ['nothing but blanks', { name: '  ' }, 'Someone new'],
    ['a name without end', { real_name: 'x'.repeat(5_000) }, `${'x'.repeat(99)}…`],
  ])('takes the %s', async (_what, facts, name) => {
    await people.of(tenant, idOf(ana));
    people.learn(tenant.team, told(facts));
    expect((await people.of(tenant, idOf(ana))).name).toBe(name);
  });

  it.each([
    ['an admin', { is_admin: true }, true],
    ['an owner', { is_owner: true }, true],
    ['the primary owner', { is_primary_owner: true }, true],
    ['nobody in particular', { is_admin: 'true' }, false],
    ['an admin of another workspace in a shared channel', { is_admin: true, team_id: 'T0OTHER' }, false],
    ['a stranger', { is_admin: true, is_stranger: true }, false],
    ['an admin who left', { is_admin: true, deleted: true }, false],
  ])('tells the rights of %s', async (_who, facts, admin) => {
    await people.of(tenant, idOf(ana));
    people.learn(tenant.team, told(facts));
    expect((await people.of(tenant, idOf(ana))).admin).toBe(admin);
  });

  it.each([['Mars/Olympus'], [''], [7], [null]])('leaves out a zone that is none: %j', async (tz) => {
    await people.of(tenant, idOf(ana));
    people.learn(tenant.team, told({ tz }));
    expect(await people.of(tenant, idOf(ana))).not.toHaveProperty('zone');
  });

  it.each([[undefined], [null], [7], ['U1'], [[]], [{}], [{ id: 7 }], [{ id: 'not an id' }]])(
    'that is none changes nothing: %j',
    async (user) => {
      await people.of(tenant, idOf(ana));
      people.learn(tenant.team, user);
      expect((await people.of(tenant, idOf(ana))).name).toBe('ana');
    },
  );
});

it('remembers only so many people, and forgets who was met longest ago', async () => {
  const few = openPeople({ world, log, known: async () => undefined }, 2);
  const [bo, cy] = [workspace.addUser('Bo'), workspace.addUser('Cy')];
  for (const one of [ana, bo, ana, cy]) await few.of(tenant, idOf(one));
  expect(asked()).toBe(3);
  await few.of(tenant, idOf(ana));
  expect(asked()).toBe(3);
  await few.of(tenant, idOf(bo));
  expect(asked()).toBe(4);
});

it('waits for nobody longer than a second, whoever is slow', async () => {
  fake.fault('users.info', { do: 'hold' });
  const slow = openPeople({ world, log, known: () => new Promise(() => {}) });
  const of = slow.of(tenant, idOf(ana), 'ana.k');
  await world.asleepFor(750);
  await world.advance(750);
  await world.asleepFor(250);
  await world.advance(250);
  expect(await of).toEqual({ id: ana.id, name: 'ana.k', admin: false });
  fake.release();
});
