/** An event has its effect once, whole, or not at all. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/chat/chat.ts';
import { t } from '../../src/chat/text.ts';
import { MINUTE, plus } from '../../src/chat/world.ts';
import { Refusal, TurnFailed } from '../../src/core/errors.ts';
import { openQuota } from '../../src/core/quota.ts';
import { textIn } from '../support/someone.ts';
import { CHANNEL, MONDAY, TEAM } from '../support/world.ts';
import { BEN, type Desk, grounds, inChannel, line, openDesk } from './desk.ts';

describe.each(await grounds())('an event on $name', (ground) => {
  const open: Desk[] = [];
  const openOne = async (...more: Parameters<typeof openDesk> extends [unknown, ...infer R] ? R : never) => {
    const desk = await openDesk(ground, ...more);
    open.push(desk);
    return desk;
  };
  afterEach(async () => {
    for (const desk of open.splice(0)) await desk.close();
  });
  afterAll(() => ground.drop());

  const inbox = async (desk: Desk): Promise<string[]> =>
    (await desk.store.read((tx) => tx.selectFrom('inbox').select('id').orderBy('id').execute())).map(({ id }) => id);
  const send = (desk: Desk, id: string) =>
    desk.act(async (turn) => {
      await turn.send({ kind: 'post', name: `desk:${turn.newId()}`, to: inChannel(CHANNEL), message: line('hello') });
      return { kind: 'say', text: t`done` };
    }, id);

  it('has its effect once when the platform repeats it, and the repeat gets no second answer', async () => {
    const desk = await openOne();
    expect(textIn(await send(desk, 'e1'))).toBe('\ndone');
    expect(await send(desk, 'e1')).toEqual({ kind: 'nothing' });
    expect(await desk.rows()).toHaveLength(1);
  });

  it('has its effect once when ten copies come at the same moment', async () => {
    const desk = await openOne();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(desk, 'e1')));
    expect(answers.filter(({ kind }) => kind === 'say')).toHaveLength(1);
    expect(await desk.rows()).toHaveLength(1);
  });

  it('leaves nothing behind when its turn fails: no row, no person, not even that it was seen', async () => {
    const desk = await openOne();
    const answer = await desk.act(async (turn) => {
      await turn.send({ kind: 'post', name: 'desk:1', to: inChannel(CHANNEL), message: line('hello') });
      await turn.wake('ring', 'x', turn.now);
      throw new Error('a bug');
    }, 'e1');
    expect(textIn(answer)).toMatch(/Something went wrong on our side \(\w{8}\), and nothing was changed/);
    expect(await desk.rows()).toEqual([]);
    expect(await inbox(desk)).toEqual(['install']);
    expect(await desk.store.read((tx) => tx.selectFrom('people').selectAll().execute())).toEqual([]);
    expect(await desk.engine.nextDue()).toBeUndefined();
  });

  it('tells the same id to the person and to the log when a turn fails', async () => {
    const desk = await openOne();
    const answer = await desk.act(async () => {
      throw new Error('a bug');
    });
    const [, what, facts] = desk.logged.find(([level]) => level === 'error') ?? [];
    expect(what).toBe('turn failed');
    expect(textIn(answer)).toContain((facts as { id: string }).id);
  });

  it('works when it is tried again after a failed turn', async () => {
    const desk = await openOne();
    await desk.act(async () => {
      throw new Error('a bug');
    }, 'e1');
    await send(desk, 'e1');
    expect(await desk.rows()).toHaveLength(1);
  });

  it('asks the platform to repeat a message whose turn failed, and takes the repeat in', async () => {
    const desk = await openOne();
    await desk.post('desk:root');
    await desk.settle();
    const under = desk.chat.named('desk:root')[0]!.ref;
    desk.hooks.reply = () => {
      throw new Error('a bug');
    };
    const said = { place: { in: 'thread', under }, id: 'm1' } as const;
    await expect(desk.reply(said)).rejects.toBeInstanceOf(TurnFailed);
    expect(await inbox(desk)).not.toContain('m1');
    delete desk.hooks.reply;
    await desk.reply(said);
    expect(desk.heard).toHaveLength(1);
  });

  it('keeps nothing and logs no error when a feature refuses, and the person reads why', async () => {
    const desk = await openOne();
    const answer = await desk.act(async (turn) => {
      await turn.send({ kind: 'post', name: 'desk:1', to: inChannel(CHANNEL), message: line('hello') });
      throw new Refusal(t`That round is closed.`);
    });
    expect(textIn(answer)).toContain('That round is closed.');
    expect(await desk.rows()).toEqual([]);
    expect(desk.logged.filter(([level]) => level === 'error')).toEqual([]);
  });

  it('shows a refusal on the home tab as a page, and offers nothing while typing', async () => {
    const refuse = async (): Promise<never> => {
      throw new Refusal(t`Not here.`);
    };
    const command = { summary: 's', args: [], examples: ['x'], run: refuse, complete: refuse };
    const desk = await openOne({ home: refuse, commands: { x: command } });
    const about = { team: TEAM, at: MONDAY, from: BEN, place: { in: 'channel', channel: CHANNEL } } as const;
    expect(textIn(await desk.chat.emit({ ...about, kind: 'home', id: 'h1' }))).toContain('Not here.');
    const typing = { ...about, kind: 'complete', id: 'c1', command: 'x', option: 'o', typed: 'a' } as const;
    expect(await desk.chat.emit(typing)).toEqual({ kind: 'offer', options: [] });
  });

  it('shows the home tab again when the platform asks again with the same event', async () => {
    const desk = await openOne({ home: async () => ({ kind: 'show', message: line('your page') }) });
    const about = { team: TEAM, at: MONDAY, from: BEN, place: { in: 'channel', channel: CHANNEL } } as const;
    for (const _ of [1, 2]) {
      expect(textIn(await desk.chat.emit({ ...about, kind: 'home', id: 'h1' }))).toContain('your page');
    }
  });

  it('of a team nobody knows does nothing', async () => {
    const desk = await openOne();
    const place = { in: 'channel', channel: CHANNEL } as const;
    const from = { ...BEN };
    const answer = await desk.chat.emit({
      kind: 'command',
      id: 'e1',
      team: 'T9' as typeof TEAM,
      at: MONDAY,
      from,
      place,
      command: 'do',
      args: {},
    });
    expect(answer).toEqual({ kind: 'nothing' });
  });

  it('over thirty a minute gets a kind answer and no effect; a minute later it works again', async () => {
    const desk = await openOne();
    for (let i = 0; i < 30; i++) await send(desk, `e${i}`);
    expect(textIn(await send(desk, 'e30'))).toContain('take a breath');
    expect(await desk.rows()).toHaveLength(30);
    await desk.jump(plus(desk.now(), MINUTE));
    expect(textIn(await send(desk, 'e31'))).toContain('done');
  });

  it('of writing is never dropped, however fast somebody writes', async () => {
    const desk = await openOne();
    await desk.post('desk:root');
    await desk.settle();
    const under = desk.chat.named('desk:root')[0]!.ref;
    for (let i = 0; i < 40; i++) await desk.reply({ place: { in: 'thread', under } });
    expect(desk.heard).toHaveLength(40);
  });

  it('in an unknown command brings help that names what was typed', async () => {
    const desk = await openOne();
    const answer = await desk.someone('Ben').says('<b>dance</b> now');
    expect(textIn(answer)).toContain('I do not know “<b>dance</b> now”');
    expect(textIn(answer)).toContain('/practice do');
  });

  it('on a button of an older version says so', async () => {
    const desk = await openOne();
    const answer = await desk.someone('Ben').press({ feature: 'desk', name: 'gone', subject: '' });
    expect(textIn(answer)).toContain('does nothing any more');
  });

  it('of a team that removed us ends what was waiting for it', async () => {
    const desk = await openOne();
    desk.chat.troubles.push({
      about: '',
      trouble: {
        error: new DeliveryError('try later', { effect: 'none', retry: { afterMs: 60_000 } }),
        effect: 'before',
      },
    });
    await desk.post('desk:waits');
    await desk.settle();
    await desk.chat.emit({
      kind: 'removed',
      id: 'bye',
      team: TEAM,
      at: MONDAY,
      what: { kind: 'team', why: 'revoked' },
    });
    await desk.at('2026-11-24T07:00:00.000Z');
    expect(desk.chat.shown()).toEqual([]);
    const ends = await desk.store.read((tx) => tx.selectFrom('outbox').select(['state', 'reason']).execute());
    expect(ends).toEqual([{ state: 'dead', reason: 'the team removed Greenroom' }]);
  });

  it('of a reinstalled team keeps its seed and its settings', async () => {
    const desk = await openOne();
    const team = () => desk.store.read((tx) => tx.selectFrom('teams').selectAll().executeTakeFirstOrThrow());
    await desk.store.write((tx) => tx.updateTable('teams').set({ retention_days: 30 }).execute());
    const before = await team();
    await desk.chat.emit({
      kind: 'removed',
      id: 'gone',
      team: TEAM,
      at: MONDAY,
      what: { kind: 'team', why: 'revoked' },
    });
    expect((await team()).gone).not.toBeNull();
    await desk.chat.emit({ kind: 'installed', id: 'back', team: TEAM, at: MONDAY, name: 'New name' });
    expect(await team()).toEqual({ ...before, name: 'New name' });
  });
});

describe('the quota', () => {
  it('counts each person by themselves, over the last sixty seconds', () => {
    const may = openQuota(2);
    expect([may('a', MONDAY), may('a', MONDAY), may('a', MONDAY), may('b', MONDAY)]).toEqual([true, true, false, true]);
    expect(may('a', plus(MONDAY, MINUTE - 1))).toBe(false);
    expect(may('a', plus(MONDAY, MINUTE))).toBe(true);
  });

  it('does not count what it refused, so waiting a minute is always enough', () => {
    const may = openQuota(1);
    expect(may('a', MONDAY)).toBe(true);
    for (let s = 1; s < 60; s++) expect(may('a', plus(MONDAY, s * 1000))).toBe(false);
    expect(may('a', plus(MONDAY, MINUTE))).toBe(true);
  });
});
