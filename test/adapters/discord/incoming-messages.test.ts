/** What people write on Discord, change and delete, as the core hears of it. */
import { Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refOf } from '../../../adapters/discord/refs.ts';
import { CARD, idIn, type Inside, openInside, words } from './inside.ts';

let discord: Inside;
beforeEach(async () => {
  discord = await openInside();
});
afterEach(async () => {
  await discord.listening.idle();
  expect(discord.fake.complaints).toEqual([]);
  await discord.close();
});

/** Events sent before this one have been heard after it. */
async function catchUp(): Promise<void> {
  const before = discord.heard('reply').length;
  await discord.fake.hands.write(discord.bo.id, discord.fake.dm(discord.bo.id).id, 'ping');
  await discord.hears('reply', before + 1);
  await discord.listening.idle();
}
const replies = () => discord.heard('reply').filter(({ text }) => text !== 'ping');

describe('what is written', () => {
  it('under our posts is heard new, changed and deleted, each with its id', async () => {
    const post = await discord.post(CARD);
    const thread = await discord.thread(post);
    const { hands } = discord.fake;
    const id = await hands.write(discord.bo.id, thread, 'hello', { files: 2 });
    await discord.hears('reply');
    await hands.edit(discord.bo.id, thread, id, 'hello again');
    await discord.hears('reply', 2);
    await hands.erase(discord.bo.id, thread, id);
    await discord.hears('reply', 3);
    const common = {
      kind: 'reply',
      team: discord.guild.id,
      from: { id: discord.bo.id, name: 'Bo', admin: false },
      place: { in: 'thread', under: refOf('message', discord.channel.id, post) },
      ref: refOf('message', thread, id),
      at: expect.any(String) as string,
    };
    expect(discord.heard('reply')).toEqual([
      { ...common, id: `discord:${id}:new`, change: 'new', text: 'hello', extras: 2 },
      {
        ...common,
        id: expect.stringMatching(`^discord:${id}:edited:2`) as string,
        change: 'edited',
        text: 'hello again',
        extras: 2,
      },
      { ...common, id: `discord:${id}:deleted`, change: 'deleted', extras: 0 },
    ]);
    expect(discord.heard('removed')).toEqual([]);
  });

  it('knows who may manage the server by their roles', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    await discord.fake.hands.write(discord.ana.id, thread, 'hello');
    await discord.hears('reply');
    expect(discord.heard('reply')[0]?.from).toMatchObject({ name: 'Ana', admin: true });
  });

  it('knows whose server it is', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    const guild = discord.client.guilds.cache.get(discord.guild.id);
    if (guild) guild.ownerId = discord.bo.id;
    await discord.fake.hands.write(discord.bo.id, thread, 'hello');
    await discord.hears('reply');
    expect(discord.heard('reply')[0]?.from).toMatchObject({ name: 'Bo', admin: true });
  });

  it('to us alone is heard without a team', async () => {
    const dm = discord.fake.dm(discord.bo.id).id;
    const id = await discord.fake.hands.write(discord.bo.id, dm, 'hello');
    await discord.hears('reply');
    await discord.fake.hands.erase(discord.bo.id, dm, id);
    await discord.hears('reply', 2);
    expect(discord.heard('reply')).toMatchObject([
      { place: { in: 'dm', person: discord.bo.id }, ref: refOf('message', dm, id), text: 'hello' },
      {
        place: { in: 'dm', person: discord.bo.id },
        ref: refOf('message', dm, id),
        change: 'deleted',
        from: { name: 'Bo' },
      },
    ]);
    for (const reply of discord.heard('reply')) expect(reply).not.toHaveProperty('team');
  });

  it('in a channel is nobody’s business here, and costs no request', async () => {
    const asked = discord.fake.calls.length;
    await discord.fake.hands.write(discord.bo.id, discord.channel.id, 'by the way');
    await catchUp();
    expect(replies()).toEqual([]);
    expect(discord.fake.calls).toHaveLength(asked);
  });

  it('in a thread of somebody else is nobody’s business either', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    await catchUp();
    Object.assign(discord.fake.channel(thread), { owner: discord.ana.id });
    discord.client.channels.cache.delete(thread);
    await discord.fake.hands.write(discord.bo.id, thread, 'by the way');
    await catchUp();
    expect(replies()).toEqual([]);
  });

  it('by us is not heard', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    await discord.post(words('ours'), thread);
    await catchUp();
    expect(replies()).toEqual([]);
  });

  it('in a room is heard there', async () => {
    const made = await discord.client.rest.post(Routes.threads(discord.channel.id), {
      body: { name: 'A pair', type: 12, invitable: false },
    });
    const room = idIn(made);
    await discord.client.rest.put(Routes.threadMembers(room, discord.bo.id));
    await discord.fake.hands.write(discord.bo.id, room, 'in the room');
    await discord.hears('reply');
    expect(discord.heard('reply')[0]).toMatchObject({
      place: { in: 'room', room: refOf('room', discord.channel.id, room) },
      text: 'in the room',
    });
  });

  it('under a forum post of ours is heard there', async () => {
    const forum = discord.guild.addChannel('questions', 'forum');
    const post = idIn(
      await discord.client.rest.post(Routes.threads(forum.id), {
        body: { name: 'A question', message: { content: 'what?', allowed_mentions: { parse: [] } } },
      }),
    );
    await discord.fake.hands.write(discord.bo.id, post, 'that');
    await discord.hears('reply');
    expect(discord.heard('reply')[0]?.place).toEqual({ in: 'thread', under: refOf('forum post', forum.id, post) });
  });
});

