/** What Discord enforces of threads, the fake enforces too. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, QUIET, type Desk, type Told } from './desk.ts';

const PUBLIC = 11;
const PRIVATE = 12;
const MANAGE_THREADS = 1n << 34n;
const PUBLIC_THREADS = 1n << 35n;
const PRIVATE_THREADS = 1n << 36n;
const SEND_IN_THREADS = 1n << 38n;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const under = (id: string): Promise<Told> =>
  desk.ask(`POST /channels/${desk.channel.id}/messages/${id}/threads`, { name: 'Two sums' });
const post = async (): Promise<string> => (await desk.say(desk.channel.id, 'Two sums')).id;
const room = (more: object = {}): Promise<Told> =>
  desk.ask(`POST /channels/${desk.channel.id}/threads`, { name: 'A room', type: PRIVATE, ...more });
const change = (thread: string, body: object): Promise<Told> => desk.ask(`PATCH /channels/${thread}`, body);
const lacking = (permission: bigint): void => {
  desk.guild.permissions &= ~permission;
};

describe('a thread under a message', () => {
  it('has the id of the message, and is made once', async () => {
    const id = await post();
    expect(await under(id)).toMatchObject({ id, type: PUBLIC, name: 'Two sums', owner_id: desk.discord.botUser });
    expect(await under(id)).toMatchObject({ code: 160004, status: 400 });
    expect(desk.discord.threads().map((thread) => thread.id)).toEqual([id]);
    expect(await desk.ask(`GET /channels/${desk.channel.id}/messages/${id}`)).toMatchObject({
      thread: { id },
      flags: 32,
    });
    expect(desk.discord.complaints).toEqual([]);
  });

  it('needs its message and the permission', async () => {
    expect(await under('1574572776285536256')).toMatchObject({ code: 10008 });
    const id = await post();
    lacking(PUBLIC_THREADS);
    expect(await under(id)).toMatchObject({ code: 50013 });
  });

  it('is not made in a thread', async () => {
    const id = await post();
    await under(id);
    const reply = await desk.say(id, 'Well');
    expect(await desk.ask(`POST /channels/${id}/messages/${reply.id}/threads`, { name: 'a' })).toMatchObject({
      code: 50024,
    });
  });

  it('is written in with a permission of its own', async () => {
    const id = await post();
    await under(id);
    lacking(SEND_IN_THREADS);
    expect(await desk.say(id, 'Well')).toMatchObject({ code: 50013 });
  });

  it('goes with its channel', async () => {
    const id = await post();
    await under(id);
    await desk.discord.hands.deleteChannel(desk.channel.id);
    expect(await desk.say(id, 'Well')).toMatchObject({ code: 10003 });
  });
});

describe('an archived thread', () => {
  const archived = async (locked = false): Promise<string> => {
    const id = await post();
    await under(id);
    await desk.discord.hands.archive(id, locked);
    return id;
  };

  it('comes back when somebody writes', async () => {
    const id = await archived();
    expect(desk.discord.channel(id).archived).toBe(true);
    await desk.say(id, 'One more thing');
    expect(desk.discord.channel(id).archived).toBe(false);
  });

  it('is what becomes of a thread nobody writes in', async () => {
    const id = await post();
    await desk.ask(`POST /channels/${desk.channel.id}/messages/${id}/threads`, {
      name: 'a',
      auto_archive_duration: 60,
    });
    await desk.discord.clock.advance(59 * 60_000);
    await desk.say(id, 'Still here');
    await desk.discord.clock.advance(59 * 60_000);
    expect(desk.discord.channel(id).archived).toBe(false);
    await desk.discord.clock.advance(2 * 60_000);
    expect(desk.discord.channel(id).archived).toBe(true);
  });

  it('stays as it is when it is locked', async () => {
    const id = await archived(true);
    expect(await desk.say(id, 'One more thing')).toMatchObject({ code: 50083, status: 400 });
  });

  it('takes nobody in, and changes no message', async () => {
    const id = await post();
    await under(id);
    const said = await desk.say(id, 'Well');
    await desk.discord.hands.archive(id);
    expect(await desk.ask(`PUT /channels/${id}/thread-members/${desk.ana.id}`)).toMatchObject({ code: 50083 });
    const edited = await desk.ask(`PATCH /channels/${id}/messages/${said.id}`, { content: 'Good', ...QUIET });
    expect(edited).toMatchObject({ code: 50083 });
    expect(await change(id, { name: 'Done' })).toMatchObject({ code: 50083 });
    expect(await change(id, { archived: false })).toMatchObject({ thread_metadata: { archived: false } });
  });

  it('is locked and unlocked only by who manages threads', async () => {
    const id = await archived();
    lacking(MANAGE_THREADS);
    expect(await change(id, { locked: true })).toMatchObject({ code: 50013 });
    desk.guild.permissions |= MANAGE_THREADS;
    expect(await change(id, { archived: false, locked: true })).toMatchObject({ thread_metadata: { locked: true } });
    lacking(MANAGE_THREADS);
    expect(await desk.say(id, 'Well')).toMatchObject({ code: 160005 });
  });

  it('is closed and renamed by who made it', async () => {
    const id = await post();
    await under(id);
    lacking(MANAGE_THREADS);
    expect(await change(id, { name: 'Done', archived: true })).toMatchObject({ name: 'Done' });
    expect(await desk.ask(`DELETE /channels/${id}`)).toMatchObject({ code: 50013 });
  });
});

describe('a private thread', () => {
  it('is seen by who is in it', async () => {
    const { id } = await room();
    await desk.ask(`PUT /channels/${id}/thread-members/${desk.ana.id}`);
    await desk.say(id, 'Welcome');
    expect(desk.discord.visible(desk.ana.id, id).map(({ content }) => content)).toEqual(['Welcome']);
    expect(desk.discord.visible(desk.ben.id, id)).toEqual([]);
    expect(desk.discord.complaints).toEqual([]);
  });

  it('is not seen by our bot once it is out of it', async () => {
    const { id } = await room();
    lacking(MANAGE_THREADS);
    await desk.ask(`DELETE /channels/${id}/thread-members/@me`);
    expect(await desk.say(id, 'Hello?')).toMatchObject({ code: 50001 });
  });

  it('needs a text channel and the permission', async () => {
    lacking(PRIVATE_THREADS);
    expect(await room()).toMatchObject({ code: 50013 });
    const inForum = await desk.ask(`POST /channels/${desk.forum.id}/threads`, { name: 'A room', type: PRIVATE });
    expect(inForum).toMatchObject({ code: 50035 });
  });

  it('is what comes of a type left out, which is said to be wrong', async () => {
    expect(await desk.ask(`POST /channels/${desk.channel.id}/threads`, { name: 'A room' })).toMatchObject({
      type: PRIVATE,
    });
    expect(desk.discord.complaints).toEqual([expect.stringContaining('type is left out')]);
  });

  it('takes members of the server, and lets its maker put them out', async () => {
    const { id } = await room();
    const stranger = desk.discord.addUser('Dora');
    expect(await desk.ask(`PUT /channels/${id}/thread-members/${stranger.id}`)).toMatchObject({ code: 10007 });
    await desk.ask(`PUT /channels/${id}/thread-members/${desk.ana.id}`);
    expect(await desk.ask(`GET /channels/${id}/thread-members/${desk.ana.id}`)).toMatchObject({ user_id: desk.ana.id });
    lacking(MANAGE_THREADS);
    await desk.ask(`DELETE /channels/${id}/thread-members/${desk.ana.id}`);
    expect(await desk.ask(`GET /channels/${id}/thread-members/${desk.ana.id}`)).toMatchObject({ code: 10007 });
  });

  it('does not list its members without the intent for it', async () => {
    const { id } = await room();
    expect(await desk.ask(`GET /channels/${id}/thread-members`)).toMatchObject({ code: 50001 });
  });
});

describe('a forum post', () => {
  const open = (more: object = {}): Promise<Told> =>
    desk.ask(`POST /channels/${desk.forum.id}/threads`, {
      name: 'Today',
      message: { content: 'Two sums', ...QUIET },
      ...more,
    });

  it('is a thread with its first message, both of one id', async () => {
    const told = await open();
    expect(told).toMatchObject({
      type: PUBLIC,
      parent_id: desk.forum.id,
      message: { id: told.id, content: 'Two sums' },
    });
    expect(desk.discord.posted().map(({ id, channel }) => [id, channel])).toEqual([[told.id, told.id]]);
    expect(desk.discord.complaints).toEqual([]);
  });

  it('needs a tag where one is required, and one that is there', async () => {
    const forum = desk.discord.channel(desk.forum.id) as unknown as { tags: object[]; requiresTag: boolean };
    Object.assign(forum, { requiresTag: true, tags: [{ id: '1574572776285536256', name: 'Daily' }] });
    expect(await open()).toMatchObject({ code: 40067 });
    expect(await open({ applied_tags: ['1574572776285536257'] })).toMatchObject({ code: 10087 });
    expect(await open({ applied_tags: ['1574572776285536256'] })).toMatchObject({
      applied_tags: ['1574572776285536256'],
    });
  });

  it('needs its message', async () => {
    expect(await desk.ask(`POST /channels/${desk.forum.id}/threads`, { name: 'Today' })).toMatchObject({ code: 50035 });
  });
});

describe('lists of threads', () => {
  const names = (told: Told): readonly string[] =>
    (told['threads'] as readonly { readonly name: string }[]).map(({ name }) => name);

  it('tell active ones by server', async () => {
    await under(await post());
    await room();
    await desk.discord.hands.archive((await room({ name: 'An old room' })).id);
    expect(names(await desk.ask(`GET /guilds/${desk.guild.id}/threads/active`))).toEqual(['A room', 'Two sums']);
  });

  it('tell archived ones by channel, page by page', async () => {
    desk.guild.permissions |= MANAGE_THREADS;
    for (const name of ['first', 'second', 'third']) {
      await desk.discord.hands.archive((await room({ name })).id);
      await desk.discord.clock.advance(60_000);
    }
    const path = `/channels/${desk.channel.id}/threads/archived/private`;
    const page = await desk.ask(`GET ${path}?limit=2`);
    expect([names(page), page['has_more']]).toEqual([['third', 'second'], true]);
    const last = (page['threads'] as readonly { thread_metadata: { archive_timestamp: string } }[]).at(-1);
    const before = encodeURIComponent(last?.thread_metadata.archive_timestamp ?? '');
    expect(names(await desk.ask(`GET ${path}?before=${before}`))).toEqual(['first']);
    expect(names(await desk.ask(`GET /channels/${desk.channel.id}/threads/archived/public`))).toEqual([]);
    lacking(MANAGE_THREADS);
    expect(await desk.ask(`GET ${path}`)).toMatchObject({ code: 50013 });
    const joined = await desk.ask(`GET /channels/${desk.channel.id}/users/@me/threads/archived/private`);
    expect(names(joined)).toEqual(['third', 'second', 'first']);
  });
});
