/** A person's page: what it shows, to whom, and what can be changed there. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Instant, PersonId } from '../../src/chat/ids.ts';
import { formOverLimits, overLimits } from '../../src/chat/limits.ts';
import { daily } from '../../src/features/daily/index.ts';
import { progress } from '../../src/features/progress/index.ts';
import { page, type Page, pauseForm, zoneForm } from '../../src/features/progress/views.ts';
import { setup } from '../../src/features/setup/index.ts';
import { expectPlatformsTake, expectPlatformsTakeForm } from '../support/fits-platforms.ts';
import { formIn, textIn } from '../support/someone.ts';
import { buttonsOf } from '../support/words.ts';
import { CHANNEL, MONDAY, openWorld, TEAM, type TestWorld } from '../support/world.ts';

const WORDS =
  'When our release slipped I gathered the three teams, named the one decision nobody owned, and took it with them.';

let team: TestWorld;
const opened: TestWorld[] = [];
async function morning(): Promise<TestWorld> {
  team = await openWorld({ features: [setup, daily, progress] });
  opened.push(team);
  await team.at('2026-11-23T08:05:00.000Z');
  return team;
}
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

const me = async (name: string): Promise<string> => textIn(await team.someone(name).says('me'));
const buttonsFor = async (name: string) => {
  const answer = await team.someone(name).says('me');
  return answer.kind === 'show' ? buttonsOf(answer.message) : [];
};
const personRow = (id: string) =>
  team.store.read((tx) =>
    tx
      .selectFrom('people')
      .selectAll()
      .where('id', '=', id as PersonId)
      .executeTakeFirst(),
  );
async function aReview(id: string, reviewer: string, state: 'asked' | 'done'): Promise<void> {
  await team.store.write(async (tx) => {
    const round = await tx.selectFrom('rounds').select('id').executeTakeFirstOrThrow();
    await tx
      .insertInto('reviews')
      .values({
        id,
        team: TEAM,
        round: round.id,
        answer: `answer of ${id}`,
        reviewer: reviewer as PersonId,
        letter: 'A',
        state,
        assigned: MONDAY,
        done: state === 'done' ? team.now() : null,
        late: 0,
        nudged: 0,
        scores: null,
        keep: null,
        change: null,
        signed: null,
      })
      .execute();
  });
}

describe('a person’s page', () => {
  it('shows today’s question with the button that answers it', async () => {
    await morning();
    const answer = (await buttonsFor('Ben')).find(({ label }) => label === 'Answer');
    const round = await team.store.read((tx) => tx.selectFrom('rounds').select('id').executeTakeFirstOrThrow());
    expect(answer?.on).toEqual({ feature: 'daily', name: 'answer', subject: round.id });
    expect(answer?.style).toBe('primary');
  });

  it('offers to change an answer once it is given, and lists it', async () => {
    await morning();
    const root = team.chat.named('daily:')[0]?.name ?? '';
    await team.someone('Ben').replies(root, WORDS);
    expect(await me('Ben')).toMatch(/Your last answers[\s\S]*When our release slipped/);
    expect((await buttonsFor('Ben')).map(({ label }) => label)).toContain('Change my answer');
  });

  it('lists the reviews a person owes, each with its button, and nobody else’s', async () => {
    await morning();
    await aReview('r1', 'ben', 'asked');
    await aReview('r2', 'ben', 'asked');
    await aReview('r3', 'cleo', 'asked');
    await aReview('r4', 'ben', 'done');
    const reviews = (await buttonsFor('Ben')).filter(({ on }) => on.feature === 'feedback');
    expect(reviews.map(({ on }) => on)).toEqual([
      { feature: 'feedback', name: 'review', subject: 'r1' },
      { feature: 'feedback', name: 'review', subject: 'r2' },
    ]);
    expect(await me('Ben')).toContain('Reviews you owe: 2');
    expect(await me('Dora')).toContain('None. Thank you.');
  });

  it('counts the answers and reviews of the last 30 days, not older ones', async () => {
    await morning();
    const root = team.chat.named('daily:')[0]?.name ?? '';
    await team.someone('Ben').replies(root, WORDS);
    await aReview('r1', 'ben', 'done');
    expect(await me('Ben')).toContain('In the last 30 days: 1 answer and 1 review given.');
    await team.jump('2026-12-24T09:00:00.000Z');
    expect(await me('Ben')).toContain('In the last 30 days: 0 answers and 0 reviews given.');
  });

  it('brings back the last words about next time', async () => {
    await morning();
    const saved = { team: TEAM, person: 'ben' as PersonId, ratings: 3, edited: 0, skill: 'ethics', shown: 0 } as const;
    await team.store.write((tx) =>
      tx
        .insertInto('results')
        .values([
          { ...saved, answer: 'a1', published: '2026-11-02T09:00:00.000Z' as Instant, next_time: 'Name the number.' },
          { ...saved, answer: 'a2', published: '2026-11-09T09:00:00.000Z' as Instant, next_time: 'Say what I did.' },
          { ...saved, answer: 'a3', published: '2026-11-16T09:00:00.000Z' as Instant, next_time: null },
        ])
        .execute(),
    );
    expect(await me('Ben')).toContain('Say what I did.');
    expect(await me('Ben')).not.toContain('Name the number.');
    expect(await me('Cleo')).not.toContain('Say what I did.');
  });

  it('is what the home tab shows', async () => {
    await morning();
    const answer = await team.chat.emit({
      kind: 'home',
      id: 'home1',
      team: TEAM,
      at: team.now(),
      from: { id: 'ben' as PersonId, name: 'Ben', admin: false },
      place: { in: 'channel', channel: CHANNEL },
    });
    expect(textIn(answer)).toContain('Your page, Ben');
  });

  it('prints how long things are kept, with export and delete beside it', async () => {
    await morning();
    expect(await me('Ben')).toContain('kept for 180 days');
    const actions = (await buttonsFor('Ben')).map(({ on }) => `${on.feature}.${on.name}`);
    expect(actions).toEqual(expect.arrayContaining(['privacy.export', 'privacy.delete']));
  });

  it('posts nothing: only the asker sees it', async () => {
    await morning();
    const before = team.chat.arrived.length;
    await me('Ben');
    await team.someone('Ben').choose({ feature: 'progress', name: 'level', subject: '' }, 'staff');
    expect(team.chat.arrived).toHaveLength(before);
  });
});

describe('level and time zone', () => {
  it('changes the level where it is shown', async () => {
    await morning();
    const answer = await team.someone('Ben').choose({ feature: 'progress', name: 'level', subject: '' }, 'staff');
    expect(textIn(answer)).toContain('Your level is now Staff');
    expect((await personRow('ben'))?.level).toBe('staff');
  });

  it('refuses a level that does not exist and keeps the old one', async () => {
    await morning();
    const on = { feature: 'progress', name: 'level', subject: '' };
    await team.someone('Ben').choose(on, 'senior');
    expect(textIn(await team.someone('Ben').choose(on, 'wizard'))).toContain('There is no level “wizard”');
    expect((await personRow('ben'))?.level).toBe('senior');
  });

  it('shows the schedule’s zone until a person has one of their own', async () => {
    await morning();
    expect(await me('Ben')).toContain('Europe/Berlin');
    const form = await team.someone('Ben').press({ feature: 'progress', name: 'zone', subject: '' });
    await team.someone('Ben').submits(form, { zone: 'asia/kolkata' });
    expect((await personRow('ben'))?.zone).toBe('Asia/Kolkata');
    expect(await me('Ben')).toContain('Asia/Kolkata');
  });

  it('suggests zones beside the field when the word is not one', async () => {
    await morning();
    const form = await team.someone('Ben').press({ feature: 'progress', name: 'zone', subject: '' });
    const answer = await team.someone('Ben').submits(form, { zone: 'Berlni' });
    expect(answer).toMatchObject({ kind: 'reject', field: 'zone' });
    expect(textIn(answer)).toContain('Europe/Berlin');
    expect(await team.someone('Ben').submits(form, {})).toMatchObject({ kind: 'reject', field: 'zone' });
  });
});

describe('a pause', () => {
  it('begins with the words after the command and ends at midnight of that person’s zone', async () => {
    await morning();
    const answer = await team.someone('Ben', { zone: 'America/New_York' }).says('pause 2 weeks');
    expect(textIn(answer)).toContain('Paused until');
    expect((await personRow('ben'))?.paused_until).toBe('2026-12-07T05:00:00.000Z');
  });

  it('reads “until 2026-12-01”', async () => {
    await morning();
    await team.someone('Ben').says('pause until 2026-12-01');
    expect((await personRow('ben'))?.paused_until).toBe('2026-11-30T23:00:00.000Z');
  });

  it('asks with a form when no time is named, and keeps the form open on words it cannot read', async () => {
    await morning();
    const form = formIn(await team.someone('Ben').says('pause'));
    expect(await team.someone('Ben').submits(form, { until: 'whenever' })).toMatchObject({
      kind: 'reject',
      field: 'until',
    });
    expect((await personRow('ben'))?.paused_until).toBeNull();
    await team.someone('Ben').submits(form, { until: '3 days' });
    expect((await personRow('ben'))?.paused_until).toBe('2026-11-25T23:00:00.000Z');
  });

  it('refuses a day that is over, and says what to write', async () => {
    await morning();
    expect(textIn(await team.someone('Ben').says('pause until 2020-01-01'))).toContain('ends after today');
    expect((await personRow('ben'))?.paused_until ?? null).toBeNull();
  });

  it('is shown on the page, and Resume ends it', async () => {
    await morning();
    await team.someone('Ben').says('pause 2 weeks');
    expect(await me('Ben')).toContain('no reviews asked until');
    expect((await buttonsFor('Ben')).map(({ label }) => label)).toContain('Resume');
    expect(textIn(await team.someone('Ben').says('resume'))).toContain('Welcome back');
    expect(await me('Ben')).toContain('not paused');
    expect(textIn(await team.someone('Ben').says('resume'))).toContain('You are not paused');
  });

  it('ends by itself when its day comes', async () => {
    await morning();
    await team.someone('Ben').says('pause 2 days');
    await team.jump('2026-11-25T09:00:00.000Z');
    expect(await me('Ben')).toContain('not paused');
  });
});

describe('the page within what platforms allow', () => {
  const at = MONDAY;
  const long = 'A title that somebody wrote at length '.repeat(9);
  const full: Page = {
    said: [{ kind: 'plain', value: 'Saved.' }],
    name: 'N'.repeat(300),
    level: undefined,
    zone: 'America/Argentina/ComodRivadavia',
    pausedUntil: at,
    open: Array.from({ length: 9 }, (_, i) => ({ id: `r${i}`, title: long, closes: at, answered: i % 2 === 1 })),
    owed: Array.from({ length: 30 }, (_, i) => ({ id: `v${i}`, title: long, closes: i === 0 ? null : at })),
    last: Array.from({ length: 3 }, (_, i) => ({
      id: `a${i}`,
      title: long,
      level: 'principal',
      text: long.repeat(20),
      at,
      ratings: 3,
    })),
    intention: long.repeat(30),
    answers: 1000,
    reviews: 1000,
    stories: { count: 200, missing: Array.from({ length: 30 }, () => long) },
    retentionDays: 180,
  };

  it('fits with everything on it at its longest', () => {
    expect(overLimits(page(full))).toEqual([]);
    expectPlatformsTake(page(full));
  });
  it('fits with nothing on it', () => {
    const bare = page({ ...full, open: [], owed: [], last: [], intention: undefined });
    expect(overLimits(bare)).toEqual([]);
    expectPlatformsTake(bare);
  });
  it('has forms that fit', () => {
    expect([...formOverLimits(zoneForm('Europe/Berlin')), ...formOverLimits(pauseForm())]).toEqual([]);
    for (const form of [zoneForm('Europe/Berlin'), pauseForm()]) expectPlatformsTakeForm(form);
  });
});
