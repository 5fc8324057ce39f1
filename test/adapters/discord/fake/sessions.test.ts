/** A session of the fake's gateway goes on where it stopped, or is over, as on Discord. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTown, type Town } from './bot.ts';
import { arrive, connect, contents, enter, type RawApp } from './raw-app.ts';

let town: Town;

beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const MINUTE = 60_000;

describe('a session', () => {
  const leave = async (): Promise<{ readonly id: string; readonly seq: number }> => {
    const app = await enter(town.discord);
    const { session_id: id } = await app.event('READY');
    await town.discord.hands.write(town.ben.id, town.channel.id, 'heard');
    await app.event('MESSAGE_CREATE');
    town.discord.shards[0]?.drop();
    expect(await app.closed).toBe(1006);
    return { id: String(id), seq: app.frames.at(-1)?.s ?? 0 };
  };
  const resume = async (session: { readonly id: string; readonly seq: number }, more = {}): Promise<RawApp> => {
    const app = await connect(town.discord);
    app.send(6, { token: town.discord.token, session_id: session.id, seq: session.seq, ...more });
    return app;
  };

  it('that lost its line is told all it missed, in order, and then that it goes on', async () => {
    const session = await leave();
    await town.discord.hands.write(town.ben.id, town.channel.id, 'one');
    await town.discord.hands.write(town.ana.id, town.channel.id, 'two');
    const app = await resume(session);
    await app.event('RESUMED');
    expect(contents(app)).toEqual(['one', 'two']);
    expect(app.frames.slice(1).map(({ s }) => s)).toEqual([4, 5, 6]);
    await town.discord.hands.write(town.ana.id, town.channel.id, 'three');
    await expect.poll(() => contents(app)).toEqual(['one', 'two', 'three']);
  });

  it('may be told the same twice when it says it has less', async () => {
    const session = await leave();
    const app = await resume({ ...session, seq: session.seq - 1 });
    await app.event('RESUMED');
    expect(contents(app)).toEqual(['heard']);
  });

  it('is lost after five minutes, and with a goodbye of the app', async () => {
    const late = await leave();
    await town.discord.clock.advance(6 * MINUTE);
    expect(await (await resume(late)).frame(({ op }) => op === 9)).toMatchObject({ d: false });
    const app = await enter(town.discord);
    const { session_id: id } = await app.event('READY');
    app.close(1000);
    await app.closed;
    await expect.poll(() => town.discord.shards[0]?.open).toBe(false);
    expect(await (await resume({ id: String(id), seq: 2 })).frame(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it('goes on with its own token and a number it can have only', async () => {
    const session = await leave();
    expect(await (await resume(session, { token: 'wrong' })).closed).toBe(4004);
    expect(await (await resume(session, { seq: 99 })).closed).toBe(4007);
  });

  it('can be ended, or made to go on, on the line it has', async () => {
    const app = await enter(town.discord);
    const { session_id: id } = await app.event('READY');
    town.discord.shards[0]?.invalidate(true);
    expect(await app.frame(({ op }) => op === 9)).toMatchObject({ d: true });
    app.send(6, { token: town.discord.token, session_id: id, seq: 2 });
    await app.event('RESUMED');
    town.discord.shards[0]?.invalidate(false);
    expect(await app.frame(({ op, d }) => op === 9 && (d as unknown) === false)).toBeDefined();
    app.send(6, { token: town.discord.token, session_id: id, seq: 3 });
    await expect.poll(() => app.frames.filter(({ op, d }) => op === 9 && (d as unknown) === false)).toHaveLength(2);
  });

  it.each([
    [4000, true],
    [4008, true],
    [1011, true],
    [1001, false],
    [4009, false],
  ])('closed by Discord with %i can be resumed: %s', async (code, can) => {
    const app = await enter(town.discord);
    const { session_id: id } = await app.event('READY');
    town.discord.shards[0]?.close(code);
    expect(await app.closed).toBe(code);
    const again = await resume({ id: String(id), seq: 2 });
    const told = await again.frame(({ op, t }) => op === 9 || t === 'RESUMED');
    expect(told.t === 'RESUMED').toBe(can);
  });

  it('is asked to come again, and counts as ready only then', async () => {
    const app = await enter(town.discord);
    const { session_id: id } = await app.event('READY');
    town.discord.shards[0]?.reconnect();
    await app.frame(({ op }) => op === 7);
    let ready = false;
    const waiting = town.discord.ready(1).then(() => (ready = true));
    await arrive(app);
    expect(ready).toBe(false);
    app.close(4000);
    await resume({ id: String(id), seq: 2 });
    await waiting;
  });
});