describe('what is gone', () => {
  it('of our posts is told', async () => {
    const post = await discord.post(CARD);
    await discord.client.rest.delete(Routes.channelMessage(discord.channel.id, post));
    await discord.hears('removed');
    expect(discord.heard('removed')).toMatchObject([
      {
        id: `discord:removed:${post}`,
        team: discord.guild.id,
        what: { kind: 'post', ref: refOf('message', discord.channel.id, post) },
      },
    ]);
    expect(replies()).toEqual([]);
  });

  it('of our threads counts as the post', async () => {
    const post = await discord.post(CARD);
    await discord.fake.hands.deleteChannel(await discord.thread(post));
    await discord.hears('removed');
    expect(discord.heard('removed')[0]?.what).toEqual({
      kind: 'post',
      ref: refOf('message', discord.channel.id, post),
    });
  });

  it('of channels is told', async () => {
    const channel = discord.guild.addChannel('old');
    await discord.fake.hands.deleteChannel(channel.id);
    await discord.hears('removed');
    expect(discord.heard('removed')[0]?.what).toEqual({ kind: 'channel', channel: channel.id });
  });

  it('and was written before we came is told by its message alone', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    const gone = '800000000000000001';
    discord.client.ws.emit('MESSAGE_DELETE', { id: gone, channel_id: thread, guild_id: discord.guild.id });
    await discord.hears('reply');
    expect(discord.heard('reply')[0]).toMatchObject({
      change: 'deleted',
      ref: refOf('message', thread, gone),
      from: { id: '0', admin: false },
    });
    expect(discord.heard('removed')[0]?.what).toEqual({ kind: 'post', ref: refOf('message', thread, gone) });
  });

  it('all at once is told one by one', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    const ids = [
      await discord.fake.hands.write(discord.bo.id, thread, 'a'),
      await discord.fake.hands.write(discord.bo.id, thread, 'b'),
    ];
    await discord.hears('reply', 2);
    discord.client.ws.emit('MESSAGE_DELETE_BULK', { ids, channel_id: thread, guild_id: discord.guild.id });
    await discord.hears('reply', 4);
    expect(discord.heard('reply').slice(2)).toMatchObject(
      ids.map((id) => ({ change: 'deleted', ref: refOf('message', thread, id), from: { name: 'Bo' } })),
    );
  });
});

describe('a change', () => {
  const threaded = async () => {
    const thread = await discord.thread(await discord.post(CARD));
    const id = await discord.fake.hands.write(discord.bo.id, thread, 'hello');
    await discord.hears('reply');
    return { thread, id };
  };

  it('that is only a preview of a link is none', async () => {
    const { thread, id } = await threaded();
    const update = {
      id,
      type: 0,
      channel_id: thread,
      guild_id: discord.guild.id,
      author: { id: discord.bo.id, username: 'bo' },
      content: 'hello',
    };
    discord.client.ws.emit('MESSAGE_UPDATE', { ...update, edited_timestamp: null, embeds: [{}] });
    await catchUp();
    expect(replies()).toHaveLength(1);
    const edited = { ...update, content: 'hello!', edited_timestamp: '2026-11-23T09:00:00.123456+00:00' };
    discord.client.ws.emit('MESSAGE_UPDATE', edited);
    await catchUp();
    discord.client.ws.emit('MESSAGE_UPDATE', { ...edited, embeds: [{}] });
    await catchUp();
    expect(replies()).toHaveLength(2);
    expect(replies()[1]).toMatchObject({
      at: '2026-11-23T09:00:00.123Z',
      id: `discord:${id}:edited:2026-11-23T09:00:00.123Z`,
    });
  });

  it('that is told in part is read whole', async () => {
    const { thread, id } = await threaded();
    const edited_timestamp = '2026-11-23T09:00:00.000000+00:00';
    const message = discord.fake.channel(thread).messages.find((one) => one.id === id);
    if (message) message.content = 'the whole of it';
    discord.client.ws.emit('MESSAGE_UPDATE', { id, channel_id: thread, guild_id: discord.guild.id, edited_timestamp });
    await catchUp();
    expect(replies()).toHaveLength(1);
    if (message) message.edited = edited_timestamp;
    discord.client.ws.emit('MESSAGE_UPDATE', { id, channel_id: thread, guild_id: discord.guild.id, edited_timestamp });
    await catchUp();
    expect(replies()[1]).toMatchObject({ change: 'edited', text: 'the whole of it', from: { id: discord.bo.id } });
  });
});

