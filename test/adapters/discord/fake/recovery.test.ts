/** The real discord.js loses its line to the fake in every way it can come back from without losing a word. */
import { Events, type Client, type Message } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTown, PLAIN, type Town } from './bot.ts';

let town: Town;
let client: Client<true>;
const heard: string[] = [];

beforeEach(async () => {
  heard.length = 0;
  town = await openTown();
  client = await town.connect();
  client.on(Events.MessageCreate, ({ content }: Message) => void heard.push(content));
});
afterEach(async () => {
  expect(town.discord.complaints).toEqual([]);
  await town.close();
});

describe('discord.js resumes and hears all it missed after', () => {
  it.each<[string, (shard: Town['discord']['shards'][number]) => void]>([
    ['a cut line', (shard) => shard.drop()],
    ['close 4000', (shard) => shard.close(4000)],
    ['close 1011', (shard) => shard.close(1011)],
    ['being asked to come again', (shard) => shard.reconnect()],
    ['an invalid session that goes on', (shard) => shard.invalidate(true)],
    ['a heart that is not heard', (shard) => shard.mute()],
  ])('%s', async (_, trouble) => {
    const [shard] = town.discord.shards;
    if (!shard) throw new Error('no shard');
    const resumed = new Promise((resolve) => {
      client.once(Events.ShardResume, resolve);
    });
    trouble(shard);
    await town.discord.hands.write(town.ben.id, town.channel.id, 'meanwhile');
    await town.discord.ready(1);
    await resumed;
    await town.discord.hands.write(town.ben.id, town.channel.id, 'after');
    await expect.poll(() => heard).toEqual(['meanwhile', 'after']);
    expect(town.discord.identifies).toBe(1);
  });
});

describe('discord.js gives up', () => {
  it.each([4004, 4014])('when it is closed with %i', async (code) => {
    const gone = new Promise<number>((resolve) => {
      client.once(Events.ShardDisconnect, ({ code: told }) => resolve(told));
    });
    town.discord.shards[0]?.close(code);
    expect(await gone).toBe(code);
    expect(town.discord.shards[0]?.open).toBe(false);
  });

  it('at the door when the switch for message content is off, and comes in without asking for it', async () => {
    town.discord.contentSwitch = false;
    await town.discord.clock.advance(5000);
    await expect(town.connect()).rejects.toThrow('disallowed intents');
    const other = await town.connect({ intents: [...PLAIN] });
    const words = new Promise<string>((resolve) => {
      other.once(Events.MessageCreate, ({ content, author }) => resolve(`${author.id}: ${content}`));
    });
    await town.discord.hands.write(town.ben.id, town.channel.id, 'secret');
    expect(await words).toBe(`${town.ben.id}: `);
  });
});
