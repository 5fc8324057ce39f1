/** Durable timers: each rings once, at its time, in a turn of its own. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, plus } from '../../src/chat/world.ts';
import type { Instant } from '../../src/chat/ids.ts';
import { openWakes } from '../../src/core/wakes.ts';
import { CHANNEL, MONDAY, TEAM } from '../support/world.ts';
import { type Desk, grounds, inChannel, line, openDesk } from './desk.ts';

describe.each(await grounds())('a wake on $name', (ground) => {
  let desk: Desk;
  afterEach(() => desk.close());
  afterAll(() => ground.drop());
  const at = (minutes: number): Instant => plus(MONDAY, minutes * MINUTE);
  const set = (name: string, subject: string, minutes: number) =>
    desk.act((turn) => turn.wake(name, subject, at(minutes)));
  const rows = () => desk.store.read((tx) => tx.selectFrom('wakes').selectAll().orderBy('subject').execute());

  it('rings at its minute and not before, once', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 10);
    await desk.jump(plus(at(10), -1));
    expect(desk.woken).toEqual([]);
    await desk.jump(at(10));
    await desk.jump(at(20));
    expect(desk.woken).toEqual(['a']);
    expect(await rows()).toEqual([]);
  });

  it('rings after a long downtime, once, however late', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 10);
    await desk.jump(plus(MONDAY, 100 * HOUR));
    expect(desk.woken).toEqual(['a']);
  });

  it('set again for the same subject replaces the earlier time', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 10);
    await set('ring', 'a', 30);
    await desk.jump(at(10));
    expect(desk.woken).toEqual([]);
    await desk.jump(at(30));
    expect(desk.woken).toEqual(['a']);
  });

  it('of other subjects, names and teams is left alone', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 10);
    await set('ring', 'b', 10);
    await set('close', 'a', 10);
    await desk.act((turn) => turn.unwake('ring', 'a'));
    await desk.jump(at(10));
    expect(desk.woken.toSorted()).toEqual(['a', 'b']);
  });

  it('taken back does not ring, and taking back twice is no error', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 10);
    for (const _ of [1, 2]) await desk.act((turn) => turn.unwake('ring', 'a'));
    await desk.jump(at(10));
    expect(desk.woken).toEqual([]);
  });

  it('of a name the feature does not know is a bug at once, not at its hour', async () => {
    desk = await openDesk(ground);
    expect(await set('nonsense', 'a', 10)).toMatchObject({ kind: 'say' });
    expect(await rows()).toEqual([]);
  });

  it('rings once when three workers look at the same moment', async () => {
    desk = await openDesk(ground, { wakes: { ring: (subject, turn) => sendRang(subject, turn) } });
    for (const subject of ['a', 'b', 'c']) await set('ring', subject, 0);
    await Promise.all([1, 2, 3].map(() => openWakes(desk.core)()));
    expect((await desk.rows()).map(({ key }) => key.split(':').slice(0, 3).join(':')).toSorted()).toEqual([
      'desk:rang:a',
      'desk:rang:b',
      'desk:rang:c',
    ]);
  });

  it('moved or taken back by the one that rang just before it does not ring at its old time', async () => {
    const rung: string[] = [];
    desk = await openDesk(ground, {
      wakes: {
        ring: async (subject, turn) => {
          rung.push(subject);
          if (subject !== 'a') return;
          await turn.wake('ring', 'b', at(30));
          await turn.unwake('ring', 'c');
        },
      },
    });
    for (const subject of ['a', 'b', 'c']) await set('ring', subject, 0);
    await desk.settle();
    expect(rung).toEqual(['a']);
    await desk.jump(at(30));
    expect(rung).toEqual(['a', 'b']);
  });

  it('that fails keeps nothing, is tried again later, and rings when it can', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 0);
    desk.hooks.wake = () => {
      throw new Error('a bug');
    };
    await desk.settle();
    expect(await rows()).toMatchObject([{ subject: 'a', at: at(1), version: 1 }]);
    await desk.jump(at(1));
    expect(await rows()).toMatchObject([{ at: at(3) }]);
    delete desk.hooks.wake;
    await desk.jump(at(3));
    expect(desk.woken).toEqual(['a']);
    expect(await rows()).toEqual([]);
  });

  it('that fails for a week is tried at least once an hour', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 0);
    let tries = 0;
    desk.hooks.wake = () => {
      tries += 1;
      throw new Error('a bug');
    };
    await desk.at(plus(MONDAY, 24 * HOUR));
    expect(tries).toBeGreaterThanOrEqual(24);
    expect(tries).toBeLessThan(40);
  });

  it('that fails holds up no other', async () => {
    desk = await openDesk(ground);
    for (const subject of ['a', 'b', 'c']) await set('ring', subject, 0);
    desk.hooks.wake = (subject) => {
      if (subject === 'b') throw new Error('a bug');
    };
    await desk.settle();
    expect(desk.woken).toEqual(['a', 'c']);
  });

  it('at the same minute: closing comes before what falls due, and earlier minutes before both', async () => {
    desk = await openDesk(ground);
    await set('due', 'second', 10);
    await set('close', 'first', 10);
    await set('ring', 'earlier', 9);
    await desk.jump(at(60));
    expect(desk.woken).toEqual(['earlier', 'first', 'second']);
  });

  it('may set itself again', async () => {
    desk = await openDesk(ground, {
      wakes: {
        ring: async (subject, turn) => {
          await sendRang(subject, turn);
          await turn.wake('ring', subject, plus(turn.now, 10 * MINUTE));
        },
      },
    });
    await set('ring', 'a', 10);
    await desk.at(at(45));
    expect(desk.chat.named('desk:rang:a')).toHaveLength(4);
  });

  it('by the hundred all ring', async () => {
    desk = await openDesk(ground);
    await desk.act(async (turn) => {
      for (let i = 0; i < 230; i++) await turn.wake('ring', `s${i}`, turn.now);
    });
    await desk.settle();
    expect(new Set(desk.woken).size).toBe(230);
    expect(desk.woken).toHaveLength(230);
  });

  it('that only keeps house is due, but is no event that people would see', async () => {
    desk = await openDesk(ground, { housekeeping: ['ring'] });
    await set('ring', 'a', 10);
    await set('close', 'a', 20);
    expect(await desk.engine.nextDue()).toBe(at(10));
    expect(await desk.engine.nextEvent()).toBe(at(20));
  });

  it('of a team that left is gone with it', async () => {
    desk = await openDesk(ground);
    await set('ring', 'a', 10);
    await desk.chat.emit({
      kind: 'removed',
      id: 'r',
      team: TEAM,
      at: desk.now(),
      what: { kind: 'team', why: 'revoked' },
    });
    await desk.jump(at(10));
    expect(desk.woken).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  async function sendRang(subject: string, turn: Parameters<Parameters<Desk['act']>[0]>[0]): Promise<void> {
    const name = `desk:rang:${subject}:${turn.newId()}` as const;
    await turn.send({ kind: 'post', name, to: inChannel(CHANNEL), message: line('rang') });
  }
});
