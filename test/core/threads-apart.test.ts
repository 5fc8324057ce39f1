/** Platforms where a thread is opened by a call of its own, and those that name no team in a DM. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/chat/chat.ts';
import type { Name, Ref, TeamId } from '../../src/chat/ids.ts';
import { MINUTE, plus } from '../../src/chat/world.ts';
import { CHANNEL, MONDAY, TEAM } from '../support/world.ts';
import { BEN, type Desk, inChannel, line, openDesk } from './desk.ts';

const SQLITE = { name: 'SQLite', reset: async () => 'sqlite::memory:', drop: async () => {} };
const card = (name: string, channel = CHANNEL as string) =>
  ({ kind: 'post', name: name as Name, to: inChannel(channel), message: line(name), thread: 'A title' }) as const;

describe('a thread that is opened by a call of its own', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(SQLITE);
    desk.chat.traits.opensThreads = true;
  });
  afterEach(() => desk.close());
  const kinds = (): string[] => desk.chat.arrived.map(({ kind, name }) => `${kind} ${name}`);

  it('is opened once, after its post', async () => {
    await desk.act((turn) => turn.send(card('desk:a')));
    await desk.act((turn) => turn.send(card('desk:a')));
    await desk.settle();
    expect(kinds()).toEqual(['post desk:a', 'thread desk:a']);
    expect(desk.chat.threads).toEqual([desk.chat.named('desk:a')[0]!.ref]);
  });

  it('waits until every post of the same minute has gone', async () => {
    await desk.act(async (turn) => {
      for (const i of [1, 2, 3]) await turn.send(card(`desk:${i}`, `C${i}`));
    });
    await desk.settle();
    expect(kinds().map((kind) => kind.split(' ')[0])).toEqual(['post', 'post', 'post', 'thread', 'thread', 'thread']);
  });

  it('is there before the first word in it', async () => {
    const to = { in: 'thread', under: 'desk:a' } as const;
    await desk.act(async (turn) => {
      await turn.send(card('desk:a'));
      await turn.send({ kind: 'post', name: 'desk:in', to, message: line('in it') });
    });
    await desk.settle();
    expect(kinds()).toEqual(['post desk:a', 'thread desk:a', 'post desk:in']);
  });

  it('is opened again when nobody knows whether it was, and no feature is told of it', async () => {
    const error = new DeliveryError('no answer', { effect: 'unknown', retry: { afterMs: 1000 } });
    await desk.act((turn) => turn.send(card('desk:a')));
    desk.core.world.point = () => {
      if (desk.chat.arrived.length === 1) desk.chat.troubles.push({ about: '', trouble: { error, effect: 'after' } });
    };
    await desk.settle();
    desk.core.world.point = () => {};
    desk.chat.troubles.length = 0;
    await desk.at(plus(MONDAY, 2 * MINUTE));
    expect(kinds()).toEqual(['post desk:a', 'thread desk:a', 'thread desk:a']);
    expect(desk.settled.map(({ kind }) => kind)).toEqual(['post']);
  });

  it('is not opened for a post without one, nor where threads are simply there', async () => {
    await desk.act((turn) => turn.send({ kind: 'post', name: 'desk:b', to: inChannel(CHANNEL), message: line('b') }));
    desk.chat.traits.opensThreads = false;
    await desk.act((turn) => turn.send(card('desk:c')));
    await desk.settle();
    expect(kinds()).toEqual(['post desk:b', 'post desk:c']);
  });
});

describe('a press in a DM that names no team', () => {
  const OTHER = 'other' as TeamId;
  const dm = { in: 'dm', person: BEN.id } as const;
  let desk: Desk;
  let pressed: string[];
  beforeEach(async () => {
    pressed = [];
    desk = await openDesk(SQLITE, {
      presses: {
        poke: async (_, turn) => {
          pressed.push(turn.team.id);
          return { kind: 'nothing' };
        },
      },
    });
    await desk.chat.emit({ kind: 'installed', id: 'other', team: OTHER, at: MONDAY, name: 'Other' });
  });
  afterEach(() => desk.close());

  const sends = async (team: TeamId, name: Name): Promise<Ref> => {
    await desk.store.write((tx) =>
      tx
        .insertInto('posts')
        .values({ team, name, ref: `ref ${name}` as Ref, conversation: `dm ${BEN.id}`, sent: desk.now() })
        .execute(),
    );
    return `ref ${name}` as Ref;
  };
  const press = (card?: Ref): Promise<unknown> =>
    desk.chat.emit({
      kind: 'press',
      id: `press ${pressed.length} ${card ?? ''}`,
      at: desk.now(),
      from: BEN,
      place: dm,
      on: { feature: 'desk', name: 'poke', subject: '' },
      ...(card === undefined ? {} : { card }),
    });

  it('belongs to the team whose message it was done on', async () => {
    const mine = await sends(TEAM, 'desk:mine');
    await desk.jump(plus(MONDAY, MINUTE));
    const theirs = await sends(OTHER, 'desk:theirs');
    await press(mine);
    await press(theirs);
    expect(pressed).toEqual([TEAM, OTHER]);
  });

  it('belongs to who wrote to that person last, when the message is none we know', async () => {
    await sends(OTHER, 'desk:theirs');
    await desk.jump(plus(MONDAY, MINUTE));
    await sends(TEAM, 'desk:mine');
    await press('ephemeral' as Ref);
    expect(pressed).toEqual([TEAM]);
  });

  it('of somebody nobody wrote to does nothing', async () => {
    expect(await press()).toEqual({ kind: 'nothing' });
    expect(pressed).toEqual([]);
  });
});
