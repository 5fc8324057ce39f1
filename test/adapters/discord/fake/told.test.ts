/** A session hears what it asked for, of what our bot may see, and the words only with the intent for them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTown, type Town } from './bot.ts';
import { ALL_INTENTS, arrive, call, contents, enter } from './raw-app.ts';

let town: Town;

beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

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

  it('has threads as they come, are archived and go, and channels as they go', async () => {
    const app = await enter(town.discord);
    const made = await call(town.discord, 'POST', `/channels/${town.channel.id}/threads`, { name: 'T', type: 11 });
    const id = String(made.body['id']);
    expect(await app.event('THREAD_CREATE')).toMatchObject({ id, newly_created: true, owner_id: town.discord.botUser });
    await town.discord.hands.archive(id, true);
    expect(await app.event('THREAD_UPDATE')).toMatchObject({ id, thread_metadata: { archived: true, locked: true } });
    await expect(town.discord.hands.write(town.ben.id, id, 'too late')).rejects.toThrow('is locked');
    await town.discord.hands.deleteChannel(id);
    expect(await app.event('THREAD_DELETE')).toMatchObject({ id, parent_id: town.channel.id, type: 11 });
    await town.discord.hands.deleteChannel(town.channel.id);
    expect(await app.event('CHANNEL_DELETE')).toMatchObject({ id: town.channel.id });
  });

  it('has what our bot may do, in the server and in a channel, when that changes', async () => {
    const app = await enter(town.discord);
    town.guild.permissions = 1024n;
    expect(await app.event('GUILD_ROLE_UPDATE')).toMatchObject({ role: { permissions: '1024' } });
    town.guild.overwrites.set(town.channel.id, 0n);
    expect(await app.event('CHANNEL_UPDATE')).toMatchObject({
      id: town.channel.id,
      permission_overwrites: [{ allow: '0' }],
    });
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
    await town.discord.clock.advance(5000);
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
