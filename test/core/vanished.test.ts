/** What was deleted while we were away, on platforms that list only what is still there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Name, Ref } from '../../src/chat/ids.ts';
import type { Reply } from '../../src/chat/incoming.ts';
import { DAY, HOUR, MINUTE, plus } from '../../src/chat/world.ts';
import { openEngine } from '../../src/core/engine.ts';
import { MONDAY, TEAM } from '../support/world.ts';
import { BEN, type Desk, openDesk } from './desk.ts';

const SQLITE = { name: 'SQLite', reset: async () => 'sqlite::memory:', drop: async () => {} };

describe('a reply deleted while we were away', () => {
  let desk: Desk;
  let under: Ref;
  beforeEach(async () => {
    desk = await openDesk(SQLITE);
    await desk.post('desk:root');
    await desk.act((turn) => turn.watch('desk:root' as Name, plus(turn.now, DAY)));
    await desk.settle();
    under = desk.chat.named('desk:root')[0]!.ref;
  });
  afterEach(() => desk.close());

  /** On the platform and heard by us. */
  const said = async (ref: string): Promise<void> => {
    const event: Reply = {
      kind: 'reply',
      id: `${ref}:new`,
      team: TEAM,
      at: desk.now(),
      from: BEN,
      place: { in: 'thread', under },
      ref: ref as Ref,
      change: 'new',
      text: ref,
      extras: 0,
    };
    desk.chat.said.push({ under, event });
    await desk.chat.emit(event);
  };
  const erase = (ref: string): void => {
    const at = desk.chat.said.findIndex(({ event }) => event.ref === ref);
    desk.chat.said.splice(at, 1);
  };
  const restart = async (): Promise<void> => {
    await desk.engine.stop();
    const next = openEngine(desk.core);
    await next.start();
    await next.settle();
  };
  const deletions = (): Ref[] => desk.heard.filter(({ event }) => event.change === 'deleted').map((it) => it.event.ref);

  it('is told after the next start, once, as its writer’s', async () => {
    await said('m1');
    await said('m2');
    await desk.jump(plus(MONDAY, HOUR));
    erase('m1');
    await restart();
    await restart();
    expect(deletions()).toEqual(['m1']);
    expect(desk.heard.at(-1)).toMatchObject({ about: { post: 'desk:root' }, event: { from: { id: BEN.id } } });
  });

  it('is told after a gap in what we heard', async () => {
    await said('m1');
    await desk.jump(plus(MONDAY, HOUR));
    erase('m1');
    await desk.chat.emit({ kind: 'deaf', id: 'deaf', team: TEAM, at: desk.now(), since: MONDAY });
    await desk.settle();
    expect(deletions()).toEqual(['m1']);
  });

  it('is told by the last read after the thread’s end', async () => {
    await said('m1');
    await desk.jump(plus(MONDAY, DAY + MINUTE));
    erase('m1');
    await desk.engine.beat();
    expect(deletions()).toEqual(['m1']);
  });

  it('is not guessed from a read that begins in the middle', async () => {
    await restart();
    await said('m1');
    await desk.jump(plus(MONDAY, HOUR));
    await desk.engine.beat();
    await desk.jump(plus(MONDAY, 2 * HOUR));
    await desk.engine.beat();
    expect(deletions()).toEqual([]);
  });

  it('is not guessed of a message so new that the platform may not list it yet', async () => {
    await said('m1');
    erase('m1');
    await desk.jump(plus(MONDAY, MINUTE));
    await restart();
    expect(deletions()).toEqual([]);
  });

  it('is not guessed when the thread could not be read, or is gone', async () => {
    await said('m1');
    await desk.jump(plus(MONDAY, HOUR));
    erase('m1');
    desk.chat.gone.add(under);
    await restart();
    expect(deletions()).toEqual([]);
  });
});
