/** The real discord.js finds a whole Discord in the fake: it logs in, is used, answers, and hears what people do. */
import {
  ApplicationCommandOptionType as Option,
  ChannelType,
  ComponentType,
  Events,
  MessageFlags,
  TextInputStyle,
  type Client,
  type Interaction,
  type Message,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next, openTown, type Town } from './bot.ts';

let town: Town;
let client: Client<true>;

beforeEach(async () => {
  town = await openTown();
  client = await town.connect();
});
afterEach(async () => {
  expect(town.discord.complaints).toEqual([]);
  await town.close();
});

const answer = (how: (interaction: Interaction) => Promise<unknown>): void => {
  client.on(Events.InteractionCreate, (interaction) => void how(interaction));
};

const COMMANDS = [
  {
    name: 'practice',
    description: 'Everything here',
    options: [
      { type: Option.Subcommand as const, name: 'today', description: 'The question of today' },
      {
        type: Option.SubcommandGroup as const,
        name: 'mentor',
        description: 'Mentors',
        options: [
          {
            type: Option.Subcommand as const,
            name: 'topic',
            description: 'What one knows',
            options: [
              { type: Option.String as const, name: 'skill', description: 'Which', required: true, autocomplete: true },
              { type: Option.User as const, name: 'who', description: 'Whom' },
            ],
          },
        ],
      },
    ],
  },
  { name: 'Use as my answer', type: 3 as const },
];

const BUTTONS = {
  type: ComponentType.ActionRow as const,
  components: [
    { type: ComponentType.Button as const, style: 1 as const, label: 'Answer', custom_id: 'answer' },
    { type: ComponentType.Button as const, style: 2 as const, label: 'Later', custom_id: 'later' },
  ],
};

const MODAL = {
  title: 'Your answer',
  custom_id: 'form:1',
  components: [
    { type: ComponentType.TextDisplay as const, content: 'Take your time.' },
    {
      type: ComponentType.Label as const,
      label: 'Answer',
      component: { type: ComponentType.TextInput as const, custom_id: 'words', style: TextInputStyle.Paragraph },
    },
    {
      type: ComponentType.Label as const,
      label: 'How sure?',
      component: {
        type: ComponentType.RadioGroup as const,
        custom_id: 'sure',
        options: [
          { label: 'Very', value: 'very' },
          { label: 'A little', value: 'little', default: true },
        ],
      },
    },
  ],
};

