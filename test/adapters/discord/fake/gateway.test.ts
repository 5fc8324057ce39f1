/** The fake's gateway lets in whom Discord lets in, tells what they may hear, and shuts out the others with Discord's codes. */
import { connect as dial } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTown, type Town } from './bot.ts';
import { ALL_INTENTS, call, connect, enter, gatewayUrl, type RawApp } from './raw-app.ts';

let town: Town;

beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const SECONDS = 1000;
const MINUTE = 60 * SECONDS;
const DAY = 24 * 60 * MINUTE;
const contents = (app: RawApp): unknown[] =>
  app.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d['content']);

/** A round trip: everything told before has arrived. */
async function arrive(app: RawApp): Promise<void> {
  const before = app.frames.filter(({ op }) => op === 11).length;
  app.send(1, null);
  await expect.poll(() => app.frames.filter(({ op }) => op === 11).length).toBe(before + 1);
}

describe('a new line', () => {
  it('hears HELLO, then READY with the names of its servers, then each server', async () => {
    const { discord, guild, channel } = town;
    const thread = await call(discord, 'POST', `/channels/${channel.id}/threads`, { name: 'T', type: 11 });
    const app = await enter(discord);
    expect(app.frames[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 500 } });
    const ready = await app.event('READY');
    expect(ready).toMatchObject({ v: 10, guilds: [{ id: guild.id, unavailable: true }], shard: [0, 1] });
    expect(ready['application']).toMatchObject({ id: discord.applicationId });
    const there = await app.event('GUILD_CREATE');
    expect(there).toMatchObject({
      id: guild.id,
      channels: [{ id: channel.id, type: 0 }],
      threads: [{ id: thread.body['id'], member: { user_id: discord.botUser } }],
      members: [{ user: { id: discord.botUser } }],
    });
    expect(app.frames.flatMap(({ s }) => s ?? [])).toEqual([1, 2]);
  });

  it('is told that its heart was heard, until it is muted', async () => {
    const app = await enter(town.discord);
    await arrive(app);
    town.discord.shards[0]?.mute();
    app.send(1, 2);
    app.sendText('not JSON');
    expect(await app.closed).toBe(4002);
    expect(app.frames.filter(({ op }) => op === 11)).toHaveLength(1);
  });
});

describe('a line is closed with', () => {
  const identified = async (more: Readonly<Record<string, unknown>>): Promise<number> => {
    const app = await connect(town.discord);
    app.identify(more);
    return app.closed;
  };

  it.each([
    ['4004 for a wrong token', 4004, { token: 'wrong' }],
    ['4010 for a shard there is not', 4010, { shard: [2, 2] }],
    ['4013 for intents there are not', 4013, { intents: 2 ** 30 }],
    ['4014 for members of servers', 4014, { intents: 1 << 1 }],
    ['4002 for an app that does not say what it is', 4002, { properties: {} }],
  ])('%s', async (_, code, more) => {
    expect(await identified(more)).toBe(code);
  });

  it('4014 for message content that is switched off in the portal, and let in when it is on', async () => {
    town.discord.contentSwitch = false;
    expect(await identified({})).toBe(4014);
    town.discord.contentSwitch = true;
    await enter(town.discord);
    expect(town.discord.intents).toBe(ALL_INTENTS);
  });

  it('4011 for more than 2,500 servers on one shard, and not for half of them', async () => {
    for (let at = 0; at < 2500; at += 1) town.discord.addGuild(`Server ${at}`);
    expect(await identified({})).toBe(4011);
    const app = await enter(town.discord, { shard: [1, 2] });
    const { guilds } = (await app.event('READY')) as never as { readonly guilds: readonly { readonly id: string }[] };
    expect(guilds.every(({ id }) => (BigInt(id) >> 22n) % 2n === 1n)).toBe(true);
    expect((await call(town.discord, 'GET', '/gateway/bot')).body).toMatchObject({ shards: 2 });
  });

  it.each([
    ['4001 for an opcode there is not', 4001, (app: RawApp) => app.send(99, null)],
    ['4002 for what is no JSON', 4002, (app: RawApp) => app.sendText('{')],
    ['4003 for speaking before the name', 4003, (app: RawApp) => app.send(3, {})],
  ])('%s', async (_, code, act) => {
    const app = await connect(town.discord);
    act(app);
    expect(await app.closed).toBe(code);
  });

  it('4005 for a second name, 4008 for more than 120 sends a minute', async () => {
    const twice = await enter(town.discord);
    twice.identify();
    expect(await twice.closed).toBe(4005);
    await town.discord.clock.advance(5 * SECONDS);
    const loud = await enter(town.discord);
    for (let at = 0; at < 120; at += 1) loud.send(3, {});
    expect(await loud.closed).toBe(4008);
  });

  it('4012 for another version', async () => {
    expect(await (await connect(town.discord, 'v=9&encoding=json')).closed).toBe(4012);
  });

  it('the code a test has for the next names', async () => {
    town.discord.refuseIdentify(4014, 2);
    expect([await identified({}), await identified({})]).toEqual([4014, 4014]);
    await enter(town.discord);
    expect(town.discord.identifies).toBe(3);
  });
});

