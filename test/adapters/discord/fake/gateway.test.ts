/** The fake's gateway lets in whom Discord lets in, and shuts out the others with Discord's codes. */
import { connect as dial } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTown, type Town } from './bot.ts';
import { ALL_INTENTS, arrive, call, connect, enter, gatewayUrl, type RawApp } from './raw-app.ts';

let town: Town;

beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const SECONDS = 1000;
const MINUTE = 60 * SECONDS;
const DAY = 24 * 60 * MINUTE;

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
