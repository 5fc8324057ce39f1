/** Every answer of the fake is one that Discord's own description allows, read by the library the real bot uses. */
import { Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, QUIET, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.discord.complaints).toEqual([]);
  await desk.close();
});

describe('the fake answers as Discord does', () => {
  it('who the bot is, and its gateway', async () => {
    expect(await desk.ask('GET /users/@me')).toMatchObject({ id: desk.discord.botUser, bot: true });
    expect(await desk.ask('GET /applications/@me')).toMatchObject({ id: desk.discord.applicationId });
    expect(await desk.ask('GET /oauth2/applications/@me')).toMatchObject({ id: desk.discord.applicationId });
    expect(await desk.ask('GET /gateway/bot')).toMatchObject({ shards: 1, session_start_limit: { total: 1000 } });
    expect(await desk.ask(`GET ${Routes.user(desk.ana.id)}`)).toMatchObject({ global_name: 'Ana' });
    expect(await desk.ask(`GET ${Routes.userGuilds()}`)).toMatchObject([{ id: desk.guild.id }]);
  });

  it('what a server is, and who is in it', async () => {
    expect(await desk.ask(`GET ${Routes.guild(desk.guild.id)}`)).toMatchObject({ name: 'Practice' });
    expect(await desk.ask(`GET ${Routes.guildChannels(desk.guild.id)}`)).toMatchObject([{ type: 0 }, { type: 15 }]);
    expect(await desk.ask(`GET ${Routes.guildRoles(desk.guild.id)}`)).toHaveLength(3);
    expect(await desk.ask(`GET ${Routes.guildMember(desk.guild.id, desk.ana.id)}`)).toMatchObject({
      user: { id: desk.ana.id },
    });
    desk.guild.overwrites.set(desk.channel.id, 1024n);
    expect(await desk.ask(`GET ${Routes.channel(desk.channel.id)}`)).toMatchObject({
      permission_overwrites: [{ allow: '1024' }],
    });
    const other = desk.discord.addGuild('Elsewhere', { joined: false });
    expect(await desk.ask(`GET ${Routes.guild(other.id)}`)).toMatchObject({ code: 10004 });
    expect(await desk.ask(`GET ${Routes.guildMember(desk.guild.id, other.id)}`)).toMatchObject({ code: 10007 });
  });

  it('a card with everything in it', async () => {
    const text = { type: 10, content: '**Two sums**' };
    const button = { type: 2, style: 1, label: 'Answer', custom_id: 'answer', emoji: { name: '✍️' } };
    const options = [{ label: 'Junior', value: 'junior', description: 'Up to two years', default: true }];
    const components = [
      text,
      { type: 9, components: [text], accessory: { type: 2, style: 5, label: 'Read', url: 'https://example.org' } },
      { type: 9, components: [text], accessory: { type: 11, media: { url: 'https://example.org/a.png' } } },
      { type: 14 },
      { type: 12, items: [{ media: { url: 'attachment://a.png' }, description: 'Chart' }] },
      { type: 13, file: { url: 'attachment://notes.txt' } },
      { type: 1, components: [button] },
      { type: 1, components: [{ type: 3, custom_id: 'level', options, placeholder: 'Level' }] },
      { type: 1, components: [{ type: 5, custom_id: 'who' }] },
    ];
    const files = [
      { name: 'a.png', data: Buffer.from('png'), contentType: 'image/png' },
      { name: 'notes.txt', data: Buffer.from('notes'), contentType: 'text/plain' },
    ];
    const attachments = files.map(({ name }, id) => ({ id: String(id), filename: name }));
    const body = { flags: 1 << 15, components: [{ type: 17, accent_color: 3, components }], attachments, ...QUIET };
    const told = await desk.ask(`POST ${Routes.channelMessages(desk.channel.id)}`, body, { files });
    expect(told['components']).toMatchObject([{ type: 17, id: 1, spoiler: false }]);
    const reread = await desk.ask(`GET ${Routes.channelMessage(desk.channel.id, told.id)}`);
    expect(reread['components']).toEqual(told['components']);
  });

  it('replies, first lines of threads, people added to them, and files of people', async () => {
    const { id } = await desk.say(desk.channel.id, 'Two sums');
    await desk.ask(`POST ${Routes.threads(desk.channel.id, id)}`, { name: 'Two sums' });
    await desk.ask(`PUT ${Routes.threadMembers(id, desk.ana.id)}`);
    await desk.discord.hands.write(desk.ana.id, id, 'Sort first', { files: 1, mentions: true });
    const told = (await desk.ask(`GET ${Routes.channelMessages(id)}`)) as unknown as readonly {
      readonly type: number;
    }[];
    expect(told.map(({ type }) => type)).toEqual([0, 1, 21]);
    expect(desk.discord.visible(desk.ana.id, id).map(({ content }) => content)).toEqual([
      expect.stringContaining('Sort first'),
    ]);
  });

  it('commands, put as a whole and kept as they are', async () => {
    const path = Routes.applicationCommands(desk.discord.applicationId);
    const commands = [
      { name: 'mock', description: 'A mock interview', contexts: [0], integration_types: [0] },
      { name: 'Give feedback', type: 3, default_member_permissions: '32' },
    ];
    const first = (await desk.ask(`PUT ${path}`, commands)) as unknown as readonly { id: string; version: string }[];
    const second = (await desk.ask(`PUT ${path}`, commands)) as unknown as typeof first;
    expect(second).toEqual(first);
    const own = Routes.applicationGuildCommands(desk.discord.applicationId, desk.guild.id);
    expect(await desk.ask(`PUT ${own}`, [commands[0]])).toMatchObject([{ guild_id: desk.guild.id }]);
    expect(await desk.ask(`GET ${own}`)).toHaveLength(1);
    expect(await desk.ask(`PUT ${own}`, [])).toEqual([]);
    expect(await desk.ask(`GET ${path}`)).toHaveLength(2);
  });

  it('refusals', async () => {
    expect(await desk.ask('GET /channels/1574572776285536256')).toMatchObject({ code: 10003 });
    desk.rest.setToken('another.one.altogether');
    expect(await desk.ask('GET /users/@me')).toMatchObject({ status: 401 });
  });
});