describe('the budget of names', () => {
  it('is one in five seconds; sooner is told to wait', async () => {
    await enter(town.discord);
    const hasty = await connect(town.discord);
    hasty.identify();
    expect(await hasty.frame(({ op }) => op === 9)).toMatchObject({ d: false });
    await town.discord.clock.advance(5 * SECONDS);
    hasty.identify();
    expect(await hasty.event('READY')).toMatchObject({ v: 10 });
  });

  it('is counted, and full again after a day', async () => {
    town.discord.sessionsLeft = 1;
    await enter(town.discord);
    const { body } = await call(town.discord, 'GET', '/gateway/bot');
    expect(body['session_start_limit']).toMatchObject({ total: 1000, remaining: 0, max_concurrency: 1 });
    await town.discord.clock.advance(MINUTE);
    const greedy = await connect(town.discord);
    greedy.identify();
    expect(await greedy.closed).toBe(4004);
    expect(town.discord.complaints).toEqual(['an IDENTIFY more than 1000 a day: the token is reset']);
    await town.discord.clock.advance(DAY);
    expect(town.discord.sessionsLeft).toBe(1000);
  });
});

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

describe('the door', () => {
  const knock = async (port: number): Promise<string> =>
    new Promise((resolve) => {
      const socket = dial(port, '127.0.0.1', () => {
        socket.destroy();
        resolve('open');
      });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });

  it('can be shut: who knocks is refused, who is in stays in, and it opens again at the same place', async () => {
    const app = await enter(town.discord);
    const port = Number(new URL(await gatewayUrl(town.discord)).port);
    town.discord.refuseGateway(true);
    await expect.poll(() => knock(port)).toBe('ECONNREFUSED');
    await town.discord.hands.write(town.ben.id, town.channel.id, 'still here');
    expect(await app.event('MESSAGE_CREATE')).toMatchObject({ content: 'still here' });
    town.discord.refuseGateway(false);
    await expect.poll(() => knock(port)).toBe('open');
  });
});

describe('what is told', () => {
  it('is only what was asked for', async () => {
    const app = await enter(town.discord, { intents: 1 });
    await town.discord.hands.write(town.ben.id, town.channel.id, 'unheard');
    await town.discord.hands.write(town.ben.id, town.discord.dm(town.ben.id).id, 'unheard');
    await town.discord.hands.deleteChannel(town.channel.id);
    expect(await app.event('CHANNEL_DELETE')).toMatchObject({ id: town.channel.id });
    expect(app.events()).not.toContain('MESSAGE_CREATE');
  });

  it('has no words without the intent for them, but in DMs, with a mention, and our own', async () => {
    const app = await enter(town.discord, { intents: ALL_INTENTS & ~(1 << 15) });
    const { hands } = town.discord;
    const id = await hands.write(town.ben.id, town.channel.id, 'secret', { files: 1 });
    await hands.edit(town.ben.id, town.channel.id, id, 'changed');
    await hands.write(town.ben.id, town.channel.id, 'for you', { mentions: true });
    await hands.write(town.ben.id, town.discord.dm(town.ben.id).id, 'private');
    await call(town.discord, 'POST', `/channels/${town.channel.id}/messages`, {
      content: 'ours',
      allowed_mentions: { parse: [] },
    });
    await expect.poll(() => contents(app)).toEqual(['', `<@${town.discord.botUser}> for you`, 'private', 'ours']);
    expect(await app.event('MESSAGE_CREATE')).toMatchObject({ author: { id: town.ben.id }, attachments: [], id });
    expect(await app.event('MESSAGE_UPDATE')).toMatchObject({ content: '', id });
  });

  it('is nothing of channels and private threads our bot does not see', async () => {
    const app = await enter(town.discord);
    const { id } = town.channel;
    town.guild.overwrites.set(id, 0n);
    await town.discord.hands.write(town.ben.id, id, 'unseen');
    town.guild.overwrites.delete(id);
    await town.discord.hands.write(town.ben.id, id, 'seen');
    await expect.poll(() => contents(app)).toEqual(['seen']);
  });

  it('tells being put out from an outage, and being back', async () => {
    const app = await enter(town.discord);
    town.guild.available = false;
    await town.discord.hands.write(town.ben.id, town.channel.id, 'lost');
    expect(await app.event('GUILD_DELETE')).toEqual({ id: town.guild.id, unavailable: true });
    town.guild.available = true;
    await expect.poll(() => app.events().filter((name) => name === 'GUILD_CREATE')).toHaveLength(2);
    await town.discord.hands.kick(town.guild.id);
    await expect.poll(() => app.frames.at(-1)).toMatchObject({ t: 'GUILD_DELETE', d: { id: town.guild.id } });
    expect(app.frames.at(-1)?.d).not.toHaveProperty('unavailable');
    await town.discord.hands.invite(town.guild.id);
    await expect.poll(() => app.frames.at(-1)).toMatchObject({ t: 'GUILD_CREATE', d: { id: town.guild.id } });
    expect(contents(app)).toEqual([]);
  });

  it('goes to the shard of its server; a DM to the first', async () => {
    const even = [town.guild, ...Array.from({ length: 8 }, (_, at) => town.discord.addGuild(`S${at}`))];
    const first = await enter(town.discord, { shard: [0, 2] });
    await town.discord.clock.advance(5 * SECONDS);
    const second = await enter(town.discord, { shard: [1, 2] });
    const both = [first, second].map((app) => app.events().filter((name) => name === 'GUILD_CREATE').length);
    expect(both[0]! + both[1]!).toBe(even.length);
    await town.discord.hands.write(town.ben.id, town.discord.dm(town.ben.id).id, 'hello');
    await first.event('MESSAGE_CREATE');
    await arrive(second);
    expect(contents(second)).toEqual([]);
    await town.discord.ready(2);
  });
});
