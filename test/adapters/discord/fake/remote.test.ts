/** A fake in a process of its own is the same fake, asked over a desk. */
import { Client, Events, GatewayIntentBits as Intent, MessageFlags, Partials } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachFakeDiscord, startFakeDiscord, type RemoteDiscord } from '../../../support/fake-discord/remote.ts';

let discord: RemoteDiscord;
let client: Client | undefined;

beforeEach(async () => {
  discord = await startFakeDiscord({ heartbeatMs: 500 });
});
afterEach(async () => {
  await client?.destroy();
  client = undefined;
  await discord.close();
});

async function connect(): Promise<Client<true>> {
  const made = new Client({
    intents: [Intent.Guilds, Intent.GuildMessages, Intent.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    rest: { api: discord.apiUrl },
  });
  client = made;
  const ready = new Promise<Client<true>>((resolve) => {
    made.once(Events.ClientReady, resolve);
  });
  await made.login(discord.token);
  return ready;
}

describe('a fake in another process', () => {
  it('is set up, used and read from here', async () => {
    const guild = await discord.addGuild('Practice');
    const channel = await guild.addChannel('questions');
    const ana = await discord.addUser('Ana');
    await discord.join(guild.id, ana.id, { admin: true });
    const bot = await connect();
    await discord.ready(1);
    await bot.application.commands.set([{ name: 'hello', description: 'Hello' }]);
    bot.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) void interaction.reply({ content: 'hi', flags: MessageFlags.Ephemeral });
    });
    const answered = await discord.hands.command(guild.id, ana.id, channel.id, 'hello', []);
    expect(answered).toMatchObject({ ok: true, type: 4 });
    expect((await discord.visible(ana.id, channel.id)).map(({ content }) => content)).toEqual(['hi']);
    expect((await discord.posted()).map(({ content }) => content)).toEqual(['hi']);
    const bo = await discord.addUser('Bo');
    await discord.join(guild.id, bo.id);
    const turns = [ana, bo].map(({ id }) => [guild.id, id, channel.id, 'hello', []]);
    const { took } = await discord.burst({ count: 5, atOnce: 2 }, 'command', ...turns);
    expect(took).toHaveLength(5);
    expect((await discord.calls()).filter(({ route }) => route.includes('callback'))).toHaveLength(6);
    expect(await discord.times('/callback')).toHaveLength(6);
    expect(await discord.visible(bo.id, channel.id)).toHaveLength(2);
    expect(await discord.complaints()).toEqual([]);
  });

  it('is reached a second time by its address, and says what it cannot do', async () => {
    const guild = await discord.addGuild('Practice', { permissions: '1024' });
    const { deskUrl, url, apiUrl, token, applicationId, botUser } = discord;
    const again = reachFakeDiscord({ deskUrl, url, apiUrl, token, applicationId, botUser });
    expect(await again.guilds()).toMatchObject([{ id: guild.id, permissions: '1024', available: true }]);
    await (await again.guilds())[0]?.change({ available: false });
    expect(await again.guilds()).toMatchObject([{ available: false }]);
    await again.setGateway({ contentSwitch: false, sessionsLeft: 7 });
    expect(await again.gateway()).toEqual({ intents: 0, contentSwitch: false, identifies: 0, sessionsLeft: 7 });
    await expect(again.channel('100000000000000001')).rejects.toThrow('no channel');
    await expect(again.modal('1')).resolves.toBeUndefined();
  });
});
