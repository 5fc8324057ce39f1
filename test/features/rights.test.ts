/** Every button, choice and form there is, tried with every id there is: nobody reads or changes what is not theirs. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChannelId, PersonId, TeamId } from '../../src/chat/ids.ts';
import type { Of } from '../../src/chat/incoming.ts';
import { Refusal } from '../../src/core/errors.ts';
import type { Feature, Turn } from '../../src/core/feature.ts';
import { beginTurn, commit } from '../../src/core/turn.ts';
import { features } from '../../src/features/index.ts';
import type { Schema } from '../../src/store/schema.ts';
import { formIn } from '../support/someone.ts';
import { CHANNEL, openWorld, TEAM, type TestWorld } from '../support/world.ts';
import { answerOf, cardSubject, CLOSE, END, full, on, rating } from './feedback/team.ts';

/** What people keep or manage; posts, wakes and the outbox follow from it. */
const TABLES = ['answers', 'begun', 'reviews', 'review_windows', 'results', 'self_ratings', 'rounds', 'schedules'];
const KINDS = { press: 'presses', choose: 'choices', submit: 'forms' } as const;
const OTHER = 'T2' as TeamId;
const NOON = '2026-11-23T12:00:00.000Z';
/** Whatever a form may ask for, filled in well enough to be taken. */
const VALUES = {
  ...full(1),
  answer: 'Words that would take the place of an answer, if anybody could write them from outside of it.',
  next: 'A plan',
  channel: CHANNEL,
  time: '10:30 Europe/Berlin',
  days: 'Mon',
  levels: 'mid',
  mode: 'open',
};

/** Ana, Bo and Cleo have answered a sealed question; every word they wrote carries a mark that says whose it is. */
async function sealed(): Promise<TestWorld> {
  const team = await openWorld({ features });
  onTestFinished(() => team.close());
  await team.store.write((tx) => tx.updateTable('rounds').set({ mode: 'sealed' }).execute());
  for (const name of ['Ana', 'Bo', 'Cleo']) {
    const one = team.someone(name);
    const form = await one.press({ feature: 'daily', name: 'answer', subject: cardSubject(team) });
    await one.submits(formIn(form), { answer: `SEALED-${one.id} ${answerOf(name)}`, level: 'senior' });
  }
  return team;
}

/** It was revealed, and all of them have rated themselves, reviewed each other and read their results. */
async function reviewed(): Promise<TestWorld> {
  const team = await sealed();
  await team.at(CLOSE);
  const asked = await team.store.read((tx) =>
    tx
      .selectFrom('reviews')
      .innerJoin('answers', 'answers.id', 'reviews.answer')
      .select(['reviews.id', 'reviews.reviewer', 'answers.person'])
      .execute(),
  );
  for (const { id, reviewer, person } of asked) {
    const one = team.someone(reviewer ?? '');
    const comment = `Keep: when you said “the release was stuck”, I could follow. OWN-${reviewer}-${person}\nChange: end with what it cost.`;
    const got = await one.submits(await one.press(on('review', id)), { ...full(3), comment });
    expect(got.kind).toBe('show');
  }
  for (const name of ['Ana', 'Bo', 'Cleo']) {
    const one = team.someone(name);
    await one.submits(await one.presses('Rate my answer'), { ...rating(2), note: `OWN-${one.id}-` });
  }
  await team.at(END);
  return team;
}

const rowsOf = (team: TestWorld): Promise<string[]> =>
  team.store.read(async (tx) => {
    const all: string[] = [];
    for (const table of TABLES) {
      const rows = await tx
        .selectFrom(table as keyof Schema)
        .selectAll()
        .execute();
      // Whoever has their own answer erased is counted, and nothing else.
      all.push(...rows.map((row) => `${table} ${JSON.stringify({ ...row, erased: 0 })}`));
    }
    return all;
  });

