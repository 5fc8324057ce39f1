/** Two workspaces of one Greenroom, whose channels and people bear the same ids: neither ever sees anything of the other. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { msOf } from '../../../src/chat/world.ts';
import { readConfig } from '../../../src/config.ts';
import { openClock } from '../../../src/core/clock.ts';
import { serve } from '../../../src/main.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeSlack, FakeWorkspace } from '../../support/fake-slack/types.ts';
import { eventually, HOW_LONG, logInto, type Member, memberOf, MONDAY } from './practice.ts';

const PUBLIC = 'https://greenroom.example.org';
const SCORES = { setup: '4', action: '4', result: '3', reach: '3' };

interface Team {
  readonly workspace: FakeWorkspace;
  /** A word that only its people write. */
  readonly canary: string;
  readonly ana: Member;
  readonly bo: Member;
}

interface House {
  readonly fake: FakeSlack;
  readonly acme: Team;
  readonly globex: Team;
  readonly log: readonly unknown[];
  goTo(at: string): Promise<void>;
}

async function openHouse(): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-apart-'));
  const fake = await openFakeSlack();
  const world = openClock();
  const goTo = async (to: string): Promise<void> => {
    await expect.poll(() => fake.unacked, HOW_LONG).toBe(0);
    world.setOffset(world.offset() + Date.parse(to) - msOf(world.now()));
    await fake.clock.advance(Date.parse(to) - fake.clock.now());
  };
  await goTo(MONDAY);
  const log: (readonly [string, string, unknown])[] = [];
  const config = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    PUBLIC_URL: PUBLIC,
    SLACK_CLIENT_ID: fake.clientId,
    SLACK_CLIENT_SECRET: fake.clientSecret,
    SLACK_APP_TOKEN: fake.appToken,
    SLACK_API_URL: fake.apiUrl,
  });
  const greenroom = await serve(config, 'Europe/Berlin', logInto(log), world);
  onTestFinished(async () => {
    await greenroom.stop();
    await fake.close();
    await rm(folder, { recursive: true });
  });
  const [acme, globex] = twins(fake);
  for (const { workspace, ana } of [acme, globex]) await install(greenroom.url, workspace, ana.id);
  return { fake, acme, globex, log, goTo };
}

/** The second has a channel, people and direct conversations of the same ids as the first. */
function twins(fake: FakeSlack): [Team, Team] {
  const acme = fake.addWorkspace('Acme', { installed: false });
  const globex = fake.addWorkspace('Globex', { installed: false });
  const people = ['Ana', 'Bo'].map((name) => acme.addUser(`${name} acmecanary`, { admin: true, tz: 'Europe/Berlin' }));
  const channel = acme.addChannel('practice');
  const twin = { ...channel, members: new Set([globex.botUser, ...people.map(({ id }) => id)]), messages: [] };
  globex.channels.set(channel.id, twin);
  for (const user of people) {
    const name = user.realName.replace('acmecanary', 'globexcanary');
    globex.users.set(user.id, { ...user, name: name.toLowerCase(), realName: name });
    const dm = acme.dm(user.id);
    globex.channels.set(dm.id, { ...dm, members: new Set([globex.botUser, user.id]), messages: [] });
  }
  const [ana = '', bo = ''] = people.map(({ id }) => id);
  const teamOf = (workspace: FakeWorkspace, canary: string, at: typeof channel): Team => {
    const site = { fake, workspace, channel: at };
    return { workspace, canary, ana: memberOf(site, ana), bo: memberOf(site, bo) };
  };
  return [teamOf(acme, 'acmecanary', channel), teamOf(globex, 'globexcanary', twin)];
}

/** The way of a browser: our page, Slack's page, and back. */
async function install(url: string, workspace: FakeWorkspace, by: string): Promise<void> {
  const begun = await fetch(`${url}/slack/install/go`, { redirect: 'manual' });
  const page = new URL(begun.headers.get('location') ?? '');
  page.searchParams.set('into', workspace.id);
  page.searchParams.set('by', by);
  const back = (await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '';
  const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
  const done = await fetch(back.replace(PUBLIC, url), { headers: { cookie } });
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining(`is in ${workspace.name}`)]);
}

const said = ({ canary }: Team, who: string): string =>
  `${who} of ${canary} had been asked for a number nobody could stand behind, so we wrote down what we knew and what ` +
  'we did not, and the meeting took the range with its reasons instead of the single number it had come for.';

/** A day of practice: set-up, an answer in the thread and one by the form, and what people ask for by themselves. */
async function practise(team: Team): Promise<void> {
  const { ana, bo, workspace } = team;
  await ana.says('setup');
  await ana.form();
  await ana.fills({ channel: [...workspace.channels.values()].find(({ name }) => name === 'practice')?.id ?? '' });
  await ana.sees('Running · 09:00');
  await ana.says('question');
  const question = await ana.sees(/open until/);
  await ana.replies(question, said(team, 'Ana'));
  await bo.presses('Answer', /open until/);
  await bo.fills({ answer: said(team, 'Bo') });
  await bo.sees(/2 answers/);
  await bo.says('export');
  expect(await bo.home()).toContain(team.canary);
}

async function review({ ana, bo, canary }: Team): Promise<void> {
  for (const member of [ana, bo]) {
    await member.sees(/I can’t this time/);
    await member.presses('Review', /I can’t this time/);
    expect(await member.form()).toContain(canary);
    const quote = `${canary} had been asked for a number nobody could stand behind`;
    const comment = `Keep: When you said “${quote}”, I saw the pressure.\n\nChange: Next time, tell me who used the range.`;
    expect(await member.fills({ ...SCORES, comment })).toContain('Thank you');
    await member.presses('Rate my answer');
    await member.fills(SCORES);
  }
  await eventually(() => ana.dms().some((words) => words.includes('behind”, I saw')), true);
}

/** All that a workspace was sent or shows: calls with its token, what stands in it, and its views. */
function shownIn({ fake }: House, { workspace }: Team): string {
  const calls = fake.calls.filter(({ team }) => team === workspace.id);
  const { channels, homes, modals } = workspace;
  const stands = [...channels.values()].map(({ messages }) => messages);
  return JSON.stringify([calls, stands, [...homes], [...modals], fake.posted(workspace.id)]);
}

it('two workspaces with the same ids never see or touch each other', async () => {
  const house = await openHouse();
  const { acme, globex } = house;
  await Promise.all([practise(acme), practise(globex)]);
  await house.goTo('2027-03-02T08:00:30.000Z');
  await Promise.all([review(acme), review(globex)]);
  for (const [team, other] of [[acme, globex] as const, [globex, acme] as const]) {
    expect(shownIn(house, team)).toContain(team.canary);
    expect(shownIn(house, team)).not.toContain(other.canary);
    expect(shownIn(house, team)).not.toContain(other.workspace.botUser);
  }
  expect(JSON.stringify(house.log)).not.toMatch(/canary/);

  await house.fake.hands.uninstall(acme.workspace.id);
  await eventually(() => house.fake.unacked, 0);
  expect(await globex.ana.home()).toContain(globex.canary);
  await house.goTo('2027-03-03T08:00:30.000Z');
  await globex.ana.sees(/open until Thu 4 Mar/);
  expect(house.fake.complaints).toEqual([]);
  expect(house.log.filter((line) => (line as readonly string[])[0] === 'error')).toEqual([]);
}, 60_000);