it('a thread the client has forgotten is asked for, once', async () => {
  const thread = await discord.thread(await discord.post(CARD));
  await catchUp();
  discord.client.channels.cache.delete(thread);
  const message = (id: string) => ({
    id,
    type: 0,
    channel_id: thread,
    guild_id: discord.guild.id,
    author: { id: discord.bo.id, username: 'bo' },
    content: 'hello',
  });
  discord.client.ws.emit('MESSAGE_CREATE', message('900000000000000001'));
  discord.client.ws.emit('MESSAGE_CREATE', message('900000000000000002'));
  await discord.listening.idle();
  expect(replies()).toHaveLength(2);
  expect(discord.fake.calls.filter(({ method, path }) => method === 'GET' && path.endsWith(thread))).toHaveLength(1);
});

it('a message that is told twice has one id, so that it counts once', async () => {
  const thread = await discord.thread(await discord.post(CARD));
  const message = {
    id: '900000000000000001',
    type: 0,
    channel_id: thread,
    guild_id: discord.guild.id,
    author: { id: discord.bo.id, username: 'bo' },
    content: 'hello',
  };
  discord.client.ws.emit('MESSAGE_CREATE', message);
  discord.client.ws.emit('MESSAGE_CREATE', message);
  await discord.listening.idle();
  expect(replies().map(({ id }) => id)).toEqual(Array.from({ length: 2 }, () => 'discord:900000000000000001:new'));
});

it('an event the core could not take in is noted, and the next one is taken', async () => {
  const thread = await discord.thread(await discord.post(CARD));
  discord.answering(() => {
    throw new Error('the disk is full');
  });
  await discord.fake.hands.write(discord.bo.id, thread, 'first');
  await discord.log.said('the disk is full');
  discord.answering(() => ({ kind: 'nothing' }));
  await discord.fake.hands.write(discord.bo.id, thread, 'second');
  await discord.hears('reply', 2);
  expect(discord.heard('reply').map(({ text }) => text)).toEqual(['first', 'second']);
});

describe('without the intent for what people write', () => {
  beforeEach(async () => {
    await discord.close();
    discord = await openInside({ content: false });
  });

  it('a reply is counted, and has no words', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    await discord.fake.hands.write(discord.bo.id, thread, 'hello');
    await discord.hears('reply');
    expect(discord.heard('reply')[0]).toMatchObject({ change: 'new', from: { id: discord.bo.id }, extras: 0 });
    expect(discord.heard('reply')[0]).not.toHaveProperty('text');
  });

  it('what mentions us, what is for us alone and what is picked has its words', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    const { hands } = discord.fake;
    await hands.write(discord.bo.id, thread, 'hello', { mentions: true });
    await hands.write(discord.bo.id, discord.fake.dm(discord.bo.id).id, 'in private');
    await discord.hears('reply', 2);
    const hidden = await hands.write(discord.bo.id, thread, 'my answer');
    await hands.pick(discord.guild.id, discord.bo.id, thread, hidden, 'Use as my answer');
    const texts = [...discord.heard('reply'), ...discord.heard('pick')].map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([expect.stringContaining('hello') as string, 'in private', 'my answer']),
    );
  });
});

it('the deletion of somebody else’s thread is nobody’s business', async () => {
  const thread = await discord.thread(await discord.post(CARD));
  await catchUp();
  const cached = discord.client.channels.cache.get(thread);
  if (cached?.isThread()) cached.ownerId = discord.ana.id;
  await discord.fake.hands.deleteChannel(thread);
  await catchUp();
  expect(discord.heard('removed')).toEqual([]);
});

it('a message deleted in a DM was theirs, whoever we have forgotten', async () => {
  const dm = discord.fake.dm(discord.bo.id).id;
  discord.client.ws.emit('MESSAGE_DELETE', { id: '800000000000000001', channel_id: dm });
  await discord.hears('reply');
  expect(discord.heard('reply')[0]).toMatchObject({
    change: 'deleted',
    from: { id: discord.bo.id, admin: false },
    place: { in: 'dm', person: discord.bo.id },
  });
});

it.each([
  [{ nick: 'Bobby' }, { global_name: 'Bo B.' }, 'Bobby'],
  [{ nick: null }, { global_name: 'Bo B.' }, 'Bo B.'],
  [undefined, { global_name: null }, 'bo'],
])('people are called as they are here, or everywhere, or as they log in: %j %j', async (member, user, name) => {
  const thread = await discord.thread(await discord.post(CARD));
  await catchUp();
  discord.client.ws.emit('MESSAGE_CREATE', {
    id: '900000000000000001',
    type: 0,
    channel_id: thread,
    guild_id: discord.guild.id,
    author: { id: discord.bo.id, username: 'bo', ...user },
    member,
    content: 'hello',
  });
  await discord.listening.idle();
  expect(replies()[0]?.from.name).toBe(name);
});
