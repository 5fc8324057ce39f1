/** Selects and every part of a form, as the real discord.js reads them back. */
import {
  ButtonStyle,
  ComponentType,
  Events,
  MessageFlags,
  TextInputStyle,
  type Client,
  type Interaction,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTown, type Town } from './bot.ts';

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

const OPTIONS = [
  { label: 'One', value: '1' },
  { label: 'Two', value: '2' },
];
const label = <T>(component: T) => ({ type: ComponentType.Label as const, label: 'Part', component });
const row = <T>(...components: readonly T[]) => ({ type: ComponentType.ActionRow as const, components });

const answer = (how: (interaction: Interaction) => Promise<unknown>): void => {
  client.on(Events.InteractionCreate, (interaction) => void how(interaction));
};

/** A message with these rows in the channel; its id. */
async function post(...components: readonly unknown[]): Promise<string> {
  const channel = client.channels.cache.get(town.channel.id);
  if (!channel?.isSendable()) throw new Error('no channel to write in');
  const { id } = await channel.send({ content: 'Choose', components: components as never });
  return id;
}

/** Opens a form by a button, lets Ben fill it in, and gives what `read` made of it. */
async function fill<T>(
  components: readonly unknown[],
  values: Parameters<Town['discord']['hands']['submit']>[1],
  read: (fields: Extract<Interaction, { fields: unknown }>['fields']) => T,
): Promise<T> {
  const got = Promise.withResolvers<T>();
  answer(async (interaction) => {
    if (interaction.isButton()) {
      return interaction.showModal({ custom_id: 'f', title: 'F', components: components as never });
    }
    if (!interaction.isModalSubmit()) return undefined;
    got.resolve(read(interaction.fields));
    return interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
  });
  const button = { type: ComponentType.Button as const, style: ButtonStyle.Primary, label: 'Open', custom_id: 'open' };
  const id = await post(row(button));
  await town.discord.hands.press(town.ben.id, town.channel.id, id, 'Open');
  expect(await town.discord.hands.submit(town.ben.id, values)).toMatchObject({ ok: true });
  return got.promise;
}

describe('a select of a message', () => {
  const chosen = async (component: unknown, value: string): Promise<unknown> => {
    answer(async (interaction) => {
      if (!interaction.isAnySelectMenu()) return;
      await interaction.reply({ content: interaction.values.join(), flags: MessageFlags.Ephemeral });
    });
    const id = await post(row(component));
    return (await town.discord.hands.choose(town.ben.id, town.channel.id, id, value)).data?.['content'];
  };

  it('is chosen from by value', async () => {
    expect(await chosen({ type: ComponentType.StringSelect, custom_id: 's', options: OPTIONS }, '2')).toBe('2');
  });

  it('of people is chosen from by who they are', async () => {
    expect(await chosen({ type: ComponentType.UserSelect, custom_id: 's' }, town.ana.id)).toBe(town.ana.id);
  });

  it('of channels is chosen from by which', async () => {
    expect(await chosen({ type: ComponentType.ChannelSelect, custom_id: 's' }, town.channel.id)).toBe(town.channel.id);
  });
});

describe('a form', () => {
  it('has text, a select, a radio group, boxes and people in one', async () => {
    const parts = [
      label({ type: ComponentType.TextInput, custom_id: 'text', style: TextInputStyle.Short, value: 'before' }),
      label({ type: ComponentType.StringSelect, custom_id: 'select', options: OPTIONS }),
      label({ type: ComponentType.RadioGroup, custom_id: 'radio', options: OPTIONS }),
      label({ type: ComponentType.CheckboxGroup, custom_id: 'boxes', options: OPTIONS }),
      label({ type: ComponentType.UserSelect, custom_id: 'people' }),
    ];
    const values = { select: '1', radio: '2', boxes: ['1', '2'], people: town.ana.id };
    const read = await fill(parts, values, (fields) => ({
      text: fields.getTextInputValue('text'),
      select: fields.getStringSelectValues('select'),
      radio: fields.getRadioGroup('radio'),
      boxes: fields.getCheckboxGroup('boxes'),
      people: fields.getSelectedUsers('people')?.map(({ id }) => id),
    }));
    expect(read).toEqual({ text: 'before', select: ['1'], radio: '2', boxes: ['1', '2'], people: [town.ana.id] });
  });

  it('has a channel, a box of its own, and words to read', async () => {
    const parts = [
      { type: ComponentType.TextDisplay, content: 'Where?' },
      label({ type: ComponentType.ChannelSelect, custom_id: 'where' }),
      label({ type: ComponentType.Checkbox, custom_id: 'box', default: true }),
    ];
    const read = await fill(parts, { where: town.channel.id }, (fields) => [
      fields.getSelectedChannels('where')?.map((channel) => channel?.id),
      fields.getCheckbox('box'),
    ]);
    expect(read).toEqual([[town.channel.id], true]);
  });
});