describe('discord.js', () => {
  it('is ready with the servers, channels and roles of the fake', async () => {
    expect(client.isReady()).toBe(true);
    const guild = client.guilds.cache.get(town.guild.id);
    expect(guild?.channels.cache.get(town.channel.id)?.name).toBe('questions');
    expect(guild?.members.me?.permissions.bitfield).toBe(town.guild.permissions);
    expect(guild?.members.me?.permissionsIn(town.channel.id).bitfield).toBe(town.guild.permissions);
    expect(town.discord.intents).toBe(37_377);
  });

  it('answers a command for one person only', async () => {
    await client.application.commands.set(COMMANDS);
    answer(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({
        content: `for ${interaction.options.getSubcommand()}`,
        flags: MessageFlags.Ephemeral,
        components: [BUTTONS],
      });
    });
    const { hands } = town.discord;
    const answered = await hands.command(town.guild.id, town.ben.id, town.channel.id, 'practice', ['today']);
    expect(answered).toMatchObject({ ok: true, type: 4, data: { content: 'for today', flags: 64 } });
    expect(town.discord.visible(town.ben.id, town.channel.id).map(({ content }) => content)).toEqual(['for today']);
    expect(town.discord.visible(town.ana.id, town.channel.id)).toEqual([]);
  });

  it('reads groups, options and people, and who may what', async () => {
    await client.application.commands.set(COMMANDS, town.guild.id);
    const heard: unknown[] = [];
    answer(async (interaction) => {
      if (interaction.isAutocomplete()) return interaction.respond([{ name: 'SQL', value: 'sql' }]);
      if (!interaction.isChatInputCommand()) return undefined;
      const { options } = interaction;
      heard.push(options.getSubcommandGroup(), options.getSubcommand(), options.getString('skill'));
      heard.push(options.getUser('who')?.id, interaction.memberPermissions?.has('ManageGuild'));
      await interaction.deferReply();
      return interaction.editReply('done');
    });
    const { hands } = town.discord;
    const { guild, ana, ben, channel } = town;
    expect(
      await hands.complete(guild.id, ana.id, channel.id, 'practice', ['mentor', 'topic'], 'skill', 's'),
    ).toMatchObject({
      type: 8,
      data: { choices: [{ name: 'SQL', value: 'sql' }] },
    });
    const options = { skill: 'sql', who: ben.id };
    await hands.command(guild.id, ana.id, channel.id, 'practice', ['mentor', 'topic'], options);
    expect(heard).toEqual(['mentor', 'topic', 'sql', ben.id, true]);
    await expect.poll(() => town.discord.visible(ben.id, channel.id).map(({ content }) => content)).toEqual(['done']);
  });

  it('goes from a button to a form to an answer', async () => {
    const sent = await (
      client.channels.cache.get(town.channel.id) as never as { send(what: unknown): Promise<Message> }
    ).send({
      content: 'Why?',
      components: [BUTTONS],
    });
    answer(async (interaction) => {
      if (interaction.isButton()) return interaction.showModal(MODAL);
      if (!interaction.isModalSubmit()) return undefined;
      const { fields } = interaction;
      const content = `${fields.getTextInputValue('words')}, ${fields.getRadioGroup('sure')}`;
      return interaction.reply({ content, flags: MessageFlags.Ephemeral });
    });
    const { hands } = town.discord;
    expect(await hands.press(town.ben.id, town.channel.id, sent.id, 'Answer')).toMatchObject({ ok: true, type: 9 });
    expect(town.discord.modal(town.ben.id)).toMatchObject({ customId: 'form:1', title: 'Your answer' });
    const answered = await hands.submit(town.ben.id, { words: 'Because' });
    expect(answered).toMatchObject({ ok: true, type: 4, data: { content: 'Because, little' } });
    expect(town.discord.modal(town.ben.id)).toBeUndefined();
  });

  it('opens a thread under its post and hears what is written there', async () => {
    const channel = client.channels.cache.get(town.channel.id);
    if (channel?.type !== ChannelType.GuildText) throw new Error('no text channel');
    const post = await channel.send({ content: 'A question', enforceNonce: true, nonce: 'n1' });
    const thread = await post.startThread({ name: 'Answers' });
    expect(thread.id).toBe(post.id);
    const hearing = next<Message>(client, Events.MessageCreate, ({ author }) => author.id === town.ben.id);
    const id = await town.discord.hands.write(town.ben.id, thread.id, 'I think so');
    expect(await hearing).toMatchObject({ id, content: 'I think so', channelId: thread.id });
    const edited = next<Message>(client, Events.MessageUpdate);
    await town.discord.hands.edit(town.ben.id, thread.id, id, 'I know');
    await edited;
    const deleted = next<Message>(client, Events.MessageDelete);
    await town.discord.hands.erase(town.ben.id, thread.id, id);
    expect((await deleted).id).toBe(id);
  });

  it('takes a message command with what was written', async () => {
    await client.application.commands.set(COMMANDS);
    answer(async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      await interaction.reply({ content: `took: ${interaction.targetMessage.content}`, flags: MessageFlags.Ephemeral });
    });
    const { hands } = town.discord;
    const id = await hands.write(town.ben.id, town.channel.id, 'mine');
    const picked = await hands.pick(town.guild.id, town.ana.id, town.channel.id, id, 'Use as my answer');
    expect(picked).toMatchObject({ ok: true, data: { content: 'took: mine' } });
  });

  it('hears a DM, and writes one', async () => {
    const hearing = next<Message>(client, Events.MessageCreate, ({ author }) => author.id === town.ana.id);
    const dm = town.discord.dm(town.ana.id);
    await town.discord.hands.write(town.ana.id, dm.id, 'hello');
    const message = await hearing;
    expect([message.content, message.guildId, message.channelId]).toEqual(['hello', null, dm.id]);
    await (await client.users.fetch(town.ana.id)).send('hello to you');
    expect(town.discord.visible(town.ana.id, dm.id).map(({ content }) => content)).toEqual(['hello', 'hello to you']);
  });
});