/** Ids of everything, in the shapes in which buttons carry them. */
async function subjectsOf(team: TestWorld): Promise<string[]> {
  const ids = await team.store.read(async (tx) => [
    ...(await tx.selectFrom('answers').select('id').execute()),
    ...(await tx.selectFrom('reviews').select('id').execute()),
    ...(await tx.selectFrom('rounds').select('id').execute()),
    ...(await tx.selectFrom('schedules').select('id').execute()),
  ]);
  return ids.flatMap(({ id }) => [id, `${id}.1`, `${id}:0`, `${id}:A:0`, `${id}:B:0`]);
}

type Run = (event: Of<'press'>, turn: Turn) => Promise<unknown>;
interface Actor {
  readonly team: TeamId;
  readonly person: string;
  readonly admin: boolean;
}

const actionsOf = (feature: Feature): (readonly [string, string, Run])[] =>
  Object.entries(KINDS).flatMap(([kind, table]) =>
    Object.entries(feature[table] ?? {}).map(([name, run]) => [kind, name, run as unknown as Run] as const),
  );

/** Each action with each id, as this person, past the limit of acts a minute; answers all they were told. */
async function tryAll(team: TestWorld, { team: of, person, admin }: Actor): Promise<string> {
  const from = { id: person as PersonId, name: 'Somebody', admin };
  const told: string[] = [];
  const subjects = await subjectsOf(team);
  for (const feature of features)
    for (const [kind, name, run] of actionsOf(feature))
      for (const subject of subjects) {
        const place = { in: 'channel', channel: 'C9' as ChannelId } as const;
        const bare = { id: `${told.length}`, team: of, at: team.now(), from, place, value: 'mid', values: VALUES };
        const event = { ...bare, kind, on: { feature: feature.name, name, subject } } as unknown as Of<'press'>;
        const said = await commit(team.core, async (tx, nudges) => {
          const begin = await beginTurn(team.core, tx, nudges, of);
          return begin && run(event, begin(feature));
        }).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
        });
        told.push(`${kind} ${feature.name}.${name} ${subject}: ${JSON.stringify(said)}`);
      }
  await team.settle();
  const sent = team.chat.dms(from.id).filter(({ delivery }) => delivery.team === of);
  told.push(...sent.map(({ delivery, message }) => JSON.stringify({ delivery, message })));
  return told.join('\n');
}

const worlds = [
  ['while it is sealed', sealed, NOON],
  ['when it is reviewed', reviewed, END],
] as const;

describe.each(worlds)('%s', (_, live, until) => {
  it('an admin of another team reads and changes nothing, also not under the id of somebody here', async () => {
    const team = await live();
    await team.at(until);
    await team.chat.emit({ kind: 'installed', id: 'other', team: OTHER, at: team.now(), name: 'Other team' });
    const before = await rowsOf(team);
    const told =
      (await tryAll(team, { team: OTHER, person: 'zoe', admin: true })) +
      (await tryAll(team, { team: OTHER, person: 'ana', admin: true }));
    expect(told.match(/(?:SEALED|OWN)-\w+.{0,60}/g)).toBeNull();
    const after = await rowsOf(team);
    expect(before.filter((row) => !after.includes(row))).toEqual([]);
  });

  it('a colleague reads and changes nothing of the others, whatever id they press', async () => {
    const team = await live();
    await team.at(until);
    const before = (await rowsOf(team)).filter((row) => !/"(?:person|reviewer)":"zoe"/.test(row));
    const told = await tryAll(team, { team: TEAM, person: 'zoe', admin: false });
    expect(told.match(until === NOON ? /.{90}SEALED-\w+/g : /.{90}OWN-\w+-\w*/g)).toBeNull();
    const after = await rowsOf(team);
    expect(before.filter((row) => !after.includes(row))).toEqual([]);
  });

  it('each of them reads their own, so the marks are where they would be found', async () => {
    const team = await live();
    await team.at(until);
    const told = await tryAll(team, { team: TEAM, person: 'bo', admin: false });
    expect(told).toContain(until === NOON ? 'SEALED-bo' : 'OWN-ana-bo');
    expect(told.match(until === NOON ? /.{90}SEALED-(?!bo)\w+/g : /.{90}OWN-(?!bo-)\w+-(?!bo)\w*/g)).toBeNull();
  });
});
