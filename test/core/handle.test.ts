/** At the door of the core: forms that come again, rooms told from threads, teams that leave, answers that fit. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ref, TeamId } from '../../src/chat/ids.ts';
import type { Of } from '../../src/chat/incoming.ts';
import { markdown } from '../../src/chat/text.ts';
import { plus } from '../../src/chat/world.ts';
import { features } from '../../src/features/index.ts';
import { insideOf } from '../../src/store/inside.ts';
import { CHANNEL, MONDAY, openWorld, TEAM, type TestWorld } from '../support/world.ts';
import { BEN, type Desk, openDesk } from './desk.ts';

const SQLITE = { name: 'SQLite', reset: async () => 'sqlite::memory:', drop: async () => {} };
const inChannel = { in: 'channel', channel: CHANNEL } as const;

describe('a form', () => {
  let desk: Desk;
  let saved: string[];
  beforeEach(async () => {
    saved = [];
    desk = await openDesk(SQLITE, {
      forms: {
        share: async ({ values }) => {
          if (values['text'] === '') return { kind: 'reject', field: 'text', problem: 'Write something.' };
          saved.push(values['text'] ?? '');
          return { kind: 'nothing' };
        },
      },
    });
  });
  afterEach(() => desk.close());
  const submit = (text: string): Promise<unknown> =>
    desk.chat.emit({
      kind: 'submit',
      id: 'view:V1:hash',
      team: TEAM,
      at: MONDAY,
      from: BEN,
      place: inChannel,
      on: { feature: 'desk', name: 'share', subject: '' },
      values: { text },
    });

  it('that was rejected is looked at again when it comes again under the same id', async () => {
    expect(await submit('')).toMatchObject({ kind: 'reject' });
    expect(await submit('')).toMatchObject({ kind: 'reject' });
    await submit('better');
    expect(saved).toEqual(['better']);
  });

  it('that was taken is taken once', async () => {
    await submit('once');
    await submit('once');
    expect(saved).toEqual(['once']);
  });
});

describe('an answer no platform would show', () => {
  it('is an error of ours with an id, and nothing is kept of the turn', async () => {
    const desk = await openDesk(SQLITE);
    const answer = await desk.act(async (turn) => {
      await turn.send({ kind: 'post', name: 'desk:a', to: inChannel, message: { blocks: [] } });
      return { kind: 'show', message: { blocks: [{ kind: 'text', text: markdown('x'.repeat(3001)) }] } };
    });
    expect(answer).toMatchObject({ kind: 'say' });
    expect(await desk.rows()).toEqual([]);
    await desk.close();
  });
});

describe('a message in a group DM', () => {
  it('belongs to the room it hangs under, and is not a reply to a post', async () => {
    const desk = await openDesk(SQLITE);
    await desk.act(async (turn) => {
      await turn.send({ kind: 'room', name: 'desk:pair', title: 'A pair', members: [BEN.id], near: CHANNEL });
      await turn.listen({ in: 'room', room: 'desk:pair' }, 'the pair');
    });
    await desk.settle();
    const under = desk.chat.named('desk:pair')[0]!.ref;
    await desk.reply({ place: { in: 'thread', under }, text: 'hello' });
    expect(desk.heard).toMatchObject([
      { about: { subject: 'the pair' }, event: { text: 'hello', place: { in: 'room', room: under } } },
    ]);
    await desk.close();
  });

  it('that came before its room was linked belongs to it afterwards', async () => {
    const desk = await openDesk(SQLITE);
    await desk.reply({ place: { in: 'thread', under: 'm1' as Ref }, text: 'quick' });
    await desk.act(async (turn) => {
      await turn.send({ kind: 'room', name: 'desk:pair', title: 'A pair', members: [BEN.id], near: CHANNEL });
      await turn.listen({ in: 'room', room: 'desk:pair' }, 'the pair');
    });
    await desk.settle();
    expect(desk.heard).toMatchObject([{ about: { subject: 'the pair' } }]);
    await desk.close();
  });
});

describe('a team that uninstalls Greenroom', () => {
  const OTHER = 'other' as TeamId;
  let team: TestWorld;
  beforeEach(async () => {
    team = await openWorld({ features });
    const installed: Of<'installed'> = { kind: 'installed', id: 'o', team: OTHER, at: MONDAY, name: 'Other team' };
    await team.chat.emit({ ...installed, start: { channel: CHANNEL, person: { ...BEN, admin: true }, zone: 'UTC' } });
    await team.settle();
    const question = team.chat.named('daily:')[0]!;
    await team.someone('Bo').replies(question.name, 'A long answer of more than fifteen words, '.repeat(4));
    await team.at(plus(MONDAY, 26 * 3_600_000));
  });
  afterEach(() => team.close());

  /** How many rows each table with teams in it has for this one. */
  async function rowsOf(id: TeamId): Promise<Readonly<Record<string, number>>> {
    const { db } = insideOf(team.store);
    const tables = (await db.introspection.getTables()).filter(({ columns }) =>
      columns.some(({ name }) => name === 'team'),
    );
    const counts = await Promise.all(
      tables.map(async ({ name }) => {
        const rows = await db
          .selectFrom(name as never)
          .selectAll()
          .where('team' as never, '=', id as never)
          .execute();
        return [name, rows.length] as const;
      }),
    );
    return Object.fromEntries(counts);
  }
  const leave = (why: 'uninstalled' | 'revoked'): Promise<unknown> =>
    team.chat.emit({ kind: 'removed', id: `bye ${why}`, team: TEAM, at: team.now(), what: { kind: 'team', why } });

  it('leaves nothing behind in any table, and nobody else loses a row', async () => {
    const before = await rowsOf(OTHER);
    const mine = await rowsOf(TEAM);
    expect(Object.values(mine).filter((count) => count > 0).length).toBeGreaterThan(7);
    await leave('uninstalled');
    expect(Object.values(await rowsOf(TEAM)).every((count) => count === 0)).toBe(true);
    expect(await rowsOf(OTHER)).toEqual(before);
    expect(await team.store.read((tx) => tx.selectFrom('teams').select('id').execute())).toEqual([{ id: OTHER }]);
  });

  it('is wiped also when its token was revoked a moment before', async () => {
    await leave('revoked');
    expect((await rowsOf(TEAM))['answers']).toBe(1);
    await leave('uninstalled');
    expect(Object.values(await rowsOf(TEAM)).every((count) => count === 0)).toBe(true);
  });
});
